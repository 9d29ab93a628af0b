"""Opens what stands beside a page for a while, a form or what we hold about someone, and tells what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from family_case.services.forms import FORMS
from ui.widgets.attachment_panel import AttachmentPanel
from ui.widgets.beside import Beside
from ui.widgets.details import DetailsPanel
from ui.widgets.entry_words import capital
from ui.widgets.erase_dialog import EraseDialog, Erasure
from ui.widgets.form_panel import FormPanel, Wanted
from ui.widgets.subject_panel import SubjectPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from family_case.model.changes import Changes
    from ui.widgets.desk import Desk

Panel = TypeVar("Panel", FormPanel, DetailsPanel, SubjectPanel, AttachmentPanel)


class Panels(Beside):
    """One panel at a time, until it is saved or closed."""

    saved = Signal(object, str)  # Changes, what was written: "Promise"
    taken = Signal(object, str)  # the same: it was taken away
    joined = Signal(str, object)  # what became of the records of one person, Changes
    erased = Signal(object, object)  # Changes, Erasure
    turned = Signal()  # another panel stands there
    closed = Signal()

    def __init__(self, desk: Desk, main: QWidget, usual: QWidget | None = None) -> None:
        super().__init__(main, usual)
        self._desk = desk

    def fill_in(self, wanted: Wanted) -> None:
        """Open this form, with the keyboard in it."""
        panel, what = FormPanel(self._desk, wanted), capital(self._desk.tr.text(FORMS[wanted.noun].label))
        panel.saved.connect(lambda changes: (self.taken if panel.taken_away else self.saved).emit(changes, what))
        self.stand(panel).focus_first()

    def show_held(self, person_id: str) -> None:
        """Show what we hold about one person."""
        self.stand(SubjectPanel(self._desk, person_id)).setFocus()

    def ask_whether(self, wish: Erasure) -> None:
        """Ask whether this shall go for good."""
        dialog = EraseDialog(self._desk, wish, self)
        dialog.erased.connect(lambda changes: self.erased.emit(changes, wish))
        dialog.open()

    def tell_joined(self, changes: Changes) -> None:
        """Tell that records of one person were joined, or told apart."""
        self.joined.emit(self._desk.tr.text(changes.reason.label), changes)

    def stand(self, panel: Panel) -> Panel:
        """Show `panel` until it is closed."""
        panel.closed.connect(self.close_panel)
        self.put(panel)
        self.turned.emit()
        return panel

    def close_panel(self) -> None:
        """Show what usually stands there."""
        self.take_away()
        self.closed.emit()
