"""The unlock window: a neutral title, one field, and nothing remembered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer, Signal

from family_case.errors import Damaged, Unavailable
from family_case.i18n import N_
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, row, text
from ui.windows.agreement import choice
from ui.windows.sheet import Sheet, working
from ui.windows.wishes import Deed, Wish, ask, load_ahead, look_for_key_store, may_be_written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from family_case.errors import Problem
    from family_case.i18n import InWords, Translator
    from ui.jobs import Jobs, Opened

_DISAGREES: Final = "findings"  # value of the refusal of a vault that is not as it was left
_ASKS_WEIGHT = frozenset(
    {"needed", "present"}
)  # values of the one refusal that can be answered with "try all the same"
_AFTER_PICTURE_MS: Final = 100  # the window is there; its person begins to type, and the rest may be loaded


class Unlock(Sheet):
    """Asks for the passphrase of the vault in `folder`; the key is derived on the lane while the window stays awake."""

    opened = Signal(object)  # Opened
    recovered = Signal(object)  # Opened, by the recovery key
    other = Signal()  # another vault is wanted
    copy_wanted = Signal(object, bool)  # Path: this folder restored into a new one; repaired on the way, if so
    restore_wanted = Signal()

    def __init__(self, jobs: Jobs, tr: Translator, folder: Path, why: str = "") -> None:
        """`why`: what led to the lock, as a message."""
        super().__init__(tr.text(N_("Unlock")))
        self._jobs, self._tr, self._folder = jobs, tr, folder
        self._accept_weight = self._key_store_answers = self._repairs = False
        self._why = why
        self.ask()
        QTimer.singleShot(_AFTER_PICTURE_MS, self, partial(load_ahead, jobs, self._look_for_key_store))

    def ask(self) -> None:
        """Ask for the passphrase."""
        tr = self._tr
        self.field = Passphrase(tr.text(N_("Passphrase")), tr)
        self.row = FormRow(tr.text(N_("Passphrase")), self.field)
        self.field.entered.connect(self.try_it)
        self._build(N_("Open with the recovery key"), self.ask_key)
        self.field.setFocus()

    def ask_key(self) -> None:
        """Ask for the key on paper; it is shown as it is typed, to be compared."""
        tr = self._tr
        self.key = LineField(tr.text(N_("Recovery key")))
        self.key.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData)
        helping = N_("Eight groups from the sheet. Spaces, dashes and small letters make no difference.")
        self.row = FormRow(tr.text(N_("Recovery key")), self.key, help_text=tr.text(helping))
        self.key.returnPressed.connect(self.try_it)
        self._build(N_("Open with the passphrase"), self.ask)
        self.key.setFocus()

    def try_it(self, *, read_only: bool = False, despite: bool = False) -> None:
        """Try what was typed; one attempt at a time.

        `read_only`: nothing shall be written. `despite`: what does not agree is accepted.
        """
        if not self._button.isEnabled():
            return
        entered, by_key = self.row.field.value(), self._asks_key()
        if not entered.strip():
            empty = N_("Type the key first.") if by_key else N_("Type the passphrase first.")
            self.row.set_error(self._tr.text(empty))
            return
        self._work(self._tr.text(N_("Opening. The key takes about a second…")))
        deed = Deed.RECOVER if by_key else Deed.OPEN
        weight = self._accept_weight
        wish = Wish(deed, self._folder, entered, accept_weight=weight, read_only=read_only, despite=despite)
        ask(self._jobs, wish, self._done, self._failed)

    def by_key_store(self) -> None:
        """Try the key store of this computer; the passphrase can be tried after it."""
        self._work(self._tr.text(N_("Asking the key store. It may ask you for a password of its own.")))
        ask(self._jobs, Wish(Deed.KEY_STORE, self._folder, ""), self._done, self._failed)

    def _look_for_key_store(self) -> None:
        look_for_key_store(self._jobs, self._folder, self._offer_key_store)

    def _offer_key_store(self, there: bool) -> None:  # noqa: FBT001 - an answer
        self._key_store_answers = there
        self.key_store.setVisible(there)

    def _asks_key(self) -> bool:
        return isinstance(self.row.field, LineField)

    def _build(self, other_way: str, turn: Callable[[], object]) -> None:
        tr = self._tr
        self._button = button(tr.text(N_("Open")), self.try_it, kind="primary")
        self.look = button(tr.text(N_("Open read-only")), lambda: self.try_it(read_only=True))
        self.look.setVisible(not may_be_written(self._folder))
        self.copy = button("", self._ask_copy)
        self.copy.hide()
        self._way = button(tr.text(other_way), turn, kind="quiet")
        self._other = button(tr.text(N_("Another vault…")), self.other.emit, kind="quiet")
        self.key_store = button(tr.text(N_("Open with this computer's key store")), self.by_key_store)
        self.key_store.setVisible(self._key_store_answers)
        self._bar = working()
        self._status = text("", size="small", tone="muted")
        where = text(str(self._folder), size="small", tone="muted")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heading = text(tr.text(N_("Unlock")), size="title")
        said = [text(tr.text(self._why))] if self._why else []
        buttons = row([self._button, self._way, self._other, None])
        ways = Flow([self.look, self.copy, self.key_store], space=STEP)
        self.put([heading, where, *said, STEP, self.row, buttons, ways, self._bar, self._status])

    def _done(self, opened: Opened) -> None:
        by_key = self._asks_key()
        self.row.field.set_value("")
        (self.recovered if by_key else self.opened).emit(opened)

    def _failed(self, problem: Problem) -> None:
        if _DISAGREES in problem.values:
            self._choose(cast("InWords", problem.values[_DISAGREES]))
            return
        self._work("")
        self.row.set_error(sentence(problem, self._tr))
        self._offer_other_ways(problem)
        if problem.values.keys() >= _ASKS_WEIGHT:
            self._accept_weight = True
            self._button.setText(self._tr.text(N_("Try all the same")))
        line = self.key if self._asks_key() else self.field.line
        line.setFocus()
        line.selectAll()

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

    def _choose(self, findings: InWords) -> None:
        """What is to be done with a vault that is not as it was left; what was typed need not be typed again."""
        again = partial(self._again, self.ask_key if self._asks_key() else self.ask, self.row.field.value())
        look, accept = partial(again, read_only=True), partial(again, despite=True)
        self.put(choice(findings, self._tr, look, self.restore_wanted.emit, accept))

    def _again(self, form: Callable[[], None], entered: str, *, read_only: bool = False, despite: bool = False) -> None:
        form()
        self.row.field.set_value(entered)
        self.try_it(read_only=read_only, despite=despite)

    def _work(self, status: str) -> None:
        self._status.setText(status)
        self._bar.setVisible(bool(status))
        for part in (self._button, self._way, self.look, self.copy, self._other, self.key_store, self.row):
            part.setEnabled(not status)
