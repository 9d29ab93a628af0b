"""The schema, by migrations only: a released one is never edited, and `SCHEMA` counts them.

What each makes stands in a room of its own (`schema_1`). No ON DELETE actions: deletion is a service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.store import schema_1
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlcipher3 import dbapi2

SCHEMA = 1
APPLICATION_ID = 0x46434153  # "FCAS"
STEPS = Migrations("family_case")

_DATE = {"": str, "_earliest": str, "_latest": str, "_zone": str, "_zone_assumed": int}


def migrate(connection: dbapi2.Connection) -> None:
    """Bring the database to `SCHEMA`; Refused when it comes from a newer program, before anything is written."""
    version = demand_known(connection)
    with translated():
        if version < SCHEMA:
            STEPS.apply(Database(connection, execute_plugins=False))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")


def demand_known(connection: dbapi2.Connection) -> int:
    """The schema of this database; Refused when it comes from a newer program."""
    with translated():
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise Refused(
            N_(
                "This vault was written by a newer program (schema {found}; this program knows "
                "{known}). Nothing was changed; install the newer program."
            ),
            found=version,
            known=SCHEMA,
        )
    return int(version)


def lengthen(connection: dbapi2.Connection, size: int) -> None:
    """Make an empty database longer by `size` bytes of nothing; for a repair, which throws it away afterwards."""
    connection.execute("INSERT INTO draft(id, value) VALUES (hex(randomblob(16)), zeroblob(?))", (size,))


def stand_on(connection: dbapi2.Connection, pages: Iterable[int], names: Sequence[str]) -> None:
    """Have each of these pages be a table of its own, `adrift_N`, and no other; for a repair, on a copy of a copy."""
    rows = [(f"adrift_{page}", page, f"CREATE TABLE adrift_{page}({', '.join(names)})") for page in pages]
    connection.execute("PRAGMA writable_schema = ON").fetchall()
    connection.execute("PRAGMA synchronous = OFF").fetchall()
    connection.execute("DELETE FROM sqlite_master")  # each new connection reads the whole of it
    connection.executemany("INSERT INTO sqlite_master VALUES ('table', ?1, ?1, ?2, ?3)", rows)


@STEPS()
def m001_first_house(db: Database) -> None:
    """Case, people, numbers, places, consents, the first timeline kinds, journal, index and derived state."""
    for table, words in schema_1.TABLES.items():
        db.table(table).create(
            _columns(words),
            pk=schema_1.KEYS.get(table, "id"),
            foreign_keys=[
                (column, other, "seq" if other == "journal_head" else "id") for column, other in _links(table)
            ],
        )
    for table, names in schema_1.UNIQUE:
        db.table(table).create_index(names.split(), unique=True)
    for table, names in schema_1.INDEXES:
        db.table(table).create_index(names.split())
    for index in schema_1.WAITING:
        db.execute(f"CREATE INDEX {index}")
    words = "sort TEXT, word TEXT, row INTEGER, PRIMARY KEY(sort, word, row)"
    db.execute(f"CREATE TABLE search_word({words}) WITHOUT ROWID")
    for said in ("name", "text"):  # nothing is ranked, so no sizes are kept
        db.execute(f"CREATE VIRTUAL TABLE search_{said} USING fts5({said}, columnsize = 0, tokenize = 'trigram')")
        db.execute(f"INSERT INTO search_{said}(search_{said}, rank) VALUES('secure-delete', 1)")
    db.execute(schema_1.SAME_PERSON)


def _links(table: str) -> list[tuple[str, str]]:
    pairs = [link.split(">") for link in schema_1.LINKS.get(table, ())]
    return [(column, other) for column, other in pairs]


def _columns(words: str) -> dict[str, type]:
    found: dict[str, type] = {}
    for word in words.split():
        name, _, kind = word.partition(":")
        if kind == "date":
            found.update({name + part: column for part, column in _DATE.items()})
        else:
            found[name] = int if kind == "int" else str
    return found
