"""The room of keys: the anchor and the witness: how far a vault had come (docs/vault-format.md, byte for byte).

The anchor lies in the vault's folder: how many changes the database holds at least, and, once the vault was closed
cleanly, what its bytes are. The witness lies in the user's own folder: how far this computer has seen this copy come.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from family_case.crypto.keys import VAULT_ID_BYTES
from family_case.crypto.signed import read_line, signed_line, unproven
from family_case.crypto.strict import Fields, Unexpected

if TYPE_CHECKING:
    from family_case.crypto.keys import Root

ANCHOR: Final = "anchor"
LIMIT: Final = 4096  # bytes; a real one has fewer than 1,800
PARTS: Final = 64  # at most; of the file, so that one can say where it was altered
_FORMAT: Final = 1
_HASH_BYTES: Final = 32
_PART_BYTES: Final = 8
_NAME_BYTES: Final = 16
_ANCHOR_TITLE: Final = b"family-case anchor\n"
_WITNESS_TITLE: Final = b"family-case witness\n"
_SUM = frozenset({"digest", "parts", "size"})
_ANCHOR = frozenset({"closed", "commit_seq", "epoch", "format", "generation", "sum", "vault_id", "written_ms"})
_WITNESS = frozenset({"commit_seq", "epoch", "format", "generation"})


class Sort(enum.Enum):
    """Why a file is no anchor of this vault."""

    DAMAGED = enum.auto()
    FOREIGN = enum.auto()  # it says that it belongs to another vault


@dataclass(frozen=True, slots=True)
class Sum:
    """What the closed database's bytes are: length, digest over all (SHA-256 in hex), one of each part (16 digits)."""

    size: int
    digest: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far a vault had come when this was written (UTC milliseconds).

    `closed`: nothing was written since, and there is no log. `sum`: what the database file is, without its log; a vault
    that is open has it until its log is first worked in.
    """

    vault_id: str
    epoch: int
    generation: int
    commit_seq: int
    written_ms: int
    closed: bool = False
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """How far this computer has seen one copy of a vault come."""

    epoch: int
    generation: int
    commit_seq: int


def write_anchor(anchor: Anchor, root: Root) -> bytes:
    """The anchor's bytes."""
    return signed_line({**asdict(anchor), "format": _FORMAT}, _ANCHOR_TITLE, root.anchor_key())


def read_anchor(data: bytes, root: Root) -> Anchor | Sort:
    """The anchor that these bytes are, or why they are none of the vault of `root`."""
    facts = read_line(data, _ANCHOR_TITLE, root.anchor_key())
    try:
        if facts is None:
            return _whose(data, root)
        fields = Fields(facts, _ANCHOR)
        found = Anchor(
            fields.raw("vault_id", VAULT_ID_BYTES).hex(),
            fields.whole("epoch"),
            fields.whole("generation"),
            fields.whole("commit_seq"),
            fields.whole("written_ms"),
            fields.any("closed") is True,
            _sum(fields.any("sum")),
        )
    except Unexpected:
        return Sort.DAMAGED
    whole = write_anchor(found, root) == data and (found.sum is not None or not found.closed)
    return found if whole else Sort.DAMAGED


def write_witness(witness: Witness, root: Root) -> bytes:
    """The witness's bytes."""
    return signed_line({**asdict(witness), "format": _FORMAT}, _WITNESS_TITLE, root.anchor_key())


def read_witness(data: bytes, root: Root) -> Witness | None:
    """The witness that these bytes are; None when they are none of this vault."""
    facts = read_line(data, _WITNESS_TITLE, root.anchor_key())
    try:
        fields = Fields(facts, _WITNESS)
        return Witness(fields.whole("epoch"), fields.whole("generation"), fields.whole("commit_seq"))
    except Unexpected:
        return None


def witness_name(root: Root, copy_id: str) -> str:
    """Name of the witness of one copy of the vault: 32 hex digits that say nothing of either.

    Each copy has its own, because a restored one goes its own way beside the one it comes from.
    """
    key = bytes.fromhex(root.witness_name())
    return hmac.digest(key, copy_id.encode(), hashlib.sha256)[:_NAME_BYTES].hex()


def _whose(data: bytes, root: Root) -> Sort:
    claimed = Fields(unproven(data)).text("vault_id")
    return Sort.DAMAGED if claimed == root.vault_id.hex() else Sort.FOREIGN


def _sum(value: object) -> Sum | None:
    if value is None:
        return None
    fields = Fields(value, _SUM)
    parts = fields.any("parts")
    if not isinstance(parts, list) or not 1 <= len(parts) <= PARTS:
        raise Unexpected
    each = (Fields({"part": part}).raw("part", _PART_BYTES).hex() for part in parts)
    return Sum(fields.whole("size"), fields.raw("digest", _HASH_BYTES).hex(), tuple(each))
