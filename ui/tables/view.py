"""A table on screen: whole rows, no grid, calm heads; Enter or a double click opens, arrows move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.widgets.scale import scaled, scaled_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

_LEAST = 176  # pixels at 100 % of a column that takes what is left
ROW_HEIGHT = 36  # pixels at 100 %


class RowTable(QTableView):
    """A list of rows; `opened` tells which row is wanted."""

    opened = Signal(int)
    head_clicked = Signal(int)  # column; only once `mark_order` was called

    def __init__(self, name: str, model: QAbstractItemModel, widths: Sequence[int], spare: Sequence[int] = ()) -> None:
        """`widths`: pixels of each column at 100 %; 0 takes what is left. `spare`: columns that go, in turn."""
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self._look()
        self._widths, self._spare = scaled_all(widths), tuple(spare)
        self._open_end = len(self._widths) - 1
        model.modelReset.connect(self._fit_rows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._clicked)
        self.horizontalHeader().sectionClicked.connect(self.head_clicked)

    def chosen(self) -> int:
        """Row the keyboard is on; -1 when there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Put the keyboard on this row, as far as there are rows."""
        last = self.model().rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.model().index(max(0, min(row, last)), 0))

    def mark_order(self, column: int, *, turned: bool) -> None:
        """Show by an arrow which column orders the rows, and let its head be clicked; the rows themselves come so."""
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(column, Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() >= 0:
            self.opened.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room: what can be spared goes, one by one; then the columns keep their proportions."""
        super().resizeEvent(event)
        room, shown = self.viewport().width(), list(range(len(self._widths)))
        for column in self._spare:
            if self._least(shown) > room:
                shown.remove(column)
        least = self._least(shown)
        open_end = next((column for column in shown if not self._widths[column]), shown[-1])
        for column in range(len(self._widths)):
            self.setColumnHidden(column, column not in shown)
        for column in shown:
            wish = self._least([column]) + (max(0, room - least) if column == open_end else 0)
            self.setColumnWidth(column, wish if least <= room else wish * room // least)
        self._open_end = open_end
        self._fit_rows()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a row as soon as the keyboard comes."""
        super().focusInEvent(event)
        if self.chosen() < 0:
            self.choose(0)

    def _fit_rows(self) -> None:
        """Two lines a row where the words of the column that takes what is left have no room in one."""
        self.setWordWrap(False)  # the width the words wish for is that of one line
        cut = self.columnWidth(self._open_end) < self.sizeHintForColumn(self._open_end)
        self.setWordWrap(cut)
        second = self.fontMetrics().lineSpacing() if cut else 0
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT) + second)

    def _least(self, columns: Iterable[int]) -> int:
        """Pixels these columns need."""
        return sum(self._widths[column] or scaled(_LEAST) for column in columns)

    def _look(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setMinimumSectionSize(48)
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")  # Qt adds 3: cells then stand under their heads

    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
