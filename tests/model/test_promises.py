"""Rule 5: what became of a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from family_case.model.dates import PartialDate, parse
from family_case.model.kinds import Payment, Promise, PromiseKind, PromiseStatus, PromiseTerm
from family_case.model.promises import PromiseState, standing

TODAY = date(2022, 8, 22)
SALARY = Promise("p", PromiseKind.SALARY, amount=10_000_000, currency="RUB")
PARDON = Promise("p", PromiseKind.PARDON)


def term(due: str, position: int = 1, said: str = "") -> PromiseTerm:
    return PromiseTerm(f"t{position}", "p", position, parse(due), parse(said) if said else None)


def paid(amount: int, currency: str = "RUB") -> Payment:
    return Payment(f"y{amount}", amount, currency, "p")


def test_a_salary_not_paid_the_day_after_its_due_day_is_overdue() -> None:
    found = standing(SALARY, [term("2022-08-21")], [], TODAY)
    assert (found.state, found.overdue, found.days_late, found.missing) == (PromiseState.OVERDUE, True, 1, 10_000_000)


def test_on_its_due_day_a_promise_is_due_and_not_overdue() -> None:
    found = standing(SALARY, [term("2022-08-22")], [], TODAY)
    assert (found.state, found.overdue, found.days_late) == (PromiseState.DUE, False, 0)


def test_a_due_month_is_over_only_when_its_last_day_is() -> None:
    assert not standing(SALARY, [term("2022-08")], [], TODAY).overdue
    assert standing(SALARY, [term("2022-08")], [], date(2022, 9, 1)).overdue


@pytest.mark.parametrize("terms", [[], [term("2022-07/..")]])
def test_a_promise_without_a_date_is_open_and_never_overdue(terms: list[PromiseTerm]) -> None:
    found = standing(SALARY, terms, [], date(2099, 1, 1))
    assert (found.state, found.overdue) == (PromiseState.NO_DATE, False)


def test_part_of_the_money_keeps_part_of_the_promise_and_it_stays_overdue() -> None:
    found = standing(SALARY, [term("2022-08-01")], [paid(4_000_000)], TODAY)
    assert (found.state, found.overdue, found.paid, found.missing) == (PromiseState.PARTLY, True, 4_000_000, 6_000_000)


def test_all_of_the_money_in_parts_keeps_the_promise() -> None:
    found = standing(SALARY, [term("2022-08-01")], [paid(4_000_000), paid(6_000_000)], TODAY)
    assert (found.state, found.overdue, found.missing, found.days_late) == (PromiseState.KEPT, False, 0, 0)


def test_money_in_another_currency_keeps_nothing() -> None:
    found = standing(SALARY, [term("2022-08-01")], [paid(99_000_000, "UAH")], TODAY)
    assert (found.state, found.overdue, found.paid) == (PromiseState.OVERDUE, True, 0)


def test_a_salary_without_an_amount_is_partly_kept_by_any_payment_and_then_not_overdue() -> None:
    found = standing(replace(SALARY, amount=None), [term("2022-08-01")], [paid(1)], TODAY)
    assert (found.state, found.overdue, found.missing) == (PromiseState.PARTLY, False, None)


def test_a_pardon_is_kept_by_its_day_and_not_by_money() -> None:
    due = [term("2022-08-01")]
    assert standing(PARDON, due, [paid(1)], TODAY).state is PromiseState.OVERDUE
    kept = replace(PARDON, fulfilled_on=parse("2022-08-10"))
    assert standing(kept, due, [], TODAY).state is PromiseState.KEPT


def test_what_was_fulfilled_later_was_not_yet_fulfilled() -> None:
    kept = replace(PARDON, fulfilled_on=parse("2022-08-10"))
    assert standing(kept, [term("2022-08-01")], [], date(2022, 8, 9)).state is PromiseState.OVERDUE


def test_fulfilled_without_a_known_day_is_fulfilled() -> None:
    kept = replace(PARDON, fulfilled_on=PartialDate("/2022-08", None, date(2022, 8, 31)))
    assert standing(kept, [], [], TODAY).state is PromiseState.KEPT


def test_a_withdrawn_promise_is_withdrawn_and_not_overdue() -> None:
    found = standing(replace(SALARY, status=PromiseStatus.WITHDRAWN), [term("2022-08-01")], [], TODAY)
    assert (found.state, found.overdue) == (PromiseState.WITHDRAWN, False)


@pytest.mark.parametrize("status", [PromiseStatus.DENIED, PromiseStatus.DISPUTED])
def test_a_denied_promise_still_runs_late(status: PromiseStatus) -> None:
    assert standing(replace(SALARY, status=status), [term("2022-08-01")], [], TODAY).overdue


def test_slips_are_counted_from_the_first_term_and_the_last_one_counts() -> None:
    terms = [term("2022-07-01"), term("2022-08-01", 2, "2022-07-02"), term("2022-09-01", 3, "2022-08-02")]
    found = standing(SALARY, terms, [], TODAY)
    assert (found.state, found.slips) == (PromiseState.DUE, 2)


def test_a_new_term_said_later_is_not_yet_known() -> None:
    terms = [term("2022-07-01"), term("2022-09-01", 2, "2022-08-02")]
    found = standing(SALARY, terms, [], date(2022, 7, 15))
    assert (found.state, found.slips, found.days_late) == (PromiseState.OVERDUE, 0, 14)
