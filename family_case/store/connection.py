"""The one connection factory: key, checks and pragmas of a vault's database (docs/vault-format.md tells why each).

A forgotten key would silently make a plain file, and so would ATTACH with an empty key: the first is caught by
looking at the file's first bytes before and after, the second by an authorizer that denies ATTACH.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.errors import Bug, Damaged, Refused
from family_case.files import size_of
from family_case.i18n import N_
from family_case.store.faults import translated

if TYPE_CHECKING:
    from pathlib import Path

_NEIGHBOURS = str.maketrans({"ё": "е", "ґ": "г\uffff", "є": "е\uffff", "і": "и\ufffe", "ї": "и\uffff"})
_LONGEST_PATH = 500  # bytes; SQLite's own limit is 512, with the endings of its logs
PLAIN_MAGIC = b"SQLite format 3\x00"
_STATEMENTS = 512  # kept prepared; the driver keeps 100, and one entry alone asks for half of them
_DENIED = frozenset({dbapi2.SQLITE_ATTACH})
CACHE_KB = 32768  # in a vault of 100,000 cases the pages of some forty of them fit, and are decrypted once
_PRAGMAS = (
    "cipher_log_level = NONE",
    "cipher_memory_security = OFF",  # the lock ends the process; on, pages cost 4 to 8 times and more
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 0",  # the vault works its log in by itself, and knows what that changes
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "temp_store = MEMORY",
    "secure_delete = ON",
    "mmap_size = 0",
    "cell_size_check = ON",
    "trusted_schema = OFF",
    "foreign_keys = ON",
    f"cache_size = -{CACHE_KB}",
)
_PRAGMAS_OF_A_COPY = tuple(
    each
    for each in _PRAGMAS
    if each.partition(" ")[0] not in {"locking_mode", "journal_mode", "secure_delete", "wal_autocheckpoint"}
)
# Those that read nothing; under the last one another length than the first page says is borne.
_PRAGMAS_OF_A_DAMAGED = (
    "cipher_log_level = NONE", "cell_size_check = ON", "trusted_schema = OFF", "writable_schema = ON",
)  # fmt: skip


def connect(path: Path, raw_key: str) -> dbapi2.Connection:
    """Open the database at `path` with the raw key (64 hex digits of key, 32 of salt).

    Raises Damaged when the file is plain or cannot be read with this key, Unavailable when another process holds it.
    """
    _refuse_plain(path)
    with translated():
        connection = dbapi2.connect(str(path), isolation_level=None, cached_statements=_STATEMENTS)
        try:
            _prepare(connection, raw_key)
        except BaseException:
            leave(connection)
            raise
    return connection


def connect_new(path: Path, raw_key: str) -> dbapi2.Connection:
    """Open a new database file that a copy under this key is written into: worth nothing until it was proven.

    It is brought to the disk once at the end, by whoever proves it, and not at every step.
    """
    with translated():
        connection = dbapi2.connect(str(path), isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
            for pragma in _PRAGMAS_OF_A_COPY:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute("PRAGMA synchronous = OFF").fetchall()
            connection.set_authorizer(_authorize)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_copy(path: Path, raw_key: str) -> dbapi2.Connection:
    """Open a copy of a database to read it: no lock is taken, no log looked for, not a byte written beside it.

    Raises Damaged when it is plain or cannot be read with this key, Unavailable when it is not there.
    """
    _refuse_plain(path)
    with translated():
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", isolation_level=None, uri=True)
        try:
            connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
            for pragma in _PRAGMAS_OF_A_COPY:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.set_authorizer(_authorize)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_damaged(path: Path, raw_key: str, *, writing: bool = False) -> dbapi2.Connection:
    """Open a copy of a damaged database, and read nothing yet: its length may not be what its first page says.

    `writing`: its schema is to be changed; else not a byte is.
    """
    _refuse_plain(path)
    how = "mode=rw" if writing else "mode=ro&immutable=1"
    with translated():
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?{how}", isolation_level=None, uri=True)
        connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
        for pragma in _PRAGMAS_OF_A_DAMAGED:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.set_authorizer(_authorize)
    return connection


def leave(connection: dbapi2.Connection) -> None:
    """Close what could not be opened, and leave file and log as they are.

    Closing works the log into the file, and a log that does not belong to it (one of both was put back from a copy)
    would destroy it; an interrupt stops that before the first page.
    """
    connection.interrupt()
    connection.close()


def _prepare(connection: dbapi2.Connection, raw_key: str) -> None:
    connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise Bug("the driver has no cipher")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.set_authorizer(_authorize)


def alphabetical(text: str) -> str:
    """A key that sorts as an alphabet does: capitals count as small letters, Ё and Ukrainian letters stand in place."""
    return text.casefold().translate(_NEIGHBOURS)


def _authorize(action: int, *_: str | None) -> int:
    return dbapi2.SQLITE_DENY if action in _DENIED else dbapi2.SQLITE_OK


def _refuse_plain(path: Path) -> None:
    """Refuse what is not encrypted, and a path that the database could not open and would give no reason for."""
    size = len(os.fsencode(os.path.realpath(path)))
    if size > _LONGEST_PATH:
        raise Refused(
            N_(
                "The path to this database is too long: {size} bytes, and at most {most} are possible (a Cyrillic "
                "letter takes two). Nothing was changed; use a folder nearer to the top of the disk."
            ),
            size=size,
            most=_LONGEST_PATH,
        )
    if size_of(path):  # refuses a pipe in its place, which would hold us
        with path.open("rb") as file:
            if file.read(len(PLAIN_MAGIC)) == PLAIN_MAGIC:
                raise Damaged(
                    N_(
                        "The vault's database is not encrypted: this is not a file this program "
                        "wrote. It was not opened."
                    )
                )
