"""What stands around a record that is in no case: entries about it, what a bare number may mean, cases that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.body import Body
from family_case.model.cohort import Cohort, CohortMember
from family_case.model.details import DETAILS
from family_case.model.entry import Entry
from family_case.model.person import Person
from family_case.model.place import Place, PlaceAlias
from family_case.model.views import CustomLine, TimelineItem
from family_case.services import finders
from family_case.store import cases, custom, people, places, timeline
from family_case.store.rows import load

if TYPE_CHECKING:
    from family_case.model.base import Record
    from family_case.model.views import PersonCard
    from family_case.services.session import Session

_COLUMN = {Place: "place_id", Cohort: "cohort_id", Body: "body_id"}


@dataclass(frozen=True, slots=True)
class About:
    """What stands under a place, a cohort or a body, and around a person."""

    told: tuple[TimelineItem, ...] = ()  # entries that are in no case
    candidates: tuple[Place, ...] = ()  # places with a region that a bare number may mean
    names: tuple[PlaceAlias, ...] = ()  # other names of the place
    custom: tuple[CustomLine, ...] = ()  # own fields of the person
    cases: tuple[str, ...] = ()  # codes of the cases whose man is said to belong to the cohort, or that name the person


def about(session: Session, record: Record) -> About:
    """What stands under this record; nothing for one that is neither place nor cohort nor body nor person."""
    if isinstance(record, Person):
        connection = session.vault.connection
        named_in = cases.codes_of(connection, people.named_in(connection, record.id))
        return About(custom=custom.of_person(connection, record.id), cases=named_in)
    column = _COLUMN.get(type(record))
    if column is None:
        return About()
    connection = session.vault.connection
    where = f"case_id IS NULL AND {column} = ? ORDER BY happened_earliest, happened, recorded_ms"
    told = tuple(_item(session, entry) for entry in load(connection, Entry, where, (record.id,)))
    members = load(connection, CohortMember, "cohort_id = ? ORDER BY rowid", (record.id,))
    may_be = finders.candidates(session, record) if isinstance(record, Place) else []
    names = places.aliases(connection, record.id) if isinstance(record, Place) else []
    return About(
        told, tuple(may_be), tuple(names), cases=cases.codes_of(connection, [each.case_id for each in members])
    )


def in_no_case(session: Session, record: Record) -> PersonCard | None:
    """The card of a person without a role in any case: names and numbers; None for any other record."""
    return people.outside(session.vault.connection, record.id) if isinstance(record, Person) else None


def _item(session: Session, entry: Entry) -> TimelineItem:
    connection = session.vault.connection
    kind = DETAILS.get(entry.kind)
    detail = timeline.one(connection, kind, entry.id) if kind else None
    happened = entry.happened.earliest.isoformat() if entry.happened and entry.happened.earliest else ""
    return TimelineItem(entry.id, happened, entry, detail, None)
