"""The key store of this computer as a door to the vault: turned on, turned off, asked how it stands, opened by."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from family_case.crypto import header, keystore, slot_set
from family_case.crypto.keystore import KeyStore, NoKey
from family_case.crypto.layout import SlotType
from family_case.errors import Problem
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.services import doors

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Door, Session

__all__ = [
    "MEANING",
    "THIS_COMPUTER",
    "KeyStore",
    "NoKey",
    "Standing",
    "door",
    "offered",
    "standing",
    "turn_off",
    "turn_on",
]

Note = tuple[str, Mapping[str, object]]

THIS_COMPUTER: Final = KeyStore()
MEANING: Final = N_(
    "While you are logged in, whoever can use this account on this computer can then open the vault without the "
    "passphrase. The passphrase keeps opening it. The key store shows an entry with a random-looking name and "
    "the time it was made, and nothing of the vault."
)
_ON = N_("The vault now also opens by the key store of this computer, and by that of no other one.")
_OFF = N_("The vault no longer opens by a key store.")
_WAS_OFF = N_("The vault does not open by a key store; nothing was changed.")
_LEFT = N_(
    "The key store did not let its entry be removed. It opens the vault no more; but backups made while the key store "
    "was on still open with it, on this account. Remove the entry “{name}” in the system's own list."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the vault has a key-store door, and why this computer's store cannot be used now (None: it answers)."""

    on: bool
    trouble: Problem | None


def standing(folder: Path, store: KeyStore = THIS_COMPUTER) -> Standing:
    """How the door stands; asks the store nothing that opens a dialog. Raises what `header.read` raises."""
    on = keystore.is_on(header.read(folder))
    try:
        store.probe()
    except NoKey as trouble:
        return Standing(on, trouble)
    return Standing(on, None)


def offered(folder: Path, store: KeyStore = THIS_COMPUTER) -> bool:
    """Whether to offer this door: the vault has one and the store answers. False, too, where no header can be read."""
    try:
        return keystore.is_on(header.read(folder)) and standing(folder, store).trouble is None
    except Problem:
        return False


def turn_on(session: Session, passphrase: str, store: KeyStore = THIS_COMPUTER) -> Changes:
    """Let the vault open by this computer's key store too; a key-store door that it had before is closed.

    `passphrase` is one that opens it: whoever finds a vault open must not make himself a door.

    Raises WrongPassphrase, or NoKey when the store fails or does not give back what it was given; the vault then has
    no other door than before.
    """
    session.vault.demand_writable()
    before = slot_set.current(session.folder, session.root)
    doors.proven(before, passphrase)
    changed = keystore.turned_on(before, session.root, store)
    (slot,) = slot_set.of_kind(changed, SlotType.KEYSTORE)
    try:
        doors.put(session, changed, slot)
    except Problem:
        with contextlib.suppress(Problem):
            if header.read(session.folder).generation == before.generation:
                keystore.forgotten(before, store)
        raise
    return doors.told(session, slot, ((_ON, {}), (MEANING, {})))


def turn_off(session: Session, store: KeyStore = THIS_COMPUTER) -> Changes:
    """Close the key-store door, then take the value out of the store; the notes say if that one would not let it go."""
    session.vault.demand_writable()
    before = slot_set.current(session.folder, session.root)
    if not keystore.is_on(before):
        keystore.forgotten(before, store)  # what a turning on that was killed left
        return Changes(session.vault.commit_seq(), Reason.DOOR, notes=((_WAS_OFF, {}),))
    (slot, *_) = slot_set.of_kind(before, SlotType.KEYSTORE)
    doors.put(session, keystore.turned_off(before))
    if keystore.forgotten(before, store):
        return doors.told(session, slot, ((_OFF, {}),))
    left = {"name": keystore.entry_of(before.vault_id).service}
    return doors.told(session, slot, ((_OFF, {}), (_LEFT, left)))


def door(store: KeyStore = THIS_COMPUTER) -> Door:
    """The door to `enter` by. Raises NoKey (also when there is no such door), or Damaged."""
    return partial(keystore.opened, store=store)
