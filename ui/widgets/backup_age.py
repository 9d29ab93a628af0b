"""The age of the newest verified backup, always in sight at the foot of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from family_case.i18n import N_
from family_case.services import backups
from ui.widgets.text import restyle

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.backups import Standing
    from ui.feed import Feed
    from ui.jobs import Jobs

_HOUR_MS: Final = 3_600_000


def age_words(found: Standing, tr: Translator) -> str:
    """How old the newest verified backup is, in words."""
    if found.day is None:
        return tr.text(N_("no backup yet"))
    if not found.days:
        return tr.text(N_("backup of today, verified"))
    return tr.plural(N_("backup {n} day ago, verified"), N_("backup {n} days ago, verified"), found.days)


class BackupAge(QLabel):
    """Says how old the newest verified backup is; a shape and amber when work is in none for too long."""

    def __init__(self, jobs: Jobs, feed: Feed, tr: Translator) -> None:
        super().__init__()
        self._jobs, self._tr = jobs, tr
        self.setProperty("textsize", "small")
        self.setProperty("tone", "muted")
        self._timer = QTimer(self, interval=_HOUR_MS)
        self._timer.timeout.connect(self.read)
        self._timer.start()
        feed.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Ask the vault again, behind everything a person waits for."""
        self._jobs.read(backups.standing, self._show, key="backup age", urgent=False)

    def _changed(self, _changes: Changes) -> None:
        self.read()

    def _show(self, found: Standing) -> None:
        demo = self._jobs.opened is not None and bool(self._jobs.opened.demo_day)
        needless = demo and found.day is None  # invented cases need no backup
        words = "" if needless else age_words(found, self._tr)
        self.setText(f"▲ {words}" if found.due else words)
        restyle(self, "tone", "amber" if found.due else "muted")
