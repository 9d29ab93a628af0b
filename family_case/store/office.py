"""What the single row that names this copy of a vault says: whose office it is, and where its backups lie."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from family_case.errors import Damaged
from family_case.i18n import N_
from family_case.store.faults import translated

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2


@dataclass(frozen=True, slots=True)
class Office:
    """What the vault says of its own office: this copy's id, zone for days, home region of numbers, language.

    `demo_day` (ISO) is the day a demo vault lives on; empty in a real one.
    """

    copy_id: str
    zone: str
    phone_region: str
    language: str
    demo_day: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A folder that backups went to: when the last (UTC milliseconds), and how many journal lines that one holds."""

    place: str
    taken_ms: int
    heads: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest verified backup this copy knows of: when (UTC milliseconds), as of which commit, in which folder.

    `shelves`: every folder that backups of the vault went to, the newest last.
    """

    taken_ms: int = 0  # 0: none yet
    commit_seq: int = 0
    place: str = ""
    shelves: tuple[Shelved, ...] = ()

    def row(self) -> dict[str, str | int | None]:
        """Columns of the row that names this copy."""
        shelves = json.dumps([astuple(each) for each in self.shelves], ensure_ascii=False)
        return {
            "backup_ms": self.taken_ms or None, "backup_seq": self.commit_seq or None, "backup_place": self.place,
            "backup_places": shelves,
        }  # fmt: skip


def own_row(connection: dbapi2.Connection) -> tuple[int, Office, Kept, bool]:
    """How many changes this copy has seen, its office, its backups, whether computers may remember it.

    Damaged when the vault was never finished.
    """
    with translated():
        found = connection.execute(
            "SELECT counter, copy_id, zone, phone_region, language, demo_day, backup_ms, backup_seq, backup_place, "
            "backup_places, unwitnessed FROM copy"
        ).fetchone()
    if found is None:
        raise Damaged(
            N_("This vault was never finished, and nothing was stored in it. Delete the folder and create it again.")
        )
    counter, *office = found[:6]
    taken_ms, commit_seq, place, shelves, unwitnessed = found[6:]
    known = tuple(Shelved(*each) for each in json.loads(shelves or "[]"))
    kept = Kept(int(taken_ms or 0), int(commit_seq or 0), place or "", known)
    return int(counter), Office(*map(str, office)), kept, not unwitnessed
