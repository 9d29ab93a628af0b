"""What was written when and why, and taking the newest change back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.records import BY_TABLE
from family_case.services import finders
from family_case.store import cases, journal
from family_case.store.rows import column_names

if TYPE_CHECKING:
    from family_case.model.changes import Changes, HistoryItem
    from family_case.services.session import Session

# Rows of a case: by its own id, by a case_id in the row, or by hanging under one of its entries.
_OF_CASE = "h.row_id IN (SELECT ?1 {unions})"


def history(session: Session, ref: str, limit: int = 200) -> list[HistoryItem]:
    """Journal lines of a case (by code or id) or of one record (by id), newest first; Refused for an unknown one."""
    connection = session.vault.connection
    owner = cases.of_record(connection, ref.strip())
    if owner is not None and owner[0] != "case_file":
        return journal.items(connection, "h.row_id = ?", (ref.strip(),), limit)
    case = finders.case_of(session, ref)
    return journal.items(connection, _OF_CASE.format(unions=_unions()), (case.id,), limit)


def undo(session: Session, *, this_session: bool) -> Changes:
    """Take back the newest change of this session, or of this copy; itself a change. Refused when there is none."""
    return session.vault.undo(session.actor, since=session.vault.opened_at if this_session else 1)


def _unions() -> str:
    parts = []
    for table, kind in BY_TABLE.items():
        names = column_names(kind)
        if "case_id" in names:
            parts.append(f"SELECT id FROM {table} WHERE case_id = ?1")  # noqa: S608 - our own names
        elif "entry_id" in names:
            parts.append(f"SELECT id FROM {table} WHERE entry_id IN (SELECT id FROM entry WHERE case_id = ?1)")  # noqa: S608
        elif "person_id" in names or table == "person":
            column = "id" if table == "person" else "person_id"
            parts.append(f"SELECT id FROM {table} WHERE {column} IN (SELECT person_id FROM role WHERE case_id = ?1)")  # noqa: S608
    parts.append("SELECT id FROM promise_term WHERE promise_id IN (SELECT id FROM entry WHERE case_id = ?1)")
    return " ".join(f"UNION {part}" for part in parts)
