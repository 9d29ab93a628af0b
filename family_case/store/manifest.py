"""What a backup says of itself: the manifest beside its database, under a MAC of the vault's backup key.

It lies in plain on a stick that may be lost; so it holds numbers, ids and hashes, and nothing that counts or names
people. The bytes are told in docs/vault-format.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, fields

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
    return _line({**_facts(manifest), "mac": _mac(manifest, key)})


def parse(data: bytes, key: bytes) -> Manifest | None:
    """The manifest that these bytes are; None when they are not one, or are not signed by this key."""
    try:
        facts = json.loads(data.decode("ascii"))
        known = {name: facts[name] for name in _TYPES if name != _MAY_LACK or name in facts}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if any(type(value) is not _TYPES[name] for name, value in known.items()):
        return None
    found = Manifest(**known)
    return found if hmac.compare_digest(encode(found, key), data) else None


_TYPES: dict[str, type] = {each.name: {"str": str, "int": int}[str(each.type)] for each in fields(Manifest)}


def _mac(manifest: Manifest, key: bytes) -> str:
    return hmac.digest(key, _TITLE + _line(_facts(manifest)), hashlib.sha256).hex()


def _facts(manifest: Manifest) -> dict[str, str | int]:
    told = {**asdict(manifest), "format": _FORMAT}
    return {name: value for name, value in told.items() if name != _MAY_LACK or value}


def _line(facts: dict[str, str | int]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"
