"""The only door through which anything is written: rows, index, journal, derived state and counter in one transaction.

    with vault.change(Reason.LOG, actor) as change:
        change.put(record)
    change.result  # Changes

Leaving by an exception rolls everything back. This is the only file with INSERT, UPDATE or DELETE.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import Ids, Moment
from family_case.model.changes import Actor, Changes, Reason
from family_case.model.records import BY_TABLE
from family_case.store import derived, index, journal
from family_case.store.belonging import OF_AN_ENTRY
from family_case.store.migrations import SCHEMA
from family_case.store.owners import Owners, Touch
from family_case.store.rows import Key, Row, Value, column_names, to_row
from family_case.store.stale import stale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from family_case.model.base import Record

_Touches = dict[Key, Touch]


@dataclass(slots=True)
class Change:
    """An open change; made by `Vault.change` only."""

    connection: dbapi2.Connection
    moment: Moment
    ids: Ids
    reason: Reason
    actor: Actor
    refers: int | None = None
    made: str = ""
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    result: Changes = field(init=False)
    _touched: _Touches = field(default_factory=dict)
    _told: dict[Key, str] = field(default_factory=dict)  # what the journal says instead of the difference
    _fresh: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How many records this change has touched so far."""
        return len(self._touched)

    def fresh_id(self, case_id: str | None = None) -> str:
        """An id nothing has yet: what is put under it is new, and what stands there already is an error.

        What is written in a case begins as the case's own id does (50 bits; 78 are left to chance), so that what is
        read together lies together in every index.
        """
        made = self.ids.new()
        self._fresh.add(found := (case_id or made)[:_OF_CASE] + made[_OF_CASE:])
        return found

    def put(self, record: Record) -> None:
        """Write a record, new or changed; Refused when it does not hold its own rules."""
        record.check()
        self._store(record.TABLE, to_row(record))

    def restore(self, table: str, row_id: str, row: Row | None) -> None:
        """Put a row back as it was (None: it was not there); for undo."""
        if row is None:
            before = self._fetch(table, row_id)
            self._execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - names of our own tables
            self._touch(table, row_id, before, None)
        else:
            self._store(table, row)

    def current(self, table: str, row_id: str) -> Row | None:
        """A row as it stands now."""
        return self._fetch(table, row_id)

    def erase(self, keys: Iterable[tuple[str, str]]) -> None:
        """Delete these rows (table and id) and have the journal name them as erased; those that went before, too."""
        self.connection.execute("PRAGMA defer_foreign_keys = ON")  # they refer to each other in any order
        for table, row_id in sorted(keys):
            self.restore(table, row_id, None)
            self._touched.setdefault((table, row_id), Touch(None, None))
            self._told[table, row_id] = journal.body_of(None, None)

    def empty(self, links: Iterable[tuple[str, str, str]]) -> None:
        """Have these columns (table, id, column) name nothing."""
        for table, row_id, column in sorted(links):
            row = self._fetch(table, row_id)
            if row is not None:
                self._store(table, {**row, column: None})

    def restate(self, keys: Iterable[tuple[str, str]]) -> None:
        """Have the journal say of these rows how they stand, so that its older lines of them can go."""
        for table, row_id in sorted(keys):
            row = self._fetch(table, row_id)
            self._touched[table, row_id] = Touch(row, row)
            self._told[table, row_id] = journal.body_of(None, row)

    def blank(self, lines: Iterable[int]) -> None:
        """Delete what these journal lines held; their heads stay, and the chain with them."""
        self.connection.executemany("DELETE FROM journal_payload WHERE seq = ?", [(seq,) for seq in lines])

    def finish(self) -> None:
        """Write index, journal, derived state and counter; called once by the vault before COMMIT."""
        real = {key: touch for key, touch in self._touched.items() if touch.before != touch.after or key in self._told}
        number, copy_id, zone = self._count()
        owners = Owners(self.connection, real).of_all()
        self._index(real, owners)
        for case, parts in sorted(stale(self.connection, real, owners, self._fresh).items()):
            self._derive(case, zone, parts)
        self._journal(real, owners, number, copy_id)
        self.result = Changes(
            number,
            self.reason,
            frozenset(table for table, _ in real),
            frozenset(row_id for _, row_id in real),
            frozenset(case for cases in owners.values() for case in cases),
            self.made,
            tuple(self.notes),
        )

    def found(self, office: Row) -> None:
        """Write the single row that names this copy of a new vault."""
        self._insert("copy", {"id": 1, "counter": 0, "commit_seq": 0, **office})

    def stand(self, facts: Row) -> None:
        """Write columns of the single row that names this copy; not journalled, because they are no record."""
        sets = ", ".join(f"{name} = ?" for name in facts)
        self._execute(f"UPDATE copy SET {sets}", tuple(facts.values()))  # noqa: S608 - names of our own columns

    def save_draft(self, draft: Row | None, key: tuple[str, str, str]) -> None:
        """Keep or drop one field of a draft; drafts are not journalled."""
        self._execute("DELETE FROM draft WHERE form = ? AND case_id = ? AND field = ?", key)
        if draft is not None:
            self._insert("draft", draft)

    def drop_drafts(self, form: str, case_id: str) -> None:
        """Forget all fields of a draft, after it became an entry or was thrown away."""
        self._execute("DELETE FROM draft WHERE form = ? AND case_id = ?", (form, case_id))

    def lay(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows as they were found elsewhere and nothing that follows from them; for a repair."""
        self._insert_all(table, rows)

    def index_anew(self, table: str, rows: Sequence[Row]) -> None:
        """Write what can be searched of these rows, which no index knows yet."""
        touched = {(table, str(row["id"])): Touch(None, row) for row in rows}
        self._index(touched, Owners(self.connection, touched).of_all())

    def derive_anew(self, case_id: str, zone: str) -> None:
        """Write the derived state of a case from its rows."""
        self._derive(case_id, zone, derived.ALL)

    def merge_search(self) -> None:
        """Put the parts of each search index together into one: nothing is found otherwise, only sooner."""
        for said in ("name", "text"):
            self._execute(f"INSERT INTO search_{said}(search_{said}) VALUES('optimize')", ())

    def drop_all_drafts(self, case_id: str) -> None:
        """Forget everything half-written in a case ('' for what is in none)."""
        self._execute("DELETE FROM draft WHERE case_id = ?", (case_id,))

    def _store(self, table: str, row: Row) -> None:
        row_id = str(row["id"])
        known = self._touched.get((table, row_id))
        if known is None and row_id in self._fresh:
            self._insert(table, row)
            self._touch(table, row_id, None, row)
            return
        before = known.after if known else self._fetch(table, row_id)
        if before != row:
            self._upsert(table, row, "id")
            self._touch(table, row_id, before, row)

    def _touch(self, table: str, row_id: str, before: Row | None, after: Row | None) -> None:
        known = self._touched.get((table, row_id))
        self._touched[table, row_id] = Touch(known.before if known else before, after)

    def _fetch(self, table: str, row_id: str) -> Row | None:
        names = column_names(BY_TABLE[table])
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - names of our own tables
        found = self.connection.execute(sql, (row_id,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def _count(self) -> tuple[int, str, str]:
        self._execute("UPDATE copy SET counter = counter + 1, commit_seq = commit_seq + 1", ())
        number, copy_id, zone = self.connection.execute("SELECT counter, copy_id, zone FROM copy").fetchone()
        return int(number), str(copy_id), str(zone)

    def _index(self, touched: _Touches, owners: dict[Key, set[str]]) -> None:
        """Write what can be searched: what rows said is forgotten one by one, what they say is written all at once."""
        keys, words = list[Row](), list[Row]()
        said: dict[str, list[Row]] = {"name": [], "text": []}
        (last,) = self.connection.execute("SELECT max(row) FROM search_key").fetchone()
        fresh = count((last or 0) + 1)
        for (table, row_id), touch in touched.items():
            old = index.folded(table, touch.before) if touch.before else ("", "")
            new = index.folded(table, touch.after) if touch.after else ("", "")
            if old == new:
                continue
            key = self._forget(table, row_id) if any(old) else next(fresh)
            if touch.after and any(new):
                case_id = row_id if table == "case_file" else touch.after.get("case_id")
                if table in OF_AN_ENTRY:
                    case_id = _only(owners[table, row_id]) or None
                keys.append({"row": key, "record_table": table, "record_id": row_id, "case_id": case_id})
                words += [{"sort": sort, "word": word, "row": key} for sort, word in index.words(table, new[0])]
                for column, value in zip(said, new, strict=True):
                    said[column] += [{"rowid": key, column: value}] if value else []
        self._insert_all("search_key", keys)
        self._insert_all("search_word", words)
        for column, rows in said.items():
            self._insert_all(f"search_{column}", rows)

    def _forget(self, table: str, row_id: str) -> int:
        """Take what a row said out of every index; the number it had there."""
        sql = (
            "SELECT k.row, n.name FROM search_key k LEFT JOIN search_name n ON n.rowid = k.row "
            "WHERE k.record_table = ? AND k.record_id = ?"
        )
        key, name = self.connection.execute(sql, (table, row_id)).fetchone()
        for sort, word in index.words(table, name or ""):
            self._execute("DELETE FROM search_word WHERE sort = ? AND word = ? AND row = ?", (sort, word, key))
        for place in ("search_name WHERE rowid", "search_text WHERE rowid", "search_key WHERE row"):
            self._execute(f"DELETE FROM {place} = ?", (key,))  # noqa: S608 - our own names
        return int(key)

    def _derive(self, case_id: str, zone: str, parts: frozenset[str]) -> None:
        case = self._touched.get(("case_file", case_id))
        if case is not None and case.after is None:  # nothing can refer to one that went before
            self._execute("DELETE FROM case_state WHERE case_id = ?", (case_id,))
            return
        sql = f"SELECT {', '.join(derived.COLUMNS)} FROM case_state WHERE case_id = ?"  # noqa: S608 - our own names
        found = self.connection.execute(sql, (case_id,)).fetchone()
        stored: Row = dict(zip(derived.COLUMNS, found, strict=True)) if found else {}
        state = derived.derived_row(self.connection, case_id, zone, parts if found else derived.ALL, stored)
        if not found:
            self._insert("case_state", state)
        elif changed := {name: value for name, value in state.items() if stored[name] != value}:
            sets = ", ".join(f"{name} = ?" for name in changed)
            self._execute(f"UPDATE case_state SET {sets} WHERE case_id = ?", (*changed.values(), case_id))  # noqa: S608 - our own names

    def _journal(
        self,
        touched: _Touches,
        owners: dict[Key, set[str]],
        number: int,
        copy_id: str,
    ) -> None:
        shared: Row = {
            "copy_id": copy_id, "counter": number, "time_ms": self.moment.utc_ms, "offset_min": self.moment.offset_min,
            "actor": self.actor.value, "reason": self.reason.value, "refers": self.refers, "schema": SCHEMA,
        }  # fmt: skip
        said = [
            (*key, _only(owners[key]), self._told.get(key) or journal.body_of(touch.before, touch.after))
            for key, touch in touched.items()
        ]
        heads, payloads = journal.lines(self.connection, shared, said or [journal.NO_ROW], self.ids)
        self._insert_all("journal_head", heads)
        self._insert_all("journal_payload", payloads)

    def _upsert(self, table: str, row: Row, key: str) -> None:
        self._execute(_upsert_of(table, tuple(row), key), tuple(row.values()))

    def _insert(self, table: str, row: Row) -> int:
        return self._execute(_insert_of(table, tuple(row)), tuple(row.values()))

    def _insert_all(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            self._execute_many(_insert_of(table, tuple(rows[0])), [tuple(row.values()) for row in rows])

    def _execute_many(self, sql: str, values: Sequence[tuple[Value, ...]]) -> None:
        self.connection.executemany(sql, values)

    def _execute(self, sql: str, values: tuple[Value, ...]) -> int:
        return int(self.connection.execute(sql, values).lastrowid or 0)


_OF_CASE = 10  # letters of an id, five bits each


@lru_cache(maxsize=256)
def _insert_of(table: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own tables


@lru_cache(maxsize=256)
def _upsert_of(table: str, names: tuple[str, ...], key: str) -> str:
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
    return f"{_insert_of(table, names)} ON CONFLICT({key}) DO UPDATE SET {sets}"


def _only(cases: set[str]) -> str:
    """The case of a row; empty when it belongs to none or several, or what it hung on went too."""
    return next(iter(cases)) if len(cases) == 1 else ""
