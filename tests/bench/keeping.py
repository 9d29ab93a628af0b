"""The figure of keeping: one proven backup, against a plain copy of the file and one verified read of it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.services import backups
from family_case.store.vault import DATABASE
from tests.bench.figure import Figure, Timed, by_turns, seconds

if TYPE_CHECKING:
    from family_case.services.session import Session
    from tests.bench.ground import Ground

BACKUP = "backup"
_CHUNK = 1 << 20


def backing_up(ground: Ground, rounds: int) -> Figure:
    """Back the open vault up by turns with copying its closed twin's file.

    The floor copies the bytes, waits for the disk, drops what memory holds of the copy, and lets the cipher verify
    every page of it once.
    """
    twin = ground.folder.with_name("copied.db")
    shutil.copy(ground.folder / DATABASE, twin)
    shelf = ground.folder.with_name("shelf")
    shelf.mkdir()
    with closing(ground.session()) as session:
        figures = by_turns(_ours(session, shelf), _plain(twin, ground.raw_key), rounds)
    size = twin.stat().st_size / 1e6
    shutil.rmtree(shelf)
    twin.unlink()
    text = "the file copied with fsync, dropped from memory, and every page read back and verified by the cipher once"
    return Figure(BACKUP, text, 2, rounds, *figures, f"{size:.0f} MB")


def _ours(session: Session, shelf: Path) -> Timed:
    def once() -> float:
        made: list[Path] = []
        took = seconds(lambda: made.append(Path(backups.backup(session, shelf).made)))
        shutil.rmtree(made[0])
        return took

    return once


def _plain(source: Path, raw_key: str) -> Timed:
    target = source.with_name("plain-copy.db")

    def once() -> float:
        took = seconds(lambda: _copy(source, target)) + seconds(lambda: _verify(target, raw_key))
        target.unlink()
        return took

    return once


def _copy(source: Path, target: Path) -> None:
    with source.open("rb", buffering=0) as old, target.open("xb", buffering=0) as new:
        while chunk := old.read(_CHUNK):
            new.write(chunk)
        os.fsync(new.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(new.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _verify(target: Path, raw_key: str) -> None:
    reader = dbapi2.connect(f"{target.as_uri()}?mode=ro&immutable=1", isolation_level=None, uri=True)
    with closing(reader) as connection:
        connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise AssertionError
