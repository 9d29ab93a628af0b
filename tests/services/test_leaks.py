"""What a paper might tell on the way round: by its reader, by what is missing, by a place, by a typed reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.services import intake, publishing
from family_case.services.masking import GAP, mask_for
from tests.reports.reading import printed
from tests.services.casebook import case, consent, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier
    from family_case.services.session import Session

MOTHER = "Лебедева Нина Павловна"


@pytest.fixture
def told(session: Session) -> Session:
    case(session, last_seen="2022-06-01")
    person(session, MOTHER, "mother")
    person(session, "Лебедев Роман", "sibling")
    consent(session, "Лебедев Роман", "lawyer, case_work")
    return session


def extract(session: Session) -> Dossier:
    return publishing.dossier(session, "K-001", family(MOTHER))


@pytest.mark.parametrize(
    ("role", "claimed"),
    [
        ("recruiter", ""),
        ("official", ""),
        ("stranger", ""),
        ("fellow_prisoner", ""),
        ("journalist", ""),
        ("lawyer", ""),
        ("sibling", "yes"),
    ],
)
def test_an_extract_for_a_relative_goes_to_nobody_who_is_none(told: Session, role: str, claimed: str) -> None:
    person(told, "Громов Виталий", role, claimed=claimed)
    with pytest.raises(Refused) as refusal:
        publishing.dossier(told, "K-001", family("Громов Виталий"))
    assert "one relative" in str(refusal.value)


def test_an_extract_for_a_relative_does_not_go_to_the_man_sought(told: Session) -> None:
    with pytest.raises(Refused):
        publishing.dossier(told, "K-001", family("Лебедев Артём Игоревич"))


def test_a_relative_who_is_also_a_witness_gets_her_extract(told: Session) -> None:
    aunt = person(told, "Сомова Вера", "relative")
    intake.add(told, "role", {"case": "K-001", "person": aunt, "kind": "stranger"})
    assert publishing.dossier(told, "K-001", family("Сомова Вера")).for_person is not None


def test_her_son_keeps_his_name_in_her_extract_when_something_is_kept_from_her(session: Session) -> None:
    """She is the giver on his behalf; a paper that suddenly lost his name would tell her that something is kept."""
    case(session)
    person(session, MOTHER, "mother")
    consent(session, MOTHER, "lawyer, case_work")
    consent(session, person(session, "Зорин Глеб", "friend"), "lawyer, case_work", scope="own")
    log(session, "sign", happened="2022-07-08", class_="voice", words="Жив")
    before = extract(session)
    withheld(session, MOTHER, topic="money")
    assert extract(session) == before
    assert publishing.dossier(session, "K-001", lawyer()).sought.withheld


def test_no_place_is_told_to_her_from_whom_his_whereabouts_are_kept(told: Session) -> None:
    log(told, "sign", happened="2022-07-20", class_="voice", with_="Лебедев Роман", place="ИК-2, Пермь")
    (item,) = extract(told).items
    assert item.place == "ИК-2, Пермь"
    withheld(told, MOTHER, topic="whereabouts")
    (item,) = extract(told).items
    assert (item.place, item.entry.place_id) == ("", None)
    (line,) = publishing.dossier(told, "K-001", lawyer()).handling
    assert line.numbers == (1,)


def test_her_extract_does_not_show_that_something_she_may_not_know_was_written(told: Session) -> None:
    log(told, "note", text="первое", happened="2022-07-05")
    before = extract(told)
    withheld(told, MOTHER, entry=log(told, "note", text="второе", happened="2022-07-06"))
    after = extract(told)
    assert after == before
    assert printed(after).pdf == printed(before).pdf
    lawyers = publishing.dossier(told, "K-001", lawyer())
    assert lawyers.snapshot in printed(lawyers).text.replace(" ", "")


@pytest.mark.parametrize("kind", ["death_payment", "injury_payment", "body_return"])
def test_a_promise_that_tells_his_fate_is_kept_with_it_and_so_is_what_was_paid(told: Session, kind: str) -> None:
    before = extract(told)
    withheld(told, MOTHER, topic="fate")
    promise = log(told, "promise", happened="2022-08-02", promise=kind)
    log(told, "payment", happened="2022-08-10", amount="5000000", currency="RUB", against=promise)
    assert extract(told) == before
    (line,) = publishing.dossier(told, "K-001", lawyer()).handling
    assert line.numbers == (1, 2)


def test_a_name_she_has_read_does_not_vanish_when_something_about_him_is_kept(told: Session) -> None:
    log(told, "note", text="Громов звонил", happened="2022-07-05")
    before = extract(told)
    withheld(told, MOTHER, entry=log(told, "promise", happened="2022-07-06", promise="salary", by="Громов Виталий"))
    assert extract(told) == before


def test_a_typed_reason_tells_no_name(told: Session) -> None:
    person(told, "Цой Павел", "fellow_prisoner")
    risky = log(told, "note", text="опасное", hazard="insider")
    paper = publishing.dossier(told, "K-001", replace(lawyer(), release={risky: "так просил Цой"}))
    assert [item.released_because for item in paper.items] == [f"так просил {GAP}"]


@pytest.mark.parametrize("typed", ["8_916_123_45_67", "8916*1234567", "8 916 123\u2014 45 67", "8·916·1234567"])
def test_a_number_is_taken_out_with_whatever_stands_between_its_digits(typed: str) -> None:
    assert mask_for([], [], ["+79161234567"]).clean(f"звонил {typed}.") == f"звонил {GAP}."
