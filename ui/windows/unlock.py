"""The unlock window: a neutral title, one field, and nothing remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal

from family_case.errors import Damaged, Unavailable
from family_case.i18n import N_
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.flow import Flow
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, text
from ui.windows.sheet import Sheet, working
from ui.windows.wishes import Deed, Wish, ask, load_ahead, may_be_written

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from ui.jobs import Jobs, Opened

_ASKS_WEIGHT = frozenset(
    {"needed", "present"}
)  # values of the one refusal that can be answered with "try all the same"
_AFTER_PICTURE_MS: Final = 100  # the window is there; its person begins to type, and the rest may be loaded


class Unlock(Sheet):
    """Asks for the passphrase of the vault in `folder`; the key is derived on the lane while the window stays awake."""

    opened = Signal(object)  # Opened
    other = Signal()  # another vault is wanted
    copy_wanted = Signal(object, bool)  # Path: this folder restored into a new one; repaired on the way, if so

    def __init__(self, jobs: Jobs, tr: Translator, folder: Path) -> None:
        super().__init__(tr.text(N_("Unlock")))
        self._jobs, self._tr, self._folder = jobs, tr, folder
        self._accept_weight = self._repairs = False
        self._build()
        self.field.entered.connect(self.try_it)
        self.field.setFocus()
        QTimer.singleShot(_AFTER_PICTURE_MS, self, partial(load_ahead, jobs))

    def try_it(self, *, read_only: bool = False) -> None:
        """Try the passphrase; one attempt at a time. `read_only`: nothing shall be written."""
        if not self._button.isEnabled():
            return
        if not self.field.value().strip():
            self.row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return
        self._work(self._tr.text(N_("Opening. The key takes about a second…")))
        wish = Wish(Deed.OPEN, self._folder, self.field.value(), accept_weight=self._accept_weight)
        wish = replace(wish, read_only=read_only)
        ask(self._jobs, wish, self._done, self._failed)

    def _build(self) -> None:
        tr = self._tr
        self.field = Passphrase(tr.text(N_("Passphrase")), tr)
        self.row = FormRow(tr.text(N_("Passphrase")), self.field)
        self._button = button(tr.text(N_("Open")), self.try_it, kind="primary")
        self.look = button(tr.text(N_("Open read-only")), lambda: self.try_it(read_only=True))
        self.look.setVisible(not may_be_written(self._folder))
        self.copy = button("", self._ask_copy)
        self.copy.hide()
        self._other = button(tr.text(N_("Another vault…")), self.other.emit, kind="quiet")
        self._bar = working()
        self._status = text("", size="small", tone="muted")
        where = text(str(self._folder), size="small", tone="muted")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heading, buttons = (
            text(tr.text(N_("Unlock")), size="title"),
            Flow([self._button, self.look, self.copy, self._other], space=STEP),
        )
        self.put([heading, where, STEP, self.row, buttons, self._bar, self._status])

    def _done(self, opened: Opened) -> None:
        self.field.set_value("")
        self.opened.emit(opened)

    def _failed(self, problem: Problem) -> None:
        self._work("")
        self.row.set_error(sentence(problem, self._tr))
        self._offer_other_ways(problem)
        if problem.values.keys() >= _ASKS_WEIGHT:
            self._accept_weight = True
            self._button.setText(self._tr.text(N_("Try all the same")))
        self.field.line.setFocus()
        self.field.line.selectAll()

    def _offer_other_ways(self, problem: Problem) -> None:
        """Read-only where the surroundings say no; a copy where the log is in the way; a repair where it is damaged."""
        self.look.setVisible(self.look.isVisible() or isinstance(problem, Unavailable))
        self._repairs = isinstance(problem, Damaged)
        self.copy.setVisible(self._repairs or problem.values.get("way") == "copy")
        words = N_("Repair into a new folder…") if self._repairs else N_("Restore into a new folder…")
        self.copy.setText(self._tr.text(words))
        self.copy.setAccessibleName(self._tr.text(words))

    def _ask_copy(self) -> None:
        self.copy_wanted.emit(self._folder, self._repairs)

    def _work(self, status: str) -> None:
        self._status.setText(status)
        self._bar.setVisible(bool(status))
        for part in (self._button, self.look, self.copy, self._other, self.field):
            part.setEnabled(not status)
