"""A long list is counted at once and loaded by windows, on the lane's own thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import theme
from ui.tables.rows import WINDOW, Cell, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session
    from ui.jobs import Jobs

MANY = 100_000


class _Long:
    """A source of very many rows that remembers what was asked of it."""

    def __init__(self, total: int = MANY) -> None:
        self.total = total
        self.asked: list[tuple[int, int]] = []

    def count(self, _session: Session) -> int:
        return self.total

    def window(self, _session: Session, limit: int, offset: int) -> Sequence[int]:
        self.asked.append((limit, offset))
        return range(offset, min(offset + limit, self.total))


def _rows(jobs: Jobs) -> Rows[int]:
    return Rows(jobs, theme.LIGHT, ["Number"], lambda number: [Cell(str(number))])


def test_the_count_is_known_while_only_what_is_looked_at_is_loaded(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    rows, source = _rows(threaded_jobs), _Long()
    rows.show(Source(source.count, source.window))
    qtbot.waitUntil(lambda: rows.rowCount() == MANY)
    assert rows.index(0, 0).data() == "0"
    assert rows.index(77_777, 0).data() == "…"
    qtbot.waitUntil(lambda: rows.index(77_777, 0).data() == "77777")
    assert source.asked == [(WINDOW, 0), (WINDOW, 77_700)]


def test_an_answer_to_an_older_question_is_not_shown(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    rows, short = _rows(threaded_jobs), _Long(3)
    rows.show(Source(short.count, short.window))
    qtbot.waitUntil(lambda: rows.rowCount() == 3)
    rows._begin(rows._turn - 1, (7, range(7)))
    rows._arrived(rows._turn - 1, 0, range(50, 53))
    assert rows.rowCount() == 3
    assert rows.index(0, 0).data() == "0"
