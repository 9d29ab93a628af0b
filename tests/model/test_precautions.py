"""Rule 14: what holds for a Ukrainian citizen, for every letter and export to read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.errors import Refused
from family_case.i18n import translator
from family_case.model.body import Body, BodyKind
from family_case.model.case import Case
from family_case.model.dates import parse
from family_case.model.precautions import Precautions, may_write_to, place_in_order, precautions
from family_case.model.rule_words import precaution_sentences

TODAY = date(2022, 8, 22)
CASE = Case("c", "K-001")
TICKED = Case("c", "K-001", russian_letters_by="counsel", russian_letters_on=parse("2022-08-20"))
UKRAINIAN = ("UA", "ua", "UKR", "Україна", "Украина", "гражданин Украины", "українець", "Ukrainian", "RU, UA", "UA/RU")


@pytest.mark.parametrize("citizenship", UKRAINIAN)
def test_a_ukrainian_citizen_is_known_however_it_is_written_and_by_a_second_passport_too(citizenship: str) -> None:
    held = precautions(CASE, citizenship, TODAY)
    assert (held.ukrainian, held.letters_to_russian_bodies, held.may_publish) == (True, False, False)


@pytest.mark.parametrize("citizenship", ["", "RU", "Россия", "Kazakhstan", "Ruanda", "Беларусь"])
def test_for_others_nothing_is_switched_off(citizenship: str) -> None:
    assert precautions(CASE, citizenship, TODAY) == Precautions()


def test_only_a_lawyers_name_and_day_open_letters_to_russian_bodies_and_publishing_stays_shut() -> None:
    held = precautions(TICKED, "UA", TODAY)
    assert (held.letters_to_russian_bodies, held.ticked_by, held.may_publish) == (True, "counsel", False)
    assert not precautions(TICKED, "UA", date(2022, 8, 19)).letters_to_russian_bodies, "not before that day"


@pytest.mark.parametrize("half", [{"russian_letters_by": "counsel"}, {"russian_letters_on": parse("2022-08-20")}])
def test_half_a_tick_is_refused(half: dict[str, str]) -> None:
    with pytest.raises(Refused, match="lawyer's name and the day"):
        Case("c", "K-001", **half).check()  # type: ignore[arg-type]  # one of two columns, by its name


BODIES = {
    "ICRC": Body("1", "МККК"),
    "ombudsman": Body("2", "Уповноважений", country="Україна"),
    "UN": Body("3", "UN", BodyKind.INTERNATIONAL),
    "prisons": Body("4", "ФСИН", country="RU"),
    "unknown": Body("5", "Управление"),
    "Poland": Body("6", "Rzecznik", country="PL"),
}


def test_while_letters_to_russia_are_off_none_goes_to_a_russian_body_or_one_of_unknown_country() -> None:
    off = precautions(CASE, "UA", TODAY)
    assert [name for name, body in BODIES.items() if may_write_to(body, off)] == ["ICRC", "ombudsman", "UN", "Poland"]
    assert all(may_write_to(body, precautions(TICKED, "UA", TODAY)) for body in BODIES.values())
    assert all(may_write_to(body, Precautions()) for body in BODIES.values())


def test_ukrainian_bodies_and_the_icrc_come_first() -> None:
    held = precautions(TICKED, "UA", TODAY)
    names = sorted(BODIES, key=lambda name: place_in_order(BODIES[name], held))
    assert names[:3] == ["ICRC", "ombudsman", "UN"]
    assert {place_in_order(body, Precautions()) for body in BODIES.values()} == {0}


@given(st.text(max_size=40), st.sampled_from(UKRAINIAN))
def test_whatever_else_is_written_the_precautions_hold(more: str, citizenship: str) -> None:
    assert precautions(CASE, f"{more}, {citizenship}", TODAY).ukrainian


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_the_case_says_what_holds_in_each_language(language: str) -> None:
    tr = translator(language)
    off = [each.words for each in precaution_sentences(precautions(CASE, "UA", TODAY), tr, asked=False)]
    on = [each.words for each in precaution_sentences(precautions(TICKED, "UA", TODAY), tr, asked=True)]
    assert (len(off), len(on)) == (3, 3)
    assert off[1] != on[1]
    assert off[0] != on[0]
    assert "2022" in on[1]
    assert list(precaution_sentences(Precautions(), tr, asked=False)) == []
