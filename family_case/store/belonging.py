"""By which columns a row belongs to cases: one table for the journal, for search hits and for looking an id up.

Tables with a `case_id` of their own (and the case itself) need no line here; a table in neither belongs to no case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.records import BY_TABLE
from family_case.store.rows import Row, column_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlcipher3 import dbapi2

SAME = "SELECT other FROM same_person WHERE id ="  # of one person: all his records
_PERSON = f"SELECT case_id FROM role WHERE person_id IN ({SAME} ?1)"  # noqa: S608 - our own constants
ENTRY = "SELECT case_id FROM entry WHERE id = ?1"
_ENDPOINT = (
    "SELECT case_id FROM endpoint_use WHERE endpoint_id = ?1 "  # noqa: S608 - our own constants
    "UNION ALL SELECT r.case_id FROM person_endpoint p "
    f"JOIN role r ON r.person_id IN ({SAME} p.person_id) WHERE p.endpoint_id = ?1"
)
_PLACE = "SELECT case_id FROM entry WHERE place_id = ?1 UNION ALL SELECT id FROM case_file WHERE held_at = ?1"
_COHORT = (
    "SELECT case_id FROM cohort_member WHERE cohort_id = ?1 UNION ALL SELECT case_id FROM entry WHERE cohort_id = ?1"
)
_BODY = (
    "SELECT e.case_id FROM step_body b JOIN entry e ON e.id = b.step_id WHERE b.body_id = ?1 "
    "UNION ALL SELECT e.case_id FROM denial d JOIN entry e USING (id) WHERE d.body_id = ?1 "
    "UNION ALL SELECT case_id FROM entry WHERE body_id = ?1"
)
_STEP_BODY = "SELECT e.case_id FROM step_body b JOIN entry e ON e.id = b.step_id WHERE b.id = ?1"
_SOURCE = "SELECT case_id FROM entry WHERE source_id = ?1"

RELATED: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("id", _PERSON), ("merged_into", _PERSON)),
    "person_name": (("person_id", _PERSON),),
    "person_endpoint": (("person_id", _PERSON),),
    "identifier": (("person_id", _PERSON),),
    "custom_value": (("person_id", _PERSON),),
    "endpoint": (("id", _ENDPOINT),),
    "place": (("id", _PLACE),),
    "place_alias": (("place_id", _PLACE),),
    "cohort": (("id", _COHORT),),
    "body": (("id", _BODY),),
    "source": (("id", _SOURCE),),
    "entry": (("place_id", _PLACE), ("cohort_id", _COHORT), ("body_id", _BODY)),  # one without a case of its own
    "entry_person": (("entry_id", ENTRY),),
    "endpoint_use": (("entry_id", ENTRY),),
    **dict.fromkeys(
        (
            "sign_of_life",
            "approach",
            "document_request",
            "promise",
            "offer",
            "stay",
            "status_report",
            "denial",
            "step_taken",
        ),
        (("id", ENTRY),),
    ),
    "promise_term": (("promise_id", ENTRY),),
    "payment": (("id", ENTRY), ("promise_id", ENTRY)),
    "step_body": (("step_id", ENTRY),),
    "step_reply": (("step_body_id", _STEP_BODY),),
    "disclosure_item": (("disclosure_id", "SELECT case_id FROM disclosure WHERE id = ?1"),),
}
# Tables whose rows are part of one entry and are in its case.
OF_AN_ENTRY = frozenset(table for table, ways in RELATED.items() if {sql for _, sql in ways} <= {ENTRY, _STEP_BODY})


def cases_of_row(
    connection: dbapi2.Connection, table: str, row: Row | Mapping[str, str | int | None], most: int | None = None
) -> set[str]:
    """Ids of the cases a row belongs to, by what the row itself says; any `most` of them, if that is given."""
    if table == "case_file":
        return {str(row["id"])}
    if row.get("case_id"):
        return {str(row["case_id"])}
    keys = [(sql, row.get(column)) for column, sql in RELATED.get(table, ())]
    found = set[str]()
    for case in (case for sql, value in keys if value for (case,) in connection.execute(sql, (value,))):
        if len(found) == most:
            break
        found |= {case} if case else set()
    return found


def cases_of_record(
    connection: dbapi2.Connection, table: str, record_id: str, most: int | None = None
) -> set[str] | None:
    """Ids of the cases the record with this id belongs to, at most so many; None when there is no such record."""
    names = column_names(BY_TABLE[table])
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - our own names
    found = connection.execute(sql, (record_id,)).fetchone()
    return None if found is None else cases_of_row(connection, table, dict(zip(names, found, strict=True)), most)
