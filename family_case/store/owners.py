"""Which cases a written row belongs to, as it was and as it is; asked once all rows of a change are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlcipher3 import dbapi2

from family_case.store.belonging import ENTRY, RELATED
from family_case.store.rows import Key, Row, Value


class Touch(NamedTuple):
    """A row as it was before a change and as it is now; None: it was or is not there."""

    before: Row | None
    after: Row | None

    @property
    def rows(self) -> list[Row]:
        """The row as it was and as it is: one that left a case, or a number, concerns those it left."""
        return [row for row in self if row is not None]


_OF_NUMBERS = ("endpoint_use", "person_endpoint")  # whose rows point at a number


@dataclass(slots=True)
class Owners:
    """Cases of the rows of one change."""

    connection: dbapi2.Connection
    touched: Mapping[Key, Touch]
    _uses: dict[Value, list[tuple[str, Row]]] = field(default_factory=lambda: defaultdict(list))
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
        if not self._uses:
            for (table, _), rows in self.touched.items():
                if table in _OF_NUMBERS:
                    for row in filter(None, rows):
                        self._uses[row["endpoint_id"]].append((table, row))
        return set[str]().union(*(self._related(table, row) for table, row in self._uses[endpoint_id]))

    def _related(self, table: str, row: Row) -> set[str]:
        keys = [(sql, row[column]) for column, sql in RELATED.get(table, ())]
        return set[str]().union(*(self._asked(sql, value) for sql, value in keys if value))

    def _asked(self, sql: str, value: Value) -> set[str]:
        if (sql, value) not in self._known:
            self._known[sql, value] = {case for case in self._answers(sql, value) if case}
        return self._known[sql, value]

    def _answers(self, sql: str, value: Value) -> list[str]:
        written = self.touched.get(("entry", str(value))) if sql is ENTRY else None
        if written is not None:
            entry = written[1]
            return [str(entry["case_id"] or "")] if entry is not None else []
        return [case for (case,) in self.connection.execute(sql, (value,))]


def _direct(table: str, row_id: str, row: Row) -> set[str]:
    if table == "case_file":
        return {row_id}
    case_id = row.get("case_id")
    return {str(case_id)} if case_id else set()
