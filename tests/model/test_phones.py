"""The same number, however it is typed, is the same number; what is no number is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.errors import Refused
from family_case.model.phones import e164, handle, masked


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("8 812 123-45-67", "RU", "+78121234567"),  # the trunk 8 goes
        ("+7 812 123-45-67", "RU", "+78121234567"),
        ("8 (900) 000-55-01", "RU", "+79000005501"),
        ("+7 800 000-55-01", "RU", "+78000005501"),  # an 8 that belongs to the number stays
        ("+7 701 123 45 67", "RU", "+77011234567"),  # Kazakhstan shares +7
        ("+380 67 123 45 67", "RU", "+380671234567"),
        ("067 123 45 67", "UA", "+380671234567"),
        ("\u202a+7 900 000-55-01\u202c", "RU", "+79000005501"),  # as copied from a contact list
    ],
)
def test_a_number_is_known_however_it_is_typed(typed: str, region: str, number: str) -> None:
    assert e164(typed, region) == number


@pytest.mark.parametrize("typed", ["", "12", "no number", "+7", "9" * 40, "\x00"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        e164(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        found = e164(text)
    except Refused:
        return
    assert found.startswith("+")
    assert found[1:].isdigit()


def test_an_account_is_the_same_with_and_without_its_at_sign() -> None:
    assert handle(" @Lebedev_R ") == handle("lebedev_r") == "lebedev_r"


@pytest.mark.parametrize("typed", ["", "@", "two words"])
def test_what_is_no_account_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        handle(typed)


def test_a_masked_number_shows_four_digits_and_a_short_account_hardly_any() -> None:
    assert masked("+79000004117") == "…41-17"
    assert masked("ira") == "…a"
    assert masked("ab") == "…"
    assert masked("oksana") == "…na"
