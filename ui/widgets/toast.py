"""A word in passing at the foot of the window: what was done, with a button to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import STEP
from ui.widgets.text import row, text

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 8  # long enough to read two lines and reach the button
_READ: Final = 12  # letters a second: whatever is longer stays longer
_MARGIN = 5 * STEP


class Toast(QWidget):
    """Lies over the foot of its parent for some seconds; a new word replaces the one before."""

    def __init__(self, parent: QWidget, room: Callable[[], QWidget | None] = lambda: None) -> None:
        """`room`: the part of `parent` it may lie over now; None: all of it."""
        super().__init__(parent)
        self._over, self._room = parent, room
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = text("")
        self._button = QPushButton()
        self._button.clicked.connect(self._do)
        self._act: Callable[[], None] | None = None
        self.setLayout(row([self._words, self._button], space=2 * STEP, margin=STEP + 4))
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, act: Callable[[], None] | None = None, act_words: str = "") -> None:
        """Show `words`, also to a screen reader; with `act`, a button of `act_words` that calls it."""
        self._act = act
        self._words.setText(words)
        self._button.setText(act_words)
        self._button.setAccessibleName(act_words)
        self._button.setVisible(act is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(max(SECONDS, len(words) // _READ) * 1000)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def words(self) -> str:
        """What it says now."""
        return self._words.text() if self.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._room() or self._over
        wish = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 2 * STEP
        self._words.setFixedWidth(min(wish, max(200, room.width() - 300)))
        self.adjustSize()
        wanted = room.mapTo(self._over, QPoint(0, 0)).x() + (room.width() - self.width()) // 2
        last = self._over.width() - self.width()
        self.move(max(0, min(wanted, last)), self._over.height() - self.height() - _MARGIN)

    def _do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
