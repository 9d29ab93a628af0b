"""The ground the figures stand on: a vault of invented cases on a real disk, and beside it the same tables in plain.

The plain copy is read by the same engine without a key, with the vault's own settings except those of the cipher, so
that encryption and our own code are all that differs. It is written in one go and therefore lies tidier than the vault.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.paths import resources
from family_case.services import accepting, crowd
from family_case.services.session import create
from family_case.store import connection as factory
from family_case.store import schema_1
from family_case.store.office import Office
from family_case.store.vault import DATABASE
from tests.vaults import PASSPHRASE, ZONE, clock_on, open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

IN_MEMORY = frozenset({"tmpfs", "ramfs"})
PLAIN_SETTINGS = tuple(each for each in factory._PRAGMAS if not each.startswith("cipher_"))
_MADE = "made.json"  # stands beside a vault that is finished
UNKNOWN = "not told by this system"


@dataclass(frozen=True, slots=True)
class Making:
    """What making a vault took: seconds by the wall and of the processor; `parts`: cases on the disk after seconds."""

    cases: int
    wall: float
    cpu: float
    parts: tuple[tuple[int, float], ...]


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


def prepare(home: Path, cases: int, entries: int = crowd.ENTRIES, name: str = "vault") -> Ground:
    """Make a vault of `cases` invented cases in `home`, and its plain copy."""
    fill(home / name, cases, entries)
    export(home, name)
    return standing(home, cases, name)


def fill(folder: Path, cases: int, entries: int = crowd.ENTRIES) -> Making:
    """Make the vault alone, through the services, and tell what it took."""
    office, ids = Office("", ZONE, "RU", "en"), SeededIds("ground")
    session = create(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.COMMAND_LINE, cost=FLOOR, office=office)
    wall, cpu = time.perf_counter(), time.process_time()
    parts: list[tuple[int, float]] = []
    with closing(session):
        accepting.set_witness(session, kept=False)  # its copies are no older states of one vault
        crowd.fill(session, cases, entries=entries, told=lambda made: parts.append((made, time.perf_counter() - wall)))
    return Making(cases, time.perf_counter() - wall, time.process_time() - cpu, tuple(parts))


def standing(home: Path, cases: int, name: str = "vault") -> Ground:
    """A vault that was made in `home`, with its plain copy."""
    folder = home / name
    raw_key = header.unlock(header.read(folder), PASSPHRASE).database_key()
    return Ground(folder, home / f"{name}-plain.db", [crowd.code(index) for index in range(1, cases + 1)], raw_key)


def kept(home: Path, cases: int) -> tuple[Ground, Making]:
    """The vault of so many cases in `home` and how it was made; made once, and anew when the form has changed.

    What was left half made is made anew.
    """
    folder = home / f"{cases}-cases-{_form()}"
    told = folder / _MADE
    if not told.exists():
        for old in home.glob(f"{cases}-cases-*"):
            shutil.rmtree(old)
        folder.mkdir(parents=True)
        making = fill(folder / "vault", cases)
        export(folder, "vault")
        told.write_text(json.dumps(asdict(making)), "utf-8")
    return standing(folder, cases), Making(**json.loads(told.read_text("utf-8")))


def _form() -> str:
    """What tells vaults of one form from those of another: the schema and the invented cases."""
    of = (resources() / "demo" / "crowd.json", Path(crowd.__file__), Path(schema_1.__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in of)).hexdigest()[:12]


def export(home: Path, name: str) -> None:
    """Copy all tables and indexes of an encrypted database into a plain one."""
    raw_key = header.unlock(header.read(home / name), PASSPHRASE).database_key()
    target = home / f"{name}-plain.db"
    connection = dbapi2.connect(home / name / DATABASE, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
    connection.execute("ATTACH ? AS plain KEY ''", (str(target),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    open_plain(target).close()  # leaves it in the vault's journal mode


def open_plain(path: Path) -> dbapi2.Connection:
    """A plain database with the settings of the vault's connection."""
    connection = dbapi2.connect(path, isolation_level=None, cached_statements=factory._STATEMENTS)
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
