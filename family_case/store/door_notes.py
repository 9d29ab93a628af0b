"""What this copy of the vault remembers of its doors: since when each is there, and whose it is. Never a secret.

The header, which lies in clear, tells neither; so it stands in the row that names this copy.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlcipher3 import dbapi2


@dataclass(frozen=True, slots=True)
class DoorNote:
    """Of one door: its id (hex), when it was made (UTC milliseconds), whose it is."""

    id: str
    made_ms: int
    whose: str = ""


def noted(connection: dbapi2.Connection) -> dict[str, DoorNote]:
    """What is remembered, by the door's id; of a door made elsewhere there is nothing."""
    with translated():
        found = connection.execute("SELECT doors FROM copy").fetchone()
    rows = json.loads(found[0] or "[]") if found else []
    return {note.id: note for note in (DoorNote(*each) for each in rows)}


def column(notes: Iterable[DoorNote]) -> dict[str, str | int | None]:
    """The column that holds `notes`."""
    return {"doors": json.dumps([astuple(each) for each in notes], ensure_ascii=False)}
