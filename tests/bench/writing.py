"""The figure of writing: log one sign of life, against the same rows written raw, both waiting for the disk."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING
from unittest import mock

from family_case.services import crowd, intake
from family_case.store.change import Change
from tests.bench.figure import Figure, Timed, by_turns, timed
from tests.bench.ground import open_plain
from tests.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from family_case.services.session import Session
    from family_case.store.rows import Value
    from tests.bench.ground import Ground

LOG = "log an entry"
ENTRIES = 20  # logged in one round
Statement = tuple[str, "tuple[Value, ...]"]


def logging_an_entry(ground: Ground, rounds: int) -> Figure:
    """Log signs of life with words, number and person, by turns with the rows a rehearsal of the same wrote.

    Both in WAL with synchronous=FULL; the rehearsal runs on a copy of the vault with the same ids and clock.
    """
    count = ENTRIES * (rounds + 1)  # one round does not count
    groups = _rehearsed(ground, count)
    plain_copy = ground.plain.with_name("written-plain.db")
    shutil.copy(ground.plain, plain_copy)
    session = open_vault(_copied(ground, "written"), "log")
    with closing(session), closing(open_plain(plain_copy)) as plain:
        ours, floor = _logger(session, ground, count), _writer(plain, groups)
        figures = by_turns(ours, floor, rounds, ENTRIES)
    statements = len(groups[0])
    text = f"the same {statements} rows of index, journal and records in one transaction, without a key, same settings"
    return Figure(LOG, text, 3, rounds, *figures)


def _logger(session: Session, ground: Ground, count: int) -> Timed:
    typed = iter([_typed(ground, at) for at in range(count)])

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
    """The writing statements of each of `count` entries, recorded on a copy of the vault."""
    noted: list[Statement] = []

    def execute(change: Change, sql: str, values: tuple[Value, ...]) -> int:
        noted.append((sql, values))
        return int(change.connection.execute(sql, values).lastrowid or 0)

    def execute_many(change: Change, sql: str, values: Sequence[tuple[Value, ...]]) -> None:
        noted.extend((sql, each) for each in values)
        change.connection.executemany(sql, values)

    folder = _copied(ground, "rehearsal")
    groups = []
    with (
        closing(open_vault(folder, "log")) as session,
        mock.patch.object(Change, "_execute", execute),
        mock.patch.object(Change, "_execute_many", execute_many),
    ):
        for at in range(count):
            code, values = _typed(ground, at)
            intake.log(session, "sign", code, values)
            groups.append(noted[:])
            noted.clear()
    shutil.rmtree(folder)
    return groups


def _copied(ground: Ground, name: str) -> Path:
    return shutil.copytree(ground.folder, ground.folder.with_name(name))
