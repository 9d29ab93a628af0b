"""A copy of the open database on another disk, and the proof that it lies there whole.

The copy is of the file's own bytes, still encrypted, and no `sqlite3_backup`: that one decrypts and encrypts every page
and took 2.3 times as long (550-790 ms against 240-320 for 61 MB, fsync included), and Python's call cannot be set aside
between steps, so the window would wait. It is exact all the same: the log is worked into the file first, and no
checkpoint runs until the last byte is read, so that what is written meanwhile stays in the log and the file stands
still.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlcipher3 import dbapi2

from family_case.errors import Damaged, Problem, Refused
from family_case.files import explain, sync_file, writing
from family_case.i18n import N_
from family_case.store import checks
from family_case.store.connection import connect_copy
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager

    from family_case.store.reader import Reader

T = TypeVar("T")
CHUNK = 1 << 20  # bytes between two yields; five milliseconds on a slow laptop
_BINARY: int = getattr(os, "O_BINARY", 0)
STOPPED = N_("The backup was stopped. Nothing was kept of it; older ones are untouched.")
_MEDIUM = N_(
    "What was read back from “{what}” is not what was written. This disk is not reliable: take another one. The backup "
    "was thrown away; older ones are untouched."
)
_SOURCE = N_(
    "The vault's own database is damaged, so this backup was thrown away. Older ones are untouched: do not write to "
    "this vault, and restore the newest of them into a new folder."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy must say of itself: commit number, schema, journal entries, hash of the newest, cases."""

    commit_seq: int
    schema: int
    heads: int
    head: str
    cases: int


@dataclass(frozen=True, slots=True)
class Copied:
    """What was read from the vault and written: facts as of that moment, length in bytes, SHA-256."""

    facts: Facts
    size: int
    sha256: str


def copy_steps(
    frozen: AbstractContextManager[None], connection: dbapi2.Connection, reader: Reader, target: Path
) -> Generator[float, None, Copied]:
    """Copy the open database to the new file `target`, yielding the share done (0 to 1) after each chunk.

    While `frozen` holds, the file stands still; the vault may be written to between two steps, and the copy is of the
    moment of the first. Raises Unavailable.
    """
    with frozen:
        facts = facts_of(connection)
        size, digest, offset = reader.size(), hashlib.sha256(), 0
        # Hashing takes as long as writing; beside it, it costs nothing.
        with writing(target) as write, ThreadPoolExecutor(1) as beside:
            while chunk := reader.read(offset, min(CHUNK, size - offset)):
                hashed = beside.submit(digest.update, chunk)
                write(chunk)
                hashed.result()
                offset += len(chunk)
                yield offset / size
    return Copied(facts, offset, digest.hexdigest())


def facts_of(connection: dbapi2.Connection) -> Facts:
    """What this database says of itself now."""
    heads, cases = checks.sizes(connection)
    with translated():
        (seq,) = connection.execute("SELECT commit_seq FROM copy").fetchone()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        newest = connection.execute("SELECT hash FROM journal_head ORDER BY seq DESC LIMIT 1").fetchone()
    return Facts(int(seq), int(schema), heads, str(newest[0]) if newest else "", cases)


@dataclass(slots=True)
class Proof:
    """Reads a copy back from its medium and checks it; may run on any thread, and be stopped from another."""

    path: Path
    raw_key: str = field(repr=False)
    stopped: bool = False
    _connections: list[dbapi2.Connection] = field(default_factory=list)

    def stop(self) -> None:
        """Give up soon; from any thread."""
        self.stopped = True
        for connection in tuple(self._connections):
            with contextlib.suppress(dbapi2.Error):
                connection.interrupt()

    def demand(self, copied: Copied) -> None:
        """Bring the copy to the disk, read it from there and compare; then the cipher's and the database's own checks.

        The checks run beside both, on threads of their own: they ask whether what was written is whole, the comparison
        whether the medium holds what was written. Raises Damaged (medium or vault, which of both is said), Unavailable
        (the medium does not answer), Refused when stopped.
        """
        with ThreadPoolExecutor(2) as beside:
            pages = beside.submit(self._asked, checks.pages)
            structure = beside.submit(self._asked, checks.structure)
            sync_file(self.path)
            try:
                told = digest_of(self.path, self.look)
            except OSError as error:
                raise explain(error, self.path) from None
            if told != (copied.size, copied.sha256):
                raise Damaged(_MEDIUM, what=str(self.path.parent))
            try:
                whole = not pages.result() and not structure.result()
                whole = whole and self._asked(facts_of) == copied.facts
            except Damaged:
                raise Damaged(_SOURCE) from None
            except Problem:
                self.look()  # interrupted because we were told to stop
                raise
        self.look()
        if not whole:
            raise Damaged(_SOURCE)

    def _asked(self, question: Callable[[dbapi2.Connection], T]) -> T:
        """The answer of the copy on a connection of its own."""
        connection = connect_copy(self.path, self.raw_key)
        self._connections.append(connection)
        try:
            return question(connection)
        finally:
            self._connections.remove(connection)
            connection.close()

    def look(self) -> None:
        """Refused once we were told to stop."""
        if self.stopped:
            raise Refused(STOPPED)


def digest_of(path: Path, look: Callable[[], object] = bool) -> tuple[int, str]:
    """Length and SHA-256 of a file, read from the medium where the system can be asked to (Linux); raises OSError.

    Elsewhere (macOS, Windows) the bytes may come from memory, and a disk that lost them at once is not noticed.
    """
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_RDONLY | _BINARY)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(CHUNK):
            look()
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """Copy a file that nobody writes to the new file `target`, to the disk; its length and SHA-256.

    Raises Unavailable.
    """
    digest, size = hashlib.sha256(), 0
    try:
        descriptor = os.open(source, os.O_RDONLY | _BINARY)
        with os.fdopen(descriptor, "rb", buffering=0) as file, writing(target) as write:
            while chunk := file.read(CHUNK):
                write(chunk)
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise explain(error, source) from None
    sync_file(target)
    return size, digest.hexdigest()
