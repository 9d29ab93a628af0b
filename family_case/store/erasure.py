"""What goes when something is erased: the rows, what hangs on them, and every journal line that tells of them.

Reads only; `change` deletes. A row whose column must name an erased row goes with it; one that may name it, or
nothing, stays and names nothing. What was shared (people, numbers, sources, groups, unnamed places) goes when
nobody else refers to it. Rows that were taken back live on in the journal alone; they go when they tell of an
erased one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, get_args

from family_case.errors import Bug
from family_case.model.records import BY_TABLE, columns
from family_case.store.faults import translated
from family_case.store.rows import Key
from family_case.store.takeback import links_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlcipher3 import dbapi2

# Shared by cases, and no longer of use once nobody refers to them -> which of them (an institution stays)
_SHARED = {"person": "1", "endpoint": "1", "source": "1", "cohort": "1", "place": "kind = 'other'"}
# These may be empty, but a row that was about an erased one says nothing without it.
_ABOUT = {
    ("withholding", "entry_id"), ("withholding", "identifier_id"), ("task", "about_id"), ("custom_value", "person_id"),
    ("attachment", "entry_id"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """What an erasure takes: rows that go, links that are emptied (table, id, column), lines that are blanked."""

    gone: frozenset[Key]
    emptied: frozenset[tuple[str, str, str]]
    lines: tuple[int, ...]


def reach(connection: dbapi2.Connection, roots: Iterable[Key]) -> Reach:
    """All that goes with `roots` (table and id; also of rows that were taken back)."""
    with translated():
        gone, emptied = _rows(connection, set(roots))
        gone |= _taken_back(connection, gone)
        lines = [seq for key in gone for seq in lines_of(connection, key)]
    return Reach(frozenset(gone), frozenset(each for each in emptied if each[:2] not in gone), tuple(sorted(lines)))


def satellites(connection: dbapi2.Connection, key: Key) -> frozenset[Key]:
    """A row and the rows that are part of it, as they stand and as the journal remembers them."""
    with translated():
        gone, _emptied = _hanging(connection, {key})
        return frozenset(gone | _taken_back(connection, gone))


def lines_of(connection: dbapi2.Connection, key: Key) -> list[int]:
    """Numbers of the journal lines that still hold something of a row, oldest first."""
    with translated():
        return [int(seq) for (seq,) in connection.execute(_LINES_OF, key)]


_LINES_OF = """
SELECT seq FROM journal_head JOIN journal_payload USING (seq)
WHERE table_name = ? AND row_id = ? AND body <> '[null,null]' ORDER BY seq
"""  # the line that says that a row was erased tells nothing more


@dataclass(frozen=True, slots=True)
class Erasures:
    """What a journal says was erased, by the hash of the line that says so: rows, or rows' older wordings."""

    gone: dict[str, Key]
    worded: dict[str, Key]


def erasures(connection: dbapi2.Connection) -> Erasures:
    """Every erasure this journal tells of; what was purged after it was taken back is gone like any other.

    A line of an erasure that tells what a row became is of one that stays: only its link to what went was emptied.
    """
    with translated():
        found = connection.execute(_ERASURES).fetchall()
    gone, worded = ({line: (table, row) for line, table, row, kept in found if kept is which} for which in (0, 1))
    return Erasures(gone, worded)


_ERASURES = """
SELECT hash, table_name, row_id, body <> '[null,null]'
FROM journal_head JOIN journal_payload USING (seq)
WHERE table_name <> '' AND (reason = 'purge' OR (reason = 'erase' AND body = '[null,null]'))
"""


def known(connection: dbapi2.Connection, keys: Iterable[Key]) -> frozenset[Key]:
    """Those of these rows that stand, or of which the journal still tells something."""
    return frozenset(key for key in keys if key[0] in BY_TABLE and lines_of(connection, key))


def first_line(connection: dbapi2.Connection, keys: Iterable[Key]) -> int:
    """Number of the first journal line about any of these rows."""
    sql = "SELECT min(seq) FROM journal_head WHERE table_name = ? AND row_id = ?"
    with translated():
        return min((int(connection.execute(sql, key).fetchone()[0] or 0) for key in keys), default=0)


def _rows(connection: dbapi2.Connection, roots: set[Key]) -> tuple[set[Key], set[tuple[str, str, str]]]:
    """Rows that go and links that are emptied, for rows that stand."""
    gone, emptied = _hanging(connection, roots)
    while more := {key for key in _shared_by(connection, gone) if _forlorn(connection, key, gone)}:
        found, loose = _hanging(connection, gone | more)
        gone, emptied = gone | found, emptied | loose
    return gone, emptied


def _hanging(connection: dbapi2.Connection, roots: set[Key]) -> tuple[set[Key], set[tuple[str, str, str]]]:
    gone, emptied, fresh = set(roots), set[tuple[str, str, str]](), set(roots)
    while fresh:
        reached = set[Key]()
        for table, row_id in fresh:
            for other, column in links_to(connection, table):
                found = [(other, str(each)) for (each,) in connection.execute(_select(other, column), (row_id,))]
                if _may_be_empty(other, column):
                    emptied |= {(*key, column) for key in found}
                else:
                    reached |= set(found)
        fresh = reached - gone
        gone |= fresh
    return gone, emptied


def _shared_by(connection: dbapi2.Connection, gone: set[Key]) -> set[Key]:
    """Shared rows that these rows refer to."""
    found = set[Key]()
    for table in _SHARED:
        if table in BY_TABLE:
            for other, column in links_to(connection, table):
                ids = [row_id for each, row_id in gone if each == other]
                sql = f"SELECT {column} FROM {other} WHERE id = ? AND {column} IS NOT NULL"  # noqa: S608 - our own names
                found |= {(table, str(to)) for row_id in ids for (to,) in connection.execute(sql, (row_id,))}
    return found - gone


def _forlorn(connection: dbapi2.Connection, key: Key, gone: set[Key]) -> bool:
    """Whether nothing but what goes refers to a shared row."""
    table, row_id = key
    sql = f"SELECT count(*) FROM {table} WHERE id = ? AND {_SHARED[table]}"  # noqa: S608 - our own names
    (may_go,) = connection.execute(sql, (row_id,)).fetchone()
    return bool(may_go) and all(
        (other, str(each)) in gone
        for other, column in links_to(connection, table)
        if (other, column) not in DESCRIBING
        for (each,) in connection.execute(_select(other, column), (row_id,))
    )


# Links of rows that only describe what they refer to: a name, a number of his, another name of a place.
DESCRIBING = frozenset({
    ("person_name", "person_id"), ("person_endpoint", "person_id"), ("identifier", "person_id"),
    ("place_alias", "place_id"), ("person", "merged_into"), ("custom_value", "person_id"),
})  # fmt: skip


def own_numbers(connection: dbapi2.Connection, records: Iterable[str]) -> set[Key]:
    """Numbers that are known to be of this person, by these records of him, and nobody else's."""
    with translated():
        found = connection.execute(_OWN_NUMBERS, (json.dumps(sorted(records)),))
        return {("endpoint", str(each)) for (each,) in found}


_OWN_NUMBERS = """
SELECT DISTINCT endpoint_id FROM person_endpoint p WHERE person_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
  SELECT 1 FROM person_endpoint o
  WHERE o.endpoint_id = p.endpoint_id AND o.person_id NOT IN (SELECT value FROM json_each(?1)))
"""


def _taken_back(connection: dbapi2.Connection, gone: set[Key]) -> set[Key]:
    """Rows that stand no longer and of which the journal tells something about `gone`."""
    past = {
        (table, row_id): body
        for table in BY_TABLE
        for row_id, body in connection.execute(_PAST.format(table=table), (table,))
    }
    found, ids = set[Key](), {row_id for _table, row_id in gone}
    while more := {key for key, body in past.items() if key not in found | gone and ids & _named_in(key, body)}:
        found |= more
        ids |= {row_id for _table, row_id in more}
    return found


_PAST = """
SELECT h.row_id, group_concat(p.body, char(10)) FROM journal_head h JOIN journal_payload p USING (seq)
WHERE h.table_name = ? AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = h.row_id) GROUP BY h.row_id
"""


def _named_in(key: Key, bodies: str) -> set[str]:
    """Ids that a row of the past named: its own, and those in its columns."""
    states = [state for body in bodies.split("\n") for state in json.loads(body) if state is not None]
    return {key[1], *(value for state in states for value in state.values() if isinstance(value, str))}


def _may_be_empty(table: str, column: str) -> bool:
    hint, _privacy = columns(BY_TABLE[table])[column]
    if column == "case_id" or (table, column) in _ABOUT:
        return False
    return isinstance(hint, UnionType) and NoneType in get_args(hint)


def _select(table: str, column: str) -> str:
    if table not in BY_TABLE or column not in columns(BY_TABLE[table]):
        raise Bug("no link of ours")
    return f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 - names of our own tables
