"""Doors come and go, and a passphrase is always among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from family_case.crypto import header as headers
from family_case.crypto import slot_set, slots
from family_case.crypto.kdf import FLOOR
from family_case.crypto.layout import MOST_SLOTS, Header, Slot, SlotType, encode, parse, signed
from family_case.errors import Bug, Damaged, Refused
from tests.crypto.conftest import PASSPHRASE, Made

SECRET = bytes(range(20))


def recovery(made: Made) -> Slot:
    return slots.seal_bytes(made.root, SlotType.RECOVERY, SECRET)


def test_a_door_of_each_kind_opens_the_vault_and_no_other_one(made: Made) -> None:
    other = bytes(20)
    header = slot_set.with_slot(made.header, recovery(made))
    header = slot_set.with_slot(header, slots.seal_bytes(made.root, SlotType.KEYSTORE, other))
    headers.write(made.folder, header, made.root)
    read = slot_set.current(made.folder, made.root)
    assert read.generation == made.header.generation + 2
    assert headers.unlock_bytes(read, SlotType.RECOVERY, SECRET) == made.root
    assert headers.unlock_bytes(read, SlotType.KEYSTORE, other) == made.root
    assert headers.unlock_bytes(read, SlotType.RECOVERY, other) is None
    assert headers.unlock_bytes(read, SlotType.KEYSTORE, SECRET) is None
    assert headers.unlock(read, PASSPHRASE) == made.root


def test_a_door_in_the_place_of_another_shuts_that(made: Made) -> None:
    old, new = recovery(made), slots.seal_bytes(made.root, SlotType.RECOVERY, bytes(20))
    header = slot_set.with_slot(made.header, old)
    after = signed(slot_set.replaced(header, {old.id}, new), made.root)
    assert [slot.type for slot in after.slots] == [SlotType.PASSPHRASE, SlotType.RECOVERY]
    assert headers.unlock_bytes(after, SlotType.RECOVERY, bytes(20)) == made.root
    assert headers.unlock_bytes(after, SlotType.RECOVERY, SECRET) is None


def test_a_replaced_passphrase_stands_where_the_old_one_stood(made: Made) -> None:
    header = slot_set.with_slot(made.header, recovery(made))
    new = slots.seal(made.root, "новая фраза", FLOOR)
    after = slot_set.replaced(header, {made.header.slots[0].id}, new)
    assert after.slots == (new, header.slots[1])
    assert after.generation == header.generation + 1


def test_the_last_passphrase_cannot_go_by_any_way(made: Made) -> None:
    header = slot_set.with_slot(made.header, recovery(made))
    last = header.slots[0].id
    with pytest.raises(Refused, match="last passphrase"):
        slot_set.without_slot(header, last)
    with pytest.raises(Refused, match="last passphrase"):
        slot_set.replaced(header, {last}, slots.seal_bytes(made.root, SlotType.KEYSTORE, SECRET))
    with pytest.raises(Damaged):
        parse(encode(replace(header, slots=header.slots[1:])))


def test_of_two_passphrases_one_may_go(made: Made) -> None:
    other = slots.seal(made.root, "вторая фраза", FLOOR)
    both = slot_set.with_slot(made.header, other)
    assert slot_set.without_slot(both, made.header.slots[0].id).slots == (other,)


def test_a_door_that_is_gone_cannot_go_again(made: Made) -> None:
    with pytest.raises(Refused, match="no such door"):
        slot_set.without_slot(made.header, bytes(8))
    with pytest.raises(Refused, match="no such door"):
        slot_set.replaced(made.header, {bytes(8)}, recovery(made))


def test_there_is_an_end_to_doors_and_the_full_header_can_still_be_read(made: Made) -> None:
    header: Header = made.header
    while len(header.slots) < MOST_SLOTS:
        header = slot_set.with_slot(header, recovery(made))
    assert parse(encode(signed(header, made.root))).slots == header.slots
    with pytest.raises(Refused, match="at most"):
        slot_set.with_slot(header, recovery(made))
    assert len(slot_set.replaced(header, {header.slots[-1].id}, recovery(made)).slots) == MOST_SLOTS


def test_a_header_that_somebody_altered_is_not_signed_anew(made: Made) -> None:
    planted = replace(made.header, generation=9, slots=(*made.header.slots, recovery(made)))
    made.copy(headers.COPY_B).write_bytes(encode(planted))
    with pytest.raises(Damaged):
        slot_set.current(made.folder, made.root)


def test_bytes_do_not_stand_in_for_a_passphrase_and_few_bytes_for_a_key(made: Made) -> None:
    with pytest.raises(Bug):
        slots.seal_bytes(made.root, SlotType.PASSPHRASE, bytes(32))
    for length in (0, 15):
        with pytest.raises(Bug):
            slots.seal_bytes(made.root, SlotType.RECOVERY, bytes(length))
