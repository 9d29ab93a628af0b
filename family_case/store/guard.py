"""One process, one writer: an OS advisory lock on the vault's `lock` file, checked by device and inode.

SQLite's own locks are not relied on: closing any other descriptor of the database in this process would drop them
(docs/vault-format.md). The file holds a random id only.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from family_case.errors import Unavailable
from family_case.files import explain
from family_case.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "lock"


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
            raise Unavailable(
                N_("This vault is open in another window or program. Close it there first; nothing was changed.")
            ) from None
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
