"""Deadlines as data: act, article, length, what it is counted from, and who checked it when (DOMAIN rule 3).

A point of law is no advice of this program: whatever states one says by whom it was checked, or that nobody did.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.silence import Span

CHECK_HOLDS_MONTHS = 12  # a check older than this is marked (DOMAIN rule 3)
_MONTHS_A_YEAR = 12
_SATURDAY = 5
_LAST_DAY = date(MAXYEAR, 12, 31)


class Unit(Coded):
    """In what a deadline is counted; of working days only Saturdays and Sundays are known to be none."""

    MONTHS = "months", N_("months")
    DAYS = "days", N_("calendar days")
    WORKING_DAYS = "working_days", N_("working days")


class Checked(Coded):
    """How far a reader may rely on a point of law."""

    NEVER = "never", N_("Not checked by a lawyer.")
    OLD = "old", N_("Checked on {date} by {who}: more than 12 months ago, have it checked again.")
    FRESH = "fresh", N_("Checked on {date} by {who}.")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline; `act`, `article` and `counted_from` are texts by language, a check that nobody made is None."""

    code: str
    act: Mapping[str, str] = field(hash=False)
    article: Mapping[str, str] = field(hash=False)
    counted_from: Mapping[str, str] = field(hash=False)
    length: int
    unit: Unit
    checked_on: date | None = None
    checked_by: str = ""

    def last_day(self, first: date) -> date:
        """Last day on which it is kept when it is counted from `first`, that day not counted."""
        return _counted(first, self.length, self.unit)

    def checked(self, as_of: date) -> Checked:
        """Whether a lawyer checked it, and lately enough on `as_of`; a check of a later day is none yet."""
        if self.checked_on is None or not self.checked_by or self.checked_on > as_of:
            return Checked.NEVER
        old = as_of > months_after(self.checked_on, CHECK_HOLDS_MONTHS)
        return Checked.OLD if old else Checked.FRESH


def last_days(deadline: Deadline, event: Span) -> Span:
    """Earliest and latest possible last day when the event itself is known as a range of days."""
    return Span(deadline.last_day(event.earliest), deadline.last_day(event.latest), event.open_start)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month; the last day there is, beyond it."""
    year, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    if day.year + year > MAXYEAR:
        return _LAST_DAY
    length = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, length))


def _counted(first: date, length: int, unit: Unit) -> date:
    if unit is Unit.MONTHS:
        return months_after(first, length)
    if unit is Unit.DAYS:
        return date.fromordinal(min(first.toordinal() + length, _LAST_DAY.toordinal()))
    day = first
    left = length
    while left and day < _LAST_DAY:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day
