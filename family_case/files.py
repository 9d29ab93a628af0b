"""The ground floor's files: write whole or not at all, read with a limit, say in words what the disk answered.

Standard library only. A reader of any file written here sees the old bytes or the new ones, never a mixture, also
after a power cut (on disks that keep their word about fsync).
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from family_case.errors import Damaged, Unavailable
from family_case.i18n import N_

if sys.platform == "darwin":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows translates line ends otherwise
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file must not hold us
_PART = ".part"

_SPACE = N_("There is no space left on the disk for {what}. Free some space and try again; nothing was lost.")
_READ_ONLY = N_("{what} lies on a disk that can only be read. Choose a place that can be written to.")
_PERMISSION = N_("The system does not permit access to {what}.")
_ABSENT = N_("{what} is not there, or its folder is not.")
_NO_FOLDER = N_("A part of the path {what} is a file, not a folder.")
_FOLDER = N_("{what} is a folder; a file was expected.")
_EXISTS = N_("{what} is there already.")
_NAME = N_("The name {what} is too long for this disk.")
_LOOP = N_("{what} is a link, or a circle of links; the thing itself is needed.")
_DISK = N_("The disk reports a fault at {what}. Copy what you can to another disk.")
_GONE = N_("The disk that holds {what} is no longer there.")
_BUSY = N_("{what} is in use by another program.")
_TOO_LARGE = N_("{what} is larger than this disk allows a file to be.")
_TOO_MANY = N_("Too many files are open; close other programs and try again.")
_NO_FILE = N_("{what} is not an ordinary file.")
_UNKNOWN = N_("{what} could not be read or written (system code {code}).")

_SENTENCES = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.ENOENT: _ABSENT,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: _FOLDER,
    errno.EEXIST: _EXISTS,
    errno.ENAMETOOLONG: _NAME,
    errno.ELOOP: _LOOP,
    errno.EIO: _DISK,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
    errno.ESTALE: _GONE,
    errno.EBUSY: _BUSY,
    errno.EFBIG: _TOO_LARGE,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
}


def explain(error: OSError, what: Path | str) -> Unavailable:
    """Turn an error of the system about `what` into a sentence; give it back, to be raised `from None`.

    `from None`, because an OSError carries the path in its text.
    """
    number = error.errno or 0
    code = errno.errorcode.get(number, str(number))
    return Unavailable(_SENTENCES.get(number, _UNKNOWN), what=str(what), code=code)


class Unfinished:
    """Names of the plain files that are being written, so that whoever ends in their middle can remove them.

    One for each open vault, handed to every writer of a file that is not encrypted; used from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: dict[Path, None] = {}
        self._over = False

    @contextmanager
    def holding(self, *names: Path) -> Iterator[None]:
        """Know of these files while they are written. Raises Unavailable once all was removed: too late to begin."""
        with self._lock:
            if self._over:
                raise Unavailable(N_("The vault is being locked; {what} was not written."), what=str(names[0]))
            self._names.update(dict.fromkeys(names))
        try:
            yield
        finally:
            with self._lock:
                for name in names:
                    self._names.pop(name, None)

    def remove(self) -> None:
        """Remove what is unfinished, and let nothing begin any more. A disk that does not answer is waited for."""
        with self._lock:
            self._over = True
            for name in self._names:
                with contextlib.suppress(OSError):
                    name.unlink(missing_ok=True)


def write_atomic(path: Path, data: bytes, *, mode: int = PRIVATE_FILE, unfinished: Unfinished | None = None) -> None:
    """Replace the file `path` by `data`, wholly or not at all, and return once it is on the disk.

    `mode` is set when the file is made, before its first byte (the user's umask may narrow it). A link at `path` is
    replaced, not followed. `unfinished` is to know the temporary name of a plain file. Raises Unavailable; nothing
    half-written is left.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    with (unfinished or Unfinished()).holding(temporary):
        try:
            temporary.unlink(missing_ok=True)
            _write_through(temporary, data, mode)
            temporary.replace(path)
        except OSError as error:
            raise explain(error, path) from None
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextlib.contextmanager
def writing(target: Path) -> Iterator[Callable[[bytes], object]]:
    """Make the new file `target`, private, and give what appends to it; bytes are not on the disk before `sync_file`.

    Raises Unavailable, also when it is there already.
    """
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK, PRIVATE_FILE)
    except OSError as error:
        raise explain(error, target) from None
    with os.fdopen(descriptor, "wb", buffering=0) as file:

        def write(chunk: bytes) -> None:
            rest = memoryview(chunk)
            try:
                while rest:
                    rest = rest[os.write(file.fileno(), rest) :]
            except OSError as error:
                raise explain(error, target) from None

        yield write


def sweep(folder: Path) -> None:
    """Remove what a killed `write_atomic` left in `folder`; only for whoever holds the lock of that folder."""
    try:
        for left in folder.glob(f".*{_PART}"):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise explain(error, folder) from None


def make_private_folder(path: Path) -> None:
    """Make the folder `path` (with parents), open to its owner only, or narrow it if it exists. Raises Unavailable."""
    try:
        made = not path.is_dir()
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _narrow(path)
    except OSError as error:
        raise explain(error, path) from None
    if made:
        sync_folder(path.parent)


def read_bounded(path: Path, limit: int) -> bytes | None:
    """Give the bytes of `path`, or None if there is no such file.

    Raises Damaged if it holds more than `limit` bytes or is no ordinary file, Unavailable if it cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explain(error, path) from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            ordinary = stat.S_ISREG(os.fstat(descriptor).st_mode)
            data = file.read(limit + 1) if ordinary else b""
    except OSError as error:
        raise explain(error, path) from None
    if not ordinary:
        raise Damaged(_NO_FILE, what=str(path))
    if len(data) > limit:
        raise Damaged(N_("{what} is larger than it may be ({limit} bytes)."), what=str(path), limit=limit)
    return data


def size_of(path: Path) -> int | None:
    """Length in bytes of the file `path`, or None if there is no such file.

    Raises Damaged if it is no ordinary file (or a link to one), Unavailable if it cannot be asked.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explain(error, path) from None
    if not stat.S_ISREG(found.st_mode):
        raise Damaged(_NO_FILE, what=str(path))
    return found.st_size


def sync_file(path: Path) -> None:
    """Bring the bytes of the file `path` to the disk. Raises Unavailable."""
    try:
        descriptor = os.open(path, os.O_RDWR | _BINARY)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise explain(error, path) from None


def sync_folder(path: Path) -> None:
    """Bring the names in the folder `path` to the disk. Raises Unavailable.

    Windows offers no such call and journals names itself; a file system that refuses it (EINVAL) is taken at its word.
    """
    if sys.platform != "win32":
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                _sync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise explain(error, path) from None


def _write_through(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        _sync(descriptor)


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone leaves the bytes in the drive's own memory there
    else:
        os.fsync(descriptor)


def _narrow(folder: Path) -> None:
    try:
        folder.chmod(PRIVATE_FOLDER)
    except OSError as error:
        # A stick formatted for Windows knows no permissions; it must still be able to hold a vault.
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP}:
            raise
