"""The header's bytes: strict in both directions, whatever somebody writes there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from family_case.crypto.kdf import FLOOR, Kdf
from family_case.crypto.keys import Root
from family_case.crypto.layout import (
    LIMIT,
    MAGIC,
    MOST_SLOTS,
    Foreign,
    Header,
    NewerFormat,
    Slot,
    SlotType,
    encode,
    parse,
    signature,
)
from family_case.errors import Bug, Damaged, Problem
from tests.crypto.test_kdf import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crypto.conftest import Made

SLOT = Slot(bytes(8), SlotType.PASSPHRASE, FLOOR, bytes(16), bytes(24), bytes(48), bytes(32), bytes(32))
HEADER = Header(bytes(range(16)), 1, 1, (SLOT,))

Body = dict[str, object]


def wrapped(line: bytes) -> bytes:
    """A header file with the right first lines around any third one."""
    return MAGIC + hashlib.sha256(MAGIC + line).hexdigest().encode() + b"\n" + line


def as_file(body: object) -> bytes:
    return wrapped(json.dumps(body, sort_keys=True, separators=(",", ":")).encode() + b"\n")


def body_of(header: Header) -> Body:
    body: Body = json.loads(encode(header).split(b"\n")[2])
    return body


def altered(change: Callable[[Body, Body], object]) -> bytes:
    """HEADER's file after `change(body, first slot)`, with the checksum made right again."""
    body = body_of(HEADER)
    slots = body["slots"]
    assert isinstance(slots, list)
    change(body, slots[0])
    return as_file(body)


def test_the_unaltered_body_is_accepted() -> None:
    assert parse(altered(lambda *_: None)) == HEADER


def test_the_bytes_are_those_of_the_docstring() -> None:
    assert (
        hashlib.sha256(encode(HEADER)).hexdigest() == "83208ba6581cd94ec7364d39c56dff2cd30098065e40740381e22dc5898dcf16"
    )


def test_what_is_written_is_read(made: Made) -> None:
    assert parse(encode(made.header)) == made.header


def test_doors_without_a_passphrase_have_their_place() -> None:
    doors = (replace(SLOT, id=b"recovery", type=SlotType.RECOVERY, kdf=None), SLOT)
    assert parse(encode(replace(HEADER, slots=doors))).slots == doors


NAMES = sorted(body_of(HEADER))
SLOT_NAMES = ["binding", "commitment", "id", "kdf", "nonce", "salt", "sealed", "type"]


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_field_is_refused(name: str) -> None:
    with pytest.raises(Damaged):
        parse(altered(lambda body, _: body.pop(name)))


@pytest.mark.parametrize("name", SLOT_NAMES)
def test_a_missing_slot_field_is_refused(name: str) -> None:
    with pytest.raises(Damaged):
        parse(altered(lambda _, slot: slot.pop(name)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [None, True, 0, -1, 1.0, 2**63, "", "00", "zz", [], {}, "И", " " * 32])
def test_a_value_of_another_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(Damaged):
        parse(altered(lambda body, _: body.update({name: value})))


@pytest.mark.parametrize("name", SLOT_NAMES)
@pytest.mark.parametrize("value", [None, True, 1, "", "00", "zz", "Passphrase", [], {}, {"lanes": 4}])
def test_a_slot_value_of_another_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(Damaged):
        parse(altered(lambda _, slot: slot.update({name: value})))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(Damaged):
        parse(altered(lambda body, _: body.update(note="")))
    with pytest.raises(Damaged):
        parse(altered(lambda _, slot: slot.update(note="")))


def test_a_duplicate_field_is_refused() -> None:
    line = encode(HEADER).split(b"\n")[2] + b"\n"
    twice = line.replace(b'"epoch":1', b'"epoch":1,"epoch":1')
    with pytest.raises(Damaged):
        parse(wrapped(twice))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"epoch":1', b'"epoch": 1'),
        (b'"epoch":1', b'"epoch":1e0'),
        (b'"epoch":1,"format":1', b'"format":1,"epoch":1'),
        (b'"epoch"', b'"\\u0065poch"'),
        (b"0c0d0e0f", b"0C0D0E0F"),
        (b"0c0d0e0f", b"0c0d 0e0f"),
        (b"}\n", b"}\n\n"),
        (b"}\n", b"}"),
        (b"}\n", b"}\r\n"),
    ],
)
def test_another_spelling_of_the_same_facts_is_refused(old: bytes, new: bytes) -> None:
    line = encode(HEADER).split(b"\n", 2)[2]
    assert parse(wrapped(line)) == HEADER
    assert old in line
    with pytest.raises(Damaged):
        parse(wrapped(new.join([line[: line.rindex(old)], line[line.rindex(old) + len(old) :]])))


@pytest.mark.parametrize("count", [0, MOST_SLOTS + 1])
def test_no_slot_and_nine_slots_are_refused(count: int) -> None:
    slots = tuple(replace(SLOT, id=bytes([number] * 8)) for number in range(count))
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=slots)))


def test_eight_slots_fit() -> None:
    slots = tuple(replace(SLOT, id=bytes([number] * 8)) for number in range(MOST_SLOTS))
    full = replace(HEADER, slots=slots)
    assert parse(encode(full)) == full
    assert len(encode(full)) < LIMIT


def test_two_slots_of_one_id_are_refused() -> None:
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=(SLOT, SLOT))))


def test_a_header_without_a_passphrase_is_refused() -> None:
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=(replace(SLOT, type=SlotType.KEYSTORE, kdf=None),))))


def test_only_a_passphrase_has_derivation_numbers() -> None:
    other = replace(SLOT, id=b"keystore", type=SlotType.KEYSTORE)
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=(SLOT, other))))
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=(replace(SLOT, kdf=None),))))


@pytest.mark.parametrize("numbers", HOSTILE)
def test_hostile_derivation_numbers_are_refused_on_reading(numbers: Kdf) -> None:
    with pytest.raises(Damaged):
        parse(encode(replace(HEADER, slots=(replace(SLOT, kdf=numbers),))))


def test_a_newer_format_is_refused_in_words_whatever_it_holds() -> None:
    with pytest.raises(NewerFormat) as caught:
        parse(as_file({"format": 7, "min_reader": 2, "unheard": []}))
    assert caught.value.values == {"format": 7}


def test_a_newer_format_that_old_programs_may_read_is_read() -> None:
    later = replace(HEADER, format=2)
    assert parse(encode(later)) == later


@pytest.mark.parametrize(
    "line", [b"[" * 60_000, b"\xff\n", b"1" * 5000, b"[]\n", b"null\n", b'{"min_reader":NaN}\n', b"", b"{" * 9]
)
def test_lines_that_are_no_body_are_refused(line: bytes) -> None:
    with pytest.raises(Damaged):
        parse(wrapped(line))


def test_more_than_64_kib_is_refused() -> None:
    with pytest.raises(Damaged):
        parse(wrapped(b" " * LIMIT))


def test_another_programs_file_is_called_foreign() -> None:
    for data in (b"", b"SQLite format 3\0", MAGIC[:-1], MAGIC.lower()):
        with pytest.raises(Foreign):
            parse(data)


def test_every_flipped_bit_and_every_cut_is_seen(made: Made) -> None:
    data = encode(made.header)
    for place in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            with pytest.raises(Damaged):
                parse(bytes(flipped))
        with pytest.raises(Damaged):
            parse(data[:place])
    with pytest.raises(Damaged):
        parse(data + b"\n")


@given(st.binary(max_size=300))
@example(MAGIC)
@example(MAGIC + b"\n\n")
def test_any_bytes_end_in_a_problem_not_a_crash(data: bytes) -> None:
    for candidate in (data, MAGIC + data, wrapped(data)):
        with pytest.raises(Problem):
            parse(candidate)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES + SLOT_NAMES), inner, max_size=8),
    max_leaves=12,
)


@given(st.sampled_from(NAMES), st.sampled_from(SLOT_NAMES), JSON, JSON)
def test_any_json_in_the_place_of_a_field_is_read_strictly(
    name: str, slot_name: str, one: object, other: object
) -> None:
    def change(body: Body, slot: Body) -> None:
        slot[slot_name] = other
        body[name] = one

    data = altered(change)
    try:
        header = parse(data)
    except Problem:
        return
    assert encode(header) == data


def test_a_root_of_another_vault_signs_nothing() -> None:
    with pytest.raises(Bug):
        signature(HEADER, Root(bytes(16), 1, bytes(32)))
    with pytest.raises(Bug):
        signature(HEADER, Root(HEADER.vault_id, 2, bytes(32)))


def test_a_successor_counts_up_and_is_unsigned(made: Made) -> None:
    after = made.header.successor()
    assert (after.generation, after.slots, after.mac) == (2, made.header.slots, bytes(32))
    assert made.header.successor((SLOT,)).slots == (SLOT,)
