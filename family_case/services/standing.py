"""Who may be named, and on whose word: positions of everyone in a case towards one paper (DOMAIN rule 8).

A giver opens his own name, words and number. The person sought cannot be asked: a close relative's consent with a
recorded necessity stands for him. Adverse people are shown as far as the claim needs. Everyone else is a label.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.consent import Consent, Purpose, Scope, Withholding, WithholdingState
from family_case.model.dossier import LabelKind, Profile, Who
from family_case.model.person import ADVERSE, CLOSE_RELATIVES, FAMILY, RoleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from family_case.model.dates import PartialDate
    from family_case.model.views import CasePage, PersonCard

PURPOSE = {Profile.LAWYER: Purpose.LAWYER, Profile.FAMILY: Purpose.CASE_WORK}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Standing:
    """Everyone in the case as this paper may name him, and the consents it stands on."""

    who: dict[str, Who]
    consents: tuple[Consent, ...]
    on_behalf: bool

    def of(self, person_id: str) -> Who:
        """The person as he may be named; someone from outside the case is a bare label."""
        return self.who.get(person_id, Who(LabelKind.PERSON, "", RoleKind.STRANGER))


def covers(consent: Consent, purpose: Purpose, as_of: date) -> bool:
    """Whether a consent covers a purpose on a day: given, not run out, not withdrawn."""
    given = consent.given.earliest is None or consent.given.earliest <= as_of
    ended = consent.until is not None and _ended(consent.until, as_of)
    return purpose in consent.purposes and given and not ended and not _began(consent.withdrawn, as_of)


def in_force(withholdings: Iterable[Withholding]) -> list[Withholding]:
    """Withholdings that hold today."""
    return [each for each in withholdings if each.state is WithholdingState.IN_FORCE]


def standing_of(page: CasePage, profile: Profile, for_person: str) -> Standing:
    """Positions for one paper.

    Refused when no giver covers its purpose on the day, or only someone kept in the dark does.
    """
    purpose = PURPOSE[profile]
    covering = tuple(each for each in page.consents if covers(each, purpose, page.as_of))
    if not covering:
        raise Refused(
            N_(
                "Nobody has consented to “{purpose}” in case {code} as of {day}. Nothing was "
                "written; ask, and record the consent."
            ),
            purpose=purpose,
            code=page.case.code,
            day=page.as_of.isoformat(),
        )
    kept_from = {each.from_person_id for each in in_force(page.withholdings)}
    if all(each.giver_id in kept_from for each in covering):
        raise Refused(
            N_(
                "The only consent in case {code} comes from someone from whom part of it is kept, "
                "and cannot stand alone. Ask another relative."
            ),
            code=page.case.code,
        )
    on_behalf = any(_for_sought(each, page.people) for each in covering)
    return Standing(_everyone(page.people, covering, on_behalf=on_behalf, for_person=for_person), covering, on_behalf)


def _for_sought(consent: Consent, people: Sequence[PersonCard]) -> bool:
    roles = {card.role.kind for card in people if card.person.id == consent.giver_id and not card.role.claimed}
    close = {card.role.kind for card in people if not card.role.claimed} & CLOSE_RELATIVES
    entitled = bool(roles & CLOSE_RELATIVES) or (not close and bool(roles & FAMILY))
    return consent.scope is Scope.OWN_AND_SOUGHT and bool(consent.necessity) and entitled


def _everyone(
    people: Sequence[PersonCard], covering: Sequence[Consent], *, on_behalf: bool, for_person: str
) -> dict[str, Who]:
    opened = {each.giver_id for each in covering}
    hidden = {each.giver_id for each in covering if each.withhold_name}
    counts: Counter[LabelKind] = Counter()
    found: dict[str, Who] = {}
    for card in people:
        if card.person.id in found:
            continue
        label = _label(card)
        counts[label] += 1
        mark = _mark(label, counts[label])
        allowed = _may_be_named(card, opened - hidden, on_behalf=on_behalf) or card.person.id == for_person
        phone = card.endpoints[0].raw if card.endpoints and card.person.id in opened - hidden else ""
        found[card.person.id] = Who(
            label,
            mark,
            card.role.kind,
            card.name if allowed else "",
            card.role.claimed,
            phone,
            card.person.id in opened,
        )
    return found


def _may_be_named(card: PersonCard, opened: set[str], *, on_behalf: bool) -> bool:
    if card.role.kind is RoleKind.SOUGHT:
        return on_behalf
    return card.person.id in opened or card.role.claimed or card.role.kind in ADVERSE


def _label(card: PersonCard) -> LabelKind:
    kind = card.role.kind
    if kind is RoleKind.SOUGHT:
        return LabelKind.SOUGHT
    if kind in FAMILY and not card.role.claimed:
        return LabelKind.RELATIVE
    if kind is RoleKind.FELLOW_PRISONER:
        return LabelKind.FELLOW_PRISONER
    return LabelKind.STRANGER if card.role.claimed or kind in ADVERSE else LabelKind.PERSON


def _mark(label: LabelKind, number: int) -> str:
    if label in (LabelKind.FELLOW_PRISONER, LabelKind.STRANGER):
        return _LETTERS[(number - 1) % len(_LETTERS)] * ((number - 1) // len(_LETTERS) + 1)
    return str(number)


def _ended(until: PartialDate, as_of: date) -> bool:
    return until.latest is not None and until.latest < as_of


def _began(start: PartialDate | None, as_of: date) -> bool:
    return start is not None and (start.earliest is None or start.earliest <= as_of)
