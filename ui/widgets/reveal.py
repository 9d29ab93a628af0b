"""A name or a text that shows only as long as mouse or space is held; else its alias, or a bare mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent


class Reveal(QPushButton):
    """Shows `cover` until held, then `kept`; never tells a screen reader or a tool tip what is kept."""

    def __init__(self, cover: str, kept: str, how: str) -> None:
        """`how`: the words that say what to do, such as "hold to see the name"."""
        super().__init__(cover)
        self._cover, self._kept = cover, kept
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setAccessibleName(f"{cover} ({how})")
        self.setToolTip(how)
        self.pressed.connect(lambda: self._uncover(yes=True))
        self.released.connect(lambda: self._uncover(yes=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter hold as the mouse does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setDown(True)
            self._uncover(yes=True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Cover again, but not between the beats of a key that repeats."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.setDown(False)
            self._uncover(yes=False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cover when the keyboard goes elsewhere."""
        self._uncover(yes=False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Cover when the page goes."""
        self._uncover(yes=False)
        super().hideEvent(event)

    def _uncover(self, *, yes: bool) -> None:
        self.setText(self._kept if yes else self._cover)
