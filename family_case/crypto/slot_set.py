"""The room of keys: which doors a vault has. A header with one more, one less, or one in the place of others.

What comes out is the next generation, unsigned; `header.write` signs it and brings it to the disk, B before A.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.crypto import header as headers
from family_case.crypto.layout import MOST_SLOTS, Header, Slot, SlotType
from family_case.errors import Refused
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from family_case.crypto.keys import Root


def current(folder: Path, root: Root) -> Header:
    """The header that lies in `folder`, proven to be that of `root`: what nobody without the keys has altered.

    Raises what `header.read` raises, and Damaged where the proof fails.
    """
    found = headers.read(folder)
    headers.demand_signature(found, root)
    return found


def of_kind(header: Header, kind: SlotType) -> tuple[Slot, ...]:
    """The doors of one kind, in the order in which they stand."""
    return tuple(slot for slot in header.slots if slot.type is kind)


def with_slot(header: Header, slot: Slot) -> Header:
    """The next generation with one door more. Refused when there are already as many as a header can hold."""
    return _successor(header, (*header.slots, slot))


def without_slot(header: Header, slot_id: bytes) -> Header:
    """The next generation without this door. Refused for the last passphrase, and for a door that is not there."""
    _demand_there(header, (slot_id,))
    return _successor(header, tuple(slot for slot in header.slots if slot.id != slot_id))


def replaced(header: Header, gone: Collection[bytes], slot: Slot) -> Header:
    """The next generation with `slot` in the place of the doors `gone`; none of these opens the vault any more.

    With `gone` empty it is one more door. Refused as `with_slot` and `without_slot` are.
    """
    _demand_there(header, gone)
    kept = tuple(each for each in header.slots if each.id not in gone)
    first = next((place for place, each in enumerate(header.slots) if each.id in gone), len(kept))
    return _successor(header, (*kept[:first], slot, *kept[first:]))


def _demand_there(header: Header, gone: Collection[bytes]) -> None:
    if not set(gone) <= {slot.id for slot in header.slots}:
        raise Refused(N_("The vault has no such door any more. Nothing was changed."))


def _successor(header: Header, slots: tuple[Slot, ...]) -> Header:
    if not any(slot.type is SlotType.PASSPHRASE for slot in slots):
        raise Refused(
            N_(
                "The last passphrase cannot be removed: a vault always opens with one. Change it instead. "
                "Nothing was changed."
            )
        )
    if len(slots) > MOST_SLOTS:
        raise Refused(
            N_("A vault has at most {count} doors. Remove one that nobody uses first. Nothing was changed."),
            count=MOST_SLOTS,
        )
    return header.successor(slots)
