"""The window's jobs: all work off the GUI thread, and all that this program knows about threads.

The vault lane (see `ui.lanes`) is one thread that opened the session and is the only one to use it. What the user waits
for goes first; long work is a generator that is set aside after each step when something more urgent waits. Answers
come back to the GUI thread; an answer whose receiver is gone, or that a newer question with the same key has overtaken,
is dropped.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from family_case.errors import Bug, Problem
from ui.lanes import LAST_WORD, REST, URGENT, Lane, ThreadLane
from ui.problems import explain

if TYPE_CHECKING:
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.feed import Feed

T = TypeVar("T")
_SWEEPING_SECONDS: Final = 0.1
Failed = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """What the GUI thread may know of the open vault without asking the lane."""

    folder: Path
    language: str
    zone: str
    phone_region: str
    demo_day: str
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class _Asker:
    done: Callable[..., None]
    failed: Failed | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    ticket: int
    asker: _Asker
    value: object


@dataclass(frozen=True, slots=True)
class _Failure:
    problem: Problem


@dataclass(frozen=True, slots=True)
class _Pause:
    share: float


class Jobs(QObject):
    """The window's only way to services: ask, and be answered on the GUI thread."""

    trouble = Signal(object)  # Problem that nobody else takes
    stumbled = Signal()  # something failed, whoever takes it
    waiting = Signal(int)  # how many questions are still to be answered
    _landed = Signal(object)  # _Answer

    def __init__(self, feed: Feed, vault_lane: Lane | None = None, side_lane: Lane | None = None) -> None:
        super().__init__()
        self.opened: Opened | None = None
        self.feed = feed
        self._lane = vault_lane or ThreadLane("vault")
        self._side = side_lane or ThreadLane("side")
        self._watching: dict[str, Lane] = {}
        self._session: Session | None = None
        self._refusing = False
        self._closing = threading.Lock()
        self._asked = itertools.count(1)
        self._newest: dict[str, int] = {}
        self.unanswered = 0
        self._landed.connect(self._land)  # at once on this thread, queued from another

    def open(self, opener: Callable[[], Session], done: Callable[[Opened], None], failed: Failed | None = None) -> None:
        """Open the session on the vault lane, which keeps it until `stop`."""

        def on_lane() -> Opened:
            self._session = session = opener()
            office = session.office
            told = office.language, office.zone, office.phone_region, office.demo_day, session.read_only
            return Opened(session.folder, *told)

        def landed(opened: Opened) -> None:
            self.opened = opened
            done(opened)

        self._ask(self._lane, URGENT, on_lane, _Asker(landed, failed))

    def turn(self, turned: Callable[[Session], Session | None], done: Callable[[], None], failed: Failed) -> None:
        """Put what `turned` makes of the session in its place (None, or a failure: the vault is closed)."""

        def on_lane() -> None:
            before, self._session = self._opened_session(), None
            self._session = turned(before)

        def landed(_nothing: None) -> None:
            if self._session is None:
                self.opened = None
            done()

        def missed(problem: Problem) -> None:
            self.opened = None
            failed(problem)

        self._ask(self._lane, URGENT, on_lane, _Asker(landed, missed))

    def read(
        self,
        fn: Callable[[Session], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        key: str = "",
        urgent: bool = True,
    ) -> None:
        """Run `fn(session)` on the vault lane and give its answer to `done`.

        Of several questions with the same `key` only the newest is answered (type-ahead). `urgent`: the user waits.
        """
        level = URGENT if urgent else REST
        self._ask(self._lane, level, lambda: fn(self._opened_session()), _Asker(done, failed, key))

    def write(
        self,
        fn: Callable[[Session], Changes],
        done: Callable[[Changes], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run a service that writes; what it touched goes to the feed, then to `done`."""

        def landed(changes: Changes) -> None:
            self.feed.changed.emit(changes)
            if done is not None and _there(done):
                done(changes)

        self._ask(self._lane, URGENT, lambda: fn(self._opened_session()), _Asker(landed, failed))

    def long(
        self,
        fn: Callable[[Session], Generator[float, None, T]],
        done: Callable[[T], None],
        failed: Failed | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Run a generator on the vault lane; it yields its share done (0 to 1) at least every 50 ms.

        After each yield everything that waits and is more urgent goes first.
        """
        if self._refusing:
            return

        def whole() -> Generator[float, None, T]:
            return (yield from fn(self._opened_session()))

        asker = _Asker(done, failed)
        self._go_on(whole(), self._ticket(asker), asker, progress)

    def compute(
        self, fn: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None, *, key: str = ""
    ) -> None:
        """Run `fn()` outside the vault lane, on plain data only; `key` as in `read`."""
        self._ask(self._side, URGENT, fn, _Asker(done, failed, key))

    def watch(self, what: str, fn: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `fn()`, which may wait long for a disk or a bus, on a lane of `what` alone; it counts as no work."""
        if not self._refusing:
            lane = self._watching.setdefault(what, ThreadLane(what))
            lane.put(URGENT, lambda: self._landed.emit(_Answer(0, _Asker(done, None), _attempt(fn))))

    def refuse(self) -> None:
        """Take no more work, drop every answer still to come, interrupt the statement that runs."""
        self._refusing = True
        self._interrupt()

    def stop(self, seconds: float, last: Sequence[Callable[[Session], object]] = ()) -> bool:
        """Refuse, remove plain files half written, let each of `last` (drafts) have its word, close the session.

        False if `seconds` did not suffice; what is left over then ends with the process.
        """
        self.refuse()
        session = self._session
        sweeping = ThreadLane("sweeping")  # its disk may be another, and hang
        if session is not None:
            sweeping.put(LAST_WORD, session.unfinished.remove)
        closed = self._lane.end(lambda: self._close(last), seconds, self._interrupt)
        return sweeping.end(_nothing, _SWEEPING_SECONDS, _nothing) and closed

    def _opened_session(self) -> Session:
        if self._session is None:
            raise Bug("the vault is not open")
        return self._session

    def _interrupt(self) -> None:
        """Stop the statement that runs; again and again while stopping, since one may just be about to start."""
        with self._closing:
            if self._session is not None:
                self._session.interrupt()

    def _close(self, last: Sequence[Callable[[Session], object]]) -> None:
        with self._closing:  # from here on nothing is interrupted: drafts are being written
            session, self._session = self._session, None
        if session is None:
            return
        for word in last:
            _attempt(partial(word, session))
        _attempt(session.close)

    def _ticket(self, asker: _Asker) -> int:
        ticket = next(self._asked)
        if asker.key:
            self._newest[asker.key] = ticket
        self.unanswered += 1
        self.waiting.emit(self.unanswered)
        return ticket

    def _ask(self, lane: Lane, level: int, fn: Callable[[], object], asker: _Asker) -> None:
        if self._refusing:
            return
        ticket = self._ticket(asker)

        def step() -> None:
            answer = None if self._overtaken(ticket, asker) else _attempt(fn)
            self._landed.emit(_Answer(ticket, asker, answer))

        lane.put(level, step)

    def _go_on(
        self,
        running: Generator[float, None, object],
        ticket: int,
        asker: _Asker,
        progress: Callable[[float], None] | None,
    ) -> None:
        """Advance `running` step by step, each put behind what waits by then."""

        def step() -> None:
            answer = _attempt(lambda: _advance(running))
            if not isinstance(answer, _Pause):
                self._landed.emit(_Answer(ticket, asker, answer))
                return
            if progress is not None:
                self._landed.emit(_Answer(0, _Asker(progress, None), answer.share))
            self._lane.put(REST, step)

        self._lane.put(REST, step)

    def _overtaken(self, ticket: int, asker: _Asker) -> bool:
        return bool(asker.key) and self._newest.get(asker.key) != ticket

    def _land(self, answer: _Answer) -> None:
        if answer.ticket:
            self.unanswered -= 1
            self.waiting.emit(self.unanswered)
        if self._refusing or self._overtaken(answer.ticket, answer.asker):
            return
        if not isinstance(answer.value, _Failure):
            if _there(answer.asker.done):
                answer.asker.done(answer.value)
            return
        self.stumbled.emit()
        if answer.asker.failed is None:
            self.trouble.emit(answer.value.problem)
        elif _there(answer.asker.failed):
            answer.asker.failed(answer.value.problem)


def _attempt(fn: Callable[[], T]) -> T | _Failure:
    """The one place where any error is caught: an answer must come back, whatever happened on the lane."""
    try:
        return fn()
    except Exception as error:  # noqa: BLE001 - see above; `explain` keeps no value of it
        return _Failure(explain(error))


def _nothing() -> None:
    """Of what only has to come to its end."""


def _advance(running: Generator[float, None, T]) -> T | _Pause:
    try:
        return _Pause(next(running))
    except StopIteration as end:
        return cast("T", end.value)


def _there(receiver: Callable[..., object]) -> bool:
    """Whether the widget whose method (also inside a partial) this is still exists."""
    plain = receiver.func if isinstance(receiver, partial) else receiver
    owner = getattr(plain, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
