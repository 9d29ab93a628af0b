"""Search over names, codes, numbers and text: the indexes first, then the case each hit belongs to."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from family_case.model.views import Hit
from family_case.store.belonging import cases_of_record
from family_case.store.faults import translated
from family_case.store.index import query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

_HITS = "SELECT k.record_table, k.record_id, k.case_id FROM ({hits} LIMIT {limit}) CROSS JOIN search_key k USING (row)"


def find(connection: dbapi2.Connection, text: str, limit: int) -> list[Hit]:
    """Hits for `text`, names, codes and numbers before free text; one hit per record and case, at most `limit`."""
    rows: list[tuple[str, str, str | None]] = []
    with translated():
        for hits, value in query(text).hits:
            if len(rows) < limit:
                found = connection.execute(_HITS.format(hits=hits, limit=int(limit)), (value,)).fetchall()
                rows += [row for row in found if row not in rows]
        return list(islice(_resolved(connection, rows, limit), limit))


def _resolved(connection: dbapi2.Connection, rows: list[tuple[str, str, str | None]], limit: int) -> Iterator[Hit]:
    named: dict[str, tuple[str, str] | None] = {}
    for table, record_id, known in rows:
        cases = [known] if known else sorted(cases_of_record(connection, table, record_id, limit) or ())
        for case_id in cases:
            if case_id not in named:
                named[case_id] = connection.execute(
                    "SELECT code, alias FROM case_file WHERE id = ?", (case_id,)
                ).fetchone()
            label = named[case_id]
            if label is not None:
                yield Hit(case_id, label[0], label[1], table, record_id)
