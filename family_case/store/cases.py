"""Reading cases: the list by windows of rows, one case by code or id, and which case any record belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from family_case.model.case import Case, plain_code
from family_case.model.records import BY_TABLE
from family_case.model.views import CaseLine, CaseOrder
from family_case.store.belonging import cases_of_record
from family_case.store.faults import translated
from family_case.store.index import query
from family_case.store.rows import Value, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlcipher3 import dbapi2

_OF_CASE = ("id", "code", "alias", "status", "interval_days")  # the rest of a line is derived state
_LINE = ", ".join(f"{'c' if name in _OF_CASE else 's'}.{name}" for name in CaseLine._fields)
# Columns of the derived state; what always stays at the end is NULL there. NULL is first elsewhere: no word at all is
# the longest silence.
_ORDERS: Final = {
    CaseOrder.CODE: ("code", ""),
    CaseOrder.ALIAS: ("alias_key", "NULLS LAST"),
    CaseOrder.SILENCE: ("silent_since", ""),
    CaseOrder.LAST_TALK: ("last_talk", ""),
    CaseOrder.NEXT_DUE: ("next_due", "NULLS LAST"),
}
# Cases that ask for attention on :day, for each reason the longest first; every condition runs along an index.
AHEAD: Final = "ahead"
_ASKING: Final = {
    "call_back": "call_back <= :day ORDER BY call_back, code",
    "check_now": "counted_from <= :day AND now_on <= :day ORDER BY counted_from, code",
    "check_soon": "counted_from <= :day AND soon_on <= :day AND now_on > :day ORDER BY counted_from, code",
    "overdue": "overdue < :day ORDER BY overdue, code",
    "no_talk": "talk_from <= :day AND talk_on <= :day ORDER BY talk_from, code",
    AHEAD: "silent_since > :day OR last_talk > :day",  # of these the state knows of later things
}


def by_code(connection: dbapi2.Connection, code: str) -> Case | None:
    """Case of this code, however its letters were typed (capitals or not, Cyrillic look-alikes)."""
    return next(iter(load(connection, Case, "code = ?", (plain_code(code),))), None)


def id_of_code(connection: dbapi2.Connection, code: str) -> str | None:
    """Id of the case of this code, typed as above; asked before every entry, which needs nothing else of it."""
    with translated():
        found = connection.execute("SELECT id FROM case_file WHERE code = ?", (plain_code(code),)).fetchone()
    return str(found[0]) if found else None


def by_id(connection: dbapi2.Connection, case_id: str) -> Case | None:
    """Case of this id."""
    return next(iter(load(connection, Case, "id = ?", (case_id,))), None)


def codes_of(connection: dbapi2.Connection, case_ids: Iterable[str]) -> tuple[str, ...]:
    """Codes of the cases of these ids, in their order."""
    found = (by_id(connection, each) for each in case_ids)
    return tuple(case.code for case in found if case is not None)


def listed(
    connection: dbapi2.Connection,
    text: str,
    limit: int,
    offset: int,
    order: CaseOrder = CaseOrder.CODE,
    *,
    turned: bool = False,
) -> list[CaseLine]:
    """A window of cases with their derived state; `text` narrows to cases it occurs in, `turned`: the other way round.

    Cases that are equal stand in the order of their codes.
    """
    where, values = _matching(text)
    key, nulls = _ORDERS[order]
    by = f"{key} {'DESC' if turned else 'ASC'} {nulls}"
    # in figures: a bound limit has the engine plan the whole query anew each time
    chosen = f"{where} ORDER BY {by}, code LIMIT {int(limit)} OFFSET {int(offset)}"
    return _rows(connection, chosen, f"ORDER BY s.{by}, s.code", values)


def asking(connection: dbapi2.Connection, why: str, day: str, limit: int) -> list[CaseLine]:
    """Cases that ask for attention on a day (ISO) for one of the reasons above, the longest first."""
    return _rows(connection, f"{_ASKING[why]} LIMIT {int(limit)}", "", {"day": day})


def _rows(
    connection: dbapi2.Connection, chosen: str, order: str, values: Sequence[Value] | Mapping[str, Value]
) -> list[CaseLine]:
    """Cases by a condition on their states with order and limit; few rows are read, however many there are."""
    sql = (
        f"SELECT {_LINE} FROM (SELECT rowid AS row FROM case_state WHERE {chosen}) "  # noqa: S608 - our own names
        f"CROSS JOIN case_state s ON s.rowid = row CROSS JOIN case_file c ON c.id = s.case_id {order}"
    )
    with translated():
        return list(map(CaseLine._make, connection.execute(sql, values)))


def counted(connection: dbapi2.Connection, text: str) -> int:
    """Number of cases in which `text` occurs (all when it is empty)."""
    where, values = _matching(text)
    with translated():
        return int(connection.execute(f"SELECT count(*) FROM case_state WHERE {where}", values).fetchone()[0])  # noqa: S608 - our own names


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
            found = cases_of_record(connection, table, record_id)
            if found is not None:
                return table, min(found, default="")
    return None


def _matching(text: str) -> tuple[str, tuple[Value, ...]]:
    hits = query(text).hits
    if not hits:
        return "1", ()
    rows = " UNION ".join(sql for sql, _value in hits)
    return f"case_id IN ({_CASES_OF_HITS.format(rows=rows)})", tuple(value for _sql, value in hits)


# CROSS JOIN: from the few hits to their rows, never all rows to the hits
_CASES_OF_HITS = """
WITH hit AS MATERIALIZED (
  SELECT k.record_table, k.record_id, k.case_id FROM ({rows}) CROSS JOIN search_key k USING (row)),
whose AS (
  SELECT n.person_id FROM hit CROSS JOIN person_name n ON n.id = hit.record_id WHERE hit.record_table = 'person_name'
  UNION ALL SELECT record_id FROM hit WHERE record_table = 'person'
  UNION ALL SELECT p.person_id FROM hit CROSS JOIN person_endpoint p ON p.endpoint_id = hit.record_id
    WHERE hit.record_table = 'endpoint'
  UNION ALL SELECT i.person_id FROM hit CROSS JOIN identifier i ON i.id = hit.record_id
    WHERE hit.record_table = 'identifier'
  UNION ALL SELECT v.person_id FROM hit CROSS JOIN custom_value v ON v.id = hit.record_id
    WHERE hit.record_table = 'custom_value' AND v.person_id IS NOT NULL),
main AS MATERIALIZED (
  SELECT DISTINCT coalesce(p.merged_into, p.id) AS id FROM whose CROSS JOIN person p ON p.id = whose.person_id),
everyone AS (
  SELECT id FROM main UNION ALL SELECT p.id FROM main CROSS JOIN person p ON p.merged_into = main.id),
at AS MATERIALIZED (
  SELECT record_id AS place FROM hit WHERE record_table = 'place'
  UNION ALL SELECT a.place_id FROM hit CROSS JOIN place_alias a ON a.id = hit.record_id
    WHERE hit.record_table = 'place_alias')
SELECT case_id FROM hit WHERE case_id IS NOT NULL
UNION ALL SELECT r.case_id FROM everyone CROSS JOIN role r ON r.person_id = everyone.id
UNION ALL SELECT u.case_id FROM hit CROSS JOIN endpoint_use u ON u.endpoint_id = hit.record_id
  WHERE hit.record_table = 'endpoint'
UNION ALL SELECT e.case_id FROM at CROSS JOIN entry e ON e.place_id = at.place WHERE e.case_id IS NOT NULL
UNION ALL SELECT c.id FROM at CROSS JOIN case_file c ON c.held_at = at.place
"""
