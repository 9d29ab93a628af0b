"""What is taken out of one paper's free text: whom of the case it may not name, and whatever belongs to other cases."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from family_case.model.base import Privacy, Record
from family_case.model.records import columns
from family_case.services.masking import Mask, mask_for
from family_case.services.other_cases import OtherCases, other_cases
from family_case.services.standing import Standing
from family_case.store import people, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from family_case.model.endpoint import Endpoint
    from family_case.model.person import PersonName
    from family_case.model.views import CasePage, PersonCard
    from family_case.services.session import Session


@dataclass(frozen=True, slots=True)
class Blackout:
    """What one paper hides: texts go through `clean`, numbers are asked about."""

    mask: Mask
    others: OtherCases
    _closed: frozenset[str]

    def clean(self, text: str) -> str:
        """The text without the names, numbers and accounts this paper may not tell."""
        return self.mask.clean(self.others.clean(text)) if text else text

    def hides_number(self, endpoint: Endpoint) -> bool:
        """Whether the number is the own one of someone who has not opened it."""
        return endpoint.id in self._closed


@dataclass(frozen=True, slots=True)
class Naming:
    """Who may be named: `everyone` in the case, and those `in_paper`; `reader`: records of the relative it is for.

    Names go by `everyone`, also in an extract: a name once told must not vanish because something about him is kept.
    """

    everyone: Standing
    in_paper: Standing
    reader: frozenset[str]


def blackout(session: Session, page: CasePage, naming: Naming, release: Mapping[str, str]) -> Blackout:
    """What is hidden in a paper about this case; numbers go by the standing in the paper, the reader's own are hers."""
    cards = _everyone_in(session, page)
    names = {name.id: name for card in cards for name in card.names}.values()
    hidden = [text for name in names if name.person_id not in naming.everyone.telling for text in _texts_of(name)]
    shown = [text for name in names if name.person_id in naming.everyone.telling for text in _texts_of(name)]
    opened = naming.in_paper.opened | naming.reader
    closed = [each for card in cards for each in card.records or (card,) if each.person.id not in opened]
    numbers = [own.norm for each in closed for own in each.endpoints]
    others = other_cases(
        session,
        page.case.id,
        {*_texts(page), *release.values()},
        known=[*hidden, *shown, page.case.alias],
        places=[*_places(page), *(other.name for other in places.of_case(session.vault.connection, page.case.id))],
        people={each for card in cards for each in card.ids},
    )
    ids = frozenset(own.id for each in closed for own in each.endpoints)
    return Blackout(mask_for(hidden, shown, numbers), others, ids)


def _everyone_in(session: Session, page: CasePage) -> list[PersonCard]:
    """People of the case, of the page and as known today, and whoever else it names without a role in it."""
    talks = {each.conversation.person_id for each in page.timeline if each.conversation}
    named = talks | {person for each in page.timeline for _part, person, _name in each.people}
    inside = {card.person.id for card in page.people}
    outside = (people.outside(session.vault.connection, person) for person in sorted(filter(None, named - inside)))
    today = people.in_case(session.vault.connection, page.case.id)  # a page of the past does not know all of them
    return [*page.people, *today, *(card for card in outside if card)]


def _texts_of(name: PersonName) -> tuple[str, ...]:
    return name.entered, name.family, name.given, name.patronymic


def _places(page: CasePage) -> list[str]:
    found = [page.held_at, *(each.place for each in page.timeline)]
    return [text for place in found if place for text in (place.name, place.region, f"{place.name} {place.number}")]


def _texts(page: CasePage) -> Iterator[str]:
    """Whatever is typed in the case and may stand in a paper."""
    yield page.case.alias
    records: list[Record | None] = [page.case, page.held_at, *page.consents, *page.withholdings]
    records += page.background.sources
    for card in page.people:
        records += [card.person, *card.names]
    for each in page.timeline:
        records += [each.entry, each.detail, each.place, *(use.use for use in each.numbers)]
        records += [record for line in each.bodies for record in (line.body, *line.replies)]
    for record in filter(None, records):
        for column in fields(record):
            value = getattr(record, column.name)
            if isinstance(value, str) and value and columns(type(record))[column.name][1] is not Privacy.NONE:
                yield value
