"""The key store of this computer as a door: whether it is open, what that means, and turning it on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.services import key_store
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, column, restyle, row, text

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.key_store import Standing
    from ui.jobs import Jobs

_OFF = N_("Off: the vault opens by what you know or have on paper, and by no computer's key store.")
_ON = N_("On: the vault also opens by the key store of the computer it was turned on at.")


class KeyStoreDoor(QWidget):
    """Asks for the passphrase before it makes a door: whoever finds the vault open must not make himself one."""

    done = Signal(str)  # nothing is left to say here: all is said in the panel
    left = Signal()

    def __init__(self, jobs: Jobs, tr: Translator, folder: Path) -> None:
        super().__init__()
        self._jobs, self._tr, self._folder = jobs, tr, folder
        self.state = text("", bold=True)
        self.status = text("", size="small", tone="muted")
        self.field = Passphrase(tr.text(N_("Passphrase")), tr)
        self.row = FormRow(tr.text(N_("Passphrase")), self.field)
        self.on_button = button(tr.text(N_("Turn on")), self.turn_on)
        self.off_button = button(tr.text(N_("Turn off")), self.turn_off)
        title = text(tr.text(N_("Key store of this computer")), size="large", bold=True)
        leave = button(tr.text(N_("Close")), self.left.emit)
        meaning = text(tr.text(key_store.MEANING), tone="muted")
        buttons = row([self.on_button, self.off_button, leave, None])
        self.setLayout(column([title, meaning, self.state, self.row, buttons, self.status], space=2 * STEP))
        self.setFocusProxy(self.field)
        self.field.entered.connect(self.turn_on)
        self._busy = False
        self._show(on=False, working=True)
        self.reload()

    def reload(self) -> None:
        """Look again whether the door is there and the store answers; nobody waits for it."""
        folder = self._folder
        self._jobs.compute(lambda: key_store.standing(folder), self._stand, self._failed, key="key store")

    def turn_on(self) -> None:
        """Make the door, if the passphrase is right."""
        passphrase = self.field.value()
        if not passphrase.strip():
            self.row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return
        self.row.set_error("")
        self._wait()
        self._jobs.write(lambda session: key_store.turn_on(session, passphrase), self._done, self._failed)

    def turn_off(self) -> None:
        """Close the door."""
        self._wait()
        self._jobs.write(key_store.turn_off, self._done, self._failed)

    def _wait(self) -> None:
        self._busy = True
        self._say(self._tr.text(N_("Asking the key store. It may ask you for a password of its own.")), "muted")
        for part in (self.on_button, self.off_button, self.field):
            part.setEnabled(False)

    def _stand(self, found: Standing) -> None:
        self._show(on=found.on, possible=found.trouble is None)
        if found.trouble is not None:
            self._say(sentence(found.trouble, self._tr), "muted")

    def _show(self, *, on: bool, possible: bool = True, working: bool = False) -> None:
        self.state.setText("" if working else self._tr.text(_ON if on else _OFF))
        self.row.setVisible(not on and possible and not working)
        self.on_button.setVisible(not on and possible and not working)
        self.off_button.setVisible(on and not working)
        for part in (self.on_button, self.off_button, self.field):
            part.setEnabled(True)
        if self._busy:  # else the keyboard would be somewhere outside the panel
            self._busy = False
            (self.off_button if on else self.field).setFocus()

    def _done(self, changes: Changes) -> None:
        self.field.set_value("")
        told = [self._tr.text(said, **more) for said, more in changes.notes if said != key_store.MEANING]
        self._say("\n".join(told), "")
        self.reload()

    def _failed(self, problem: Problem) -> None:
        self._say(sentence(problem, self._tr), "danger")
        self._busy = False
        for part in (self.on_button, self.off_button, self.field):
            part.setEnabled(True)
        (self.field if self.row.isVisible() else self.off_button).setFocus()

    def _say(self, words: str, tone: str) -> None:
        restyle(self.status, "tone", tone)
        self.status.setText(words)
