"""What the tests of backup and restore share: a shelf, everything a vault says, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from sqlite_utils import Database, Migrations

from family_case.chance import SeededIds
from family_case.services import backups, restoring, safekeeping
from family_case.store import migrations
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from family_case.services.restoring import Restored
    from family_case.services.session import Session

ROOT = Path(__file__).resolve().parent.parent
OF_THIS_COPY = {
    "copy_id",
    "backup_ms",
    "backup_seq",
    "backup_place",
    "backup_places",
}  # what a copy knows of itself only


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for what a copy knows of itself."""
    connection = session.vault.connection
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("search_") or name in ("search_key", "search_word")
    ]
    found = {}
    for table in tables:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(name for name in names if table != "copy" or name not in OF_THIS_COPY)
        found[table] = sorted(connection.execute(f"SELECT {kept} FROM {table}").fetchall(), key=str)
    return found


def contents_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """The same of a closed vault, which must also hold all its checks."""
    with closing(open_vault(folder, "contents")) as session:
        assert safekeeping.verify(session).problems == ()
        return contents(session)


def backed_up(folder: Path, shelf: Path, keep: int = backups.KEEP) -> Path:
    """Back a closed vault up; the entry."""
    shelf.mkdir(exist_ok=True)
    with closing(open_vault(folder, "backup")) as session:
        return Path(backups.backup(session, shelf, keep=keep).made)


def restored(entry: Path, folder: Path, passphrase: str = PASSPHRASE) -> Restored:
    """Restore with the tests' clock and chance."""
    return restoring.restore(entry, folder, passphrase, clock=clock_on(), ids=SeededIds(f"restore {folder}"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` (but for lock files) and what is in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "lock"
    }


def next_schema() -> Migrations:
    """The steps of a program one schema newer: a table, a column with a value for every row, an index."""
    steps = Migrations("family_case")
    steps()(migrations.m001_first_house)

    @steps()
    def m002_of_the_tests(db: Database) -> None:
        db.execute("ALTER TABLE person ADD COLUMN shoe_size TEXT")
        db.execute("UPDATE person SET shoe_size = 'unknown'")
        db.execute("CREATE TABLE shoe (id TEXT PRIMARY KEY, person_id TEXT REFERENCES person(id))")
        db.execute("INSERT INTO shoe SELECT id, id FROM person")

    return steps


def upgraded(folder: Path) -> None:
    """Open and close a vault with that newer program."""
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()):
        open_vault(folder, "upgrade").close()


# Runs one call of the program and kills its own process, without a word, at the n-th touch of the file system.
_KILLED = """
import os, signal, sys
from pathlib import Path
from tests import keeping
left = int(sys.argv[2])
def touch(event, arguments):
    global left
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect") and watched(arguments):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
def watched(arguments):
    return any(isinstance(each, str | bytes | os.PathLike) and str(sys.argv[3]) in os.fsdecode(each)
               for each in arguments)
before = os.fsync
def synced(descriptor):
    touch("open", (sys.argv[3],))
    before(descriptor)
os.fsync = synced
call = getattr(keeping, sys.argv[1])
where = [Path(each) for each in sys.argv[4:]]
sys.addaudithook(touch)
call(*where)
"""


def killed_at(touch: int, call: str, below: Path, *where: Path) -> bool:
    """Run `call` of this file in a process killed -9 at its `touch`-th use of a file below `below`; False when done."""
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, call, str(touch), str(below), *map(str, where)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=120,
    )
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr.decode()
    return ended.returncode != 0
