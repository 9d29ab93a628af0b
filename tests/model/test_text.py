"""Folding: what sounds or looks alike is found by either spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.model.text import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Артём", "АРТЕМ"),
        ("Андрій", "Андрий"),
        ("Ґалаґан", "Галаган"),
        ("Лебедев", "Lebedev"),
        ("Хабаров", "Khabarov"),
        ("Щукин", "Shchukin"),
        ("Юрий", "Yuriy"),
        ("Мар'яна", "Мар’яна"),
        ("Мар`яна", "Мар‘яна"),
        ("Мар´яна", "Мар'яна"),
        ("Ири́на", "Ирина"),
        ("Ири\u00adна", "Ирина"),
        ("Ири\u200bна", "Ирина"),
        ("и\u0306од", "йод"),  # as a Mac writes it
        ("«Рябина»", "рябина"),
        ("  две \n строки ", "две строки"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_names_stay_different() -> None:
    assert fold("Иванов") != fold("Ивлев")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_in_cyrillic_or_latin(text: str) -> None:
    assert fold(text) == fold(text + "  ")


def test_ja_and_ya_and_ia_are_one_sound() -> None:
    assert fold("Rjabina") == fold("Ryabina") == fold("Рябина")
