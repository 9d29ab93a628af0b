"""A large button that says what it does and below it what that means; both wrap, as no text of a plain button does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from ui.theme import STEP
from ui.widgets.text import column, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

_DRAWING = 24  # pixels


class CalmButton(QPushButton):
    """As high as its words need at the width it is given."""

    def __init__(self, name: str, meaning: str, act: Callable[[], object], icon: QIcon) -> None:
        super().__init__()
        self.setProperty("kind", "calm")
        self.setAccessibleName(name)
        self.setAccessibleDescription(meaning)
        self.setAutoDefault(False)
        drawn = QLabel()
        drawn.setPixmap(icon.pixmap(QSize(_DRAWING, _DRAWING), self.devicePixelRatio()))
        drawn.setFixedWidth(_DRAWING)
        words = [text(name, bold=True), text(meaning)]
        for label in (drawn, *words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = row([drawn, column(words, space=0)], space=2 * STEP, margin=2 * STEP)
        self._inside.setStretch(1, 1)
        self.setLayout(self._inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked=False: act())

    def sizeHint(self) -> QSize:
        """What its words ask for."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The longest word of them."""
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels its words need at this width."""
        return self._inside.heightForWidth(width)
