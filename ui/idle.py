"""The window's idle time: how long until the lock, by the clock that ran furthest.

Monotonic time may stop during sleep, boot time may be missing, wall time may be set: the largest of the three counts,
so that sleep is seen and a clock set back never lengthens. An overdue lock comes before the first key or paint after a
resume.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QWindow

    from family_case.chance import Clock

IDLE_SECONDS: Final = 5 * 60
LONGEST_SECONDS: Final = 8 * 60 * 60  # one working day, whatever is typed

_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
_PAINT: Final = frozenset({QEvent.Type.Expose, QEvent.Type.UpdateRequest, QEvent.Type.Paint})


class Stopwatch:
    """Seconds since a moment, by the largest of three clocks; never negative, never shortened by a clock set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Begin anew."""
        self._began = self._look()

    def seconds(self) -> float:
        """Seconds that have passed."""
        return max(0.0, *(now - then for now, then in zip(self._look(), self._began, strict=True)))

    def _look(self) -> tuple[float, float, float]:
        return self._clock.monotonic(), self._clock.boot(), self._clock.now().utc_ms / 1000


class Idle(QObject):
    """Counts down from the last key or move in any window of ours; `due` is sent once."""

    due = Signal()
    left = Signal(int)  # seconds, once a second

    def __init__(self, clock: Clock, seconds: float = IDLE_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        super().__init__()
        self._limits = seconds, longest
        self._rest, self._day = Stopwatch(clock), Stopwatch(clock)
        self._over = False
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.look)

    def start(self, app: QGuiApplication) -> None:
        """Watch every window that gets the keyboard, and count."""
        app.focusWindowChanged.connect(self.watch)
        for window in app.topLevelWindows():
            self.watch(window)
        self._rest.restart()
        self._day.restart()
        self._tick.start()
        self.look()

    def watch(self, window: QWindow | None) -> None:
        """Take keys and moves in `window` as a sign that someone is there."""
        if window is not None:
            window.installEventFilter(self)  # a second time only moves it to the front

    def seconds_left(self) -> float:
        """Seconds until the lock, 0 when it is due."""
        idle, longest = self._limits
        return max(0.0, min(idle - self._rest.seconds(), longest - self._day.seconds()))

    def look(self) -> bool:
        """Whether the lock is due; sends `due` the first time, else what is left."""
        seconds = self.seconds_left()
        if seconds > 0:
            self.left.emit(int(seconds + 0.5))
        elif not self._over:
            self._over = True
            self._tick.stop()
            self.due.emit()
        return self._over

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lock before an overdue key or paint gets through; otherwise a key begins the count anew."""
        kind = event.type()
        known = kind in _INPUT
        if (known or kind in _PAINT) and self.seconds_left() <= 0:
            self.look()
            return known
        if known:
            self._rest.restart()
        return super().eventFilter(watched, event)
