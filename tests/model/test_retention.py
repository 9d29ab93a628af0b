"""Rule 13: retention proposes and never deletes; a legal hold keeps a case, and is itself reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.i18n import translator
from family_case.model.background import LegalHold
from family_case.model.case import Case, CaseStatus
from family_case.model.consent import Consent, Purpose, Scope
from family_case.model.dates import parse
from family_case.model.retention import Keeping, Proposal, proposals, without_consent_since
from family_case.model.rule_words import keeping_words
from family_case.services import law

TODAY = date(2022, 8, 22)
LINES = law.keeping()
ENDED = Case("c", "K-001", status=CaseStatus.ENDED)
OPEN = Case("c", "K-001")


def consent(**ends: str) -> Consent:
    closed: dict[str, Any] = {name: parse(day) for name, day in ends.items()}
    return Consent("k", "c", "p", frozenset({Purpose.LAWYER}), Scope.OWN, parse("2020-01-01"), **closed)


def hold(review: str = "", lifted: str = "") -> LegalHold:
    days = [parse(day) if day else None for day in (review, lifted)]
    return LegalHold("h", "c", "a suit", "counsel", parse("2020-01-01"), *days)


def found(case: Case, written: str, *held: LegalHold, consents: tuple[Consent, ...] = ()) -> tuple[Proposal, ...]:
    return proposals(case, date.fromisoformat(written), consents, held, LINES, TODAY)


def test_an_ended_case_nobody_wrote_in_for_three_years_is_proposed_with_its_reason() -> None:
    (each,) = found(ENDED, "2019-08-21")
    assert (each.keeping, each.since, each.due) == (Keeping.ENDED, date(2019, 8, 21), date(2022, 8, 21))
    assert keeping_words(each, translator("en"), TODAY) == (
        "The case has ended and its newest entry is of 21 August 2019: keep it, or erase it? "
        "Personal data are kept no longer than their purpose needs: GDPR, article 5 (1) (e). Not checked by a lawyer."
    )


@pytest.mark.parametrize(("case", "written"), [(ENDED, "2019-08-22"), (OPEN, "2000-01-01")])
def test_a_case_that_is_open_or_younger_is_not(case: Case, written: str) -> None:
    assert found(case, written) == ()


def test_where_every_consent_was_taken_back_the_family_is_asked_after_a_month() -> None:
    gone = (consent(withdrawn="2022-06-01"), consent(until="2022-07-10"))
    (each,) = found(OPEN, "2022-08-01", consents=gone)
    assert (each.keeping, each.since) == (Keeping.NO_CONSENT, date(2022, 7, 10))
    assert found(OPEN, "2022-08-01", consents=(*gone, consent())) == ()
    assert found(OPEN, "2022-08-01", consents=(consent(withdrawn="2022-08-01"),)) == (), "not before a month"
    assert found(OPEN, "2022-08-01") == (), "no consent was ever asked for: nothing was taken back"


def test_a_legal_hold_keeps_the_case_out_and_is_reviewed_when_due() -> None:
    assert found(ENDED, "2010-01-01", hold()) == ()
    assert found(ENDED, "2010-01-01", hold(review="2022-08-23")) == ()
    (due,) = found(ENDED, "2010-01-01", hold(review="2022-08-22"))
    assert (due.keeping, due.record_id) == (Keeping.HOLD_REVIEW, "h")
    (each,) = found(ENDED, "2010-01-01", hold(review="2022-08-01", lifted="2022-08-02"))
    assert each.keeping is Keeping.ENDED


def test_a_review_set_for_a_later_day_keeps_the_case_until_then() -> None:
    kept = Case("c", "K-001", status=CaseStatus.ENDED, next_review=parse("2023-01-01"))
    assert found(kept, "2010-01-01") == ()


@given(st.lists(st.dates(date(2020, 1, 1), date(2022, 12, 31)), max_size=5))
def test_while_one_consent_is_in_force_nothing_is_proposed(ends: list[date]) -> None:
    given_ = [consent(until=end.isoformat()) for end in ends]
    since = without_consent_since(given_, TODAY)
    assert (since is None) is (not ends or max(ends) >= TODAY)
