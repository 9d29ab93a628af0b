"""A passphrase becomes the same key on every keyboard, and no header can make this computer suffer."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest
from argon2.exceptions import HashingError
from hypothesis import given
from hypothesis import strategies as st

from family_case.crypto import kdf
from family_case.crypto.kdf import CEILING, FLOOR, Kdf, Weight, calibrate, derive, normalise, weight
from family_case.crypto.ram import installed_ram
from family_case.errors import Damaged, Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

GIB = 1024**3
HOSTILE = [
    Kdf(CEILING.memory_kib + 1, 3, 4),
    Kdf(2**31, 3, 4),
    Kdf(65536, 11, 4),
    Kdf(65536, 3, 17),
    Kdf(65535, 3, 4),
    Kdf(65536, 2, 4),
    Kdf(65536, 3, 3),
    Kdf(-1, 3, 4),
]


def test_argon2id_known_answer() -> None:
    # OpenSSL and the reference library agree on it
    derived = derive("password", b"somesaltsomesalt", FLOOR)
    assert derived.hex() == "81db97a7e67a891784a2599bc879f957cb3512d273984bd97d8a18fc59ff01e2"


def test_another_spelling_of_the_same_passphrase_opens() -> None:
    assert normalise(unicodedata.normalize("NFD", "йод её")) == "йод её".encode()
    assert normalise("\u2003люстра\u00a0 архив\t\nвымпел\u3000") == "люстра архив вымпел".encode()


def test_case_and_letters_stay_as_typed() -> None:
    assert normalise("Архив") != normalise("архив")
    assert normalise("ﬁ") == "ﬁ".encode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    try:
        once = normalise(text)
    except Refused:
        assert all(sign in kdf.SPACES for sign in unicodedata.normalize("NFC", text))
    else:
        assert normalise(once.decode()) == once


def test_spaces_are_those_python_knows() -> None:
    assert {chr(code) for code in range(0x110000) if chr(code).isspace()} == kdf.SPACES


@pytest.mark.parametrize("text", ["", " \u00a0\t", "x" * (kdf.LONGEST + 1), "\ud800"])
def test_impossible_passphrases_are_refused_in_words(text: str) -> None:
    with pytest.raises(Refused):
        normalise(text)


@pytest.mark.parametrize("numbers", HOSTILE)
def test_hostile_numbers_start_no_derivation(numbers: Kdf, derivations: list[Kdf]) -> None:
    with pytest.raises(Damaged):
        derive("люстра", bytes(16), numbers)
    assert derivations == []
    assert weight(numbers, None) is Weight.REFUSE
    assert weight(numbers, 64 * GIB) is Weight.REFUSE


def test_a_vault_heavier_than_half_the_memory_is_asked_about() -> None:
    assert weight(CEILING, 2 * GIB) is Weight.FITS
    assert weight(CEILING, 2 * GIB - 1) is Weight.ASK
    assert weight(FLOOR, 64 * 1024**2) is Weight.ASK
    assert weight(CEILING, None) is Weight.FITS


def test_too_little_memory_is_said_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(kdf, "hash_secret_raw", no_memory)
    with pytest.raises(Unavailable) as caught:
        derive("люстра", bytes(16), FLOOR)
    assert caught.value.values == {"needed": 64}


def _clock(speed: float) -> tuple[list[Kdf], Callable[[Kdf], float]]:
    """A computer that fills `speed` KiB a second."""
    asked: list[Kdf] = []

    def measure(numbers: Kdf) -> float:
        asked.append(numbers)
        return numbers.memory_kib * numbers.passes / speed

    return asked, measure


@pytest.mark.parametrize(
    ("seconds_at_floor", "ram", "expected"),
    [
        (0.1, 8 * GIB, Kdf(256 * 1024, 7, 4)),  # quick: memory first, then passes
        (0.3, 8 * GIB, Kdf(128 * 1024, 5, 4)),  # 256 MiB would take longer than a second: the rest goes into passes
        (0.9, 8 * GIB, FLOOR),
        (30.0, 8 * GIB, FLOOR),  # very slow: never below the floor
        (0.1, 300 * 1024**2, Kdf(128 * 1024, 10, 4)),  # little memory: half of it at most
        (0.1, 100 * 1024**2, Kdf(64 * 1024, 10, 4)),
        (0.0, 8 * GIB, Kdf(256 * 1024, 10, 4)),  # a clock that does not move
    ],
)
def test_calibration_takes_memory_first_then_passes(seconds_at_floor: float, ram: int, expected: Kdf) -> None:
    speed = FLOOR.memory_kib * FLOOR.passes / seconds_at_floor if seconds_at_floor else float("inf")
    asked, measure = _clock(speed)
    chosen = calibrate(measure, ram)
    assert chosen == expected
    assert len(asked) <= 3
    assert weight(chosen, None) is Weight.FITS


@given(st.floats(1e-6, 100), st.integers(1, 64 * GIB))
def test_calibrated_numbers_are_always_within_bounds(seconds: float, ram: int) -> None:
    _, measure = _clock(FLOOR.memory_kib * FLOOR.passes / seconds)
    chosen = calibrate(measure, ram)
    assert weight(chosen, None) is Weight.FITS
    assert measure(chosen) <= 1.0 or chosen == FLOOR


def test_the_memory_of_this_computer_is_known() -> None:
    ram = installed_ram()
    assert ram is not None
    assert ram > 256 * 1024**2


def test_a_system_that_does_not_say_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: str) -> int:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", unknown)
    assert installed_ram() is None
