"""Figures of a large vault: each against plain SQLite of the same size, and against the same of a small one.

The large vault is made once and kept: in the folder of FAMILY_CASE_BENCH or of `--keep`, else in the user's cache.
What the answer of a question is as large as in the small vault, must not take much longer in the large one.
"""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from family_case.model.views import CaseOrder
from family_case.services import casework, crowd, publishing, today
from tests.bench.figure import Figure, by_turns, grown, timed
from tests.bench.ground import fill, kept
from tests.bench.reading import PAGE, SAME, SEARCH, find_all, paging, searching
from tests.bench.window_memory import taken
from tests.bench.writing import logging_an_entry
from tests.services.casebook import lawyer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from family_case.services.session import Session
    from tests.bench.ground import Ground, Making

KEEP = "FAMILY_CASE_BENCH"
SMALL = 1000
WINDOW = 200  # lines of a list
PAGES = 40
PAPERS = 10
LIST, TODAY, MEMORY = "list", "today", "memory of the window"
PAPER = "what a lawyer's paper says"
MEMORY_GOAL = 50  # megabytes
_SHOWN = 10  # cases in the window whose memory is looked at
_COMMENT = re.compile(r"\s*--")
_STATUS = Path("/proc/self/status")


def folder_for(given: Path | None) -> Path:
    """Where large vaults are kept: as given, by the variable, else the user's cache."""
    named = os.environ.get(KEEP, "")
    return given or (Path(named) if named else user_cache_path("family-case-figures"))


def scaling(home: Path, cases: int, small: int, rounds: int) -> tuple[list[Figure], Making]:
    """All figures of a vault of so many cases, and what it took to make it."""
    little, _ = kept(home, small)
    large, making = kept(home, cases)
    memory = window_memory(home, large)
    return [*_figures(little, large, rounds), *([memory] if memory else [])], making


def _figures(little: Ground, large: Ground, rounds: int) -> Iterator[Figure]:
    cases = len(large.codes)
    with closing(large.session()) as session, closing(little.session()) as other:
        for each in _against_plain(large, session, rounds):
            yield replace(each, name=f"{each.name}, {cases:,} cases")
        for what, ask in {SEARCH: find_all, **ASKED, PAGE: _pages, PAPER: _papers}.items():
            by_size = by_turns(timed(partial(ask, session)), timed(partial(ask, other)), rounds)
            yield grown(what, large, little, rounds, by_size)
    log, log_grown = logging_an_entry(large, rounds, little)
    yield replace(log, name=f"{log.name}, {cases:,} cases")
    yield log_grown


def _against_plain(large: Ground, session: Session, rounds: int) -> Iterator[Figure]:
    yield searching(large, session, rounds)[0]
    for name, ask in ASKED.items():
        yield _replayed(large, session, name, ask, rounds)
    yield paging(large, session, rounds)


def _pages(session: Session) -> object:
    """Pages of cases spread over the vault."""
    cases = casework.count(session)
    return [casework.page(session, crowd.code(index)) for index in range(1, cases + 1, max(1, cases // PAGES))]


def _papers(session: Session) -> object:
    """What the lawyer's papers of cases spread over the vault say, not yet printed."""
    cases = casework.count(session)
    codes = [crowd.code(index) for index in range(1, cases + 1, max(1, cases // PAPERS))]
    return [publishing.dossier(session, code, lawyer()) for code in codes[:PAPERS]]


def window_memory(home: Path, large: Ground) -> Figure | None:
    """How much more memory the window takes over the large vault than over an empty one; None where no one tells."""
    if not _STATUS.exists():
        return None
    empty = home / "empty"
    if not empty.exists():
        fill(empty, 0)
    most, least = taken(large.folder, large.codes[:_SHOWN]) / 1000, taken(empty, []) / 1000
    met = "met" if most - least <= MEMORY_GOAL else "missed"
    note = f"megabytes, not ms: {most - least:.0f} more, goal {MEMORY_GOAL} more, {met}"
    name = f"{MEMORY}, {len(large.codes):,} cases"
    return Figure(name, "the window over an empty vault", None, 1, most, least, note)


def _all_orders(session: Session) -> object:
    return [casework.cases(session, limit=WINDOW, order=order) for order in CaseOrder]


def _today(session: Session) -> object:
    return today.today(session, limit=WINDOW)


ASKED: dict[str, Callable[[Session], object]] = {LIST: _all_orders, TODAY: _today}


def _replayed(ground: Ground, session: Session, name: str, ask: Callable[[Session], object], rounds: int) -> Figure:
    """A question, warm, against the queries it sends, read as bare tuples."""
    sent: list[str] = []
    session.vault.connection.set_trace_callback(sent.append)
    ask(session)
    session.vault.connection.set_trace_callback(None)
    queries = [sql for sql in sent if not _COMMENT.match(sql)]
    with closing(ground.plain_connection()) as plain:

        def floor() -> None:
            for sql in queries:
                plain.execute(sql).fetchall()

        figures = by_turns(timed(lambda: ask(session)), timed(floor), rounds)
    return Figure(
        name, f"the same {len(queries)} queries as bare tuples, in {SAME}; {WINDOW} lines", 2, rounds, *figures
    )
