"""The porch's gate: of two first starts at the same time one sets up and the other waits."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from family_case._bootstrap.say import say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAUSE = 0.2  # seconds between two looks at a gate that another start holds


def _take(handle: IO[bytes]) -> bool:
    """Take the gate without waiting; the system opens it again when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold the gate `file`; wait, and say so, while another start holds it.

    Raises OSError when the folder cannot be written.
    """
    with file.open("ab") as handle:
        if not _take(handle):
            say("another start is setting the program up; waiting for it")
            while not _take(handle):
                time.sleep(_PAUSE)
        yield
