"""The list of cases in the order that is asked for: who is silent longest stands where he is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.model.views import CaseOrder
from family_case.services import casework
from tests.services.casebook import case, log, person

if TYPE_CHECKING:
    from family_case.services.session import Session


@pytest.fixture
def four(session: Session) -> Session:
    """Four cases, each first in one order and last in another."""
    case(session, "K-001", "Первый Пётр", alias="Ёлка", last_seen="2022-06-01")
    case(session, "K-002", "Второй Василий", alias="ясень")
    case(session, "K-003", "Третий Тарас", alias="Їжак", last_seen="2022-01-01")
    case(session, "K-004", "Четвёртый Чеслав", alias="Жук", last_seen="2022-05-01")
    person(session, "Третья Тамара", "mother", "K-003")
    log(session, "sign", "K-003", happened="2022-07-01/2022-08-10", class_="voice")
    log(session, "conversation", "K-003", happened="2022-08-20", with_="Третья Тамара", call_back="2022-09-01")
    log(session, "promise", "K-001", happened="2022-07-01", promise="salary", due="2022-07-20")
    log(session, "promise", "K-002", happened="2022-07-01", promise="salary", due="2022-07-10")
    return session


def codes(session: Session, order: CaseOrder, *, turned: bool = False) -> list[str]:
    return [row.code[-1] for row in casework.cases(session, order=order, turned=turned)]


def test_the_longest_silence_stands_first_and_no_word_at_all_before_it(four: Session) -> None:
    # K-002: nothing known; K-004 and K-001: last seen; K-003: the last possible day of the last direct word
    assert codes(four, CaseOrder.SILENCE) == ["2", "4", "1", "3"]
    assert codes(four, CaseOrder.SILENCE, turned=True) == ["3", "1", "4", "2"]


def test_an_alias_stands_where_its_letter_does_in_the_alphabet(four: Session) -> None:
    assert codes(four, CaseOrder.ALIAS) == ["1", "4", "3", "2"]  # Ё before Ж, Ї between И and Я, capitals or not
    assert codes(four, CaseOrder.ALIAS, turned=True) == ["2", "3", "4", "1"]


def test_who_was_never_spoken_to_waits_longest(four: Session) -> None:
    assert codes(four, CaseOrder.LAST_TALK) == ["1", "2", "4", "3"]
    assert codes(four, CaseOrder.LAST_TALK, turned=True) == ["3", "1", "2", "4"]


def test_what_is_due_next_is_a_promise_or_a_call_whichever_is_nearer(four: Session) -> None:
    assert codes(four, CaseOrder.NEXT_DUE) == ["2", "1", "3", "4"]
    assert codes(four, CaseOrder.NEXT_DUE, turned=True) == ["3", "1", "2", "4"]  # nothing due stays at the end


def test_without_a_wish_the_order_is_that_of_the_codes(four: Session) -> None:
    assert [row.code[-1] for row in casework.cases(four)] == ["1", "2", "3", "4"]
    assert codes(four, CaseOrder.CODE, turned=True) == ["4", "3", "2", "1"]


@pytest.mark.parametrize("order", CaseOrder)
@pytest.mark.parametrize("turned", [False, True])
def test_windows_of_any_order_together_hold_every_case_once(four: Session, order: CaseOrder, turned: bool) -> None:
    whole = casework.cases(four, order=order, turned=turned)
    parts = [casework.cases(four, order=order, turned=turned, limit=1, offset=at)[0] for at in range(4)]
    assert parts == whole
