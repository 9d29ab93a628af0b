"""Rule 4: no single current fate; what is known stands side by side, and nothing is counted as his death."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.i18n import translator
from family_case.model.entry import Basis
from family_case.model.fate import Fate, Report, fate
from family_case.model.rule_words import Telling, ago_words, report_words
from family_case.model.silence import Span
from family_case.model.status import Dimension, StatusValue

TODAY = date(2022, 8, 22)
PROOF = Span(date(2022, 7, 8), date(2022, 7, 8))
SPANS = st.builds(
    lambda first, width: Span(first, first + timedelta(days=width)),
    st.dates(date(2022, 1, 1), date(2022, 8, 22)),
    st.integers(0, 60),
)


def report(name: str, day: str = "", value: StatusValue = StatusValue.REPORT_OF_DEATH) -> Report:
    span = Span(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return Report(name, Dimension.FATE, value, span)


def test_reports_since_the_last_proof_stand_newest_first_and_none_replaces_another() -> None:
    days = {"old": "2022-07-01", "death": "2022-08-01", "undated": "", "alive": "2022-08-10"}
    said = [report(name, day) for name, day in days.items()]
    found = fate("proof", PROOF, said, TODAY)
    assert [each.entry_id for each in found.reports] == ["alive", "death", "undated"]
    assert (found.fewest, found.most) == (45, 45)


def test_a_report_of_the_day_of_the_proof_may_be_later_and_is_shown() -> None:
    assert len(fate("proof", PROOF, [report("same", "2022-07-08")], TODAY).reports) == 1


def test_without_any_proof_every_report_is_shown_and_no_days_are_invented() -> None:
    found = fate("", None, [report("old", "2020-01-01")], TODAY)
    assert (len(found.reports), found.fewest) == (1, None)
    assert ago_words(found, translator("en")) == ""


@given(st.none() | SPANS, st.lists(SPANS | st.none(), max_size=8))
def test_nothing_that_may_be_since_the_proof_is_left_out(proof: Span | None, spans: list[Span | None]) -> None:
    said = [Report(str(number), Dimension.FATE, StatusValue.UNKNOWN, span) for number, span in enumerate(spans)]
    found = fate("p", proof, said, TODAY)
    out = set(said) - set(found.reports)
    assert all(proof and each.days and each.days.latest < proof.earliest for each in out)
    ends = [each.days.latest for each in found.reports if each.days]
    assert ends == sorted(ends, reverse=True)


@pytest.mark.parametrize(
    ("language", "days", "says"),
    [
        ("en", 1, "1 day ago"),
        ("en", 45, "45 days ago"),
        ("ru", 1, "1\u00a0день назад"),
        ("ru", 44, "44\u00a0дня назад"),
        ("uk", 45, "45\u00a0днів тому"),
    ],
)
def test_how_long_ago_bends_in_each_language(language: str, days: int, says: str) -> None:
    assert ago_words(Fate("p", PROOF, days, days), translator(language)) == says


def test_how_long_ago_is_a_range_where_the_day_is_one() -> None:
    found = fate("p", Span(date(2022, 7, 8), date(2022, 7, 10)), [], TODAY)
    assert ago_words(found, translator("en")) == "43 to 45 days ago"


def test_a_report_is_told_with_its_source_and_hands() -> None:
    told = Report(
        "e", Dimension.FATE, StatusValue.REPORT_OF_DEATH, PROOF, "a fellow prisoner", "w", Basis.FROM_OTHER, hands=2
    )
    en = translator("en")
    assert report_words(told, Telling(en, TODAY, {"w": "wife"})) == (
        "report of death, not confirmed, 8 July 2022; as told by: wife, a fellow prisoner; 2 people between"
    )
    hidden = report_words(told, Telling(en, TODAY, {}, texts=False))
    assert hidden == "report of death, not confirmed, 8 July 2022; told by another person; 2 people between"
    nobody = Report("e", Dimension.HEALTH, StatusValue.UNKNOWN)
    assert report_words(nobody, Telling(en, TODAY, {})) == "health, date not known; not recorded by whom it was told"
