"""The field that narrows a list while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SearchField(LineField):
    """Arrow down goes to the list, Enter opens the first thing found."""

    down = Signal()
    up = Signal()
    enter = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name, hint=hint)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys on that the list understands."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
