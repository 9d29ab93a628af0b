"""What is told of a place, a cohort or a body without any case, and what a bare number may mean."""

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
from family_case.store import custom, places, timeline
from family_case.store.rows import load

if TYPE_CHECKING:
    from family_case.model.base import Record
    from family_case.services.session import Session

_COLUMN = {Place: "place_id", Cohort: "cohort_id", Body: "body_id"}


@dataclass(frozen=True, slots=True)
class About:
    """What stands under a place, a cohort or a body."""

    told: tuple[TimelineItem, ...] = ()  # entries that are in no case
    candidates: tuple[Place, ...] = ()  # places with a region that a bare number may mean
    names: tuple[PlaceAlias, ...] = ()  # other names of the place
    custom: tuple[CustomLine, ...] = ()  # own fields of the person
    cases: tuple[str, ...] = ()  # ids of the cases whose man is said to belong to the cohort


def about(session: Session, record: Record) -> About:
    """What stands under this record; nothing for one that is neither place nor cohort nor body."""
    if isinstance(record, Person):
        return About(custom=custom.of_person(session.vault.connection, record.id))
    column = _COLUMN.get(type(record))
    if column is None:
        return About()
    connection = session.vault.connection
    where = f"case_id IS NULL AND {column} = ? ORDER BY happened_earliest, happened, recorded_ms"
    told = tuple(_item(session, entry) for entry in load(connection, Entry, where, (record.id,)))
    members = load(connection, CohortMember, "cohort_id = ? ORDER BY rowid", (record.id,))
    may_be = finders.candidates(session, record) if isinstance(record, Place) else []
    names = places.aliases(connection, record.id) if isinstance(record, Place) else []
    return About(told, tuple(may_be), tuple(names), cases=tuple(each.case_id for each in members))


def _item(session: Session, entry: Entry) -> TimelineItem:
    connection = session.vault.connection
    kind = DETAILS.get(entry.kind)
    detail = timeline.one(connection, kind, entry.id) if kind else None
    happened = entry.happened.earliest.isoformat() if entry.happened and entry.happened.earliest else ""
    return TimelineItem(entry.id, happened, entry, detail, None)
