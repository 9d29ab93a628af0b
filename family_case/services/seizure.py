"""What a seizure of this computer today would reveal, computed from the state it is in.

Three steps: `facts` asks the open vault, on its thread; `look` looks at disks and folders and needs no vault;
`seizure_words.told` makes lines of both. What cannot be known here is said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case.chance import Moment
from family_case.crypto import header
from family_case.crypto.header import Slot
from family_case.errors import Problem
from family_case.model.dossier import Profile
from family_case.services.disks import Answer, Swap, disk_encrypted, swap
from family_case.store import consents
from family_case.store.office import Shelved

if TYPE_CHECKING:
    from family_case.services.session import Session

_ENTRIES: Final = "family-case-*"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that left: on which day, of which case, for whom, and where its file was written (empty: printed)."""

    day: date
    case: str
    profile: Profile
    to_whom: str
    written_to: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the open vault knows of itself; `passphrase_file`: where this program was told to find the passphrase."""

    folder: Path
    vault_id: bytes
    slots: tuple[Slot, ...]
    shelves: tuple[Shelved, ...]
    papers: tuple[Paper, ...]
    zone: str
    demo: bool
    witness: bool | None = None  # None: nobody asked
    passphrase_file: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder that backups went to, as it can be seen now; None for one that cannot."""

    place: str
    last: date
    older: tuple[str, ...] | None  # names of backups with a door that the vault no longer has
    count: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies around the vault: its disk, the swap, its size in bytes, shelves, and which papers still lie there."""

    disk: Answer
    swap: Swap
    size: int
    shelves: tuple[Shelf, ...]
    there: frozenset[str]


def facts(session: Session, *, passphrase_file: str = "") -> Facts:
    """Ask the vault; Damaged or Unavailable when it cannot be read."""
    connection, zone = session.vault.connection, session.office.zone
    codes = consents.codes_disclosed(connection)
    head = header.read(session.folder)
    return Facts(
        folder=session.folder,
        vault_id=head.vault_id,
        slots=head.slots,
        shelves=session.vault.kept.shelves,
        papers=tuple(
            Paper(
                Moment(each.made_ms).day(zone),
                codes.get(each.case_id, ""),
                Profile.of(each.profile),
                each.to_whom,
                each.written_to,
            )
            for each in consents.all_disclosures(connection)
        ),
        zone=zone,
        demo=bool(session.office.demo_day),
        witness=session.vault.witnessed or _left(session.moored.witness),
        passphrase_file=passphrase_file,
    )


def look(known: Facts) -> Seen:
    """Look at the disks; may take seconds where a folder lies on a slow one."""
    return Seen(
        disk_encrypted(known.folder),
        swap(),
        _size(known.folder),
        tuple(_shelf(each, known) for each in known.shelves),
        frozenset(each.written_to for each in known.papers if each.written_to and _exists(Path(each.written_to))),
    )


def _shelf(kept: Shelved, known: Facts) -> Shelf:
    """Look at one folder of backups; whoever's manifest or epoch, a header of this vault tells what opens it."""
    place, last = Path(kept.place), Moment(kept.taken_ms).day(known.zone)
    doors = frozenset(_door(slot) for slot in known.slots)
    try:
        found = [each for each in sorted(place.glob(_ENTRIES)) if each.is_dir()]
    except OSError:
        found = []
    heads = {each.name: _head(each) for each in found}
    ours = {name: head for name, head in heads.items() if head is not None and head.vault_id == known.vault_id}
    if not ours:
        return Shelf(kept.place, last, None)
    older = [name for name, head in ours.items() if any(_door(slot) not in doors for slot in head.slots)]
    return Shelf(kept.place, last, tuple(older), len(ours))


def _door(slot: Slot) -> tuple[bytes, bytes, bytes]:
    """What tells a door from any other: its id, its salt and what it commits to."""
    return slot.id, slot.salt, slot.commitment


def _head(entry: Path) -> header.Header | None:
    try:
        return header.read(entry)
    except Problem:
        return None


def _size(folder: Path) -> int:
    total = 0
    try:
        for each in folder.rglob("*"):
            if each.is_file() and not each.is_symlink():
                total += each.stat().st_size
    except OSError:
        return total
    return total


def _left(witness: Path | None) -> bool:
    return witness is not None and _exists(witness)


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
