"""Ends processes with -9, at a moment that chance draws or at the n-th call of one kind to the system.

`Attempt` is what is interrupted: how things are put in place, the call, and what must be true afterwards. Children are
forked from one process that has loaded the program already, so that a round takes as long as its work. The
calls to the system are counted and struck by strace: it reaches every point between two of them.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.errors import Problem
from tests.faults.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.faults.row import Plan

OLD, NEW = "old", "new"  # what a judge finds: all as before, or all as after
# What changes files, names first. Each kind is counted by itself: strace counts so.
CALLS = (
    "rename", "renameat", "renameat2", "write", "pwrite64", "ftruncate", "unlink", "unlinkat", "fsync", "fdatasync",
    "link", "linkat", "rmdir", "mkdir", "mkdirat", "sendfile", "copy_file_range", "fallocate", "pwritev", "openat",
)  # fmt: skip
PATIENCE = 120  # seconds for one call; only a fault takes as long
_LOADED = ["pytest", "family_case.services.backups", "family_case.services.restoring", "tests.keeping", __name__]
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(_LOADED)


@dataclass(frozen=True, slots=True)
class Point:
    """The n-th call of one kind to the system."""

    call: str
    n: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is interrupted: `prepared` puts it in place in an empty folder, `call` gets that folder in a process of its
    own, `judged` looks at what was left and says OLD, NEW or what is wrong (a Problem or AssertionError is wrong too).
    """

    name: str
    prepared: Callable[[Path], object]
    call: Callable[[Path], object]
    judged: Callable[[Path], str]


@dataclass(slots=True)
class Child:
    """A process that waits for `go`, says when it begins and when it is done; `told` gives what it says."""

    process: multiprocessing.process.BaseProcess
    told: Connection
    gate: Connection

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid is not None
        return self.process.pid

    def go(self) -> None:
        """Let it begin; returns once it says so."""
        self.gate.send_bytes(b"go")
        assert self.told.recv_bytes() == b"begun"

    def ended(self, seconds: float) -> bool:
        """Wait so long for its end."""
        return bool(wait([self.process.sentinel], seconds))

    def kill(self) -> None:
        """End it with -9 wherever it is, and wait until it is gone; it may have ended by itself."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.process.join(PATIENCE)

    def closed(self) -> int:
        """Exit code, the pipes closed; for a process that has ended."""
        self.process.join(PATIENCE)
        self.told.close()
        self.gate.close()
        assert self.process.exitcode is not None
        return self.process.exitcode


def child(call: Callable[..., object], *arguments: object) -> Child:
    """Fork a process for `call(*arguments)`; it waits at the gate. TELL and GATE become its ends of the pipes."""
    told, telling = _PROCESSES.Pipe(duplex=False)
    waiting, gate = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_live, args=(waiting, telling, call, arguments), daemon=True)
    process.start()
    telling.close()
    waiting.close()
    return Child(process, told, gate)


def _live(gate: Connection, told: Connection, call: Callable[..., object], arguments: Sequence[object]) -> None:
    gate.recv_bytes()
    told.send_bytes(b"begun")
    ends = {TELL: told, GATE: gate}
    call(*(ends[each] if isinstance(each, End) else each for each in arguments))


class End(Enum):
    """Stands for the child's end of a pipe among the arguments of a call."""

    TELL = "what it says"
    GATE = "what it waits for"


TELL, GATE = End.TELL, End.GATE


def seconds_of(attempt: Attempt, folder: Path) -> float:
    """How long an undisturbed run takes; it must end NEW."""
    attempt.prepared(folder)
    one = child(attempt.call, folder)
    one.go()
    start = time.perf_counter()
    assert one.ended(PATIENCE)
    passed = time.perf_counter() - start
    assert one.closed() == 0
    found = attempt.judged(folder)
    assert found == NEW, f"{attempt.name}: undisturbed it ended as {found}"
    return passed


def points_of(attempt: Attempt, folder: Path) -> list[Point]:
    """Every point an undisturbed run passes, in the order of their kinds; none without strace."""
    attempt.prepared(folder)
    one = child(attempt.call, folder)
    log = folder.with_name(f"{folder.name}.strace")
    with _traced(one, ["-f", "-e", f"trace={','.join(CALLS)}", "-o", str(log)]):
        one.go()
        assert one.ended(PATIENCE)
        assert one.closed() == 0
    counted: Counter[tuple[str, str]] = Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text("utf-8"), re.MULTILINE))
    most = {call: max((n for (_, name), n in counted.items() if name == call), default=0) for call in CALLS}
    log.unlink()
    return [Point(call, n) for call, count in most.items() for n in range(1, count + 1)]


def struck(attempt: Attempt, folder: Path, point: Point) -> bool:
    """Run until `point` and end there, before the call is carried out; False when the run ended before it came."""
    one = child(attempt.call, folder)
    words = ["-f", "-o", os.devnull, "-e", f"trace={point.call}"]
    with _traced(one, [*words, "-e", f"inject={point.call}:signal=KILL:when={point.n}"]):
        one.gate.send_bytes(b"go")  # it may be struck before it says that it has begun
        assert one.ended(PATIENCE)
    return one.closed() == -signal.SIGKILL


@contextmanager
def _traced(one: Child, words: list[str]) -> Iterator[None]:
    """With strace on a child that waits at its gate; within, it is attached."""
    command = ["strace", *words, "-p", str(one.pid)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8") as tracer:
        assert tracer.stderr is not None
        line = tracer.stderr.readline()
        assert "attached" in line, line
        yield
        tracer.communicate(timeout=PATIENCE)


def killed(attempt: Attempt, folder: Path, after: float) -> bool:
    """Run for so many seconds and end there; False when the run ended before."""
    one = child(attempt.call, folder)
    one.go()
    if not one.ended(after):
        one.kill()
    return one.closed() == -signal.SIGKILL


def row(plan: Plan, what: str, attempts: Sequence[Attempt], rounds: int) -> Row:
    """F2's row: each of `attempts` interrupted so often."""
    if sys.platform == "win32":
        return Row("F2", what, 0, not_run="kill -9 is a thing of Unix")
    done = [interrupted(plan, each, rounds) for each in attempts]
    failed = tuple(line for wrong, _ in done for line in wrong)
    return Row("F2", what, rounds * len(attempts), failed, tuple(note for _, note in done))


def interrupted(plan: Plan, attempt: Attempt, rounds: int) -> tuple[list[str], str]:
    """Interrupt `attempt` so often, half at points and half at random moments; what was wrong, and a note."""
    dice = plan.dice(attempt.name)
    whole = seconds_of(attempt, plan.folder / f"{attempt.name} whole")
    points = points_of(attempt, plan.folder / f"{attempt.name} points") if shutil.which("strace") else []
    chosen = list(_spread(points, min(len(points), (rounds + 1) // 2)))
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(rounds):
        folder = plan.folder / f"{attempt.name} {number}"
        attempt.prepared(folder)
        if number < len(chosen):
            where = f"at {chosen[number].call} {chosen[number].n}"
            struck(attempt, folder, chosen[number])
        else:
            after = whole * 1.1 * dice.below(10_000) / 10_000
            where = f"after {after * 1000:.1f} ms"
            killed(attempt, folder, after)
        seen = _judged(attempt, folder)
        found[seen] += 1
        if seen not in (OLD, NEW):
            wrong.append(f"{attempt.name}, round {number}, {where}: {seen}")
        else:
            shutil.rmtree(folder)
    note = f"{attempt.name}: {found[OLD]} old, {found[NEW]} new"
    return wrong, note + (f"; {len(chosen)} of {len(points)} points" if points else "; no strace")


def _judged(attempt: Attempt, folder: Path) -> str:
    try:
        return attempt.judged(folder)
    except AssertionError as wrong:
        return f"not so: {wrong}"
    except Problem as problem:
        return f"{type(problem).__name__}: {problem.message.format(**problem.values)}"


def _spread(points: list[Point], count: int) -> Iterator[Point]:
    """So many of `points`: of each kind by turns, and of a kind from its last, where what was made is put in place."""
    kinds = [[each for each in points if each.call == call] for call in CALLS]
    turns = [point for turn in zip_longest(*(reversed(each) for each in kinds)) for point in turn if point is not None]
    yield from turns[:count]
