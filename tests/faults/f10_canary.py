"""F10: after a full tour of window and command line no file anywhere holds a word of the vault in any spelling.

Asked for and left out: papers, the file that is attached, its copy. Whatever a program of ours wrote, made or renamed
is known from the system's tracer; a file outside the few places that may be written is a failure even where it is gone
again.
"""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING, Final

from tests.faults import touring
from tests.faults.canaries import hits, hits_in
from tests.faults.row import Plan, Row
from tests.faults.watched import PATIENCE, screen

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.touring import Place
    from tests.faults.watched import Saw

NAME: Final = "F10"
WHAT: Final = "canaries in every field; every file written anywhere during a full tour, also after kill -9"
_FIELDS, _FEW_FIELDS = 100, 15  # that a tour fills at least
_DEVICES: Final = ("/dev/null", "/dev/tty", "/dev/pts/", "/proc/self/", "/proc/")


def tried(plan: Plan) -> Row:
    """Tour by command line and by window; the last window is killed in mid-work. Search after each end."""
    if shutil.which("strace") is None:
        return Row(NAME, WHAT, 0, not_run="strace is not installed")
    with screen(wanted=not plan.fast) as shown:
        place = touring.made(plan, "canary", shown=shown)
        seen, failed = _toured(place, fast=plan.fast)
    marks = touring.filled(place)
    failed += [] if len(marks) >= plan.rounds(_FIELDS, _FEW_FIELDS) else [f"the tour filled only {sorted(marks)}"]
    written = {path for each in seen for path in each.written}
    notes = (f"{len(written)} paths written, all scanned", f"{len(marks)} fields of the vault hold a canary")
    return Row(NAME, WHAT, len(seen), tuple(dict.fromkeys(failed)), notes)


def _toured(place: Place, *, fast: bool) -> tuple[list[Saw], list[str]]:
    """The tours in this place: what the tracer saw of each, and what is wrong."""
    touring.fill(place)
    seen: list[Saw] = []
    failed: list[str] = []
    for words, said in touring.steps(place):
        touring.command(place, *words, said=said, traced=True)
        seen.append(place.home.saw())
    for words in () if fast else touring.refused(place):
        touring.command(place, *words, ends=1, traced=True)
        seen.append(place.home.saw())
    for wish in ("kill",) if fast else ("close", "lock", "kill"):
        process, told = touring.window(place, traced=True)
        failed += [f"title {each}" for each in told["titles"] if any(hits(each.encode(), place.words.needles()))]
        failed += [f"trouble: {each}" for each in told["trouble"]]
        _end(process, wish)
        seen.append(place.home.saw())
        failed += found(place, seen)
    return seen, failed


def found(place: Place, seen: list[Saw]) -> list[str]:
    """Canaries in any file, and files where none may be."""
    asked = {*place.papers, place.given, place.taken}
    everywhere = {*place.home.files(), *(path for each in seen for path in each.written)}
    scanned = sorted(path for path in everywhere if path not in asked)
    strays = [f"written outside: {path}" for path in scanned if not _may_be(place, path)]
    return [*strays, *hits_in(scanned, place.words.needles())]


def _may_be(place: Place, path: Path) -> bool:
    """Whether a program of ours may write there: the vault, its backups, papers, looks and the witness."""
    if str(path).startswith(_DEVICES):
        return True
    root = place.home.root
    settings, witness = root / "home/.config/family-case", root / "home/.local/state/family-case"
    ours = (place.vault, root / "shelf", settings, witness)
    parts = [f".{paper.name}." for paper in (*place.papers, place.taken)]  # a paper before it is renamed to its name
    made = {place.passphrase_file, root / "locked.sh", *place.papers, *_folders(place)}
    return path in made or any(path.is_relative_to(each) for each in ours) or path.name.startswith(tuple(parts))


def _folders(place: Place) -> Iterator[Path]:
    """The folders of the home itself, as they were made; a file in them is a stray."""
    yield from (each for each in place.home.files() if each.is_dir() and not each.is_symlink() and not _full(each))
    yield from place.vault.parents


def _full(folder: Path) -> bool:
    return any(each.is_file() for each in folder.iterdir())


def _end(process: subprocess.Popen[str], wish: str) -> None:
    """Close, lock (and end the window that asks for the passphrase), or kill everything at once."""
    if wish == "kill":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        touring.tell(process, wish)
    if wish == "lock":
        touring.until_locked(process)
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
