"""A date is what a person could know: partial, uncertain, never one that does not exist."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.errors import Refused
from family_case.model.dates import day_of, parse, points

UNDERSTOOD = {
    "2022-07-08": (date(2022, 7, 8), date(2022, 7, 8)),
    "08.07.2022": (date(2022, 7, 8), date(2022, 7, 8)),
    "8.7.2022 9:05": (date(2022, 7, 8), date(2022, 7, 8)),
    "07.2022": (date(2022, 7, 1), date(2022, 7, 31)),
    "2022-07-08T21:15": (date(2022, 7, 8), date(2022, 7, 8)),
    "2022-02": (date(2022, 2, 1), date(2022, 2, 28)),
    "2024-02-XX": (date(2024, 2, 1), date(2024, 2, 29)),
    "2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "2022-XX": (date(2022, 1, 1), date(2022, 12, 31)),
    "199X": (date(1990, 1, 1), date(1999, 12, 31)),
    "19XX": (date(1900, 1, 1), date(1999, 12, 31)),
    "2022-21": (date(2022, 3, 1), date(2022, 5, 31)),
    "2022-24": (date(2022, 12, 1), date(2023, 2, 28)),
    "199X-22": (date(1990, 6, 1), date(1999, 8, 31)),
    "2022-07-01/2022-07-14": (date(2022, 7, 1), date(2022, 7, 14)),
    "2022-07/..": (date(2022, 7, 1), None),
    "2022-07/": (date(2022, 7, 1), None),
    "../2022-07": (None, date(2022, 7, 31)),
    "/2022-07": (None, date(2022, 7, 31)),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_partial_date_has_its_first_and_last_possible_day(text: str) -> None:
    found = parse(text)
    assert (found.earliest, found.latest) == UNDERSTOOD[text]


@pytest.mark.parametrize("mark", ["~", "?", "%"])
def test_about_and_unsure_do_not_widen_a_date(mark: str) -> None:
    assert parse(f"2022-07-30{mark}").earliest == parse(f"2022-07-30{mark}").latest == date(2022, 7, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "31.02.2022",
        "2022-02-31",
        "2022-13",
        "2022-00",
        "2022-07-00",
        "00.07.2022",
        "00.2022",
        "2022-21-07",  # day and month the wrong way round is no spring
        "2022-XX-15",
        "2022-07-08T24:00",
        "2022-07-08T12:60",
        "07.2022 12:00",
        "0000",
        "9999-24",
        "../..",
        "/",
        "2022/2023/2024",
        "2022-08/2022-07-15",
        "２０２２-07",
        "2022-07-08\x00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(_DAYS, _DAYS)
def test_an_interval_has_its_two_ends_or_is_refused(first: date, last: date) -> None:
    text = f"{first.isoformat()}/{last.isoformat()}"
    if last < first:
        with pytest.raises(Refused):
            parse(text)
    else:
        assert (parse(text).earliest, parse(text).latest) == (first, last)


@given(st.one_of(st.text(max_size=30), st.text("0123456789-.X/~?%T: ", max_size=25)))
def test_any_text_is_a_date_with_ordered_ends_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except Refused:
        return
    assert found.earliest or found.latest
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
    assert parse(found.edtf) == found  # what is stored reads back as the same date
    assert len(points(found.edtf)) in (1, 2)


@given(_DAYS)
def test_a_whole_day_is_that_day(day: date) -> None:
    assert parse(day.isoformat()) == day_of(day)
    assert parse(day.strftime("%d.%m.%Y")) == day_of(day)
