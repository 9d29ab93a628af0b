"""New keys for a vault: a new root key, a new epoch, a database encrypted anew, and only the passphrase as a door.

The order makes it safe to stop anywhere: the new database is whole, checked and on the disk before the header names
its epoch; the header decides which of the two is the vault; the rename comes last, and an opening finishes it
(`settle`). So a kill leaves the vault wholly old or wholly new.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from family_case.crypto import header, keystore, slot_set
from family_case.crypto.header import SlotType
from family_case.errors import Bug, Problem, Refused, Unavailable
from family_case.files import explain
from family_case.i18n import N_
from family_case.services import anchoring, doors, key_store, resealing
from family_case.store import door_notes, vault
from family_case.store import rekey as store
from family_case.store.door_notes import DoorNote
from family_case.store.office import Kept
from family_case.store.vault import DATABASE

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keys import Root
    from family_case.model.changes import Changes
    from family_case.services.key_store import KeyStore
    from family_case.services.session import Session

Note = tuple[str, Mapping[str, object]]

BEFORE: Final = (
    N_(
        "The vault gets new keys, and its whole database is encrypted anew with them. Do this when someone may have "
        "copied the old key: who knew an old passphrase and kept an old copy of the vault can read that copy for ever, "
        "but nothing that is written from now on."
    ),
    N_("You choose the passphrase anew. Every recovery sheet stops opening the vault, and a new one must be made."),
    N_(
        "Every attached file is sealed anew under a fresh key, which takes as long as copying all of them. Files that "
        "were taken back cannot be brought back after new keys."
    ),
    N_("Backups made before keep their old keys: each opens with the passphrase of its own day."),
)
_DONE = N_("The vault has new keys. It opens with the new passphrase, and no longer with the old one.")
_SHEETS = N_("The recovery sheets made before no longer open the vault. Destroy them and make a new one now.")
_BACKUPS = N_(
    "Backups made before open only with the passphrase of their own day. They are no longer counted or cleared away "
    "by themselves, in these folders: {folders}. Make a new backup now, and destroy those that nobody should read."
)
_NO_BACKUPS = N_("There is no backup under the new keys yet: make one now.")
_DISK = N_(
    "The new database has taken the place of the old one. On a solid-state disk or a stick, old blocks may stay where "
    "only a laboratory finds them; they are encrypted with the old key."
)
_FILES = N_(
    "Attached files were sealed anew, each under a fresh key, and the old ones removed: {count}. What an old copy of "
    "the database tells opens none of them. Files that were taken back are gone, and what older lines say of files "
    "cannot be taken back any more."
)
_STILL = N_(
    "These files are missing or damaged, so they were not sealed anew and stay as they were: {names}. Look for them in "
    "a backup made before."
)
_RENEWED = N_("The key store of this computer opens the vault with its new keys too.")
_NOT_RENEWED = N_(
    "The vault no longer opens by a key store: it could not be given a new value. Turn it on again later."
)
_HALF = N_(
    "The vault has new keys, but the disk did not let the change be finished. Nothing is lost: close the program, free "
    "some space, and open the vault with the new passphrase."
)
_LOG = N_("The vault's log could not be emptied, so the keys were not changed. The vault is as it was.")


def rekey(
    session: Session,
    old: str,
    new: str,
    *,
    key_stores: KeyStore = key_store.THIS_COMPUTER,
    progress: Callable[[float], object] = bool,
    stopped: Callable[[], bool] = bool,
) -> Changes:
    """Give the open vault new keys under the passphrase `new`; the session goes on under them.

    The notes say what follows. `old` is a passphrase that opens the vault now: whoever finds it open must not shut
    others out (one who came by the recovery key needs none). `progress` is told the share done; `stopped` is asked
    while files are sealed and the database is copied. Raises Refused (stopped, a wrong `old`, an impossible `new`),
    Unavailable (no room, the disk) or Damaged (the vault does not hold its checks); the vault is then as it was, and
    open. A file that is missing or damaged stays as it was, and is named.
    """

    def look() -> None:
        if stopped():
            raise Refused(store.STOPPED)

    session.vault.demand_writable()
    database = session.folder / DATABASE
    before = slot_set.current(session.folder, session.root)
    if old or not session.recovered:
        doors.proven(before, old)
    files = resealing.Files(session)
    share = files.size / _demand_space(database, files.size)
    fresh, root = header.next_epoch(before, new)
    with files.undone_if_it_fails():
        files.seal_anew(lambda done: progress(share * done), look)
        number = store.write(
            session.vault.connection, store.beside(database, root.epoch), root.database_key(),
            lambda done: progress(share + (1 - share) * done), look, files.renewal,
        )  # fmt: skip
    _change_over(session, fresh, root, number)
    session.recovered = False
    _note_down(session, fresh)
    return doors.told(session, fresh.slots[0], _notes(session, before, new, key_stores, files))


def _demand_space(database: Path, files: int) -> int:
    """Refuse where there is no room; how many bytes will be written."""
    try:
        store.demand_space(database, files, shutil.disk_usage(database.parent).free)
        return files + database.stat().st_size
    except OSError as error:
        raise explain(error, database.parent) from None


def _change_over(session: Session, fresh: header.Header, root: Root, number: int) -> None:
    """Close the old database, let the header decide, and go on with the one it names.

    Whichever it is, the sealed files that only the other one names go.
    """
    folder, trouble = session.folder, None
    try:
        session.vault.close()
        _demand_no_log(folder / DATABASE)
        anchoring.ahead(folder, root, fresh.generation, number, session.clock)
        header.write(folder, fresh, root)
    except Problem as problem:
        trouble = problem
    decided = header.read(folder)  # after a failed write one copy may be there, and then it counts
    if decided.epoch != root.epoch:
        store.discard(folder / DATABASE, root.epoch)
        _go_on(session, session.root)
        raise trouble or Bug("a header that was written does not count")
    try:
        header.repair(folder, decided, root)  # the old database goes only when no copy names it any more
        _go_on(session, root)
    except Problem:
        raise Unavailable(_HALF) from None


def _go_on(session: Session, root: Root) -> None:
    old, key = session.vault, root.database_key()
    store.settle(session.folder / DATABASE, root.epoch, key)
    anchoring.choose(session.folder, root)
    opened = vault.open_vault(session.folder, key, session.clock, session.ids)
    session.vault, session.root = replace(opened, opened_at=old.opened_at), root
    session.moored = session.moored.under(root, session.vault)
    for _share in session.examine():  # sweeps what only the other one names, and lets the vault be closed cleanly
        pass


def _demand_no_log(database: Path) -> None:
    log = database.with_name(f"{database.name}-wal")
    try:
        if log.exists() and log.stat().st_size:
            raise Unavailable(_LOG)
    except OSError as error:
        raise explain(error, database) from None


def _notes(
    session: Session, before: header.Header, new: str, key_stores: KeyStore, files: resealing.Files
) -> tuple[Note, ...]:
    notes: list[Note] = [(_DONE, {})]
    if slot_set.of_kind(before, SlotType.RECOVERY):
        notes.append((_SHEETS, {}))
    if keystore.is_on(before):
        notes.append((_renewed(session, new, key_stores), {}))
    if files.renewal:
        notes.append((_FILES, {"count": len(files.fresh)}))
    if files.damaged:
        notes.append((_STILL, {"names": "; ".join(files.damaged)}))
    folders = "; ".join(each.place for each in session.vault.kept.shelves)
    notes.append((_BACKUPS, {"folders": folders}) if folders else (_NO_BACKUPS, {}))
    return (*notes, (_DISK, {}))


def _renewed(session: Session, new: str, key_stores: KeyStore) -> str:
    try:
        key_store.turn_on(session, new, key_stores)
    except Problem:
        return _NOT_RENEWED
    return _RENEWED


def _note_down(session: Session, fresh: header.Header) -> None:
    """No backup is of these keys yet, so one is due; where older ones lie stays known. The one door is of today."""
    kept = Kept(shelves=session.vault.kept.shelves)
    made = [DoorNote(slot.id.hex(), session.clock.now().utc_ms) for slot in fresh.slots]
    with session.vault.drafts() as change:
        change.stand({**kept.row(), **door_notes.column(made)})
    session.vault.kept = kept
