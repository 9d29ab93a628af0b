"""Every mistake can be taken back: undo, redo, revert, in any order, and what stands in the way is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.changes import Reason
from family_case.services import casework, editing, finding, history, safekeeping
from family_case.store.takeback import InTheWay
from tests.services import casebook

if TYPE_CHECKING:
    from family_case.model.changes import Changes
    from family_case.services.session import Session


def undo(session: Session) -> Changes:
    return history.undo(session, this_session=True)


def redo(session: Session) -> Changes:
    return history.redo(session, this_session=True)


def texts(session: Session) -> list[str]:
    """Texts of the entries of K-001, oldest first, after looking whether the vault is whole."""
    assert safekeeping.verify(session).problems == ()
    found = [item.entry.text for item in casework.page(session, "K-001").timeline if item.entry]
    return sorted(found)


@pytest.fixture
def noted(session: Session) -> list[str]:
    """Ids of three notes, "one" to "three", in case K-001."""
    casebook.case(session)
    return [casebook.log(session, "note", text=text) for text in ("one", "two", "three")]


def test_what_was_taken_back_can_be_done_again_in_the_order_it_went(session: Session, noted: list[str]) -> None:
    assert len(noted) == 3
    undo(session)
    undo(session)
    assert texts(session) == ["one"]
    assert redo(session).reason is Reason.REDO
    assert texts(session) == ["one", "two"]
    redo(session)
    assert texts(session) == ["one", "three", "two"]
    assert [hit.record_id for hit in finding.find(session, "three")] == [noted[2]]  # the search knows it again
    with pytest.raises(Refused):
        redo(session)


def test_nothing_is_done_again_once_something_was_written(session: Session, noted: list[str]) -> None:
    assert noted
    undo(session)
    casebook.log(session, "note", text="four")
    with pytest.raises(Refused):
        redo(session)
    assert texts(session) == ["four", "one", "two"]
    undo(session)  # of "four"
    undo(session)  # of "two": the undo of "three" is not taken back by undoing
    assert texts(session) == ["one"]


def test_what_was_done_again_can_be_taken_back_again(session: Session, noted: list[str]) -> None:
    assert noted
    for _ in range(3):
        undo(session)
        assert texts(session) == ["one", "two"]
        redo(session)
        assert texts(session) == ["one", "three", "two"]


def test_an_older_change_is_taken_back_and_later_ones_stay(session: Session, noted: list[str]) -> None:
    reverted = history.revert(session, noted[0])
    assert (reverted.reason, texts(session)) == (Reason.REVERT, ["three", "two"])
    undo(session)  # reverting is a change like any other
    assert texts(session) == ["one", "three", "two"]
    redo(session)
    assert texts(session) == ["three", "two"]
    undo(session)
    undo(session)
    assert texts(session) == ["one", "two"]


def test_of_an_entry_changed_twice_the_newest_change_is_taken_back_first(session: Session, noted: list[str]) -> None:
    editing.change(session, noted[0], {"text": "uno"})
    editing.change(session, noted[0], {"text": "eins"})
    history.revert(session, noted[0])
    assert texts(session) == ["three", "two", "uno"]
    history.revert(session, noted[0])
    assert texts(session) == ["one", "three", "two"]
    history.revert(session, noted[0])
    assert texts(session) == ["three", "two"]
    with pytest.raises(Refused):
        history.revert(session, noted[0])


def test_a_field_changed_since_stands_in_the_way_and_the_line_is_told(session: Session, noted: list[str]) -> None:
    editing.change(session, noted[0], {"text": "uno"})
    first = history.history(session, noted[0])[-1]
    with pytest.raises(InTheWay) as refusal:
        history.revert(session, str(first.seq))
    assert [(line.reason, line.row_id) for line in refusal.value.lines] == [(Reason.EDIT, noted[0])]
    assert texts(session) == ["three", "two", "uno"]
    history.revert(session, noted[0])
    history.revert(session, str(first.seq))  # the change that stood in the way does not stand any more
    assert texts(session) == ["three", "two"]


def test_other_fields_changed_since_do_not_stand_in_the_way(session: Session, noted: list[str]) -> None:
    editing.change(session, noted[0], {"text": "uno"})
    change = history.history(session, noted[0])[0]
    editing.change(session, noted[0], {"happened": "2022-07-09"})
    history.revert(session, str(change.seq))
    assert texts(session) == ["one", "three", "two"]
    assert editing.values_of(session, noted[0])["happened"] == "2022-07-09"


def test_a_promise_with_a_payment_stays_until_the_payment_is_gone(session: Session) -> None:
    casebook.case(session)
    money = {"amount": "100000", "currency": "RUB"}
    promise = casebook.log(session, "promise", happened="2022-07-01", promise="salary", **money)
    payment = casebook.log(session, "payment", happened="2022-08-01", against=promise, **money)
    with pytest.raises(InTheWay) as refusal:
        history.revert(session, promise)
    assert {line.row_id for line in refusal.value.lines} == {payment}
    history.revert(session, payment)
    history.revert(session, promise)
    assert texts(session) == []


def test_someone_who_was_spoken_to_since_cannot_be_unmade(session: Session) -> None:
    casebook.case(session)
    mother = casebook.person(session, "Лебедева Мария", "mother")
    talk = casebook.log(session, "conversation", happened="2022-08-01", with_=mother)
    with pytest.raises(InTheWay) as refusal:
        history.revert(session, mother)
    assert talk in {line.row_id for line in refusal.value.lines}


@pytest.mark.parametrize("ref", ["", "0", "999999", "1" * 40, "K-999", "no such thing", "\x00", "-1", "٣"])
def test_what_is_neither_line_nor_record_is_refused(session: Session, ref: str) -> None:
    casebook.case(session)
    with pytest.raises(Refused):
        history.revert(session, ref)


def test_how_the_vault_began_cannot_be_taken_back(session: Session) -> None:
    with pytest.raises(Refused):
        history.revert(session, "1")


def test_what_another_form_of_the_vault_wrote_is_refused_in_words(session: Session, noted: list[str]) -> None:
    session.vault.connection.execute("UPDATE journal_head SET schema = schema - 1 WHERE row_id = ?", (noted[0],))
    with pytest.raises(Refused) as refusal:
        history.revert(session, noted[0])
    assert "older program" in str(refusal.value)


def test_what_was_told_in_a_conversation_does_not_come_back_without_it(session: Session) -> None:
    casebook.case(session)
    talk = casebook.log(session, "conversation", happened="2022-08-01", text="a call")
    note = casebook.log(session, "note", text="said in it", told_in=talk)
    undo(session)
    undo(session)
    taken_back = history.history(session, note)[0]
    with pytest.raises(Refused) as refusal:
        history.revert(session, str(taken_back.seq))
    assert "not there any more" in str(refusal.value)
    assert texts(session) == []


def test_a_case_does_not_come_back_beside_another_of_its_code(session: Session) -> None:
    first = casebook.case(session)
    undo(session)
    casebook.case(session, name="Другой Пётр")
    with pytest.raises(Refused) as refusal:
        history.revert(session, str(history.history(session, first)[0].seq))
    assert "this code" in str(refusal.value)
    assert texts(session) == []
