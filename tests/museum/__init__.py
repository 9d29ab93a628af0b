"""The museum: one vault frozen at each release, which every later program must open and read in full."""

from __future__ import annotations

import json
from pathlib import Path

from family_case.chance import SeededIds
from family_case.model.changes import Actor
from family_case.services.session import Session, unlock
from tests.vaults import clock_on

HALL = Path(__file__).resolve().parent / "pieces"
LISTING = "listing.json"
VAULT = "vault"
PASSPHRASE = "museum pieces hold invented people only"
_OF_TODAY = frozenset({"_sqlite_migrations", "case_state", "search_key"})  # made anew by the program that looks
# What a later program may add to a listing: it must still hold everything that was there.


def piece_of(schema: int) -> Path:
    """Folder of the piece that shows this schema."""
    return HALL / f"schema-{schema}"


def pieces() -> list[Path]:
    """Every piece, oldest first."""
    return sorted(HALL.glob("schema-*"), key=lambda each: int(each.name.rpartition("-")[2]))


def look(folder: Path) -> Session:
    """Open a piece (a copy of it: opening brings it up to the present schema)."""
    return unlock(folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("museum"), actor=Actor.COMMAND_LINE)


def listing(session: Session) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of records and of the journal, by column."""
    connection = session.vault.connection
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    found = {}
    for (table,) in tables:
        if table not in _OF_TODAY and not table.startswith("search"):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            found[table] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def lost(then: dict[str, list[dict[str, object]]], now: dict[str, list[dict[str, object]]]) -> list[str]:
    """What stood in a listing and stands there no more, by table: rows gone, columns gone, values changed."""
    found = []
    for table, rows in then.items():
        key = next((name for name in ("id", "seq") if rows and name in rows[0]), "")
        after = {str(row.get(key)): row for row in now.get(table, [])}
        for row in rows:
            same = after.get(str(row[key]), {})
            if any(name not in same or same[name] != value for name, value in row.items()):
                found.append(f"{table} {row[key]}")
    return found


def read_listing(piece: Path) -> dict[str, list[dict[str, object]]]:
    """What a piece held when it was frozen."""
    told: dict[str, list[dict[str, object]]] = json.loads((piece / LISTING).read_text("utf-8"))
    return told
