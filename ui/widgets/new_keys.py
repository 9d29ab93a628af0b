"""New keys for the vault: what it means, the passphrase of now and the one from then on, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from family_case.i18n import N_
from family_case.services import rekeying
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.form import FormRow
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, column, restyle, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.jobs import Jobs
    from ui.widgets.text import Part

_WHOLE: Final = 1000  # steps of the progress bar


class NewKeys(QWidget):
    """The vault waits while its pages are copied; the window stays awake, and Stop leaves all as it was.

    Ends with `done` (what to say), or with `left`. `known`: nobody asks for a passphrase until now (a recovery).
    """

    done = Signal(str)
    left = Signal()
    _far = Signal(float)  # from the vault's lane

    def __init__(self, jobs: Jobs, tr: Translator, *, known: bool = False) -> None:
        super().__init__()
        self._jobs, self._tr, self._known, self._stopped = jobs, tr, known, False
        self.old = Passphrase(tr.text(N_("Passphrase until now")), tr)
        self.old_row = FormRow(tr.text(N_("Passphrase until now")), self.old)
        self.old_row.setVisible(not known)
        self.new = NewPassphrase(jobs, tr)
        self.start_button = button(tr.text(N_("Change the keys")), self.start, kind="primary")
        self.stop_button = button(tr.text(N_("Cancel")), self.stop)
        self.bar = QProgressBar(maximum=_WHOLE, textVisible=False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.hide()
        self.status = text("", size="small", tone="muted")
        title = text(tr.text(N_("New keys")), size="large", bold=True)
        means = [text(tr.text(each), tone="muted") for each in rekeying.BEFORE]
        buttons = row([self.start_button, self.stop_button, None])
        parts: list[Part] = [title, *means, self.old_row, self.new, buttons, self.bar, self.status]
        self.setLayout(column(parts, space=2 * STEP))
        self.setFocusProxy(self.new if known else self.old)
        self.new.entered.connect(self.start)
        self._far.connect(lambda share: self.bar.setValue(int(share * _WHOLE)))

    def start(self) -> None:
        """Change the keys, if the fields say what they must."""
        if not self.start_button.isEnabled():
            return
        old = self.old.value()
        if not self._known and not old.strip():
            self.old_row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return
        new = self.new.value()
        if new:
            self.old_row.set_error("")
            self._stopped = False
            self._work(self._tr.text(N_("Encrypting the vault anew. Other work waits until it is done.")), busy=True)
            self._jobs.write(lambda session: self._rekey(session, old, new), self._done, self._failed)

    def stop(self) -> None:
        """Give up; the vault stays under its old keys."""
        if self.start_button.isEnabled():
            self.left.emit()
        self._stopped = True

    def _rekey(self, session: Session, old: str, new: str) -> Changes:
        """On the vault's lane."""
        return rekeying.rekey(session, old, new, progress=self._far.emit, stopped=lambda: self._stopped)

    def _done(self, changes: Changes) -> None:
        self.old.set_value("")
        self.new.forget()
        self.done.emit("\n".join(self._tr.text(message, **values) for message, values in changes.notes))

    def _failed(self, problem: Problem) -> None:
        self._work(sentence(problem, self._tr), busy=False)
        restyle(self.status, "tone", "danger")
        self.setFocus()

    def _work(self, words: str, *, busy: bool) -> None:
        restyle(self.status, "tone", "muted")
        self.status.setText(words)
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.stop_button.setText(self._tr.text(N_("Stop") if busy else N_("Cancel")))
        for part in (self.start_button, self.old, self.new):
            part.setEnabled(not busy)
