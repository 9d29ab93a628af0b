"""Checks of a whole vault, read only: the database's own, derived state against records, index against records."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from family_case.model.records import RECORDS
from family_case.store import index
from family_case.store.derived import state_of
from family_case.store.faults import translated
from family_case.store.rows import column_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

_CHECKS = ("cipher_integrity_check", "quick_check", "foreign_key_check")


def integrity(connection: dbapi2.Connection) -> list[str]:
    """What SQLCipher's and SQLite's own checks say, empty when they are content; texts name pages and tables only."""
    with translated():
        return [
            f"{check}: {' '.join(map(str, row))}"
            for check in _CHECKS
            for row in connection.execute(f"PRAGMA {check}").fetchall()
            if row != ("ok",)
        ]


def stale_cases(connection: dbapi2.Connection, zone: str) -> Iterator[str]:
    """Codes of cases whose stored derived state differs from what their records say now."""
    with translated():
        stored = {
            row[0]: row
            for row in connection.execute(
                "SELECT case_id, word_earliest, word_latest, last_talk, call_back, first_due FROM case_state"
            )
        }
        for case_id, code in connection.execute("SELECT id, code FROM case_file").fetchall():
            if stored.pop(case_id, None) != tuple(asdict(state_of(connection, case_id, zone)).values()):
                yield code
        yield from stored


def unindexed(connection: dbapi2.Connection) -> Iterator[int]:
    """Per table, how many records with something to search have no index row, or one that says something else."""
    with translated():
        for kind in RECORDS:
            names = column_names(kind)
            said = {
                record_id: (name, text)
                for record_id, name, text in connection.execute(
                    "SELECT k.record_id, s.name, s.text FROM search_key k JOIN search s ON s.rowid = "
                    "k.row WHERE k.record_table = ?",
                    (kind.TABLE,),
                )
            }
            rows = (
                dict(zip(names, row, strict=True))
                for row in connection.execute(f"SELECT {', '.join(names)} FROM {kind.TABLE}")  # noqa: S608 - our names
            )
            yield sum(said.get(row["id"], ("", "")) != index.folded(kind.TABLE, row) for row in rows)


def sizes(connection: dbapi2.Connection) -> tuple[int, int]:
    """Number of journal entries and of cases."""
    with translated():
        heads, cases = connection.execute(
            "SELECT (SELECT count(*) FROM journal_head), (SELECT count(*) FROM case_file)"
        ).fetchone()
    return int(heads), int(cases)
