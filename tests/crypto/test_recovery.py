"""A recovery key copied by hand: what is written alike is read alike, and every slip is found and its group named."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.crypto import recovery
from family_case.crypto.recovery import ALPHABET, GROUPS, KEY_BYTES, SIGNS, WrongKey

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
ROOT = Path(__file__).resolve().parents[2]
KNOWN = bytes(range(KEY_BYTES))
WRITTEN = {"0": "0oOОо", "1": "1iIlLІі", "V": "VvUu", "3": "3Ззз", "B": "BbВв", "H": "HhНн", "Y": "YyУу", "P": "PpРр"}
BETWEEN = st.sampled_from(("", " ", "-", " - ", "\u2013", "\n", "\u00a0", "--"))


@given(KEYS, st.data())
def test_what_is_written_alike_is_read_alike_with_any_spaces_and_dashes(key: bytes, data: st.DataObject) -> None:
    typed = ""
    for sign in "".join(recovery.spell(key)):
        typed += data.draw(st.sampled_from(WRITTEN.get(sign, sign + sign.lower()))) + data.draw(BETWEEN)
    assert recovery.read(typed) == key


def test_the_groups_are_as_the_page_on_the_format_says() -> None:
    """Reckoned anew from the words alone, in another way: with a table of powers."""
    powers = [1]
    while len(powers) < 31:
        twice = powers[-1] * 2
        powers.append(twice ^ 37 if twice > 31 else twice)

    def times(one: int, other: int) -> int:
        return powers[(powers.index(one) + powers.index(other)) % 31] if one and other else 0

    groups = recovery.spell(KNOWN)
    assert [len(group) for group in groups] == [SIGNS] * GROUPS
    for at, group in enumerate(groups, 1):
        total = 0
        for sign, power in zip(group, (powers[4], powers[3], powers[2], powers[1], 1), strict=True):
            total ^= times(ALPHABET.index(sign), power)
        assert total == at
    assert "000G4-40R4F-0M30Y-E209X-185GE-R38EY-1W81B-24GK1" in (ROOT / "docs" / "vault-format.md").read_text("utf-8")
    assert "-".join(groups) == "000G4-40R4F-0M30Y-E209X-185GE-R38EY-1W81B-24GK1"
    bits = "".join(f"{ALPHABET.index(sign):05b}" for group in groups for sign in group[:4])
    assert int(bits, 2).to_bytes(KEY_BYTES) == KNOWN


def wrong_groups(typed: str) -> str:
    with pytest.raises(WrongKey) as caught:
        recovery.read(typed)
    values = caught.value.values
    return str(values.get("group") or values.get("groups"))


@given(KEYS, st.integers(0, GROUPS * SIGNS - 1))
def test_every_single_wrong_sign_is_found_and_its_group_named(key: bytes, place: int) -> None:
    signs = "".join(recovery.spell(key))
    for other in ALPHABET + "Ж?":
        if other != signs[place]:
            assert wrong_groups(signs[:place] + other + signs[place + 1 :]) == str(place // SIGNS + 1)


@given(KEYS)
def test_signs_that_changed_places_with_any_of_their_group_or_their_neighbour_are_found(key: bytes) -> None:
    signs = "".join(recovery.spell(key))
    pairs = [(g + one, g + two) for g in range(0, 40, SIGNS) for one in range(SIGNS) for two in range(one)]
    for one, two in (*pairs, *pairwise(range(len(signs)))):
        if signs[one] != signs[two]:
            swapped = list(signs)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            known = {str(place // SIGNS + 1) for place in (one, two)}
            assert set(wrong_groups("".join(swapped)).split(", ")) == known


@given(KEYS, st.lists(st.integers(0, GROUPS - 1), min_size=2, max_size=2, unique=True))
def test_groups_in_a_wrong_order_are_found(key: bytes, places: list[int]) -> None:
    groups = list(recovery.spell(key))
    one, two = sorted(places)
    groups[one], groups[two] = groups[two], groups[one]
    assert wrong_groups(" ".join(groups)) == f"{one + 1}, {two + 1}"


def test_a_sign_too_few_is_named_by_its_group_where_the_groups_stand_apart() -> None:
    groups = list(recovery.spell(KNOWN))
    groups[2] = groups[2][:-1]
    assert wrong_groups(" ".join(groups)) == "3"
    with pytest.raises(WrongKey) as caught:
        recovery.read("".join(groups))
    assert caught.value.values["count"] == 39


@pytest.mark.parametrize("entered", ["", "   ", "seven invented words", "0" * 41])
def test_what_is_no_key_is_refused_and_never_repeated(entered: str) -> None:
    with pytest.raises(WrongKey) as caught:
        recovery.read(entered)
    assert entered.strip() == "" or entered not in str(caught.value.values)


def test_no_two_keys_are_alike_and_none_is_short() -> None:
    keys = {recovery.fresh() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {KEY_BYTES}
