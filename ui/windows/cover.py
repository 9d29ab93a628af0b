"""Everything of ours on the screen under curtains, and while they hang, no key or click gets through to anything.

What appears meanwhile is covered too: a box that a job opens, a word in passing, a window's title. The watch over all
widgets costs something at every event, so it is kept only while it is dark.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from ui.idle import INPUT, is_panic
from ui.widgets.curtain import Curtain

_PASSING: Final = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen})
_BEGUN: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_ENDED: Final = frozenset({QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd})
_SWALLOWED: Final = (
    INPUT
    | _ENDED
    | {
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletRelease,
        QEvent.Type.ContextMenu,
        QEvent.Type.Shortcut,
        QEvent.Type.ToolTip,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)
_RISEN: Final = frozenset({QEvent.Type.Show, QEvent.Type.ZOrderChange, QEvent.Type.ParentChange})


class Cover(QObject):
    """Curtains over all windows of ours."""

    touched = Signal()  # a key or a click came and went: someone is there
    panic = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._words = ""
        self._hung: dict[QWidget, tuple[Curtain, str]] = {}  # over which window, and what its title was
        self.focus: QWidget | None = None  # what had the keyboard
        self._begun = False
        self.drawn = False

    def draw(self, words: str) -> None:
        """Cover all there is, with these words; a second time only says other words."""
        if not self.drawn:
            self.focus = QApplication.focusWidget() or _last_focus()  # another program may be in front
            self.drawn, self._begun = True, False
            QToolTip.hideText()
            self._app.installEventFilter(self)
        self._words = words
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._hang(window)

    def lift(self) -> None:
        """Show all as it was, with the keyboard where it was."""
        self.drawn = False
        self._app.removeEventFilter(self)
        for window, (curtain, title) in self._hung.items():
            if isValid(window):
                curtain.hide()
                curtain.deleteLater()
                window.setWindowTitle(title)
        self._hung.clear()
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
        self.focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep everything covered and every key and click away from what is below."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut: it comes as a key
            return True
        if kind in _SWALLOWED:
            self._heed(event)
            return True
        if isinstance(watched, QWidget):
            self._keep_dark(watched, kind)
        return super().eventFilter(watched, event)

    def _heed(self, event: QEvent) -> None:
        """A key or click that began here and ends here says that someone is there, and does nothing else."""
        if event.type() == QEvent.Type.KeyPress and is_panic(event):
            self.panic.emit()
        elif event.type() in _BEGUN:
            self._begun = True
        elif event.type() in _ENDED and self._begun and not (isinstance(event, QKeyEvent) and event.isAutoRepeat()):
            self._begun = False
            self.touched.emit()

    def _keep_dark(self, widget: QWidget, kind: QEvent.Type) -> None:
        curtain = self._hung.get(widget)
        if kind == QEvent.Type.Show and widget.isWindow():
            self._hang(widget)
        elif curtain is not None and kind == QEvent.Type.Resize:
            curtain[0].fit()
        elif curtain is not None and kind == QEvent.Type.WindowTitleChange and widget.windowTitle():
            self._hung[widget] = curtain[0], widget.windowTitle()
            widget.setWindowTitle("")
        elif kind in _RISEN and not isinstance(widget, Curtain):
            for window, (above, _title) in self._hung.items():
                if window is widget.parentWidget():
                    above.raise_()

    def _hang(self, window: QWidget) -> None:
        if window.windowType() in _PASSING:
            window.close()
            if not window.isVisible():
                return
        before = self._hung.get(window)
        title = before[1] if before else window.windowTitle()
        if before:
            before[0].hide()
            before[0].deleteLater()
        self._hung[window] = Curtain(window, self._words), title
        window.setWindowTitle("")
        self._hung[window][0].draw()


def _last_focus() -> QWidget | None:
    """What had the keyboard when a window of ours had it last."""
    known = [window.focusWidget() for window in QApplication.topLevelWidgets() if window.isVisible()]
    return next(filter(None, known), None)
