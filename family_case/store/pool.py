"""Sealed files on the shelf: each is copied once into a pool beside the backups, and every backup lists those it needs.

    <shelf>/family-case-blobs-<first 8 digits of the vault id>/xx/<32 hex>     the pool
    <shelf>/<entry>/blobs.list                                                 name, size, SHA-256 of the sealed bytes

A file has its own name in the pool only after it was read back from the medium and found to be what the vault's row
says.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from family_case.errors import Damaged, Problem
from family_case.files import PRIVATE_FOLDER, explain, read_bounded, sync_file, sync_folder, writing
from family_case.i18n import N_
from family_case.model.attachment import is_blob_name
from family_case.store import manifest
from family_case.store.backup import CHUNK, digest_of
from family_case.store.blobs import FOLDER, Lying, names_in, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

T = TypeVar("T")
LIST: Final = "blobs.list"
LIST_LIMIT: Final = 64 << 20  # bytes; half a million files
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_NAMED: Final = "family-case-blobs-"
_MEDIUM: Final = N_(
    "What was read back from “{what}” is not what was written. This disk is not reliable: take another one. The backup "
    "was thrown away; older ones are untouched."
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a backup needs of the pool: files that lie there under their temporary names, and names not to be had."""

    fresh: tuple[Lying, ...] = ()
    lost: tuple[str, ...] = ()


def pool_of(shelf: Path, vault_id: str) -> Path:
    """The pool of a vault on a shelf."""
    return shelf / f"{_NAMED}{vault_id[:8]}"


def is_pool(folder: Path) -> bool:
    """Whether a folder on a shelf is a pool and no backup, by its name."""
    return folder.name.startswith(_NAMED)


def listing(wanted: Iterable[Lying]) -> bytes:
    """The list of these files as it lies in a backup: a line each, sorted."""
    return "".join(f"{each.name} {each.size} {each.sha256}\n" for each in sorted(wanted)).encode("ascii")


def digest(listed: bytes) -> str:
    """What the manifest says of a list: its SHA-256, nothing for an empty one."""
    return hashlib.sha256(listed).hexdigest() if listed else ""


def fill(vault: Path, pool: Path, wanted: Iterable[Lying], *, deep: bool = False) -> Generator[int, None, Filled]:
    """Copy into the pool what of the wanted files is not there yet, yielding the bytes gone through since the last.

    One that is there counts by its length, with `deep` by its bytes; a bad one is copied anew. One that the vault
    itself has not whole any more is told as lost. Raises Unavailable.
    """
    fresh, lost = list[Lying](), list[str]()
    for each in sorted(wanted):
        target = pool / each.name[:2] / each.name
        if (yield from _lies_there(target, each, deep=deep)):
            continue
        _make(pool, target.parent)
        part = _part(target)
        _unlink(part)
        if (yield from _copied(path_of(vault, each.name), part, each)):
            fresh.append(each)
        else:
            _unlink(part)
            lost.append(each.name)
    return Filled(tuple(fresh), tuple(lost))


def settle(pool: Path, fresh: Iterable[Lying], look: Callable[[], object] = bool) -> None:
    """Read the fresh files back from their medium, and give each that is as written its name.

    Raises Damaged (the medium holds something else), Unavailable; `look` is asked between chunks and may raise.
    """
    for each in fresh:
        target = pool / each.name[:2] / each.name
        sync_file(_part(target))
        try:
            if digest_of(_part(target), look) != each[1:]:
                raise Damaged(_MEDIUM, what=str(pool))
            _part(target).replace(target)
        except OSError as error:
            raise explain(error, target) from None
        sync_folder(target.parent)


def sweep(pool: Path) -> None:
    """Remove what was copied and never proven."""
    with contextlib.suppress(OSError):
        for left in pool.glob("??/.*.part"):
            left.unlink(missing_ok=True)


def prune(shelf: Path, vault_id: str) -> None:
    """Remove files of the pool that no backup on the shelf lists, whatever folder it lies in and whoever made it.

    Nothing goes while a backup lists files and its list cannot be read.
    """
    pool, needed = pool_of(shelf, vault_id), set[str]()
    with contextlib.suppress(OSError):
        for folder in shelf.iterdir():
            if folder.is_dir() and not folder.is_symlink():
                listed = _listed(folder)
                if listed is None:
                    return
                needed |= listed
        for name in set(names_in(pool)) - needed:
            (pool / name[:2] / name).unlink(missing_ok=True)


def fetch(source: Path, vault_id: str, vault: Path, wanted: Iterable[Lying]) -> None:
    """Bring sealed files from beside the backup `source` (or out of a plain copy of a vault) into the vault `vault`.

    Each counts only with the bytes its row tells; what is not to be had so stays away. Raises Unavailable where the
    vault's own disk says no.
    """
    places = (source / FOLDER, pool_of(source.parent, vault_id))
    for each in sorted(wanted):
        target = path_of(vault, each.name)
        _make(vault / FOLDER, target.parent)
        for place in places:
            if _brought(place / each.name[:2] / each.name, target, each):
                break


def _brought(found: Path, target: Path, wanted: Lying) -> bool:
    """Whether the file was there and is the one that was wanted; nothing of another one stays."""
    try:
        if found.is_symlink() or not found.is_file() or found.stat().st_size != wanted.size:
            return False
    except OSError:
        return False
    with writing(target) as write:
        same = _all_of(_gone_through(found, write)) == wanted[1:]
    if same:
        sync_file(target)
    else:
        _unlink(target)
    return same


def _all_of(steps: Generator[int, None, T]) -> T:
    """What a generator returns in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


def _lies_there(target: Path, wanted: Lying, *, deep: bool) -> Generator[int, None, bool]:
    try:
        if target.is_symlink() or target.lstat().st_size != wanted.size:
            return False
    except OSError:
        return False
    if not deep:
        yield wanted.size
        return True
    return (yield from _gone_through(target, bool)) == wanted[1:]


def _copied(source: Path, part: Path, wanted: Lying) -> Generator[int, None, bool]:
    """Whether the vault had the file whole, and so a copy lies at `part`."""
    with writing(part) as write:
        return (yield from _gone_through(source, write)) == wanted[1:]


def _gone_through(file: Path, each: Callable[[bytes], object]) -> Generator[int, None, tuple[int, str]]:
    """Hand every chunk of a file on; its length and SHA-256, (0, '') where it cannot be read."""
    found, size = hashlib.sha256(), 0
    with contextlib.ExitStack() as stack:
        try:
            opened = stack.enter_context(os.fdopen(os.open(file, _READ), "rb", buffering=0))
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):  # a pipe would never come to its end
                return 0, ""
            while chunk := opened.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
                each(chunk)
                yield len(chunk)
        except OSError:
            return 0, ""
    return size, found.hexdigest()


def _listed(folder: Path) -> set[str] | None:
    """Names that the backup in a folder lists; None when it lists some and they cannot be read."""
    try:
        told = read_bounded(folder / LIST, LIST_LIMIT)
        if told is None:
            proof = read_bounded(folder / manifest.NAME, manifest.LIMIT) or b""
            return None if b'"blobs":' in proof else set()
    except Problem:
        return None
    names = {line.split(" ", 1)[0] for line in told.decode("ascii", errors="replace").splitlines()}
    return names if all(map(is_blob_name, names)) else None


def _make(pool: Path, folder: Path) -> None:
    for each in (pool, folder):
        try:
            if not each.is_dir():
                each.mkdir(PRIVATE_FOLDER)
                sync_folder(each.parent)
        except OSError as error:
            raise explain(error, each) from None


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")
