"""A vault's database, open: one connection on one thread, one change at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from family_case.chance import Clock, Ids
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.files import PRIVATE_FILE, explain, size_of
from family_case.i18n import N_
from family_case.model.changes import Actor, Changes, Reason
from family_case.model.findings import ACCEPTED
from family_case.store import blobs, journal
from family_case.store.change import Change
from family_case.store.connection import connect, leave
from family_case.store.digest import Digest
from family_case.store.faults import MALFORMED, translated
from family_case.store.log import Log
from family_case.store.migrations import migrate
from family_case.store.office import Kept, Office, own_row
from family_case.store.reader import Reader
from family_case.store.takeback import take_back
from family_case.store.upgrade import behind, bring_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "main.db"
WAL = f"{DATABASE}-wal"
Upgrading = Callable[[Digest], AbstractContextManager[object]]
LOG_PAGES = 1000  # as SQLite does by itself: from so many on the log is worked into the file
_MOST_WAITING = 16 * LOG_PAGES  # pages (64 MB) that the log may hold while the file is being read whole
LOGS = ("-wal", "-journal")  # what a session that did not end properly may leave beside it
_EMPTY = N_(
    "The vault's database is empty: this vault was never finished, or the file was emptied later. Nothing was changed. "
    "If nothing was ever saved in it, delete the folder and create it again; otherwise restore a backup."
)

_READ_ONLY = N_(
    "This vault is open read-only. Nothing was written. A paper cannot be made either: that it leaves would have to be "
    "recorded here."
)

# Changes that cannot be taken back, and why.
_FINAL = {
    Reason.CREATED: N_("This is how the vault began. It cannot be taken back."),
    Reason.DISCLOSE: N_("The newest step is a paper that has left. It cannot be taken back; its record stays."),
    Reason.REPAIR: N_("The newest step is a repair of the vault. It cannot be taken back."),
    Reason.ERASE: N_("Something was erased here. It is gone, and cannot be brought back."),
    Reason.PURGE: N_("Older wordings were erased here. They are gone, and cannot be brought back."),
    Reason.REKEY: N_("The attached files were sealed anew under new keys here. It cannot be taken back."),
    **dict.fromkeys(ACCEPTED.values(), N_("Here someone went on with a vault that was not as it was left. It stays.")),
}


@dataclass(slots=True)
class Vault:
    """The open database; made by `create` or `open_vault`, used by the thread that made it only."""

    connection: dbapi2.Connection
    clock: Clock
    ids: Ids
    opened_at: int
    office: Office
    _database: Database = field(repr=False)
    reader: Reader = field(repr=False)
    digest: Digest = field(repr=False)
    kept: Kept = field(default_factory=Kept)
    read_only: bool = False
    witnessed: bool = True  # whether this computer may remember how far the vault had come
    before_writing: Callable[[], object] = bool  # called before each transaction; what it raises stops that
    before_working_in: Callable[[], object] = bool  # the same before the log is worked into the file
    log_pages: int = LOG_PAGES
    orphans: bool = False  # sealed files may lie there that nothing names: swept once the vault is known to be whole
    _held: int = 0
    _closed: bool = False
    _together: bool = False
    _reading: Generator[float] | None = None

    def demand_writable(self) -> None:
        """Refuse where the vault was opened to be looked at."""
        if self.read_only:
            raise Refused(_READ_ONLY)

    @contextmanager
    def change(self, reason: Reason, actor: Actor, refers: int | None = None) -> Iterator[Change]:
        """One transaction: what is put inside is written together, or not at all."""
        self.demand_writable()
        with translated(), nullcontext() if self._together else self._writing():
            change = Change(self.connection, self.clock.now(), self.ids, reason, actor, refers)
            yield change
            change.finish()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Changes inside keep their numbers and lines, and share one transaction: a failed one takes all with it.

        Nothing of them is on disk, or acknowledged, before the end. A change may not fail and the others go on.
        """
        self.demand_writable()
        with translated(), self._writing():
            self._together = True
            try:
                yield
            finally:
                self._together = False

    @contextmanager
    def drafts(self) -> Iterator[Change]:
        """One transaction for what is no record (drafts, what a copy knows of its backups): no journal line."""
        self.demand_writable()
        change = Change(self.connection, self.clock.now(), self.ids, Reason.EDIT, Actor.WINDOW)
        with translated(), self._writing():
            yield change

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, and after it the log worked in when it has become long."""
        self.before_writing()
        with self._database.atomic():
            yield
        frames = self.digest.log.frames()
        if frames >= self.log_pages and not self._held and (self._reading is None or frames >= _MOST_WAITING):
            with suppress(dbapi2.Error, Problem):  # what was written is kept in the log, and the next one tries again
                self._work_in("PASSIVE")

    def undo(self, actor: Actor, since: int = 0) -> Changes:
        """Take back the newest standing change after number `since`, as a new change.

        Refused when there is none, or when it cannot be taken back: a paper that has left, something erased.
        """
        self.demand_writable()
        found = journal.newest_standing(self.connection, since)
        if found is None:
            raise Refused(N_("There is nothing to take back."))
        return self._take_back(Reason.UNDO, actor, *found)

    def redo(self, actor: Actor, since: int = 0) -> Changes:
        """Take back the newest undo after number `since`; Refused when there is none or something was written since."""
        self.demand_writable()
        found = journal.newest_undone(self.connection, since)
        if found is None:
            raise Refused(N_("There is nothing to do again: nothing was taken back, or something was written since."))
        return self._take_back(Reason.REDO, actor, *found)

    def revert(self, actor: Actor, number: int) -> Changes:
        """Take back change `number`, whatever was written since.

        Refused when it does not stand (any more) or is of a kind that cannot be taken back; InTheWay (a Refused) when
        something later depends on it.
        """
        self.demand_writable()
        standing = {each: reason for each, reason, _refers in journal.standing(self.connection, number - 1)}
        if number not in standing:
            raise Refused(N_("This change is no longer in force, or never was. Nothing was taken back."))
        return self._take_back(Reason.REVERT, actor, number, standing[number])

    def _take_back(self, reason: Reason, actor: Actor, number: int, was: Reason) -> Changes:
        if was in _FINAL:
            raise Refused(_FINAL[was])
        with self.change(reason, actor, refers=number) as change:
            take_back(change, number)
        return change.result

    def over(self, connection: dbapi2.Connection) -> Vault:
        """This vault's office over another connection: a part of it as it was."""
        return replace(self, connection=connection, _database=Database(connection, execute_plugins=False))

    def sweep(self, folder: Path) -> None:
        """Remove sealed files that nothing names; only when the database is the one that was left."""
        if self.orphans:
            blobs.sweep(folder, self.connection)
            self.orphans = False

    def scrub(self) -> None:
        """Work the log into the file and empty it, so that no older page of it is left; after an erasure."""
        with translated():
            self._work_in("TRUNCATE")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Work the log into the file, and leave the file as it is until the block ends."""
        with translated():
            try:
                busy = self._work_in("TRUNCATE")
            except dbapi2.OperationalError as error:
                if "table is locked" not in str(error):
                    raise
                busy = True
        if busy:
            raise Unavailable(N_("The vault is being read or written just now. Try the backup again in a moment."))
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    def examine(self) -> Generator[float]:
        """Hash the whole file as it was when the vault was opened, yielding the share done; see `digest`.

        Until that is done the log is not worked into it; whoever must do that waits for the rest. Raises Unavailable.
        """
        self._reading = steps = self.digest.steps()
        while self._reading is not None:
            try:
                yield next(steps)
            except StopIteration:
                self._reading = None

    def _work_in(self, how: str) -> bool:
        """Work the log into the file; whether someone was in the way. What it changes is remembered before."""
        reading, self._reading = self._reading, None
        for _share in reading or ():
            pass
        self.before_working_in()
        self.digest.note()
        (busy, *_) = self.connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        return bool(busy)

    def commit_seq(self) -> int:
        """Number of write transactions this vault has seen."""
        with translated():
            return int(self.connection.execute("SELECT commit_seq FROM copy").fetchone()[0])

    def newest_ms(self) -> int:
        """When the newest journal entry was written, in UTC milliseconds; 0 when there is none."""
        sql = "SELECT time_ms FROM journal_head ORDER BY seq DESC LIMIT 1"
        with translated():
            found = self.connection.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def interrupt(self) -> None:
        """Stop the running statement; may be called from another thread, also while the vault changes its file."""
        with suppress(dbapi2.ProgrammingError):  # closed: nothing runs
            self.connection.interrupt()

    def close(self, last: Callable[[], object] = bool) -> None:
        """Work in what fits and close; `last` is called when the file is at rest, before its descriptor is closed.

        While the file is still being read whole, or when what must come before cannot be done, the log stays: the next
        opening reads it. To close again does nothing.
        """
        if self._closed:
            return
        self._closed = True
        try:
            if self._reading is not None:
                self.abandon()
                return
            if self.digest.log.frames():
                self.before_working_in()
            self.digest.note()
        except Problem:
            self.abandon()
            return
        self.digest.log.close()
        try:
            with translated():
                # An interrupt that found nothing to stop would stop what closing does, unless a statement ran since.
                self.connection.execute("SELECT 1").fetchone()
                self.connection.close()
            last()
        finally:
            self.reader.close()

    def abandon(self) -> None:
        """Close, and leave file and log as they are."""
        self._closed = True
        self.digest.log.close()
        leave(self.connection)
        self.reader.close()


def create(folder: Path, raw_key: str, clock: Clock, ids: Ids, office: Office, actor: Actor) -> Vault:
    """Make the database of a new vault in `folder`, with the office it is for.

    `office.copy_id` is given by the caller.
    """
    vault = bare(folder, raw_key, clock, ids, office)
    try:
        with vault.change(Reason.CREATED, actor) as change:
            change.found(asdict(office))
    except BaseException:
        vault.close()
        raise
    return vault


def bare(folder: Path, raw_key: str, clock: Clock, ids: Ids, office: Office) -> Vault:
    """The tables of a new vault, and nothing in them."""
    try:
        (folder / DATABASE).touch(PRIVATE_FILE, exist_ok=False)  # SQLite would leave its mode to the umask
    except OSError as error:
        raise explain(error, folder) from None
    reader = Reader(folder / DATABASE)
    connection = _connect(folder, raw_key, reader)
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        reader.close()
        raise
    digest = Digest(reader, Log(folder / WAL), complete=True)  # of an empty file: all that comes is ours
    return Vault(connection, clock, ids, 1, office, Database(connection, execute_plugins=False), reader, digest)


def open_vault(folder: Path, raw_key: str, clock: Clock, ids: Ids, upgrading: Upgrading = nullcontext) -> Vault:
    """Open the database of a vault; Damaged, Unavailable or Refused (newer schema) with the reason.

    `upgrading` stands around the bringing up of an older schema; it begins while the file stands still.
    """
    unclean = demand_files(folder)
    reader = Reader(folder / DATABASE)
    connection, digest = _connect(folder, raw_key, reader), Digest(reader, Log(folder / WAL))
    with ExitStack() as held:
        try:
            demand_tables(connection)
            if unclean:
                _demand_whole(connection)
            old = behind(connection)
            if old:
                held.enter_context(upgrading(digest))
            else:
                migrate(connection)  # makes what is missing in a new one, refuses a newer one
                counter, office, kept, witnessed = own_row(connection)
        except BaseException:
            leave(connection)
            reader.close()
            raise
        if not old:
            database = Database(connection, execute_plugins=False)
            orphans = unclean or blobs.unsettled(folder)
            return Vault(
                connection, clock, ids, counter, office, database, reader, digest, kept,
                witnessed=witnessed, orphans=orphans,
            )  # fmt: skip
        with translated():
            connection.close()
        reader.close()
        bring_up(folder / DATABASE, raw_key)
    return open_vault(folder, raw_key, clock, ids)


def _connect(folder: Path, raw_key: str, reader: Reader) -> dbapi2.Connection:
    """The connection; `reader` was opened before it and is closed if it cannot be had."""
    try:
        return connect(folder / DATABASE, raw_key)
    except BaseException:
        reader.close()
        raise


def demand_files(folder: Path) -> bool:
    """Whether the database's log holds anything; Damaged when there is no database, an empty one or none to be read.

    What is no ordinary file (a pipe, a device) is never opened: some of them would not answer.
    """
    sizes = [size_of(folder / f"{DATABASE}{part}") for part in ("", *LOGS)]
    if sizes[0] is None:
        raise Damaged(N_("The vault's database is missing from this folder. Nothing was changed; restore a backup."))
    if not any(sizes):
        raise Damaged(_EMPTY)
    return any(sizes[1:])


def demand_tables(connection: dbapi2.Connection) -> None:
    """Refuse an empty database before anything is written: nobody can tell an unfinished vault from an emptied one."""
    with translated():
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        raise Damaged(_EMPTY)


def _demand_whole(connection: dbapi2.Connection) -> None:
    """Refuse a log that does not belong to the file (one of both was put back from a copy) before the two are one."""
    with translated():
        found = connection.execute("PRAGMA quick_check(1)").fetchall()
    if found != [("ok",)]:
        raise Damaged(MALFORMED)
