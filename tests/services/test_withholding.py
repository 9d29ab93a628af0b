"""Rule 9: a paper for someone is composed as if what is kept from her had never existed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.dossier import LabelKind
from family_case.model.promises import PromiseState
from family_case.model.silence import SilenceState
from family_case.services import casework, intake, publishing
from tests.services.casebook import case, consent, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier
    from family_case.services.session import Session

MOTHER = "Лебедева Нина Павловна"


@pytest.fixture
def told(session: Session) -> Session:
    case(session, last_seen="2022-06-01", held_at="ИК-17, Мордовия", circumstances="Увезли ночью")
    brother = person(session, "Лебедев Роман", "sibling")
    mother = person(session, MOTHER, "mother")
    consent(session, brother, "lawyer, case_work")
    log(session, "sign", happened="2022-07-01", class_="voice", with_=mother)
    log(session, "note", text="первое", happened="2022-07-05", topic="authorities")
    return session


def extract(session: Session) -> Dossier:
    return publishing.dossier(session, "K-001", family(MOTHER))


def same(one: Dossier, other: Dossier) -> bool:
    """Equal but for the journal's head, which moves with everything written."""
    return replace(one, snapshot="") == replace(other, snapshot="")


def kept(session: Session) -> str:
    """His text to the brother, told by a fellow prisoner nobody else names, through a stranger's number."""
    cellmate = person(session, "Цой Павел", "fellow_prisoner")
    person(session, "Громов Виталий", "recruiter", claimed="yes")
    return log(
        session, "sign", happened="2022-07-20", class_="voice", with_="Лебедев Роман", speaker=cellmate,
        number="+7 900 000-55-01", place="ИК-2, Пермь", words="Только маме не говори", recognised_by="голос",
    )  # fmt: skip


def test_an_entry_kept_from_the_mother_leaves_no_trace_in_her_extract(told: Session) -> None:
    before = extract(told)
    entry = kept(told)
    withheld(told, MOTHER, entry=entry)
    log(told, "note", text="последнее", happened="2022-08-01")
    after = extract(told)
    assert [item.number for item in after.items] == [1, 2, 3]
    assert same(replace(after, items=after.items[:2], record_ids=()), replace(before, record_ids=()))


def test_her_silence_is_counted_as_if_his_text_had_never_come(told: Session) -> None:
    withheld(told, MOTHER, entry=kept(told))
    paper = extract(told)
    assert (paper.silence.fewest, paper.silence.most) == (52, 52)
    assert paper.last_word == 1
    lawyers = publishing.dossier(told, "K-001", lawyer())
    assert (lawyers.silence.most, lawyers.last_word, lawyers.last_proof) == (33, 3, 3)


def test_a_topic_kept_from_her_takes_out_every_entry_about_it(told: Session) -> None:
    withheld(told, MOTHER, topic="money")
    log(told, "promise", happened="2022-07-10", promise="salary", topic="recruitment", by="Громов")
    log(told, "payment", happened="2022-07-20", amount="10", currency="RUB")
    log(told, "note", text="о деньгах", happened="2022-07-21", topic="money")
    log(told, "note", text="о бумагах", happened="2022-07-22", topic="documents")
    assert [item.entry.text for item in extract(told).items] == ["", "первое", "о бумагах"]
    assert [who.label for who in extract(told).people] == [LabelKind.SOUGHT, LabelKind.RELATIVE]


def test_what_speaks_of_recruitment_is_kept_though_nobody_marked_it(told: Session) -> None:
    """Whoever asks that his recruitment be kept from his mother must not depend on every entry being marked."""
    withheld(told, MOTHER, topic="recruitment")
    person(told, "Громов Виталий", "recruiter", claimed="yes")
    money = log(told, "promise", happened="2022-07-10", promise="death_payment", amount="5000000", currency="RUB")
    log(told, "payment", happened="2022-07-20", amount="10", currency="RUB", against=money)
    log(told, "promise", happened="2022-07-10", promise="pardon")
    log(told, "promise", happened="2022-07-11", promise="salary", by="Громов Виталий")
    log(told, "note", text="говорят, подписал контракт", happened="2022-07-21")
    log(told, "promise", happened="2022-07-12", promise="call_home")
    told_her = extract(told)
    assert [item.entry.happened.edtf for item in told_her.items if item.entry.happened] == [
        "2022-07-01",
        "2022-07-05",
        "2022-07-12",
    ]
    assert "контракт" not in repr(told_her)
    (line,) = publishing.dossier(told, "K-001", lawyer()).handling
    assert len(line.numbers) == 5


def test_a_note_without_a_topic_is_kept_as_soon_as_any_topic_is(told: Session) -> None:
    log(told, "note", text="Сказали, что погиб", happened="2022-08-01")
    assert "погиб" in repr(extract(told))
    withheld(told, MOTHER, topic="fate")
    assert "погиб" not in repr(extract(told))


def test_labels_of_an_extract_run_on_without_those_she_may_not_know_of(told: Session) -> None:
    withheld(told, MOTHER, entry=kept(told))
    stranger = person(told, "", "stranger")
    aunt = person(told, "Сомова Вера", "relative")
    log(told, "note", text="потом", speaker=aunt, happened="2022-08-01")
    log(told, "promise", happened="2022-08-01", promise="salary", by=stranger)
    labels = [(who.label.value, who.mark) for who in extract(told).people if not who.name]
    assert labels == [("stranger", "A"), ("relative", "2")]


def test_a_payment_kept_from_her_keeps_no_promise_in_her_extract(told: Session) -> None:
    promise = log(
        told, "promise", happened="2022-07-10", promise="salary", amount="100", currency="RUB", due="2022-08-01"
    )
    payment = log(told, "payment", happened="2022-08-01", amount="100", currency="RUB", against=promise)
    assert [item.standing.state for item in extract(told).items if item.standing] == [PromiseState.KEPT]
    withheld(told, MOTHER, entry=payment)
    (standing,) = [item.standing for item in extract(told).items if item.standing]
    assert (standing.state, standing.paid) == (PromiseState.OVERDUE, 0)


def test_a_payment_tells_her_of_no_promise_that_is_kept_from_her(told: Session) -> None:
    promise = log(told, "promise", happened="2022-07-10", promise="salary", amount="100", currency="RUB")
    log(told, "payment", happened="2022-08-01", amount="100", currency="RUB", against=promise)
    withheld(told, MOTHER, entry=promise)
    assert promise not in repr(extract(told))


def test_the_conversation_an_entry_was_told_in_is_not_in_an_extract(told: Session) -> None:
    talk = log(told, "conversation", happened="2022-08-03", with_="Лебедев Роман")
    log(told, "note", text="от брата", told_in=talk)
    assert talk not in repr(extract(told))


def test_with_his_whereabouts_kept_from_her_nothing_tells_where_he_was_last(told: Session) -> None:
    shown = extract(told).sought
    assert (shown.held_at, bool(shown.last_seen), shown.circumstances) == ("ИК-17, Мордовия", True, "Увезли ночью")
    withheld(told, MOTHER, topic="whereabouts")
    withheld(told, MOTHER, topic="fate")  # signs are about his fate
    paper = extract(told)
    assert (paper.sought.held_at, paper.sought.last_seen, paper.sought.circumstances) == ("", None, "")
    assert paper.silence.state is SilenceState.UNKNOWN


def test_when_the_whole_case_is_kept_from_her_there_is_no_paper_for_her(told: Session) -> None:
    withheld(told, MOTHER)
    with pytest.raises(Refused) as refusal:
        extract(told)
    assert "whole case" in str(refusal.value)


def test_what_is_kept_from_the_brother_is_in_the_mothers_extract(told: Session) -> None:
    person(told, "Сомова Вера", "relative")
    withheld(told, "Сомова Вера", topic="fate")
    assert len(extract(told).items) == 2


def test_a_withholding_that_was_lifted_brings_everything_back(told: Session) -> None:
    entry = kept(told)
    withheld(told, MOTHER, entry=entry, state="lifted")
    assert entry in [item.entry.id for item in extract(told).items]


def test_what_may_endanger_someone_is_in_no_extract_even_with_a_reason(told: Session) -> None:
    risky = log(told, "note", text="опасное", hazard="insider")
    order = replace(family(MOTHER), release={risky: "reason"})
    paper = publishing.dossier(told, "K-001", order)
    assert risky not in repr(paper)
    assert paper.withheld == ()


def test_the_lawyers_paper_carries_a_handling_sheet_with_the_items_and_the_reason(told: Session) -> None:
    entry = kept(told)
    withheld(told, MOTHER, entry=entry, reason="просил Цой, не Роман", review="2022-09-01")
    withheld(told, MOTHER, topic="money")
    withheld(told, MOTHER, topic="fate", state="lifted")
    first, second = publishing.dossier(told, "K-001", lawyer()).handling
    assert (first.numbers, first.whole_case, first.reason) == ((3,), False, "просил […], не Роман")
    assert (first.who.label, first.who.mark) == (LabelKind.RELATIVE, "2")
    assert (second.numbers, second.topic and second.topic.value) == ((), "money")


def test_the_whole_case_on_the_handling_sheet_names_every_item(told: Session) -> None:
    withheld(told, MOTHER)
    (line,) = publishing.dossier(told, "K-001", lawyer()).handling
    assert (line.numbers, line.whole_case) == ((1, 2), True)


def test_an_extract_needs_a_reader_known_in_the_case(told: Session) -> None:
    for nobody in ("", "Иванова Ольга"):
        with pytest.raises(Refused):
            publishing.dossier(told, "K-001", family(nobody))


def test_the_window_marks_from_whom_something_is_kept(told: Session) -> None:
    withheld(told, MOTHER, topic="money")
    assert [card.name for card in casework.page(told, "K-001").people if card.withheld] == [MOTHER]


def test_a_withholding_cannot_speak_of_an_entry_of_another_case(told: Session) -> None:
    case(told, "K-002", "Рябов Иван")
    other = log(told, "note", "K-002", text="чужое")
    with pytest.raises(Refused):
        withheld(told, MOTHER, entry=other)


def test_what_is_told_in_one_talk_cannot_hang_on_another_cases_talk_or_promise(told: Session) -> None:
    case(told, "K-002", "Рябов Иван")
    talk = log(told, "conversation", "K-002", happened="2022-08-03")
    promise = log(told, "promise", "K-002", happened="2022-08-03", promise="salary")
    for values in ({"text": "x", "told_in": talk}, {"text": "x", "told_in": "no such id"}):
        with pytest.raises(Refused):
            intake.log(told, "note", "K-001", values)
    with pytest.raises(Refused):
        log(told, "payment", happened="2022-08-03", amount="1", currency="RUB", against=promise)
