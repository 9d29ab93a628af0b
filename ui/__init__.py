"""The window: the only part that knows Qt. It asks services and shows what they answer."""

from __future__ import annotations

import ctypes
import sys

# PySide6 6.12 is built with headers of Python 3.12, where None, True, False and NotImplemented are immortal and given
# back uncounted. On Python 3.11 they are counted: each call of a Qt method that gives back nothing takes
# one from None, and after some ten thousand calls the process ends with "deallocating None". So give them a stock that
# does not run out, as Python 3.12 itself does. Before Qt is loaded, hence here; goes with Python 3.11.
if sys.version_info < (3, 12):
    for _single in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(_single)).value += 1 << 40
