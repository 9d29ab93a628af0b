"""What the database's bytes are: hashed chunk by chunk through the one descriptor, and again only where they changed.

    digest = SHA-256 of the SHA-256 of each chunk, one after the other; the last chunk may be short
    part   = the first 8 bytes of the same over a run of chunks: at most 64 parts, each of as many chunks

Which pages change is read from the log just before it is worked into the file, so the program does that itself and
SQLite never by itself. Chunks of 64 KiB: an entry touches some forty pages far apart, and a chunk is hashed whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from family_case.crypto.anchor import PARTS, Sum
from family_case.store.log import PAGE, Log
from family_case.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Generator


CHUNK: Final = 1 << 16
_BLOCK: Final = 1 << 20  # read at once; five milliseconds on a slow laptop
_PART_DIGITS: Final = 16


@dataclass(slots=True)
class Digest:
    """Chunk digests of an open database's file; `complete` once every chunk was read."""

    reader: Reader
    log: Log
    complete: bool = False
    running: bool = False
    _size: int = 0
    _chunks: list[bytes] = field(default_factory=list)
    _touched: set[int] | None = field(default_factory=set)  # page numbers; None: any of them

    def steps(self) -> Generator[float]:
        """Hash the whole file, yielding the share done; the file must stand still until the end. Raises Unavailable."""
        self.running = True
        try:
            size, offset = self.reader.size(), 0
            self._chunks.clear()
            while offset < size:
                block = self.reader.read(offset, min(_BLOCK, size - offset))
                if not block:
                    return
                self._chunks += [_hash(block[at : at + CHUNK]) for at in range(0, len(block), CHUNK)]
                offset += len(block)
                yield offset / size
            self._size, self.complete = size, True
        finally:
            self.running = False

    def note(self) -> None:
        """Remember the pages of the log; to be called before it is worked into the file."""
        pages = self.log.pages()
        self._touched = None if pages is None or self._touched is None else self._touched | pages

    def sum(self) -> Sum | None:
        """What the bytes are that were read; None when not all were."""
        if not self.complete or not self._chunks:
            return None
        run = _run(len(self._chunks))
        runs = (self._chunks[at : at + run] for at in range(0, len(self._chunks), run))
        parts = (_hash(b"".join(each)).hex()[:_PART_DIGITS] for each in runs)
        return Sum(self._size, _hash(b"".join(self._chunks)).hex(), tuple(parts))

    def renewed(self) -> Sum | None:
        """The same after the log was worked in: chunks touched since are read again. Raises Unavailable."""
        if not self.complete:
            return None
        size = self.reader.size()
        count = -(-size // CHUNK)
        for number in self._stale(size, count):
            data = self.reader.read(number * CHUNK, min(CHUNK, size - number * CHUNK))
            self._chunks[number : number + 1] = [_hash(data)]
        del self._chunks[count:]
        self._size, self._touched = size, set()
        return self.sum()

    def _stale(self, size: int, count: int) -> list[int]:
        if self._touched is None:
            return list(range(count))
        stale = {(page - 1) * PAGE // CHUNK for page in self._touched} | set(range(len(self._chunks), count))
        if size != self._size:
            stale.add(min(size, self._size) // CHUNK)  # the chunk at the end became longer or shorter
        return sorted(number for number in stale if number < count)


def altered(before: Sum, now: Sum) -> tuple[int, int]:
    """From which percent of the file to which it was altered: 0 to 100 where that cannot be told."""
    odd = [at for at, (one, other) in enumerate(zip(before.parts, now.parts, strict=False)) if one != other]
    if before.size != now.size or not odd:
        return 0, 100
    run = _run(-(-now.size // CHUNK)) * CHUNK
    return odd[0] * run * 100 // now.size, min(100, -(-(odd[-1] + 1) * run * 100 // now.size))


def _run(chunks: int) -> int:
    """How many chunks make one part of a file of so many."""
    return -(-chunks // PARTS)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
