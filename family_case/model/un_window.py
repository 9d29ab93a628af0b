"""Rule 3 of the domain: until when a case may reach the UN Working Group in its urgent procedure.

Source: Working Group on Enforced or Involuntary Disappearances, methods of work, "Urgent procedure": cases that
occurred within the three months preceding *receipt* of the report by the Group. The length itself is data
(resources/law/deadlines.tsv); what it is counted from is decided here. Afterwards nothing is lost: the ordinary
procedure knows no last day, so no word of this room ever says "too late".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.deadlines import Deadline, last_days
from family_case.model.silence import Span
from family_case.model.stay import StayKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

DEADLINE = "un_urgent"  # its code among the deadlines
KNOWN_CUSTODY = frozenset({StayKind.DETENTION, StayKind.QUARANTINE})


class WindowState(Coded):
    """Where a day lies to the window."""

    OPEN = "open", N_("open")
    MAY_BE_OVER = "may_be_over", N_("open or over, as the day is not known exactly")
    ORDINARY = "ordinary", N_("ordinary procedure")
    NO_EVENT = "no_event", N_("no day known")


class EventFrom(Coded):
    """Which record says when he was taken or last seen in known custody."""

    CASE = "case", N_("the case")
    STAY = "stay", N_("a stay")
    NOTHING = "nothing", N_("nothing")


@dataclass(frozen=True, slots=True)
class Event:
    """When he was taken or last seen in known custody, and by which record; never the day of a message."""

    source: EventFrom = EventFrom.NOTHING
    days: Span | None = None
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The event, the possible last days for *receipt*, and days left to the earlier one (less than 0 when past)."""

    state: WindowState = WindowState.NO_EVENT
    event: Event = Event()
    closes: Span | None = None
    days_left: int | None = None
    deadline: Deadline | None = None


def event_of(last_seen: Span | None, stays: Iterable[tuple[str, StayKind, Span]], as_of: date) -> Event:
    """What the window counts from: the day entered at the case, else the end of the last stay in known custody.

    `stays`: entry id, kind and the possible days of their end. Nothing after `as_of` is known yet.
    """
    if last_seen is not None and _begun(last_seen, as_of):
        return Event(EventFrom.CASE, _until(last_seen, as_of))
    held = [(span, entry) for entry, kind, span in stays if kind in KNOWN_CUSTODY and _begun(span, as_of)]
    if not held:
        return Event()
    span, entry = max(held, key=lambda each: (each[0].latest, each[0].earliest, each[1]))
    return Event(EventFrom.STAY, _until(span, as_of), entry)


def window(event: Event, deadline: Deadline, as_of: date) -> Window:
    """The window on `as_of`: open until the earliest possible last day, perhaps over until the latest."""
    if event.days is None:
        return Window(event=event, deadline=deadline)
    closes = last_days(deadline, event.days)
    left = (closes.earliest - as_of).days
    if as_of > closes.latest:
        return Window(WindowState.ORDINARY, event, closes, left, deadline)
    sure = as_of <= closes.earliest and not closes.open_start
    return Window(WindowState.OPEN if sure else WindowState.MAY_BE_OVER, event, closes, left, deadline)


def _begun(span: Span, as_of: date) -> bool:
    return span.open_start or span.earliest <= as_of


def _until(span: Span, as_of: date) -> Span:
    latest = min(span.latest, as_of)
    return Span(min(span.earliest, latest), latest, span.open_start)
