"""The write-ahead log as a file: which pages of the database it holds, read from its own frame headers.

    header  32 bytes: magic, version, page size, checkpoint number, two salts, two checksums; each 4 bytes, big-endian
    frame   24 bytes (page number, size after a commit or 0, the same two salts, two checksums), then the page

SQLCipher encrypts the page and leaves the headers as SQLite has them (https://www.sqlite.org/fileformat2.html, 4.1).
Frames with other salts are left over from before the log began anew. SQLite takes no lock on this file, so reading it
through a descriptor of its own costs none.
"""

from __future__ import annotations

import contextlib
import os
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Final = 4096
_HEADER: Final = 32
_FRAME: Final = 24 + PAGE
_MAGIC: Final = frozenset({0x377F0682, 0x377F0683})
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NONE: Final = -1


class Log:
    """Reads `main.db-wal` while the connection writes it; closed before the connection, which deletes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = _NONE

    def frames(self) -> int:
        """How many frames of the present log there are; 0 when there is none, or it cannot be read."""
        try:
            return self._frames(self._salts())
        except (OSError, struct.error, ValueError):
            return 0

    def pages(self) -> set[int] | None:
        """Numbers of the pages that the present log holds, from 1 on; None when it is odd or cannot be read."""
        try:
            return {self._frame(number)[0] for number in range(self._frames(self._salts()))}
        except (OSError, struct.error, ValueError):
            return None

    def close(self) -> None:
        """Close; before the connection is closed, since some systems keep an open file from being deleted."""
        descriptor, self._descriptor = self._descriptor, _NONE
        if descriptor != _NONE:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def _frames(self, salts: bytes | None) -> int:
        if salts is None:
            return 0
        low, high = 0, (os.fstat(self._descriptor).st_size - _HEADER) // _FRAME
        while low < high:  # those of the present log come first
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._frame(middle)[1] == salts else (low, middle)
        return low

    def _salts(self) -> bytes | None:
        """Salts of the present log; None without one. ValueError for what is no log of ours."""
        if self._descriptor == _NONE:
            try:
                self._descriptor = os.open(self._path, _FLAGS)
            except FileNotFoundError:
                return None
        header = self._read(0, _HEADER)
        if not header:
            return None
        magic, _version, page = struct.unpack_from(">3I", header)
        if magic not in _MAGIC or page != PAGE:
            raise ValueError
        return header[16:24]

    def _frame(self, number: int) -> tuple[int, bytes]:
        header = self._read(_HEADER + number * _FRAME, 16)
        (page,) = struct.unpack_from(">I", header)
        return int(page), header[8:16]

    def _read(self, offset: int, length: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        return os.read(self._descriptor, length)
