"""Rule 3: until when a report must have reached the UN Working Group in its urgent procedure."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from family_case.i18n import LANGUAGES, translator
from family_case.model.rule_words import Weight, window_sentence
from family_case.model.silence import Span
from family_case.model.stay import StayKind
from family_case.model.un_window import Event, EventFrom, Window, WindowState, event_of, window
from family_case.services import law

RULE = law.deadlines()["un_urgent"]
DAY = date(2022, 7, 9)
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


def on(day: date) -> Span:
    return Span(day, day)


def seen(span: Span, as_of: date) -> Window:
    return window(event_of(span, [], as_of), RULE, as_of)


@pytest.mark.parametrize(
    ("as_of", "state", "left"),
    [
        (date(2022, 7, 9), WindowState.OPEN, 92),
        (date(2022, 10, 9), WindowState.OPEN, 0),  # received on the last day is in time
        (date(2022, 10, 10), WindowState.ORDINARY, -1),
    ],
)
def test_three_months_from_the_day_he_was_taken_to_receipt(as_of: date, state: WindowState, left: int) -> None:
    found = seen(on(DAY), as_of)
    assert (found.state, found.days_left) == (state, left)


def test_a_day_known_as_a_month_leaves_a_sure_and_a_last_possible_day() -> None:
    july = Span(date(2022, 7, 1), date(2022, 7, 31))
    assert seen(july, date(2022, 10, 1)).state is WindowState.OPEN
    assert seen(july, date(2022, 10, 2)).state is WindowState.MAY_BE_OVER
    assert seen(july, date(2022, 10, 31)).state is WindowState.MAY_BE_OVER
    assert seen(july, date(2022, 11, 1)).state is WindowState.ORDINARY
    assert seen(july, date(2022, 8, 22)).closes == Span(date(2022, 10, 1), date(2022, 10, 31))


def test_an_unknown_beginning_never_makes_the_window_sure() -> None:
    found = seen(Span(DAY, DAY, open_start=True), date(2022, 8, 22))
    assert found.state is WindowState.MAY_BE_OVER


def test_the_last_stay_in_known_custody_stands_in_where_the_case_names_no_day() -> None:
    stays = [
        ("colony", StayKind.DETENTION, on(date(2022, 7, 1))),
        ("cell", StayKind.QUARANTINE, on(DAY)),
        ("base", StayKind.TRAINING, on(date(2022, 8, 1))),  # nobody's known custody
        ("later", StayKind.DETENTION, on(date(2022, 9, 1))),  # not known on that day
    ]
    assert event_of(None, stays, date(2022, 8, 22)) == Event(EventFrom.STAY, on(DAY), "cell")
    assert event_of(on(date(2022, 6, 1)), stays, date(2022, 8, 22)).source is EventFrom.CASE
    assert event_of(None, stays[2:], date(2022, 8, 22)) == Event()


@given(DAYS, st.integers(0, 300), st.integers(0, 800))
def test_the_window_only_ever_closes_and_its_day_lies_between_sure_and_last_possible(
    first: date, width: int, later: int
) -> None:
    span = Span(first, first + timedelta(days=width))
    as_of = span.latest + timedelta(days=later)
    order = [WindowState.OPEN, WindowState.MAY_BE_OVER, WindowState.ORDINARY]
    today, tomorrow = seen(span, as_of), seen(span, as_of + timedelta(days=1))
    assert order.index(today.state) <= order.index(tomorrow.state)
    for exact in (span.earliest, span.latest):
        state = seen(on(exact), as_of).state
        assert today.state in (state, WindowState.MAY_BE_OVER), "an uncertain day says no more than any day it may be"


@given(DAYS, st.integers(0, 60), st.integers(-10, 1500), st.sampled_from(sorted(LANGUAGES)))
@example(date(2000, 1, 24), 7, 7, "en")  # counted from "late January", which is a day and no judgement
def test_no_sentence_says_too_late_and_each_says_who_checked_it(
    first: date, width: int, later: int, language: str
) -> None:
    as_of = first + timedelta(days=later)
    said = window_sentence(seen(Span(first, first + timedelta(days=width)), as_of), translator(language), as_of).words
    assert RULE.act[language] in said
    assert translator(language).text("Not checked by a lawyer.") in said
    judged = re.sub(r"\blate [A-Z]", "", said)  # "late January" says when, and of nobody that he was late
    assert not [word for word in ("late", "опозд", "поздно", "запізно", "пізно", "{") if word in judged]


def test_afterwards_the_ordinary_procedure_is_named() -> None:
    found = window_sentence(seen(on(DAY), date(2023, 1, 1)), translator("en"), date(2023, 1, 1))
    assert found.words.startswith("UN Working Group: ordinary procedure; ask the lawyer.")
    assert found.weight is Weight.CALM


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "the Group must receive the report by 9 October 2022 (1 day left)."),
        ("ru", "Группа должна получить сообщение не позднее 9 октября 2022 (остался 1\u00a0день)."),
        ("uk", "Група має отримати повідомлення не пізніше 9 жовтня 2022 (залишився 1\u00a0день)."),
    ],
)
def test_the_days_left_bend_in_each_language(language: str, says: str) -> None:
    as_of = date(2022, 10, 8)
    found = window_sentence(seen(on(DAY), as_of), translator(language), as_of)
    assert says in found.words
    assert found.weight is Weight.SOON


def test_without_a_day_the_sentence_says_what_is_missing() -> None:
    words = window_sentence(window(Event(), RULE, DAY), translator("en"), DAY).words
    assert "is not recorded" in words
    assert "ask the lawyer" in words
