"""F8: two processes and one vault: never two writers, by whatever path they come, and also after every kind of job."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.errors import Problem, Refused, Unavailable
from family_case.model.changes import Actor
from family_case.reports.summary import render
from family_case.services import backups, casework, erasing, finding, history, intake, publishing, safekeeping
from family_case.services.session import create
from family_case.store.vault import DATABASE
from tests.faults import ground
from tests.faults.killing import GATE, PATIENCE, TELL, child
from tests.faults.play import played_within
from tests.faults.row import Row
from tests.keeping import contents
from tests.services.casebook import consent, lawyer, person
from tests.vaults import PASSPHRASE, clock_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from family_case.crypto.keys import Root
    from family_case.services.session import Session
    from tests.faults.killing import Child
    from tests.faults.row import Plan

WHAT = "two processes race for one vault, also by a link and a second mount, and after every job: never two writers"
STARTS, FEW = 200, 12
CREATIONS, FEW_CREATIONS = 32, 2
INSIDE, REFUSED = b"inside", b"refused"


def tried(plan: Plan) -> Row:
    """Where mounts are allowed."""
    return played_within("f08_two_writers", plan, "tried_here", WHAT)


def tried_here(plan: Plan) -> Row:
    """Races by three paths, races to create, and a second process after every job."""
    folder = plan.folder / "vault"
    root = ground.made(folder)
    paths = _paths(plan.folder, folder)
    failed: list[str] = []
    starts = plan.rounds(STARTS, FEW)
    for number in range(starts):
        other = paths[number % len(paths)]
        wrong = _raced(
            [child(enter, where, root, f"{number} {at}", TELL, GATE) for at, where in enumerate((folder, other))]
        )
        failed += [f"start {number}, by {other.name}: {wrong}"] if wrong else []
    with closing(ground.opened(folder, root, "looked at")) as session:
        failed += ground.problems(session)
        notes = len([each for each in casework.page(session, ground.CODE).timeline if each.entry])
    failed += [f"{notes} notes of {starts} writers"] if notes != starts else []
    creations = plan.rounds(CREATIONS, FEW_CREATIONS)
    for number in range(creations):
        target = plan.folder / f"new {number}"
        wrong = _raced([child(make, target, TELL, GATE) for _ in range(2)])
        failed += [f"creation {number}: {wrong}"] if wrong else []
    jobs = _after_jobs(plan.folder, folder, root, paths)
    failed += [f"after {name}: {wrong}" for name, wrong in jobs.items() if wrong]
    notes_ = (f"{starts} starts by {len(paths)} paths", f"{creations} creations", f"{len(jobs)} jobs")
    return Row("F8", WHAT, starts + creations + len(jobs), tuple(failed), notes_)


def _paths(home: Path, folder: Path) -> list[Path]:
    """The vault by its own name, by a link, by another mount."""
    link, mount = home / "link", home / "mount"
    link.symlink_to(folder, target_is_directory=True)
    mount.mkdir()
    subprocess.run(["mount", "--bind", str(folder), str(mount)], check=True)  # noqa: S607 - the system's
    return [folder, link, mount]


# --- in the processes that race ---


def enter(folder: Path, root: Root, seed: str, tell: Connection, gate: Connection) -> None:
    """Open and write, or be refused; who is inside stays there until told to go."""
    try:
        session = ground.opened(folder, root, seed)
    except Unavailable:
        tell.send_bytes(REFUSED)
        return
    with closing(session):
        intake.log(session, "note", ground.CODE, {"text": seed, "happened": "2022-08-01"})
        tell.send_bytes(INSIDE)
        gate.recv_bytes()


def make(folder: Path, tell: Connection, gate: Connection) -> None:
    """Create a vault, or be refused because another is being made there."""
    try:
        session = create(folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("race"), actor=Actor.WINDOW, cost=FLOOR)
    except (Refused, Unavailable):
        tell.send_bytes(REFUSED)
        return
    with closing(session):
        tell.send_bytes(INSIDE)
        gate.recv_bytes()


def write_beside(database: Path, raw_key: str, tell: Connection) -> None:
    """Write with the engine alone, past the program's own lock; only the engine's locks can refuse that."""
    with closing(dbapi2.connect(str(database), isolation_level=None, timeout=0)) as connection:
        connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except dbapi2.OperationalError as error:
            tell.send_bytes(REFUSED if "locked" in str(error) else str(error).encode())
        else:
            tell.send_bytes(INSIDE)


# --- in the process that looks ---


def _raced(racers: list[Child]) -> str:
    """Let them go at once; exactly one may be inside."""
    for each in racers:
        each.gate.send_bytes(b"go")
    said = []
    for each in racers:
        assert each.told.recv_bytes() == b"begun"
        said.append(each.told.recv_bytes())
    for each in racers:
        if said[racers.index(each)] == INSIDE:
            each.gate.send_bytes(b"leave")
    ends = [each.closed() for each in racers]
    return "" if sorted(said) == [INSIDE, REFUSED] and ends == [0, 0] else f"said {said}, ended with {ends}"


def _after_jobs(home: Path, folder: Path, root: Root, paths: list[Path]) -> dict[str, str]:
    """What a second process could do after each kind of job; nothing is right."""
    (home / "shelf").mkdir()
    found = {}
    with closing(ground.opened(folder, root, "jobs")) as session:
        consent(session, person(session, "Лебедев Роман", "sibling"), "lawyer, case_work")
        for name, job in _jobs(home).items():
            job(session)
            found[name] = _kept_out(folder, root, paths)
    return found


def _jobs(home: Path) -> dict[str, Callable[[Session], object]]:
    note = {"text": "x", "happened": "2022-08-01"}
    return {
        "opening": lambda session: session.today(),
        "reading": lambda session: casework.page(session, ground.CODE),
        "searching": lambda session: finding.find(session, "Лебедев"),
        "writing": lambda session: intake.log(session, "note", ground.CODE, note),
        "undo": lambda session: history.undo(session, this_session=True),
        "verify": safekeeping.verify,
        "backup": lambda session: backups.backup(session, home / "shelf"),
        "second backup": lambda session: backups.backup(session, home / "shelf"),
        "report": lambda session: publishing.publish(session, ground.CODE, lawyer(), render, home / "paper.pdf"),
        "erasing": lambda session: erasing.erase(session, intake.log(session, "note", ground.CODE, note).made),
        "everything said": contents,
        "a backup refused": lambda session: _refused_backup(session, home),
    }


def _refused_backup(session: Session, home: Path) -> None:
    shutil.rmtree(home / "shelf")
    try:
        backups.backup(session, home / "shelf")
    except Problem:
        return
    raise AssertionError("a shelf that is not there took a backup")


def _kept_out(folder: Path, root: Root, paths: list[Path]) -> str:
    tries = [child(enter, each, root, "late", TELL, GATE) for each in paths]
    tries.append(child(write_beside, folder / DATABASE, root.database_key(), TELL))
    said = []
    for each in tries:
        each.go()
        said.append(each.told.recv_bytes())
        if said[-1] == INSIDE:
            each.gate.send_bytes(b"leave")
        assert each.ended(PATIENCE)
        each.closed()
    return "" if set(said) == {REFUSED} else f"said {said}"
