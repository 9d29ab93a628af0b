"""The lock's deadline: from the key until the process that held the keys is gone, whatever runs at that moment.

Each round is a window over a real vault in a process of its own, up to the real `exec`. What stands in the place of the
locked process only says what time it is. `python -m tests.faults.f_lock FOLDER` measures a vault that is there already
(its passphrase is that of the tests), and writes into it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import ui  # noqa: F401 - before Qt
from family_case.chance import SystemClock
from family_case.errors import Unavailable
from family_case.hardening import harden
from family_case.reports.summary import render
from family_case.services import backups, crowd, finding, intake, publishing
from family_case.services.demo import fresh_demo
from tests.faults.row import Plan, Row
from tests.services.casebook import lawyer
from tests.vaults import PASSPHRASE
from ui.app import Application, keep_no_history
from ui.widgets.file_dialog import file_dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.windows.unlock import Unlock

    Begin = Callable[[Application, str, Path], object]

WHAT: Final = "from Ctrl+L to covered, and to a process without keys, while something runs: within a second"
GOAL_MS: Final = 1000
FIRST_MS: Final = 200  # a job runs so long before the key
ROOT: Final = Path(__file__).resolve().parents[2]
_ENTRIES: Final = 200


def backing_up(app: Application, _code: str, scratch: Path) -> None:
    """A backup of the whole vault."""
    app.jobs.long(partial(_taken, scratch), lambda _done: None)


def _taken(scratch: Path, session: Session) -> Generator[float, None, backups.Pending]:
    return backups.take(session, scratch)


def searching(app: Application, _code: str, _scratch: Path) -> None:
    """Very common words, one after the other."""
    for words in ("а", "ан", "анна", "+7", "мам") * 20:
        app.jobs.read(partial(finding.find, text=words), lambda _found: None)


def writing(app: Application, code: str, _scratch: Path) -> None:
    """Entries, one after the other; one of them is being written when the key comes."""
    for number in range(_ENTRIES):
        app.jobs.write(partial(_note, code, number))


def _note(code: str, number: int, session: Session) -> Changes:
    return intake.log(session, kind="note", ref=code, values={"text": f"n{number}", "happened": "2022-08-01"})


def printing(app: Application, code: str, scratch: Path) -> None:
    """A lawyer's papers as plain files."""
    for number in range(_ENTRIES):
        target = scratch / f"paper {number}.pdf"
        job = partial(publishing.publish, ref=code, order=lawyer(), render=render, target=target)
        app.jobs.write(job, failed=lambda _problem: None)


def asking(app: Application, _code: str, scratch: Path) -> None:
    """A box and a dialog for files lie over the window."""
    app.tell(Unavailable("x"))
    window = app.window
    if window is not None:
        file_dialog(window, "", str(scratch), app.language.tr).open()


JOBS: Final[dict[str, Begin]] = {
    "nothing": lambda *_: None,
    "backup": backing_up,
    "search": searching,
    "entries": writing,
    "papers": printing,
    "dialogs": asking,
}


def tried(plan: Plan) -> Row:
    """Every job over the demo's vault."""
    folder = plan.folder / "vault"
    fresh_demo(folder, PASSPHRASE)
    return measured(folder, "K-001", plan.rounds(5, 1))


def measured(folder: Path, code: str, rounds: int) -> Row:
    """Every job so many times over the vault in `folder`, which has a case of this code."""
    failed, notes = [], []
    for job in JOBS:
        times = []
        for _ in range(rounds):
            with TemporaryDirectory(dir=folder.parent) as scratch:
                times.append(_once(folder, job, code, Path(scratch)))
                failed += [f"{job}: {each.name} is left" for each in Path(scratch).glob(".*.part") if each.is_file()]
        covered, gone = (max(column) for column in zip(*times, strict=True))
        notes.append(f"{job}: covered {covered} ms, gone {gone} ms")
        failed += [notes[-1]] if gone > GOAL_MS else []
    return Row("lock", WHAT, rounds * len(JOBS), tuple(failed), tuple(notes))


def _once(folder: Path, job: str, code: str, scratch: Path) -> tuple[int, int]:
    """Milliseconds from the key until covered, and until the process was replaced."""
    following = folder.parent / "following.sh"
    following.write_text("#!/bin/sh\ndate +%s%3N\n", "utf-8")
    following.chmod(0o700)
    words = [sys.executable, "-m", "tests.faults.f_lock", str(folder), job, code, str(scratch), str(following)]
    quiet = {"QT_QPA_PLATFORM": "offscreen", "DBUS_SYSTEM_BUS_ADDRESS": "x", "DBUS_SESSION_BUS_ADDRESS": "x"}
    done = subprocess.run(words, cwd=ROOT, env=os.environ | quiet, capture_output=True, text=True, check=True)
    key, covered, gone = (int(each) for each in done.stdout.split())
    return covered - key, gone - key


def _life(folder: Path, job: str, code: str, scratch: Path, following: str) -> int:
    """A window in which the job runs when the key comes."""
    sys.executable = following
    harden()
    keep_no_history()
    qt, clock = QApplication(["family-case"]), SystemClock()
    app = Application(qt, settings_path=scratch / "settings.json", clock=clock)
    draw = app.guard.cover.draw

    def drawn(words: str) -> None:
        draw(words)
        print(clock.now().utc_ms, flush=True)

    def key() -> None:
        print(clock.now().utc_ms, flush=True)
        app.lock()

    def begun(_opened: object) -> None:
        QTimer.singleShot(10 * FIRST_MS, app.guard, lambda: JOBS[job](app, code, scratch))
        QTimer.singleShot(11 * FIRST_MS, app.guard, key)

    app.guard.cover.draw = drawn  # type: ignore[method-assign]  # the same, and what time it is then
    app.begin(folder)
    sheet = cast("Unlock", app.window)
    sheet.opened.connect(begun)
    sheet.field.set_value(PASSPHRASE)
    sheet.try_it()
    return qt.exec()


def main() -> int:
    """Measure a vault that is there (one argument), or live in it until the lock."""
    folder = Path(sys.argv[1])
    if sys.argv[2:]:
        job, code, scratch, following = sys.argv[2:]
        return _life(folder, job, code, Path(scratch), following)
    row = measured(folder, crowd.code(1), 3)
    print(*row.notes, *row.failed, sep="\n")
    return int(not row.passed)


if __name__ == "__main__":
    sys.exit(main())
