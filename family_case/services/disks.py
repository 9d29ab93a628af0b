"""Whether what lies under a folder, and under the swap, is encrypted: yes, no, or it cannot be told here.

Linux: from the mount to the block device and down through everything it stands on (partition, LVM, RAID, loop file)
until a layer of dm-crypt is found or nothing is left. macOS: `fdesetup status`. Windows tells only an administrator.
Never a guess: a network disk, a file system of its own kind or a layer nobody knows is `UNKNOWN`. Encryption inside
the drive, or under a virtual machine, cannot be seen from here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

_ROOT: Final = Path("/")
# What the device mapper writes before a layer that encrypts (cryptsetup, lib/utils_devpath.c and libdevmapper.c).
_ENCRYPTS: Final = ("CRYPT-LUKS", "CRYPT-PLAIN", "CRYPT-TCRYPT", "CRYPT-BITLK", "CRYPT-LOOPAES", "CRYPT-FVAULT2")
_CLEAR_LAYERS: Final = ("LVM-", "mpath-", "part", "CRYPT-INTEGRITY", "CRYPT-VERITY", "DMRAID-")  # these pass on as is
_ESCAPED: Final = re.compile(r"\\(\d{3})")
_DEEPEST: Final = 16  # layers below each other; more is no accident
_FDESETUP: Final = "/usr/bin/fdesetup"
_PATIENCE: Final = 10  # seconds


class Answer(Enum):
    """Three answers, and no fourth."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Swap(Enum):
    """What memory may be written to: nothing, only encrypted places, also a plain one, or it cannot be told."""

    NONE = "none"
    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Mount:
    point: str
    kind: str
    source: str
    numbers: str


def disk_encrypted(folder: Path, *, platform: str = sys.platform, root: Path = _ROOT) -> Answer:
    """Whether the disk that holds `folder` is encrypted by the system; `root`: where /proc, /sys and /dev lie."""
    if platform == "linux":
        try:
            return _Linux(root).under(folder.resolve())
        except OSError:
            return Answer.UNKNOWN
    if platform == "darwin":
        return _file_vault(folder)
    return Answer.UNKNOWN


def swap(*, platform: str = sys.platform, root: Path = _ROOT) -> Swap:
    """Whether memory may be written to a disk, and whether that is encrypted."""
    if platform != "linux":
        return Swap.UNKNOWN
    try:
        lines = (root / "proc/swaps").read_text("utf-8", "replace").splitlines()[1:]
        under = [_Linux(root).swapped(line) for line in lines if line.strip()]
    except OSError:
        return Swap.UNKNOWN
    for answer, means in ((Answer.NO, Swap.PLAIN), (Answer.UNKNOWN, Swap.UNKNOWN), (Answer.YES, Swap.ENCRYPTED)):
        if answer in under:
            return means
    return Swap.NONE


class _Linux:
    """Looks from a path or a device down to what it stands on."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def under(self, path: Path, depth: int = 0) -> Answer:
        """The answer for the disk that holds `path`."""
        mount = self._mount_of(path)
        if mount is None or depth > _DEEPEST:
            return Answer.UNKNOWN
        if mount.kind == "overlay" or not mount.source.startswith("/dev/"):
            return Answer.UNKNOWN  # its upper folder may lie anywhere; tmpfs, network, FUSE and ZFS have no device here
        found = self._entry_of(mount)
        return Answer.UNKNOWN if found is None else self._below(found, depth)

    def swapped(self, line: str) -> Answer | None:
        """The answer for a line of /proc/swaps; None for memory that is only compressed."""
        words = line.split()
        path = _plain(words[0])
        if words[1] != "partition":
            return self.under(Path(path))
        name = Path(path).name
        if name.startswith("zram"):
            backing = self._text("sys/block", name, "backing_dev")
            return None if backing in {"", "none"} else Answer.UNKNOWN
        entry = self._entry(name) or self._named(name)
        return Answer.UNKNOWN if entry is None else self._below(entry, 0)

    def _mount_of(self, path: Path) -> _Mount | None:
        """The mount that holds `path`: the longest mount point above it, of equals the last."""
        best: _Mount | None = None
        for line in (self._root / "proc/self/mountinfo").read_text("utf-8", "replace").splitlines():
            before, _dash, after = line.partition(" - ")
            front, back = before.split(), after.split()
            point = _plain(front[4])
            if path.is_relative_to(point) and (best is None or len(point) >= len(best.point)):
                best = _Mount(point, back[0], _plain(back[1]), front[2])
        return best

    def _entry_of(self, mount: _Mount) -> Path | None:
        """The device in /sys by its numbers; by its name for file systems over several devices (btrfs)."""
        numbered = self._root / "sys/dev/block" / mount.numbers
        name = Path(mount.source).name
        return numbered.resolve() if numbered.exists() else self._entry(name) or self._named(name)

    def _entry(self, name: str) -> Path | None:
        found = self._root / "sys/class/block" / name
        return found.resolve() if found.exists() else None

    def _named(self, name: str) -> Path | None:
        """A device of the device mapper by the name it has in /dev/mapper."""
        for each in (self._root / "sys/class/block").glob("dm-*"):
            if self._text("sys/class/block", each.name, "dm/name") == name:
                return each.resolve()
        return None

    def _below(self, entry: Path, depth: int) -> Answer:
        """Whether everything that `entry` stands on is encrypted."""
        layer = _read(entry / "dm/uuid")
        if layer.startswith(_ENCRYPTS):
            return Answer.YES
        if depth > _DEEPEST or (layer and not layer.startswith(_CLEAR_LAYERS)):
            return Answer.UNKNOWN
        backing = _read(entry / "loop/backing_file") or _read(entry.parent / "loop/backing_file")
        if backing:
            return self.under(Path(backing), depth + 1)
        slaves = sorted((entry / "slaves").iterdir()) if (entry / "slaves").is_dir() else []
        slaves = slaves or (sorted((entry.parent / "slaves").iterdir()) if self._is_part_of_a_stack(entry) else [])
        if not slaves:
            return Answer.UNKNOWN if layer or entry.name.startswith(("nbd", "rbd", "drbd")) else Answer.NO
        answers = {self._below(each.resolve(), depth + 1) for each in slaves}
        return next(answer for answer in (Answer.NO, Answer.UNKNOWN, Answer.YES) if answer in answers)

    @staticmethod
    def _is_part_of_a_stack(entry: Path) -> bool:
        """Whether it is a partition of a device that itself stands on others (RAID)."""
        return (entry / "partition").exists() and (entry.parent / "slaves").is_dir()

    def _text(self, *parts: str) -> str:
        return _read(self._root.joinpath(*parts))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _plain(word: str) -> str:
    """A word of /proc without its escapes for space, tab, line end and backslash."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), word)


def _file_vault(folder: Path) -> Answer:
    """FileVault covers the start volume only; what lies on another volume cannot be told."""
    if folder.resolve().is_relative_to("/Volumes"):
        return Answer.UNKNOWN
    try:
        said = subprocess.run(  # noqa: S603 - the system's own program by its full path
            [_FDESETUP, "status"], capture_output=True, encoding="utf-8", timeout=_PATIENCE, check=False, env={}
        )
    except (OSError, subprocess.SubprocessError):
        return Answer.UNKNOWN
    if said.stdout.startswith("FileVault is On.") and "in progress" not in said.stdout:
        return Answer.YES
    return Answer.NO if said.stdout.startswith("FileVault is Off.") else Answer.UNKNOWN
