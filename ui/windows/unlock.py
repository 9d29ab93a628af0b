"""The unlock window: a neutral title, one field, and nothing remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal

from family_case.i18n import N_
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, row, text
from ui.windows.sheet import Sheet, working
from ui.windows.wishes import Deed, Wish, ask, load_ahead, look_for_key_store

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

    def __init__(self, jobs: Jobs, tr: Translator, folder: Path) -> None:
        super().__init__(tr.text(N_("Unlock")))
        self._jobs, self._tr, self._folder = jobs, tr, folder
        self._accept_weight = False
        self._build()
        self.field.entered.connect(self.try_it)
        self.field.setFocus()
        QTimer.singleShot(_AFTER_PICTURE_MS, self, self._look_ahead)

    def try_it(self) -> None:
        """Try the passphrase; one attempt at a time."""
        if not self._button.isEnabled():
            return
        if not self.field.value().strip():
            self.row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return
        self._work(self._tr.text(N_("Opening. The key takes about a second…")))
        wish = Wish(Deed.OPEN, self._folder, self.field.value(), accept_weight=self._accept_weight)
        ask(self._jobs, wish, self._done, self._failed)

    def by_key_store(self) -> None:
        """Try the key store of this computer; the passphrase can be tried after it."""
        self._work(self._tr.text(N_("Asking the key store. It may ask you for a password of its own.")))
        ask(self._jobs, Wish(Deed.KEY_STORE, self._folder, ""), self._done, self._failed)

    def _look_ahead(self) -> None:
        load_ahead(self._jobs, self._look_for_key_store)

    def _look_for_key_store(self) -> None:
        look_for_key_store(self._jobs, self._folder, self._offer_key_store)

    def _offer_key_store(self, there: bool) -> None:  # noqa: FBT001 - an answer
        self.key_store.setVisible(there)

    def _build(self) -> None:
        tr = self._tr
        self.field = Passphrase(tr.text(N_("Passphrase")), tr)
        self.row = FormRow(tr.text(N_("Passphrase")), self.field)
        self._button = button(tr.text(N_("Open")), self.try_it, kind="primary")
        self._other = button(tr.text(N_("Another vault…")), self.other.emit, kind="quiet")
        self.key_store = button(tr.text(N_("Open with this computer's key store")), self.by_key_store)
        self.key_store.hide()
        self._bar = working()
        self._status = text("", size="small", tone="muted")
        where = text(str(self._folder), size="small", tone="muted")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heading, buttons = text(tr.text(N_("Unlock")), size="title"), row([self._button, self._other, None])
        self.put([heading, where, STEP, self.row, buttons, self.key_store, self._bar, self._status])

    def _done(self, opened: Opened) -> None:
        self.field.set_value("")
        self.opened.emit(opened)

    def _failed(self, problem: Problem) -> None:
        self._work("")
        self.row.set_error(sentence(problem, self._tr))
        if problem.values.keys() >= _ASKS_WEIGHT:
            self._accept_weight = True
            self._button.setText(self._tr.text(N_("Try all the same")))
        self.field.line.setFocus()
        self.field.line.selectAll()

    def _work(self, status: str) -> None:
        self._status.setText(status)
        self._bar.setVisible(bool(status))
        for part in (self._button, self._other, self.key_store, self.field):
            part.setEnabled(not status)
