"""Whose names and numbers are taken out of one paper's free text: of everyone it may not name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.services.masking import Mask, mask_for
from family_case.store import people

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from family_case.model.endpoint import Endpoint
    from family_case.model.views import CasePage, PersonCard
    from family_case.services.standing import Standing


@dataclass(frozen=True, slots=True)
class Blackout:
    """What one paper hides: texts go through `clean`, numbers are asked about."""

    mask: Mask
    _closed: frozenset[str]

    def clean(self, text: str) -> str:
        """The text without the names, numbers and accounts this paper may not tell."""
        return self.mask.clean(text)

    def hides_number(self, endpoint: Endpoint) -> bool:
        """Whether the number is the own one of someone who has not opened it."""
        return endpoint.id in self._closed


def blackout(cards: list[PersonCard], everyone: Standing, in_paper: Standing, reader: str) -> Blackout:
    """What is hidden of these people.

    Names go by the standing of `everyone`, also in an extract: a name once told must not vanish because something
    about him is kept. Numbers go by the standing `in_paper`; the reader's own are hers.
    """
    hidden = [name for card in cards if not everyone.of(card.person.id).name for name in _names(card)]
    shown = [name for card in cards if everyone.of(card.person.id).name for name in _names(card)]
    closed = [card for card in cards if not in_paper.of(card.person.id).phone and card.person.id != reader]
    numbers = [own.norm for card in closed for own in card.endpoints]
    return Blackout(mask_for(hidden, shown, numbers), frozenset(own.id for card in closed for own in card.endpoints))


def everyone_in(connection: dbapi2.Connection, page: CasePage) -> list[PersonCard]:
    """People of the case, and whoever else it names without a role in it."""
    talks = {each.conversation.person_id for each in page.timeline if each.conversation}
    named = talks | {person for each in page.timeline for _part, person, _name in each.people}
    inside = {card.person.id for card in page.people}
    outside = (people.outside(connection, person) for person in sorted(filter(None, named - inside)))
    return [*page.people, *(card for card in outside if card)]


def _names(card: PersonCard) -> list[str]:
    return [text for name in card.names for text in (name.entered, name.family, name.given, name.patronymic)]
