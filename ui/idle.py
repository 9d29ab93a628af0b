"""The window's idle time: how long until the cover and the lock, by the clock that ran furthest.

Monotonic time may stop during sleep, boot time may be missing, wall time may be set: the largest of the three counts,
so that sleep is seen and a clock set back never lengthens. An overdue lock comes before the first key or paint after a
resume.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QWindow

    from family_case.chance import Clock


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds without a key or a move until the lock, and until the window is covered before it (0: it is not)."""

    lock: float
    cover: float = 0.0


AT_DESK: Final = Pace(5 * 60)
ON_CALL: Final = Pace(20 * 60, 60)  # one listens and writes little; who passes by reads nothing all the same
LONGEST_SECONDS: Final = 8 * 60 * 60  # one working day, whatever is typed

INPUT: Final = frozenset(
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
_PANIC: Final = frozenset({int(Qt.Key.Key_L), ord("Д")})
_PAINT: Final = frozenset({QEvent.Type.Expose, QEvent.Type.UpdateRequest, QEvent.Type.Paint})


class Stopwatch:
    """Seconds since a moment, by whichever of three clocks ran furthest in each second; no clock set back shortens it.

    Taken a second at a time and not in one: else an hour set back would swallow an hour of sleep.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Begin anew."""
        self._before = self._look()
        self._run = 0.0

    def seconds(self) -> float:
        """Seconds that have passed."""
        now = self._look()
        steps = [here - there for here, there in zip(now, self._before, strict=True)]
        furthest = max(0.0, *steps)
        if furthest < 1 and min(steps) >= 0:
            return self._run + furthest
        self._run += furthest
        self._before = now
        return self._run

    def _look(self) -> tuple[float, float, float]:
        return self._clock.monotonic(), self._clock.boot(), self._clock.now().utc_ms / 1000


class Idle(QObject):
    """Counts down from the last key or move in any window of ours; `due` is sent once."""

    due = Signal()
    cover_due = Signal()
    left = Signal(int)  # seconds, once a second
    panic = Signal()  # Ctrl+L, also where a dialog or a menu has the keyboard

    def __init__(self, clock: Clock, pace: Pace = AT_DESK, longest: float = LONGEST_SECONDS) -> None:
        super().__init__()
        self._pace, self._longest = pace, longest
        self._rest, self._day = Stopwatch(clock), Stopwatch(clock)
        self._over = False
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.look)

    @property
    def pace(self) -> Pace:
        """How long it waits now."""
        return self._pace

    def take(self, pace: Pace) -> None:
        """Wait so long from now on; the day's end stays where it is."""
        self.touched()
        self._pace = pace
        self.look()

    def start(self, app: QGuiApplication) -> None:
        """Watch every window that gets the keyboard, and count."""
        app.focusWindowChanged.connect(self.watch)
        for window in app.topLevelWindows():
            self.watch(window)
        self._rest.restart()
        self._day.restart()
        self._tick.start()
        self.look()

    def stop(self) -> None:
        """Count no more; what is due later is not told."""
        self._tick.stop()
        self._over = True

    def watch(self, window: QWindow | None) -> None:
        """Take keys and moves in `window` as a sign that someone is there."""
        if window is not None:
            window.installEventFilter(self)  # a second time only moves it to the front

    def touched(self) -> None:
        """Someone is there; too late if the lock was due."""
        if self.seconds_left() > 0:
            self._rest.restart()
        self.look()

    def seconds_left(self) -> float:
        """Seconds until the lock, 0 when it is due."""
        return max(0.0, min(self._pace.lock - self._rest.seconds(), self._longest - self._day.seconds()))

    def day_is_over(self) -> bool:
        """Whether it is the day's end that is reached, and not a rest."""
        return self._longest <= self._day.seconds()

    def look(self) -> bool:
        """Whether the lock is due; sends `due` the first time, else what is left, and whether to cover."""
        seconds = self.seconds_left()
        if seconds > 0:
            self.left.emit(int(seconds + 0.5))
            if 0 < self._pace.cover <= self._rest.seconds():
                self.cover_due.emit()
        elif not self._over:
            self._over = True
            self._tick.stop()
            self.due.emit()
        return self._over

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lock before an overdue key or paint gets through; otherwise a key begins the count anew."""
        kind = event.type()
        known = kind in INPUT
        if (known or kind in _PAINT) and self.seconds_left() <= 0:
            self.look()
            return known
        if known:
            self._rest.restart()
            if kind == QEvent.Type.KeyPress and is_panic(event):
                self.panic.emit()
                return True
        return super().eventFilter(watched, event)


def is_panic(event: QEvent) -> bool:
    """Whether this key means: lock at once. Д stands where L does, if the keyboard is Russian or Ukrainian."""
    if not isinstance(event, QKeyEvent):
        return False
    return event.key() in _PANIC and event.modifiers() == Qt.KeyboardModifier.ControlModifier
