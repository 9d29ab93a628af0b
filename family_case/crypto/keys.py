"""The room of keys: the root of one epoch and every key that grows from it.

    key of a use = HKDF-SHA256(secret = root, salt = vault id, info = "family-case/v1/<use>/<epoch>")

The epoch stands in decimal digits. Uses and lengths in bytes: "header" 32, "anchor" 32, "database" 48 (key 32, then
SQLCipher's salt 16), "backup" 32, "witness" 16.

HKDF is written here on the standard library's `hmac`: ten lines, held against every SHA-256 vector of RFC 5869. The
library that has it, `cryptography`, would bring all of OpenSSL into the unlock window for them.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

ROOT_BYTES: Final = 32
VAULT_ID_BYTES: Final = 16
_HASH_BYTES: Final = 32
_DATABASE_BYTES: Final = 48
_WITNESS_BYTES: Final = 16


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF-SHA256, extract then expand (RFC 5869); `length` in bytes, at most 255 * 32."""
    if not 0 < length <= 255 * _HASH_BYTES:
        raise ValueError(length)
    extracted = hmac.digest(salt or bytes(_HASH_BYTES), secret, hashlib.sha256)
    out = block = b""
    for count in range(1, -(-length // _HASH_BYTES) + 1):
        block = hmac.digest(extracted, block + info + bytes([count]), hashlib.sha256)
        out += block
    return out[:length]


@dataclass(frozen=True, slots=True, repr=False)
class Root:
    """The root of one epoch (32 random bytes) with the vault it belongs to; all other keys grow from it."""

    vault_id: bytes
    epoch: int
    secret: bytes = field()

    def __post_init__(self) -> None:
        """Refuse lengths that cannot be: a mistake of ours, never the user's."""
        if len(self.secret) != ROOT_BYTES or len(self.vault_id) != VAULT_ID_BYTES or self.epoch < 1:
            raise ValueError

    def __repr__(self) -> str:
        return "Root(...)"

    def header_key(self) -> bytes:
        """Key of the MAC over the header file."""
        return self._grow("header", ROOT_BYTES)

    def anchor_key(self) -> bytes:
        """Key of the MAC over the anchor file."""
        return self._grow("anchor", ROOT_BYTES)

    def database_key(self) -> str:
        """SQLCipher's raw key as 96 hex digits (64 of the key, 32 of the salt), to stand between x' and '."""
        return self._grow("database", _DATABASE_BYTES).hex()

    def backup_key(self) -> bytes:
        """Key of the backups of this epoch."""
        return self._grow("backup", ROOT_BYTES)

    def witness_name(self) -> str:
        """Name of the witness file: 32 hex digits that say nothing about the vault."""
        return self._grow("witness", _WITNESS_BYTES).hex()

    def _grow(self, use: str, length: int) -> bytes:
        return hkdf(self.secret, self.vault_id, f"family-case/v1/{use}/{self.epoch}".encode(), length)
