"""The window's clipboard: what we put there goes after 15 seconds if still ours, and asks not to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 15

# Formats by which each system's clipboard history is asked to leave this alone (as KeePassXC 2.7 does). On macOS Qt
# needs a converter to make "org.nspasteboard.ConcealedType" of it, which PySide does not offer: no promise there.
_DISCREET: Final = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="Clipboard Viewer Ignore"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}


class Clipboard(QObject):
    """Watches for anything this program copies, from whatever field, marks it and clears it in time."""

    cleared = Signal()

    def __init__(self, *, seconds: float = SECONDS, ours: Callable[[], bool] | None = None) -> None:
        """`ours`: whether this process put there what lies there; by default the system is asked."""
        super().__init__()
        self._clipboard = QGuiApplication.clipboard()
        self._ours = ours or self._clipboard.ownsClipboard
        self._timer = QTimer(self, singleShot=True, interval=int(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._look)

    def clear(self) -> None:
        """Empty the clipboard (and the selection of X) if what lies there is ours."""
        self._timer.stop()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        if self._ours():
            self._clipboard.clear()
            self.cleared.emit()

    def _look(self) -> None:
        if not self._ours() or not self._clipboard.text():
            return
        if not self._clipboard.mimeData().hasFormat(next(iter(_DISCREET))):
            self._clipboard.setMimeData(discreet(self._clipboard.text()))  # comes back here, marked
            return
        self._timer.start()


def discreet(text: str) -> QMimeData:
    """`text` as plain text, with the marks that keep it out of clipboard histories."""
    data = QMimeData()
    data.setText(text)
    for name, mark in _DISCREET.items():
        data.setData(name, QByteArray(mark))
    return data
