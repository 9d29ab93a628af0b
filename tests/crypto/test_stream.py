"""A sealed file that is not the one that was written is never taken for it, whatever was done to it."""

from __future__ import annotations

import io
import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from family_case.crypto import stream
from family_case.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Callable

VAULT, NAME, OTHER = b"v" * 16, "0" * 32, "f" * 32
HEAD, SEALED_CHUNK = 24, stream.CHUNK + 17
KEY = bytes(range(32))
LONG = b"".join(number.to_bytes(4) for number in range(60_000))  # four chunks, padded to 245,760 bytes


def sealed(plain: bytes, name: str = NAME, vault: bytes = VAULT, key: bytes = KEY) -> bytes:
    return b"".join(stream.sealed(io.BytesIO(plain).read, len(plain), key, stream.bound_to(vault, name)))


def opened(data: bytes, size: int, name: str = NAME, vault: bytes = VAULT, key: bytes = KEY) -> bytes:
    return b"".join(stream.opened(io.BytesIO(data).read, size, key, stream.bound_to(vault, name)))


@pytest.mark.parametrize("size", [0, 1, 16_384, 16_385, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 300_001])
def test_what_was_sealed_comes_back_byte_for_byte(size: int) -> None:
    plain = (LONG * 2)[:size]
    data = sealed(plain)
    assert opened(data, size) == plain
    assert len(data) == stream.sealed_size(size)
    assert size < 64 or plain[:64] not in data


def _swapped(data: bytes) -> bytes:
    first, second = (data[HEAD + n * SEALED_CHUNK : HEAD + (n + 1) * SEALED_CHUNK] for n in (0, 1))
    return data[:HEAD] + second + first + data[HEAD + 2 * SEALED_CHUNK :]


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "a byte is missing at the end": lambda data: data[:-1],
    "the last chunk is missing": lambda data: data[: HEAD + 3 * SEALED_CHUNK],
    "all but the first chunk is missing": lambda data: data[: HEAD + SEALED_CHUNK],
    "nothing is left": lambda _data: b"",
    "something was added": lambda data: data + b"\0",
    "two chunks changed places": _swapped,
    "a chunk stands twice": lambda data: data[: HEAD + SEALED_CHUNK] + data[HEAD:],
    "a middle chunk is left out": lambda data: data[: HEAD + SEALED_CHUNK] + data[HEAD + 2 * SEALED_CHUNK :],
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_a_sealed_file_that_was_cut_or_mixed_is_refused(attack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Damaged):
        opened(attack(sealed(LONG)), len(LONG))


def test_a_flipped_bit_is_refused_wherever_it_is() -> None:
    data = sealed(b"short", key=KEY)
    for place in [*range(64), *range(64, len(data), 97), len(data) - 1]:
        with pytest.raises(Damaged):
            opened(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], 5)


@pytest.mark.parametrize("elsewhere", [{"name": OTHER}, {"vault": b"w" * 16}, {"key": bytes(32)}])
def test_a_file_put_in_the_place_of_another_is_refused_even_under_the_same_key(elsewhere: dict[str, object]) -> None:
    with pytest.raises(Damaged):
        opened(sealed(LONG), len(LONG), **elsewhere)  # type: ignore[arg-type]  # each is of its own type


def test_a_row_that_gives_another_size_does_not_get_a_shorter_file() -> None:
    """The size stands in the row: one of another step of sizes must not open."""
    data = sealed(LONG)
    for size in (1, len(LONG) // 2, len(LONG) * 2):
        with pytest.raises(Damaged):
            opened(data, size)


def test_a_file_cut_between_two_chunks_is_no_whole_shorter_file() -> None:
    """Each chunk that is left proves to be its own; only that the last one is not the last shows that it was cut."""
    with pytest.raises(Damaged):
        opened(sealed(LONG)[: HEAD + SEALED_CHUNK], stream.CHUNK)


def test_nothing_of_a_chunk_is_handed_on_before_it_was_proven() -> None:
    data = sealed(LONG)
    at = HEAD + SEALED_CHUNK + 5  # within the second chunk
    altered = io.BytesIO(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    pieces = stream.opened(altered.read, len(LONG), KEY, stream.bound_to(VAULT, NAME))
    assert next(pieces) == LONG[: stream.CHUNK]
    with pytest.raises(Damaged):
        next(pieces)


def test_sizes_are_told_in_few_steps_and_cost_an_eighth_at_most() -> None:
    sizes = sorted({stream.padded(size) for size in range(1 << 20, 1 << 24, 4096)})
    assert len(sizes) <= 4 * 8 + 1
    assert all(later / earlier <= 1.125 for earlier, later in pairwise(sizes))
    assert all(size <= stream.padded(size) <= size * 1.125 for size in range(1 << 15, 1 << 21, 777))
    assert {stream.padded(size) for size in range(16_385)} == {16_384}


def test_a_file_is_sealed_and_opened_in_little_memory() -> None:
    """Nine megabytes go through; not one of them is held."""
    size, left = 9 << 20, [9 << 20]

    def zeros(length: int) -> bytes:
        given = min(length, left[0])
        left[0] -= given
        return bytes(given)

    tracemalloc.start()
    try:
        bound = stream.bound_to(VAULT, NAME)
        through = iter(stream.sealed(zeros, size, KEY, bound))
        rest = b""

        def back(length: int) -> bytes:
            nonlocal rest
            while len(rest) < length and (piece := next(through, b"")):
                rest += piece
            given, rest = rest[:length], rest[length:]
            return given

        assert sum(map(len, stream.opened(back, size, KEY, bound))) == size
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1 << 20
