"""Dates as people know them: partial and uncertain, in EDTF (ISO 8601-2), with derived earliest and latest day.

Understood: `2022`, `2022-07`, `2022-07-08`, `2022-07-08T21:15`, `199X`, `2022-XX`, `2022-07-XX`, seasons `2022-21` to
`-24`, intervals `A/B`, open `A/..` `../B` and unknown `A/` `/B` ends, each end with `~` (about), `?` (unsure) or `%`
(both). The marks show in words and do not widen the range (DOMAIN section 2).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from family_case.errors import Refused
from family_case.i18n import N_

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX)(?:T(?P<time>\d{2}:\d{2}))?)?)?(?P<mark>[~?%])?",
    re.ASCII,
)
_DOTTED = re.compile(
    r"(?:(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.)?(?P<year>\d{4})(?: (?P<time>\d{1,2}:\d{2}))?", re.ASCII
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # ISO 8601-2 level 1; winter runs into the next year
_OPEN = ("", "..")
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as entered (EDTF) with its earliest and latest possible day; None where that end is open or unknown."""

    edtf: str
    earliest: date | None
    latest: date | None
    zone: str = ""
    zone_assumed: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date taken apart, for wording; `month` may be a season number 21 to 24."""

    year: str
    month: int | None
    day: int | None
    time: str
    mark: str


def parse(text: str, zone: str = "", *, zone_assumed: bool = True) -> PartialDate:
    """Read `text` (EDTF, or day.month.year as people type it) into a partial date.

    Raises Refused with the reason when it is no date, or when its end lies before its beginning.
    """
    entered = text.strip()
    edtf = _from_dotted(entered) or entered
    ends = edtf.split("/")
    earliest: date | None
    latest: date | None
    if len(ends) == 1:
        earliest, latest = _range(edtf, entered)
    elif len(ends) == 2 and not all(end in _OPEN for end in ends):  # noqa: PLR2004 - an interval has two ends
        earliest = None if ends[0] in _OPEN else _range(ends[0], entered)[0]
        latest = None if ends[1] in _OPEN else _range(ends[1], entered)[1]
    else:
        raise _no_date(entered)
    if earliest and latest and latest < earliest:
        raise Refused(N_("“{value}” ends before it begins. Nothing was saved."), value=entered)
    return PartialDate(edtf, earliest, latest, zone, zone_assumed)


def day_of(day: date) -> PartialDate:
    """Partial date that is exactly one calendar day."""
    return PartialDate(day.isoformat(), day, day)


def begins_after(when: PartialDate | None, day: date) -> bool:
    """Whether all of it lies after `day`; not when it is unknown, or when nobody knows when it began."""
    return when is not None and when.earliest is not None and when.earliest > day


def points(edtf: str) -> tuple[Point | None, ...]:
    """The one or two ends of a valid EDTF text, None for an open or unknown end."""
    return tuple(None if end in _OPEN else _point(end, edtf) for end in edtf.split("/"))


def _no_date(entered: str) -> Refused:
    return Refused(
        N_(
            "“{value}” is not a date that exists. Write 2022-07-08, 08.07.2022, 2022-07, 2022 or "
            "2022-07-25/2022-07-31. Nothing was saved."
        ),
        value=entered,
    )


def _from_dotted(entered: str) -> str | None:
    match = _DOTTED.fullmatch(entered)
    if match is None or "." not in entered:
        return None
    parts = [match["year"], match["month"].zfill(2)] + ([match["day"].zfill(2)] if match["day"] else [])
    if match["time"] and not match["day"]:
        raise _no_date(entered)
    return "-".join(parts) + (f"T{match['time'].zfill(5)}" if match["time"] else "")


def _point(end: str, entered: str) -> Point:
    match = _POINT.fullmatch(end)
    if match is None:
        raise _no_date(entered)
    month, day, clock = match["month"], match["day"], match["time"] or ""
    if clock and not (int(clock[:2]) < 24 and int(clock[3:]) < 60):  # noqa: PLR2004 - hours and minutes
        raise _no_date(entered)
    if "00" in (month, day) or (day is not None and month is not None and month != "XX" and int(month) in _SEASONS):
        raise _no_date(entered)  # no day or month is numbered 0, and a season has no days
    return Point(
        match["year"],
        None if month in (None, "XX") else int(month),
        None if day in (None, "XX") else int(day),
        clock,
        match["mark"] or "",
    )


def _range(end: str, entered: str) -> tuple[date, date]:
    point = _point(end, entered)
    first, last = int(point.year.replace("X", "0")), int(point.year.replace("X", "9"))
    try:
        if point.month in _SEASONS:
            return _season(first, point.month)[0], _season(last, point.month)[1]
        low, high = (point.month or 1), (point.month or _LAST_MONTH)
        if point.day and not point.month:
            raise _no_date(entered)
        return date(first, low, point.day or 1), date(last, high, point.day or calendar.monthrange(last, high)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise _no_date(entered) from None


def _season(year: int, season: int) -> tuple[date, date]:
    first, last = _SEASONS[season]
    end_year, end_month = year + (last > _LAST_MONTH), (last - 1) % _LAST_MONTH + 1
    return date(year, first, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
