"""What was written when and why; taking changes back, the newest or an older one, and doing them again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import Case
from family_case.model.records import HIDDEN
from family_case.services import finders
from family_case.services.record_words import Touched
from family_case.store import cases, journal, people, timeline
from family_case.store.takeback import InTheWay

if TYPE_CHECKING:
    from family_case.model.changes import Changes, HistoryItem
    from family_case.services.session import Session

__all__ = ["InTheWay", "history", "redo", "revert", "undo"]

_TAKEN_BACK: Final = N_("Taken back: {what}.")
# A line of the case itself, or one of no single case: of a change that touched this one, or about someone in it.
# The plus keeps the engine from walking all lines of no case: it goes by the numbers of this case's changes.
_OF_CASE = (
    "h.case_id = ?1 OR (+h.case_id = '' AND h.counter IN (SELECT counter FROM journal_head WHERE case_id = ?1)) "  # noqa: S608 - ours
    f"OR (+h.case_id = '' AND h.row_id IN ({people.OF_CASE}))"
)


def history(session: Session, ref: str, limit: int = 200) -> list[HistoryItem]:
    """Journal lines of a case (by code or id) or of one record (by id, also one taken back), newest first.

    A record's lines are also those of what is part of it: names and numbers of a person, terms of a promise.

    Raises Refused for what was never there.
    """
    connection, wanted = session.vault.connection, ref.strip()
    owner = cases.of_record(connection, wanted)
    lines = (
        journal.items(connection, journal.OF_RECORD, (wanted,), limit)
        if owner is None or owner[0] != "case_file"
        else []
    )
    found = lines or journal.items(connection, _OF_CASE, (finders.case_id(session, ref),), limit)
    return [_shown(item) for item in found]


def _shown(item: HistoryItem) -> HistoryItem:
    """A line without what its record never shows of itself: the key of a sealed file."""
    hidden = HIDDEN.get(item.table, frozenset())
    if not hidden:
        return item
    before, after = (
        row and {name: row[name] for name in row if name not in hidden} for row in (item.before, item.after)
    )
    return replace(item, before=before, after=after)


def undo(session: Session, *, this_session: bool) -> Changes:
    """Take back the newest change of this session, or of this copy; itself a change. Refused when there is none."""
    changes = session.vault.undo(session.actor, since=session.vault.opened_at if this_session else 1)
    return _telling(session, changes, _TAKEN_BACK)


def redo(session: Session, *, this_session: bool) -> Changes:
    """Do again what was taken back last, while nothing was written since. Refused when there is nothing."""
    changes = session.vault.redo(session.actor, since=session.vault.opened_at if this_session else 1)
    return _telling(session, changes, N_("Done again: {what}."))


def revert(session: Session, ref: str) -> Changes:
    """Take back an older change: the one that wrote journal line `ref` (its number), or the newest of record `ref`.

    Raises InTheWay (a Refused that lists journal lines) when something later depends on it, Refused when it does not
    stand, was erased, or `ref` is unknown.
    """
    changes = session.vault.revert(session.actor, _change_of(session, ref.strip()))
    return _telling(session, changes, _TAKEN_BACK)


def _telling(session: Session, changes: Changes, words: str) -> Changes:
    """These changes with a note of what they were about: whoever goes back once too often should see what went."""
    files = (timeline.one(session.vault.connection, Case, each) for each in sorted(changes.cases))
    codes = sorted(case.code for case in files if case is not None)  # none for one whose making was taken back
    what = Touched(tuple(codes), tuple(sorted(changes.tables)))
    return replace(changes, notes=(*changes.notes, (words, {"what": what})))


def _change_of(session: Session, ref: str) -> int:
    connection = session.vault.connection
    if journal.is_number(ref):
        numbers = [item.number for item in journal.items(connection, "h.seq = ?", (int(ref),))]
    else:
        lines = journal.items(connection, "h.row_id = ?", (ref,), journal.ALL)
        wrote = {item.number for item in lines if item.reason not in journal.TAKING_BACK}
        since = min(wrote, default=1) - 1
        still = (number for number, _reason, _refers in journal.standing(connection, since) if number in wrote)
        numbers = [next(still, max(wrote))] if wrote else []
    if not numbers:
        raise Refused(N_("“{value}” is neither the number of a line of the history nor the id of a record."), value=ref)
    return numbers[0]
