"""Restoring at the door: which backup, into which folder, with which passphrase, and then what came back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal

from family_case.chance import SystemClock, SystemIds
from family_case.i18n import N_
from ui.pages import late
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.fields import LineField
from ui.widgets.folder import FolderField
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, restyle, row, text
from ui.windows.sheet import Sheet, working
from ui.windows.wishes import Deed, complaint_about, usual_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.services.repairing import Repaired
    from family_case.services.restoring import Restored
    from ui.jobs import Jobs

_ABOUT = N_(
    "A restored vault gets a folder of its own; nothing is written over. The backup is checked whole before it counts, "
    "and stays as it is."
)
_REPAIR = N_(
    "What can still be read becomes a vault in a folder of its own. The damaged one is not touched: keep it until you "
    "have looked through the new one, and compare it with your newest backup."
)
# What differs where a vault is repaired and no backup restored: title, about, source, deed, working, done.
_WORDS = {
    False: (
        N_("Restore a backup"), _ABOUT, N_("Folder of the backup"), N_("Restore"),
        N_("Copying and checking. This takes some seconds…"), N_("Restored and checked"),
    ),
    True: (
        N_("Repair a vault"), _REPAIR, N_("Folder of the damaged vault"), N_("Repair"),
        N_("Reading what can be read. This may take minutes…"), N_("Repaired as far as possible"),
    ),
}  # fmt: skip
_ASKS_WEIGHT = frozenset({"needed", "present"})  # values of the refusal that can be answered with "try all the same"


class Restore(Sheet):
    """Ends with the folder of a vault that was brought back (`folder_chosen`), or with `other`."""

    folder_chosen = Signal(object)  # Path
    other = Signal()  # something else is wanted

    def __init__(self, jobs: Jobs, tr: Translator, source: Path | None = None, *, repairs: bool = False) -> None:
        """`source`: the folder to begin with; `repairs`: it is damaged, and what can be read of it is wanted."""
        self._title, about, place, deed, self._working, self._finished = _WORDS[repairs]
        super().__init__(tr.text(self._title))
        self._jobs, self._tr, self._door = jobs, tr, "repairing" if repairs else "restoring"
        self._accept_weight = False
        self.source, self.source_row = self._folder(place, N_("It holds header.a and main.db."))
        self.target, self.target_row = self._folder(N_("Folder for the vault"), N_("A new or empty folder."))
        self.source.set_value(str(source or ""))
        self.target.set_value(str(usual_folder() if source is None else source.with_name(f"{source.name}-2")))
        self.phrase = Passphrase(tr.text(N_("Passphrase")), tr)
        self.phrase_row = FormRow(
            tr.text(N_("Passphrase")),
            self.phrase,
            help_text=tr.text(N_("The one of the day of the backup.") if source is None else ""),
        )
        self.key = LineField(tr.text(N_("Recovery key")))
        self.key.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData)
        self.key_row = FormRow(
            tr.text(N_("Recovery key")), self.key, help_text=tr.text(N_("From the sheet of the day of the backup."))
        )
        self.way = button("", self.turn, kind="quiet")
        self.way.setVisible(not repairs)
        self.go = button(tr.text(deed), self.try_it, kind="primary")
        self._lay(about)
        self.phrase.entered.connect(self.try_it)
        self.key.returnPressed.connect(self.try_it)
        self._ask(by_key=False)
        (self.source if source is None else self.phrase).setFocus()

    def _lay(self, about: str) -> None:
        self._back = button(self._tr.text(N_("Back")), self.other.emit)
        self._bar, self.status = working(), text("", size="small", tone="muted")
        title, below = text(self._tr.text(self._title), size="title"), text(self._tr.text(about), tone="muted")
        rows = [self.source_row, self.target_row, self.phrase_row, self.key_row]
        self.put([title, below, STEP, *rows, row([self.go, self._back, self.way, None]), self._bar, self.status])

    def turn(self) -> None:
        """Ask for the key in the place of the passphrase, or the other way round."""
        self._ask(by_key=not self._by_key)
        self._secret.setFocus()

    def try_it(self) -> None:
        """Restore, off this thread; one attempt at a time."""
        if not self.go.isEnabled():
            return
        lacking = N_("Type the key first.") if self._by_key else N_("Type the passphrase first.")
        complaints = (
            (self.source_row, "" if self.source.value().strip() else N_("Choose a folder first.")),
            (self.target_row, complaint_about(self.target.path(), Deed.CREATE)),
            (self._secret, "" if self._secret.field.value().strip() else lacking),
        )
        wrong = [line for line, complaint in complaints if complaint]
        for line, complaint in complaints:
            line.set_error(self._tr.text(complaint) if complaint else "")
        if wrong:
            wrong[0].setFocus()
            return
        self._work(self._tr.text(self._working))
        self._jobs.compute(self._wish(), self._restored, self._failed)

    def _wish(self) -> Callable[[], Restored | Repaired]:
        restore = cast("Callable[..., Restored | Repaired]", late("restoring by key" if self._by_key else self._door))
        weight = {} if self._by_key else {"accept_weight": self._accept_weight}
        where, secret = (self.source.path(), self.target.path()), self._secret.field.value()
        return partial(restore, *where, secret, clock=SystemClock(), ids=SystemIds(), **weight)

    def _ask(self, *, by_key: bool) -> None:
        self._by_key = by_key
        self._secret = self.key_row if by_key else self.phrase_row
        self.key_row.setVisible(by_key)
        self.phrase_row.setVisible(not by_key)
        self.way.setText(self._tr.text(N_("With the passphrase") if by_key else N_("With the recovery key")))
        self.way.setAccessibleName(self.way.text())

    def _folder(self, name: str, helping: str) -> tuple[FolderField, FormRow]:
        words = self._tr.text(name)
        field = FolderField(words, self._tr)
        return field, FormRow(words, field, help_text=self._tr.text(helping))

    def _restored(self, found: Restored | Repaired) -> None:
        self.phrase.set_value("")
        self.key.set_value("")
        self._bar.hide()
        done = button(
            self._tr.text(N_("Open the vault")), partial(self.folder_chosen.emit, found.folder), kind="primary"
        )
        notes = [text(self._tr.text(message, **values)) for message, values in found.notes]
        self.put([text(self._tr.text(self._finished), size="title"), *notes, row([done, None])])
        done.setFocus()

    def _failed(self, problem: Problem) -> None:
        self._work("")
        restyle(self.status, "tone", "danger")
        self.status.setText(sentence(problem, self._tr))
        if problem.values.keys() >= _ASKS_WEIGHT:
            self._accept_weight = True
            self.go.setText(self._tr.text(N_("Try all the same")))

    def _work(self, words: str) -> None:
        restyle(self.status, "tone", "muted")
        self.status.setText(words)
        self._bar.setVisible(bool(words))
        for part in (self.go, self._back, self.way, self.source, self.target, self.phrase, self.key):
            part.setEnabled(not words)
