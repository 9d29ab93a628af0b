"""The second reader's hand for sealed files: what docs/vault-format.md says of them, and nothing of the program."""

import hashlib
from contextlib import closing
from pathlib import Path

import nacl.bindings as sodium

from tests.independent_reader import header, holds, opened

CHUNK, MORE = 65_536, 17


def padded(size: int) -> int:
    least = max(size, 16_384)
    step: int = 2 ** (len(f"{least - 1:b}") - 4)
    return (least + step - 1) // step * step


def plain(sealed: bytes, vault_id: str, name: str, key: str, size: int) -> bytes:
    """The file as it was given; NotAsWritten, or an error of libsodium, where it is not the one that was sealed."""
    state, out, at, left = sodium.crypto_secretstream_xchacha20poly1305_state(), b"", 24, padded(size)
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[:24], bytes.fromhex(key))
    bound = bytes.fromhex(vault_id) + name.encode("ascii")
    while left:
        length = min(CHUNK, left)
        chunk, at, left = sealed[at : at + length + MORE], at + length + MORE, left - length
        data, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, bound)
        holds(len(data) == length and tag == (0 if left else 3), "a chunk is not where it should be")
        out, bound = out + data, b""
    holds(at == len(sealed), "the sealed file goes on")
    return out[:size]


def files(folder: Path, passphrase: str) -> dict[str, bytes]:
    """Every attached file by its name as given."""
    vault_id, found = header(folder)["vault_id"], {}
    with closing(opened(folder, passphrase)) as database:
        for name, size, digest, blob, key in database.execute(
            "SELECT name, size, sha256, blob, seal_key FROM attachment"
        ):
            found[name] = plain((folder / "blobs" / blob[:2] / blob).read_bytes(), vault_id, blob, key, size)
            holds(hashlib.sha256(found[name]).hexdigest() == digest, f"{name} is not what was given")
    return found


def listed(entry: Path) -> dict[str, Path]:
    """Files that a backup lists, by their sealed names, each held against its length and hash."""
    found = {}
    vault_id = header(entry)["vault_id"]
    for line in (entry / "blobs.list").read_text("ascii").splitlines():
        name, length, digest = line.split(" ")
        found[name] = entry.parent / f"family-case-blobs-{vault_id[:8]}" / name[:2] / name
        data = found[name].read_bytes()
        holds((len(data), hashlib.sha256(data).hexdigest()) == (int(length), digest), f"{name} is not what was listed")
    return found
