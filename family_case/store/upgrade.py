"""A database of an older schema, brought up without ever being at risk: saved, changed on a copy, checked, swapped.

    main.db            the database; replaced in one rename, so a kill leaves the old or the new, whole
    main.db.before-N   the old one of schema N, verified, kept until the next verified backup
    main.db.next       the copy that is changed; worth nothing until renamed, made anew after a kill

All of it happens with the vault's lock held and no connection to `main.db` open.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from family_case.errors import Damaged
from family_case.files import explain, sync_folder
from family_case.i18n import N_
from family_case.store import checks, migrations
from family_case.store.backup import Copied, Proof, copy_file, facts_of
from family_case.store.connection import connect, connect_copy
from family_case.store.faults import MALFORMED, translated

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

_BEFORE, _NEXT, _PART = ".before-", ".next", ".part"
_LOGS = ("-wal", "-journal")
_WRONG = N_(
    "This program is newer than the vault and had to bring its database to a new form. The result did not pass its own "
    "checks, so it was thrown away. The vault is as it was; open it with the older program and tell the makers of this "
    "one."
)


def behind(connection: dbapi2.Connection) -> bool:
    """Whether this database has tables of an older schema than ours."""
    with translated():
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return 0 < int(version) < migrations.SCHEMA


def bring_up(database: Path, raw_key: str) -> None:
    """Bring the closed `database` to the present schema.

    Raises Damaged when it, or the result, does not hold its checks, Unavailable when there is no room; then nothing
    was changed.
    """
    upcoming = database.with_name(database.name + _NEXT)
    try:
        _save(database, raw_key)
        _clear(upcoming)
        copy_file(database, upcoming)
        _migrate(upcoming, raw_key)
        upcoming.replace(database)
    except OSError as error:
        raise explain(error, database.parent) from None
    finally:
        _clear(upcoming)
    sync_folder(database.parent)


def forget_before(database: Path) -> None:
    """Remove the old databases that upgrades left beside this one: a verified backup has taken their place."""
    with contextlib.suppress(OSError):
        for old in database.parent.glob(f"{database.name}{_BEFORE}*"):
            old.unlink()


def _save(database: Path, raw_key: str) -> None:
    """Put a verified copy of the database beside it."""
    with contextlib.closing(connect_copy(database, raw_key)) as connection:
        if checks.integrity(connection):
            raise Damaged(MALFORMED)
        facts = facts_of(connection)
    kept = database.with_name(f"{database.name}{_BEFORE}{facts.schema}")
    part = kept.with_name(f".{kept.name}{_PART}")  # swept at the next opening
    part.unlink(missing_ok=True)
    size, sha256 = copy_file(database, part)
    Proof(part, raw_key).demand(Copied(facts, size, sha256))
    part.replace(kept)
    sync_folder(database.parent)


def _migrate(upcoming: Path, raw_key: str) -> None:
    """Run the steps on the copy, with links unchecked until the end, and demand that nothing was lost."""
    connection = connect(upcoming, raw_key)
    try:
        before = facts_of(connection)
        with translated():
            connection.execute("PRAGMA foreign_keys = OFF").fetchall()
        migrations.migrate(connection)
        after = facts_of(connection)
        kept = (after.commit_seq, after.heads, after.head, after.cases)
        if checks.integrity(connection) or kept != (before.commit_seq, before.heads, before.head, before.cases):
            raise Damaged(_WRONG)
        with translated():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _clear(upcoming: Path) -> None:
    for name in (upcoming.name, *(upcoming.name + log for log in _LOGS)):
        with contextlib.suppress(FileNotFoundError):
            upcoming.with_name(name).unlink()
