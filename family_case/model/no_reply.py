"""Rule 10 of the domain: how long a body has not replied, counted from what is known.

From registration where it is known, else from sending where something proves it, else from the body's own
acknowledgement; forwarding starts the clock of the body it was forwarded to (in Russian law within 7 days, 59-FZ art.
8 (3)). Without proof of sending there is no clock: "no reply recorded". How long a body may take is data
(resources/law/deadlines.tsv: 59-FZ art. 12 (1); Law of Ukraine 393/96-VR art. 20).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.dates import PartialDate, begins_after
from family_case.model.deadlines import Deadline, last_days
from family_case.model.silence import Span, bounded
from family_case.model.step import ReplyKind, StepReply

if TYPE_CHECKING:
    from datetime import date

    from family_case.model.step import StepTaken

# That a letter came in is no answer to it; "no reply" noted by hand is none at all.
NO_ANSWER = frozenset({ReplyKind.NONE, ReplyKind.ACKNOWLEDGED})


class Counted(Coded):
    """What the days without a reply are counted from."""

    REGISTRATION = "registration", N_("counted from registration, {date}")
    SENDING = "sending", N_("counted from sending, {date}: no registration is known")
    ACKNOWLEDGED = "acknowledged", N_("counted from the day it acknowledged receipt, {date}")
    FORWARDING = "forwarding", N_("counted from the day it was forwarded there, {date}")
    NOTHING = "nothing", N_("nothing shows that it was sent, or when")


class ClockState(Coded):
    """Whether a body still owes a reply."""

    WAITING = "waiting", N_("no reply")
    UNPROVEN = "unproven", N_("no reply recorded")
    ANSWERED = "answered", N_("replied")
    PASSED_ON = "passed_on", N_("forwarded")


@dataclass(frozen=True, slots=True)
class Asked:
    """A body a step went to: the row that joins them, since when, whether it was forwarded, what it answered."""

    id: str
    since: PartialDate | None
    forwarded: bool
    replies: Sequence[StepReply]


@dataclass(frozen=True, slots=True)
class Clock:
    """Fewest and most days without a reply of one body to one step; `due`: the possible last days for it."""

    asked_id: str
    state: ClockState
    counted: Counted = Counted.NOTHING
    since: Span | None = None
    fewest: int | None = None
    most: int | None = None
    due: Span | None = None
    deadline: Deadline | None = None
    days_late: int = 0  # by the latest possible last day: so many at least


def clock(step: StepTaken, happened: PartialDate | None, asked: Asked, deadline: Deadline, as_of: date) -> Clock | None:
    """The clock of one body on `as_of`; None for one that was asked only later. `happened`: the day of the step."""
    if begins_after(asked.since if asked.forwarded else happened, as_of):
        return None
    known = [each for each in asked.replies if not begins_after(each.received, as_of)]
    answers = [each.reply for each in known if each.reply not in NO_ANSWER]
    if answers:
        moved = answers[-1] is ReplyKind.FORWARDED
        return Clock(asked.id, ClockState.PASSED_ON if moved else ClockState.ANSWERED)
    counted, since = _since(step, happened, asked, known, as_of)
    if since is None:
        return Clock(asked.id, ClockState.UNPROVEN)
    due = last_days(deadline, since)
    return Clock(
        asked.id,
        ClockState.WAITING,
        counted,
        since,
        (as_of - since.latest).days,
        (as_of - since.earliest).days,
        due,
        deadline,
        max(0, (as_of - due.latest).days),
    )


def _since(
    step: StepTaken, happened: PartialDate | None, asked: Asked, known: Sequence[StepReply], as_of: date
) -> tuple[Counted, Span | None]:
    """What the days are counted from, and since which days; nothing after `as_of` is known."""
    received = next((each.received for each in known if each.reply is ReplyKind.ACKNOWLEDGED and each.received), None)
    sent = happened if step.proof_of_sending.strip() else None
    candidates = (
        ((Counted.FORWARDING, asked.since), (Counted.ACKNOWLEDGED, received))
        if asked.forwarded
        else ((Counted.REGISTRATION, step.registered), (Counted.SENDING, sent), (Counted.ACKNOWLEDGED, received))
    )
    for counted, day in candidates:
        if day is not None and not begins_after(day, as_of):
            span = bounded(day, None, as_of)
            if span is not None:
                latest = min(span.latest, as_of)
                return counted, Span(min(span.earliest, latest), latest, span.open_start)
    return Counted.NOTHING, None
