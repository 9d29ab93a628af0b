"""What is erased is gone: from rows, search, drafts and journal; the chain holds, and what others need stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.changes import Reason
from family_case.model.person import Person
from family_case.services import casework, drafts, editing, erasing, finding, history, intake, safekeeping
from tests.services import casebook

if TYPE_CHECKING:
    from family_case.services.session import Session

CANARY = "zqxcanary"  # in every field of what is to go; stands in no word of the program
OTHER = "K-002"
MOTHER = "Мария Щурова"


def everything(session: Session) -> str:
    """All that the vault's tables hold, as text."""
    connection = session.vault.connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(repr(row) for name in tables for row in connection.execute(f"SELECT * FROM {name}").fetchall())


def whole(session: Session) -> None:
    assert safekeeping.verify(session).problems == ()


def lines_of(session: Session, record_id: str) -> list[Reason]:
    return [item.reason for item in history.history(session, record_id)]


@pytest.fixture
def told(session: Session) -> Session:
    """Two cases; in K-001 everything holds the canary, a recruiter with his number is in both."""
    casebook.case(session, alias=f"{CANARY} alias", circumstances=f"{CANARY} circumstances")
    casebook.case(session, code=OTHER, name="Зимин Олег")
    mother = casebook.person(session, MOTHER, "mother", number="+79161234567", note=f"{CANARY} note")
    recruiter = casebook.person(session, "Андрей Вербовщик", "recruiter", number="+79997776655")
    intake.add(session, "role", {"case": OTHER, "person": recruiter, "kind": "recruiter"})
    casebook.consent(session, mother)
    casebook.withheld(session, mother, topic="fate", reason=f"{CANARY} reason")
    casebook.log(session, "conversation", happened="2022-08-01", with_=mother, text=f"{CANARY} talk")
    entry = casebook.log(session, "note", text=f"{CANARY} first", number="+79997776655")
    editing.change(session, entry, {"text": f"{CANARY} second"})
    casebook.log(session, "note", text=f"{CANARY} taken back", with_=mother)
    history.undo(session, this_session=True)
    casebook.log(session, "note", ref=OTHER, text="seen by the other", number="+79997776655")
    drafts.save(session, "note", casework.resolve(session, "K-001"), "text", f"{CANARY} draft")
    return session


def test_an_erased_case_leaves_no_word_behind(told: Session) -> None:
    assert CANARY in everything(told)
    erased = erasing.erase(told, "K-001")
    assert erased.reason is Reason.ERASE
    assert CANARY not in everything(told)
    assert "+79161234567" not in everything(told)
    assert finding.find(told, CANARY) == []
    whole(told)
    with pytest.raises(Refused):
        casework.page(told, "K-001")


def test_freed_pages_are_overwritten_and_the_log_is_emptied(told: Session) -> None:
    erasing.erase(told, "K-001")
    assert (told.folder / "main.db-wal").stat().st_size == 0
    assert told.vault.connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_who_is_in_another_case_stays_there_with_number_and_entries(told: Session) -> None:
    erasing.erase(told, "K-001")
    page = casework.page(told, OTHER)
    assert [card.names[0].entered for card in page.people] == ["Зимин Олег", "Андрей Вербовщик"]
    assert [item.entry.text for item in page.timeline if item.entry] == ["seen by the other"]
    assert page.timeline[0].numbers
    whole(told)


def test_an_erasure_cannot_be_taken_back_and_says_so(told: Session) -> None:
    erasing.erase(told, "K-001")
    for back in (history.undo, history.redo):
        with pytest.raises(Refused):
            back(told, this_session=True)
    whole(told)


def test_what_stood_before_an_erasure_can_be_reverted_unless_it_tells_of_it(told: Session) -> None:
    kept = casebook.log(told, "note", ref=OTHER, text="later")
    erasing.erase(told, "K-001")
    history.revert(told, kept)
    whole(told)


def test_an_erased_person_is_gone_and_her_case_stays(told: Session) -> None:
    mother = casework.page(told, "K-001").people[1].person.id
    planned = erasing.plan(told, mother)
    assert (planned.table, planned.counts["person"], planned.counts["consent"]) == (Person.TABLE, 1, 1)
    erasing.erase(told, mother)
    assert MOTHER not in everything(told)
    assert "+79161234567" not in everything(told)
    page = casework.page(told, "K-001")
    assert [card.names[0].entered for card in page.people] == ["Лебедев Артём Игоревич", "Андрей Вербовщик"]
    (talk,) = [item.conversation for item in page.timeline if item.conversation and not item.entry]
    assert (talk.person_id, talk.text) == (None, f"{CANARY} talk")
    whole(told)


def test_a_person_is_found_by_her_name_too(told: Session) -> None:
    assert erasing.plan(told, MOTHER.lower()).record_id == casework.page(told, "K-001").people[1].person.id
    with pytest.raises(Refused):
        erasing.plan(told, "Никто Никакой")


def test_texts_that_still_name_an_erased_person_are_listed(told: Session) -> None:
    speaks = casebook.log(told, "note", text="Андрея Вербовщика видели у колонии")
    planned = erasing.plan(told, "Андрей Вербовщик")
    assert planned.still_naming == (speaks,)


def test_the_person_sought_goes_with_the_case_only(told: Session) -> None:
    sought = casework.page(told, "K-001").people[0].person.id
    with pytest.raises(Refused) as refusal:
        erasing.erase(told, sought)
    assert "sought" in str(refusal.value)


def test_a_slip_of_the_pen_is_purged_and_the_entry_stays(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text=f"{CANARY} the mother's address")
    editing.change(session, entry, {"text": "an address, kept apart"})
    assert CANARY in everything(session)
    purged = erasing.purge(session, entry)
    assert (purged.reason, CANARY in everything(session)) == (Reason.PURGE, False)
    (item,) = casework.page(session, "K-001").timeline
    assert item.entry is not None
    assert item.entry.text == "an address, kept apart"
    whole(session)
    assert Reason.PURGE in lines_of(session, entry)


def test_what_was_taken_back_is_purged_whole(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "sign", happened="2022-08-01", class_="voice", text=f"{CANARY} wrong case")
    history.undo(session, this_session=True)
    erasing.purge(session, entry)
    assert CANARY not in everything(session)
    whole(session)


def test_what_stands_as_it_was_written_is_not_purged(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text="right")
    with pytest.raises(Refused):
        erasing.purge(session, entry)
    with pytest.raises(Refused):
        erasing.purge(session, "no such record")
    whole(session)


def test_a_purge_may_be_asked_for_by_the_number_of_a_line(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text=f"{CANARY}")
    editing.change(session, entry, {"text": "right"})
    line = history.history(session, entry)[-1]
    erasing.purge(session, str(line.seq))
    assert CANARY not in everything(session)


def test_a_payload_that_is_missing_without_an_erasure_is_named(told: Session) -> None:
    erasing.erase(told, "K-001")
    told.vault.connection.execute("DELETE FROM journal_payload WHERE seq = (SELECT max(seq) FROM journal_payload)")
    assert [message for message, _values in safekeeping.verify(told).problems] != []


def test_a_legal_hold_blocks_erasure_until_it_is_lifted(told: Session) -> None:
    hold = intake.add(
        told, "hold", {"case": "K-001", "reason": "court order", "by": "the court", "since": "2022-08-01"}
    )
    mother = casework.page(told, "K-001").people[1].person.id
    entry = casebook.log(told, "note", text="wrong")
    history.undo(told, this_session=True)
    for ref, blocked in (("K-001", erasing.erase), (mother, erasing.erase), (entry, erasing.purge)):
        with pytest.raises(Refused) as refusal:
            blocked(told, ref)
        assert "hold" in str(refusal.value)
    assert CANARY in everything(told)
    editing.change(told, hold.made, {"lifted": "2022-08-20"})
    erasing.erase(told, "K-001")
    whole(told)


def test_of_an_entry_all_wordings_are_purged_whatever_was_changed_last(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "promise", happened="2022-08-01", promise="salary", text=f"{CANARY} her address")
    editing.change(session, entry, {"text": "an address"})
    editing.change(session, entry, {"status": "denied"})
    erasing.purge(session, entry)
    assert CANARY not in everything(session)
    whole(session)


def test_of_what_was_erased_nothing_is_left_to_purge(told: Session) -> None:
    case = casework.resolve(told, "K-001")
    erasing.erase(told, "K-001")
    with pytest.raises(Refused):
        erasing.purge(told, case)
    whole(told)


def test_his_open_promises_are_named_before_he_is_erased(session: Session) -> None:
    casebook.case(session)
    told = {"happened": "2022-07-01", "by": "Иван с усами", "amount": "1000", "currency": "RUB"}
    still_open, kept, withdrawn = (casebook.log(session, "promise", promise="salary", **told) for _ in range(3))
    casebook.log(session, "payment", happened="2022-08-01", amount="1000", currency="RUB", against=kept)
    editing.change(session, withdrawn, {"status": "withdrawn"})
    assert erasing.plan(session, "Иван с усами").open_promises == (still_open,)
