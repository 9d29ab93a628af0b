"""What was written is found, in either script and however a number is spelled; lists tell code and alias only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from family_case.services import casework, finding, intake
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


def add(session: Session, noun: str, **values: str) -> str:
    return intake.add(session, noun, values).made


def codes(session: Session, text: str) -> list[str]:
    return sorted({hit.code for hit in finding.find(session, text)})


@pytest.mark.parametrize("typed", ["+7 916 123-45-67", "89161234567", "916 123 45 67"])
def test_a_number_stays_found_while_it_is_typed_digit_by_digit(told: Session, typed: str) -> None:
    lost = [typed[:end] for end in range(6, len(typed) + 1) if "K-001" not in codes(told, typed[:end])]
    assert lost == []


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


@pytest.fixture
def outside(told: Session) -> dict[str, str]:
    """Ids of records that are in no case, by their noun."""
    person_id = add(told, "person", name="Сидорова Нина", number="8 900 000 55 02", note="видела колонну")
    place = add(told, "place", name="ИК-6, Копейск", place_number="6", region="Челябинская область")
    return {
        "person": person_id,
        "source": add(told, "source", name="Нагорный", publisher="Вестник края"),
        "place": place,
        "body": add(told, "body", name="Комитет по амнистии"),
        "cohort": add(told, "cohort", name="июльский этап"),
        "endpoint": add(told, "endpoint", number="+7 900 123 45 67", note="таксофон у рынка"),
        "entry": intake.log(told, "approach", place, {"happened": "2022-07", "pretext": "набирали в отряд"}).made,
    }


@pytest.mark.parametrize(
    ("text", "table", "called"),
    [
        ("Сидорова", "person", "…55-02"),
        ("sidorova", "person", "…55-02"),
        ("колонну", "person", "…55-02"),
        ("900 000 55 02", "person", "…55-02"),  # whose number it is, and not the number
        ("Нагорный", "source", "Вестник края"),
        ("вестник", "source", "Вестник края"),
        ("копейск", "place", "ИК-6, Копейск"),
        ("амнистии", "body", "Комитет по амнистии"),
        ("июльский", "cohort", "июльский этап"),
        ("таксофон", "endpoint", "…45-67"),
        ("отряд", "entry", ""),
    ],
)
def test_who_and_what_is_in_no_case_is_found_again(
    told: Session, outside: dict[str, str], text: str, table: str, called: str
) -> None:
    (hit,) = finding.find(told, text)
    assert (hit.case_id, hit.table, hit.record_id, hit.called) == ("", table, outside[table], called)


def test_whoever_gets_a_role_is_found_in_that_case(told: Session, outside: dict[str, str]) -> None:
    add(told, "role", case="K-002", person=outside["person"], kind="friend")
    assert {(hit.code, hit.record_id == "") for hit in finding.find(told, "Сидорова")} == {("K-002", False)}


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
