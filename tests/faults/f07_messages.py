"""F7: a wrong secret, a damaged slot, a slot or header from elsewhere: three messages for each door, never mixed.

The header is altered by somebody who knows its keys, so that checksum and MAC hold and only the slot itself is wrong.
Most rounds put a quick function in the place of Argon2id; some go the whole way, from files and through the real one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header as headers
from family_case.crypto import slots
from family_case.crypto.header import DamagedSlot, Foreign
from family_case.crypto.kdf import FLOOR, Kdf
from family_case.crypto.keys import Root
from family_case.crypto.layout import Header, Slot, SlotType, encode, parse, signed
from family_case.errors import Damaged, Problem, Refused
from family_case.services import recovery
from tests.faults.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from family_case.chance import Dice
    from tests.faults.row import Plan

_MANY, _FEW = 500, 40  # of each fault and each kind of door
_REAL, _REAL_FEW = 32, 4  # of all of these, through Argon2id
_WORDS = {SlotType.PASSPHRASE: "passphrase", SlotType.RECOVERY: "key", SlotType.KEYSTORE: "key store"}


class Fault(Enum):
    """What is wrong, and what must be said."""

    NONE = "nothing"
    WRONG = "wrong secret"
    DAMAGED = "damaged slot"
    OTHER_SLOT = "slot of another vault"
    OTHER_HEADER = "header of another vault"
    STRANGER = "a file of another program"


_SAID: dict[Fault, type[Problem]] = {
    Fault.WRONG: Refused,
    Fault.DAMAGED: DamagedSlot,
    Fault.OTHER_SLOT: Foreign,
    Fault.OTHER_HEADER: Foreign,
    Fault.STRANGER: Foreign,
}
_MEANING = {Fault.OTHER_SLOT: "foreign", Fault.OTHER_HEADER: "foreign", Fault.STRANGER: "foreign"}


@dataclass(frozen=True, slots=True)
class Vault:
    """A header with one door of each kind, and what opens each."""

    header: Header
    root: Root
    secrets: dict[SlotType, str | bytes]

    def slot(self, kind: SlotType) -> Slot:
        """The door of this kind."""
        return next(slot for slot in self.header.slots if slot.type is kind)

    def having(self, slot: Slot) -> Header:
        """Its header with `slot` in the place of the one of its kind, signed."""
        kept = tuple(slot if each.type is slot.type else each for each in self.header.slots)
        return signed(replace(self.header, slots=kept), self.root)


@dataclass(slots=True)
class Heard:
    """What was said: messages by meaning, and what should not have been."""

    tried: int = 0
    failed: list[str] = field(default_factory=list)
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def judge(self, kind: SlotType, fault: Fault, attempt: Callable[[], Root | None]) -> None:
        """Try, and hold what is said against what is wrong."""
        self.tried += 1
        case = f"{kind.value}: {fault.value}"
        try:
            root = attempt()
        except Problem as problem:
            expected = _SAID.get(fault)
            if expected is None or not isinstance(problem, expected) or (fault is Fault.WRONG) is not _refuses(problem):
                self.failed.append(f"{case}: said {type(problem).__name__}")
            self.said[_MEANING.get(fault, fault.value)].add(problem.message)
            if fault in (Fault.DAMAGED, Fault.OTHER_SLOT) and _WORDS[kind] not in problem.message.lower():
                self.failed.append(f"{case}: the message speaks of another door")
            return
        opened = root is not None
        if opened is not (fault is Fault.NONE) or (not opened and kind is not SlotType.KEYSTORE):
            self.failed.append(f"{case}: {'opened' if opened else 'nothing was said'}")


def tried(plan: Plan) -> Row:
    """Every fault at every kind of door, with a quick function for Argon2id, and some with the real one."""
    dice, heard = plan.dice("messages"), Heard()
    with mock.patch.object(slots, "derive", _quick):
        vault, other = _made("first", dice), _made("first", dice)
        for _ in range(plan.rounds(_MANY, _FEW)):
            _round(vault, other, dice, heard, _in_memory)
    real, strange = _made("real words", dice), _made("real words", dice)
    for number in range(plan.rounds(_REAL, _REAL_FEW)):
        fault = list(Fault)[number % len(Fault)]
        folder = plan.folder / str(number)
        folder.mkdir()
        _try(real, strange, SlotType.PASSPHRASE, fault, dice, heard, partial(_in_folder, folder))
    mixed = [
        f"one message for two things: {message}"
        for meaning, messages in heard.said.items()
        for message in messages
        if any(message in told for other_meaning, told in heard.said.items() if other_meaning != meaning)
    ]
    what = "wrong secret, damaged slot, foreign file: three messages for passphrase, recovery key and key store"
    notes = (f"{plan.rounds(_REAL, _REAL_FEW)} of them through Argon2id and files",)
    return Row("F7", what, heard.tried, tuple(heard.failed + mixed), notes)


def _round(vault: Vault, other: Vault, dice: Dice, heard: Heard, read: Callable[[bytes], Header]) -> None:
    for kind in SlotType:
        for fault in Fault:
            _try(vault, other, kind, fault, dice, heard, read)


def _try(
    vault: Vault, other: Vault, kind: SlotType, fault: Fault, dice: Dice, heard: Heard, read: Callable[[bytes], Header]
) -> None:
    secret = _another(vault.secrets[kind], dice) if fault is Fault.WRONG else vault.secrets[kind]
    data = _altered(vault, other, kind, fault, dice)
    heard.judge(kind, fault, lambda: _open(read(data), kind, secret))


def _altered(vault: Vault, other: Vault, kind: SlotType, fault: Fault, dice: Dice) -> bytes:
    slot = vault.slot(kind)
    if fault is Fault.DAMAGED:
        return encode(vault.having(_damaged(slot, dice)))
    if fault is Fault.OTHER_SLOT:
        return encode(vault.having(other.slot(kind)))
    if fault is Fault.OTHER_HEADER:
        return encode(replace(vault.header, vault_id=other.header.vault_id))
    if fault is Fault.STRANGER:
        return dice.one((b"SQLite format 3\x00", b"%PDF-1.7\n", b"PK\x03\x04")) + encode(vault.header)
    return encode(vault.header)


def _open(header: Header, kind: SlotType, secret: str | bytes) -> Root | None:
    if isinstance(secret, str):
        return headers.unlock(header, secret)
    return recovery.root_of(header, secret) if kind is SlotType.RECOVERY else headers.unlock_bytes(header, kind, secret)


def _refuses(problem: Problem) -> bool:
    return isinstance(problem, Refused) and not isinstance(problem, Damaged)


def _in_memory(data: bytes) -> Header:
    return parse(data)


def _in_folder(folder: Path, data: bytes) -> Header:
    for name in (headers.COPY_A, headers.COPY_B):
        (folder / name).write_bytes(data)
    return headers.read(folder)


def _made(words: str, dice: Dice) -> Vault:
    header, root = headers.create(words, FLOOR)
    secrets: dict[SlotType, str | bytes] = {SlotType.PASSPHRASE: words}
    for kind in (SlotType.RECOVERY, SlotType.KEYSTORE):
        secret = hashlib.sha256(f"{kind.value} {words}".encode()).digest()[:20]
        secrets[kind] = secret
        header = replace(header, slots=(*header.slots, slots.seal_bytes(root, kind, secret)))
    return Vault(signed(header, root), root, secrets)


def _another(secret: str | bytes, dice: Dice) -> str | bytes:
    return f"{secret} {dice.below(60_000)}" if isinstance(secret, str) else _flipped(secret, dice)


def _damaged(slot: Slot, dice: Dice) -> Slot:
    """One bit of it turned; not of the commitment: one that differs is that of another secret."""
    part = dice.below(3)
    if part == 0:
        return replace(slot, sealed=_flipped(slot.sealed, dice))
    if part == 1:
        return replace(slot, nonce=_flipped(slot.nonce, dice))
    return replace(slot, binding=_flipped(slot.binding, dice))


def _flipped(value: bytes, dice: Dice) -> bytes:
    place, bit = dice.below(len(value)), dice.below(8)
    return value[:place] + bytes([value[place] ^ 1 << bit]) + value[place + 1 :]


def _quick(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
    return hashlib.sha256(repr((passphrase, salt, kdf)).encode()).digest()
