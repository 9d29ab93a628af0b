"""Reading cases: the list by windows of rows, one case by code or id, and which case any record belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from family_case.model.case import Case, plain_code
from family_case.model.changes import CaseState
from family_case.model.records import BY_TABLE
from family_case.model.views import CaseOrder
from family_case.store.connection import ALPHABET
from family_case.store.faults import translated
from family_case.store.index import query
from family_case.store.rows import Value, column_names, from_values, load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

_STATE = ("word_earliest", "word_latest", "last_talk", "call_back", "first_due")
_DUE: Final = "coalesce(min(s.call_back, s.first_due), s.call_back, s.first_due)"
# First what always stays at the end, then what is turned round. NULL is first: no word at all is the longest silence.
_ORDERS: Final = {
    CaseOrder.CODE: ("NULL", "c.code"),
    CaseOrder.ALIAS: ("c.alias = ''", f"c.alias COLLATE {ALPHABET}"),
    CaseOrder.SILENCE: ("NULL", "coalesce(s.word_latest, c.last_seen_latest, c.last_seen_earliest)"),
    CaseOrder.LAST_TALK: ("NULL", "s.last_talk"),
    CaseOrder.NEXT_DUE: (f"{_DUE} IS NULL", _DUE),
}


def by_code(connection: dbapi2.Connection, code: str) -> Case | None:
    """Case of this code, however its letters were typed (capitals or not, Cyrillic look-alikes)."""
    return next(iter(load(connection, Case, "code = ?", (plain_code(code),))), None)


def by_id(connection: dbapi2.Connection, case_id: str) -> Case | None:
    """Case of this id."""
    return next(iter(load(connection, Case, "id = ?", (case_id,))), None)


def listed(
    connection: dbapi2.Connection,
    text: str,
    limit: int,
    offset: int,
    order: CaseOrder = CaseOrder.CODE,
    *,
    turned: bool = False,
) -> list[tuple[Case, CaseState]]:
    """A window of cases with their derived state; `text` narrows to cases it occurs in, `turned`: the other way round.

    Cases that are equal stand in the order of their codes.
    """
    names = column_names(Case)
    columns = ", ".join([*(f"c.{name}" for name in names), *(f"s.{name}" for name in _STATE)])
    where, values = _matching(text)
    last, key = _ORDERS[order]
    sql = (
        f"SELECT {columns} FROM case_file c LEFT JOIN case_state s ON s.case_id = c.id "  # noqa: S608 - our own names
        f"WHERE {where} ORDER BY {last}, {key} {'DESC' if turned else 'ASC'}, c.code LIMIT ? OFFSET ?"
    )
    with translated():
        found = connection.execute(sql, (*values, limit, offset)).fetchall()
    width = len(names)
    return [(case := from_values(Case, row[:width]), CaseState(case.id, *row[width:])) for row in found]


def counted(connection: dbapi2.Connection, text: str) -> int:
    """Number of cases in which `text` occurs (all when it is empty)."""
    where, values = _matching(text)
    with translated():
        return int(connection.execute(f"SELECT count(*) FROM case_file c WHERE {where}", values).fetchone()[0])  # noqa: S608


def next_code(connection: dbapi2.Connection) -> str:
    """The next free running code, "K-012"; it tells nothing about the person."""
    with translated():
        (last,) = connection.execute(
            "SELECT max(CAST(substr(code, 3) AS INTEGER)) FROM case_file WHERE code GLOB 'K-[0-9]*'"
        ).fetchone()
    return f"K-{(last or 0) + 1:03d}"


def of_record(connection: dbapi2.Connection, record_id: str) -> tuple[str, str] | None:
    """Table and case id of the record with this id ('' for one that is in no case); None when there is none."""
    with translated():
        for table in BY_TABLE:
            names = column_names(BY_TABLE[table])
            column = "case_id" if "case_id" in names else _OWNER.get(table, "''")
            sql = f"SELECT {column} FROM {table} t WHERE t.id = ?"  # noqa: S608 - our own names
            found = connection.execute(sql, (record_id,)).fetchone()
            if found:
                return table, found[0] or ""
    return None


_BY_ENTRY = "(SELECT case_id FROM entry WHERE id = t.id)"
_BY_LINK = "(SELECT case_id FROM entry WHERE id = t.entry_id)"
_OWNER = {
    "case_file": "t.id",
    "person": "(SELECT case_id FROM role WHERE person_id = t.id ORDER BY id LIMIT 1)",
    "person_name": "(SELECT case_id FROM role WHERE person_id = t.person_id ORDER BY id LIMIT 1)",
    "person_endpoint": "(SELECT case_id FROM role WHERE person_id = t.person_id ORDER BY id LIMIT 1)",
    "endpoint": (
        "coalesce((SELECT e.case_id FROM endpoint_use u JOIN entry e ON e.id = u.entry_id WHERE u.endpoint_id = t.id "
        "LIMIT 1), (SELECT r.case_id FROM person_endpoint p JOIN role r USING (person_id) WHERE p.endpoint_id = t.id "
        "LIMIT 1))"
    ),
    "entry_person": _BY_LINK,
    "endpoint_use": _BY_LINK,
    **dict.fromkeys(("sign_of_life", "approach", "document_request", "promise", "payment"), _BY_ENTRY),
    "promise_term": "(SELECT case_id FROM entry WHERE id = t.promise_id)",
    "disclosure_item": "(SELECT case_id FROM disclosure WHERE id = t.disclosure_id)",
}


def _matching(text: str) -> tuple[str, tuple[Value, ...]]:
    wanted = query(text)
    if wanted.empty:
        return "1", ()
    condition, values = wanted.condition(names_only=False)
    return f"c.id IN ({_CASES_OF_HITS.format(condition=condition)})", values


_CASES_OF_HITS = """
WITH hit AS MATERIALIZED (
  SELECT k.record_table, k.record_id, k.case_id
  FROM search JOIN search_key k ON k.row = search.rowid WHERE {condition})
SELECT case_id FROM hit WHERE case_id IS NOT NULL
UNION SELECT r.case_id FROM hit JOIN person_name n ON n.id = hit.record_id JOIN role r USING (person_id)
  WHERE hit.record_table = 'person_name'
UNION SELECT r.case_id FROM hit JOIN role r ON r.person_id = hit.record_id WHERE hit.record_table = 'person'
UNION SELECT r.case_id FROM hit JOIN person_endpoint p ON p.endpoint_id = hit.record_id JOIN role r USING (person_id)
  WHERE hit.record_table = 'endpoint'
UNION SELECT e.case_id FROM hit JOIN endpoint_use u ON u.endpoint_id = hit.record_id JOIN entry e ON e.id = u.entry_id
  WHERE hit.record_table = 'endpoint'
UNION SELECT e.case_id FROM hit JOIN entry e ON e.id = hit.record_id WHERE hit.case_id IS NULL
UNION SELECT e.case_id FROM hit JOIN entry e ON e.place_id = hit.record_id WHERE hit.record_table = 'place'
UNION SELECT c.id FROM hit JOIN case_file c ON c.held_at = hit.record_id WHERE hit.record_table = 'place'
"""
