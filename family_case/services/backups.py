"""Backups: taken in steps while the vault is in use, proven from their own medium, remembered in the vault.

Three parts, because they belong on different threads: `take` uses the session and yields; `prove` uses nothing but the
copy and may run elsewhere; `remember` uses the session again. `backup` is all three, one after the other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from family_case.chance import Moment
from family_case.crypto import header
from family_case.errors import Damaged, Refused, Unavailable
from family_case.files import PRIVATE_FOLDER, explain, read_bounded, sync_folder, write_atomic
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.services import safekeeping
from family_case.services.waiting import through
from family_case.store import blobs, manifest, pool, shelf
from family_case.store.backup import STOPPED, Copied, Proof, copy_steps
from family_case.store.manifest import Manifest
from family_case.store.office import Kept, Shelved
from family_case.store.upgrade import forget_before
from family_case.store.vault import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from family_case.services.session import Session
    from family_case.store.blobs import Lying

KEEP = 7  # verified backups of one copy that stay on a shelf unless wished otherwise
DUE_AFTER_DAYS = 7  # with work unsaved for longer, Today says so
_COPYING = 0.6  # share of the whole that copying takes; the rest is proof

Note = tuple[str, Mapping[str, object]]
T = TypeVar("T")
_BESIDE = N_("Attached files lie beside it in the folder “{folder}”: whoever copies the backup must copy both.")
_LOST = N_("Not in this backup, because the vault itself has these files no longer whole: {names}.")


@dataclass(slots=True)
class Pending:
    """A copy that was written but does not count yet; `prove` makes it a backup or throws it away."""

    entry: Path
    copied: Copied
    proof: Proof
    taken: Moment
    keep: int
    vault_id: str
    copy_id: str
    key: bytes = field(repr=False)
    notes: tuple[Note, ...] = ()
    listed: bytes = b""
    filled: pool.Filled = field(default_factory=pool.Filled)

    @property
    def folder(self) -> Path:
        """Where it lies until it counts."""
        return shelf.temporary(self.entry)

    @property
    def pool(self) -> Path:
        """Where the sealed files lie."""
        return pool.pool_of(self.entry.parent, self.vault_id)


@dataclass(frozen=True, slots=True)
class Proven:
    """A verified backup: its folder, what it says of itself, and what there is to note."""

    entry: shelf.Entry
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the vault stands with its backups: day of the newest verified one (None: none yet), its age and place.

    `behind`: something was written since; `due`: that asks for attention.
    """

    day: str | None
    days: int
    place: str
    behind: bool
    due: bool


def backup(
    session: Session, folder: Path, *, keep: int = KEEP, deep: bool = False, progress: Callable[[float], object] = bool
) -> Changes:
    """Back the vault up into `folder` (an existing one) as one new entry; `made` is the entry's path.

    `progress` is told the share done; `deep` reads sealed files that lie there from before through again. Raises
    Refused (no such folder, too few kept), Unavailable (the disk says no), Damaged (medium or vault is not whole); the
    older backups then stay as they are.
    """
    pending = through(take(session, folder, keep=keep, deep=deep), progress)
    return remember(session, prove(pending))


def take(
    session: Session, folder: Path, *, keep: int = KEEP, deep: bool = False, stopped: Callable[[], bool] = bool
) -> Generator[float, None, Pending]:
    """Copy the vault below `folder`, yielding the share done; closing the generator removes what was written.

    Refused as soon as `stopped` says so; else raises what `backup` raises.
    """
    session.vault.demand_writable()  # it remembers where its backups lie
    notes = _demand_shelf(session, folder, keep)
    vault_id = session.root.vault_id.hex()
    shelf.sweep(folder, vault_id)
    taken = session.clock.now()
    entry = shelf.free_name(folder, taken.utc_ms, session.office.zone, vault_id)
    part = shelf.temporary(entry)
    try:
        part.mkdir(PRIVATE_FOLDER)
    except OSError as error:
        raise explain(error, folder) from None
    with _unfinished(part, vault_id):
        header.write(part, header.read(session.folder), session.root)
        wanted = blobs.named(session.vault.connection)  # of the moment that is copied: nothing is written in between
        called = safekeeping.called(session, wanted)
        listed = pool.listing(wanted)
        if listed:
            write_atomic(part / pool.LIST, listed)  # first, so that nobody prunes what is copied now
        steps = _copying(session, part, pool.pool_of(folder, vault_id), wanted, deep=deep)
        copied, filled = yield from _watched(steps, stopped)
    proof = Proof(part / DATABASE, session.root.database_key())
    key, copy_id = session.root.backup_key(), session.office.copy_id
    if listed:
        notes = (*notes, (_BESIDE, {"folder": pool.pool_of(folder, vault_id).name}))
    if filled.lost:
        notes = (*notes, (_LOST, {"names": "; ".join(sorted(called[each] for each in filled.lost))}))
    return Pending(entry, copied, proof, taken, keep, vault_id, copy_id, key, notes, listed, filled)


def _copying(
    session: Session, part: Path, place: Path, wanted: frozenset[Lying], *, deep: bool
) -> Generator[float, None, tuple[Copied, pool.Filled]]:
    """Copy the database, then sealed files that are not in the pool yet; yields the share of copying that is done."""
    vault = session.vault
    database, files = vault.reader.size(), sum(each.size for each in wanted)
    done, whole = 0, database + files
    copying = copy_steps(vault.frozen(), vault.connection, vault.reader, part / DATABASE)
    with contextlib.closing(copying) as steps:
        while True:
            try:
                yield next(steps) * database / whole
            except StopIteration as end:
                copied: Copied = end.value
                break
    with contextlib.closing(pool.fill(session.folder, place, wanted, deep=deep)) as filling:
        while True:
            try:
                done += next(filling)
            except StopIteration as end:
                filled: pool.Filled = end.value
                return copied, filled
            yield min(1.0, (database + done) / whole)


def prove(pending: Pending) -> Proven:
    """Read the copy back from its medium, check it, give it its name, and only then let superfluous old ones go."""
    part = pending.folder
    with _unfinished(part, pending.vault_id):
        pending.proof.demand(pending.copied)
        pool.settle(pending.pool, pending.filled.fresh, pending.proof.look)
        entry = shelf.Entry(pending.entry, _manifest(pending))
        data = manifest.encode(entry.manifest, pending.key)
        write_atomic(part / manifest.NAME, data)
        _demand_beside(part, pending, data)
        sync_folder(part)
        try:
            part.rename(pending.entry)
        except OSError as error:
            raise explain(error, pending.entry) from None
    sync_folder(pending.entry.parent)
    old = list(shelf.entries(pending.entry.parent, pending.key))
    shelf.prune(shelf.superfluous(old, entry, pending.keep))
    pool.prune(pending.entry.parent, pending.vault_id)
    return Proven(entry, pending.notes)


def remember(session: Session, proven: Proven) -> Changes:
    """Write into the vault that this backup exists; the old database that an upgrade kept may go now."""
    found = proven.entry.manifest
    place = str(proven.entry.path.parent)
    others = (each for each in session.vault.kept.shelves if each.place != place)
    shelves = (*others, Shelved(place, found.taken_ms, found.heads))
    _note_down(session, Kept(found.taken_ms, found.commit_seq, place, shelves))
    forget_before(session.folder / DATABASE)
    return Changes(0, Reason.BACKUP, frozenset({"copy"}), made=str(proven.entry.path), notes=proven.notes)


def standing(session: Session) -> Standing:
    """When the newest verified backup was made, and whether that asks for attention. A demo needs none."""
    kept, commits = session.vault.kept, session.vault.commit_seq()
    demo = bool(session.office.demo_day)
    if not kept.taken_ms:
        behind = commits > 1  # the first is the making of the vault
        return Standing(None, 0, "", behind, behind and not demo)
    zone = session.office.zone
    taken = Moment(kept.taken_ms).day(zone)
    days = max(0, (session.clock.now().day(zone) - taken).days)
    behind = commits != kept.commit_seq
    return Standing(taken.isoformat(), days, kept.place, behind, behind and days > DUE_AFTER_DAYS and not demo)


@contextlib.contextmanager
def _unfinished(part: Path, vault_id: str) -> Generator[None]:
    """Throw an unfinished backup away; where its folder went with its disk, say that and not which file is missing."""
    try:
        yield
    except Unavailable:
        if not part.is_dir():
            raise Unavailable(
                N_(
                    "“{folder}” is not there any more: was its disk pulled out? This backup does not count, nothing "
                    "else was changed. Put the disk back and start again."
                ),
                folder=str(part.parent),
            ) from None
        _discard(part, vault_id)
        raise
    except BaseException:
        _discard(part, vault_id)
        raise


def _discard(part: Path, vault_id: str) -> None:
    shelf.discard(part)
    pool.sweep(pool.pool_of(part.parent, vault_id))


def _note_down(session: Session, kept: Kept) -> None:
    with session.vault.drafts() as change:
        change.stand(kept.row())
    session.vault.kept = kept


def _demand_beside(part: Path, pending: Pending, data: bytes) -> None:
    """Header, list and manifest, too, are read back before the backup counts."""
    same = header.read(part).vault_id.hex() == pending.vault_id
    same = same and (read_bounded(part / pool.LIST, len(pending.listed)) or b"") == pending.listed
    if not same or read_bounded(part / manifest.NAME, manifest.LIMIT) != data:
        raise Damaged(N_("What was read back from the backup is not what was written; it was thrown away."))


def _manifest(pending: Pending) -> Manifest:
    facts, copied, taken = pending.copied.facts, pending.copied, pending.taken
    return Manifest(
        pending.vault_id, pending.copy_id, taken.utc_ms, taken.offset_min, facts.schema, facts.commit_seq, facts.heads,
        facts.head, copied.size, copied.sha256, pool.digest(pending.listed),
    )  # fmt: skip


def _watched(steps: Generator[float, None, T], stopped: Callable[[], bool]) -> Generator[float, None, T]:
    """The same steps, as a share of copying and proof together."""
    with contextlib.closing(steps):
        while True:
            try:
                share = next(steps)
            except StopIteration as end:
                found: T = end.value
                return found
            yield share * _COPYING
            if stopped():
                raise Refused(STOPPED)


def _demand_shelf(session: Session, folder: Path, keep: int) -> tuple[Note, ...]:
    """Refuse a place that cannot be one; note what a person may have overlooked."""
    if keep < shelf.LEAST:
        raise Refused(N_("At least {least} backups are kept. Nothing was written."), least=shelf.LEAST)
    try:
        if not folder.is_dir():
            raise Refused(
                N_("“{folder}” is not a folder that is there. Make it, or plug the disk in; nothing was written."),
                folder=str(folder),
            )
        vault = session.folder.resolve()
        if folder.resolve().is_relative_to(vault):
            raise Refused(
                N_("“{folder}” lies inside the vault and would be lost with it. Choose another; nothing was written."),
                folder=str(folder),
            )
        same = folder.stat().st_dev == vault.stat().st_dev
    except OSError as error:
        raise explain(error, folder) from None
    if not same:
        return ()
    return ((N_("This backup lies on the same disk as the vault: keep another one elsewhere."), {}),)
