"""Sealed files on the disk: `blobs/xx/<32 hex>`, written before the row that names them, removed after it is gone.

A file is sealed under a name with `.part` at the end in the vault's own folder (whatever a kill leaves there goes at
the next opening) and renamed just before its row is committed. So a row never names a file that was not whole on the
disk; a file without row and without journal line is an orphan, swept at the first opening after an unclean end.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from family_case.crypto import stream
from family_case.errors import Damaged, Problem, Refused
from family_case.files import explain, make_private_folder, sync_file, sync_folder, writing
from family_case.i18n import N_
from family_case.model.attachment import HEAD_BYTES, LARGEST, Attachment, is_blob_name, too_large
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from family_case.store.rows import Key

FOLDER: Final = "blobs"
UNSETTLED: Final = "unsettled"  # there while files and rows may differ: the next opening sweeps
_STEP: Final = 16  # chunks (1 MiB) between two yields
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file must not hold us
_BINARY: int = getattr(os, "O_BINARY", 0)
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
MISSING: Final = N_("The sealed file of “{name}” is missing from the vault. Look for it in a backup.")
CUT: Final = N_("The sealed file of “{name}” has the wrong length: cut short or replaced. Look for it in a backup.")
ALTERED: Final = N_("The sealed file of “{name}” is not the one that was written. Look for it in a backup.")


class Lying(NamedTuple):
    """A sealed file as it must lie on the disk: its name, its length in bytes, the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that was sealed and lies under its temporary name: what its row must keep of it, and its first bytes."""

    blob: str
    size: int
    sha256: str
    sealed_sha256: str
    head: bytes = field(repr=False)
    key: bytes = field(repr=False)


def path_of(folder: Path, name: str) -> Path:
    """Where the sealed file of this name lies in the vault `folder`; Damaged for what can be no such name."""
    if not is_blob_name(name):
        raise Damaged(N_("A record names a sealed file in a way that this program never does. It was left alone."))
    return folder / FOLDER / name[:2] / name


def seal(folder: Path, vault_id: bytes, source: Path) -> Generator[float, None, Sealed]:
    """Seal the file `source` under a temporary name, yielding the share done; closing the generator removes it.

    Raises Refused (no ordinary file, over 2 GiB, changed meanwhile), Unavailable (a disk says no).
    """
    with _plain(source) as (read, size):
        try:
            return (yield from _laid(folder, vault_id, read, size))
        except EOFError:
            raise _changed(source) from None


def seal_anew(folder: Path, vault_id: bytes, row: Attachment) -> Generator[float, None, Sealed]:
    """Seal what the file of `row` holds once more, under a key and a temporary name of its own; as `seal` else.

    Raises Damaged when it is not the file that was given, Unavailable.
    """
    with contextlib.closing(plain_of(folder, vault_id, row)) as pieces:
        return (yield from _laid(folder, vault_id, _Pieces(pieces).read, row.size))


def _laid(folder: Path, vault_id: bytes, read: Callable[[int], bytes], size: int) -> Generator[float, None, Sealed]:
    """Seal what `read` gives; EOFError when that is not `size` bytes."""
    name, key = stream.fresh_name(), stream.fresh_key()
    part, taken, digest = _part(folder, name), _Taken(read), hashlib.sha256()
    with contextlib.ExitStack() as undo:
        undo.callback(_unlink, part)
        with writing(part) as write:
            pieces = stream.sealed(taken.read, size, key, stream.bound_to(vault_id, name))
            for count, piece in enumerate(pieces):
                write(piece)
                digest.update(piece)
                if count % _STEP == 0:
                    yield min(1.0, taken.size / size) if size else 1.0
        if read(1):
            raise EOFError
        sync_file(part)
        undo.pop_all()
    return Sealed(name, size, taken.digest.hexdigest(), digest.hexdigest(), taken.head, key)


def put(folder: Path, name: str) -> None:
    """Give a sealed file its own name, durably; only inside `settling`."""
    target = path_of(folder, name)
    for each in (folder / FOLDER, target.parent):
        make_private_folder(each)
    try:
        _part(folder, name).rename(target)
    except OSError as error:
        raise explain(error, target) from None
    sync_folder(target.parent)


def drop(folder: Path, names: Iterable[str]) -> None:
    """Remove sealed files, finished or not; what cannot be removed is swept later, and has lost its key anyway."""
    for name in names:
        _unlink(path_of(folder, name))
        _unlink(_part(folder, name))


@contextlib.contextmanager
def settling(folder: Path) -> Iterator[None]:
    """Leave a mark while files and rows may differ, so that a kill is noticed at the next opening."""
    unsettle(folder)
    try:
        yield
    finally:
        settle(folder)


def unsettle(folder: Path) -> None:
    """Leave the mark; the next opening, or `settle`, takes it away."""
    mark = folder / FOLDER / UNSETTLED
    make_private_folder(mark.parent)
    try:
        mark.touch(0o600)
        sync_folder(mark.parent)
    except OSError as error:
        raise explain(error, mark) from None


def settle(folder: Path) -> None:
    """Take the mark away: files and rows agree."""
    _unlink(folder / FOLDER / UNSETTLED)


def unsettled(folder: Path) -> bool:
    """Whether a process was killed while files and rows could differ."""
    return (folder / FOLDER / UNSETTLED).exists()


def sweep(folder: Path, connection: dbapi2.Connection) -> list[str]:
    """Remove every sealed file that no row and no journal line names; their names. Only at opening, under the lock."""
    known = {each.name for each in named(connection)}
    gone = [name for name in names_in(folder / FOLDER) if name not in known]
    drop(folder, gone)
    settle(folder)
    return gone


def names_in(pool: Path) -> Iterator[str]:
    """Names of the sealed files below a folder of this form; nothing where there is none."""
    with contextlib.suppress(OSError):
        for shelf in sorted(pool.iterdir()):
            if not shelf.is_symlink() and shelf.is_dir():
                yield from (each.name for each in shelf.iterdir() if is_blob_name(each.name))


def named(connection: dbapi2.Connection, keys: Iterable[Key] | None = None) -> frozenset[Lying]:
    """Sealed files that rows, or journal lines of rows taken back, name; of all attachments, or of these rows alone."""
    if keys is None:
        with translated():
            bodies = connection.execute(_TOLD).fetchall()
    else:
        with translated():
            bodies = [
                body
                for table, row_id in keys
                if table == Attachment.TABLE
                for body in connection.execute(_TOLD_OF, (row_id,))
            ]
    states = [state for (body,) in bodies for state in json.loads(body) if state]
    return frozenset(
        Lying(each["blob"], stream.sealed_size(each["size"]), each["sealed_sha256"])
        for each in states
        if each.keys() >= _LIES and is_blob_name(each["blob"])
    )


_LIES: Final = {"blob", "size", "sealed_sha256"}
_ROW: Final = "json_array(json_object('blob', blob, 'size', size, 'sealed_sha256', sealed_sha256))"
_TOLD: Final = f"""
SELECT {_ROW} FROM attachment UNION ALL
SELECT p.body FROM journal_head h JOIN journal_payload p USING (seq) WHERE h.table_name = 'attachment'
"""  # noqa: S608 - our own names
_TOLD_OF: Final = f"""
SELECT {_ROW} FROM attachment WHERE id = ?1 UNION ALL
SELECT p.body FROM journal_head h JOIN journal_payload p USING (seq)
WHERE h.row_id = ?1 AND h.table_name = 'attachment'
"""  # noqa: S608 - our own names


def fault_of(folder: Path, row: Attachment) -> Damaged | None:
    """What is wrong with the sealed file of a row as far as its length tells; None when nothing is."""
    try:
        found = path_of(folder, row.blob).lstat()
    except FileNotFoundError:
        return Damaged(MISSING, name=row.name)
    except OSError as error:
        raise explain(error, path_of(folder, row.blob)) from None
    if not stat.S_ISREG(found.st_mode) or found.st_size != stream.sealed_size(row.size):
        return Damaged(CUT, name=row.name)
    return None


def plain_of(folder: Path, vault_id: bytes, row: Attachment) -> Generator[bytes]:
    """The file as it was given, piece by piece; what is handed on has proven to be of this file, in this order.

    Raises Damaged that names it: missing, of the wrong length, altered, or at its end not the file that was given.
    """
    fault = fault_of(folder, row)
    if fault is not None:
        raise fault
    path, digest = path_of(folder, row.blob), hashlib.sha256()
    key, bound = bytes.fromhex(row.seal_key), stream.bound_to(vault_id, row.blob)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _BINARY | _NO_LINK), "rb") as file:
            for piece in stream.opened(file.read, row.size, key, bound):
                digest.update(piece)
                yield piece
    except OSError as error:
        raise explain(error, path) from None
    except Damaged:
        raise Damaged(ALTERED, name=row.name) from None
    if digest.hexdigest() != row.sha256:
        raise Damaged(ALTERED, name=row.name)


@dataclass(slots=True)
class _Taken:
    """What was read of the plain file so far: how much, its digest, its first bytes."""

    source: Callable[[int], bytes]
    size: int = 0
    head: bytes = b""
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def read(self, length: int) -> bytes:
        """The next bytes, noted."""
        found = self.source(length)
        self.size += len(found)
        self.head = self.head or found[:HEAD_BYTES]
        self.digest.update(found)
        return found


@dataclass(slots=True)
class _Pieces:
    """What comes piece by piece, read at any length."""

    pieces: Iterator[bytes]
    rest: bytes = b""

    def read(self, length: int) -> bytes:
        """The next bytes, fewer only at the end."""
        while len(self.rest) < length and (piece := next(self.pieces, None)) is not None:
            self.rest += piece
        found, self.rest = self.rest[:length], self.rest[length:]
        return found


@contextlib.contextmanager
def _plain(source: Path) -> Iterator[tuple[Callable[[int], bytes], int]]:
    """What reads the file to be sealed, and its length; Refused when it is no ordinary file or too large."""
    try:
        descriptor = os.open(source, os.O_RDONLY | _BINARY | _NO_WAIT)
    except OSError as error:
        raise explain(error, source) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
        os.close(descriptor)
        if stat.S_ISREG(found.st_mode):
            raise too_large(source.name)
        raise Refused(N_("“{file}” is not an ordinary file. Nothing was attached."), file=str(source))
    with os.fdopen(descriptor, "rb") as file:

        def read(length: int) -> bytes:
            try:
                return file.read(length)
            except OSError as error:
                raise explain(error, source) from None

        yield read, found.st_size


def _changed(source: Path) -> Problem:
    return Refused(N_("“{file}” changed while it was read. Nothing was attached; try again."), file=str(source))


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
