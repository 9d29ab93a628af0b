"""What this computer tells of its locked screen and its sleep; each system's own way stands in a room of its own.

A computer that tells nothing is an ordinary one: the program's own clock counts all the same.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from ui.pages import DOORS, late

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.jobs import Jobs


class Notices(QObject):
    """Sends `due` with what led to it; this one is of a computer that tells nothing."""

    due = Signal(object)  # Why
    told = Signal(bool)  # whether this computer tells at all

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.jobs = jobs

    def listen(self) -> None:
        """Begin; what is not there is no error. `told` comes once it is known."""
        self.told.emit(False)


def notices(jobs: Jobs) -> Notices:
    """Those of the system this runs on."""
    door = f"notices {sys.platform}"
    return cast("Callable[[Jobs], Notices]", late(door))(jobs) if door in DOORS else Notices(jobs)
