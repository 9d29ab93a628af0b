"""F5: an older page, log, database or folder put back, a log lost: what we name, and what raw SQLCipher says of it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import Dice, SeededIds, SystemIds
from family_case.crypto.kdf import FLOOR
from family_case.crypto.keys import Root
from family_case.errors import Damaged
from family_case.model.changes import Actor
from family_case.services.anchoring import Disagrees
from family_case.services.session import Session, create, enter
from tests.faults.row import Plan, Row
from tests.services.casebook import case, log
from tests.vaults import PASSPHRASE, another_computer, clock_on

if TYPE_CHECKING:
    from collections.abc import Iterator


MANY, FEW = 100, 2
PAGE = 4096
DATABASE, LOG, ANCHOR = "main.db", "main.db-wal", "anchor"


@dataclass(slots=True)
class Past:
    """One vault at six moments, as its folder lay on the disk; `newest` and `older` were closed properly.

    `stopped` is the folder of a program that was killed, `early` the same some entries before. `again` was opened once
    more and killed before its log was worked into the file, `worked` after that.
    """

    home: Path
    root: Root
    dice: Dice
    older: Path
    early: Path
    stopped: Path
    newest: Path
    again: Path
    worked: Path


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done to a copy of which moment; `promised` says whether we must name it."""

    name: str
    moment: str
    harm: Callable[[Past, Path], None]
    promised: bool = True
    known_here: bool = False  # on the computer that opened the newest state


@dataclass(slots=True)
class Tally:
    """How often a trial was named by us, and how often raw SQLCipher's own checks saw anything."""

    rounds: int = 0
    ours: int = 0
    raw: int = 0
    said: Counter[str] = field(default_factory=Counter)


def tried(plan: Plan) -> Row:
    """Play every trial on a vault of its own, and count."""
    tallies = {trial.name: Tally() for trial in TRIALS}
    with _computers():
        for number in range(plan.rounds(MANY, FEW)):
            past = _past(plan.folder / f"vault {number}", plan.dice(f"F5/{number}"))
            for trial in TRIALS:
                _try(trial, past, tallies[trial.name])
            shutil.rmtree(past.home)
    failed = [
        f"{trial.name}: not named in {tally.rounds - tally.ours} of {tally.rounds}"
        for trial in TRIALS
        if trial.promised and (tally := tallies[trial.name]).ours < tally.rounds
    ]
    failed += [f"{NOTHING}: {said} named" for said in tallies[NOTHING].said]
    notes = [_told(trial, tallies[trial.name]) for trial in TRIALS]
    rounds = sum(tally.rounds for tally in tallies.values())
    return Row("F5", "older or lost parts of a vault are named", rounds, tuple(failed), tuple(notes))


def _told(trial: Trial, tally: Tally) -> str:
    said = ", ".join(f"{name} {count}" for name, count in sorted(tally.said.items())) or "nothing"
    promise = "" if trial.promised else " (not promised)"
    return f"{trial.name}{promise}: ours {tally.ours}/{tally.rounds} [{said}], raw {tally.raw}/{tally.rounds}"


def _try(trial: Trial, past: Past, tally: Tally) -> None:
    folder = past.home / "tried"
    shutil.copytree(getattr(past, trial.moment), folder)
    trial.harm(past, folder)
    another_computer(past.home / ("here" if trial.known_here else "elsewhere"))
    tally.rounds += 1
    tally.raw += _raw_notices(folder, past)
    said = _verdict(folder, past.root)
    tally.said.update(said)
    tally.ours += bool(said)
    shutil.rmtree(folder)
    shutil.rmtree(past.home / "elsewhere", ignore_errors=True)


def _verdict(folder: Path, root: Root) -> set[str]:
    """What the program names when it opens this vault; "refused" where it does not open at all."""
    try:
        session = _entered(folder, root)
    except Disagrees as found:
        return {each.finding.value for each in found.findings}
    except Damaged:
        return {"refused"}
    said = {each.finding.value for each in session.findings}
    session.close()
    return said


def _raw_notices(folder: Path, past: Past) -> bool:
    """Whether SQLCipher alone, with its own checks, sees anything in a copy of this folder."""
    copy = past.home / "raw"
    shutil.copytree(folder, copy)
    connection = dbapi2.connect(str(copy / DATABASE))
    try:
        connection.execute(f"PRAGMA key = \"x'{past.root.database_key()}'\"")
        odd = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except dbapi2.Error:
        return True
    finally:
        connection.close()
        shutil.rmtree(copy)
    return bool(odd) or not sound


def _past(home: Path, dice: Dice) -> Past:
    """A vault's life: closed once, opened again, killed at two moments, closed at last."""
    home.mkdir(parents=True)
    another_computer(home / "here")
    folder, ids = home / "vault", SeededIds(f"F5 {home.name}")
    session = create(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.WINDOW, cost=FLOOR)
    root = session.root
    case(session)
    _write(session, 3 + dice.below(6))
    session.close()
    older = shutil.copytree(folder, home / "older")
    session = _entered(folder, root)
    _write(session, 1 + dice.below(3))
    early = shutil.copytree(folder, home / "early")
    _write(session, 2 + dice.below(6))
    stopped = shutil.copytree(folder, home / "stopped")
    session.close()
    newest = shutil.copytree(folder, home / "newest")
    session = _entered(folder, root)
    _write(session, 2)
    again = shutil.copytree(folder, home / "again")
    session.vault.scrub()
    _write(session, 2)
    worked = shutil.copytree(folder, home / "worked")
    session.close()
    shutil.rmtree(home / "here")  # as it was when the newest state was closed
    another_computer(home / "here")
    _entered(shutil.copytree(newest, home / "seen"), root).close()
    return Past(home, root, dice, older, early, stopped, newest, again, worked)


def _entered(folder: Path, root: Root) -> Session:
    session = enter(folder, lambda _head: root, clock=clock_on(), ids=SystemIds(), actor=Actor.WINDOW)
    for _share in session.examine():
        pass
    return session


def _write(session: Session, entries: int) -> None:
    for number in range(entries):
        log(session, "note", text=f"noted {number} " + "x" * 3000, happened="2022-08-05")
        session.settle()


# --- what is done to the folder ---


def _nothing(_past: Past, _folder: Path) -> None:
    """The folder stays as it was left."""


def _splice(past: Past, folder: Path) -> None:
    """One page as it was at the older moment."""
    old, new = (past.older / DATABASE).read_bytes(), bytearray((folder / DATABASE).read_bytes())
    end = min(len(old), len(new))
    odd = [at for at in range(PAGE, end, PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    at = past.dice.one(odd or [PAGE])
    new[at : at + PAGE] = old[at : at + PAGE] if odd else bytes(PAGE)
    (folder / DATABASE).write_bytes(new)


def _put(name: str, moment: str) -> Callable[[Past, Path], None]:
    """This file as it was at another moment."""

    def put(past: Past, folder: Path) -> None:
        shutil.copy(getattr(past, moment) / name, folder / name)

    return put


def _older_without_log(past: Past, folder: Path) -> None:
    shutil.copy(past.older / DATABASE, folder / DATABASE)
    (folder / LOG).unlink(missing_ok=True)


def _cut(past: Past, folder: Path) -> None:
    """The log ends somewhere within what the anchor has counted."""
    size = (folder / LOG).stat().st_size
    os.truncate(folder / LOG, past.dice.below(size // 2 // PAGE) * PAGE)


def _gone(name: str) -> Callable[[Past, Path], None]:
    return lambda _past, folder: (folder / name).unlink()


def _flip(past: Past, folder: Path) -> None:
    data = bytearray((folder / ANCHOR).read_bytes())
    data[past.dice.below(len(data))] ^= 1 << past.dice.below(7)
    (folder / ANCHOR).write_bytes(data)


def _whole(past: Past, folder: Path) -> None:
    """The whole folder as it was at the older moment."""
    shutil.rmtree(folder)
    shutil.copytree(past.older, folder)


NOTHING = "nothing was done"
TRIALS = (
    Trial(NOTHING, "newest", _nothing, promised=False, known_here=True),
    Trial("closed: an older page put back", "newest", _splice),
    Trial("closed: a log planted", "newest", _put(LOG, "early")),
    Trial("closed: an older database put back", "newest", _put(DATABASE, "older")),
    Trial("closed: anchor gone", "newest", _gone(ANCHOR)),
    Trial("closed: anchor damaged", "newest", _flip),
    Trial("closed: older anchor put back", "newest", _put(ANCHOR, "older")),
    Trial("killed: log gone", "stopped", _gone(LOG)),
    Trial("killed: log cut short", "stopped", _cut),
    Trial("killed: older log put back", "stopped", _put(LOG, "early")),
    Trial("killed: older database put back, log gone", "stopped", _older_without_log),
    Trial("killed: an older page put back, log never worked in", "again", _splice),
    Trial("killed: an older page put back, log worked in", "worked", _splice, promised=False),
    Trial("folder rolled back, where it was seen further on", "newest", _whole, known_here=True),
    Trial("folder rolled back, elsewhere", "newest", _whole, promised=False),
)


@contextmanager
def _computers() -> Iterator[None]:
    """Whatever happens, this computer is itself again afterwards."""
    before = os.environ.get("XDG_STATE_HOME")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("XDG_STATE_HOME", None)
        else:
            os.environ["XDG_STATE_HOME"] = before
