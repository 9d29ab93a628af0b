"""The figure of writing: log one sign of life, against the same rows written raw, both waiting for the disk."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING
from unittest import mock

from family_case.services import crowd, intake
from family_case.store.change import Change
from tests.bench.figure import Figure, Timed, by_turns, grown, timed
from tests.bench.ground import open_plain
from tests.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from family_case.services.session import Session
    from family_case.store.rows import Value
    from tests.bench.ground import Ground

LOG = "log an entry"
ENTRIES = 20  # logged in one round
Statement = tuple[str, "tuple[Value, ...]"]


def logging_an_entry(ground: Ground, rounds: int, little: Ground | None = None) -> list[Figure]:
    """Log signs of life with words, number and person, by turns with the rows a rehearsal of the same wrote.

    Both in WAL with synchronous=FULL; the rehearsal has the same ids and clock, and is rolled back. With a `little`
    vault beside it a second figure tells the same work in the large one against the little one.
    """
    count = ENTRIES * (rounds + 1)  # one round does not count
    groups = _rehearsed(ground, count)
    with ExitStack() as held:
        plain = held.enter_context(closing(open_plain(held.enter_context(_copied(ground.plain)))))
        session = _copy_of(held, ground)
        figures = by_turns(_logger(session, ground, range(count)), _writer(plain, groups), rounds, ENTRIES)
        rows = f"the same {len(groups[0])} rows of index, journal and records in one transaction"
        text = f"{rows}, without a key, same settings"
        found = [Figure(LOG, text, 3, rounds, *figures)]
        if little is not None:
            more = range(count, 2 * count)
            both = _logger(session, ground, more), _logger(_copy_of(held, little), little, more)
            found.append(grown(LOG, ground, little, rounds, by_turns(*both, rounds, ENTRIES)))
    return found


def _copy_of(held: ExitStack, ground: Ground) -> Session:
    return held.enter_context(closing(open_vault(held.enter_context(_copied(ground.folder)), "log")))


@contextmanager
def _copied(what: Path) -> Iterator[Path]:
    """A copy that is written into, and removed; of a large vault it takes as much of the disk again."""
    copy = what.with_name(f"written-{what.name}")
    shutil.copytree(what, copy) if what.is_dir() else shutil.copy(what, copy)
    try:
        yield copy
    finally:
        shutil.rmtree(copy) if copy.is_dir() else copy.unlink()


def _logger(session: Session, ground: Ground, which: Sequence[int]) -> Timed:
    typed = iter([_typed(ground, at) for at in which])

    def log() -> None:
        for _ in range(ENTRIES):
            code, values = next(typed)
            intake.log(session, "sign", code, values)

    return timed(log)


def _typed(ground: Ground, at: int) -> tuple[str, dict[str, str]]:
    """Case and values of the entry number `at`."""
    case = crowd.invent(at % len(ground.codes) + 1)
    values = {
        "happened": "2022-08-21", "class": "voice", "channel": "whatsapp", "number": crowd.number(950, at),
        "with": case.people[1]["name"], "words": "Со мной всё хорошо, позвоню как смогу.", "words_from": "copied",
    }  # fmt: skip
    return case.case["code"], values


def _writer(plain: dbapi2.Connection, groups: list[list[Statement]]) -> Timed:
    waiting = iter(groups)

    def write() -> None:
        for _ in range(ENTRIES):
            plain.execute("BEGIN")
            for sql, values in next(waiting):
                plain.execute(sql, values)
            plain.execute("COMMIT")

    return timed(write)


def _rehearsed(ground: Ground, count: int) -> list[list[Statement]]:
    """The writing statements of each of `count` entries, recorded in a transaction that is rolled back."""
    noted: list[Statement] = []

    def execute(change: Change, sql: str, values: tuple[Value, ...]) -> int:
        noted.append((sql, values))
        return int(change.connection.execute(sql, values).lastrowid or 0)

    def execute_many(change: Change, sql: str, values: Sequence[tuple[Value, ...]]) -> None:
        noted.extend((sql, each) for each in values)
        change.connection.executemany(sql, values)

    groups = []
    with (
        closing(_checked(open_vault(ground.folder, "log"))) as session,
        mock.patch.object(Change, "_execute", execute),
        mock.patch.object(Change, "_execute_many", execute_many),
        suppress(_RehearsedError),
        session.vault.together(),
    ):
        for at in range(count):
            code, values = _typed(ground, at)
            intake.log(session, "sign", code, values)
            groups.append(noted[:])
            noted.clear()
        raise _RehearsedError
    return groups


def _checked(session: Session) -> Session:
    """The session after the check that every opening has, so that it is closed cleanly and the next begins alike."""
    for _share in session.examine():
        pass
    return session


class _RehearsedError(Exception):
    """Takes the rehearsal back."""
