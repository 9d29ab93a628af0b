"""Reading the office's own fields and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.custom import CustomField, CustomValue
from family_case.model.views import CustomLine
from family_case.store.belonging import SAME
from family_case.store.rows import THESE, load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from family_case.store.rows import Value


def fields(connection: dbapi2.Connection) -> list[CustomField]:
    """All fields, in the order they were defined; they are few."""
    return load(connection, CustomField, "1 ORDER BY rowid")


def is_filled(connection: dbapi2.Connection, field_id: str) -> bool:
    """Whether anything stands in a field, in whichever case."""
    return bool(load(connection, CustomValue, "field_id = ? LIMIT 1", (field_id,)))


def standing(connection: dbapi2.Connection, field_id: str, *, case_id: str | None, person_id: str | None) -> bool:
    """Whether this field of this case or person is filled."""
    where = "field_id = ? AND case_id IS ? AND person_id IS ?"
    return bool(load(connection, CustomValue, where, (field_id, case_id, person_id)))


def of_case(connection: dbapi2.Connection, case_id: str, people: str) -> tuple[CustomLine, ...]:
    """What stands in the fields of a case and of its people (ids as JSON)."""
    of = f"case_id = ? OR person_id {THESE} ORDER BY rowid"
    return _lines(connection, of, (case_id, people))


def of_person(connection: dbapi2.Connection, person_id: str) -> tuple[CustomLine, ...]:
    """What stands in the fields of a person, under whichever record of his."""
    return _lines(connection, f"person_id IN ({SAME} ?) ORDER BY rowid", (person_id,))


def _lines(connection: dbapi2.Connection, where: str, values: tuple[Value, ...]) -> tuple[CustomLine, ...]:
    found = load(connection, CustomValue, where, values)
    known = {each.id: each for each in fields(connection)} if found else {}
    return tuple(CustomLine(known[each.field_id], each) for each in found)
