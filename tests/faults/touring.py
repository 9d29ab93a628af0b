"""A vault full of canaries in a home of its own, and the tours through it: by the window and by every command."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case.chance import SystemClock, SystemIds
from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.services.session import create, unlock
from family_case.store.office import Office
from tests.desk import everything
from tests.faults.canaries import Canaries, thrown
from tests.faults.tour_window import Orders
from tests.faults.watched import PATIENCE, PROGRAM, Home, processes
from tests.services.casebook import case, consent, log, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.row import Plan

PASSPHRASE: Final = "nine invented words open the vault of this tour"
WINDOW: Final = [sys.executable, "-m", "tests.faults.tour_window"]
FEW_NOUNS: Final = ("person", "note", "promise")  # of the fast share
_KEY_DIGITS: Final = 64
_LOCKED: Final = """import sys
from family_case.hardening import harden
from ui.app import main
harden()
sys.exit(main(['locked']))"""


@dataclass(frozen=True, slots=True)
class Place:
    """A home, the vault in it, and the words that may lie nowhere else."""

    home: Home
    vault: Path
    words: Canaries
    nouns: list[str] = field(default_factory=list)  # the forms that are filled, all when empty
    brief: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)  # variables that lead to a display

    @property
    def passphrase_file(self) -> Path:
        """What commands read the passphrase from; it holds no canary."""
        return self.home.root / "words.txt"

    @property
    def papers(self) -> tuple[Path, Path]:
        """The papers that are asked for: by the window and by command line."""
        return self.home.root / "window.pdf", self.home.root / "command.pdf"

    def orders(self) -> Orders:
        """What the window's tour is told."""
        words, shelf = self.words, self.home.root / "shelf"
        return Orders(
            str(self.vault), PASSPHRASE, words.latin, words.cyrillic, words.digits, str(shelf), str(self.papers[0]),
            locked="" if self.shown else str(self._wrapper()), nouns=self.nouns, brief=self.brief,
        )  # fmt: skip

    def keys(self) -> dict[str, bytes]:
        """The root key and what comes of it, opened here for the searching."""
        root = header.unlock(header.read(self.vault), PASSPHRASE)
        return {"root key": root.secret, "database key": bytes.fromhex(root.database_key()[:_KEY_DIGITS])}

    def _wrapper(self) -> Path:
        """Starts the locked window without asking for a display, which a tour has none of."""
        made = self.home.root / "locked.sh"
        made.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{_LOCKED}" locked\n', "utf-8")
        made.chmod(made.stat().st_mode | stat.S_IXUSR)
        return made


def made(plan: Plan, name: str, *, brief: bool = False, shown: Mapping[str, str] | None = None) -> Place:
    """A home and a vault in it, for a whole tour or a `brief` one; canaries thrown anew, or by a seed that is given."""
    home = Home.made(plan.folder / name)
    words = thrown(plan.dice(f"{name}/{os.urandom(8).hex() if plan.seed == '1' else ''}"))
    place = Place(home, home.root / "vault", words, list(FEW_NOUNS) if plan.fast else [], brief, shown or {})
    office = Office("", "Europe/Moscow", "RU", "ru")
    create(
        place.vault, PASSPHRASE, clock=SystemClock(), ids=SystemIds(), actor=Actor.COMMAND_LINE, cost=FLOOR,
        office=office,
    ).close()  # fmt: skip
    place.passphrase_file.write_text(PASSPHRASE + "\n", "utf-8")
    return place


def command(
    place: Place, *words: str, said: str = "", ends: int = 0, traced: bool = False, cut_off: bool = False
) -> str:
    """One command with the vault; what it printed. A field given as "-" is read from `said`."""
    named = ("--vault", str(place.vault), "--passphrase-file", str(place.passphrase_file))
    ended = place.home.run([*PROGRAM, *words, *named], said, traced=traced, cut_off=cut_off)
    if ended.returncode != ends:
        raise AssertionError(f"{words}: {ended.returncode} {ended.stderr[-2000:]}")
    return ended.stdout.strip()


def fill(place: Place) -> None:
    """What a tour begins with: a case, his mother, her consent, a note."""
    text, number = place.words.text, place.words.number()
    session = unlock(place.vault, PASSPHRASE, clock=SystemClock(), ids=SystemIds(), actor=Actor.COMMAND_LINE)
    try:
        case(session, name=text("sought"), alias="Ольха", circumstances=text("circumstances"))
        mother = person(session, text("mother"), "mother", number=number, address=text("address"), note=text("about"))
        consent(session, mother, "lawyer", asked_by=text("asked by"))
        log(session, "note", text=text("note"), words=text("words"), number=number)
        for _share in session.examine():  # as whoever opens a vault does: else it counts as not closed
            pass
    finally:
        session.close()


def filled(place: Place) -> set[str]:
    """Which fields of the vault hold a canary, by the marks typed with it: a tour that typed nothing shows nothing."""
    session = unlock(place.vault, PASSPHRASE, clock=SystemClock(), ids=SystemIds(), actor=Actor.COMMAND_LINE)
    try:
        return set(re.findall(rf"{place.words.latin.capitalize()} ([\w.]+)", everything(session)))
    finally:
        session.close()


def steps(place: Place) -> Iterator[tuple[tuple[str, ...], str]]:
    """Commands that write, read and print, and what each is given on standard input."""
    text, number = place.words.text, place.words.number()
    few: list[tuple[tuple[str, ...], str]] = [
        (("log", "sign", "K-001", "--happened", "2022-08-01", "--class", "voice", "--words", "-"), text("piped")),
        (("show", "K-001", "--json"), ""),
        (("report", "K-001", "-o", str(place.papers[1])), ""),
    ]
    yield from few
    if place.nouns:
        return
    person_ = ("person", "add", "--case", "K-001", "--role", "sibling", "--number", number, "--name")
    yield (*person_, text("brother")), ""
    yield ("place", "add", "--name", text("place")), ""
    yield ("source", "add", "--name", text("source")), ""
    yield ("log", "note", "K-001", "--text", text("argument")), ""
    for each in ("list", "info", "today", "verify", "seizure", "undo", "redo"):
        yield (each,), ""
    yield ("history", "K-001"), ""
    yield ("search", place.words.latin), ""
    yield ("subject-access", text("mother")), ""
    yield ("backup", str(place.home.root / "shelf")), ""


def refused(place: Place) -> Iterator[tuple[str, ...]]:
    """Commands that end in a refusal while a canary is in hand."""
    yield ("show", place.words.cyrillic)
    yield ("log", "note", place.words.latin, "--text", place.words.text("nowhere"))
    yield ("log", "sign", "K-001", "--happened", place.words.cyrillic, "--class", "voice")


def window(
    place: Place, *, traced: bool = False, cut_off: bool = False
) -> tuple[subprocess.Popen[str], dict[str, list[str]]]:
    """Walk the window to the end of its tour; the process then waits for "lock", "close" or "stay"."""
    process = place.home.start(WINDOW, traced=traced, cut_off=cut_off, more=place.shown)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asdict(place.orders())) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        _out, err = process.communicate(timeout=PATIENCE)
        raise AssertionError(f"the tour of the window ended: {err[-3000:]}")
    return process, json.loads(line)


def tell(process: subprocess.Popen[str], wish: str) -> None:
    """Say what comes after the tour."""
    assert process.stdin is not None
    process.stdin.write(wish + "\n")
    process.stdin.flush()


def until_locked(process: subprocess.Popen[str]) -> None:
    """Wait until the process that held the keys has become another."""
    _until(process, lambda: any(_arguments(each)[-1:] == ["locked"] for each in processes(process.pid)))


def until_shown(process: subprocess.Popen[str]) -> None:
    """Wait until the locked process has loaded the window's library and waits for someone."""
    _until(process, lambda: "libQt6Widgets" in _text(process.pid, "maps") and _text(process.pid, "wchan") != "0")


def _until(process: subprocess.Popen[str], done: Callable[[], bool]) -> None:
    for _turn in range(PATIENCE * 20):
        if done():
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise AssertionError(f"the locked process ended with {process.poll()}")


def _arguments(pid: int) -> list[str]:
    return _text(pid, "cmdline").rstrip("\0").split("\0")


def _text(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text("utf-8", "replace")
    except OSError:
        return ""
