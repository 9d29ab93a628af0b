"""Rules 1 and 2: the last direct word, and the silence since."""

from __future__ import annotations

from datetime import date

import pytest

from family_case.model.case import CaseStatus
from family_case.model.dates import parse
from family_case.model.silence import Silence, SilenceState, Span, bounded, last_word, silence

TODAY = date(2022, 8, 22)
RECORDED = date(2022, 8, 20)


def days(text: str, learned: str = "") -> Span:
    found = bounded(parse(text), parse(learned) if learned else None, RECORDED)
    assert found is not None
    return found


def since(text: str, *, interval: int = 30, status: CaseStatus = CaseStatus.OPEN) -> Silence:
    return silence(last_word([days(text)], TODAY), None, TODAY, interval, status)


def test_a_word_on_a_day_gives_one_number_of_days() -> None:
    found = since("2022-07-08")
    assert (found.fewest, found.most, found.state) == (45, 45, SilenceState.NOW)


def test_a_word_in_a_range_gives_the_fewest_and_the_most_days() -> None:
    found = since("2022-07-25/2022-07-31")
    assert (found.fewest, found.most) == (22, 28)


def test_the_last_word_is_the_latest_of_both_ends() -> None:
    spans = [days("2022-07-01/2022-07-31"), days("2022-07-08")]
    assert last_word(spans, TODAY) == Span(date(2022, 7, 8), date(2022, 7, 31))


def test_an_open_end_is_bounded_by_when_it_was_learned() -> None:
    assert days("2022-07-08/..", learned="2022-07-20") == Span(date(2022, 7, 8), date(2022, 7, 20))


def test_an_open_end_nobody_learned_is_bounded_by_when_it_was_recorded() -> None:
    assert days("2022-07-08/..").latest == RECORDED
    assert days("2022-07-08/..", learned="2022-07-10/..").latest == RECORDED


def test_no_end_lies_after_the_day_asked_about() -> None:
    assert last_word([days("2022-08")], TODAY) == Span(date(2022, 8, 1), TODAY)


def test_what_begins_after_the_day_asked_about_is_not_known_yet() -> None:
    assert last_word([days("2022-08-21")], date(2022, 8, 20)) is None


def test_an_unknown_beginning_does_not_shorten_the_silence() -> None:
    found = last_word([days("2022-06-01"), days("../2022-07-08")], TODAY)
    assert found == Span(date(2022, 6, 1), date(2022, 7, 8))


def test_an_unknown_beginning_alone_counts_from_its_end() -> None:
    assert last_word([days("../2022-07-08")], TODAY) == Span(date(2022, 7, 8), date(2022, 7, 8))
    assert last_word([days("../2022-09")], TODAY) == Span(TODAY, TODAY)


def test_without_a_date_there_is_no_word() -> None:
    assert bounded(None, None, RECORDED) is None


def test_learned_before_it_happened_never_turns_a_range_round() -> None:
    found = days("2022-07-08/..", learned="2022-07-01")
    assert found.earliest <= found.latest


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2022-07-29", SilenceState.WITHIN),  # 24 days: four fifths of thirty
        ("2022-07-28", SilenceState.SOON),  # 25
        ("2022-07-23", SilenceState.SOON),  # 30
        ("2022-07-22", SilenceState.NOW),  # 31
        ("2022-07-22/2022-08-20", SilenceState.NOW),  # the longer end decides
    ],
)
def test_the_last_fifth_of_the_interval_says_check_soon(text: str, state: SilenceState) -> None:
    assert since(text).state is state


@pytest.mark.parametrize(
    ("status", "state"), [(CaseStatus.PAUSED, SilenceState.PAUSED), (CaseStatus.ENDED, SilenceState.ENDED)]
)
def test_a_paused_or_ended_case_has_no_clock(status: CaseStatus, state: SilenceState) -> None:
    assert since("2022-01-01", status=status).state is state


def test_without_any_word_the_silence_counts_from_when_he_was_last_seen() -> None:
    found = silence(None, Span(date(2022, 6, 1), date(2022, 6, 10)), TODAY, 30, CaseStatus.OPEN)
    assert (found.fewest, found.most, found.since_last_seen) == (73, 82, True)


def test_without_word_and_without_last_seen_no_number_is_invented() -> None:
    found = silence(None, None, TODAY, 30, CaseStatus.OPEN)
    assert (found.state, found.fewest, found.most) == (SilenceState.UNKNOWN, None, None)
