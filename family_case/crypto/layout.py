r"""The room of keys: what a vault's header says, and its exact bytes.

`header.a` and `header.b` hold the same bytes, at most 65,536, in three lines that each end with one \n:

    FAMILY-CASE VAULT HEADER
    <SHA-256 of line 1 and line 3 with their line ends: 64 lowercase hex digits; tells a torn write>
    <body: JSON in ASCII, keys sorted, no white space>

The body has exactly these keys, each once; bytes are lowercase hex digits, numbers plain decimal integers:

    epoch       1 and up: which root key
    format      1: the format this header was written in
    generation  1 and up: raised at every change of the header; the higher valid one counts
    mac         32 bytes: HMAC-SHA256 under the root's header key over line 1 and line 3 written without "mac"
    min_reader  1: a program that knows only lower formats must not open this vault
    slots       1 to 8 objects, at least one of type "passphrase", ids unlike
    vault_id    16 random bytes

    of a slot:  binding     32 bytes    | what they mean
                commitment  32 bytes    | stands in
                nonce       24 bytes    | slots.py
                salt        16 bytes    |
                sealed      48 bytes    |
                id          8 random bytes
                type        "passphrase", "recovery" or "keystore"
                kdf         null, or for a passphrase {"lanes":4,"memory_kib":65536,"passes":3} (see kdf.py)

A reader refuses whatever is not byte for byte what it would write itself: nothing missing, nothing more, no default.
The lines 1 and 2 and the keys "format" and "min_reader" stay as they are in every later format.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from typing import Final

from family_case.crypto.kdf import SALT_BYTES, Kdf, demand_bounds
from family_case.crypto.keys import VAULT_ID_BYTES, Root
from family_case.crypto.strict import Fields, JsonObject, Unexpected, read
from family_case.errors import Bug, Damaged, Refused
from family_case.i18n import N_

LIMIT: Final = 64 * 1024
MOST_SLOTS: Final = 8
FORMAT: Final = 1
MAGIC: Final = b"FAMILY-CASE VAULT HEADER\n"

SLOT_ID_BYTES: Final = 8
NONCE_BYTES: Final = 24
SEALED_BYTES: Final = 48
TAG_BYTES: Final = 32

_BODY = frozenset({"epoch", "format", "generation", "mac", "min_reader", "slots", "vault_id"})
_SLOT = frozenset({"binding", "commitment", "id", "kdf", "nonce", "salt", "sealed", "type"})
_KDF = frozenset({"lanes", "memory_kib", "passes"})


class Foreign(Damaged):
    """The file, or a part of it, belongs to another program or another vault."""


class NewerFormat(Refused):
    """The vault was written by a newer version of this program."""


class SlotType(enum.Enum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word in the file, not a passphrase
    RECOVERY = "recovery"
    KEYSTORE = "keystore"


@dataclass(frozen=True, slots=True)
class Slot:
    """One door to the root key; the meaning of its bytes stands in slots.py."""

    id: bytes
    type: SlotType
    kdf: Kdf | None
    salt: bytes
    nonce: bytes
    sealed: bytes
    commitment: bytes
    binding: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """Facts of a vault's header. A `mac` of 32 zero bytes says: not yet signed."""

    vault_id: bytes
    epoch: int
    generation: int
    slots: tuple[Slot, ...]
    format: int = FORMAT
    min_reader: int = FORMAT
    mac: bytes = bytes(TAG_BYTES)

    def successor(self, slots: tuple[Slot, ...] | None = None) -> Header:
        """Give the next generation of this header, with other `slots` if they are given; unsigned."""
        kept = self.slots if slots is None else slots
        return replace(self, generation=self.generation + 1, slots=kept, mac=bytes(TAG_BYTES))


def canonical(value: object) -> bytes:
    """The one way to write `value` as JSON: ASCII, keys sorted, no white space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def signature(header: Header, root: Root) -> bytes:
    """MAC of the whole header under `root`; 32 bytes. Raises Bug if the two do not belong together."""
    if (header.vault_id, header.epoch) != (root.vault_id, root.epoch):
        raise Bug("header and root of different vaults or epochs")
    body = _body(header)
    del body["mac"]
    return hmac.digest(root.header_key(), MAGIC + canonical(body) + b"\n", hashlib.sha256)


def signed(header: Header, root: Root) -> Header:
    """Give `header` with the MAC it must carry."""
    return replace(header, mac=signature(header, root))


def encode(header: Header) -> bytes:
    """Bytes of one copy of the header."""
    body = canonical(_body(header)) + b"\n"
    return MAGIC + hashlib.sha256(MAGIC + body).hexdigest().encode("ascii") + b"\n" + body


def parse(data: bytes) -> Header:
    """Read one copy of the header; the MAC is checked later, once the keys are there.

    Raises Foreign if the file is not of this program, NewerFormat, or Damaged for anything that is not exactly as
    `encode` writes it.
    """
    if not data.startswith(MAGIC):
        raise Foreign(
            N_(
                "The header of this vault was not written by this program. If it was overwritten, copy header.a and "
                "header.b from a backup of this vault into this folder, and nothing is lost; else restore the newest "
                "backup."
            )
        )
    checksum, _, line = data[len(MAGIC) :].partition(b"\n")
    if len(data) > LIMIT or hashlib.sha256(MAGIC + line).hexdigest().encode("ascii") != checksum:
        raise _bad()
    try:
        header = _header(read(line))
    except Unexpected:
        raise _bad() from None
    if encode(header) != data:
        raise _bad()
    return header


def _bad() -> Damaged:
    return Damaged(N_("The header of this vault is damaged."))


def _body(header: Header) -> JsonObject:
    return {
        "epoch": header.epoch,
        "format": header.format,
        "generation": header.generation,
        "mac": header.mac.hex(),
        "min_reader": header.min_reader,
        "slots": [_slot_body(slot) for slot in header.slots],
        "vault_id": header.vault_id.hex(),
    }


def _slot_body(slot: Slot) -> JsonObject:
    return {
        "binding": slot.binding.hex(),
        "commitment": slot.commitment.hex(),
        "id": slot.id.hex(),
        "kdf": kdf_body(slot.kdf),
        "nonce": slot.nonce.hex(),
        "salt": slot.salt.hex(),
        "sealed": slot.sealed.hex(),
        "type": slot.type.value,
    }


def kdf_body(kdf: Kdf | None) -> JsonObject | None:
    """The derivation's numbers as they stand in the header."""
    return None if kdf is None else {"lanes": kdf.lanes, "memory_kib": kdf.memory_kib, "passes": kdf.passes}


def _header(value: object) -> Header:
    promise = Fields(value)
    if promise.whole("min_reader") > FORMAT:
        raise NewerFormat(
            N_("This vault was written by a newer version of the program (format {format}). Install that version."),
            format=promise.whole("format"),
        )
    body = Fields(value, _BODY)
    return Header(
        vault_id=body.raw("vault_id", VAULT_ID_BYTES),
        epoch=body.whole("epoch"),
        generation=body.whole("generation"),
        slots=_slots(body.any("slots")),
        format=body.whole("format"),
        min_reader=body.whole("min_reader"),
        mac=body.raw("mac", TAG_BYTES),
    )


def _slots(value: object) -> tuple[Slot, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_SLOTS:
        raise Unexpected
    slots = tuple(_slot(entry) for entry in value)
    unlike = len({slot.id for slot in slots}) == len(slots)
    if not unlike or not any(slot.type is SlotType.PASSPHRASE for slot in slots):
        raise Unexpected
    return slots


def _slot(value: object) -> Slot:
    fields = Fields(value, _SLOT)
    kind = next((kind for kind in SlotType if kind.value == fields.text("type")), None)
    kdf = fields.any("kdf")
    if kind is None or (kdf is None) is (kind is SlotType.PASSPHRASE):
        raise Unexpected
    return Slot(
        id=fields.raw("id", SLOT_ID_BYTES),
        type=kind,
        kdf=None if kdf is None else _kdf(kdf),
        salt=fields.raw("salt", SALT_BYTES),
        nonce=fields.raw("nonce", NONCE_BYTES),
        sealed=fields.raw("sealed", SEALED_BYTES),
        commitment=fields.raw("commitment", TAG_BYTES),
        binding=fields.raw("binding", TAG_BYTES),
    )


def _kdf(value: object) -> Kdf:
    fields = Fields(value, _KDF)
    kdf = Kdf(fields.whole("memory_kib"), fields.whole("passes"), fields.whole("lanes"))
    demand_bounds(kdf)
    return kdf
