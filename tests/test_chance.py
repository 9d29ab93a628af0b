"""Ids are RFC 4648's base 32 of all 128 bits, so that another reader understands and none of the chance is lost."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st

from family_case import chance
from family_case.chance import SeededIds, SystemIds


@given(st.binary(min_size=16, max_size=16))
def test_an_id_is_all_sixteen_bytes_in_base_32(raw: bytes) -> None:
    text = chance._text(raw)
    assert base64.b32decode(text.upper() + "======") == raw


def test_ids_of_one_seed_repeat_and_those_of_the_system_do_not() -> None:
    assert SeededIds("a").new() == SeededIds("a").new() != SeededIds("b").new()
    assert SystemIds().new() != SystemIds().new()
