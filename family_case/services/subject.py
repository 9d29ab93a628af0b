"""What we hold about one person, for that person: own data in full, everyone else masked.

What is kept from the person (DOMAIN rule 9) is left out as if it never existed; the caseworker is told how much, the
answer itself is silent. Free text goes through the same mask as a paper's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.background import Identifier
from family_case.model.consent import Consent
from family_case.model.endpoint import Endpoint
from family_case.model.entry import Part
from family_case.model.person import Person, PersonName, Role
from family_case.model.views import CustomLine
from family_case.services import casework, finders
from family_case.services.masking import mask_for
from family_case.services.other_cases import other_cases
from family_case.services.standing import in_force
from family_case.services.withheld import covers
from family_case.store import background, consents, custom, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.model.views import CasePage, TimelineItem
    from family_case.services.session import Session


Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mention:
    """One entry or conversation the person has a part in: when (EDTF), which part, what it says with others masked."""

    id: str
    happened: str
    kind: str
    parts: tuple[str, ...]
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class InCase:
    """What one case holds about the person: its code, roles, consents given, mentions, and how much is kept back."""

    code: str
    roles: tuple[Role, ...]
    consents: tuple[Consent, ...]
    mentions: tuple[Mention, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything held about one person; `papers` are ids of disclosures in which he was named."""

    person: Person
    names: tuple[PersonName, ...]
    numbers: tuple[Endpoint, ...]
    identifiers: tuple[Identifier, ...]
    cases: tuple[InCase, ...]
    papers: tuple[str, ...]
    custom: tuple[CustomLine, ...] = ()

    @property
    def kept(self) -> int:
        """How many entries are left out because they are kept from the person."""
        return sum(each.kept for each in self.cases)


def access(session: Session, ref: str) -> Subject:
    """What is held about the person of this id or full name. Refused when it is nobody's, or fits several."""
    connection, card = session.vault.connection, finders.card_of(session, ref)
    cases, person, own = [], card.person, custom.of_person(connection, card.person.id)
    for case_id in people.named_in(connection, card.person.id):
        page = casework.page(session, case_id)
        told, clean = _in_case(session, page, card.person.id, [line.value.content for line in own])
        cases.append(told)
        own = tuple(replace(line, value=replace(line.value, content=clean(line.value.content))) for line in own)
        person = replace(
            person,
            note=clean(person.note),
            safety_note=clean(person.safety_note),
            phone_shared_with=clean(person.phone_shared_with),
        )
    return Subject(
        person=person,
        names=card.names,
        numbers=card.endpoints,
        identifiers=tuple(background.identifiers(connection, card.person.id)),
        cases=tuple(cases),
        papers=tuple(consents.naming(connection, card.person.id)),
        custom=own,
    )


def _in_case(session: Session, page: CasePage, person: str, own: list[str]) -> tuple[InCase, Clean]:
    """What a case holds about the person, and what masks its texts."""
    wishes = [each for each in in_force(page.withholdings) if each.from_person_id == person]
    his = [item for item in page.timeline if _parts(item, person)]
    open_ = [item for item in his if not any(covers(wish, item, page) for wish in wishes)]
    clean = _mask(session, page, person, [*own, *(text for item in open_ for text in _texts(item))])
    roles = [card.role for card in page.people if card.person.id == person]
    told = InCase(
        page.case.code,
        tuple(replace(role, basis=clean(role.basis)) for role in roles),
        tuple(
            replace(each, withhold_why=clean(each.withhold_why))
            for each in page.consents
            if page.one(each.giver_id) == person
        ),
        tuple(_mention(item, person, clean) for item in open_),
        len(his) - len(open_),
    )
    return told, clean


def _parts(item: TimelineItem, person: str) -> tuple[str, ...]:
    talked = bool(item.conversation and item.conversation.person_id == person)
    parts = sorted({part.value for part, each, _name in item.people if each == person})
    return (*parts, *([str(Part.WITH.value)] if talked else []))


def _mention(item: TimelineItem, person: str, clean: Clean) -> Mention:
    happened = item.entry.happened if item.entry else item.conversation.happened if item.conversation else None
    kind = str(item.entry.kind.value) if item.entry else "conversation"
    text, words = _texts(item)
    return Mention(item.id, happened.edtf if happened else "", kind, _parts(item, person), clean(text), clean(words))


def _texts(item: TimelineItem) -> tuple[str, str]:
    if item.entry:
        return item.entry.text, item.entry.words
    return (item.conversation.text if item.conversation else ""), ""


def _mask(session: Session, page: CasePage, person: str, texts: list[str]) -> Clean:
    """What takes everyone else's names and numbers out of these texts and the notes on the person."""
    connection = session.vault.connection
    named = {each for item in page.timeline for _part, each, _name in item.people} | {
        item.conversation.person_id for item in page.timeline if item.conversation and item.conversation.person_id
    }
    inside = {card.person.id for card in page.people}
    cards = [*page.people, *filter(None, (people.outside(connection, each) for each in sorted(named - inside)))]
    names = {card.person.id: [name.entered for name in card.names] for card in cards}
    own = names.pop(person, [])
    others = [name for told in names.values() for name in told]
    numbers = [each.norm for card in cards if card.person.id != person for each in card.endpoints]
    mask = mask_for(others, own, numbers)
    told = {text for card in cards if card.person.id == person for text in _notes_on(card.person)} | set(texts)
    everyone = {card.person.id for card in cards}
    elsewhere = other_cases(session, page.case.id, told, known=[*others, *own], places=(), people=everyone)
    return lambda text: mask.clean(elsewhere.clean(text))


def _notes_on(person: Person) -> tuple[str, ...]:
    """What the office wrote about a person in free text."""
    return person.note, person.safety_note, person.phone_shared_with


def kept_words(subject: Subject) -> Iterator[tuple[str, dict[str, object]]]:
    """What the caseworker should know beside the answer."""
    if subject.kept:
        yield (
            N_("Left out because it is kept from this person: {count}. The answer itself does not say so."),
            {"count": subject.kept},
        )
