"""The room of keys: a slot seals the root key under a secret, and tells three failures apart.

    derived    = of a passphrase: Argon2id(passphrase, slot salt, slot kdf), 32 bytes (kdf.py)
                 of random bytes (recovery, keystore): HKDF(bytes, slot salt, "family-case/v1/slot-<type>", 32)
    seal key   = HKDF(derived, salt empty,    info "family-case/v1/slot-seal", 32)
    commitment = HKDF(derived, salt empty,    info "family-case/v1/slot-commitment", 32)
    binding    = HKDF(derived, salt vault id, info "family-case/v1/slot-binding/<epoch>/<slot id in hex>", 32)
    sealed     = XChaCha20-Poly1305-IETF(seal key, nonce, root key, associated data), 48 bytes
    associated data = the JSON object {"epoch","id","kdf","salt","type","vault_id"}, written like the header's body

A commitment that differs: another secret (the header's checksum has excluded damage). A commitment that agrees
while the seal does not open: a slot of another vault or epoch if the binding differs too, otherwise a damaged slot.
The commitment also closes what XChaCha20-Poly1305 leaves open: one sealed text can be made to open under two keys.
"""

from __future__ import annotations

import hmac
from typing import Final

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as aead_open
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as aead_seal
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from family_case.crypto.kdf import SALT_BYTES, Kdf, derive
from family_case.crypto.keys import Root, hkdf
from family_case.crypto.layout import (
    NONCE_BYTES,
    SLOT_ID_BYTES,
    TAG_BYTES,
    Foreign,
    Header,
    Slot,
    SlotType,
    canonical,
    kdf_body,
)
from family_case.errors import Bug, Damaged
from family_case.i18n import N_

_SEAL_INFO: Final = b"family-case/v1/slot-seal"
_COMMITMENT_INFO: Final = b"family-case/v1/slot-commitment"
_LEAST_BYTES: Final = 16


_FOREIGN: Final = {
    SlotType.PASSPHRASE: N_("The passphrase is right, but the header of this vault contains a key of another vault."),
    SlotType.RECOVERY: N_("The recovery key is right, but the header of this vault contains a key of another vault."),
    SlotType.KEYSTORE: N_(
        "What this computer's key store holds is right, but the header of this vault contains a key of another vault."
    ),
}
_DAMAGED: Final = {
    SlotType.PASSPHRASE: N_("The passphrase is right, but the key it opens is damaged. Restore the newest backup."),
    SlotType.RECOVERY: N_(
        "The recovery key is right, but the key it opens is damaged. Open the vault with a passphrase, or restore the "
        "newest backup."
    ),
    SlotType.KEYSTORE: N_(
        "What this computer's key store holds is right, but the key it opens is damaged. Open the vault with a "
        "passphrase."
    ),
}


class DamagedSlot(Damaged):
    """The secret is the right one, but the key it opens is damaged."""


def seal(root: Root, passphrase: str, kdf: Kdf) -> Slot:
    """Make a passphrase slot for `root`. Raises what `kdf.derive` raises."""
    return _sealed(root, SlotType.PASSPHRASE, passphrase, kdf)


def seal_bytes(root: Root, kind: SlotType, secret: bytes) -> Slot:
    """Make a slot that random bytes open, at least 16 of them: a recovery key, or what an OS key store holds."""
    if kind is SlotType.PASSPHRASE or len(secret) < _LEAST_BYTES:
        raise Bug("a passphrase, or a short key, needs a derivation")
    return _sealed(root, kind, secret, None)


def unseal(header: Header, slot: Slot, secret: str | bytes) -> Root | None:
    """Open `slot` of `header` (passphrase: text, else bytes); None if the secret is not its own.

    Raises Foreign if the slot was made for another vault or epoch, DamagedSlot if it is damaged, and what
    `kdf.derive` raises.
    """
    derived = _derived(slot.type, secret, slot.salt, slot.kdf)
    if not hmac.compare_digest(_grow(derived, _COMMITMENT_INFO), slot.commitment):
        return None
    bound = hmac.compare_digest(_binding(derived, header.vault_id, header.epoch, slot.id), slot.binding)
    data = _associated(header.vault_id, header.epoch, slot.id, slot.type, slot.kdf, slot.salt)
    try:
        plain = aead_open(slot.sealed, data, slot.nonce, _grow(derived, _SEAL_INFO))
    except CryptoError:
        if not bound:
            raise Foreign(_FOREIGN[slot.type]) from None
        raise DamagedSlot(_DAMAGED[slot.type]) from None
    if not bound:
        raise DamagedSlot(_DAMAGED[slot.type])
    return Root(header.vault_id, header.epoch, plain)


def _sealed(root: Root, kind: SlotType, secret: str | bytes, kdf: Kdf | None) -> Slot:
    salt, nonce, slot_id = random_bytes(SALT_BYTES), random_bytes(NONCE_BYTES), random_bytes(SLOT_ID_BYTES)
    derived = _derived(kind, secret, salt, kdf)
    data = _associated(root.vault_id, root.epoch, slot_id, kind, kdf, salt)
    return Slot(
        id=slot_id,
        type=kind,
        kdf=kdf,
        salt=salt,
        nonce=nonce,
        sealed=aead_seal(root.secret, data, nonce, _grow(derived, _SEAL_INFO)),
        commitment=_grow(derived, _COMMITMENT_INFO),
        binding=_binding(derived, root.vault_id, root.epoch, slot_id),
    )


def _derived(kind: SlotType, secret: str | bytes, salt: bytes, kdf: Kdf | None) -> bytes:
    if isinstance(secret, str):
        if kdf is None:
            raise Bug("a passphrase slot has numbers for its derivation")
        return derive(secret, salt, kdf)
    return hkdf(secret, salt, f"family-case/v1/slot-{kind.value}".encode(), TAG_BYTES)


def _grow(derived: bytes, info: bytes) -> bytes:
    return hkdf(derived, b"", info, TAG_BYTES)


def _binding(derived: bytes, vault_id: bytes, epoch: int, slot_id: bytes) -> bytes:
    info = f"family-case/v1/slot-binding/{epoch}/{slot_id.hex()}".encode()
    return hkdf(derived, vault_id, info, TAG_BYTES)


def _associated(vault_id: bytes, epoch: int, slot_id: bytes, kind: SlotType, kdf: Kdf | None, salt: bytes) -> bytes:
    return canonical(
        {
            "epoch": epoch,
            "id": slot_id.hex(),
            "kdf": kdf_body(kdf),
            "salt": salt.hex(),
            "type": kind.value,
            "vault_id": vault_id.hex(),
        }
    )
