"""Deadlines are data with a source and a check; days are counted as an act says, never invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.i18n import LANGUAGES
from family_case.model.body import Body, BodyKind
from family_case.model.deadlines import Checked, Deadline, Unit, last_days, months_after
from family_case.model.silence import Span
from family_case.services import law

TEXTS = dict.fromkeys(LANGUAGES, "an act")
THREE_MONTHS = Deadline("a", TEXTS, TEXTS, TEXTS, 3, Unit.MONTHS)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def of(length: int, unit: Unit) -> Deadline:
    return replace(THREE_MONTHS, length=length, unit=unit)


@pytest.mark.parametrize(
    ("first", "length", "unit", "last"),
    [
        ("2022-07-09", 3, Unit.MONTHS, "2022-10-09"),
        ("2022-11-30", 3, Unit.MONTHS, "2023-02-28"),  # a shorter month ends it
        ("2023-11-30", 3, Unit.MONTHS, "2024-02-29"),
        ("2022-12-31", 1, Unit.MONTHS, "2023-01-31"),
        ("2022-08-05", 30, Unit.DAYS, "2022-09-04"),
        ("2022-08-05", 5, Unit.WORKING_DAYS, "2022-08-12"),  # from a Friday
        ("2022-08-06", 1, Unit.WORKING_DAYS, "2022-08-08"),  # from a Saturday
    ],
)
def test_the_last_day_is_counted_as_the_act_says(first: str, length: int, unit: Unit, last: str) -> None:
    assert of(length, unit).last_day(date.fromisoformat(first)) == date.fromisoformat(last)


@given(DAYS, st.integers(0, 60), st.sampled_from(Unit))
def test_no_deadline_ends_before_it_begins_and_a_later_event_never_ends_it_earlier(
    day: date, length: int, unit: Unit
) -> None:
    deadline = of(length, unit)
    assert deadline.last_day(day) >= day
    assert deadline.last_day(day + timedelta(days=1)) >= deadline.last_day(day)


@given(DAYS, st.integers(0, 400))
def test_an_event_known_as_a_range_gives_a_range_of_last_days(day: date, width: int) -> None:
    event = Span(day, day + timedelta(days=width))
    found = last_days(THREE_MONTHS, event)
    assert found.earliest <= found.latest
    assert (found.earliest, found.latest) == tuple(THREE_MONTHS.last_day(end) for end in (event.earliest, event.latest))


@pytest.mark.parametrize("unit", Unit)
def test_the_calendar_ends_and_nothing_breaks(unit: Unit) -> None:
    assert of(12, unit).last_day(date.max) == date.max


def test_months_back_and_forth() -> None:
    assert months_after(date(2022, 3, 31), -1) == date(2022, 2, 28)
    assert months_after(date(2022, 1, 15), -3) == date(2021, 10, 15)


@pytest.mark.parametrize(
    ("on", "by", "found"),
    [
        ("2021-08-22", "lawyer", Checked.FRESH),  # twelve months to the day
        ("2021-08-21", "lawyer", Checked.OLD),
        ("2022-08-22", "lawyer", Checked.FRESH),
        ("2022-08-23", "lawyer", Checked.NEVER),  # not yet on that day
        ("2022-08-22", "", Checked.NEVER),  # nobody stands for it
        ("", "lawyer", Checked.NEVER),
    ],
)
def test_a_check_older_than_twelve_months_is_marked(on: str, by: str, found: Checked) -> None:
    checked = replace(THREE_MONTHS, checked_on=date.fromisoformat(on) if on else None, checked_by=by)
    assert checked.checked(date(2022, 8, 22)) is found


def test_every_line_of_the_tables_says_by_which_act_in_each_language_and_who_checked_it() -> None:
    lines = {**law.deadlines(), **law.keeping()}
    assert set(lines) == {"un_urgent", "reply_RU", "reply_UA", "reply_", "case_ended", "no_consent"}
    for code, line in lines.items():
        assert line.length > 0
        assert all(line.act[language] and line.counted_from[language] for language in LANGUAGES), code
        assert all(bool(line.article[language]) is (code != "reply_") for language in LANGUAGES), code
        assert (line.checked_on is None) is (not line.checked_by), "a check is a day and a name"


@pytest.mark.parametrize(
    ("country", "kind", "code"),
    [
        ("RU", BodyKind.MINISTRY, "reply_RU"),
        ("Российская Федерация", BodyKind.PROSECUTOR, "reply_RU"),
        ("Україна", BodyKind.OMBUDSMAN, "reply_UA"),
        ("", BodyKind.MINISTRY, "reply_"),
        ("Kazakhstan", BodyKind.MINISTRY, "reply_"),
        ("RU", BodyKind.COMPANY, "reply_"),  # the act speaks of authorities
        ("", BodyKind.INTERNATIONAL, "reply_"),
    ],
)
def test_a_body_answers_by_the_law_of_its_country_or_by_no_law(country: str, kind: BodyKind, code: str) -> None:
    assert law.reply_of(Body("b", "a body", kind, country=country)).code == code
