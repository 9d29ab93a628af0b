"""Whatever a person or a place is called besides: found like the first name, and kept out of papers like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.person import NameKind, PersonName
from family_case.model.place import Place
from family_case.services import about, casework, editing, erasing, finding, history, intake, naming, publishing
from family_case.services import subject as subjects
from tests.reports.reading import printed
from tests.services.casebook import brother, case, family, lawyer, log, person
from tests.services.test_canary import found

if TYPE_CHECKING:
    from family_case.services.session import Session

CELLMATE = "Цой Павел"
SECOND = "Суворов Тимур"


@pytest.fixture
def told(session: Session) -> Session:
    """The brother consented; a fellow prisoner, who did not, is spoken of by both of his names."""
    case(session)
    brother(session)
    person(session, CELLMATE, "fellow_prisoner")
    person(session, "Лебедева Нина Павловна", "mother")
    log(session, "note", text="Звонил Павел Цой", topic="money")
    log(session, "note", text="Суворову Тимуру стало хуже, Timur Suvorov", topic="money")
    return session


def name(session: Session, text: str = SECOND, who: str = CELLMATE, **values: str) -> str:
    return intake.add(session, "name", {"case": "K-001", "person": who, "name": text, **values}).made


@pytest.mark.parametrize("reader", ["lawyer", "mother"])
def test_a_name_added_later_is_in_no_paper_whose_reader_may_not_know_him(told: Session, reader: str) -> None:
    order = lawyer() if reader == "lawyer" else family("Лебедева Нина Павловна")
    both = ["Цой", "Павел", "Суворов", "Суворову", "Тимуру", "Timur", "Suvorov"]
    assert found(publishing.dossier(told, "K-001", order), both) == both[3:]  # as long as nobody knows that it is his
    name(told, kind="claimed", source="сказал Суворов")
    paper = publishing.dossier(told, "K-001", order)
    assert found(paper, both) == []
    assert not any(each in printed(paper).text for each in both)


def test_every_name_finds_its_person_and_his_case(told: Session) -> None:
    made = name(told, kind="nickname", language="ru")
    first = finding.find(told, "Суворов")[0]
    assert (first.code, first.record_id) == ("K-001", made)
    assert [row.code for row in casework.cases(told, text="суворов тимур")] == ["K-001"]
    log(told, "note", text="он же", with_=SECOND)  # named so, he is the same man
    assert len(casework.page(told, "K-001").people) == 4


def test_each_name_keeps_its_kind_language_and_source_and_only_a_legal_one_is_read_in_parts(told: Session) -> None:
    made = name(told, kind="pseudonym", language="uk", source="с его слов")
    record = casework.record(told, made)
    assert isinstance(record, PersonName)
    assert (record.kind, record.language, record.source) == (NameKind.PSEUDONYM, "uk", "с его слов")
    assert (record.family, record.given) == ("", "")
    editing.change(told, made, {"kind": "legal"})
    record = casework.record(told, made)
    assert isinstance(record, PersonName)
    assert (record.family, record.given) == ("Суворов", "Тимур")
    assert editing.values_of(told, made)["name"] == SECOND


def test_no_name_may_be_told_by_the_code_or_alias_of_his_case(session: Session) -> None:
    case(session, alias="Суворов")
    person(session, CELLMATE, "fellow_prisoner")
    with pytest.raises(Refused, match="tells a name"):
        name(session)
    made = name(session, "Волков Илья")
    with pytest.raises(Refused, match="tells a name"):
        editing.change(session, made, {"name": SECOND})
    assert [each.entered for each in casework.page(session, "K-001").people[1].names] == [CELLMATE, "Волков Илья"]


def test_one_name_is_not_written_twice(told: Session) -> None:
    name(told, kind="claimed")
    with pytest.raises(Refused, match="has the name"):
        name(told, f" {SECOND.replace(' ', '  ')} ", kind="claimed")


def test_a_name_taken_away_comes_back_by_undo_and_is_said_to_be_known_no_more(told: Session) -> None:
    made = name(told)
    before = casework.page(told, "K-001")
    changes = naming.remove(told, made)
    assert [message for message, _values in changes.notes] == [naming.UNKNOWN]
    assert finding.find(told, "Суворов Тимур") == [
        hit for hit in finding.find(told, "Суворов Тимур") if hit.table == "entry"
    ]
    with pytest.raises(Refused):
        casework.record(told, made)
    history.undo(told, this_session=True)
    assert casework.page(told, "K-001") == before
    with pytest.raises(Refused, match="takes away"):
        naming.remove(told, before.people[0].role.id)


def test_he_himself_is_told_all_his_names_and_they_go_with_him(told: Session) -> None:
    name(told)
    held = subjects.access(told, CELLMATE)
    assert [each.entered for each in held.names] == [CELLMATE, SECOND]
    assert len(erasing.plan(told, CELLMATE).still_naming) == 2  # by the one name and by the other
    erasing.erase(told, CELLMATE)
    rows = told.vault.connection.execute("SELECT count(*) FROM person_name WHERE entered = ?", (SECOND,)).fetchone()
    assert rows == (0,)


# --- places ---


def test_a_place_is_found_and_meant_by_each_of_its_names(told: Session) -> None:
    place = intake.add(told, "place", {"name": "ИК-10, Ударный, Мордовия"}).made
    alias = intake.add(told, "alias", {"place": "ИК-10, Ударный, Мордовия", "name": "Дубравлаг", "language": "ru"}).made
    log(told, "stay", place="дубравлаг", arrived="2022-07")
    stays = [item.place for item in casework.page(told, "K-001").timeline if item.place]
    assert [each.id for each in stays] == [place]
    assert [hit.code for hit in finding.find(told, "Дубравлаг") if hit.record_id == alias] == ["K-001"]
    assert [row.code for row in casework.cases(told, text="дубравлаг")] == ["K-001"]
    found_place = casework.record(told, place)
    assert isinstance(found_place, Place)
    assert [each.name for each in about.about(told, found_place).names] == ["Дубравлаг"]
    editing.change(told, alias, {"name": "Дубравный лагерь"})
    naming.remove(told, alias)
    assert casework.cases(told, text="Дубравный") == []


def test_a_bare_number_is_no_name_of_one_place(told: Session) -> None:
    intake.add(told, "place", {"name": "ИК-12, Карелия"})
    for text in ("12-я", "ИК-12"):
        with pytest.raises(Refused, match="many places have"):
            intake.add(told, "alias", {"place": "ИК-12, Карелия", "name": text})
    made = intake.add(told, "alias", {"place": "ИК-12, Карелия", "name": "Сегежа"}).made
    with pytest.raises(Refused, match="many places have"):
        editing.change(told, made, {"name": "двенадцатая (12)".removeprefix("двенадцатая (").rstrip(")")})


def test_a_name_that_two_places_have_is_said(told: Session) -> None:
    for place in ("ИК-1, Тула", "ИК-2, Пермь"):
        intake.add(told, "place", {"name": place})
    assert intake.add(told, "alias", {"place": "ИК-1, Тула", "name": "Посёлок"}).notes == ()
    ((message, values),) = intake.add(told, "alias", {"place": "ИК-2, Пермь", "name": "посёлок"}).notes
    assert "another place" in message
    assert values == {"name": "посёлок"}


def test_a_town_of_the_case_stays_readable_by_its_other_name_though_somebody_elsewhere_is_called_so(
    told: Session,
) -> None:
    case(told, "K-002", "Мурашов Юрий Ильич")
    place = intake.add(told, "place", {"name": "Верхний посёлок"}).made
    log(told, "stay", place=place, arrived="2022-07", text="держат в Мурашове")
    assert found(publishing.dossier(told, "K-001", lawyer()), ["Мурашове"]) == []
    intake.add(told, "alias", {"place": place, "name": "Мурашово"})
    assert found(publishing.dossier(told, "K-001", lawyer()), ["Мурашове"]) == ["Мурашове"]
