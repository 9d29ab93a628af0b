"""What Windows tells of its locked screen and its sleep: messages to a window of ours that nobody sees.

WTSRegisterSessionNotification and WM_POWERBROADCAST, as Microsoft documents them. Reasoned, not run: the program has
not been tried on Windows by us.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QWindow

from ui.windows.locking import Why
from ui.windows.notices import Notices

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSION_CHANGE: Final = 0x02B1  # WM_WTSSESSION_CHANGE
_POWER: Final = 0x0218  # WM_POWERBROADCAST
_TOLD: Final = {
    (_SESSION_CHANGE, 0x2): Why.SCREEN,  # WTS_CONSOLE_DISCONNECT: another user at this screen
    (_SESSION_CHANGE, 0x4): Why.SCREEN,  # WTS_REMOTE_DISCONNECT
    (_SESSION_CHANGE, 0x7): Why.SCREEN,  # WTS_SESSION_LOCK
    (_POWER, 0x4): Why.SLEEP,  # PBT_APMSUSPEND; two seconds are given
}


def meaning(message: int, parameter: int) -> Why | None:
    """What a window's message with this `wParam` means for the lock."""
    return _TOLD.get((message, parameter))


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, tell: Callable[[Why], object]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at every message, take none."""
        if sys.platform == "win32":
            told = wintypes.MSG.from_address(int(message))
            found = meaning(told.message, told.wParam)
            if found is not None:
                self._tell(found)
        return False, 0


class WindowsNotices(Notices):
    """Listens by a window that is never shown."""

    def listen(self) -> None:
        """Register for this session's notices."""
        self._window = QWindow()
        self._filter = _Filter(self.due.emit)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        registered = False
        if sys.platform == "win32":
            registered = bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(self._window.winId()), 0))
        self.told.emit(registered)
