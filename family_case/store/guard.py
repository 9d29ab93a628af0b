"""One process, one writer: an OS advisory lock on the vault's `lock` file, checked by device and inode.

SQLite's own locks are not relied on: closing any other descriptor of the database in this process would drop them
(docs/vault-format.md). The file holds a random id only.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from family_case.errors import Unavailable
from family_case.files import explain
from family_case.i18n import N_

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "lock"
_OPEN_ELSEWHERE = N_("This vault is open in another window or program. Close it there first; nothing was changed.")
_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Guard:
    """Holds the vault's lock file from `__init__` until `release`."""

    def __init__(self, folder: Path, token: str) -> None:
        """Take the lock of the vault in `folder`; Unavailable when another process or window has it."""
        path = folder / LOCK
        self._lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
            path.write_text(token + "\n", encoding="utf-8", newline="\n")
            held, named = os.fstat(self._descriptor()), path.stat()
        except Timeout:
            raise Unavailable(_OPEN_ELSEWHERE) from None
        except OSError as error:
            if self._lock.is_locked:  # ours, and of no use half-written (a full disk)
                path.unlink(missing_ok=True)
            self.release()
            raise explain(error, folder) from None
        if (held.st_dev, held.st_ino) != (named.st_dev, named.st_ino):
            self.release()
            raise Unavailable(
                N_("The vault's lock file was replaced while it was taken. Nothing was changed; try again.")
            )

    def _descriptor(self) -> int:
        descriptor = self._lock._context.lock_file_fd  # noqa: SLF001 - the library shows it nowhere else
        return -1 if descriptor is None else descriptor

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()


class Onlooker:
    """Keeps writers out while a vault is read only, and writes nothing: it shares the lock file, if there is one.

    Where there is none (it was never opened for writing there, or the disk was full) nothing is made.
    """

    def __init__(self, folder: Path) -> None:
        """Share the lock of the vault in `folder`; Unavailable when somebody writes there."""
        self._descriptor = -1
        try:
            self._descriptor = os.open(folder / LOCK, _LOOK)
            _share(self._descriptor)
        except FileNotFoundError:
            return
        except BlockingIOError:
            self.release()
            raise Unavailable(_OPEN_ELSEWHERE) from None
        except OSError as error:
            self.release()
            raise explain(error, folder / LOCK) from None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Let writers in again."""
        self.release()

    def release(self) -> None:
        """Let writers in again."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor != -1:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _share(descriptor: int) -> None:
    """Lock for reading; where only one may have a lock (Windows), this one has it. Raises BlockingIOError."""
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None
    else:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
