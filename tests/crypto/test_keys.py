"""Every key grows from the root as RFC 5869 says, and none is another's."""

from __future__ import annotations

import pytest

from family_case.crypto.keys import Root, hkdf

# RFC 5869, appendix A: test cases 1, 2 and 3 (SHA-256): secret, salt, info, length, output
VECTORS = [
    (
        b"\x0b" * 22,
        bytes(range(0x0D)),
        bytes(range(0xF0, 0xFA)),
        42,
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    (
        bytes(range(0x50)),
        bytes(range(0x60, 0xB0)),
        bytes(range(0xB0, 0x100)),
        82,
        (
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
    ),
    (
        b"\x0b" * 22,
        b"",
        b"",
        42,
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
]
ROOT = Root(bytes(range(16)), 1, bytes(range(32)))


@pytest.mark.parametrize(("secret", "salt", "info", "length", "expected"), VECTORS)
def test_rfc_5869(secret: bytes, salt: bytes, info: bytes, length: int, expected: str) -> None:
    assert hkdf(secret, salt, info, length).hex() == expected


@pytest.mark.parametrize("length", [0, -1, 255 * 32 + 1])
def test_hkdf_gives_no_other_lengths(length: int) -> None:
    with pytest.raises(ValueError, match=str(length)):
        hkdf(b"secret", b"", b"", length)


def test_the_database_key_is_what_sqlcipher_takes_raw() -> None:
    key = ROOT.database_key()
    assert len(key) == 96
    assert key == hkdf(ROOT.secret, ROOT.vault_id, b"family-case/v1/database/1", 48).hex()


def _keys(root: Root) -> list[str]:
    raw = [root.header_key().hex(), root.anchor_key().hex(), root.backup_key().hex()]
    return [key[:32] for key in [*raw, root.database_key(), root.witness_name()]]


def test_no_use_vault_or_epoch_shares_a_key() -> None:
    roots = [ROOT, Root(bytes(16), 1, ROOT.secret), Root(ROOT.vault_id, 2, ROOT.secret)]
    keys = [key for root in roots for key in _keys(root)]
    assert len(set(keys)) == len(keys) == 15


def test_keys_stay_the_same_for_ever() -> None:
    # a change here locks everybody out of his vault
    assert ROOT.witness_name() == "409189b0f1eb7c7d97227ea558040d1a"
    assert ROOT.header_key().hex() == "d7536122cecaf8c5ea155bfa5be13b1e9f6bc033c1d2865c77bc45cecc1f75f9"


def test_a_root_shows_nothing() -> None:
    assert repr(ROOT) == str(ROOT) == f"{ROOT}" == "Root(...)"


@pytest.mark.parametrize(
    ("vault_id", "epoch", "secret"), [(b"", 1, bytes(32)), (bytes(16), 0, bytes(32)), (bytes(16), 1, b"")]
)
def test_a_root_of_other_lengths_cannot_be_made(vault_id: bytes, epoch: int, secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Root(vault_id, epoch, secret)
