"""Records of one person put together: one card of several, in the order in which people read it; asks no database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from family_case.model.person import NameKind, Person, PersonName, Role, RoleKind
from family_case.model.views import PersonCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAME_ORDER = {kind: place for place, kind in enumerate(NameKind)}
_TOLD_TOGETHER = ("note", "safety_note", "phone_shared_with", "safe_hours")  # of each record; of the rest the first


def card_of(
    card: PersonCard,
    groups: Mapping[str, list[str]],
    own: Mapping[str, list[PersonCard]],
    bare: Mapping[str, PersonCard],
) -> PersonCard:
    """The card of a person, told by all records there are of him."""
    main = card.person.merged_into or card.person.id
    if len(groups[main]) == 1:
        return card
    records = [*own[main], *(bare[each] for each in groups[main] if each in bare)]
    return joined_card(main, replace(card.role, person_id=main), records)


def joined_card(main: str, role: Role, records: list[PersonCard]) -> PersonCard:
    """One card of several records of a person; the names of the one he was joined into come first of their kind."""
    by_id = {each.person.id: each for each in records}
    names = {name.id: name for each in records for name in each.names}
    numbers = {number.id: number for each in records for number in each.endpoints}
    person = _combined(by_id[main].person, [each.person for each in by_id.values()])
    return PersonCard(person, role, in_order(names.values(), main), tuple(numbers.values()), records=tuple(records))


def _combined(main: Person, records: Iterable[Person]) -> Person:
    """What is known of a person: notes of all records, of anything else the first that is known, his own one first."""
    known = [main, *(each for each in records if each.id != main.id)]
    told: dict[str, Any] = {}  # values of her own columns, by their names
    for column in fields(Person):
        values = [getattr(each, column.name) for each in known]
        given = [value for value in dict.fromkeys(values) if value != column.default]
        if column.name in _TOLD_TOGETHER:
            told[column.name] = "\n".join(given)
        elif given and column.name not in ("id", "merged_into", "recorded_ms"):
            told[column.name] = given[0]
    return replace(main, **told)


def without_role(person_id: str, case_id: str = "") -> Role:
    """What stands on a card where nobody gave the person a role."""
    return Role("", case_id, person_id, RoleKind.STRANGER)


def groups_of(people: Iterable[Person]) -> dict[str, list[str]]:
    """Ids of the records of each person, by the id he is read under, which comes first."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in sorted(people, key=lambda each: each.merged_into is not None):
        found[each.merged_into or each.id].append(each.id)
    return found


def in_order(names: Iterable[PersonName], main: str = "") -> tuple[PersonName, ...]:
    """Names by their kind, the legal one first; of one kind those of the record `main` first."""
    return tuple(sorted(names, key=lambda name: (_NAME_ORDER[name.kind], name.person_id != main)))
