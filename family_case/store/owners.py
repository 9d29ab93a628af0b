"""Which cases a written row belongs to, as it was and as it is; asked once all rows of a change are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlcipher3 import dbapi2

from family_case.store.rows import Row, Value

Key = tuple[str, str]  # table and id of a row

_PERSON = "SELECT case_id FROM role WHERE person_id = ?"
_ENTRY = "SELECT case_id FROM entry WHERE id = ?"
_ENDPOINT = (
    "SELECT e.case_id FROM endpoint_use u JOIN entry e ON e.id = u.entry_id WHERE u.endpoint_id = ?1 "
    "UNION SELECT r.case_id FROM person_endpoint p JOIN role r USING (person_id) WHERE p.endpoint_id = ?1"
)
_PLACE = "SELECT case_id FROM entry WHERE place_id = ?1 UNION SELECT id FROM case_file WHERE held_at = ?1"
# For tables without a case_id of their own: by which columns a row belongs to cases.
_RELATED: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("id", _PERSON),),
    "person_name": (("person_id", _PERSON),),
    "person_endpoint": (("person_id", _PERSON),),
    "endpoint": (("id", _ENDPOINT),),
    "place": (("id", _PLACE),),
    "place_alias": (("place_id", _PLACE),),
    "entry_person": (("entry_id", _ENTRY),),
    "endpoint_use": (("entry_id", _ENTRY),),
    **dict.fromkeys(("sign_of_life", "approach", "document_request", "promise"), (("id", _ENTRY),)),
    "promise_term": (("promise_id", _ENTRY),),
    "payment": (("id", _ENTRY), ("promise_id", _ENTRY)),
    "disclosure_item": (("disclosure_id", "SELECT case_id FROM disclosure WHERE id = ?"),),
}
_OF_NUMBERS = ("endpoint_use", "person_endpoint")  # whose rows point at a number


@dataclass(slots=True)
class Owners:
    """Cases of the rows of one change; `touched` has each row before and after (None: it was or is not there)."""

    connection: dbapi2.Connection
    touched: Mapping[Key, tuple[Row | None, Row | None]]
    _known: dict[tuple[str, Value], set[str]] = field(default_factory=dict)

    def of_all(self) -> dict[Key, set[str]]:
        """Cases of each row."""
        return {key: self._of(*key) for key in self.touched}

    def _of(self, table: str, row_id: str) -> set[str]:
        before, after = self.touched[table, row_id]
        if table == "endpoint" and before is None:
            return self._of_new_number(row_id)
        found: set[str] = set()
        for row in (before, after):
            if row is not None:
                found |= _direct(table, row_id, row) or self._related(table, row)
        return found

    def _of_new_number(self, endpoint_id: str) -> set[str]:
        """What points at a number that was not there before is written in the same change."""
        return set[str]().union(
            *(
                self._related(table, row)
                for (table, _), rows in self.touched.items()
                if table in _OF_NUMBERS
                for row in rows
                if row is not None and row["endpoint_id"] == endpoint_id
            )
        )

    def _related(self, table: str, row: Row) -> set[str]:
        return set[str]().union(*(self._asked(sql, row[column]) for column, sql in _RELATED.get(table, ())))

    def _asked(self, sql: str, value: Value) -> set[str]:
        if (sql, value) not in self._known:
            self._known[sql, value] = {case for case in self._answers(sql, value) if case}
        return self._known[sql, value]

    def _answers(self, sql: str, value: Value) -> list[str]:
        written = self.touched.get(("entry", str(value))) if sql is _ENTRY else None
        if written is not None:
            entry = written[1]
            return [str(entry["case_id"] or "")] if entry is not None else []
        return [case for (case,) in self.connection.execute(sql, (value,))]


def _direct(table: str, row_id: str, row: Row) -> set[str]:
    if table == "case_file":
        return {row_id}
    case_id = row.get("case_id")
    return {str(case_id)} if case_id else set()
