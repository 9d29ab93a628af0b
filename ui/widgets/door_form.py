"""The form of the page Access: another passphrase, one more, or a door less. A known passphrase is asked each time."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.services import doors
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.fields import LineField
from ui.widgets.form import FormRow
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.jobs import Jobs
    from ui.widgets.text import Part


class Deed(Enum):
    """What is to be done: heading, how the known passphrase is called, what the button says, what is said after."""

    CHANGE = (
        N_("Change the passphrase"),
        N_("Passphrase until now"),
        N_("Change it"),
        N_("The new passphrase counts from now on."),
    )
    RECOVER = (
        N_("Set a new passphrase"),
        "",
        N_("Set it"),
        N_("The new passphrase counts from now on."),
    )
    ADD = (
        N_("Add a passphrase for a second person"),
        N_("Your own passphrase"),
        N_("Add it"),
        N_("Both passphrases open the vault from now on."),
    )
    REMOVE = (
        N_("Remove a door: {door}"),
        N_("A passphrase that stays"),
        N_("Remove it"),
        N_("Removed. It opens this vault no more."),
    )


class DoorForm(QWidget):
    """Ends with `done` (what to say), or with `left` when nothing is wanted any more."""

    done = Signal(str)
    left = Signal()

    def __init__(self, jobs: Jobs, tr: Translator, deed: Deed, *, door: str = "", called: str = "") -> None:
        """`door` is the id of the one to remove, `called` how the page calls it."""
        super().__init__()
        self._jobs, self._tr, self._deed, self._door = jobs, tr, deed, door
        heading, old, act, self._said = deed.value
        self.old = Passphrase(tr.text(old), tr)
        self.old_row = FormRow(tr.text(old), self.old)
        self.new = NewPassphrase(jobs, tr)
        self.whose = LineField(tr.text(N_("Who uses it")))
        self._whose_row = FormRow(tr.text(N_("Who uses it")), self.whose)
        self._go = button(tr.text(act), self.go, kind="primary")
        self._cancel = button(tr.text(N_("Cancel")), self.left.emit)
        self.status = text("", size="small", tone="danger")
        shown: dict[Deed, list[Part]] = {
            Deed.CHANGE: [self.old_row, self.new],
            Deed.RECOVER: [self.new],
            Deed.ADD: [self.old_row, self._whose_row, self.new],
            Deed.REMOVE: [self.old_row],
        }
        parts = [text(tr.text(heading, door=called) if called else tr.text(heading), size="large", bold=True)]
        self.setLayout(column([*parts, *shown[deed], row([self._go, self._cancel, None]), self.status], space=2 * STEP))
        self.setFocusProxy(self.new if deed is Deed.RECOVER else self.old)
        self.new.entered.connect(self.go)
        if deed is Deed.REMOVE:
            self.old.entered.connect(self.go)

    def go(self) -> None:
        """Do it; the derivations run on the vault's lane."""
        if not self._go.isEnabled():
            return
        if self._deed is not Deed.RECOVER and not self.old.value().strip():
            self.old_row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return
        new = "" if self._deed is Deed.REMOVE else self.new.value()
        if self._deed is not Deed.REMOVE and not new:
            return
        self._work(busy=True)
        self._jobs.write(self._wish(new), self._succeeded, self._failed)

    def _wish(self, new: str) -> Callable[[Session], Changes]:
        old = self.old.value()
        wishes: dict[Deed, Callable[[Session], Changes]] = {
            Deed.CHANGE: partial(doors.change_passphrase, old=old, new=new),
            Deed.RECOVER: partial(doors.change_passphrase, old="", new=new),
            Deed.ADD: partial(doors.add_passphrase, old=old, new=new, whose=self.whose.value()),
            Deed.REMOVE: partial(doors.remove, door=self._door, passphrase=old),
        }
        return wishes[self._deed]

    def _succeeded(self, changes: Changes) -> None:
        self.old.set_value("")
        self.new.forget()
        self.done.emit(said(self._said, changes, self._tr))

    def _failed(self, problem: Problem) -> None:
        self._work(busy=False)
        self.status.setText(sentence(problem, self._tr))
        self.old.line.selectAll()
        self.setFocus()

    def _work(self, *, busy: bool) -> None:
        self.status.setText(self._tr.text(N_("Making the keys. This takes some seconds…")) if busy else "")
        for part in (self._go, self._cancel, self.old, self.new, self.whose):
            part.setEnabled(not busy)


def said(words: str, changes: Changes, tr: Translator) -> str:
    """What was done, and below it what the service has to say of it."""
    return "\n".join([tr.text(words), *(tr.text(message, **values) for message, values in changes.notes)])
