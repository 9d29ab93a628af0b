"""Backing up: where to, how far it is, and how it ended. The vault stays in use meanwhile."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from family_case.i18n import N_
from family_case.services import backups
from ui.pages import Page
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.backup_age import age_words
from ui.widgets.folder import FolderField
from ui.widgets.form import FormRow
from ui.widgets.icons import icon
from ui.widgets.read_only import only_where_written
from ui.widgets.text import button, column, holding, put_icon, restyle, row, text

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtWidgets import QWidget

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.backups import Pending, Proven, Standing
    from family_case.services.session import Session
    from ui.pages import Context

_WIDTH: Final = 80 * STEP
_WHOLE: Final = 1000  # steps of the progress bar
_ABOUT: Final = N_(
    "A backup is an encrypted copy of the whole vault in a folder of its own. It counts only after it was read back "
    "from its disk and checked. Best is a stick that lies elsewhere than the computer."
)


class Errand:
    """One backup under way, and whether somebody stopped it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stopped = False
        self._pending: Pending | None = None

    def copy(self, session: Session) -> Generator[float, None, Pending]:
        """Copy in steps, on the vault's lane."""
        return backups.take(session, self.folder, stopped=lambda: self.stopped)

    def prove(self, pending: Pending) -> Proven:
        """Prove, on the side lane."""
        self._pending = pending
        pending.proof.stopped = self.stopped
        return backups.prove(pending)

    def stop(self) -> None:
        """Give up soon."""
        self.stopped = True
        if self._pending is not None:
            self._pending.proof.stop()


class BackupPage(Page):
    """One folder, one button, and what came of it."""

    tables = frozenset({"copy"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._errand: Errand | None = None
        self._build()
        self.reload()

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("Backup"))

    def reload(self) -> None:
        """Read again how old the newest backup is."""
        self.context.jobs.read(backups.standing, self._stand)

    def focus_first(self) -> None:
        """Into the folder while it is empty, else onto the button."""
        (self.start_button if self.folder.value() else self.folder).setFocus()

    def panes(self) -> list[QWidget]:
        """Only the form."""
        return [self.folder]

    def start(self) -> None:
        """Begin, unless one is under way."""
        if self._errand is not None:
            return
        if not self.folder.value().strip():
            self.folder_row.set_error(self.context.tr.text(N_("Choose a folder first.")))
            return
        self._errand = Errand(self.folder.path())
        self._work(N_("Copying. You can go on working."))
        self.context.jobs.long(self._errand.copy, self._copied, self._failed, self._far)

    def stop(self) -> None:
        """Give up what is under way; nothing of it stays."""
        if self._errand is not None:
            self._errand.stop()

    def _build(self) -> None:
        tr = self.context.tr
        self._age = text("", bold=True)
        self.folder = FolderField(tr.text(N_("Folder for backups")), tr)
        self.folder_row = FormRow(tr.text(N_("Folder for backups")), self.folder)
        self.start_button = button(
            tr.text(N_("Back up now")), self.start, kind="primary", icon=icon("save", self.context.colours.on_accent)
        )
        only_where_written(self.context, self.start_button)
        self.stop_button = button(tr.text(N_("Stop")), self.stop)
        self.stop_button.setEnabled(False)
        self.bar = QProgressBar(maximum=_WHOLE, textVisible=False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.status = text("", size="small", tone="muted")
        inner = holding(
            column(
                [
                    text(tr.text(N_("Backup")), size="title", bold=True),
                    text(tr.text(_ABOUT), tone="muted"),
                    self._age,
                    self.folder_row,
                    row([self.start_button, self.stop_button, None]),
                    self.bar,
                    self.status,
                    None,
                ],
                space=2 * STEP,
            )
        )
        inner.setMaximumWidth(_WIDTH)
        outer = row([inner, None], margin=2 * STEP)
        outer.setStretch(0, 100)
        self.setLayout(outer)
        self.folder.line.returnPressed.connect(self.start)

    def _stand(self, found: Standing) -> None:
        tr = self.context.tr
        words = age_words(found, tr)
        if found.behind and found.day is not None:
            words += " · " + tr.text(N_("something was written since"))
        self._age.setText(words)
        if found.place and not self.folder.value():
            self.folder.set_value(found.place)

    def _far(self, share: float) -> None:
        self.bar.setValue(int(share * _WHOLE))

    def _copied(self, pending: Pending) -> None:
        errand = self._errand
        if errand is not None:
            self._work(N_("Reading it back from the disk and checking it."))
            self.context.jobs.compute(partial(errand.prove, pending), self._proven, self._failed)

    def _proven(self, proven: Proven) -> None:
        self.context.jobs.write(lambda session: backups.remember(session, proven), self._done, self._failed)

    def _done(self, changes: Changes) -> None:
        tr = self.context.tr
        self.bar.setValue(_WHOLE)
        done = tr.text(N_("Done and verified: {name}"), name=Path(changes.made).name)
        self._end("\n".join([done, *(tr.text(message, **values) for message, values in changes.notes)]), "")

    def _failed(self, problem: Problem) -> None:
        self.bar.setValue(0)
        self._end(sentence(problem, self.context.tr), "danger")

    def _work(self, message: str) -> None:
        self._end(self.context.tr.text(message), "muted", working=True)

    def _end(self, words: str, tone: str, *, working: bool = False) -> None:
        restyle(self.status, "tone", tone)
        self.status.setText(words)
        after, before = (self.stop_button, self.start_button) if working else (self.start_button, self.stop_button)
        after.setEnabled(True)
        if before.hasFocus() or (working and self.folder.line.hasFocus()):
            after.setFocus()  # else the keyboard would be somewhere outside the page
        before.setEnabled(False)
        colours = self.context.colours
        put_icon(self.start_button, icon("save", colours.muted if working else colours.on_accent), 18)
        self.folder.setEnabled(not working)
        if not working:
            self._errand = None
