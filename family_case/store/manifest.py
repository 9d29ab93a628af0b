"""What a backup says of itself: the manifest beside its database, under a MAC of the vault's backup key.

It lies in plain on a stick that may be lost; so it holds numbers, ids and hashes, and nothing that counts or names
people. The bytes are told in docs/vault-format.md.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, cast

from family_case.crypto.signed import read_line, signed_line

NAME = "manifest"
LIMIT = 4096  # bytes; a real one has fewer than 600
_FORMAT = 1
_MAY_LACK = "blobs"  # a backup without any, or older than they are
_TITLE = b"family-case backup\n"  # so that the MAC can never stand for anything else


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose backup, of which day (UTC milliseconds), as of which commit, and what its database's bytes must be.

    `heads` counts journal entries, `head` is the hash of the newest; `size` in bytes. `blobs` is the SHA-256 of the
    list of sealed files that belong to it (`pool`); empty where there are none, and then it is not written.
    """

    vault_id: str
    copy_id: str
    taken_ms: int
    offset_min: int
    schema: int
    commit_seq: int
    heads: int
    head: str
    size: int
    sha256: str
    blobs: str = ""


def encode(manifest: Manifest, key: bytes) -> bytes:
    """The manifest's bytes, signed with the vault's backup key."""
    return signed_line(_facts(manifest), _TITLE, key)


def parse(data: bytes, key: bytes) -> Manifest | None:
    """The manifest that these bytes are; None when they are not one, or are not signed by this key."""
    facts = read_line(data, _TITLE, key)
    lacking = {_MAY_LACK} if facts is not None and _MAY_LACK not in facts else set[str]()
    if facts is None or facts.pop("format", None) != _FORMAT or facts.keys() != _TYPES.keys() - lacking:
        return None
    if any(type(value) is not _TYPES[name] for name, value in facts.items()):
        return None
    return Manifest(**cast("dict[str, Any]", facts))


_TYPES: dict[str, type] = {each.name: {"str": str, "int": int}[str(each.type)] for each in fields(Manifest)}


def _facts(manifest: Manifest) -> dict[str, str | int]:
    told = {**asdict(manifest), "format": _FORMAT}
    return {name: value for name, value in told.items() if name != _MAY_LACK or value}
