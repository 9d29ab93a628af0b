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
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, column, restyle, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.services.key_store import Note
    from family_case.services.session import Session
    from ui.pages import Context

_WHOLE: Final = 1000  # steps of the progress bar
_FIELDS: Final = (
    N_("Passphrase of now"),
    N_("New passphrase"),
    N_("The new passphrase once more"),
)


class NewKeys(QWidget):
    """The vault waits while its pages are copied; the window stays awake, and Stop leaves all as it was."""

    changed = Signal()  # the vault has new keys, and other doors than before
    _far = Signal(float)  # from the vault's lane

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._stopped = context, False
        tr = context.tr
        self.fields = [Passphrase(tr.text(name), tr) for name in _FIELDS]
        self.rows = [FormRow(tr.text(name), field) for name, field in zip(_FIELDS, self.fields, strict=True)]
        self.start_button = button(tr.text(N_("Change the keys")), self.start)
        self.stop_button = button(tr.text(N_("Stop")), self.stop)
        self.stop_button.setEnabled(False)
        self.bar = QProgressBar(maximum=_WHOLE, textVisible=False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.status = text("", size="small", tone="muted")
        title = text(tr.text(N_("New keys")), size="large", bold=True)
        means = [text(tr.text(each), tone="muted") for each in rekeying.BEFORE]
        buttons = row([self.start_button, self.stop_button, None])
        self.setLayout(column([title, *means, *self.rows, buttons, self.bar, self.status], space=STEP))
        self.setFocusProxy(self.fields[0])
        self.fields[-1].entered.connect(self.start)
        self._far.connect(lambda share: self.bar.setValue(int(share * _WHOLE)))

    def start(self) -> None:
        """Change the keys, if all three fields say what they must."""
        tr = self._context.tr
        old, new, again = (field.value() for field in self.fields)
        for each in self.rows:
            each.set_error("")
        if not old.strip():
            self.rows[0].set_error(tr.text(N_("Type the passphrase first.")))
        elif not new.strip():
            self.rows[1].set_error(tr.text(N_("Type the new passphrase first.")))
        elif new != again:
            self.rows[2].set_error(tr.text(N_("The two passphrases differ. Nothing was changed.")))
        else:
            self._stopped = False
            self._work(tr.text(N_("Encrypting the vault anew. Other work waits until it is done.")))
            self._context.jobs.read(lambda session: self._rekey(session, old, new), self._done, self._failed)

    def stop(self) -> None:
        """Give up; the vault stays under its old keys."""
        self._stopped = True

    def _rekey(self, session: Session, old: str, new: str) -> tuple[Note, ...]:
        """On the vault's lane."""
        return rekeying.rekey(session, old, new, progress=self._far.emit, stopped=lambda: self._stopped)

    def _done(self, notes: tuple[Note, ...]) -> None:
        for field in self.fields:
            field.set_value("")
        self.bar.setValue(_WHOLE)
        self._end("\n".join(self._context.tr.text(message, **values) for message, values in notes), "")
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.bar.setValue(0)
        self._end(sentence(problem, self._context.tr), "danger")

    def _work(self, words: str) -> None:
        self._end(words, "muted", working=True)

    def _end(self, words: str, tone: str, *, working: bool = False) -> None:
        restyle(self.status, "tone", tone)
        self.status.setText(words)
        for part in (self.start_button, *self.fields):
            part.setEnabled(not working)
        self.stop_button.setEnabled(working)
