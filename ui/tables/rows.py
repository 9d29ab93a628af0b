"""A table that knows how many rows there are and holds only the windows of them that were looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from family_case.services.session import Session
from ui.widgets.icons import icon

if TYPE_CHECKING:
    from family_case.errors import Problem
    from ui.jobs import Jobs
    from ui.theme import Colours

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
WINDOW: Final = 100  # rows asked for at a time: about three screens
_NOTHING: Final = QModelIndex()
_WAITING: Final = "…"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: words, and where it matters a shape with its tone."""

    words: str
    icon: str = ""
    tone: str = ""
    right: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Source(Generic[R]):
    """Where rows come from: how many there are, and a window of them from an offset."""

    count: Callable[[Session], int]
    window: Callable[[Session, int, int], Sequence[R]]  # limit, offset


class Rows(QAbstractTableModel, Generic[R]):
    """Rows of one list; `cells` says what a row shows, one cell a column."""

    counted = Signal(int)  # rows there are
    failed = Signal(object)  # Problem

    def __init__(
        self,
        jobs: Jobs,
        colours: Colours,
        heads: Sequence[str],
        cells: Callable[[R], Sequence[Cell]],
        right: Sequence[int] = (),
    ) -> None:
        """`right`: columns of figures, aligned to the right."""
        super().__init__()
        self._jobs, self._colours = jobs, colours
        self._heads, self._cells = list(heads), cells
        self._right = frozenset(right)
        self._source: Source[R] | None = None
        self._known: dict[int, R] = {}
        self._asked: set[int] = set()
        self._total = 0
        self._turn = 0

    def show(self, source: Source[R]) -> None:
        """Count and show the rows of `source`; an older question still under way is forgotten."""
        self._source = source
        self._turn += 1
        self._jobs.read(partial(_first, source), partial(self._begin, self._turn), self._fail)

    def read_again(self) -> None:
        """Count and read the same rows again."""
        if self._source is not None:
            self.show(self._source)

    def row(self, number: int) -> R | None:
        """The row shown at this place; None while it is on its way."""
        return self._known.get(number)

    def place_of(self, wanted: Callable[[R], bool]) -> int:
        """Place of the first known row that is `wanted`; -1 when there is none."""
        return next((at for at in sorted(self._known) if wanted(self._known[at])), -1)

    def rowCount(self, parent: Index = _NOTHING) -> int:
        """All rows there are, loaded or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NOTHING) -> int:
        """One column a head."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of the heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self._right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows; a row not yet known is asked for."""
        known = self._known.get(index.row())
        if known is None:
            self._ask(index.row())
            return _WAITING if role == Qt.ItemDataRole.DisplayRole else None
        return self._shown(self._cells(known)[index.column()], role)

    def _shown(self, cell: Cell, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.DecorationRole and cell.icon:
            return icon(cell.icon, self._colour(cell.tone), 16)
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone == "muted":
            return QColor(self._colours.muted)  # shape and word tell a state; a wall of red would not be looked at
        if role == Qt.ItemDataRole.TextAlignmentRole and cell.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and cell.tip:
            return cell.tip
        return None

    def _colour(self, tone: str) -> str:
        tones = {"danger": self._colours.danger, "amber": self._colours.amber, "accent": self._colours.accent}
        return tones.get(tone, self._colours.muted if tone == "muted" else self._colours.text)

    def _ask(self, row: int) -> None:
        offset = row - row % WINDOW
        if self._source is None or offset in self._asked:
            return
        self._asked.add(offset)
        fetch = partial(_window, self._source, offset)
        self._jobs.read(fetch, partial(self._arrived, self._turn, offset), self._fail)

    def _begin(self, turn: int, answer: tuple[int, Sequence[R]]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._total, rows = answer
        self._known = dict(enumerate(rows))
        self._asked = {0}
        self.endResetModel()
        self.counted.emit(self._total)

    def _arrived(self, turn: int, offset: int, rows: Sequence[R]) -> None:
        if turn != self._turn:
            return
        self._known |= dict(enumerate(rows, offset))
        self.dataChanged.emit(self.index(offset, 0), self.index(offset + max(len(rows), 1) - 1, len(self._heads) - 1))

    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)


def _first(source: Source[R], session: Session) -> tuple[int, Sequence[R]]:
    return source.count(session), source.window(session, WINDOW, 0)


def _window(source: Source[R], offset: int, session: Session) -> Sequence[R]:
    return source.window(session, WINDOW, offset)
