"""What macOS tells of its locked screen: notices of the whole computer, taken through Core Foundation.

`com.apple.screenIsLocked` and the screen saver's own; a Mac that sleeps locks its screen, and the wall clock counts
on. Reasoned, not run: the program has not been tried on macOS by us.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from ui.windows.locking import Why
from ui.windows.notices import Notices

_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_NAMES: Final = (b"com.apple.screenIsLocked", b"com.apple.screensaver.didstart")
_UTF8: Final = 0x08000100  # kCFStringEncodingUTF8
_AT_ONCE: Final = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
_CALLBACK: Final = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


class MacNotices(Notices):
    """Listens at the distributed notification centre; its calls come on the window's thread."""

    def listen(self) -> None:
        """Register for the notices."""
        self._heard = _CALLBACK(lambda *_: self.due.emit(Why.SCREEN))  # kept: the centre calls it
        if sys.platform == "darwin":
            core = ctypes.CDLL(_FOUNDATION)
            core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
            core.CFStringCreateWithCString.restype = ctypes.c_void_p
            centre = ctypes.c_void_p(core.CFNotificationCenterGetDistributedCenter())
            for name in _NAMES:
                wanted = ctypes.c_void_p(core.CFStringCreateWithCString(None, name, _UTF8))
                core.CFNotificationCenterAddObserver(centre, None, self._heard, wanted, None, ctypes.c_long(_AT_ONCE))
        self.told.emit(sys.platform == "darwin")
