"""Where the window's jobs run, one after the other: on a thread of their own, or at once.

A lane knows nothing of what it runs. The more urgent goes first, the equally urgent in the order of asking.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable
from queue import PriorityQueue
from typing import Final, Protocol

from family_case.chance import SystemClock

Step = Callable[[], None]

_NUDGE_SECONDS: Final = 0.02
LAST_WORD: Final = 0  # levels: what a lane takes first
URGENT: Final = 1
REST: Final = 2


class Lane(Protocol):
    """Where jobs run, one after the other."""

    def put(self, level: int, step: Step, /) -> None:
        """Run `step` after all that is more urgent and all of its own level put before."""

    def end(self, last: Step, seconds: float, nudge: Step, /) -> bool:
        """Run `last` next and nothing after it, calling `nudge` until then; False when `seconds` did not suffice."""


class ThreadLane:
    """A lane with a thread of its own; the thread starts with the first job and dies with the process."""

    def __init__(self, name: str) -> None:
        self._queue: PriorityQueue[tuple[int, int, Step | None]] = PriorityQueue()
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def put(self, level: int, step: Step, /) -> None:
        """Queue `step`."""
        if not self._thread.is_alive():
            self._thread.start()
        self._queue.put((level, next(self._order), step))

    def end(self, last: Step, seconds: float, nudge: Step, /) -> bool:
        """Run `last` before all that is queued, then let the thread go."""
        if not self._thread.is_alive():
            return True
        self._queue.put((LAST_WORD, next(self._order), last))
        self._queue.put((LAST_WORD, next(self._order), None))
        clock = SystemClock()
        end = clock.monotonic() + seconds  # by the clock: under load each turn takes longer
        while (left := end - clock.monotonic()) > 0:
            self._thread.join(min(left, _NUDGE_SECONDS))
            if not self._thread.is_alive():
                return True
            nudge()
        return False

    def _run(self) -> None:
        while (step := self._queue.get()[2]) is not None:
            step()


class InlineLane:
    """Runs every job at once on the caller's thread: for tests, and for the picture without a display."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque()
        self._running = False

    def put(self, _level: int, step: Step, /) -> None:
        """Run `step` now, or when the step that asks for it has ended."""
        self._steps.append(step)
        while self._steps and not self._running:
            self._running = True
            try:
                self._steps.popleft()()
            finally:
                self._running = False

    def end(self, last: Step, _seconds: float, _nudge: Step, /) -> bool:
        """Run `last` now; it takes as long as it takes."""
        self._steps.clear()
        last()
        return True
