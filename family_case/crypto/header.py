"""The room of keys: a vault's header in use. The exact bytes stand in layout.py, the seals in slots.py.

Two copies lie in the vault's folder. A change is written to copy B, brought to the disk, and only then to copy A; so a
power cut leaves at least one whole copy, and the higher valid generation counts.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from nacl.utils import random as random_bytes

from family_case.crypto import slots
from family_case.crypto.kdf import Kdf, Weight, demand_bounds, weight
from family_case.crypto.keys import ROOT_BYTES, VAULT_ID_BYTES, Root
from family_case.crypto.layout import (
    LIMIT,
    Foreign,
    Header,
    NewerFormat,
    Slot,
    SlotType,
    encode,
    parse,
    signature,
    signed,
)
from family_case.crypto.ram import installed_ram
from family_case.crypto.slots import DamagedSlot
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.files import read_bounded, write_atomic
from family_case.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "COPY_A",
    "COPY_B",
    "DamagedSlot",
    "Foreign",
    "Header",
    "HeavyVault",
    "NewerFormat",
    "NoVault",
    "Slot",
    "SlotType",
    "WrongPassphrase",
    "create",
    "demand_signature",
    "opened_by",
    "read",
    "repair",
    "unlock",
    "unlock_bytes",
    "write",
]

COPY_A: Final = "header.a"
COPY_B: Final = "header.b"
_MEGABYTE: Final = 1024 * 1024


class NoVault(Refused):
    """There is no vault in this folder."""


class WrongPassphrase(Refused):
    """No slot of the header belongs to this passphrase."""


class HeavyVault(Refused):
    """Opening needs more than half of this computer's memory; `accept_weight` says to try all the same."""


def create(passphrase: str, kdf: Kdf) -> tuple[Header, Root]:
    """Make a header with one passphrase slot and the root key it seals; nothing is written.

    Raises Refused for an impossible passphrase, Damaged for numbers out of bounds, Unavailable without the memory.
    """
    root = Root(random_bytes(VAULT_ID_BYTES), 1, random_bytes(ROOT_BYTES))
    slot = slots.seal(root, passphrase, kdf)
    return signed(Header(root.vault_id, root.epoch, 1, (slot,)), root), root


def next_epoch(header: Header, passphrase: str) -> tuple[Header, Root]:
    """A header of the next epoch with a new root key under one passphrase slot, as costly as the one before.

    No other door comes along: what opens it is not known here. Nothing is written. Raises what `create` raises.
    """
    root = Root(header.vault_id, header.epoch + 1, random_bytes(ROOT_BYTES))
    cost = next(slot.kdf for slot in header.slots if slot.kdf is not None)
    slot = slots.seal(root, passphrase, cost)
    fresh = Header(root.vault_id, root.epoch, header.generation + 1, (slot,))
    return signed(fresh, root), root


def write(folder: Path, header: Header, root: Root) -> None:
    """Write both copies, signed: B, to the disk, then A. Raises Unavailable."""
    data = encode(signed(header, root))
    for name in (COPY_B, COPY_A):
        write_atomic(folder / name, data)


def read(folder: Path) -> Header:
    """Give the header of the vault in `folder`: of its valid copies the one with the higher generation.

    Raises NoVault, NewerFormat, Foreign (not of this program, or copies of two vaults), Damaged (no copy is whole) or
    Unavailable (the disk does not answer).
    """
    headers: list[Header] = []
    problems: list[Problem] = []
    for name in (COPY_A, COPY_B):
        try:
            data = read_bounded(folder / name, LIMIT)
            if data is not None:
                headers.append(parse(data))
        except NewerFormat:
            raise
        except (Damaged, Unavailable) as problem:
            problems.append(problem)
    if len({header.vault_id for header in headers}) > 1:
        raise Foreign(
            N_("{one} and {other} belong to two different vaults. Move the wrong one out of this folder."),
            one=COPY_A,
            other=COPY_B,
        )
    if not headers:
        raise _unreadable(problems)
    return max(headers, key=lambda header: header.generation)


def _unreadable(problems: list[Problem]) -> Problem:
    if not problems:
        return NoVault(N_("There is no vault in this folder."))
    mute = next((problem for problem in problems if isinstance(problem, Unavailable)), None)
    if mute is not None:
        return mute
    if all(isinstance(problem, Foreign) for problem in problems):
        return problems[0]
    return Damaged(
        N_(
            "Both copies of the vault's header are damaged. Copy header.a and header.b from a backup of this vault "
            "into this folder, and nothing is lost; else restore the newest backup."
        )
    )


def unlock(header: Header, passphrase: str, *, accept_weight: bool = False, ram_bytes: int | None = None) -> Root:
    """Give the root key that `passphrase` opens; takes and raises what `opened_by` does."""
    return opened_by(header, passphrase, accept_weight=accept_weight, ram_bytes=ram_bytes)[1]


def opened_by(
    header: Header, passphrase: str, *, accept_weight: bool = False, ram_bytes: int | None = None
) -> tuple[Slot, Root]:
    """Give the slot that `passphrase` opens, and the root key in it.

    `ram_bytes` is the memory of this computer (None: ask the system); a derivation of more than half of it is tried
    only with `accept_weight`. Raises WrongPassphrase, HeavyVault, DamagedSlot, Foreign, Damaged (hostile numbers,
    before any derivation; or a header altered outside its slots), Unavailable (memory).
    """
    doors = [(slot, slot.kdf) for slot in header.slots if slot.type is SlotType.PASSPHRASE and slot.kdf is not None]
    for _, kdf in doors:
        demand_bounds(kdf)
    present = installed_ram() if ram_bytes is None else ram_bytes
    if not accept_weight:
        _demand_lightness([kdf for _, kdf in doors], present)
    for slot, _ in doors:
        root = slots.unseal(header, slot, passphrase)
        if root is not None:
            demand_signature(header, root)
            return slot, root
    raise WrongPassphrase(N_("This passphrase does not open the vault. Look at the keyboard layout and Caps Lock."))


def unlock_bytes(header: Header, kind: SlotType, secret: bytes) -> Root | None:
    """Give the root key that random bytes open (a recovery key, what an OS key store holds); None: no slot is theirs.

    Raises DamagedSlot, Foreign, or Damaged (a header altered outside its slots).
    """
    for slot in header.slots:
        root = slots.unseal(header, slot, secret) if slot.type is kind else None
        if root is not None:
            demand_signature(header, root)
            return root
    return None


def _demand_lightness(kdfs: list[Kdf], present: int | None) -> None:
    for kdf in kdfs:
        if present is not None and weight(kdf, present) is Weight.ASK:
            raise HeavyVault(
                N_("Opening this vault needs {needed} MB of memory; this computer has {present} MB. Try all the same?"),
                needed=kdf.memory_kib // 1024,
                present=present // _MEGABYTE,
            )


def demand_signature(header: Header, root: Root) -> None:
    """Raise Damaged unless the whole `header` is as whoever knows `root` wrote it."""
    if not hmac.compare_digest(signature(header, root), header.mac):
        raise Damaged(N_("The key is right, but the header of this vault was altered or damaged beside it."))


def repair(folder: Path, header: Header, root: Root) -> tuple[str, ...]:
    """Rewrite, after `unlock`, the copies that are not `header`, B before A; give their names. Raises Unavailable."""
    data = encode(signed(header, root))
    mended = tuple(name for name in (COPY_B, COPY_A) if _content(folder / name) != data)
    for name in mended:
        write_atomic(folder / name, data)
    return mended


def _content(path: Path) -> bytes | None:
    try:
        return read_bounded(path, LIMIT)
    except (Damaged, Unavailable):
        return None
