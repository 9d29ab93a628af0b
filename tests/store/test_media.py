"""Disks that cannot be written, are full or have no name left, folders with odd names: opened, or refused in words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.errors import Refused, Unavailable
from family_case.model.changes import Actor
from family_case.services import backups, casework, safekeeping
from family_case.services.session import Session, create
from tests.not_run import demand_namespaces
from tests.services.casebook import case, log
from tests.store.test_looking import HERE, everything, look, unsettled
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["unsettled"]  # a fixture
# In a space of its own: mount, open both ways, copy away; a line for each outcome.
_TRY = """
import sys
from pathlib import Path
from family_case.chance import SeededIds
from family_case.errors import Problem
from family_case.services import casework
from family_case.services.restoring import restore
from tests.store.test_looking import look
from tests.vaults import PASSPHRASE, clock_on, open_vault
vault, away = Path(sys.argv[1]), Path(sys.argv[2])
def attempt(name, act):
    try:
        print(name, act())
    except Problem as problem:
        print(name, type(problem).__name__, problem.message)
def shown(opener):
    session = opener(vault)
    try:
        return "shows", [row.code for row in casework.cases(session)]
    finally:
        session.close()
before = sorted((each.name, each.read_bytes()) for each in vault.iterdir())
attempt("write", lambda: shown(open_vault))
attempt("look", lambda: shown(look))
attempt("copy", lambda: restore(vault, away, PASSPHRASE, clock=clock_on(), ids=SeededIds("away")).folder.name)
print("kept", before == sorted((each.name, each.read_bytes()) for each in vault.iterdir()))
"""
_READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
_COPIED = 'mkdir "$3" && mount -t tmpfs -o {how} none "$3" && cp -r "$1" "$3/v" && rm -f "$3/v/lock" && {fill}'
_FULL = _COPIED.format(how="size=4m", fill='{ cat /dev/zero > "$3/filler" 2>/dev/null; true; }')
_NO_NAMES = _COPIED.format(how="nr_inodes=8", fill='{ touch "$3/a" "$3/b" "$3/c" "$3/d" "$3/e" 2>/dev/null; true; }')


def tried(mount: str, vault: Path, tmp_path: Path, at: str = "") -> dict[str, str]:
    """What opening gives on such a disk."""
    demand_namespaces()
    where = at or str(vault)
    command = f'{mount} && exec "$4" -c "$5" "{where}" "$2"'
    given = [str(vault), str(tmp_path / "away"), str(tmp_path / "disk"), sys.executable, _TRY]
    done = subprocess.run(
        ["unshare", "-Urnm", "sh", "-c", command, "sh", *given],  # noqa: S607 - a system tool
        capture_output=True, text=True, cwd=HERE, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_a_vault_on_a_disk_that_can_only_be_read(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    found = tried(_READ_ONLY, vault_folder, tmp_path)
    assert found["write"].startswith("Unavailable {what} lies on a disk that can only be read")
    assert found["look"] == "('shows', ['K-001'])"
    assert (found["copy"], found["kept"]) == ("away", "True")


def test_with_work_in_its_log_on_such_a_disk(unsettled: Path, tmp_path: Path) -> None:
    found = tried(_READ_ONLY, unsettled, tmp_path)
    assert found["write"].startswith("Unavailable")
    assert found["look"].startswith("Unsettled This vault was not closed properly")
    assert (found["copy"], found["kept"]) == ("away", "True")
    with closing(open_vault(tmp_path / "away")) as session:
        assert [row.code for row in casework.cases(session)] == ["K-001"]


@pytest.mark.parametrize("mount", [_FULL, _NO_NAMES], ids=["no byte left", "no name left"])
def test_a_vault_that_cannot_even_take_its_lock_can_be_read(mount: str, vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    found = tried(mount, vault_folder, tmp_path, at=str(tmp_path / "disk" / "v"))
    assert found["write"].startswith("Unavailable There is no space left on the disk")
    assert found["look"] == "('shows', ['K-001'])"
    assert (found["copy"], found["kept"]) == ("away", "True")


NAMES = {
    "Cyrillic": "Дела семей",
    "signs": "🗂️ 👩‍👦",
    "long": "я" * 127,
    "blanks and quotes": ' it\'s "ours" ',
    "signs of addresses": "50% ?mode=rw&x=#1",
    "deep": "/".join(["a long folder of many files"] * 10),
    "dots": "...",
    "a line's end": "two\nlines",
}


@pytest.mark.skipif(sys.platform == "win32", reason="some of these names are not possible there")
@pytest.mark.parametrize("name", NAMES)
def test_whatever_its_folder_is_called(name: str, vault_folder: Path, tmp_path: Path) -> None:
    folder, shelf = tmp_path / NAMES[name] / "v", tmp_path / NAMES[name] / "shelf"
    shutil.copytree(vault_folder, folder)
    shelf.mkdir()
    with closing(open_vault(folder)) as session:
        case(session)
        backups.backup(session, shelf)
    before = everything(folder)
    with closing(look(folder)) as session:
        assert casework.page(session, "K-001").case.code == "K-001"
        assert safekeeping.verify(session).ok
    assert everything(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_two_ways_lead_to_one_vault_and_two_copies_are_two(vault_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault_folder)
    other = Path(shutil.copytree(vault_folder, tmp_path / "copy"))
    with closing(open_vault(tmp_path / "link")) as session, closing(open_vault(other)) as copy:
        case(session)
        for opener in (open_vault, look):
            with pytest.raises(Unavailable):
                opener(vault_folder)
        case(copy, "K-002")
        log(copy, "note", "K-002", text="of the copy", happened="2022-08-01")
        assert [row.code for row in casework.cases(session)] == ["K-001"]
    with closing(open_vault(vault_folder)) as session:
        assert [row.code for row in casework.cases(session)] == ["K-001"]


def test_a_path_that_is_too_long_for_the_database_is_told_as_that(vault_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "/".join(["Дела семей, которые ищут своих"] * 9) / "v"
    shutil.copytree(vault_folder, folder)
    for opener in (open_vault, look):
        with pytest.raises(Refused) as refusal:
            opener(folder)
        assert "too long" in refusal.value.message
    with pytest.raises(Refused):
        create(
            folder.with_name("new"), PASSPHRASE, clock=clock_on(), ids=SeededIds("new"), actor=Actor.WINDOW, cost=FLOOR
        )
    assert not folder.with_name("new").exists()


LOCKS: dict[str, Callable[[Path], object]] = {
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/full"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="such things stand in folders of Unix only")
@pytest.mark.parametrize("opener", [open_vault, look])
@pytest.mark.parametrize("odd", LOCKS)
def test_a_lock_that_is_no_file_is_told_and_never_waited_for(
    odd: str, opener: Callable[[Path], Session], vault_folder: Path
) -> None:
    (vault_folder / "lock").unlink(missing_ok=True)
    LOCKS[odd](vault_folder / "lock")
    with suppress(Unavailable):
        opener(vault_folder).close()
