"""Rule 5 of the domain: what became of a promise, computed on a day from its terms and payments, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.dates import begins_after
from family_case.model.kinds import MONEY_PROMISES, Payment, Promise, PromiseStatus, PromiseTerm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class PromiseState(Coded):
    """What a reader is told about a promise."""

    NO_DATE = "no_date", N_("open, no date")
    DUE = "due", N_("due")
    OVERDUE = "overdue", N_("overdue")
    PARTLY = "partly_kept", N_("partly kept")
    KEPT = "kept", N_("kept")
    WITHDRAWN = "withdrawn", N_("withdrawn")


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise on a day: state, what was paid (minor units), days late, slips since the first term."""

    state: PromiseState
    paid: int
    missing: int | None
    overdue: bool
    days_late: int
    slips: int


def standing(promise: Promise, terms: Sequence[PromiseTerm], payments: Sequence[Payment], as_of: date) -> Standing:
    """Standing of `promise` on `as_of`; `terms` in the order said, `payments` those made against it up to that day.

    A term said after that day, or what was fulfilled after it, is not yet known.
    """
    terms = [term for term in terms if not begins_after(term.said, as_of)]
    paid = sum(payment.amount for payment in payments if payment.currency == promise.currency)
    settled = _settled(promise, payments, paid, as_of)
    term_end = terms[-1].due.latest if terms else None
    late = (as_of - term_end).days if term_end is not None else 0
    withdrawn = promise.status is PromiseStatus.WITHDRAWN
    overdue = (
        late > 0 and settled is not PromiseState.KEPT and not withdrawn and not _paid_without_amount(promise, payments)
    )
    missing = max(promise.amount - paid, 0) if promise.amount is not None else None
    return Standing(
        _state(settled, term_end, overdue=overdue, withdrawn=withdrawn),
        paid,
        missing,
        overdue,
        late if overdue else 0,
        max(len(terms) - 1, 0),
    )


def open_due(promise: Promise, terms: Sequence[PromiseTerm], payments: Sequence[Payment], as_of: date) -> date | None:
    """Last day of the current term while something is still awaited, as known on `as_of`; None otherwise."""
    known = [term for term in terms if not begins_after(term.said, as_of)]
    found = standing(promise, known, payments, as_of)
    done = found.state in (PromiseState.KEPT, PromiseState.WITHDRAWN) or _paid_without_amount(promise, payments)
    return known[-1].due.latest if known and not done else None


def _settled(promise: Promise, payments: Sequence[Payment], paid: int, as_of: date) -> PromiseState | None:
    if promise.promise not in MONEY_PROMISES:
        done = promise.fulfilled_on is not None and not begins_after(promise.fulfilled_on, as_of)
        return PromiseState.KEPT if done else None
    if promise.amount is not None and paid >= promise.amount:
        return PromiseState.KEPT
    return PromiseState.PARTLY if paid or _paid_without_amount(promise, payments) else None


def _paid_without_amount(promise: Promise, payments: Sequence[Payment]) -> bool:
    return promise.promise in MONEY_PROMISES and promise.amount is None and bool(payments)


def _state(settled: PromiseState | None, term_end: date | None, *, overdue: bool, withdrawn: bool) -> PromiseState:
    if withdrawn:
        return PromiseState.WITHDRAWN
    if settled is not None:
        return settled
    if term_end is None:
        return PromiseState.NO_DATE
    return PromiseState.OVERDUE if overdue else PromiseState.DUE
