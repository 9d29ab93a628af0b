"""Who may be named, and on whose word: positions of everyone in a case towards one paper (DOMAIN rule 8).

A giver opens his own name, words and number. The person sought cannot be asked: a close relative's consent with a
recorded necessity stands for him. Adverse people are shown as far as the claim needs. Everyone else is a label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.consent import Consent, Purpose, Scope, Withholding, WithholdingState
from family_case.model.date_words import SaidDay
from family_case.model.dossier import LabelKind, Profile, Who
from family_case.model.person import ADVERSE, CLOSE_RELATIVES, FAMILY, RoleKind
from family_case.model.views import CasePage

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from datetime import date

    from family_case.model.dates import PartialDate
    from family_case.model.views import PersonCard

PURPOSE = {Profile.LAWYER: Purpose.LAWYER, Profile.FAMILY: Purpose.CASE_WORK}
_PROTECTED = {
    LabelKind.SOUGHT: 0,
    LabelKind.RELATIVE: 1,
    LabelKind.FELLOW_PRISONER: 2,
    LabelKind.PERSON: 3,
    LabelKind.STRANGER: 4,
}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Standing:
    """Everyone in the case as this paper may name him, and the consents it stands on.

    Of someone who was written down twice and joined, each record opens only what it would open by itself: `telling`
    are ids of the records whose names may be told, `opened` of those whose own numbers may be.
    """

    who: dict[str, Who]
    consents: tuple[Consent, ...]
    on_behalf: bool
    telling: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict)  # record -> under which the person stands here

    def of(self, person_id: str) -> Who:
        """The person as he may be named; someone from outside the case is a bare label."""
        known = self.joined.get(person_id, person_id)
        return self.who.get(known, Who(LabelKind.PERSON, "", RoleKind.STRANGER))

    def with_texts(self, clean: Callable[[str], str]) -> Standing:
        """The same with names and numbers as typed gone through `clean`: a name may hold another one's."""
        who = {key: replace(each, name=clean(each.name), phone=clean(each.phone)) for key, each in self.who.items()}
        return replace(self, who=who)


def covers(consent: Consent, purpose: Purpose, today: date) -> bool:
    """Whether a consent covers a purpose today: given, not run out, not withdrawn."""
    given = consent.given.earliest is None or consent.given.earliest <= today
    ended = consent.until is not None and _ended(consent.until, today)
    return purpose in consent.purposes and given and not ended and not _began(consent.withdrawn, today)


def in_force(withholdings: Iterable[Withholding]) -> list[Withholding]:
    """Withholdings that hold today."""
    return [each for each in withholdings if each.state is WithholdingState.IN_FORCE]


def standing_of(
    page: CasePage, profile: Profile, today: date, for_person: str = "", among: Container[str] | None = None
) -> Standing:
    """Positions for one paper, of everyone in the case or of those `among` (then labels are counted among them only).

    Consent is asked for today, whatever day the paper looks back to. Refused when no giver in the case covers its
    purpose, or only someone kept in the dark does.
    """
    purpose = PURPOSE[profile]
    inside = {each.person.id for card in page.people for each in card.parts if each.role.id}
    covering = tuple(each for each in page.consents if each.giver_id in inside and covers(each, purpose, today))
    if not covering:
        raise Refused(
            N_(
                "Nobody has consented to “{purpose}” in case {code} as of {day}. Nothing was "
                "written; ask, and record the consent."
            ),
            purpose=purpose,
            code=page.case.code,
            day=SaidDay(today),
        )
    kept_from = {each.from_person_id for each in in_force(page.withholdings)}
    if all(page.one(each.giver_id) in kept_from for each in covering):
        raise Refused(
            N_(
                "The only consent in case {code} comes from someone from whom part of it is kept, "
                "and cannot stand alone. Ask another relative."
            ),
            code=page.case.code,
        )
    kept_from.discard(for_person)  # in her own extract nothing may show that something is kept from her
    on_behalf = any(page.one(each.giver_id) not in kept_from and _for_sought(each, page.people) for each in covering)
    people = [card for card in page.people if among is None or card.person.id in among]
    return _Positions(page, covering, for_person, on_behalf=on_behalf).of(people)


def own_records(page: CasePage, person_id: str) -> frozenset[str]:
    """Records of this person under which he is family or a friend by more than his own claim."""
    return frozenset(
        each.person.id
        for card in page.people
        if card.person.id == person_id
        for each in card.parts
        if each.role.kind in FAMILY and not each.role.claimed
    )


def _for_sought(consent: Consent, people: Sequence[PersonCard]) -> bool:
    givers = [each.role for card in people for each in card.parts if each.person.id == consent.giver_id]
    roles = {role.kind for role in givers if not role.claimed}
    close = {card.role.kind for card in people if not card.role.claimed} & CLOSE_RELATIVES
    entitled = bool(roles & CLOSE_RELATIVES) or (not close and RoleKind.RELATIVE in roles)
    on_behalf = consent.scope is Scope.OWN_AND_SOUGHT and bool(consent.necessity.strip()) and entitled
    return on_behalf or RoleKind.SOUGHT in roles  # he himself, once he can be asked


@dataclass(frozen=True, slots=True)
class _Positions:
    """Who may be named in one paper, on which consents."""

    page: CasePage
    covering: tuple[Consent, ...]
    for_person: str
    on_behalf: bool

    def of(self, people: Sequence[PersonCard]) -> Standing:
        """Everyone of these, labels counted among them, and which of their records open names and numbers."""
        consenting = {each.giver_id for each in self.covering}
        hidden = {self.page.one(each.giver_id) for each in self.covering if each.withhold_name}
        counts: Counter[LabelKind] = Counter()
        who: dict[str, Who] = {}
        telling, opened = set[str](), set[str]()
        for card in _as_most_protected(people):
            label = _label(card)
            counts[label] += 1
            open_ = frozenset[str]() if card.person.id in hidden else card.ids & consenting
            named = self._named(card, open_)
            telling |= named
            opened |= open_
            who[card.person.id] = Who(
                label,
                _mark(label, counts[label]),
                card.role.kind,
                next((name.entered for name in card.names if name.person_id in named), ""),
                card.role.claimed,
                next((own.raw for each in card.parts if each.person.id in open_ for own in each.endpoints), ""),
                all(each.person.id in consenting for each in card.parts),
                card.person.sex,
            )
        joined = {each: card.person.id for card in people for each in card.ids}
        return Standing(who, self.covering, self.on_behalf, frozenset(telling), frozenset(opened), joined)

    def _named(self, card: PersonCard, opened: frozenset[str]) -> frozenset[str]:
        """Records of a person whose names may be told; for the reader those under which the paper is hers."""
        hers = own_records(self.page, self.for_person) if card.person.id == self.for_person else frozenset[str]()
        return hers | {
            each.person.id for each in card.parts if _may_be_named(card, each, opened, on_behalf=self.on_behalf)
        }


def _as_most_protected(people: Sequence[PersonCard]) -> list[PersonCard]:
    """One card for each person: of several roles the one that protects most (a stranger who proves to be a sister)."""
    found: dict[str, PersonCard] = {}
    for card in people:
        known = found.setdefault(card.person.id, card)
        if _PROTECTED[_label(card)] < _PROTECTED[_label(known)]:
            found[card.person.id] = card
    return list(found.values())


def _may_be_named(card: PersonCard, record: PersonCard, opened: frozenset[str], *, on_behalf: bool) -> bool:
    """Whether the name of this record of a person may be told; `card` is what he is at his most protected."""
    if card.role.kind is RoleKind.SOUGHT:
        return on_behalf and record.role.kind is RoleKind.SOUGHT
    stranger = _label(card) is LabelKind.STRANGER and bool(record.role.id)
    return record.person.id in opened or stranger


def _label(card: PersonCard) -> LabelKind:
    """What someone is called; only a "stranger" is shown without consent, as far as his claim needs it.

    Whoever only claims to be a relative or a fellow prisoner may be one, and is protected as one.
    """
    kind = card.role.kind
    if kind is RoleKind.SOUGHT:
        return LabelKind.SOUGHT
    if kind is RoleKind.FELLOW_PRISONER:
        return LabelKind.FELLOW_PRISONER
    if kind in FAMILY:
        return LabelKind.PERSON if card.role.claimed else LabelKind.RELATIVE
    return LabelKind.STRANGER if card.role.claimed or kind in ADVERSE else LabelKind.PERSON


def _mark(label: LabelKind, number: int) -> str:
    if label in (LabelKind.FELLOW_PRISONER, LabelKind.STRANGER):
        return _LETTERS[(number - 1) % len(_LETTERS)] * ((number - 1) // len(_LETTERS) + 1)
    return str(number)


def _ended(until: PartialDate, today: date) -> bool:
    return until.latest is not None and until.latest < today


def _began(start: PartialDate | None, today: date) -> bool:
    return start is not None and (start.earliest is None or start.earliest <= today)
