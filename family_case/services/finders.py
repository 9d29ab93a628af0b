"""From what a person writes to the record meant: cases, people and places by code, id or name; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Record, check_text
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.cohort import Cohort
from family_case.model.custom import CustomField
from family_case.model.place import Place
from family_case.model.text import fold
from family_case.store import cases, people, places, timeline
from family_case.store.belonging import cases_of_record
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from family_case.model.views import PersonCard
    from family_case.services.session import Session

R = TypeVar("R", bound=Record)


def case_id(session: Session, ref: str) -> str:
    """Id of the case meant by a code or by the id of any record in it; Refused when there is none."""
    check_text(ref)
    connection, wanted = session.vault.connection, ref.strip()
    found = cases.id_of_code(connection, wanted)
    if found is None and wanted:
        owner = cases.of_record(connection, wanted)
        found = (owner[1] or None) if owner else None
    if found is None:
        raise Refused(N_("There is no case and no record “{ref}” in this vault."), ref=ref)
    return found


def refuse_taken(session: Session, code: str, of: str | None = None) -> None:
    """Refuse a code that a case has already, unless it is the case `of` this id."""
    found = cases.by_code(session.vault.connection, code)
    if found is not None and found.id != of:
        raise Refused(N_("There is a case “{code}” already. Nothing was saved; choose another code."), code=code)


def case_of(session: Session, ref: str) -> Case:
    """Case meant by a code or by the id of any record in it; Refused when there is none."""
    connection = session.vault.connection
    return cases.by_code(connection, ref.strip()) or load(connection, Case, "id = ?", (case_id(session, ref),))[0]


def record_id(session: Session, ref: str, kind: type[R], case_id: str | None) -> str:
    """Id of the record of this class meant by `ref`; Refused when it is none, or (with `case_id`) of another case."""
    connection = session.vault.connection
    found = timeline.one(connection, kind, ref.strip()) or _called(session, ref, kind)
    owners = cases_of_record(connection, kind.TABLE, found.id) if found is not None else None
    if found is None or owners is None or (case_id is not None and case_id not in owners):
        raise Refused(N_("“{ref}” is not the id of a record that fits here. Nothing was saved."), ref=ref)
    return found.id


def _called(session: Session, ref: str, kind: type[R]) -> R | None:
    """The one cohort or own field, or the place, of this name; names of other records are no references."""
    if kind is Place:
        named = places.named(session.vault.connection, ref)
        return timeline.one(session.vault.connection, kind, named or "")
    if kind not in (Cohort, CustomField):
        return None
    found = [each for each in load(session.vault.connection, kind) if fold(getattr(each, "name", "")) == fold(ref)]
    return found[0] if len(found) == 1 else None


def names_of(cards: Iterable[PersonCard]) -> list[tuple[str, str]]:
    """Who is called what among `cards`: id of a person and a name as entered, '' for one without any."""
    return people.pairs(cards)


def person_in(named: Collection[tuple[str, str]], text: str) -> str | None:
    """Id of the one person meant by an id or a name among those `named`; None when nobody is, Refused for several."""
    wanted = fold(text)
    words = set(wanted.split())
    called = [(person, fold(name)) for person, name in named]
    tiers = (
        {person for person, _ in named if person == text.strip()},
        {person for person, name in called if name == wanted and name},
        {person for person, name in called if words and words <= set(name.split())},
    )
    for found in tiers:
        if len(found) == 1:
            return found.pop()
        if found:
            raise Refused(
                N_("“{name}” fits {count} people here. Write the full name or the id. Nothing was saved."),
                name=text,
                count=len(found),
            )
    return None


def person_id(session: Session, text: str, case_id: str | None) -> str:
    """Id of the person meant.

    Refused when nobody in the case is called so (people are never made by a slip of the pen).
    """
    found = person_in(people.named(session.vault.connection, case_id), text) if case_id else None
    if found is None and people.person(session.vault.connection, text.strip()):
        found = text.strip()
    if found is None:
        raise Refused(
            N_(
                "Nobody called “{name}” is known in this case. Add the person first, or check the "
                "spelling. Nothing was saved."
            ),
            name=text,
        )
    return found


def outside_cases(session: Session, ref: str) -> Record | None:
    """The place, cohort or body of this id: an entry may be about it without any case (DOMAIN section 3)."""
    found = (timeline.one(session.vault.connection, kind, ref.strip()) for kind in (Place, Cohort, Body))
    return next((each for each in found if each is not None), None)


def candidates(session: Session, place: Place) -> list[Place]:
    """Places with a region that a bare number may mean; never chosen from by the program."""
    if not place.number or place.region:
        return []
    return places.numbered(session.vault.connection, place.number)


def anyone(session: Session, text: str) -> str | None:
    """Id of the one person in the vault with exactly this name; None when nobody has it, Refused when several do."""
    found = people.called(session.vault.connection, text)
    if len(found) > 1:
        raise Refused(
            N_("“{name}” fits {count} people here. Write the full name or the id. Nothing was saved."),
            name=text,
            count=len(found),
        )
    return next(iter(found), None)


def card_of(session: Session, ref: str) -> PersonCard:
    """Card of the one person in the vault with this id or exactly this name; Refused for nobody's, or for several."""
    connection, wanted = session.vault.connection, ref.strip()
    found = wanted if people.person(connection, wanted) else anyone(session, wanted)
    card = people.outside(connection, found) if found else None
    if card is None:
        raise Refused(N_("Nobody called “{ref}” is known in this vault. Write the full name or the id."), ref=ref)
    return card


def place_named(session: Session, text: str) -> str | None:
    """Id of the place meant by an id or by its whole name; a bare number never means a place with a region."""
    connection = session.vault.connection
    if timeline.one(connection, Place, text.strip()) is not None:
        return text.strip()
    return places.named(connection, text)
