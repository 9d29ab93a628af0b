"""Money keeps every kopeck, and never guesses what a comma means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.errors import Refused
from family_case.model.money import Money, currency_of, minor_units, money_words, plain_amount


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("100000", "RUB", 10_000_000),
        ("5 000 000", "RUB", 500_000_000),
        ("5\u00a0000\u202f000", "UAH", 500_000_000),
        ("1200,50", "RUB", 120_050),
        ("1200.5", "RUB", 120_050),
        ("1'000", "USD", 100_000),
        ("1000", "JPY", 1000),
        ("1.234", "KWD", 1234),
    ],
)
def test_an_amount_is_kept_in_its_smallest_unit(text: str, currency: str, minor: int) -> None:
    assert minor_units(text, currency) == minor


@pytest.mark.parametrize("text", ["-5", "−5", "", "five", "1e6", "1,2,3", "1.234", "1,200", "١٠٠", "9" * 15])
def test_what_is_no_amount_of_roubles_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        minor_units(text, "RUB")


@given(st.text(max_size=25))
def test_any_text_is_an_amount_the_database_can_hold_or_refused(text: str) -> None:
    for currency in ("RUB", "JPY", "CLF"):
        try:
            assert 0 <= minor_units(text, currency) < 2**63
        except Refused:
            continue


@given(st.integers(min_value=0, max_value=10**13), st.sampled_from(["RUB", "UAH", "JPY", "KWD"]))
def test_an_amount_written_out_reads_back_the_same(minor: int, currency: str) -> None:
    assert minor_units(plain_amount(Money(minor, currency)), currency) == minor


def test_the_largest_amount_fits_the_database() -> None:
    assert minor_units("9" * 14, "CLF") < 2**63


def test_a_currency_that_does_not_exist_is_refused() -> None:
    assert currency_of(" rub ") == "RUB"
    with pytest.raises(Refused):
        currency_of("XQQ")


def test_an_amount_is_written_with_its_currency_and_no_lost_coin() -> None:
    assert money_words(Money(500_000_000, "RUB"), "en") == "5,000,000 RUB"
    assert "1,200.50" in money_words(Money(120_050, "RUB"), "en")
    assert "1.234" in money_words(Money(1234, "KWD"), "en")
