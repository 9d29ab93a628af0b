"""What was written is found, in either script and however a number is spelled; lists tell code and alias only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from family_case.services import casework, finding
from family_case.store import cases as store_cases
from tests.services.casebook import case, log, person

if TYPE_CHECKING:
    from family_case.services.session import Session


@pytest.fixture
def told(session: Session) -> Session:
    case(session, "K-001", "Лебедев Артём Игоревич", alias="Рябина", latin="LEBEDEV ARTEM", held_at="ИК-17, Мордовия")
    person(session, "Щукина Марʼяна", "mother", number="8 (916) 123-45-67", note="живёт у сестры")
    log(session, "approach", happened="2022-07-10", number="+7 900 000-41-17", claimed_name="Громов", threats="уволят")
    log(session, "note", text="видели 2022-07-08 у реки; сумма 100%_", place="ИК-2, Пермь")
    log(session, "sign", happened="2022-07-08", class_="voice", recognised_by="по смеху")
    case(session, "K-002", "Ли Ян", alias="Ива")
    log(session, "note", "K-002", text="Ольшанский звонил", number="8 900 000 41 17")
    return session


def codes(session: Session, text: str) -> list[str]:
    return sorted({hit.code for hit in finding.find(session, text)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лебедев", ["K-001"]),
        ("lebedev", ["K-001"]),
        ("АРТЕМ", ["K-001"]),
        ("артём лебедев", ["K-001"]),
        ("Мар'яна", ["K-001"]),
        ("Shchukin", ["K-001"]),
        ("рябин", ["K-001"]),
        ("k-001", ["K-001"]),
        ("89161234567", ["K-001"]),
        ("+7 916 123 45 67", ["K-001"]),
        ("916-123", ["K-001"]),
        ("900 000-41-17", ["K-001", "K-002"]),
        ("79000004117", ["K-001", "K-002"]),
        ("4117", ["K-001", "K-002"]),
        ("2022-07-08", ["K-001"]),
        ("Мордовия", ["K-001"]),
        ("Пермь", ["K-001"]),
        ("громов", ["K-001"]),
        ("уволят", ["K-001"]),
        ("смеху", ["K-001"]),
        ("сестры", ["K-001"]),
        ("100%_", ["K-001"]),
        ("Ли", ["K-002"]),  # two letters begin a word; three are found within one (Марʼяна)
        ("Ян", ["K-001", "K-002"]),
        ("Ли Ян", ["K-002"]),
        ("лебедев а", ["K-001"]),
        ("лебедев я", []),
        ("ИК", ["K-001"]),
        ("ик 17", ["K-001"]),
        ("К-", ["K-001", "K-002"]),
        ("громов уволят", ["K-001"]),  # a name and a word of the text of one record
        ("громов ольшанский", []),
        ("8 916 123-45-67", ["K-001"]),
        ("+7 916 123 45 68", []),
        ("9001234567", []),
        ("123-45-67", ["K-001"]),
        ("ольш", ["K-002"]),
        ("нигде", []),
        ('"', []),
        ("", []),
        ("   ", []),
        ("a\x00b\udcff", []),
        ("AND OR NOT", []),
        ("name : x", []),
    ],
)
def test_a_search_finds_the_cases_it_should(told: Session, text: str, expected: list[str]) -> None:
    assert codes(told, text) == expected
    if text.strip(' "'):
        assert sorted(row.code for row in casework.cases(told, text=text)) == expected
        assert casework.count(told, text) == len(expected)


def test_a_hit_tells_code_and_alias_and_which_record(told: Session) -> None:
    (hit,) = finding.find(told, "ольшанский")
    assert (hit.code, hit.alias, hit.table) == ("K-002", "Ива", "entry")
    assert "Ольшанский" not in repr(hit)


def test_names_come_before_free_text_and_no_more_than_asked(told: Session) -> None:
    log(told, "note", "K-002", text="Рябина у дома")
    assert [hit.table for hit in finding.find(told, "рябина")] == ["case_file", "entry"]
    assert len(finding.find(told, "рябина", 1)) == 1


def test_the_list_shows_a_window_in_the_order_of_codes(told: Session) -> None:
    assert [row.code for row in casework.cases(told, limit=1, offset=1)] == ["K-002"]
    assert casework.count(told) == 2
    assert store_cases.next_code(told.vault.connection) == "K-003"


@given(st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_may_be_searched_for(told: Session, text: str) -> None:
    assert len(finding.find(told, text)) >= 0
    assert casework.count(told, text) >= 0


@pytest.mark.parametrize("table", ["person", "person_name", "role", "endpoint", "person_endpoint", "entry", "approach",
                                   "endpoint_use", "sign_of_life"])  # fmt: skip
def test_the_id_of_any_record_leads_to_its_case(told: Session, table: str) -> None:
    (found,) = told.vault.connection.execute(f"SELECT id FROM {table} ORDER BY rowid LIMIT 1").fetchone()
    assert casework.page(told, found).case.code == "K-001"
