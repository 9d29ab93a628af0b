"""What backups still hold of what was erased: told after an erasure, and erased again where one of them is restored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.errors import Problem
from family_case.i18n import N_
from family_case.model.changes import Reason
from family_case.model.date_words import SaidDay
from family_case.store import consents, erasure, shelf
from family_case.store.connection import connect_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from family_case.services.backups import Note
    from family_case.services.session import Session
    from family_case.store.erasure import Erasures, Key
    from family_case.store.shelf import Entry

_HELD = N_(
    "These backups in “{folder}” still hold it: {names}. If one of them is restored, it is erased again as long as a "
    "newer backup lies in the same folder: make one now. Backups in other folders are not known to this vault."
)
_AWAY = N_(
    "The newest backup known, of {day}, lies in “{folder}”, which is not there now. It and others may still hold what "
    "was erased: plug the disk in and make a new backup there."
)
_FROM = N_("The backup of {day} from which this vault was restored may still hold what was erased, and others too.")
_AGAIN = N_("A newer backup beside it says what was erased later; it was erased here again. Records erased: {count}.")
_WORDED = N_(
    "A newer backup beside it says that older wordings of these records were erased later. They stand here as they "
    "were on the day of the backup; correct and purge them again: {ids}"
)
_SILENT = N_("“{folder}”, a newer backup, could not be read: what was erased before it was made may be here again.")


def still_holding(session: Session, erased: Iterable[Key]) -> tuple[Note, ...]:
    """The known backups made since the first of these rows was written, in the folder of the newest one."""
    kept, first = session.vault.kept, erasure.first_line(session.vault.connection, erased)
    if not kept.taken_ms:
        return ()
    day = SaidDay(Moment(kept.taken_ms).day(session.office.zone))
    if not kept.place:
        return ((_FROM, {"day": day}),)
    found = [
        each for each in shelf.entries(Path(kept.place), session.root.backup_key()) if each.manifest.heads >= first
    ]
    if found:
        return ((_HELD, {"folder": kept.place, "names": ", ".join(each.path.name for each in found)}),)
    return () if _is_there(Path(kept.place)) else ((_AWAY, {"folder": kept.place, "day": day}),)


def erase_again(session: Session, source: Path) -> tuple[Note, ...]:
    """Erase in the vault just restored from `source` what other backups beside it say was erased after it was made.

    All drafts go then, because they may tell of it. A wording that was purged later cannot be erased where it stands
    as the only one: those records are told. So is a backup that cannot be read.
    """
    connection = session.vault.connection
    told = erasure.erasures(connection)
    notes: list[Note] = []
    gone: set[Key] = set()
    worded: set[Key] = set()
    for entry in _newest_of_each(shelf.entries(source.parent, session.root.backup_key())):
        try:
            later = _erasures_in(entry, session)
        except Problem:
            notes.append((_SILENT, {"folder": entry.path.name}))
            continue
        gone |= {key for head, key in later.gone.items() if head not in told.gone}
        worded |= {key for head, key in later.worded.items() if head not in told.worded}
    known = erasure.known(connection, gone)
    if known:
        reach = erasure.reach(connection, known)
        with session.vault.change(Reason.ERASE, session.actor) as change:
            change.empty(reach.emptied)
            change.erase(reach.gone)
            change.blank(reach.lines)
            for case_id in consents.drafted(connection):
                change.drop_all_drafts(case_id)
        session.vault.scrub()
        notes.append((_AGAIN, {"count": str(len(reach.gone))}))
    again = sorted(row_id for _table, row_id in erasure.known(connection, worded - gone))
    return (*notes, (_WORDED, {"ids": " ".join(again)})) if again else tuple(notes)


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


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
