"""One of up to ten whose words are long: a list of lines, each by one key, 1 to 9 and 0; Backspace clears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidget, QListWidgetItem, QSizePolicy

from ui.widgets.text import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from ui.widgets.choice import Options

_SIDES: Final = 24  # pixels a line keeps free at its sides
_ABOVE_AND_BELOW: Final = 9
_FRAME: Final = 4  # both edges at their widest, that of the keyboard
_KEYS: Final = "1234567890"
_CODE: Final = Qt.ItemDataRole.UserRole


class KeyedList(QListWidget):
    """All lines in sight; the chosen one is marked."""

    edited = Signal()

    def __init__(self, name: str, choices: Options) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("keyed")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for key, (code, words) in zip(_KEYS, choices, strict=False):
            item = QListWidgetItem(f"{key}   {words}", self)
            item.setData(_CODE, code)
        self.setCurrentRow(-1)
        self._fit()
        self.currentRowChanged.connect(lambda _row: self.edited.emit())

    def value(self) -> str:
        """Code of what is chosen, or nothing."""
        return str(self.item(self.currentRow()).data(_CODE)) if self.currentRow() >= 0 else ""

    def set_value(self, value: str, /) -> None:
        """Choose the line of this code; any other clears."""
        codes = [self.item(at).data(_CODE) for at in range(self.count())]
        self.setCurrentRow(codes.index(value) if value in codes else -1)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the list."""
        restyle(self, "wrong", wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by figure, clear by Backspace."""
        at = _KEYS.find(event.text()) if event.text() else -1
        if 0 <= at < self.count():
            self.setCurrentRow(at)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.setCurrentRow(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without choosing anything."""
        row = self.currentRow()
        blocked = self.blockSignals(True)  # Qt goes to the first line: that is no answer, and forgives no mistake
        super().focusInEvent(event)
        if row < 0:
            self.setCurrentRow(-1)
        self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all lines in sight when they wrap."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep all lines in sight when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        metrics, tall = self.fontMetrics(), _FRAME
        room = QRect(0, 0, max(self.viewport().width() - _SIDES, 80), 1000)
        for at in range(self.count()):
            words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, self.item(at).text())
            high = words.height() + _ABOVE_AND_BELOW
            self.item(at).setSizeHint(QSize(0, high))
            tall += high
        if tall != self.height():
            self.setFixedHeight(tall)
