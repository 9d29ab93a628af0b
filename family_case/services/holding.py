"""What backups still hold of what was erased: told after an erasure, and erased again where one of them is restored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.errors import Problem
from family_case.i18n import N_
from family_case.model.changes import Reason
from family_case.model.date_words import SaidDay
from family_case.services.forgetting import forgetting
from family_case.store import consents, erasure, shelf
from family_case.store.connection import connect_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from family_case.services.backups import Note
    from family_case.services.session import Session
    from family_case.store.erasure import Erasures
    from family_case.store.rows import Key
    from family_case.store.shelf import Entry

_HELD = N_(
    "These backups in “{folder}” still hold it: {names}. If one of them is restored, it is erased again as long as a "
    "newer backup lies beside it: make one there now."
)
_AWAY = N_(
    "In “{folder}” a backup was made on {day}, and none can be seen there now. If its disk lies elsewhere, it may "
    "still hold what was erased: plug it in and make a new backup there."
)
_OTHERS = N_("Not known to this vault: backups that other copies of it made, and folders that were copied by hand.")
_FORMER = N_(
    "Backups made before the vault's keys were changed cannot be looked into any more: those made after it was written "
    "still hold it."
)
_AGAIN = N_("A newer backup says what was erased later; it was erased here again. Records erased: {count}.")
_WORDED = N_(
    "A newer backup says that older wordings of these records were erased later. They stand here as they "
    "were on the day of the backup; correct and purge them again: {ids}"
)
_UNSEEN = N_(
    "Backups were also made in these folders, and none can be seen there now: {folders}. If one made later lies there, "
    "what was erased before it may be here again: erase it once more."
)
_SILENT = N_("“{folder}”, a newer backup, could not be read: what was erased before it was made may be here again.")


def still_holding(session: Session, erased: Iterable[Key]) -> tuple[Note, ...]:
    """The backups made since the first of these rows was written, in every folder that any ever went to.

    A folder whose last backup may hold them, and in which none can be seen now, is named with the day of that one.
    """
    first = erasure.first_line(session.vault.connection, erased)
    notes: list[Note] = []
    for each in session.vault.kept.shelves:
        seen = list(shelf.entries(Path(each.place), session.root.backup_key()))
        held = [entry.path.name for entry in seen if entry.manifest.heads >= first]
        if held:
            notes.append((_HELD, {"folder": each.place, "names": ", ".join(held)}))
        elif not seen and each.heads >= first:
            day = SaidDay(Moment(each.taken_ms).day(session.office.zone))
            notes.append((_AWAY, {"folder": each.place, "day": day}))
    if session.root.epoch > 1 and session.vault.kept.shelves:
        notes.append((_FORMER, {}))
    return (*notes, (_OTHERS, {})) if notes else ()


def erase_again(session: Session, source: Path) -> tuple[Note, ...]:
    """Erase in the vault just restored from `source` what other backups say was erased after it was made.

    They are looked for beside it, and in every folder that backups of the vault are known to have gone to; one in which
    none can be seen is told. All drafts go then, because they may tell of it. A wording that was purged later cannot be
    erased where it stands as the only one: those records are told. So is a backup that cannot be read.
    """
    connection = session.vault.connection
    told = erasure.erasures(connection)
    notes: list[Note] = []
    gone: set[Key] = set()
    worded: set[Key] = set()
    entries, unseen = _all_around(session, source)
    if unseen:
        notes.append((_UNSEEN, {"folders": "; ".join(unseen)}))
    for entry in _newest_of_each(entries):
        try:
            later = _erasures_in(entry, session)
        except Problem:
            notes.append((_SILENT, {"folder": str(entry.path)}))
            continue
        gone |= {key for head, key in later.gone.items() if head not in told.gone}
        worded |= {key for head, key in later.worded.items() if head not in told.worded}
    known = erasure.known(connection, gone)
    if known:
        reach = erasure.reach(connection, known)
        with forgetting(session, Reason.ERASE, reach.gone) as change:
            change.empty(reach.emptied)
            change.erase(reach.gone)
            change.blank(reach.lines)
            for case_id in consents.drafted(connection):
                change.drop_all_drafts(case_id)
        notes.append((_AGAIN, {"count": str(len(reach.gone))}))
    again = sorted(row_id for _table, row_id in erasure.known(connection, worded - gone))
    return (*notes, (_WORDED, {"ids": " ".join(again)})) if again else tuple(notes)


def _all_around(session: Session, source: Path) -> tuple[list[Entry], list[str]]:
    """Backups beside `source` and in the other folders known, and those of the folders in which none can be seen."""
    known = {str(source.parent): list(shelf.entries(source.parent, session.root.backup_key()))}
    for each in session.vault.kept.shelves:
        if each.place not in known:
            known[each.place] = list(shelf.entries(Path(each.place), session.root.backup_key()))
    unseen = [place for place, found in known.items() if not found and place != str(source.parent)]
    return [entry for found in known.values() for entry in found], unseen


def _newest_of_each(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The newest backup of each copy of the vault: its journal tells all that the older ones tell."""
    newest: dict[str, Entry] = {}
    for each in entries:
        known = newest.get(each.manifest.copy_id)
        if known is None or known.manifest.commit_seq < each.manifest.commit_seq:
            newest[each.manifest.copy_id] = each
    yield from newest.values()


def _erasures_in(entry: Entry, session: Session) -> Erasures:
    connection = connect_copy(entry.path / shelf.DATABASE, session.root.database_key())
    try:
        return erasure.erasures(connection)
    finally:
        connection.close()
