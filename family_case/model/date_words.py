"""Dates in words: what an EDTF date says, in the reader's language ("10 июля 2022", "first half of July 2022").

Month names and their cases come from Babel: the genitive where a day stands before the month, the nominative where it
stands alone. A text's {month} is in the genitive ("июля 2022"), its {date} in the nominative unless the note beside the
text says otherwise, so that a translation never has to bend a word.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date

from family_case.i18n import N_
from family_case.model.dates import PartialDate, Point, points

if TYPE_CHECKING:
    from family_case.i18n import Translator

_SEASONS = {
    21: N_("spring {year}"),
    22: N_("summer {year}"),
    23: N_("autumn {year}"),
    24: N_("winter {year}"),  # begins in December of that year
}
_MARKS = {"": "{date}", "~": N_("about {date}"), "?": N_("{date}, unsure"), "%": N_("about {date}, unsure")}
_SHORT_MARKS = {"": "{date}", "~": "~ {date}", "?": "{date} (?)", "%": "~ {date} (?)"}
_FROM = {"..": N_("from {date} on"), "": N_("from {date}, end not known")}  # {date} in the genitive: "с июля 2022"
_UNTIL = {"..": N_("until {date}"), "": N_("until {date}, beginning not known")}  # genitive too
_FROM_BARE = {"..": N_("{date} and later"), "": N_("{date} and later, end not known")}  # nominative
_UNTIL_BARE = {"..": N_("{date} and earlier"), "": N_("{date} and earlier, beginning not known")}
_PARTS = (
    # first day from, to; last day from, to (0 is the month's end)
    (1, 1, 14, 15, N_("first half of {month}")),
    (15, 16, 0, 0, N_("second half of {month}")),
    (1, 1, 10, 10, N_("early {month}")),
    (11, 11, 20, 20, N_("middle of {month}")),
    (21, 25, 0, 0, N_("late {month}")),
)
_RANGE = N_("{first} – {last}")


@dataclass(frozen=True, slots=True)
class _Style:
    """Babel patterns of one length: a month after a day, a month alone, and what stands for about and unsure."""

    day: str
    day_month: str
    month_alone: str
    month_genitive: str
    marks: dict[str, str]
    words: bool
    zone: str = ""


_LONG = _Style("d MMMM y", "d MMMM", "LLLL", "MMMM y", _MARKS, words=True)
_SHORT = _Style("d MMM y", "d MMM", "LLL", "MMM y", _SHORT_MARKS, words=False)


def date_words(value: PartialDate, tr: Translator, *, zone: str = "") -> str:
    """Say `value` in words of the reader's language; a time of day stands as entered, with `zone` ("UTC") behind it."""
    return _date(value, tr, replace(_LONG, zone=f" {zone}") if zone else _LONG)


def date_short(value: PartialDate, tr: Translator) -> str:
    """Say `value` as briefly as a table wants it: abbreviated months, "~" for about, "(?)" for unsure."""
    return _date(value, tr, _SHORT)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day as the value of a message: whoever shows the message says it in the reader's language."""

    day: date

    def in_words(self, tr: Translator, /) -> str:
        """The day as `day_words` says it."""
        return day_words(self.day, tr)


def day_words(day: date, tr: Translator) -> str:
    """Say one calendar day: "10 July 2022", "10 июля 2022"."""
    return format_date(day, _LONG.day, locale=tr.language)


def _date(value: PartialDate, tr: Translator, style: _Style) -> str:
    ends = points(value.edtf)
    if len(ends) == 1:
        return _marked(ends[0], tr, style) if ends[0] else ""
    first, last = ends
    left, right = value.edtf.split("/")
    if first is None or last is None:
        return _open(first, last, (left, right), tr, style)
    if first.mark == last.mark:
        return tr.text(style.marks[first.mark], date=_interval(first, last, value, tr, style))
    return tr.text(_RANGE, first=_marked(first, tr, style), last=_marked(last, tr, style))


def _marked(point: Point, tr: Translator, style: _Style) -> str:
    return tr.text(style.marks[point.mark], date=_plain(point, tr, style))


def _plain(point: Point, tr: Translator, style: _Style) -> str:
    """One end without its mark, in the nominative."""
    year = _year(point.year, tr)
    if point.month in _SEASONS:
        return tr.text(_SEASONS[point.month], year=year)
    if point.month is None:
        return year
    named = _some_day(point)
    if point.day is None:
        month = format_date(named, style.month_alone, locale=tr.language)
        return f"{month} {year}" if point.year.isdigit() else f"{month}, {year}"
    if not point.year.isdigit():
        return f"{format_date(named, style.day_month, locale=tr.language)}, {year}"
    day = format_date(named, style.day, locale=tr.language)
    return f"{day}, {point.time}{style.zone}" if point.time else day


def _year(year: str, tr: Translator) -> str:
    if year.endswith("XX"):
        return f"{year[:2]}00–{year[:2]}99"
    return tr.text(N_("{year}s"), year=year.replace("X", "0")) if year.endswith("X") else str(int(year))


def _some_day(point: Point) -> date:
    """A real day to format from; the first year of a decade stands for it."""
    return date(int(point.year.replace("X", "0")), point.month or 1, point.day or 1)


def _open(first: Point | None, last: Point | None, ends: tuple[str, str], tr: Translator, style: _Style) -> str:
    """An interval with one open ("..") or unknown (empty) end."""
    point = first or last
    if point is None:
        return ""
    bare, bent = (_FROM_BARE, _FROM) if first else (_UNTIL_BARE, _UNTIL)
    end = ends[1] if first else ends[0]
    if not style.words:
        date_ = _marked(point, tr, style)
        sign = "…" if end else "?"
        return f"{date_} – {sign}" if first else f"{sign} – {date_}"
    if point.mark or not point.year.isdigit() or point.month in _SEASONS:
        return tr.text(bare[end], date=_marked(point, tr, style))
    if point.month and not point.day:
        return tr.text(bent[end], date=format_date(_some_day(point), style.month_genitive, locale=tr.language))
    return tr.text(bent[end], date=_plain(point, tr, style))


def _interval(first: Point, last: Point, value: PartialDate, tr: Translator, style: _Style) -> str:
    """Two ends with the same mark, said once and as briefly as their precision allows."""
    start, end = value.earliest, value.latest
    whole = first.year.isdigit() and last.year.isdigit() and not first.time and not last.time
    if start is None or end is None or not whole or not (first.day and last.day):
        return _two(first, last, tr, style)
    if start == end:
        return _plain(first, tr, style)
    if (start.year, start.month) == (end.year, end.month):
        return _within_month(start, end, tr, style)
    opening = style.day_month if start.year == end.year else style.day
    return tr.text(
        _RANGE,
        first=format_date(start, opening, locale=tr.language),
        last=format_date(end, style.day, locale=tr.language),
    )


def _two(first: Point, last: Point, tr: Translator, style: _Style) -> str:
    left, right = _plain(first, tr, style), _plain(last, tr, style)
    return left if left == right else tr.text(_RANGE, first=left, last=right)


def _within_month(start: date, end: date, tr: Translator, style: _Style) -> str:
    month = format_date(start, style.month_genitive, locale=tr.language)
    length = calendar.monthrange(start.year, start.month)[1]
    if style.words:
        if (start.day, end.day) == (1, length):
            return format_date(start, "LLLL y", locale=tr.language)
        for low, high, last_low, last_high, text in _PARTS:
            if low <= start.day <= high and (last_low or length) <= end.day <= (last_high or length):
                return tr.text(text, month=month)
    return f"{start.day}–{end.day} {month}"
