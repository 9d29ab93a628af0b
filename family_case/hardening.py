"""The ground floor's curtain: what a process that will hold keys asks of the system, first of all.

Read by any Python, however old, because the roof imports it.
"""

import ctypes
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

_SET_DUMPABLE = 4  # prctl(2), PR_SET_DUMPABLE


def harden() -> None:
    """Ask the system for no core dumps and no look into this process by others of the same user; first at start."""
    if sys.platform == "win32":
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
