"""Dates in words: what a reader of a paper or a screen is told of an uncertain date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from family_case.errors import Refused
from family_case.i18n import translator
from family_case.model.date_words import date_short, date_words, day_words
from family_case.model.dates import day_of, parse

EN, RU, UK = translator("en"), translator("ru"), translator("uk")

WORDS = {
    "2022": "2022",
    "2022-07": "July 2022",
    "2022-07-10": "10 July 2022",
    "2022-07-30~": "about 30 July 2022",
    "2022-07-30?": "30 July 2022, unsure",
    "2022-07-30%": "about 30 July 2022, unsure",
    "2022-07-01/2022-07-14": "first half of July 2022",
    "2022-07-01/2022-07-15": "first half of July 2022",
    "2022-07-15/2022-07-31": "second half of July 2022",
    "2022-02-16/2022-02-28": "second half of February 2022",
    "2022-07-01/2022-07-10": "early July 2022",
    "2022-07-11/2022-07-20": "middle of July 2022",
    "2022-07-21/2022-07-31": "late July 2022",
    "2022-07-25/2022-07-31": "late July 2022",
    "2022-07-30/2022-07-31": "30–31 July 2022",
    "2022-07-01/2022-07-31": "July 2022",
    "2022-07-05/2022-07-05": "5 July 2022",
    "2022-07-05/2022-07-09": "5–9 July 2022",
    "2022-07-05~/2022-07-09~": "about 5–9 July 2022",
    "2022-07-05~/2022-07-09": "about 5 July 2022 – 9 July 2022",
    "2022-07-28/2022-08-03": "28 July – 3 August 2022",
    "2021-12-28/2022-01-03": "28 December 2021 – 3 January 2022",
    "2022-07/2022-08": "July 2022 – August 2022",
    "2022-07-12/..": "from 12 July 2022 on",
    "2022-07-12/": "from 12 July 2022, end not known",
    "../2022-07-12": "until 12 July 2022",
    "/2022-07": "until July 2022, beginning not known",
    "2022-07~/..": "about July 2022 and later",
    "199X": "1990s",
    "19XX": "1900–1999",
    "2022-07-XX": "July 2022",
    "2022-XX": "2022",
    "2022-22": "summer 2022",
    "199X-07": "July, 1990s",
    "199X-07-08": "8 July, 1990s",
    "2022-07-08T21:15": "8 July 2022, 21:15",
    "2022-07-08T21:15/2022-07-08T22:00": "8 July 2022, 21:15 – 8 July 2022, 22:00",
}


@pytest.mark.parametrize(("edtf", "words"), WORDS.items())
def test_says_a_date_as_exactly_as_it_is_known(edtf: str, words: str) -> None:
    assert date_words(parse(edtf), EN) == words


def test_bends_months_as_russian_and_ukrainian_do() -> None:
    assert date_words(parse("2022-07-10"), RU) == "10 июля 2022"
    assert date_words(parse("2022-07-10"), UK) == "10 липня 2022"
    assert date_words(parse("2022-07"), RU) == "июль 2022"
    assert date_words(parse("2022-07"), UK) == "липень 2022"
    across = date_words(parse("2022-07-28/2022-08-03"), RU)
    assert (across[:7], across[-14:]) == ("28 июля", "3 августа 2022")
    assert "июля 2022" in date_words(parse("2022-07-01/2022-07-14"), RU)  # "первая половина июля"
    assert "липня 2022" in date_words(parse("2022-07/.."), UK)  # "з липня"
    assert day_words(date(2022, 3, 1), RU) == "1 марта 2022"


def test_tables_get_short_dates_that_still_show_doubt() -> None:
    assert date_short(parse("2022-07-30~"), EN) == "~ 30 Jul 2022"
    assert date_short(parse("2022-07-30?"), EN) == "30 Jul 2022 (?)"
    assert date_short(parse("2022-07-01/2022-07-14"), EN) == "1–14 Jul 2022"
    assert date_short(parse("2022-07-12/.."), EN) == "12 Jul 2022 – …"
    assert date_short(parse("/2022-07-12"), EN) == "? – 12 Jul 2022"
    assert date_short(day_of(date(2022, 8, 5)), RU) == "5 авг. 2022"


_YEARS = st.one_of(
    st.integers(1, 9999).map("{:04d}".format),
    st.integers(0, 999).map("{:03d}X".format),
    st.integers(0, 99).map("{:02d}XX".format),
)
_MONTHS = st.one_of(st.integers(1, 12).map("-{:02d}".format), st.just("-XX"), st.integers(21, 24).map("-{}".format))
_DAYS = st.one_of(st.integers(1, 31).map("-{:02d}".format), st.just("-XX"))
_TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"T{at[0]:02d}:{at[1]:02d}")


@st.composite
def _ends(draw: st.DrawFn) -> str:
    text = draw(_YEARS)
    for part in (_MONTHS, _DAYS, _TIMES):
        if not draw(st.booleans()):
            break
        text += draw(part)
    return text + draw(st.sampled_from(["", "~", "?", "%"]))


_EDTF = st.one_of(
    _ends(),
    st.tuples(_ends(), _ends()).map("/".join),
    st.tuples(_ends(), st.sampled_from(["", ".."])).map("/".join),
    st.tuples(st.sampled_from(["", ".."]), _ends()).map("/".join),
)


@given(_EDTF)
def test_every_date_that_can_be_entered_can_be_said(edtf: str) -> None:
    try:
        value = parse(edtf)
    except Refused:
        assume(False)
        raise
    for tr in (EN, RU, UK):
        for words in (date_words(value, tr), date_short(value, tr)):
            assert words
            assert "{" not in words


@given(st.dates())
def test_every_day_is_said_with_its_own_year_and_day(day: date) -> None:
    for tr in (EN, RU, UK):
        words = day_words(day, tr)
        assert words == date_words(day_of(day), tr)
        assert words.startswith(f"{day.day} ")
        assert words.endswith(f" {day.year}")
