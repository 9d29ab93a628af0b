"""One case as the vault knew it at an earlier moment, in a database in memory that dies with its connection.

The journal is read backwards from the rows as they stand. Only the case asked for is rebuilt, with what it refers to,
and of other cases only the signs of life that came through the same numbers (they decide what counts).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from family_case.model.changes import Reason
from family_case.model.records import BY_TABLE
from family_case.store import journal
from family_case.store.derived import state_of
from family_case.store.erasure import DESCRIBING
from family_case.store.faults import translated
from family_case.store.migrations import migrate
from family_case.store.rows import Key, Row, column_names
from family_case.store.takeback import links_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_EVER = "SELECT DISTINCT table_name, row_id FROM journal_head WHERE case_id = ?"
_CHANGED = (
    "SELECT DISTINCT table_name, row_id FROM journal_head WHERE case_id = '' AND time_ms > ? AND table_name <> ''"
)
_TOLD_ANEW = frozenset({Reason.ERASE, Reason.PURGE, Reason.REPAIR, Reason.REKEY})
_FIRST = "SELECT min(seq) FROM journal_head WHERE table_name = ? AND row_id = ?"
_USES = "SELECT 'endpoint_use', id FROM endpoint_use WHERE endpoint_id = ?"


def as_known(present: dbapi2.Connection, case_id: str, until_ms: int, zone: str) -> dbapi2.Connection | None:
    """A connection to the case as the vault knew it at the end of `until_ms` (UTC); None when it did not know it yet.

    The caller closes the connection. A line that an erasure blanked tells nothing: what stands is shown then.
    """
    with translated():
        looking = _Looking(present, until_ms)
        looking.take([("case_file", case_id)])
        if ("case_file", case_id) not in looking.rows:
            return None
        looking.take(_standing(looking, case_id) | set(present.execute(_EVER, (case_id,))))
        looking.close_over(present.execute(_CHANGED, (until_ms,)).fetchall())
        memory = dbapi2.connect(":memory:", isolation_level=None)
        try:
            migrate(memory)
            looking.pour(memory)
            database = Database(memory, execute_plugins=False)
            database.table("case_state").insert(asdict(state_of(memory, case_id, zone)))
            memory.execute("PRAGMA query_only = ON")
        except BaseException:
            memory.close()
            raise
    return memory


def case_then(present: dbapi2.Connection, record_id: str) -> str | None:
    """Id of the case in which a record that was taken back once stood; None when the journal knows none."""
    sql = "SELECT case_id FROM journal_head WHERE row_id = ? AND case_id <> '' ORDER BY seq DESC LIMIT 1"
    with translated():
        found = present.execute(sql, (record_id,)).fetchone()
    return str(found[0]) if found else None


@dataclass(slots=True)
class _Looking:
    """Rows as they were, gathered until nothing they refer to is missing."""

    present: dbapi2.Connection
    until_ms: int
    rows: dict[Key, Row] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)
    links: dict[str, list[tuple[str, str]]] = field(init=False)  # table -> who refers to it, by which column

    def __post_init__(self) -> None:
        """Read the schema's links once."""
        self.links = {table: links_to(self.present, table) for table in BY_TABLE}

    def take(self, keys: Iterable[Key]) -> None:
        """Look these rows up as they were."""
        for key in keys:
            if key not in self.seen and key[0] in BY_TABLE:
                self.seen.add(key)
                row = self._then(key)
                if row is not None:
                    self.rows[key] = row

    def close_over(self, changed: Iterable[Key]) -> None:
        """Take what the rows refer to, what describes that, and who else used the same numbers.

        `changed` are rows of no case that changed since, among them names and numbers that people no longer have.
        """
        past = {key: row for key in changed if key not in self.seen for row in [self._then(key)] if row}
        known = set[Key]()
        while fresh := set(self.rows) - known:
            known |= fresh
            for key in fresh:
                self.take(self._referred(key))
                self.take(self._described_by(key, past))
                if key[0] == "endpoint":
                    self.take(self.present.execute(_USES, (key[1],)).fetchall())
                if key[0] == "entry":
                    self.take([("sign_of_life", key[1])])

    def pour(self, memory: dbapi2.Connection) -> None:
        """Write the rows, in the order in which they were first written, and the journal's newest head of then."""
        database = Database(memory, execute_plugins=False)
        memory.execute("PRAGMA foreign_keys = OFF")
        order = {key: self.present.execute(_FIRST, key).fetchone()[0] or 0 for key in self.rows}
        for table, row_id in sorted(self.rows, key=lambda key: order[key]):
            database.table(table).insert(self.rows[table, row_id])
        names = (*journal.CHAINED, "hash")
        sql = (
            f"SELECT {', '.join(names)} FROM journal_head "  # noqa: S608 - our own names
            "WHERE time_ms <= ? AND reason <> ? ORDER BY seq DESC LIMIT 1"
        )
        for head in self.present.execute(sql, (self.until_ms, Reason.DISCLOSE.value)):
            database.table("journal_head").insert(dict(zip(names, head, strict=True)))

    def _then(self, key: Key) -> Row | None:
        """A row as it was: as it stands, and each later line taken back from it."""
        table, row_id = key
        names = column_names(BY_TABLE[table])
        found = self.present.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608 - our own names
        row: Row | None = dict(zip(names, found, strict=True)) if found else None
        where = "h.table_name = ? AND h.row_id = ? AND h.time_ms > ?"
        for item in journal.items(self.present, where, (table, row_id, self.until_ms), journal.ALL):
            if not item.known or item.reason in _TOLD_ANEW:
                if not item.known and (item.seq,) == self.present.execute(_FIRST, key).fetchone():
                    row = None  # it was written after that moment, whatever it said
            else:
                row = None if item.before is None else {**(row or {}), **item.before}
        return row

    def _referred(self, key: Key) -> Iterator[Key]:
        row = self.rows[key]
        for table, links in self.links.items():
            yield from ((table, str(row[column])) for other, column in links if other == key[0] and row.get(column))

    def _described_by(self, key: Key, past: dict[Key, Row]) -> Iterator[Key]:
        table, row_id = key
        for other, column in DESCRIBING.intersection(self.links[table]):
            sql = f"SELECT id FROM {other} WHERE {column} = ?"  # noqa: S608 - our own names
            yield from ((other, str(found)) for (found,) in self.present.execute(sql, (row_id,)))
            yield from (each for each, row in past.items() if each[0] == other and row.get(column) == row_id)


def _standing(looking: _Looking, case_id: str) -> set[Key]:
    """Rows of the case as it stands: itself and all that hangs on it."""
    found = {("case_file", case_id)}
    fresh = set(found)
    while fresh:
        hanging = {
            (other, str(each))
            for table, row_id in fresh
            for other, column in looking.links[table]
            for (each,) in looking.present.execute(f"SELECT id FROM {other} WHERE {column} = ?", (row_id,))  # noqa: S608 - our own names
        }
        fresh = hanging - found
        found |= fresh
    return found
