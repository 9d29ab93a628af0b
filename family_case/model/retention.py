"""Rule 13 of the domain: what has been kept long enough to be looked at again. It proposes, and never deletes.

How long is data with its reason (resources/law/retention.tsv; GDPR art. 5 (1) (e) and 17 (1) (b) where they apply). A
legal hold keeps a case out of the proposals; its own review is proposed instead. A review of the case set for a later
day is a decision to keep it until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.case import Case, CaseStatus
from family_case.model.deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from family_case.model.background import LegalHold
    from family_case.model.consent import Consent


class Keeping(Coded):
    """What is proposed; the code of the first two is that of their line in the table."""

    ENDED = "case_ended", N_("The case has ended and its newest entry is of {date}: keep it, or erase it?")
    NO_CONSENT = "no_consent", N_("No consent is in force since {date}: ask the family what may be kept, or erase it.")
    HOLD_REVIEW = "hold_review", N_("The legal hold was to be reviewed by {date}: is it still needed?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: what it counts from (of a hold: its day of review), since when it is due, and by which line."""

    keeping: Keeping
    since: date
    due: date
    line: Deadline | None = None
    record_id: str = ""


def proposals(
    case: Case,
    last_written: date | None,
    consents: Iterable[Consent],
    holds: Iterable[LegalHold],
    lines: Mapping[str, Deadline],
    as_of: date,
) -> tuple[Proposal, ...]:
    """What is to be looked at on `as_of`; `last_written` is the day of the newest entry or talk, or of the case."""
    held = [each for each in holds if _begun(each, as_of) and each.holds_on(as_of)]
    if held:
        return tuple(_review(each, as_of) for each in held if _review_due(each, as_of))
    if case.next_review and case.next_review.earliest and case.next_review.earliest > as_of:
        return ()
    counted = {
        Keeping.ENDED: last_written if case.status is CaseStatus.ENDED else None,
        Keeping.NO_CONSENT: without_consent_since(consents, as_of),
    }
    found = []
    for keeping, since in counted.items():
        line = lines[str(keeping.value)]
        if since is not None and line.last_day(since) < as_of:
            found.append(Proposal(keeping, since, line.last_day(since), line))
    return tuple(found)


def without_consent_since(consents: Iterable[Consent], as_of: date) -> date | None:
    """Day on which the last consent in force was withdrawn or ran out; None while one holds, or none was ever given."""
    ends = []
    for each in consents:
        closed = [day.latest for day in (each.withdrawn, each.until) if day is not None and day.latest is not None]
        if not closed or min(closed) >= as_of:
            return None
        ends.append(min(closed))
    return max(ends, default=None)


def _begun(hold: LegalHold, as_of: date) -> bool:
    return hold.since.earliest is None or hold.since.earliest <= as_of


def _review_due(hold: LegalHold, as_of: date) -> bool:
    return hold.review is not None and hold.review.latest is not None and hold.review.latest <= as_of


def _review(hold: LegalHold, as_of: date) -> Proposal:
    day = hold.review.latest if hold.review and hold.review.latest else as_of
    return Proposal(Keeping.HOLD_REVIEW, day, day, record_id=hold.id)
