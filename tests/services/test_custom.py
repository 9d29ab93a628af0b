"""Fields of an office's own: written, searched as their class says, told in no paper, gone with whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.custom import CustomClass, CustomValue
from family_case.services import (
    casework,
    editing,
    erasing,
    finding,
    history,
    intake,
    merging,
    naming,
    publishing,
    safekeeping,
)
from family_case.services import subject as subjects
from tests.reports.reading import printed
from tests.services.casebook import BROTHER, MOTHER, brother, case, family, lawyer, person
from tests.services.test_canary import found

if TYPE_CHECKING:
    from family_case.services.session import Session

CONTENT = "родинка над бровью"


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    person(session, MOTHER, "mother")
    brother(session)
    return session


def field(session: Session, name: str = "Особые приметы", of: str = "person", class_: str = "quasi") -> str:
    return intake.add(session, "field", {"name": name, "of": of, "class": class_}).made


def value(session: Session, of: str = "Особые приметы", content: str = CONTENT, **values: str) -> str:
    return intake.add(session, "value", {"case": "K-001", "field": of, "content": content, **values}).made


def kept(session: Session) -> dict[str, str]:
    return {line.field.name: line.value.content for line in casework.page(session, "K-001").background.custom}


@pytest.mark.parametrize("kind", CustomClass, ids=lambda kind: kind.value)
def test_it_is_searched_as_any_column_of_its_class_and_is_in_no_paper(told: Session, kind: CustomClass) -> None:
    field(told, class_=str(kind.value))
    field(told, "Папка", "case", str(kind.value))
    value(told, person=MOTHER)
    value(told, "Папка", "синяя обложка")
    assert kept(told) == {"Особые приметы": CONTENT, "Папка": "синяя обложка"}
    searched = kind in (CustomClass.DIRECT, CustomClass.SENSITIVE, CustomClass.FREE_TEXT)
    for text in ("родинка", "синяя"):
        assert [hit.code for hit in finding.find(told, text)] == (["K-001"] if searched else [])
        assert [row.code for row in casework.cases(told, text=text)] == (["K-001"] if searched else [])
    assert [hit.table for hit in finding.find(told, "Папка")] == []
    for order in (lawyer(), family(MOTHER)):
        paper = publishing.dossier(told, "K-001", order)
        assert found(paper, ["родинка", "синяя", "приметы", "папка"]) == []
        assert "родинка" not in printed(paper).text
    assert safekeeping.verify(told).ok


def test_it_is_changed_taken_away_and_taken_back_and_history_tells_it(told: Session) -> None:
    field(told, class_="free_text")
    made = value(told, person=MOTHER)
    editing.change(told, made, {"content": "шрам"})
    assert [hit.record_id for hit in finding.find(told, "шрам")] == [made]
    assert finding.find(told, "родинка") == []
    assert history.history(told, made)[0].after == {"content": "шрам"}
    assert naming.remove(told, made).notes == ()
    assert kept(told) == {}
    history.undo(told, this_session=True)
    assert kept(told) == {"Особые приметы": "шрам"}
    assert safekeeping.verify(told).ok


def test_a_field_is_filled_once_for_what_it_is_for(told: Session) -> None:
    field(told)
    field(told, "Папка", "case", "none")
    value(told, person=MOTHER)
    value(told, "Папка", "синяя")
    for again in ({"person": MOTHER}, {"of": "Папка"}):
        with pytest.raises(Refused, match="filled already"):
            value(told, **again)
    with pytest.raises(Refused, match="is a field of"):
        value(told)  # whose?
    with pytest.raises(Refused, match="is a field of"):
        value(told, "Папка", person=BROTHER)
    with pytest.raises(Refused, match="is a field of"):
        intake.add(told, "value", {"field": "Папка", "content": "чья?"})
    with pytest.raises(Refused, match="There is a field"):
        field(told, "особые  приметы")
    value(told, person=BROTHER)


def test_its_class_stands_once_something_was_written_in_it(told: Session) -> None:
    made = field(told, class_="none")
    editing.change(told, made, {"class": "sensitive"})
    written = value(told, person=MOTHER)
    record = casework.record(told, written)
    assert isinstance(record, CustomValue)
    assert record.privacy_class is CustomClass.SENSITIVE
    for turned in ({"class": "none"}, {"of": "case"}):
        with pytest.raises(Refused, match="Something stands in this field"):
            editing.change(told, made, turned)
    editing.change(told, made, {"name": "Приметы"})
    with pytest.raises(Refused, match="cannot be changed here"):
        editing.change(told, written, {"person": BROTHER})


def test_it_goes_with_the_person_and_is_told_to_him_with_others_masked(told: Session) -> None:
    field(told)
    value(told, person=MOTHER, content=f"{CONTENT}, знает Роман Лебедев и Тимур")
    twin = person(told, "Мать Артёма", "relative")
    merging.merge(
        told, twin, next(each.person.id for each in casework.page(told, "K-001").people if each.name == MOTHER)
    )
    held = subjects.access(told, "Мать Артёма")
    assert [line.field.name for line in held.custom] == ["Особые приметы"]
    assert found(held, ["Роман"]) == []
    assert CONTENT in held.custom[0].value.content
    erasing.erase(told, MOTHER)
    rows = told.vault.connection.execute("SELECT count(*) FROM custom_value").fetchone()
    assert rows == (0,)
    assert safekeeping.verify(told).ok
    payloads = repr(told.vault.connection.execute("SELECT body FROM journal_payload").fetchall())
    assert CONTENT not in payloads


def test_it_goes_with_the_case_and_with_its_field(told: Session) -> None:
    made = field(told, "Папка", "case", "free_text")
    value(told, "Папка", "синяя")
    erasing.erase(told, made)
    assert kept(told) == {}
    assert finding.find(told, "синяя") == []
    field(told, "Папка", "case", "free_text")
    value(told, "Папка", "красная")
    erasing.erase(told, "K-001")
    assert told.vault.connection.execute("SELECT count(*) FROM custom_value").fetchone() == (0,)
