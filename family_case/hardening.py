"""The ground floor's curtain: what a process that will hold keys asks of the system, first of all.

Read by any Python, however old, because the roof imports it.
"""

import ctypes
import gc
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


def collect_here() -> None:
    """Collect unreachable objects on this thread if it is time, and on no other from now on.

    Python collects on whatever thread happens to allocate. A window's object that it meets on the vault's thread is
    destroyed there, timers and all, which Qt forbids and may answer by ending the process. So whoever has a window
    calls this on its thread again and again; it collects what Python itself would have.
    """
    gc.disable()
    counts, limits = gc.get_count(), gc.get_threshold()
    due = next((generation for generation in (2, 1, 0) if counts[generation] > limits[generation]), None)
    if due is not None:
        gc.collect(due)
