"""Restoring: a backup becomes a vault again in a folder of its own, checked whole before it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.crypto import header
from family_case.errors import Damaged, Refused
from family_case.files import PRIVATE_FOLDER, explain, read_bounded, sync_folder
from family_case.i18n import N_
from family_case.model.changes import Actor
from family_case.model.date_words import SaidDay
from family_case.services import anchoring, holding, safekeeping
from family_case.services.backups import Note
from family_case.services.session import Door, Session
from family_case.store import blobs, manifest, pool, shelf, vault
from family_case.store.backup import copy_file
from family_case.store.guard import LOCK, Guard, Onlooker
from family_case.store.office import Kept, Shelved
from family_case.store.vault import DATABASE

if TYPE_CHECKING:
    from datetime import date

    from family_case.chance import Clock, Ids
    from family_case.crypto.keys import Root
    from family_case.services.anchoring import Mooring
    from family_case.store.manifest import Manifest

_DECISIVE = ("cipher_integrity_check", "quick_check")  # of the checks that `verify` runs
_LOG = f"{DATABASE}-wal"
_TRUNCATED = N_(
    "This backup is cut short: {size} of {whole} bytes are there. Nothing was restored; take another backup, or copy "
    "this one from its disk again."
)
_CHANGED = N_(
    "The bytes of this backup are not those that were verified when it was made: its disk is failing, or someone "
    "altered it. Nothing was restored; take another backup."
)
_UNREADABLE = N_(
    "The database of this backup is damaged or belongs to another vault. Nothing was restored; take another backup."
)
_PLAIN = N_(
    "This folder has no manifest that this vault signed: it is a plain copy, or that file is damaged. The database in "
    "it passed all its own checks and was restored, but nothing written down says that it is complete."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A vault that was brought back: its folder, the day of its newest entry (ISO), what there is to know."""

    folder: Path
    newest: str
    notes: tuple[Note, ...]


def restore(
    source: Path, folder: Path, passphrase: str, *, clock: Clock, ids: Ids, accept_weight: bool = False
) -> Restored:
    """Bring a backup back by its passphrase, as `restore_by` does; HeavyVault unless `accept_weight`."""
    door = partial(header.unlock, passphrase=passphrase, accept_weight=accept_weight)
    return restore_by(source, folder, door, clock=clock, ids=ids)


def restore_by(source: Path, folder: Path, door: Door, *, clock: Clock, ids: Ids) -> Restored:
    """Bring the backup in `source` back as a vault in `folder` (absent or empty), with a copy id of its own.

    `door` gives the root key that its header hides. `source` may also be a plain copy of a closed vault's folder; that
    is said. Raises what `door` raises, Refused (no backup, folder not empty), Damaged (cut short, altered, unreadable)
    or Unavailable (a disk says no); `folder` is then as it was.
    """
    source, folder = source.absolute(), folder.resolve()
    head = _header(source)
    demand_place(folder)
    root = door(head)
    part = shelf.temporary(folder)
    try:
        folder.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        shelf.discard(part)  # a killed restore's
        part.mkdir(PRIVATE_FOLDER)
    except OSError as error:
        raise explain(error, folder) from None
    try:
        with Onlooker(source):  # a copy of what is being written would be of two moments
            told = _copy(source, part, root)
        raised = head.successor()
        header.write(part, raised, root)
        found = _proven(part, source, anchoring.first(part, root, raised, clock), told, ids)
        settle(part, folder)
    except BaseException:
        shelf.discard(part)
        raise
    return replace(found, folder=folder)


def _header(source: Path) -> header.Header:
    """The backup's header; Refused when there is none, naming the newest entry when the shelf itself was given."""
    try:
        return header.read(source)
    except header.NoVault:
        try:
            there = (each for each in source.glob("family-case-*") if each.is_dir() and not pool.is_pool(each))
            names = sorted(each.name for each in there)
        except OSError as error:
            raise explain(error, source) from None
    if names:
        raise Refused(
            N_("Backups in “{folder}”: {count}. Name one of them; the newest by its name is {newest}."),
            folder=str(source), count=len(names), newest=names[-1],
        )  # fmt: skip
    raise Refused(
        N_("There is no backup in “{folder}”: a backup is a folder with header.a and main.db in it."),
        folder=str(source),
    )


def demand_place(folder: Path) -> None:
    """Refuse a place that is a whole disk, a file, or a folder with anything in it."""
    try:
        if folder.is_mount():
            raise Refused(
                N_("“{folder}” is a whole disk. Name a new folder on it; nothing was written."), folder=str(folder)
            )
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(
                N_("“{folder}” is not empty, and a restore never writes over anything. Choose a new or empty folder."),
                folder=str(folder),
            )
    except OSError as error:
        raise explain(error, folder) from None


def _copy(source: Path, part: Path, root: Root) -> Manifest | None:
    """Copy the database (and the log that a plain copy of an unclean vault has); its manifest, None without one.

    Raises Damaged when the bytes are not those that the manifest was signed for.
    """
    if not (source / DATABASE).is_file():
        raise Damaged(N_("The database is missing from this backup. Nothing was restored; take another backup."))
    data = read_bounded(source / manifest.NAME, manifest.LIMIT)
    told = manifest.parse(data, root.backup_key()) if data is not None else None
    size, sha256 = copy_file(source / DATABASE, part / DATABASE)
    if told is None:
        if (source / _LOG).is_file():
            copy_file(source / _LOG, part / _LOG)
    elif size < told.size:
        raise Damaged(_TRUNCATED, size=size, whole=told.size)
    elif (size, sha256) != (told.size, told.sha256):
        raise Damaged(_CHANGED)
    return told


def _proven(part: Path, source: Path, moored: Mooring, told: Manifest | None, ids: Ids) -> Restored:
    """Open the copy, check everything there is to check, make it a copy of its own, and erase again what was erased."""
    guard, root, clock = Guard(part, ids.new()), moored.root, moored.clock
    try:
        opened = vault.open_vault(part, root.database_key(), clock, ids)
    except BaseException as problem:
        guard.release()
        if isinstance(problem, Damaged):
            raise Damaged(_UNREADABLE) from None
        raise
    session = Session(part, opened, clock, ids, Actor.COMMAND_LINE, guard, root, moored)
    try:
        moored.begin(opened)
        pool.fetch(source, root.vault_id.hex(), part, blobs.named(opened.connection))
        for _share in session.examine():
            pass
        notes = _checked(session)
        _own(session, source, told)
        newest = _newest(session)
        notes += holding.erase_again(session, source)
    finally:
        session.close()
    return Restored(part, newest.isoformat() if newest else "", (*_words(told, newest, session.office.zone), *notes))


def _checked(session: Session) -> tuple[Note, ...]:
    """What `verify` says: pages or tables that do not hold are refused, anything else is a person's to weigh."""
    report = safekeeping.verify(session)
    if any(str(values.get("what", "")).startswith(_DECISIVE) for _, values in report.problems):
        raise Damaged(_UNREADABLE)
    return report.problems


def _own(session: Session, source: Path, told: Manifest | None) -> None:
    """A copy of its own, because the one it comes from may live on; it knows where backups lie."""
    shelves = [each for each in session.vault.kept.shelves if told is None or each.place != str(source.parent)]
    kept = Kept(shelves=tuple(shelves))
    if told is not None:
        here = Shelved(str(source.parent), told.taken_ms, told.heads)
        kept = Kept(told.taken_ms, told.commit_seq, "", (*shelves, here))
    with session.vault.drafts() as change:
        change.stand({"copy_id": session.ids.new(), **kept.row()})
    session.vault.kept = kept


def _newest(session: Session) -> date | None:
    moment = session.vault.newest_ms()
    return Moment(moment).day(session.office.zone) if moment else None


def _words(told: Manifest | None, newest: date | None, zone: str) -> tuple[Note, ...]:
    """Of which day it is, and what it lacks."""
    written = SaidDay(newest) if newest else ""
    if told is None:
        lacks = N_(
            "Its newest entry was written on {newest}. What was written later is not in it, what was erased later is "
            "in it again unless a line below says otherwise."
        )
        return (_PLAIN, {}), (lacks, {"newest": written})
    words = N_(
        "This is the vault as it was on {day}; its newest entry was written on {newest}. What was written later is not "
        "in it, what was erased later is in it again unless a line below says otherwise, and it opens with the "
        "passphrase of that day."
    )
    return ((words, {"day": SaidDay(Moment(told.taken_ms).day(zone)), "newest": written}),)


def settle(part: Path, folder: Path) -> None:
    """Give the restored vault its name; until then there is nothing, from then on all of it."""
    try:
        (part / LOCK).unlink(missing_ok=True)
        sync_folder(part)
        if folder.exists():
            folder.rmdir()  # empty, or this says so
        part.rename(folder)
    except OSError as error:
        raise explain(error, folder) from None
    sync_folder(folder.parent)
