"""Whether the vault still lies where it was opened: its folder and its database are looked at once a second.

Only names are looked up, no file is opened (see docs/vault-format.md: nobody else opens the database). It is asked, not
told: no system tells of every medium, while a name that leads elsewhere is seen on all of them. A disk that does not
answer holds up neither window nor lock; it is not gone as long as it has not said so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from ui.jobs import Jobs

DATABASE: Final = "main.db"
EVERY_MS: Final = 1000

Standing = tuple[int, int, int]  # device and number of the folder, device of the database


def standing(folder: Path) -> Standing | None:
    """Which folder is there, and on which device its database; None: none. A change of keys exchanges the database."""
    try:
        place, database = folder.stat(), (folder / DATABASE).stat()
    except OSError:
        return None
    return place.st_dev, place.st_ino, database.st_dev


class Medium(QObject):
    """Sends `gone` once when the vault's folder is not the one it was."""

    gone = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._folder: Path | None = None
        self._first: Standing | None = None
        self._waiting = False
        self._tick = QTimer(self, interval=EVERY_MS)
        self._tick.timeout.connect(self.look)
        jobs.stumbled.connect(self.look)

    def watch(self, folder: Path) -> None:
        """Begin with what lies in `folder` now."""
        self._folder, self._first = folder, None
        self._tick.start()
        self.look()

    def stop(self) -> None:
        """Watch no more."""
        self._folder = None
        self._tick.stop()

    def look(self) -> None:
        """Ask what is there, unless the last question still waits for its disk."""
        if self._folder is not None and not self._waiting:
            self._waiting = True
            self._jobs.watch("medium", partial(standing, self._folder), self._seen)

    def _seen(self, found: Standing | None) -> None:
        self._waiting = False
        if self._first is None:
            self._first = found
        elif found != self._first and self._folder is not None:
            self.stop()
            self.gone.emit()
