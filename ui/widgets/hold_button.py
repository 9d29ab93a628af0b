"""A button that tells while it is held, by mouse or by key, and when it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent


class HoldButton(QPushButton):
    """`held` says true when pressed and false when let go, or when the keyboard or the page goes away."""

    held = Signal(bool)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self._on = False
        self.pressed.connect(lambda: self._turn(on=True))
        self.released.connect(lambda: self._turn(on=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter holds as space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setDown(True)
            self._turn(on=True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go, but not between the beats of a key that repeats."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.setDown(False)
            self._turn(on=False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go when the keyboard goes elsewhere."""
        self._turn(on=False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go when the page goes."""
        self._turn(on=False)
        super().hideEvent(event)

    def _turn(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.held.emit(on)
