"""Checks of a whole vault, read only: the database's own, derived state against records, index against records."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from family_case.model.records import RECORDS
from family_case.store import derived, index
from family_case.store.faults import translated
from family_case.store.rows import column_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

    from family_case.store.rows import Row

_LINES = (
    "SELECT h.table_name, h.row_id, p.body FROM journal_head h LEFT JOIN journal_payload p USING (seq) "
    "WHERE h.table_name <> '' ORDER BY seq"
)
_SAID = (
    "SELECT k.record_id, n.name, t.text FROM search_key k LEFT JOIN search_name n ON n.rowid = k.row "
    "LEFT JOIN search_text t ON t.rowid = k.row WHERE k.record_table = ?"
)
_NAMED = "SELECT k.row, k.record_table, n.name FROM search_name n JOIN search_key k ON k.row = n.rowid"
_KEPT = """
SELECT (SELECT count(*) FROM search_word),
  (SELECT count(*) FROM search_name WHERE rowid NOT IN (SELECT row FROM search_key))
  + (SELECT count(*) FROM search_text WHERE rowid NOT IN (SELECT row FROM search_key))
"""
_DISPLACED = "SELECT u.id FROM endpoint_use u JOIN entry e ON e.id = u.entry_id WHERE u.case_id IS NOT e.case_id"
_WORD = "SELECT 1 FROM search_word WHERE sort = ? AND word = ? AND row = ?"
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


def pages(connection: dbapi2.Connection) -> list[str]:
    """The cipher's check of every page, empty when it is content."""
    with translated():
        return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]


def structure(connection: dbapi2.Connection) -> list[str]:
    """SQLite's quick check of every table, empty when it is content.

    Left out are links between rows, which a copy cannot have lost by itself, and the inner order of the search index,
    which is derived and which `verify` looks at; they take as long as all the rest.
    """
    with translated():
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        return [
            str(row[0])
            for (table,) in tables.fetchall()
            for row in connection.execute(f'PRAGMA quick_check("{table}")').fetchall()
            if row != ("ok",)
        ]


def stale_cases(connection: dbapi2.Connection, zone: str) -> Iterator[str]:
    """Codes of cases whose stored derived state differs from what their records say now."""
    with translated():
        stored = {
            row[0]: row
            for row in connection.execute(f"SELECT {', '.join(derived.COLUMNS)} FROM case_state")  # noqa: S608 - our names
        }
        for case_id, code in connection.execute("SELECT id, code FROM case_file").fetchall():
            if stored.pop(case_id, None) != tuple(asdict(derived.state_of(connection, case_id, zone)).values()):
                yield code
        yield from stored


def displaced(connection: dbapi2.Connection) -> list[str]:
    """Numbers of entries that are written to another case than the entry: ids of these rows."""
    with translated():
        return [row_id for (row_id,) in connection.execute(_DISPLACED)]


def unindexed(connection: dbapi2.Connection) -> Iterator[int]:
    """Per table, how many records have no index row or one that says something else, and index rows without record."""
    with translated():
        for kind in RECORDS:
            names = column_names(kind)
            said = {
                record_id: (name or "", text or "")
                for record_id, name, text in connection.execute(_SAID, (kind.TABLE,))
            }
            rows = (
                dict(zip(names, row, strict=True))
                for row in connection.execute(f"SELECT {', '.join(names)} FROM {kind.TABLE}")  # noqa: S608 - our names
            )
            yield sum(said.pop(row["id"], ("", "")) != index.folded(kind.TABLE, row) for row in rows) + len(said)
        yield _astray(connection)


def _astray(connection: dbapi2.Connection) -> int:
    """Words looked up whole that are missing or of no record, and texts of none."""
    expected = missing = 0
    for row, table, name in connection.execute(_NAMED):
        wanted = index.words(table, name)
        expected += len(wanted)
        missing += sum(connection.execute(_WORD, (*word, row)).fetchone() is None for word in wanted)
    kept, orphans = connection.execute(_KEPT).fetchone()
    return missing + abs(int(kept) - (expected - missing)) + int(orphans)


def unjournalled(connection: dbapi2.Connection) -> Iterator[tuple[str, str]]:
    """Table and id of each record that is not as the journal's lines, followed from the first, leave it.

    Also finds lines cut off at the journal's end, where the chain itself shows nothing.
    """
    told: dict[tuple[str, str], Row] = {}
    unknown = set()
    with translated():
        for table, row_id, body in connection.execute(_LINES):
            try:
                before, after = json.loads(body or "")
            except ValueError:  # erased, or not what was written: the journal's own check names it
                unknown.add((table, row_id))
                continue
            if before is None:  # told anew: as made, or as it stood when older lines were erased
                unknown.discard((table, row_id))
            if after is None:
                told.pop((table, row_id), None)
            else:
                told[table, row_id] = {**told.get((table, row_id), {}), **after}
        for kind in RECORDS:
            names = column_names(kind)
            for row in connection.execute(f"SELECT {', '.join(names)} FROM {kind.TABLE}"):  # noqa: S608 - our names
                key = (kind.TABLE, str(row[names.index("id")]))
                if told.pop(key, None) != dict(zip(names, row, strict=True)) and key not in unknown:
                    yield key
    yield from (key for key in told if key not in unknown)


def sizes(connection: dbapi2.Connection) -> tuple[int, int]:
    """Number of journal entries and of cases."""
    with translated():
        heads, cases = connection.execute(
            "SELECT (SELECT count(*) FROM journal_head), (SELECT count(*) FROM case_file)"
        ).fetchone()
    return int(heads), int(cases)
