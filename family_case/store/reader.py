"""The one descriptor of the database: opened before the connection and closed after it (docs/vault-format.md).

On POSIX, closing any descriptor of a file drops the process's locks on it; so whoever must read `main.db` as a file
while the vault is open reads it through this one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from family_case.files import explain

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_CLOSED = -1


class Reader:
    """Reads the database's bytes as they lie on the disk."""

    def __init__(self, path: Path) -> None:
        """Open `path` for reading; Unavailable when the system does not let us."""
        self._path = path
        try:
            self._descriptor = os.open(path, _FLAGS)
        except OSError as error:
            raise explain(error, path) from None

    def size(self) -> int:
        """Length in bytes now; Unavailable when it cannot be asked."""
        try:
            return os.fstat(self._descriptor).st_size
        except OSError as error:
            raise explain(error, self._path) from None

    def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset` on; Unavailable when the disk does not answer or the vault is closed."""
        try:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, length)
        except OSError as error:
            raise explain(error, self._path) from None

    def close(self) -> None:
        """Close; only after the connection is closed."""
        descriptor, self._descriptor = self._descriptor, _CLOSED
        if descriptor != _CLOSED:
            os.close(descriptor)
