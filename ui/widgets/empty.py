"""An empty state: what will appear here, and the one button that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import STEP
from ui.widgets.icons import picture
from ui.widgets.text import button, column, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme import Colours


class Empty(QWidget):
    """Stands in the middle of a pane that has nothing to show."""

    def __init__(
        self, colours: Colours, icon: str, words: str, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """`act`: words of the button and what it does."""
        super().__init__()
        drawn = QLabel()
        drawn.setPixmap(picture(icon, colours.muted, 40))
        said = text(words, tone="muted")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setMaximumWidth(52 * STEP)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        middle = column([None, drawn, said], space=2 * STEP, margin=2 * STEP)
        parts: list[QWidget] = [drawn, said]
        if act is not None:
            parts.append(button(*act))
            middle.addWidget(parts[-1])
            self.setFocusProxy(parts[-1])
        middle.addStretch(1)
        for part in parts:
            middle.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        middle.setAlignment(said, Qt.AlignmentFlag(0))
        self.setLayout(middle)
