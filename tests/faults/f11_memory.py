"""F11: after the lock no process of ours holds a word or a key of the vault in memory; before it, they are everywhere.

Every private or writable mapping of every process of the window's session is read through /proc, as root.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.faults import touring
from tests.faults.canaries import key_needles
from tests.faults.row import Plan, Row
from tests.faults.watched import PATIENCE, processes, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.faults.touring import Place

NAME: Final = "F11"
WHAT: Final = "memory of every process of ours after the lock: words and keys of the vault"
_MAPPED: Final = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+\s*(.*)$")
_CHUNK: Final = 64 << 20
_SYSTEMS_OWN: Final = ("[vvar]", "[vsyscall]", "[vvar_vclock]")


def tried(plan: Plan) -> Row:
    """Tour the window, scan, lock, scan as soon as the process is another and again once its window stands."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return Row(NAME, WHAT, 0, not_run="memory of another process is read as root on Linux")
    rounds, failed, before = plan.rounds(3, 1), list[str](), 0
    with screen(wanted=not plan.fast) as shown:
        for turn in range(rounds):
            place = touring.made(plan, f"memory {turn}", brief=plan.fast, shown=shown)
            there, left = _round(place)
            before += len(there)
            failed += [] if _shows_both(there) else [f"round {turn}: before the lock only {sorted(there)} were found"]
            failed += [f"round {turn}, {each}" for each in left]
    notes = () if failed else (f"{before // rounds} spellings in memory before the lock, 0 after",)
    return Row(NAME, WHAT, rounds, tuple(failed), (*notes, *(["on a display"] if shown else [])))


def _round(place: Place) -> tuple[set[str], list[str]]:
    """One tour and its lock: what was found before, and what after."""
    touring.fill(place)
    needles = {**place.words.plain(), **key_needles(place.keys())}
    process, _told = touring.window(place)
    try:
        there = scanned(process.pid, needles)
        touring.tell(process, "lock")
        touring.until_locked(process)
        left = [f"at once: {each}" for each in scanned(process.pid, needles)]
        touring.until_shown(process)
        left += [f"later: {each}" for each in scanned(process.pid, needles)]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
    return there, left


def scanned(session: int, needles: Mapping[bytes, str]) -> set[str]:
    """What of `needles` stands in the memory of any process of this session."""
    return {what for pid in processes(session) for what in _in_memory(pid, needles)}


def _in_memory(pid: int, needles: Mapping[bytes, str]) -> Iterator[str]:
    longest = max(map(len, needles))
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _mappings(pid):
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    data = memory.read(min(_CHUNK + longest, end - at))
                except (OSError, ValueError):
                    continue
                yield from (what for needle, what in needles.items() if needle in data)


def _mappings(pid: int) -> Iterator[tuple[int, int]]:
    """Mappings that may hold what the program wrote: all but what is only read from a file."""
    for line in Path(f"/proc/{pid}/maps").read_text("utf-8", "replace").splitlines():
        found = _MAPPED.match(line)
        if found is None or found[3][0] != "r" or found[4] in _SYSTEMS_OWN:
            continue
        if found[3][1] == "w" or not found[4].startswith("/"):
            yield int(found[1], 16), int(found[2], 16)


def _shows_both(there: set[str]) -> bool:
    """Whether the scan sees words and keys while they must be there: one that finds nothing proves nothing."""
    return any("key" in each for each in there) and any("in memory" in each for each in there)
