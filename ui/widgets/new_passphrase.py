"""A new passphrase: one drawn by chance is offered first; whoever wants one of his own types it and sees it weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.services.session import offer_phrase, strength
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase, say_offered, say_weight
from ui.widgets.text import button, column, holding, put_alone, row, text

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from ui.jobs import Jobs
    from ui.widgets.text import Part


class NewPassphrase(QWidget):
    """`value()` is the new passphrase once it was typed from the paper; else it says what is wrong and is empty."""

    entered = Signal()

    def __init__(self, jobs: Jobs, tr: Translator) -> None:
        super().__init__()
        self._jobs, self._tr = jobs, tr
        self._offered = ""
        self._own = False
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.ask(own=False)

    def ask(self, *, own: bool) -> None:
        """Offer a phrase, or let the person choose."""
        tr = self._tr
        self._own = own
        self.first = Passphrase(tr.text(N_("New passphrase")), tr)
        self.again = Passphrase(tr.text(N_("Type it once more")), tr)
        self.first_row = FormRow(tr.text(N_("New passphrase")), self.first)
        self.again_row = FormRow(tr.text(N_("Type it once more")), self.again)
        self.phrase = text("", size="large", bold=True)
        self.phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.phrase.setAccessibleName(tr.text(N_("Offered passphrase")))
        self.strength = text("", size="small", tone="muted")
        self.again.entered.connect(self.entered)
        other = N_("Take the offered phrase") if own else N_("Choose my own instead")
        switch = button(tr.text(other), lambda: self.ask(own=not own), kind="quiet")
        another = button(tr.text(N_("Another one")), self._offer, kind="quiet")
        paper = N_("Write it on paper and keep it apart from the computer. It cannot be reset.")
        parts: list[Part] = [text(tr.text(paper), tone="muted")]
        parts += [self.first_row, self.strength] if own else [self.phrase, self.strength]
        parts += [self.again_row, row([switch, None] if own else [another, switch, None])]
        put_alone(self._room, holding(column(parts)))
        self.setFocusProxy(self.first if own else self.again)
        if own:
            self.first.edited.connect(self._weigh)
        else:
            self._offer()

    def value(self) -> str:
        """The new passphrase; empty while the two do not match."""
        phrase = self.first.value() if self._own else self._offered
        if not phrase.strip():
            self.first_row.set_error(self._tr.text(N_("Type the passphrase first.")))
            return ""
        if self.again.value().split() != phrase.split():
            self.again_row.set_error(self._tr.text(N_("The two do not match. Look at the keyboard layout.")))
            return ""
        return phrase

    def forget(self) -> None:
        """Empty all that was typed or offered."""
        self._offered = ""
        self.phrase.clear()
        for field in (self.first, self.again):
            field.set_value("")

    def _offer(self) -> None:
        language = self._tr.language
        self._jobs.compute(lambda: offer_phrase(language), self._show, key="phrase")

    def _show(self, offered: tuple[str, float]) -> None:
        self._offered, bits = offered
        self.phrase.setText(self._offered)
        say_offered(self.strength, bits, self._tr)

    def _weigh(self) -> None:
        typed = self.first.value()
        self._jobs.compute(lambda: strength(typed), self._weighed, key="strength")

    def _weighed(self, weight: tuple[float, bool]) -> None:
        say_weight(self.strength, weight, self._tr)
