"""A list of lines (see `entry_words.Line`): the timeline, and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.entry_words import Line

LINE_ROLE: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOTHING: Final = QModelIndex()


class Lines(QAbstractListModel):
    """Lines as they were handed over; each is one sentence for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOTHING) -> int:
        """Lines shown."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line."""
        if not index.isValid():
            return None
        words = self._lines[index.row()]
        if role == LINE_ROLE:
            return words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(words)
        if role == Qt.ItemDataRole.ToolTipRole and words.elsewhere:
            return words.elsewhere
        return None


def spoken(words: Line) -> str:
    """A line as it is read aloud."""
    state = words.look.words if words.look else ""
    parts = (words.when, words.title, words.gist, state, *words.said, words.checked, words.origin, words.elsewhere)
    return ". ".join(part for part in parts if part)
