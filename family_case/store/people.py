"""Reading people: who is in a case, what they are called, and their own numbers.

Someone written down twice and joined (`merged_into`) is one person here, with what all his records tell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from family_case.model.base import Record
from family_case.model.endpoint import Endpoint
from family_case.model.person import Person, PersonName, Role, RoleKind
from family_case.model.text import fold
from family_case.model.views import PersonCard
from family_case.store.belonging import SAME
from family_case.store.faults import translated
from family_case.store.index import query
from family_case.store.one_person import card_of, groups_of, in_order, joined_card, without_role
from family_case.store.rows import THESE, column_names, from_values, load, these

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlcipher3 import dbapi2

R = TypeVar("R", bound=Record)
# Records of the people of a case, also those that stand elsewhere.
OF_CASE: Final = "SELECT other FROM same_person WHERE id IN (SELECT person_id FROM role WHERE case_id = ?1)"
_SPOKEN_OF = (
    "SELECT p.person_id FROM entry_person p JOIN entry e ON e.id = p.entry_id WHERE e.case_id = ?1 "
    "UNION SELECT person_id FROM conversation WHERE case_id = ?1 UNION SELECT giver_id FROM consent WHERE case_id = ?1"
)


def in_case(connection: dbapi2.Connection, case_id: str) -> list[PersonCard]:
    """People of a case in the order they came in, with names and own numbers."""
    stand = load(connection, Role, "case_id = ? ORDER BY rowid", (case_id,))
    records = f"id IN ({OF_CASE})", (case_id,)
    if not any_joined(connection):
        records = f"id {THESE}", (these({role.person_id for role in stand}),)
    people = {each.id: each for each in load(connection, Person, *records)}
    names, numbers = _names(connection, people), _numbers(connection, people)
    groups = groups_of(people.values())
    spoken_of = _spoken_of(connection, case_id) if len(groups) < len(people) else set[str]()
    found: dict[tuple[str, RoleKind, bool], PersonCard] = {}
    own: dict[str, list[PersonCard]] = defaultdict(list)
    for role in stand:
        each = people[role.person_id]
        card = PersonCard(each, role, in_order(names[each.id]), tuple(numbers[each.id]))
        main = each.merged_into or each.id
        own[main].append(card)
        found.setdefault(
            (main, role.kind, role.claimed) if len(groups[main]) > 1 else (role.id, role.kind, False), card
        )
    bare = {
        each: PersonCard(
            people[each],
            without_role(each, case_id if each in spoken_of else ""),
            in_order(names[each]),
            tuple(numbers[each]),
        )
        for main, records in groups.items()
        if len(records) > 1
        for each in records
        if each not in {card.person.id for card in own[main]}
    }
    return [card_of(card, groups, own, bare) for card in found.values()]


def records_of(connection: dbapi2.Connection, person_id: str) -> list[Person]:
    """Every record of the person of this id, the one he was joined into first; empty for nobody's id."""
    return load(connection, Person, f"id IN ({SAME} ?) ORDER BY merged_into IS NOT NULL, rowid", (person_id,))


def one(connection: dbapi2.Connection, person_id: str) -> str:
    """Id of the record the person of this id is read under; the id itself when it is nobody's."""
    found = person(connection, person_id)
    return (found.merged_into or found.id) if found else person_id


def any_joined(connection: dbapi2.Connection) -> bool:
    """Whether anyone in the vault was joined into another record: in most vaults nobody is, and that is soon asked."""
    with translated():
        return connection.execute("SELECT 1 FROM person WHERE merged_into IS NOT NULL LIMIT 1").fetchone() is not None


def ones(connection: dbapi2.Connection, person_ids: Collection[str]) -> dict[str, str]:
    """Of these people those who were joined into another one, and into whom."""
    sql = f"SELECT id, merged_into FROM person WHERE id {THESE} AND merged_into IS NOT NULL"  # noqa: S608 - our own
    with translated():
        return dict(connection.execute(sql, (these(person_ids),)).fetchall())


def as_one(connection: dbapi2.Connection, records: list[R], column: str) -> list[R]:
    """The records with whom they name in this column under the id he is read under; for reading only."""
    named = {getattr(each, column) or "" for each in records} - {""}
    joined = ones(connection, named) if named and any_joined(connection) else {}
    if not joined:
        return records
    return [
        replace(each, **{column: joined.get(person, person)}) for each in records for person in [getattr(each, column)]
    ]


def roles(connection: dbapi2.Connection, case_id: str) -> list[Role]:
    """Who is what in a case, in the order they came in."""
    return as_one(connection, load(connection, Role, "case_id = ? ORDER BY rowid", (case_id,)), "person_id")


def sought(connection: dbapi2.Connection, case_id: str) -> Person | None:
    """The record that stands in the case as the person sought."""
    where = "id IN (SELECT person_id FROM role WHERE case_id = ? AND kind = ?)"
    return next(iter(load(connection, Person, where, (case_id, RoleKind.SOUGHT.value))), None)


def named(connection: dbapi2.Connection, case_id: str) -> list[tuple[str, str]]:
    """Who is called what in a case: id of a person and a name as entered, '' for one without any."""
    sql = "SELECT r.person_id, coalesce(n.entered, '') FROM role r LEFT JOIN person_name n USING (person_id)"
    with translated():
        if connection.execute(_ANY_JOINED, (case_id,)).fetchone()[0]:
            return pairs(in_case(connection, case_id))
        return connection.execute(f"{sql} WHERE r.case_id = ?", (case_id,)).fetchall()


def pairs(cards: Iterable[PersonCard]) -> list[tuple[str, str]]:
    """Who is called what among `cards`: id of a person and a name as entered, '' for one without any.

    Someone written down twice is called so by the record that stands in the case; his other ids are names of his.
    """
    found: list[tuple[str, str]] = []
    for card in cards:
        here = [each.person.id for each in card.records if each.role.id] or [card.person.id]
        others = [each for each in card.ids if each not in here]
        found += [(each, "") for each in here]
        found += [(card.here, name) for name in (*(each.entered for each in card.names), *others)]
    return found


# The first half costs one step along an index, and in most vaults answers: this is asked with every entry.
_ANY_JOINED = """
SELECT EXISTS (SELECT 1 FROM person WHERE merged_into IS NOT NULL) AND EXISTS (
  SELECT 1 FROM role r JOIN same_person s ON s.id = r.person_id WHERE r.case_id = ? AND s.other <> s.id)
"""


def cases_of(connection: dbapi2.Connection, person_id: str) -> list[str]:
    """Ids of the cases a person has a role in; empty for an id that is no person's."""
    with translated():
        sql = f"SELECT DISTINCT case_id FROM role WHERE person_id IN ({SAME} ?) ORDER BY case_id"  # noqa: S608 - our own
        return [case_id for (case_id,) in connection.execute(sql, (person_id,))]


def sought_in(connection: dbapi2.Connection, person_id: str) -> list[str]:
    """Ids of the cases in which this person is the one sought."""
    where = f"kind = ? AND person_id IN ({SAME} ?) ORDER BY rowid"
    return [role.case_id for role in load(connection, Role, where, (RoleKind.SOUGHT.value, person_id))]


def named_in(connection: dbapi2.Connection, person_id: str) -> list[str]:
    """Ids of the cases a person has a role in, or is named in by an entry, a conversation, a consent, a question."""
    with translated():
        return [case_id for (case_id,) in connection.execute(_NAMED_IN, (person_id,)) if case_id]


_NAMED_IN = f"""
SELECT case_id FROM role WHERE person_id IN ({SAME} ?1)
UNION SELECT e.case_id FROM entry_person p JOIN entry e ON e.id = p.entry_id WHERE p.person_id IN ({SAME} ?1)
UNION SELECT case_id FROM conversation WHERE person_id IN ({SAME} ?1)
UNION SELECT case_id FROM consent WHERE giver_id IN ({SAME} ?1)
UNION SELECT case_id FROM withholding WHERE from_person_id IN ({SAME} ?1)
UNION SELECT case_id FROM check_question WHERE agreed_with IN ({SAME} ?1)
ORDER BY 1
"""  # noqa: S608 - our own constants


def person(connection: dbapi2.Connection, person_id: str) -> Person | None:
    """Record of a person by its id."""
    return next(iter(load(connection, Person, "id = ?", (person_id,))), None)


def names_of(connection: dbapi2.Connection, person_id: str) -> list[PersonName]:
    """Names of a person, legal name first; those of the record he is read under before others of the kind."""
    names = load(connection, PersonName, f"person_id IN ({SAME} ?) ORDER BY rowid", (person_id,))
    several = len({name.person_id for name in names}) > 1
    return list(in_order(names, one(connection, person_id) if several else person_id))


def own_names(connection: dbapi2.Connection, person_id: str) -> list[PersonName]:
    """Names that stand under this one record, legal name first."""
    return list(in_order(load(connection, PersonName, "person_id = ? ORDER BY rowid", (person_id,))))


def called(connection: dbapi2.Connection, text: str) -> set[str]:
    """Ids of the people one of whose names is `text`, in either script."""
    found: list[PersonName] = []
    for hits, value in query(text).hits[:1]:
        sql = f"id IN (SELECT k.record_id FROM ({hits}) CROSS JOIN search_key k USING (row))"  # noqa: S608 - our own words
        found = load(connection, PersonName, sql, (value,))
    people = {name.person_id for name in found if fold(name.entered) == fold(text)}
    joined = ones(connection, people)
    return {joined.get(each, each) for each in people}


def outside(connection: dbapi2.Connection, person_id: str) -> PersonCard | None:
    """Card of a person named in a case without a role in it: names and numbers, under the role of a stranger."""
    people = {each.id: each for each in records_of(connection, person_id)}
    names, numbers = _names(connection, people), _numbers(connection, people)
    records = [
        PersonCard(each, without_role(each.id), in_order(names[each.id]), tuple(numbers[each.id]))
        for each in people.values()
    ]
    if len(records) <= 1:
        return next(iter(records), None)
    return joined_card(records[0].person.id, without_role(records[0].person.id), records)


def endpoint(connection: dbapi2.Connection, kind: str, norm: str) -> Endpoint | None:
    """Endpoint with this normalised form."""
    return next(iter(load(connection, Endpoint, "kind = ? AND norm = ?", (kind, norm))), None)


def _spoken_of(connection: dbapi2.Connection, case_id: str) -> set[str]:
    with translated():
        return {str(found) for (found,) in connection.execute(_SPOKEN_OF, (case_id,)) if found}


def _names(connection: dbapi2.Connection, people: Collection[str]) -> dict[str, list[PersonName]]:
    found: dict[str, list[PersonName]] = defaultdict(list)
    for name in load(connection, PersonName, f"person_id {THESE} ORDER BY rowid", (these(people),)):
        found[name.person_id].append(name)
    return found


def _numbers(connection: dbapi2.Connection, people: Collection[str]) -> dict[str, list[Endpoint]]:
    columns = ", ".join(f"e.{name}" for name in column_names(Endpoint))
    sql = (
        f"SELECT p.person_id, {columns} FROM person_endpoint p JOIN endpoint e ON e.id = p.endpoint_id "  # noqa: S608 - our own names
        f"WHERE p.person_id {THESE} ORDER BY p.rowid"
    )
    found: dict[str, list[Endpoint]] = defaultdict(list)
    with translated():
        for person_id, *values in connection.execute(sql, (these(people),)):
            found[person_id].append(from_values(Endpoint, values))
    return found
