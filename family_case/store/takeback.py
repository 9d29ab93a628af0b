"""Taking a written change back, as a new change: undo, redo and revert are one act on different changes.

Nothing of the journal is altered. Where a touched field has changed since, or a later row hangs on one that the
change made, nothing happens and those lines are told (docs/vault-format.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.errors import Bug, Refused
from family_case.i18n import N_
from family_case.model.records import BY_TABLE
from family_case.store import journal
from family_case.store.migrations import SCHEMA

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from family_case.model.changes import HistoryItem
    from family_case.store.change import Change
    from family_case.store.rows import Row, Value


class InTheWay(Refused):
    """Something written later stands in the way of taking a change back; `lines` are those journal lines."""

    def __init__(self, lines: tuple[HistoryItem, ...]) -> None:
        """Keep the lines, newest first."""
        super().__init__(
            N_("Something was written later that depends on it. Nothing was taken back; take these back first.")
        )
        self.lines = lines


def take_back(change: Change, number: int) -> None:
    """Put back every row of change `number` as it was before it.

    Raises InTheWay when rows are not as that change left them or others hang on them; Refused when what it held was
    erased, or when it was written under another schema; Bug when the journal does not tell how a row changed. Rows may
    refer to each other in any order, so links are checked when all are back.
    """
    change.connection.execute("PRAGMA defer_foreign_keys = ON")
    lines = [item for item in journal.items(change.connection, "h.counter = ?", (number,), journal.ALL) if item.table]
    _demand_ours(change.connection, number)
    if not all(item.known for item in lines):
        raise Refused(N_("What this change held was erased; it cannot be taken back."))
    later = _obstacles(change, lines)
    if later:
        raise InTheWay(later)
    for item in lines:
        now = change.current(item.table, item.row_id)
        change.restore(item.table, item.row_id, None if item.before is None else {**(now or {}), **item.before})


def _demand_ours(connection: dbapi2.Connection, number: int) -> None:
    sql = "SELECT count(*) FROM journal_head WHERE counter = ? AND schema <> ?"
    (others,) = connection.execute(sql, (number, SCHEMA)).fetchone()
    if others:
        raise Refused(
            N_("This was written by an older program, and the vault has changed its form since. Correct it by hand.")
        )


def _obstacles(change: Change, lines: list[HistoryItem]) -> tuple[HistoryItem, ...]:
    """Journal lines, newest first, for which these cannot be taken back."""
    own = {(item.table, item.row_id) for item in lines}
    found: dict[int, HistoryItem] = {}
    for item in lines:
        now = change.current(item.table, item.row_id)
        rows = [] if _is_as_left(now, item) else [(item.table, item.row_id)]
        if item.before is None:
            rows += [each for each in _hanging_on(change.connection, item.table, item.row_id) if each not in own]
        for table, row_id in rows:
            where = "h.table_name = ? AND h.row_id = ? AND h.counter > ?"
            later = journal.items(change.connection, where, (table, row_id, item.number), journal.ALL)
            if not later:
                raise Bug("a row changed beside the journal")
            found |= {each.seq: each for each in later}
    return tuple(found[seq] for seq in sorted(found, reverse=True))


def _is_as_left(now: Row | None, item: HistoryItem) -> bool:
    after: dict[str, Value] | None = item.after
    if now is None or after is None:
        return now is None and after is None
    return now == after if item.before is None else all(now[name] == value for name, value in after.items())


def _hanging_on(connection: dbapi2.Connection, table: str, row_id: str) -> list[tuple[str, str]]:
    """Table and id of the records that refer to a row."""
    return [
        (other, str(found))
        for other, column in links_to(connection, table)
        for (found,) in connection.execute(f"SELECT id FROM {other} WHERE {column} = ?", (row_id,))  # noqa: S608 - ours
    ]


def links_to(connection: dbapi2.Connection, table: str) -> list[tuple[str, str]]:
    """Table and column of every link of a record to `table`, as the schema declares them."""
    sql = 'SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE f."table" = ?'
    return [(name, column) for name, column in connection.execute(sql, (table,)) if name in BY_TABLE]
