"""The ground the figures stand on: a vault of invented cases on a real disk, and beside it the same tables in plain.

The plain copy is read by the same engine without a key, with the vault's own settings except those of the cipher, so
that encryption and our own code are all that differs. It is written in one go and therefore lies tidier than the vault.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.services.session import create
from family_case.store import connection as factory
from family_case.store.vault import DATABASE, Office
from tests import invented
from tests.vaults import PASSPHRASE, ZONE, clock_on, open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

IN_MEMORY = frozenset({"tmpfs", "ramfs"})
PLAIN_SETTINGS = tuple(each for each in factory._PRAGMAS if not each.startswith("cipher_"))
UNKNOWN = "not told by this system"


@dataclass(slots=True)
class Ground:
    """A closed vault, its plain copy, and the codes of its cases."""

    folder: Path
    plain: Path
    codes: list[str]
    raw_key: str = field(repr=False)

    def session(self) -> Session:
        """The vault, opened; ids repeat themselves."""
        return open_vault(self.folder, "bench")

    def plain_connection(self) -> dbapi2.Connection:
        """The plain copy, opened as the vault is but for the key."""
        return open_plain(self.plain)


def prepare(home: Path, cases: int, entries: int = invented.ENTRIES, name: str = "vault") -> Ground:
    """Make a vault of `cases` invented cases in `home`, and its plain copy."""
    folder, plain = home / name, home / f"{name}-plain.db"
    office, ids = Office("", ZONE, "RU", "en"), SeededIds("ground")
    session = create(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.COMMAND_LINE, cost=FLOOR, office=office)
    codes = invented.fill(session, cases, entries)
    session.close()
    raw_key = header.unlock(header.read(folder), PASSPHRASE).database_key()
    export(folder / DATABASE, raw_key, plain)
    return Ground(folder, plain, codes, raw_key)


def export(database: Path, raw_key: str, target: Path) -> None:
    """Copy all tables and indexes of an encrypted database into a plain one."""
    connection = dbapi2.connect(database, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
    connection.execute("ATTACH ? AS plain KEY ''", (str(target),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    open_plain(target).close()  # leaves it in the vault's journal mode


def open_plain(path: Path) -> dbapi2.Connection:
    """A plain database with the settings of the vault's connection."""
    connection = dbapi2.connect(path, isolation_level=None)
    for setting in PLAIN_SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def file_system(folder: Path) -> str:
    """Type of the file system `folder` lies on, as Linux names it; elsewhere that it is not told."""
    table = Path("/proc/self/mountinfo")
    if sys.platform != "linux" or not table.exists():
        return UNKNOWN
    place, found = folder.resolve(), (-1, UNKNOWN)
    for line in table.read_text("utf-8").splitlines():
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        if place.is_relative_to(point):
            found = max(found, (len(point.parts), after.split()[0]), key=lambda each: each[0])
    return found[1]
