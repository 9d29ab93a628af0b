"""All that leads to the lock, in one place: time, the computer's own notices, a medium that is gone, the panic key.

It also covers the window during a call. It decides nothing of what the lock does; that is the application's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Signal

from family_case.i18n import N_
from ui.idle import AT_DESK, ON_CALL, Idle
from ui.pages import late
from ui.windows.cover import Cover
from ui.windows.locking import Why
from ui.windows.medium import Medium

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from family_case.chance import Clock
    from ui.jobs import Jobs
    from ui.language import Language
    from ui.windows.notices import Notices

COVERED: Final = N_("Covered during the call. Any key shows the window again.")


class Guard(QObject):
    """Watches from the moment a vault is open."""

    lock = Signal(object)  # Why
    paced = Signal(bool)  # whether one is on a call
    told = Signal(bool)  # whether the computer tells of its screen and its sleep

    def __init__(self, app: QApplication, clock: Clock, jobs: Jobs, language: Language) -> None:
        super().__init__()
        self._app, self._jobs, self._language = app, jobs, language
        self.idle = Idle(clock)
        self.cover = Cover(app)
        self.medium = Medium(jobs)
        self._notices: Notices | None = None
        self.idle.due.connect(self._timed_out)
        self.idle.cover_due.connect(self._darken)
        self.cover.touched.connect(self._lighten)
        self.medium.gone.connect(partial(self.lock.emit, Why.MEDIUM))
        for key in (self.idle.panic, self.cover.panic):
            key.connect(partial(self.lock.emit, Why.ASKED))

    @property
    def on_call(self) -> bool:
        """Whether one is on a call: covered early, locked late."""
        return self.idle.pace == ON_CALL

    def start(self, folder: Path) -> None:
        """The vault in `folder` is open: watch from now on."""
        self.idle.start(self._app)
        self.medium.watch(folder)
        if self._notices is None:
            self._notices = cast("Callable[[Jobs], Notices]", late("notices"))(self._jobs)
            self._notices.due.connect(self.lock)
            self._notices.told.connect(self.told)
            self._notices.listen()

    def stop(self) -> None:
        """The vault is closed: watch no more."""
        self.idle.stop()
        self.medium.stop()

    def call(self, *, on: bool) -> None:
        """Go on a call, or back to the desk."""
        self.paced.emit(on)
        self.idle.take(ON_CALL if on else AT_DESK)

    def _timed_out(self) -> None:
        self.lock.emit(Why.DAY if self.idle.day_is_over() else Why.IDLE)

    def _darken(self) -> None:
        if not self.cover.drawn:
            self.cover.draw(self._language.tr.text(COVERED))

    def _lighten(self) -> None:
        self.idle.touched()
        if self.idle.seconds_left() > 0:
            self.cover.lift()
