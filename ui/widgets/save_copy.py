"""Before a file leaves: for whom, to whom, and a yes that no slip can give. It is a disclosure like any paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from family_case.i18n import N_
from family_case.model.dossier import Profile
from family_case.model.person import FAMILY
from family_case.services import handing_out
from family_case.services.publishing import Order
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.choice import KeyedChoice, options
from ui.widgets.fields import LineField
from ui.widgets.file_dialog import file_dialog
from ui.widgets.form import FormRow
from ui.widgets.hold_to_act import HoldToAct
from ui.widgets.person_field import PickField, people_options
from ui.widgets.text import button, column, holding, row, text

if TYPE_CHECKING:
    from collections.abc import Generator

    from family_case.errors import Problem
    from family_case.model.attachment import Attachment
    from family_case.model.changes import Changes
    from family_case.model.views import CasePage
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

_WIDTH: Final = 70 * STEP
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')


class SaveCopy(QDialog):
    """Stands over the window until the copy is saved or nothing leaves."""

    def __init__(self, desk: Desk, each: Attachment, page: CasePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._each, self._stopped = desk, each, False
        tr = desk.tr
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr.text(N_("Save a copy")))
        entry = next((item.entry for item in page.timeline if item.id == each.entry_id), None)
        self.profile = KeyedChoice(tr.text(N_("For whom is the file")), options(Profile, tr))
        self.profile.set_value(Profile.LAWYER.value)
        relatives = tuple(card for card in page.people if card.role.kind in FAMILY and not card.role.claimed)
        self.person = PickField(tr.text(N_("Which relative")), people_options(relatives, tr))
        self.to_whom = LineField(tr.text(N_("Who gets the file")))
        self.reason = LineField(tr.text(N_("Why it may leave although its entry may endanger someone")))
        fields = (self.profile, self.person, self.to_whom, self.reason)
        rows = [FormRow(each.accessibleName(), each) for each in fields]
        self._person_row, self._to_row = rows[1], rows[2]
        rows[3].setVisible(entry is not None and bool(entry.hazards))
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        self.profile.edited.connect(self._turn)
        self._turn()
        title = text(tr.text(N_("Save a copy")), size="large", bold=True)
        warning = text(tr.text(handing_out.AS_IT_IS), tone="amber")
        whole = [title, *rows, warning, self._trouble, self._buttons()]
        self.setLayout(column(whole, space=2 * STEP, margin=3 * STEP))
        self.setMinimumWidth(_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self._keep.setFocus()

    def save_to(self, target: str) -> None:
        """Write the copy and its disclosure in one."""
        self._save.setEnabled(False)
        run = partial(self._run, order=self._order(), target=Path(target))
        self._desk.jobs.long(run, self._saved, self._failed)

    def ask_where(self) -> None:
        """Ask where the copy shall lie, once it is said who gets it."""
        if not self.to_whom.value().strip():
            self._to_row.set_error(self._desk.tr.text(N_("This is needed.")))
            return
        start = Path.home() / _plain_name(self._each.name)
        dialog = file_dialog(self, self._desk.tr.text(N_("Save a copy")), str(start), self._desk.tr)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is ever written over: that is refused
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def reject(self) -> None:
        """Nothing leaves; what is being written goes again."""
        self._stopped = True
        super().reject()

    def _buttons(self) -> QWidget:
        tr = self._desk.tr
        self._keep = button(tr.text(N_("Keep it here")), self.reject)
        self._keep.setDefault(True)
        self._save = HoldToAct(tr.text(N_("Hold to save a copy")), tr.text(N_("Keep holding…")))
        self._save.acted.connect(self.ask_where)
        return holding(row([self._keep, None, self._save]))

    def _turn(self) -> None:
        self._person_row.setVisible(self.profile.value() == Profile.FAMILY.value)

    def _order(self) -> Order:
        profile = Profile(self.profile.value() or Profile.LAWYER.value)
        reason, entry = self.reason.value().strip(), self._each.entry_id
        return Order(
            profile=profile,
            language=self._desk.tr.language,
            printed=self._desk.clock.now(),
            addressee=self.to_whom.value().strip(),
            for_person=self.person.value() if profile is Profile.FAMILY else "",
            release={entry: reason} if entry and reason else {},
        )

    def _run(self, session: Session, *, order: Order, target: Path) -> Generator[float, None, Changes]:
        return handing_out.steps(session, self._each.id, order, target, stopped=lambda: self._stopped)

    def _saved(self, changes: Changes) -> None:
        self._desk.jobs.feed.changed.emit(changes)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._save.setEnabled(True)
        self._trouble.setText(sentence(problem, self._desk.tr))
        self._trouble.show()


def _plain_name(name: str) -> str:
    """A name that is one part of a path on every system, whatever the file was called."""
    plain = "".join("_" if mark in _FORBIDDEN else mark for mark in name).strip(". ")
    return plain or "file"
