"""Repair: what can still be read of a damaged vault becomes a vault of its own; the damaged one is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.crypto import header
from family_case.errors import Damaged
from family_case.files import PRIVATE_FOLDER, explain, size_of
from family_case.i18n import N_
from family_case.model.changes import Actor
from family_case.model.date_words import SaidDay
from family_case.model.details import DETAILS
from family_case.model.entry import Entry
from family_case.services import anchoring, safekeeping
from family_case.services.backups import Note
from family_case.services.in_form import labels_of
from family_case.services.restoring import demand_place, settle
from family_case.services.session import Session
from family_case.store import blobs, pool, salvage, shelf, vault
from family_case.store.guard import Guard, Onlooker
from family_case.store.mending import Mended, count_of, mend
from family_case.store.office import Office, own_row
from family_case.store.salvage import Source
from family_case.store.vault import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.chance import Clock, Ids
    from family_case.crypto.keys import Root
    from family_case.i18n import Translator
    from family_case.store.mending import Tally
    from family_case.store.vault import Vault

_DAMAGED = "damaged.db"
ENTRY_TABLES = frozenset(detail.TABLE for detail in DETAILS.values())
_WORDS = {
    "lost": N_("{where}: could not be saved: {what}."),
    "let_go": N_("{where}: left out, because what it belongs to could not be saved: {what}."),
    "older": N_("{where}: came back from the journal, perhaps in an older wording: {what}."),
    "back": N_("{where}: came back from the journal: {what}."),
}
_CASE, _NO_CASE, _LOST_CASE = N_("Case {code}"), N_("In no case"), N_("In a case that is lost itself")


@dataclass(frozen=True, slots=True)
class Counted:
    """Kinds of records and how many of each, for a sentence."""

    kinds: tuple[tuple[str, int], ...]
    links: int

    def in_words(self, tr: Translator) -> str:
        """Such as "Conversation: 2; Promise: 1"."""
        told = [f"{tr.text(label)}: {count}" for label, count in self.kinds]
        return "; ".join(told + ([tr.text(N_("What links them: {n}"), n=self.links)] if self.links else []))


@dataclass(frozen=True, slots=True)
class _Where:
    """A case by its code, or words for what is in none."""

    code: str | None
    known: bool

    def in_words(self, tr: Translator) -> str:
        """Such as "Case K-012"."""
        return tr.text(_CASE, code=self.code) if self.code else tr.text(_LOST_CASE if self.known else _NO_CASE)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A vault made of what could be read: its folder, pages tried and damaged, records saved and lost, what to know.

    `lost` counts those whose loss is known; what neither row nor journal tells any more cannot be counted.
    """

    folder: Path
    pages: int
    damaged: int
    saved: int
    lost: int
    notes: tuple[Note, ...]


def repair(
    source: Path, folder: Path, passphrase: str, *, clock: Clock, ids: Ids, accept_weight: bool = False
) -> Repaired:
    """Make a new vault in `folder` (absent or empty) of what can be read of the one in `source`, under the same keys.

    Not a byte of `source` is changed. Raises Refused (wrong passphrase, no vault, folder not empty), Damaged (nothing
    can be read) or Unavailable (a disk says no, somebody writes there); `folder` is then as it was.
    """
    source, folder = source.absolute(), folder.resolve()
    head = header.read(source)
    demand_place(folder)
    root = header.unlock(head, passphrase, accept_weight=accept_weight)
    part = shelf.temporary(folder)
    try:
        folder.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        shelf.discard(part)
        part.mkdir(PRIVATE_FOLDER)
    except OSError as error:
        raise explain(error, folder) from None
    try:
        with Onlooker(source):
            notes, damaged = _copied(source, part, root)
        header.write(part, head.successor(), root)
        found, pages, rest = _mended(source, part, root, damaged, clock, ids)
        settle(part, folder)
    except BaseException:
        (part / f"{DATABASE}.{_DAMAGED}").unlink(missing_ok=True)
        shelf.discard(part)
        raise
    return Repaired(folder, pages, damaged, found.saved, count_of(found.lost, found.let_go), (*notes, *rest))


def _copied(source: Path, part: Path, root: Root) -> tuple[tuple[Note, ...], int]:
    """Copy what the disk gives of the database and work its log in, where it belongs to it; how many pages are bad."""
    database, key, notes = part / f"{DATABASE}.{_DAMAGED}", root.database_key(), list[Note]()
    size = size_of(source / DATABASE)
    if not size:
        raise Damaged(N_("The vault's database is missing or empty. Nothing can be repaired; restore a backup."))
    mute = salvage.copy_what_reads(source / DATABASE, database)
    if mute:
        notes.append((N_("The disk does not give these parts of the database any more (4 KB each): {n}."), {"n": mute}))
    damaged = salvage.mend_schema(database, key)
    log = source / f"{DATABASE}-wal"
    if size_of(log):
        copied = part / f"{DATABASE}.log"
        salvage.copy_what_reads(log, copied)
        if not salvage.with_its_log(database, copied, key):
            notes.append((N_("The log beside the database does not belong to it, or is damaged; it was left out."), {}))
    return tuple(notes), damaged


def _mended(
    place: Path, part: Path, root: Root, bad: int, clock: Clock, ids: Ids
) -> tuple[Mended, int, tuple[Note, ...]]:
    """The new vault, what became of the records, and what is to be said of both."""
    damaged = part / f"{DATABASE}.{_DAMAGED}"
    key, guard = root.database_key(), Guard(part, ids.new())
    try:
        pages = damaged.stat().st_size // salvage.PAGE
        source = Source(damaged, key, pages, salvage.bad_pages(damaged, key))
        moored = anchoring.Mooring(part, root, clock, 1)
        opened = vault.bare(part, key, clock, ids, Office(ids.new(), "UTC", "RU", "en"))
        try:
            found = mend(source, opened, Actor.COMMAND_LINE)
            pool.fetch(place, root.vault_id.hex(), part, blobs.named(opened.connection))
            moored.begin(opened)
            session = Session(part, opened, clock, ids, Actor.COMMAND_LINE, guard, root, moored)
            # Gaps of the journal are counted above; `verify` names each.
            rest = [each for each in safekeeping.verify(session).problems if "seq" not in each[1]]
            notes = (*_summed(found, bad, pages), _backup(opened, found), *_told(found), *rest)
        finally:
            source.close()
            opened.close(partial(moored.rest, opened))
    finally:
        guard.release()
        damaged.unlink(missing_ok=True)
    return found, pages, notes


def _summed(found: Mended, damaged: int, pages: int) -> Iterator[Note]:
    counts = {"damaged": damaged, "pages": pages, "saved": found.saved}
    yield N_("Damaged pages: {damaged} of {pages}. Records saved: {saved}."), counts
    if found.lines:
        yield N_("Lines of the journal that are lost: {n}. The chain shows where."), {"n": found.lines}
    if found.changes:
        yield N_("The newest changes are lost, this many: {n}."), {"n": found.changes}
    if not found.office:
        words = N_("The vault's own settings could not be read: days are counted in UTC now, numbers as Russian ones.")
        yield words, {}


def _backup(mended: Vault, found: Mended) -> Note:
    """Where the newest backup lies that the damaged vault knew of: what is lost may be in it."""
    _counter, office, kept, _witnessed = own_row(mended.connection)
    if not found.office:
        return N_("Which backups there are could not be read. Look for them yourself: what is lost may be in one."), {}
    if not kept.shelves:
        return N_("This vault knew of no backup."), {}
    newest = max(kept.shelves, key=lambda each: each.taken_ms)
    day = SaidDay(Moment(newest.taken_ms).day(office.zone))
    words = N_("The newest backup that this vault knew of: {day}, in “{place}”. What is lost here may be in it.")
    return words, {"day": day, "place": newest.place}


def _told(found: Mended) -> Iterator[Note]:
    """What became of which case's records, the worst first."""
    for name, words in _WORDS.items():
        tally: Tally = getattr(found, name)
        for case_id in sorted(tally, key=lambda each: (found.codes.get(each, ""), each)):
            where = _Where(found.codes.get(case_id), bool(case_id))
            yield words, {"where": where, "what": _counted(tally[case_id])}


def _counted(ids: dict[str, set[str]]) -> Counted:
    """The records by their kind: an entry counts once, by its details where those are among them."""
    details = {table: found for table, found in ids.items() if table in ENTRY_TABLES}
    entries = ids.get(Entry.TABLE, set()) | set[str]().union(*details.values())
    told, links = labels_of({table: len(found) for table, found in ids.items()} | {Entry.TABLE: len(entries)})
    return Counted(tuple(told.items()), links)
