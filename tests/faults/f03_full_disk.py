"""F3: a disk that is full, in bytes or in names, at every operation: nothing lost, said in words, closing still works.

Each operation meets a disk with ever a little more room, from none up to where it succeeds; so every place in the
middle of it meets the end of the room once. Afterwards room is made, and everything goes on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from family_case import settings
from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.crypto.keys import Root
from family_case.errors import Problem, Unavailable
from family_case.model.changes import Actor
from family_case.reports.summary import render
from family_case.services import backups, drafts, editing, erasing, history, intake, publishing
from family_case.services.session import Session, create
from family_case.store import migrations
from tests.faults import ground
from tests.faults.play import played_within
from tests.faults.row import Row
from tests.keeping import contents, next_schema
from tests.services.casebook import consent, lawyer, person
from tests.vaults import PASSPHRASE, clock_on

if TYPE_CHECKING:
    from tests.faults.row import Plan

WHAT = "full disk, no byte or no name left, at every operation: nothing lost, named, closed and gone on with"
_MOUNT = "size=16m,nr_inodes=300"
_PAGE = 4096
_ROOM = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 192, 224, 256, 320, 384, 512, 768, 1024)  # pages
_NAMES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12)
_FEW, _FEW_NAMES = (0, 12, 192), (0, 2)
_SAYS_SPACE = ("space left", "disk is full")
_NOTE = {"text": "я" * 3000, "happened": "2022-08-01"}


@dataclass(slots=True)
class World:
    """A disk of our own for what meets the end of the room, and a place `away` from it; both begin as `template`."""

    disk: Path
    away: Path
    template: Path
    root: Root = field(repr=False)
    note: str
    backup: str

    def anew(self) -> None:
        """Put everything back as in the template."""
        for home in (self.disk, self.away):
            for each in home.iterdir():
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            shutil.copytree(self.template, home, dirs_exist_ok=True)

    def fill(self, pages: int | None, names: int | None) -> None:
        """Leave so many pages, or so many names."""
        ballast = self.disk / "ballast"
        ballast.mkdir()
        if names is not None:
            free = os.statvfs(self.disk).f_favail
            for number in range(free - names):
                (ballast / str(number)).touch()
        if pages is not None:
            free = os.statvfs(self.disk).f_bavail * os.statvfs(self.disk).f_frsize
            descriptor = os.open(ballast / "bytes", os.O_CREAT | os.O_WRONLY)
            os.posix_fallocate(descriptor, 0, max(1, free - pages * _PAGE))
            os.close(descriptor)

    def free(self) -> None:
        """Make room again."""
        shutil.rmtree(self.disk / "ballast")


@dataclass(frozen=True, slots=True)
class Operation:
    """What meets the full disk. `at`: where its vault lies (nothing: it opens none); `work` gets it open or, with
    `closed`, opens it by itself; `program` is the program that does it.
    """

    name: str
    work: Callable[[World, Session | None], object]
    at: str = "disk"
    closed: bool = False
    program: Callable[[], AbstractContextManager[object]] = nullcontext


def _create(world: World, _: Session | None) -> None:
    ids = SeededIds("new")
    create(world.disk / "new", PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.WINDOW, cost=FLOOR).close()


def _open(world: World, _: Session | None) -> None:
    ground.opened(world.disk / "vault", world.root, "again").close()


def _log(_: World, session: Session | None) -> None:
    assert session
    intake.log_together(session, ground.CODE, {"happened": "2022-08-01"}, [("note", _NOTE)] * 3)


def _edit(world: World, session: Session | None) -> None:
    assert session
    editing.change(session, world.note, {"text": "ю" * 9000})


def _undo(_: World, session: Session | None) -> None:
    assert session
    history.undo(session, this_session=False)


def _erase(world: World, session: Session | None) -> None:
    assert session
    erasing.erase(session, world.note)


def _draft(_: World, session: Session | None) -> None:
    assert session
    drafts.save(session, "log note", "", "text", "ы" * 9000)


def _back_up(world: World, session: Session | None) -> None:
    assert session
    other = world.away if session.folder.is_relative_to(world.disk) else world.disk
    backups.backup(session, other / "shelf")


def _restore(world: World, _: Session | None) -> None:
    ground.brought_back(world.root, world.away / "shelf" / world.backup, world.disk / "restored")


def _report(world: World, session: Session | None) -> None:
    assert session
    publishing.publish(session, ground.CODE, lawyer(), render, world.disk / "paper.pdf")


def _settings(world: World, _: Session | None) -> None:
    settings.save(settings.Settings("ru"), world.disk / "config" / "settings.json")


def _newer() -> AbstractContextManager[object]:
    return mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema())


OPERATIONS = (
    Operation("create", _create, at=""),
    Operation("unlock", _open, closed=True),
    Operation("log", _log),
    Operation("edit", _edit),
    Operation("undo", _undo),
    Operation("erase", _erase),
    Operation("draft", _draft),
    Operation("backup from it", _back_up),
    Operation("backup to it", _back_up, at="away"),
    Operation("restore", _restore, at=""),
    Operation("report from it", _report),
    Operation("report to it", _report, at="away"),
    Operation("settings", _settings, at=""),
    Operation("upgrade", _open, closed=True, program=_newer),
)


def tried(plan: Plan) -> Row:
    """On a small disk of our own."""
    return played_within("f03_full_disk", plan, "tried_here", WHAT)


def tried_here(plan: Plan) -> Row:
    """The same where mounts are allowed: this process alone sees the disk."""
    world = _world(plan.folder)
    failed: list[str] = []
    rounds, full = 0, 0
    for operation in OPERATIONS:
        for pages, names in _rooms(plan):
            wrong, refused = _met(world, operation, pages, names)
            rounds, full = rounds + 1, full + refused
            failed += [f"{operation.name}, {pages} pages, {names} names: {each}" for each in wrong]
    notes = (f"{full} times there was too little room", f"{len(OPERATIONS)} operations")
    return Row("F3", WHAT, rounds, tuple(failed), notes)


def _rooms(plan: Plan) -> list[tuple[int | None, int | None]]:
    pages, names = (_FEW, _FEW_NAMES) if plan.fast else (_ROOM, _NAMES)
    return [*((each, None) for each in pages), *((None, each) for each in names)]


def _world(folder: Path) -> World:
    disk, away, template = (folder / name for name in ("disk", "away", "template"))
    for each in (disk, away, template, template / "shelf"):
        each.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", _MOUNT, "tmpfs", str(disk)], check=True)  # noqa: S607 - the system's
    root = ground.made(template / "vault")
    with closing(ground.opened(template / "vault", root, "template")) as session:
        consent(session, person(session, "Лебедев Роман", "sibling"), "lawyer, case_work")
        note = intake.log(session, "note", ground.CODE, _NOTE).made
        entry = backups.backup(session, template / "shelf").made
    return World(disk, away, template, root, note, Path(entry).name)


def _met(world: World, operation: Operation, pages: int | None, names: int | None) -> tuple[list[str], bool]:
    """One operation on a disk with so much room: what was wrong, and whether it was refused for want of room."""
    world.anew()
    vault = (world.away if operation.at == "away" else world.disk) / "vault"
    session = ground.opened(vault, world.root, "work") if operation.at and not operation.closed else None
    before = _said(world, vault, session)
    world.fill(pages, names)
    wrong: list[str] = []
    with operation.program():
        told = _problem(lambda: operation.work(world, session))
        wrong += _unsaid(told)
    if session is not None:
        shut = _problem(session.close)
        wrong += [f"closing said: {shut.message}"] if shut else []
    world.free()
    with operation.program() if told is None else nullcontext():
        now = _said(world, vault, None)
        if told is not None and now != before:
            wrong.append(f"refused, and yet the vault says something else ({_unlike(before, now)})")
    with operation.program():
        wrong += _goes_on(world, operation, vault)
    return wrong, told is not None


def _problem(work: Callable[[], object]) -> Problem | None:
    try:
        work()
    except Problem as problem:
        return problem
    return None


def _unsaid(told: Problem | None) -> list[str]:
    """A problem must be one of the surroundings, and name the space."""
    if told is None or (isinstance(told, Unavailable) and any(each in told.message.lower() for each in _SAYS_SPACE)):
        return []
    return [f"does not name the space: {type(told).__name__}: {told.message}"]


def _said(world: World, vault: Path, session: Session | None) -> dict[str, list[tuple[object, ...]]]:
    """Everything the vault says, and demanded that it is whole."""
    with nullcontext(session) if session else closing(ground.opened(vault, world.root, "look")) as opened:
        assert ground.problems(opened) == []
        return contents(opened)


def _unlike(one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]) -> str:
    return ", ".join(name for name in {*one, *other} if one.get(name) != other.get(name))


def _goes_on(world: World, operation: Operation, vault: Path) -> list[str]:
    """With room again, on a fresh copy of what cannot be done twice, the same succeeds."""
    for made in ("new", "restored"):
        shutil.rmtree(world.disk / made, ignore_errors=True)
    session = ground.opened(vault, world.root, "going on") if operation.at and not operation.closed else None
    with closing(session) if session else nullcontext():
        told = _problem(
            lambda: intake.log(session, "note", ground.CODE, _NOTE) if session else operation.work(world, None)
        )
    _said(world, vault, None)
    return [f"with room again: {told.message}"] if told else []
