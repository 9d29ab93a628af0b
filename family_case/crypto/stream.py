"""The room of keys: one file sealed in chunks, so that a swapped, cut, altered or reordered one is noticed.

    sealed file = header of libsodium's secretstream (XChaCha20-Poly1305), 24 bytes, then sealed chunks
    chunk       = 65,536 bytes of the padded file (the last may have fewer), sealed: 17 bytes more
    bound       = vault id (16 bytes) | name of the sealed file (32 ASCII digits): associated data of the first chunk
    last chunk  = the only one with TAG_FINAL; all others have TAG_MESSAGE

Every file has a random key of its own. The padding is zeros up to the next step of eight to the doubling, at least
16 KiB: 4.6 % more on average and 12.5 % at most (measured over sizes from 20 KB to 500 MB), and of all sizes from 1 to
64 MiB only 48 can be told apart. Padmé (PURBs, 2019) adds 1.1 % and leaves 192 of them: files here are few and a voice
note of known length should be one of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nacl.bindings import crypto_secretstream_xchacha20poly1305_ABYTES as CHUNK_MORE
from nacl.bindings import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as init_pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as init_push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_KEYBYTES as KEY_BYTES
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as stream_state
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from family_case.errors import Damaged
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK: Final = 1 << 16  # bytes of the padded file
NAME_BYTES: Final = 16
_LEAST: Final = 1 << 14  # bytes any file is padded to
_STEPS_BITS: Final = 3  # eight steps to the doubling
_ALTERED: Final = N_("A sealed file is not as it was written: cut short, altered, or another one's.")


def fresh_key() -> bytes:
    """A random key for one file."""
    return random_bytes(KEY_BYTES)


def fresh_name() -> str:
    """A random name for a sealed file: 32 hex digits that say nothing of it."""
    return random_bytes(NAME_BYTES).hex()


def bound_to(vault_id: bytes, name: str) -> bytes:
    """What a sealed file is bound to: its vault and its own name."""
    return vault_id + name.encode("ascii")


def padded(size: int) -> int:
    """Length in bytes to which a file of `size` bytes is padded."""
    wanted = max(size, _LEAST)
    step = 1 << max(0, (wanted - 1).bit_length() - 1 - _STEPS_BITS)
    return -(-wanted // step) * step


def sealed_size(size: int) -> int:
    """Length in bytes of the sealed file of a file of `size` bytes."""
    whole = padded(size)
    return HEADER_BYTES + whole + -(-whole // CHUNK) * CHUNK_MORE


def sealed(read: Callable[[int], bytes], size: int, key: bytes, bound: bytes) -> Iterator[bytes]:
    """The sealed file, piece by piece: `read(n)` gives the next n bytes of the plain one, fewer only at its end.

    Whatever `read` gives beyond `size` bytes is not read; fewer are an EOFError: the file changed meanwhile.
    """
    state = stream_state()
    yield init_push(state, key)
    left, room = size, padded(size)
    while room:
        length = min(CHUNK, room)
        plain = read(min(length, left))
        if len(plain) < min(length, left):
            raise EOFError
        left -= len(plain)
        room -= length
        yield push(state, plain.ljust(length, b"\0"), bound, MESSAGE if room else FINAL)
        bound = b""


def opened(read: Callable[[int], bytes], size: int, key: bytes, bound: bytes) -> Iterator[bytes]:
    """The plain file of `size` bytes, chunk by chunk, from what `read(n)` gives of the sealed one.

    A chunk is handed on only once it has proven to be its own; Damaged as soon as one has not, also for a file that
    ends too early or goes on.
    """
    state, left, room = stream_state(), size, padded(size)
    try:
        init_pull(state, _exactly(read, HEADER_BYTES), key)
        while room:
            length = min(CHUNK, room)
            room -= length
            plain, tag = pull(state, _exactly(read, length + CHUNK_MORE), bound)
            if tag != (MESSAGE if room else FINAL):
                raise Damaged(_ALTERED)
            bound = b""
            if left:
                yield plain[:left]
                left -= min(left, length)
    except CryptoError:
        raise Damaged(_ALTERED) from None
    if read(1):
        raise Damaged(_ALTERED)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    found = read(length)
    if len(found) != length:
        raise Damaged(_ALTERED)
    return found
