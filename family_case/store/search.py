"""Search over names, codes, numbers and text: the indexes first, then the case each hit belongs to.

What belongs to no case is a hit by itself, told by the record a person would look for: not a name but whose it is.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from family_case.model.phones import masked
from family_case.model.views import Hit
from family_case.store.belonging import SAME, cases_of_record
from family_case.store.faults import translated
from family_case.store.index import query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

# The cases of the people whose names were found are asked for with them.
_HITS = (
    "SELECT k.record_table, k.record_id, c.id, c.code, c.alias FROM ({hits} LIMIT {limit}) "
    "CROSS JOIN search_key k USING (row) "
    "LEFT JOIN person_name n ON k.record_table = 'person_name' AND n.id = k.record_id "
    "LEFT JOIN role r ON r.person_id IN ({same} n.person_id) "
    "LEFT JOIN case_file c ON c.id = coalesce(k.case_id, r.case_id) LIMIT {limit}"
)
_LABELS = "SELECT id, code, alias FROM case_file WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"

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
    found: dict[tuple[str, str, str], Hit] = {}  # by case and record: a name and a text of one record are one hit
    with translated():
        for hits, value in query(text).hits:
            if len(found) < limit:
                rows = connection.execute(_HITS.format(hits=hits, limit=int(limit), same=SAME), (value,)).fetchall()
                for hit in islice((hit for row in rows for hit in _hits(connection, row, limit)), limit):
                    found.setdefault((hit.case_id, hit.table, hit.record_id), hit)
    return list(found.values())[:limit]


def _hits(
    connection: dbapi2.Connection, row: tuple[str, str, str | None, str, str], most: int
) -> list[Hit] | Iterator[Hit]:
    """The hits of a row that was found: in its case, in those it belongs to otherwise, or in none."""
    table, record_id, case_id, code, alias = row
    if case_id is not None:
        return [Hit(case_id, code, alias, table, record_id)]
    cases = json.dumps(sorted(cases_of_record(connection, table, record_id, most) or ()))
    labels = connection.execute(_LABELS, (cases,)).fetchall()
    hits = [Hit(each, code, alias, table, record_id) for each, code, alias in labels]
    return hits or _outside(connection, table, record_id)


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
