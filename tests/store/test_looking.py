"""Opened to read only: everything can be read, nothing can be written, and not a byte of the folder changes."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.errors import Bug, Damaged, Problem, Refused, Unavailable
from family_case.model.changes import Actor
from family_case.services import (
    attaching,
    backups,
    casework,
    doors,
    drafts,
    history,
    key_store,
    publishing,
    rekeying,
    safekeeping,
)
from family_case.services.restoring import restore
from family_case.services.session import Session, unlock
from family_case.store import migrations
from family_case.store.looking import Unsettled
from tests.keeping import next_schema
from tests.services.casebook import case, lawyer, log
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parents[2]
_HOLD = """
import sys
from pathlib import Path
from tests.vaults import open_vault
session = open_vault(Path(sys.argv[1]), "holder")
print("held", flush=True)
sys.stdin.read()
"""

_END = """
import os, sys
from pathlib import Path
from tests.services.casebook import case
from tests.vaults import open_vault
session = open_vault(Path(sys.argv[1]), "cut")
case(session)
os._exit(9)
"""


def look(folder: Path) -> Session:
    return unlock(folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("looks"), actor=Actor.WINDOW, read_only=True)


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file of a folder with its inode, the time of its last change and its bytes."""
    return {
        each.name: (each.stat().st_ino, each.stat().st_mtime_ns, each.read_bytes())
        for each in folder.rglob("*")
        if each.is_file()
    } | {".": (folder.stat().st_ino, folder.stat().st_mtime_ns, b"")}


def test_reading_changes_not_a_byte_and_shows_what_is_there(story_folder: Path) -> None:
    with closing(open_vault(story_folder)) as session:
        told = casework.page(session, "K-003")
    (story_folder / "header.b").write_bytes(b"torn")  # would be mended by an opening that writes
    (story_folder / ".header.a.7.part").write_bytes(b"left by a kill")  # would be swept
    (story_folder / "lock").unlink()
    before = everything(story_folder)
    with closing(look(story_folder)) as session:
        assert session.read_only
        assert casework.page(session, "K-003") == told
        assert safekeeping.verify(session).ok
    assert everything(story_folder) == before


WRITES: dict[str, Callable[[Session], object]] = {
    "log": lambda session: log(session, "note", "K-003", text="x", happened="2022-08-01"),
    "draft": lambda session: drafts.save(session, "note", "", "text", "half a sentence"),
    "undo": lambda session: history.undo(session, this_session=False),
    "redo": lambda session: history.redo(session, this_session=False),
    "revert": lambda session: history.revert(session, "3"),
    "backup": lambda session: backups.backup(session, session.folder.parent),
    "door": lambda session: doors.add_passphrase(session, PASSPHRASE, "another phrase for this vault", cost=FLOOR),
    "keys": lambda session: rekeying.rekey(session, PASSPHRASE, "another phrase for this vault"),
    "key store": key_store.turn_off,
    "file": lambda session: attaching.attach(session, "K-003", session.folder / "header.a"),
    "paper": lambda session: publishing.publish(
        session, "K-003", lawyer(), lambda _paper: b"paper", session.folder.parent / "paper.pdf"
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_whatever_writes_refuses_in_words(name: str, story_folder: Path) -> None:
    before = everything(story_folder)
    with closing(look(story_folder)) as session, pytest.raises(Refused) as refusal:
        WRITES[name](session)
    assert "open read-only" in refusal.value.message
    assert everything(story_folder) == before
    assert not (story_folder.parent / "paper.pdf").exists()


def test_who_writes_elsewhere_is_never_read_beside(vault_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(vault_folder)], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Unavailable) as refusal:
            look(vault_folder)
        assert "open in another window" in refusal.value.message
        holder.communicate()
    look(vault_folder).close()


def test_two_may_read_and_nobody_writes_meanwhile(vault_folder: Path) -> None:
    with closing(look(vault_folder)), closing(look(vault_folder)), pytest.raises(Unavailable):
        open_vault(vault_folder)
    open_vault(vault_folder).close()


@pytest.fixture
def unsettled(vault_folder: Path) -> Path:
    """A vault whose last session ended without closing: a case stands in its log only."""
    assert subprocess.run([sys.executable, "-c", _END, str(vault_folder)], cwd=HERE, check=False).returncode == 9
    assert (vault_folder / "main.db-wal").stat().st_size
    return vault_folder


def test_work_in_the_log_is_never_passed_over_and_comes_along_into_a_copy(unsettled: Path, tmp_path: Path) -> None:
    before = everything(unsettled)
    with pytest.raises(Unsettled):
        look(unsettled)
    copy = restore(unsettled, tmp_path / "copy", PASSPHRASE, clock=clock_on(), ids=SeededIds("copy"))
    assert everything(unsettled) == before
    with closing(look(copy.folder)) as session:
        assert casework.page(session, "K-001").case.code == "K-001"


def test_a_vault_that_somebody_writes_is_not_copied_half_way(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
        with pytest.raises(Unavailable):
            restore(vault_folder, tmp_path / "copy", PASSPHRASE, clock=clock_on(), ids=SeededIds("copy"))
    assert not (tmp_path / "copy").exists()


def test_an_older_form_is_told_and_left_as_it_is(story_folder: Path) -> None:
    before = everything(story_folder)
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()), pytest.raises(Refused) as refusal:
        look(story_folder)
    assert "older program" in refusal.value.message
    with mock.patch.multiple(migrations, SCHEMA=0), pytest.raises(Refused) as refusal:
        look(story_folder)
    assert "newer program" in refusal.value.message
    assert everything(story_folder) == before


def _pipe(path: Path) -> None:
    os.mkfifo(path)


ODD: dict[str, Callable[[Path], object]] = {
    "folder": Path.mkdir,
    "pipe": _pipe,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "nothing": bool,
    "link to nothing": lambda path: path.symlink_to("absent"),
    "link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.skipif(sys.platform == "win32", reason="such things stand in folders of Unix only")
@pytest.mark.parametrize("opened", [look, open_vault])
@pytest.mark.parametrize("name", ["main.db", "main.db-wal", "header.a"])
@pytest.mark.parametrize("odd", ODD)
def test_a_thing_in_the_place_of_a_file_is_told_and_never_waited_for(
    odd: str, name: str, opened: Callable[[Path], Session], vault_folder: Path
) -> None:
    (vault_folder / name).unlink(missing_ok=True)
    ODD[odd](vault_folder / name)
    spare = name == "header.a" or (name == "main.db-wal" and "nothing" in odd)  # the other copy, or no log, will do
    with nullcontext() if spare else pytest.raises((Damaged, Unavailable)), suppress(Unavailable if spare else Bug):
        opened(vault_folder).close()


def test_a_folder_that_vanishes_is_told(vault_folder: Path) -> None:
    with closing(look(vault_folder)) as session:
        vault_folder.rename(vault_folder.with_name("gone"))
        assert session.vault.commit_seq() == 1  # what is open stays open
    with pytest.raises(Problem):
        look(vault_folder)
