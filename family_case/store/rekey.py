"""A database under a new key, made beside the old one and put in its place when the header has decided.

    main.db            the database; replaced in one rename
    main.db.epoch-N    the same under the key of epoch N, whole and on the disk before any header names N

The copy is page for page by SQLite's backup call, which decrypts each page with the one key and encrypts it with the
other: nothing is told apart from anything, so search shadow tables, settings, versions and log mode come over as they
are. 108 MB took 0.74 s; `PRAGMA rekey` on a copy 1.19 s, and `sqlcipher_export` 0.85 s without versions and log mode.
It needs no ATTACH, so the authorizer stays as strict as ever.
"""

from __future__ import annotations

import contextlib
from itertools import zip_longest
from typing import TYPE_CHECKING

from family_case.errors import Damaged, Refused, Unavailable
from family_case.files import PRIVATE_FILE, explain, sync_file, sync_folder
from family_case.i18n import N_
from family_case.store import checks, journal
from family_case.store.backup import facts_of
from family_case.store.connection import connect, connect_copy, connect_new
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlcipher3 import dbapi2

_EPOCH = ".epoch-"
_LOGS = ("-wal", "-journal")
_PAGES = 256  # a mebibyte between two looks at whether to stop
_SLACK = 4 << 20  # bytes for header, log and folder
STOPPED = N_("The change of keys was stopped. The vault is as it was, under its old keys.")
_WRONG = N_(
    "The copy of the database under the new key did not pass its checks, so it was thrown away. The vault is as it "
    "was, under its old keys. Run verify, and repair or restore it first."
)
_UNFINISHED = N_(
    "A change of this vault's keys was interrupted and must be finished. Read-only, it cannot be opened; nothing was "
    "changed. Open it once where it can be written."
)
_SPACE = N_(
    "Changing the keys writes the whole database and every attached file once more beside the old ones: {needed} MB "
    "are needed, and {free} MB are free. Nothing was changed. Free some space and try again."
)


def beside(database: Path, epoch: int) -> Path:
    """Where the database of this epoch lies until its header has been written."""
    return database.with_name(f"{database.name}{_EPOCH}{epoch}")


def demand_space(database: Path, files: int, free: int) -> None:
    """Refuse when less is free than database and sealed files have; all in bytes."""
    try:
        needed = database.stat().st_size + files + _SLACK
    except OSError as error:
        raise explain(error, database) from None
    if free < needed:
        raise Unavailable(_SPACE, needed=-(-needed >> 20), free=free >> 20)


def write(
    connection: dbapi2.Connection,
    target: Path,
    raw_key: str,
    progress: Callable[[float], object],
    look: Callable[[], object],
    renew: Callable[[dbapi2.Connection], object] | None = None,
) -> int:
    """Write the open database to `target` under another key, check it and bring it to the disk; its `commit_seq`.

    `look` is asked at every mebibyte and may raise; `renew` changes what is to be otherwise in the new one. Raises
    Damaged (it does not hold its checks), Unavailable (the disk says no); nothing of it is left then.
    """
    try:
        _discard(target)
        target.touch(PRIVATE_FILE, exist_ok=False)
        _copy(connection, target, raw_key, progress, look)
        sync_file(target)
        _demand_same(connection, target, raw_key)
        number = _renewed(target, raw_key, renew) if renew else facts_of(connection).commit_seq
        sync_folder(target.parent)
    except OSError as error:
        _discard(target)
        raise explain(error, target) from None
    except BaseException:
        _discard(target)
        raise
    return number


def settle(database: Path, epoch: int, raw_key: str) -> bool:
    """Finish what a kill interrupted: put the database that the header names in its place; whether that was done.

    One of another epoch is removed. So is one of this epoch while `database` itself opens with its key: it is none
    that a change of keys left. Raises Unavailable, or Damaged when neither opens with the key.
    """
    waiting = beside(database, epoch)
    ours = {waiting.name, *(waiting.name + log for log in _LOGS)}
    try:
        for left in database.parent.glob(f"{database.name}{_EPOCH}*"):
            if left.name not in ours:
                left.unlink()
        if not waiting.exists():
            return False
        if database.exists() and _opens(database, raw_key):
            _discard(waiting)
            return False
        with contextlib.closing(connect_copy(waiting, raw_key)):
            pass
        for log in _LOGS:  # of the old key, and empty since before the header was written
            database.with_name(database.name + log).unlink(missing_ok=True)
        waiting.replace(database)
    except OSError as error:
        raise explain(error, database.parent) from None
    sync_folder(database.parent)
    return True


def discard(database: Path, epoch: int) -> None:
    """Remove a database that no header names."""
    _discard(beside(database, epoch))


def demand_settled(database: Path, epoch: int, raw_key: str) -> None:
    """Refuse to look at a vault whose change of keys a kill interrupted: finishing it must write."""
    if beside(database, epoch).exists() and not (database.exists() and _opens(database, raw_key)):
        raise Refused(_UNFINISHED)


def _opens(database: Path, raw_key: str) -> bool:
    try:
        connect_copy(database, raw_key).close()
    except Damaged:
        return False
    return True


def _copy(
    connection: dbapi2.Connection,
    target: Path,
    raw_key: str,
    progress: Callable[[float], object],
    look: Callable[[], object],
) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        look()
        progress(1 - remaining / max(1, total))

    with translated(), contextlib.closing(connect_new(target, raw_key)) as copy:
        connection.backup(copy, pages=_PAGES, progress=told)


def _demand_same(connection: dbapi2.Connection, target: Path, raw_key: str) -> None:
    with contextlib.closing(connect_copy(target, raw_key)) as copy:
        whole = not checks.integrity(copy) and facts_of(copy) == facts_of(connection)
        chains = zip_longest(journal.breaks(connection), journal.breaks(copy))
        if not whole or any(one != other for one, other in chains):
            raise Damaged(_WRONG)


def _renewed(target: Path, raw_key: str, renew: Callable[[dbapi2.Connection], object]) -> int:
    """Change the new database, and see that the change is in the file itself: no log of it may be left."""
    with translated(), contextlib.closing(connect(target, raw_key)) as copy:
        renew(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        told = facts_of(copy)
    sync_file(target)
    with contextlib.closing(connect_copy(target, raw_key)) as copy:
        if checks.integrity(copy) or facts_of(copy) != told:
            raise Damaged(_WRONG)
    for log in _LOGS:
        target.with_name(target.name + log).unlink(missing_ok=True)
    return told.commit_seq


def _discard(target: Path) -> None:
    for name in (target.name, *(target.name + log for log in _LOGS)):
        with contextlib.suppress(OSError):
            target.with_name(name).unlink()
