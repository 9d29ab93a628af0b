"""The folder backups go to: the names of entries, what a killed backup left, and which old entries may go.

An entry is a folder `family-case-<day>-<time>-<vault>`; what is still being written, and what is being removed, has a
dot before that name and `.part` after it. Only files of the names known here are ever removed, and only out of folders
that are provably this vault's; whatever else lies there stays.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import zone_of
from family_case.crypto.anchor import ANCHOR
from family_case.errors import Problem
from family_case.files import explain, read_bounded, sync_folder
from family_case.model.attachment import is_blob_name
from family_case.store import manifest, pool
from family_case.store.blobs import FOLDER as BLOBS
from family_case.store.blobs import UNSETTLED
from family_case.store.guard import LOCK
from family_case.store.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATABASE, HEADERS = "main.db", ("header.a", "header.b")
LEAST = 2  # verified backups that stay, whatever is wished
_PREFIX, _PART = "family-case", ".part"
_LOGS = (f"{DATABASE}-wal", f"{DATABASE}-journal")
_KNOWN = frozenset({LOCK, DATABASE, *_LOGS, ANCHOR, manifest.NAME, pool.LIST, *HEADERS})
_MOST = 1000  # entries of one second; more is no accident


@dataclass(frozen=True, slots=True)
class Entry:
    """One backup on the shelf: its folder and what it says of itself, under this vault's MAC."""

    path: Path
    manifest: Manifest


def free_name(shelf: Path, taken_ms: int, zone: str, vault_id: str) -> Path:
    """A name for a new entry that nothing on `shelf` has; Unavailable when the folder cannot be looked at."""
    at = datetime.fromtimestamp(taken_ms / 1000, tz=zone_of(zone)).strftime("%Y-%m-%d-%H%M%S")
    plain = f"{_PREFIX}-{at}-{vault_id[:8]}"
    names = (plain, *(f"{plain}-{number}" for number in range(2, _MOST)))
    try:
        taken = {each.name for each in shelf.iterdir()}
    except OSError as error:
        raise explain(error, shelf) from None
    return shelf / next(name for name in names if name not in taken and temporary(shelf / name).name not in taken)


def temporary(entry: Path) -> Path:
    """Where an entry is while it is written or removed."""
    return entry.with_name(f".{entry.name}{_PART}")


def sweep(shelf: Path, vault_id: str) -> None:
    """Remove what killed backups of this vault left; what cannot be removed stays and harms nobody."""
    with contextlib.suppress(OSError):
        for each in shelf.glob(f".{_PREFIX}-*-{vault_id[:8]}*{_PART}"):
            discard(each)


def discard(folder: Path) -> None:
    """Remove an unfinished folder of ours, known files only; one that holds anything else stays, with that in it."""
    with contextlib.suppress(OSError):
        if folder.is_symlink() or not folder.is_dir():
            return
        _discard_blobs(folder / BLOBS)
        for each in folder.iterdir():
            if each.name in _KNOWN or each.name.startswith(f"{DATABASE}.") or each.name.endswith(_PART):
                each.unlink()
        folder.rmdir()


def _discard_blobs(folder: Path) -> None:
    """Remove the sealed files of a vault that was being restored."""
    if folder.is_dir() and not folder.is_symlink():
        (folder / UNSETTLED).unlink(missing_ok=True)  # there when an erasure in the middle of a restore was killed
        for each in [each for each in folder.rglob("*") if is_blob_name(each.name) or each.name.endswith(_PART)]:
            each.unlink()
        for each in [*folder.iterdir(), folder]:
            each.rmdir()


def entries(shelf: Path, key: bytes) -> Iterator[Entry]:
    """Every finished backup on `shelf` whose manifest this vault's backup key signed and whose files are all there."""
    with contextlib.suppress(OSError):
        for each in sorted(shelf.glob(f"{_PREFIX}-*")):
            found = _read(each, key)
            if found is not None:
                yield Entry(each, found)


def superfluous(old: Iterable[Entry], new: Entry, keep: int) -> list[Entry]:
    """Of the `old` entries those that may go now that `new` is verified, so that `keep` (at least two) stay with it.

    Counted are only entries of the same copy of the vault: another copy's are its own affair. Newest is the highest
    commit, so that a clock set back prunes nothing that is newer.
    """
    own = [each for each in old if each.manifest.copy_id == new.manifest.copy_id and each.path != new.path]
    own.sort(key=lambda each: (each.manifest.commit_seq, each.manifest.taken_ms, each.path.name), reverse=True)
    return own[max(keep, LEAST) - 1 :]


def prune(gone: Iterable[Entry]) -> None:
    """Remove these entries: renamed first, so that a kill leaves no half of one that looks whole."""
    for each in gone:
        with contextlib.suppress(OSError, Problem):
            if {file.name for file in each.path.iterdir()} <= _KNOWN:
                discard(each.path.rename(temporary(each.path)))
                sync_folder(each.path.parent)


def _read(folder: Path, key: bytes) -> Manifest | None:
    try:
        if folder.is_symlink() or not folder.is_dir():
            return None
        data = read_bounded(folder / manifest.NAME, manifest.LIMIT)
        found = manifest.parse(data, key) if data is not None else None
        whole = found is not None and (folder / DATABASE).stat().st_size == found.size
        return found if whole and any((folder / name).is_file() for name in HEADERS) else None
    except (OSError, Problem):
        return None
