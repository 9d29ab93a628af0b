"""Reading people: who is in a case, what they are called, and their own numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from family_case.model.endpoint import Endpoint
from family_case.model.person import NameKind, Person, PersonName, Role, RoleKind
from family_case.model.text import fold
from family_case.model.views import PersonCard
from family_case.store.faults import translated
from family_case.store.index import query
from family_case.store.rows import column_names, from_values, load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

_NAME_ORDER = {kind: place for place, kind in enumerate(NameKind)}


def in_case(connection: dbapi2.Connection, case_id: str) -> list[PersonCard]:
    """People of a case in the order they came in, with names and own numbers."""
    mine = "person_id IN (SELECT person_id FROM role WHERE case_id = ?)"
    people = {
        p.id: p for p in load(connection, Person, "id IN (SELECT person_id FROM role WHERE case_id = ?)", (case_id,))
    }
    names: dict[str, list[PersonName]] = defaultdict(list)
    for name in load(connection, PersonName, f"{mine} ORDER BY rowid", (case_id,)):
        names[name.person_id].append(name)
    numbers = _numbers(connection, case_id)
    return [
        PersonCard(
            people[role.person_id],
            role,
            tuple(sorted(names[role.person_id], key=lambda name: _NAME_ORDER[name.kind])),
            tuple(numbers[role.person_id]),
        )
        for role in roles(connection, case_id)
    ]


def roles(connection: dbapi2.Connection, case_id: str) -> list[Role]:
    """Who is what in a case, in the order they came in."""
    return load(connection, Role, "case_id = ? ORDER BY rowid", (case_id,))


def named(connection: dbapi2.Connection, case_id: str) -> list[tuple[str, str]]:
    """Who is called what in a case: id of a person and a name as entered, '' for one without any."""
    sql = "SELECT r.person_id, coalesce(n.entered, '') FROM role r LEFT JOIN person_name n USING (person_id)"
    with translated():
        return connection.execute(f"{sql} WHERE r.case_id = ?", (case_id,)).fetchall()


def cases_of(connection: dbapi2.Connection, person_id: str) -> list[str]:
    """Ids of the cases a person has a role in; empty for an id that is no person's."""
    with translated():
        sql = "SELECT DISTINCT case_id FROM role WHERE person_id = ? ORDER BY case_id"
        return [case_id for (case_id,) in connection.execute(sql, (person_id,))]


def person(connection: dbapi2.Connection, person_id: str) -> Person | None:
    """Person of this id."""
    return next(iter(load(connection, Person, "id = ?", (person_id,))), None)


def names_of(connection: dbapi2.Connection, person_id: str) -> list[PersonName]:
    """Names of a person, legal name first."""
    return sorted(
        load(connection, PersonName, "person_id = ? ORDER BY rowid", (person_id,)),
        key=lambda name: _NAME_ORDER[name.kind],
    )


def called(connection: dbapi2.Connection, text: str) -> set[str]:
    """Ids of the people one of whose names is `text`, in either script."""
    found: list[PersonName] = []
    for hits, value in query(text).hits[:1]:
        sql = f"id IN (SELECT k.record_id FROM ({hits}) CROSS JOIN search_key k USING (row))"  # noqa: S608 - our own words
        found = load(connection, PersonName, sql, (value,))
    return {name.person_id for name in found if fold(name.entered) == fold(text)}


def outside(connection: dbapi2.Connection, person_id: str) -> PersonCard | None:
    """Card of a person named in a case without a role in it: names and numbers, under the role of a stranger."""
    found = person(connection, person_id)
    if found is None:
        return None
    mine = "id IN (SELECT endpoint_id FROM person_endpoint WHERE person_id = ?)"
    numbers = load(connection, Endpoint, mine, (person_id,))
    role = Role("", "", person_id, RoleKind.STRANGER)
    return PersonCard(found, role, tuple(names_of(connection, person_id)), tuple(numbers))


def endpoint(connection: dbapi2.Connection, kind: str, norm: str) -> Endpoint | None:
    """Endpoint with this normalised form."""
    return next(iter(load(connection, Endpoint, "kind = ? AND norm = ?", (kind, norm))), None)


def _numbers(connection: dbapi2.Connection, case_id: str) -> dict[str, list[Endpoint]]:
    columns = ", ".join(f"e.{name}" for name in column_names(Endpoint))
    sql = (
        f"SELECT p.person_id, {columns} FROM person_endpoint p JOIN endpoint e ON e.id = p.endpoint_id "  # noqa: S608 - our own names
        "WHERE p.person_id IN (SELECT person_id FROM role WHERE case_id = ?) ORDER BY p.rowid"
    )
    found: dict[str, list[Endpoint]] = defaultdict(list)
    with translated():
        for person_id, *values in connection.execute(sql, (case_id,)):
            found[person_id].append(from_values(Endpoint, values))
    return found
