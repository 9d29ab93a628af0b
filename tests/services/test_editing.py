"""Changing what is recorded: the same checks as entering it, the first term kept, history telling both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.case import CaseStatus
from family_case.model.promises import PromiseState
from family_case.services import casework, editing, history, safekeeping
from family_case.store import people
from tests.services.casebook import case, consent, log, person

if TYPE_CHECKING:
    from family_case.services.session import Session


def test_an_entry_is_changed_field_by_field_and_history_tells_before_and_after(session: Session) -> None:
    case(session)
    sign = log(session, "sign", happened="2022-07-08", class_="voice", words="Живой", channel="phone")
    editing.change(session, sign, {"words": "Жив", "class": "unverified", "channel": ""})
    assert editing.values_of(session, sign) | {"words": "Жив", "class": "unverified"} == editing.values_of(
        session, sign
    )
    assert "channel" in editing.values_of(session, sign)
    told = [(line.before, line.after) for line in history.history(session, sign)]
    assert ({"words": "Живой"}, {"words": "Жив"}) in [
        ({k: v for k, v in (b or {}).items() if k == "words"}, {k: v for k, v in (a or {}).items() if k == "words"})
        for b, a in told
    ]
    assert casework.page(session, "K-001").silence.word is None
    assert safekeeping.verify(session).ok


def test_what_a_form_shows_can_be_saved_again_and_changes_nothing(story: Session) -> None:
    for item in casework.page(story, "K-001").timeline:
        before = story.vault.commit_seq()
        changes = editing.change(story, item.id, editing.values_of(story, item.id))
        assert changes.ids == frozenset(), editing.noun_of(story, item.id)
        assert story.vault.commit_seq() == before + 1
    assert safekeeping.verify(story).ok


def test_a_later_due_date_is_a_new_term_and_the_first_one_is_kept(session: Session) -> None:
    case(session)
    promise = log(
        session, "promise", happened="2022-08-01", promise="salary", amount="100", currency="RUB", due="2022-08-06"
    )
    editing.change(session, promise, {"due": "2022-09-06"})
    editing.change(session, promise, {"due": "2022-09-06"})
    (line,) = casework.page(session, "K-001").promises
    assert [term.due.edtf for term in line.terms] == ["2022-08-06", "2022-09-06"]
    assert editing.values_of(session, promise)["due"] == "2022-09-06"
    with pytest.raises(Refused, match="stays known"):
        editing.change(session, promise, {"due": ""})
    assert (line.standing.state, line.standing.slips) == (PromiseState.DUE, 1)


def test_an_amount_is_changed_in_the_currency_it_has(session: Session) -> None:
    case(session)
    promise = log(session, "promise", happened="2022-08-01", promise="salary", amount="100", currency="RUB")
    editing.change(session, promise, {"amount": "1200,50"})
    assert editing.values_of(session, promise)["amount"] == "1200.50"
    with pytest.raises(Refused, match="negative"):
        editing.change(session, promise, {"amount": "-1"})
    assert editing.values_of(session, promise)["amount"] == "1200.50"


def test_a_case_is_paused_with_its_reason_and_its_place_changed_by_name(session: Session) -> None:
    case(session, held_at="ИК-17, Мордовия")
    editing.change(
        session, "K-001", {"status": "paused", "status_reason": "семья просила", "held_at": "ИК-6, Нижегородская обл."}
    )
    page = casework.page(session, "K-001")
    assert page.case.status is CaseStatus.PAUSED
    assert page.held_at is not None
    assert editing.values_of(session, "K-001")["held_at"] == page.held_at.name == "ИК-6, Нижегородская обл."


def test_a_misspelt_name_is_mended_in_all_its_parts(session: Session) -> None:
    case(session, name="Лебедев Артем Игоревич")
    editing.change(session, "K-001", {"name": "Лебедев Артём"})
    (name,) = casework.page(session, "K-001").people[0].names
    assert (name.entered, name.family, name.given, name.patronymic) == ("Лебедев Артём", "Лебедев", "Артём", "")


def test_a_consent_is_withdrawn_and_a_person_corrected(session: Session) -> None:
    case(session)
    roman = person(session, "Лебедев Роман", "sibling")
    given = consent(session, roman)
    editing.change(session, given, {"withdrawn": "2022-08-20"})
    assert casework.page(session, "K-001").consents[0].withdrawn is not None
    editing.change(session, roman, {"safe_hours": "после 19", "name": "Лебедев Роман Игоревич"})
    assert editing.values_of(session, roman)["name"] == "Лебедев Роман Игоревич"


@pytest.mark.parametrize(
    ("ref", "values"),
    [
        ("K-001", {"alias": "Артём"}),
        ("K-001", {"name": "Рябина Артём"}),
        ("K-001", {"code": "роман-1"}),
    ],
)
def test_neither_alias_nor_name_may_be_changed_so_that_the_alias_tells_the_name(
    session: Session, ref: str, values: dict[str, str]
) -> None:
    case(session, alias="Рябина")
    person(session, "Лебедев Роман", "sibling")
    with pytest.raises(Refused, match="tells a name"):
        editing.change(session, ref, values)
    assert casework.page(session, "K-001").case.alias == "Рябина"


def test_a_relative_may_not_be_renamed_into_the_alias(session: Session) -> None:
    case(session, alias="Рябина")
    roman = person(session, "Лебедев Роман", "sibling")
    with pytest.raises(Refused, match="tells a name"):
        editing.change(session, roman, {"name": "Рябина Роман"})


@pytest.mark.parametrize(
    ("kind", "values", "change"),
    [
        ("sign", {"class_": "voice"}, {"happened": ""}),
        ("sign", {"class_": "voice"}, {"happened": "31.02.2022"}),
        ("sign", {"class_": "voice"}, {"class": "shouting"}),
        ("sign", {"class_": "voice"}, {"due": "2022-09-01"}),
        ("note", {"text": "x"}, {"nonsense": "x"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    session: Session, kind: str, values: dict[str, str], change: dict[str, str]
) -> None:
    case(session)
    entry = log(session, kind, happened="2022-07-08", **values)
    before = editing.values_of(session, entry)
    with pytest.raises(Refused):
        editing.change(session, entry, change)
    assert editing.values_of(session, entry) == before


def test_a_change_is_taken_back_whole(session: Session) -> None:
    case(session, alias="Рябина")
    before = editing.values_of(session, "K-001")
    editing.change(session, "K-001", {"alias": "Калина", "interval": "14", "name": "Лебедев Артём"})
    history.undo(session, this_session=True)
    assert editing.values_of(session, "K-001") == before


def test_a_link_is_no_record_to_be_changed_by_itself(story: Session) -> None:
    rows = story.vault.connection.execute("SELECT id FROM entry_person LIMIT 1").fetchone()
    with pytest.raises(Refused, match="by itself"):
        editing.change(story, rows[0], {"words": "x"})
    with pytest.raises(Refused):
        editing.change(story, "nobody", {"words": "x"})


def test_the_history_of_a_record_tells_what_became_of_its_parts(session: Session) -> None:
    """The name of a person and the day of a promise lie in rows of their own; to people they are one record."""
    case(session)
    anna = person(session, "Никодимова Анна", "friend")
    (name,) = people.names_of(session.vault.connection, anna)
    editing.change(session, anna, {"name": "Никодимова Инна"})
    newest = next(line for line in history.history(session, anna) if line.row_id == name.id)
    assert newest.before == {"entered": "Никодимова Анна", "given": "Анна"}
    assert newest.after == {"entered": "Никодимова Инна", "given": "Инна"}
    promise = log(session, "promise", happened="2022-08-01", promise="salary", due="2022-08", by="Громов")
    editing.change(session, promise, {"due": "2022-09"})
    due = [(line.after or {}).get("due") for line in history.history(session, promise) if line.table == "promise_term"]
    assert due == ["2022-09", "2022-08"]
