"""The only door through which anything is written: rows, index, journal, derived state and counter in one transaction.

    with vault.change(Reason.LOG, actor) as change:
        change.put(record)
    change.result  # Changes

Leaving by an exception rolls everything back. This is the only file with INSERT, UPDATE or DELETE.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.chance import Ids, Moment
from family_case.errors import Bug, Refused
from family_case.i18n import N_
from family_case.model.changes import Actor, Changes, Reason
from family_case.model.records import BY_TABLE
from family_case.store import derived, index, journal
from family_case.store.migrations import SCHEMA
from family_case.store.rows import Row, Value, column_names, to_row

if TYPE_CHECKING:
    from family_case.model.base import Record


@dataclass(frozen=True, slots=True)
class _Touch:
    """One row as it was before this change and as it is now."""

    before: Row | None
    after: Row | None

    @property
    def rows(self) -> list[Row]:
        """The row as it was and as it is: one that left a case, or a number, concerns those it left."""
        return [row for row in (self.before, self.after) if row is not None]


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
    _touched: dict[tuple[str, str], _Touch] = field(default_factory=dict)

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

    def finish(self) -> None:
        """Write index, journal, derived state and counter; called once by the vault before COMMIT."""
        real = {key: touch for key, touch in self._touched.items() if touch.before != touch.after}
        number, copy_id, zone = self._count()
        for (table, row_id), touch in real.items():
            self._index(table, row_id, touch)
        owners = {key: self._cases(key[0], key[1], touch) for key, touch in real.items()}
        stale: dict[str, frozenset[str]] = {}
        for key, touch in real.items():
            parts = frozenset[str]().union(*(derived.concerns(key[0], row) for row in touch.rows))
            stale |= {case: parts | stale.get(case, frozenset()) for case in owners[key] if parts}
        numbers = {
            str(row["endpoint_id"]) for key, touch in real.items() for row in touch.rows if key[0] == "endpoint_use"
        }
        worded = [case for case, parts in stale.items() if derived.WORD in parts]
        for case in derived.also_touched(self.connection, worded, numbers):
            stale[case] = stale.get(case, frozenset()) | {derived.WORD}
        for case in sorted(stale):
            self._derive(case, zone, stale[case])
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

    def _store(self, table: str, row: Row) -> None:
        row_id = str(row["id"])
        before = self._fetch(table, row_id)
        if before != row:
            self._upsert(table, row, "id")
            self._touch(table, row_id, before, row)

    def _touch(self, table: str, row_id: str, before: Row | None, after: Row | None) -> None:
        known = self._touched.get((table, row_id))
        self._touched[table, row_id] = _Touch(known.before if known else before, after)

    def _fetch(self, table: str, row_id: str) -> Row | None:
        names = column_names(BY_TABLE[table])
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - names of our own tables
        found = self.connection.execute(sql, (row_id,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def _count(self) -> tuple[int, str, str]:
        self._execute("UPDATE copy SET counter = counter + 1, commit_seq = commit_seq + 1", ())
        number, copy_id, zone = self.connection.execute("SELECT counter, copy_id, zone FROM copy").fetchone()
        return int(number), str(copy_id), str(zone)

    def _index(self, table: str, row_id: str, touch: _Touch) -> None:
        old = index.folded(table, touch.before) if touch.before else ("", "")
        new = index.folded(table, touch.after) if touch.after else ("", "")
        if old == new:
            return
        key = None
        if any(old):
            sql = "SELECT row FROM search_key WHERE record_table = ? AND record_id = ?"
            (key,) = self.connection.execute(sql, (table, row_id)).fetchone()
            self._execute("DELETE FROM search WHERE rowid = ?", (key,))
        if any(new):
            if key is None:
                case_id = touch.after.get("case_id") if touch.after else None
                key = self._insert(
                    "search_key",
                    {
                        "record_table": table,
                        "record_id": row_id,
                        "case_id": row_id if table == "case_file" else case_id,
                    },
                )
            self._insert("search", {"rowid": key, "name": new[0], "text": new[1]})
        elif key is not None:
            self._execute("DELETE FROM search_key WHERE row = ?", (key,))

    def _derive(self, case_id: str, zone: str, parts: frozenset[str]) -> None:
        if self._fetch("case_file", case_id) is None:
            self._execute("DELETE FROM case_state WHERE case_id = ?", (case_id,))
            return
        state = derived.parts_of(self.connection, case_id, zone, parts)
        self._upsert("case_state", {"case_id": case_id, **state}, "case_id")

    def _cases(self, table: str, row_id: str, touch: _Touch) -> set[str]:
        """Cases a row belongs to, as it was and as it is."""
        found: set[str] = set()
        for row in touch.rows:
            found |= _direct_cases(table, row_id, row) or self._related_cases(table, row)
        return found

    def _related_cases(self, table: str, row: Row) -> set[str]:
        keys = [(sql, row[column]) for column, sql in _RELATED.get(table, ())]
        found = [case for sql, value in keys for (case,) in self.connection.execute(sql, (value,))]
        return {case for case in found if case}

    def _journal(
        self,
        touched: dict[tuple[str, str], _Touch],
        owners: dict[tuple[str, str], set[str]],
        number: int,
        copy_id: str,
    ) -> None:
        last = self.connection.execute("SELECT seq, hash FROM journal_head ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = last or (0, journal.GENESIS)
        rows = list(touched.items()) or [(("", ""), _Touch(None, None))]
        for (table, row_id), touch in rows:
            seq += 1
            salt, body = self.ids.salt().hex(), journal.body_of(touch.before, touch.after)
            head: Row = {
                "seq": seq, "copy_id": copy_id, "counter": number, "time_ms": self.moment.utc_ms,
                "offset_min": self.moment.offset_min, "actor": self.actor.value, "reason": self.reason.value,
                "refers": self.refers, "schema": SCHEMA, "table_name": table, "row_id": row_id,
                "case_id": _only(owners.get((table, row_id), set())), "previous": previous,
                "payload_hash": journal.payload_hash(salt, body),
            }  # fmt: skip
            head["hash"] = previous = journal.head_hash(head)
            self._insert("journal_head", head)
            self._insert("journal_payload", {"seq": seq, "salt": salt, "body": body})

    def _upsert(self, table: str, row: Row, key: str) -> None:
        sets = ", ".join(f"{name} = excluded.{name}" for name in row if name != key)
        self._insert(table, row, f" ON CONFLICT({key}) DO UPDATE SET {sets}")

    def _insert(self, table: str, row: Row, tail: str = "") -> int:
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}){tail}"  # noqa: S608 - names of our own tables
        return self._execute(sql, tuple(row.values()))

    def _execute(self, sql: str, values: tuple[Value, ...]) -> int:
        return int(self.connection.execute(sql, values).lastrowid or 0)


def _only(cases: set[str]) -> str:
    """The case of a row; empty when it belongs to none or several, or what it hung on went too."""
    return next(iter(cases)) if len(cases) == 1 else ""


def _direct_cases(table: str, row_id: str, row: Row) -> set[str]:
    if table == "case_file":
        return {row_id}
    case_id = row.get("case_id")
    return {str(case_id)} if case_id else set()


_PERSON = "SELECT case_id FROM role WHERE person_id = ?"
_ENTRY = "SELECT case_id FROM entry WHERE id = ?"
_ENDPOINT = (
    "SELECT e.case_id FROM endpoint_use u JOIN entry e ON e.id = u.entry_id WHERE u.endpoint_id = ?1 "
    "UNION SELECT r.case_id FROM person_endpoint p JOIN role r USING (person_id) WHERE p.endpoint_id = ?1"
)
_PLACE = "SELECT case_id FROM entry WHERE place_id = ?1 UNION SELECT id FROM case_file WHERE held_at = ?1"
# For tables without a case_id of their own: by which columns a row belongs to cases.
_RELATED: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("id", _PERSON),),
    "person_name": (("person_id", _PERSON),),
    "person_endpoint": (("person_id", _PERSON),),
    "endpoint": (("id", _ENDPOINT),),
    "place": (("id", _PLACE),),
    "place_alias": (("place_id", _PLACE),),
    "entry_person": (("entry_id", _ENTRY),),
    "endpoint_use": (("entry_id", _ENTRY),),
    **dict.fromkeys(("sign_of_life", "approach", "document_request", "promise"), (("id", _ENTRY),)),
    "promise_term": (("promise_id", _ENTRY),),
    "payment": (("id", _ENTRY), ("promise_id", _ENTRY)),
    "disclosure_item": (("disclosure_id", "SELECT case_id FROM disclosure WHERE id = ?"),),
}


def undo_into(change: Change, number: int) -> None:
    """Put back every row of change `number` as it was before; Bug when a row is not as that change left it.

    Rows may refer to each other in any order, so links are checked when all are back.
    """
    change.connection.execute("PRAGMA defer_foreign_keys = ON")
    for item in journal.items(change.connection, "h.counter = ?", (number,), journal.ALL):
        if not item.table:
            continue
        if not item.known:
            raise Refused(N_("What this change held was erased; it cannot be taken back."))
        now = change.current(item.table, item.row_id)
        if not _is_as_left(now, item.after, whole=item.before is None):
            raise Bug("undo out of order")
        if item.before is None:
            change.restore(item.table, item.row_id, None)
        else:
            change.restore(item.table, item.row_id, {**(now or {}), **item.before})


def _is_as_left(now: Row | None, after: dict[str, Value] | None, *, whole: bool) -> bool:
    if now is None or after is None:
        return now is None and after is None
    return now == after if whole else all(now[name] == value for name, value in after.items())
