"""A vault's database opened to be looked at: no lock of its own, no log, no migration, not a byte written.

The file is read as one that nobody changes (`immutable`). With work in the log that would silently show the vault
without it, so such a vault is refused here: reading it needs a place where the log can be worked in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.store.connection import connect_copy
from family_case.store.digest import Digest
from family_case.store.log import Log
from family_case.store.migrations import demand_known
from family_case.store.office import own_row
from family_case.store.reader import Reader
from family_case.store.upgrade import behind
from family_case.store.vault import DATABASE, WAL, Vault, demand_files, demand_tables

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from family_case.chance import Clock, Ids


class Unsettled(Refused):
    """Work of a session that did not end properly lies in the log; a copy of the vault can work it in."""


def look(folder: Path, raw_key: str, clock: Clock, ids: Ids) -> Vault:
    """Open the database of a vault to read only.

    Raises Unsettled where its log holds anything, Refused for an older or newer schema, Damaged or Unavailable with the
    reason. The caller keeps writers out.
    """
    if demand_files(folder):
        raise Unsettled(
            N_(
                "This vault was not closed properly: its newest work lies in a log, and to read that, something must "
                "be written. Read-only, it cannot be opened; nothing was changed. Restore this folder into a new one, "
                "where it can be written, and open that."
            ),
            way="copy",
        )
    reader = Reader(folder / DATABASE)
    try:
        connection = connect_copy(folder / DATABASE, raw_key)
    except BaseException:
        reader.close()
        raise
    try:
        demand_tables(connection)
        demand_known(connection)
        _demand_present(connection)
        counter, office, kept, witnessed = own_row(connection)
    except BaseException:
        connection.close()
        reader.close()
        raise
    database, digest = Database(connection, execute_plugins=False), Digest(reader, Log(folder / WAL))
    return Vault(
        connection, clock, ids, counter, office, database, reader, digest, kept, read_only=True, witnessed=witnessed
    )


def _demand_present(connection: dbapi2.Connection) -> None:
    if behind(connection):
        raise Refused(
            N_(
                "This vault was written by an older program, and its database must be brought to a new form to be "
                "read. Read-only, it cannot be opened; nothing was changed. Restore this folder into a new one, "
                "where it can be written, and open that."
            ),
            way="copy",
        )
