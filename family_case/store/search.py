"""Search over names, codes, numbers and text: the trigram index first, then the case each hit belongs to.

What belongs to no case is a hit by itself, told by the record a person would look for: not a name but whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.phones import masked
from family_case.model.views import Hit
from family_case.store.belonging import cases_of_record
from family_case.store.faults import translated
from family_case.store.index import query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

_HITS = (
    "SELECT k.record_table, k.record_id, k.case_id FROM search JOIN search_key k ON k.row = search.rowid "
    "WHERE {condition} LIMIT ?"
)

# Rows that only tell of another record: by which column, of which table.
_TELLS_OF = {
    **dict.fromkeys(("person_name", "identifier", "person_endpoint"), ("person_id", "person")),
    "place_alias": ("place_id", "place"),
    **dict.fromkeys(("approach", "offer", "denial", "step_taken"), ("id", "entry")),
    **dict.fromkeys(("entry_person", "endpoint_use"), ("entry_id", "entry")),
}
# What of a record in no case may stand on a screen; of a person the end of a number of his.
_CALLED = {
    **dict.fromkeys(("place", "body", "cohort"), "SELECT name FROM {table} WHERE id = ?"),
    "source": "SELECT publisher FROM source WHERE id = ?",
    "endpoint": "SELECT norm FROM endpoint WHERE id = ?",
    "person": (
        "SELECT e.norm FROM person_endpoint p JOIN endpoint e ON e.id = p.endpoint_id WHERE p.person_id = ? "
        "ORDER BY p.rowid LIMIT 1"
    ),
}
_OWNERS = "SELECT person_id FROM person_endpoint WHERE endpoint_id = ? ORDER BY rowid"


def find(connection: dbapi2.Connection, text: str, limit: int) -> list[Hit]:
    """Hits for `text`, names, codes and numbers before free text; one hit per record and case, at most `limit`.

    A record that is in no case is one hit without a case.
    """
    wanted = query(text)
    if wanted.empty:
        return []
    rows: list[tuple[str, str, str | None]] = []
    with translated():
        for names_only in (True, False):
            condition, values = wanted.condition(names_only=names_only)
            if len(rows) < limit:
                found = connection.execute(_HITS.format(condition=condition), (*values, limit)).fetchall()
                rows += [row for row in found if row not in rows]
        return _resolved(connection, rows)[:limit]


def _resolved(connection: dbapi2.Connection, rows: list[tuple[str, str, str | None]]) -> list[Hit]:
    named: dict[str, tuple[str, str] | None] = {}
    found: list[Hit] = []
    for table, record_id, known in rows:
        cases = [known] if known else sorted(cases_of_record(connection, table, record_id) or ())
        if not cases:
            found += [hit for hit in _outside(connection, table, record_id) if hit not in found]
        for case_id in cases:
            if case_id not in named:
                named[case_id] = connection.execute(
                    "SELECT code, alias FROM case_file WHERE id = ?", (case_id,)
                ).fetchone()
            label = named[case_id]
            if label is not None:
                found.append(Hit(case_id, label[0], label[1], table, record_id))
    return found


def _outside(connection: dbapi2.Connection, table: str, record_id: str) -> Iterator[Hit]:
    """The hits for a row that belongs to no case: the record it tells of, for a number whose it is; without a name."""
    column, of = _TELLS_OF.get(table, ("id", table))
    row = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (record_id,)).fetchone()  # noqa: S608 - our own names
    if row is None or not row[0]:
        return
    (subject,) = row
    owners = connection.execute(_OWNERS, (subject,)).fetchall() if of == "endpoint" else []
    for told, each in [("person", owner) for (owner,) in owners] or [(of, subject)]:
        sql = _CALLED.get(told, "")
        (called,) = (sql and connection.execute(sql.format(table=told), (each,)).fetchone()) or ("",)
        yield Hit("", "", "", told, each, masked(called) if called and told in ("endpoint", "person") else called or "")
