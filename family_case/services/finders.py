"""From what a person writes to the record meant: cases, people and places by code, id or name; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import check_text
from family_case.model.place import Place
from family_case.model.text import fold
from family_case.store import cases, people, places, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from family_case.model.base import Record
    from family_case.model.case import Case
    from family_case.model.views import PersonCard
    from family_case.services.session import Session


def case_of(session: Session, ref: str) -> Case:
    """Case meant by a code or by the id of any record in it; Refused when there is none."""
    check_text(ref)
    connection = session.vault.connection
    wanted = ref.strip()
    found = cases.by_code(connection, wanted)
    if found is None and wanted:
        owner = cases.of_record(connection, wanted)
        found = cases.by_id(connection, owner[1]) if owner else None
    if found is None:
        raise Refused(N_("There is no case and no record “{ref}” in this vault."), ref=ref)
    return found


def record_id(session: Session, ref: str, kind: type[Record], case_id: str | None) -> str:
    """Id of the record of this class meant by `ref`; Refused when it is none, or one of another case."""
    connection = session.vault.connection
    found = timeline.one(connection, kind, ref.strip())
    owner = cases.of_record(connection, found.id) if found is not None else None
    if found is None or owner is None or owner[1] != case_id:
        raise Refused(N_("“{ref}” is not the id of a record that fits here. Nothing was saved."), ref=ref)
    return found.id


def person_in(cards: Iterable[PersonCard], text: str) -> str | None:
    """Id of the one person meant by an id or a name among `cards`; None when nobody is, Refused when several are."""
    known = list(cards)
    wanted = fold(text)
    words = set(wanted.split())
    called = [(card.person.id, fold(name.entered)) for card in known for name in card.names]
    tiers = (
        {card.person.id for card in known if card.person.id == text.strip()},
        {person for person, name in called if name == wanted},
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
    found = person_in(people.in_case(session.vault.connection, case_id), text) if case_id else None
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


def place_named(session: Session, text: str) -> str | None:
    """Id of the place meant by an id or by its whole name; a bare number never means a place with a region."""
    connection = session.vault.connection
    if timeline.one(connection, Place, text.strip()) is not None:
        return text.strip()
    return places.named(connection, text)
