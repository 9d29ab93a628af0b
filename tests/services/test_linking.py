"""Correcting whom an entry names, through which number, and which bodies were asked: as typed before, undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.entry import Part
from family_case.model.person import NameKind
from family_case.services import casework, editing, history, intake, safekeeping
from tests.services.casebook import case, log, person

if TYPE_CHECKING:
    from family_case.model.views import TimelineItem
    from family_case.services.session import Session

BROTHER, MOTHER = "Лебедев Роман Игоревич", "Лебедева Нина Павловна"


def _only(session: Session) -> TimelineItem:
    (item,) = casework.page(session, "K-001").timeline
    return item


@pytest.fixture
def told(session: Session) -> Session:
    case(session, latin="Lebedev Artyom")
    person(session, BROTHER, "sibling", number="+7 900 000-10-02")
    person(session, MOTHER, "mother")
    return session


def test_the_wrong_relative_and_the_wrong_number_of_an_entry_are_corrected(told: Session) -> None:
    sign = log(told, "sign", happened="2022-07-08", class_="voice", with_=MOTHER, number="8 900 000 41 17")
    assert editing.values_of(told, sign)["number"] == "8 900 000 41 17"
    editing.change(told, sign, {"with": BROTHER, "number": "+7 900 000-41-18"})
    item = _only(told)
    assert [(part, name) for part, _person, name in item.people] == [(Part.WITH, BROTHER)]
    assert [(each.use.raw, each.endpoint.norm) for each in item.numbers] == [("+7 900 000-41-18", "+79000004118")]
    assert safekeeping.verify(told).ok
    history.undo(told, this_session=True)
    assert [name for _part, _person, name in _only(told).people] == [MOTHER]
    assert [each.use.raw for each in _only(told).numbers] == ["8 900 000 41 17"]


def test_who_was_forgotten_is_added_and_who_was_not_there_is_let_go(told: Session) -> None:
    sign = log(told, "sign", happened="2022-07-08", class_="voice", with_=MOTHER)
    editing.change(told, sign, {"with": "", "recogniser": BROTHER})
    assert [(part, name) for part, _person, name in _only(told).people] == [(Part.RECOGNISER, BROTHER)]
    assert safekeeping.verify(told).ok


def test_a_slip_of_the_pen_makes_no_new_person_and_saves_nothing(told: Session) -> None:
    sign = log(told, "sign", happened="2022-07-08", class_="voice", with_=MOTHER)
    with pytest.raises(Refused, match="Nobody called"):
        editing.change(told, sign, {"with": "Никто Никитин", "words": "Жив"})
    assert [name for _part, _person, name in _only(told).people] == [MOTHER]
    entry = _only(told).entry
    assert entry is not None
    assert entry.words == ""


def test_the_same_promisor_written_again_stays_the_same_person(told: Session) -> None:
    promise = log(told, "promise", happened="2022-08-01", promise="salary", by="«бухгалтер»")
    before = {card.person.id for card in casework.page(told, "K-001").people}
    editing.change(told, promise, editing.values_of(told, promise))
    editing.change(told, promise, {"by": "«бухгалтер»"})
    assert {card.person.id for card in casework.page(told, "K-001").people} == before


def test_with_whom_a_conversation_was_is_corrected(told: Session) -> None:
    talk = intake.log(told, "conversation", "K-001", {"happened": "2022-08-03", "with": MOTHER}).made
    editing.change(told, talk, {"with": BROTHER, "text": "звонил брат"})
    found = _only(told).conversation
    cards = {card.person.id: card.name for card in casework.page(told, "K-001").people}
    assert found is not None
    assert (cards[found.person_id or ""], found.text) == (BROTHER, "звонил брат")
    editing.change(told, talk, {"with": ""})
    assert "with" not in editing.values_of(told, talk)


def test_an_own_number_and_a_latin_name_are_corrected_where_they_were_typed(told: Session) -> None:
    brother = next(card for card in casework.page(told, "K-001").people if card.name == BROTHER)
    assert editing.values_of(told, brother.person.id)["number"] == "+7 900 000-10-02"
    editing.change(told, brother.person.id, {"number": "+7 900 000-10-20", "latin": "Lebedev Roman"})
    case_id = casework.resolve(told, "K-001")
    editing.change(told, case_id, {"latin": "Lebedev Artem"})
    cards = {card.name: card for card in casework.page(told, "K-001").people}
    assert [each.norm for each in cards[BROTHER].endpoints] == ["+79000001020"]
    latin = [name.entered for name in cards[BROTHER].names if name.kind is NameKind.PASSPORT_LATIN]
    assert latin == ["Lebedev Roman"]
    assert editing.values_of(told, case_id)["latin"] == "Lebedev Artem"
    editing.change(told, case_id, {"latin": ""})
    assert "latin" not in editing.values_of(told, case_id)
    assert safekeeping.verify(told).ok


def test_a_body_is_added_to_a_step_and_one_that_has_answered_is_not_let_go(told: Session) -> None:
    step = log(told, "step", happened="2022-08-10", by_whom="we", bodies="Прокуратура; ФСИН")
    editing.change(told, step, {"bodies": "ФСИН; Омбудсмен"})
    assert [line.body.name for line in _only(told).bodies] == ["ФСИН", "Омбудсмен"]
    assert {line.since.edtf for line in _only(told).bodies if line.since} == {"2022-08-10"}
    intake.add(told, "reply", {"step": step, "body": "ФСИН", "reply": "forwarded", "forwarded_to": "Минобороны"})
    assert editing.values_of(told, step)["bodies"] == "ФСИН; Омбудсмен"
    with pytest.raises(Refused, match="has answered"):
        editing.change(told, step, {"bodies": "Омбудсмен"})
    editing.change(told, step, {"bodies": "ФСИН"})
    assert [line.body.name for line in _only(told).bodies] == ["ФСИН", "Минобороны"]
    assert safekeeping.verify(told).ok
