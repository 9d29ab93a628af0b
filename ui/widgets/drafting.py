"""Drafts of a form: a field is kept one second after the last key, and comes back with the form until it is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from family_case.services import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.services.session import Session
    from ui.jobs import Jobs

REST_MS: Final = 1000  # after the last key


class Drafting(QObject):
    """Keeps the fields of one form in one case; `value` tells the text of a field when it is to be written."""

    def __init__(self, jobs: Jobs, form: str, case_id: str, value: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self.form, self.case_id = form, case_id
        self._jobs, self._value = jobs, value
        self._waiting: dict[str, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self.keep)

    def load(self, done: Callable[[dict[str, str]], None]) -> None:
        """Give the fields of the draft as typed; an empty table when there is none."""
        self._jobs.read(partial(drafts.load, form=self.form, case_id=self.case_id), done)

    def touched(self, field: str) -> None:
        """Write this field once the keyboard has rested; nothing where the vault is open read-only."""
        if self._jobs.opened is not None and self._jobs.opened.read_only:
            return
        self._waiting[field] = None
        self._timer.start()

    def keep(self) -> None:
        """Write what waits now."""
        for word in self.last_words():
            self._jobs.read(word, self._kept)
        self._waiting.clear()
        self._timer.stop()

    def drop(self) -> None:
        """Forget the draft."""
        self._waiting.clear()
        self._timer.stop()
        if self._jobs.opened is not None and self._jobs.opened.read_only:
            return
        self._jobs.read(partial(drafts.drop, form=self.form, case_id=self.case_id), self._kept)

    def last_words(self) -> list[Callable[[Session], object]]:
        """What was not yet written, as calls for the lane."""
        return [
            partial(drafts.save, form=self.form, case_id=self.case_id, field=field, value=self._value(field))
            for field in self._waiting
        ]

    def _kept(self, _nothing: object) -> None:
        """Nobody is told: a draft is no evidence and no news."""
