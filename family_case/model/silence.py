"""Rules 1 and 2 of the domain: the last direct word, and how long there has been none.

A silence is a range of days, because dates are partial; its state goes by the longer end. A conversation with the
family never touches it. Silence alone says nothing about a man's fate, and the sentence says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.case import CaseStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from family_case.model.dates import PartialDate

SOON_SHARE = 0.2  # "check soon" is the last fifth of the interval


class SilenceState(Coded):
    """What the silence asks of the office."""

    WITHIN = "within", N_("within the interval")
    SOON = "soon", N_("check soon")
    NOW = "now", N_("check now")
    PAUSED = "paused", N_("paused")
    ENDED = "ended", N_("ended")
    UNKNOWN = "unknown", N_("no date known")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last possible day of something that happened; `open_start` when nothing bounds how early it was."""

    earliest: date
    latest: date
    open_start: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Fewest and most days without a direct word on the as-of day; None when no date is known."""

    state: SilenceState
    interval: int
    fewest: int | None = None
    most: int | None = None
    word: Span | None = None
    since_last_seen: bool = False


def bounded(happened: PartialDate | None, learned: PartialDate | None, recorded: date) -> Span | None:
    """Days on which it can have happened: an open or unknown end is bounded by when it was learned, else recorded.

    An open beginning has no bound: such a span never moves the earliest day of another one.
    """
    if happened is None:
        return None
    end = happened.latest or (learned.latest if learned and learned.latest else recorded)
    start = happened.earliest or end
    return Span(min(start, end), end, open_start=happened.earliest is None)


def last_word(spans: Iterable[Span], as_of: date) -> Span | None:
    """The last direct word among counting signs of life: [max of earliest, max of latest], nothing after `as_of`."""
    seen = [span for span in spans if span.open_start or span.earliest <= as_of]
    if not seen:
        return None
    latest = min(max(span.latest for span in seen), as_of)
    return Span(max((span.earliest for span in seen if not span.open_start), default=latest), latest)


def silence(word: Span | None, last_seen: Span | None, as_of: date, interval: int, status: CaseStatus) -> Silence:
    """Silence on `as_of`: counted from the last direct word, else from when he was last seen."""
    since = word or (last_word([last_seen], as_of) if last_seen else None)
    fewest = (as_of - since.latest).days if since else None
    most = (as_of - since.earliest).days if since else None
    return Silence(_state(most, interval, status), interval, fewest, most, since, word is None and since is not None)


def soon_after(interval: int) -> int:
    """Days of silence after which to check soon."""
    return math.floor(interval * (1 - SOON_SHARE)) + 1


def _state(most: int | None, interval: int, status: CaseStatus) -> SilenceState:
    if status is not CaseStatus.OPEN:
        return SilenceState.PAUSED if status is CaseStatus.PAUSED else SilenceState.ENDED
    if most is None:
        return SilenceState.UNKNOWN
    if most > interval:
        return SilenceState.NOW
    return SilenceState.SOON if most > interval * (1 - SOON_SHARE) else SilenceState.WITHIN
