"""Before two records are shown as one person: who the other one is, what will be shown together, and the yes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from family_case.i18n import N_
from family_case.services import merging
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.person_field import Option, PickField
from ui.widgets.text import button, column, holding, restyle, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.merging import Preview
    from ui.widgets.desk import Desk

_WIDTH: Final = 70 * STEP
_REST_MS: Final = 250  # after the last letter, before the vault is asked


class MergeDialog(QDialog):
    """Stands over the window until it is decided; `merged` tells what was touched."""

    merged = Signal(object)  # Changes

    def __init__(self, desk: Desk, person_id: str, called: str, others: Sequence[Option], parent: QWidget) -> None:
        """`called`: the role of the person who stays as he is shown; `others`: whom the second record may be."""
        super().__init__(parent)
        self._desk, self._into = desk, person_id
        tr = desk.tr
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr.text(N_("Written down twice")))
        title = text(tr.text(N_("Written down twice: {who}"), who=called), size="large", bold=True)
        about = text(tr.text(N_("Which other record is the same person? Someone of another case by the full name.")))
        self.field = PickField(tr.text(N_("The other record")), others)
        self.told = text("", tone="muted")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.field.edited.connect(self._typed)
        keep = button(tr.text(N_("Keep them apart")), self.reject)
        self.join = button(tr.text(N_("Show as one person")), self._go, kind="primary")
        self.join.setEnabled(False)
        foot = holding(row([keep, None, self.join]))
        self._whole = column([title, about, self.field, self.told, foot], space=2 * STEP, margin=3 * STEP)
        self.setLayout(self._whole)
        self.setFixedWidth(_WIDTH)
        self.field.setFocus()

    def _typed(self) -> None:
        self.join.setEnabled(False)
        self._rest.start()

    def _ask(self) -> None:
        if self.field.value().strip():
            job = partial(merging.preview, ref=self.field.value(), into=self._into)
            self._desk.jobs.read(job, self._show, self._refused, key="merge preview")
        else:
            self.told.setText("")

    def _show(self, planned: Preview) -> None:
        words = [self._desk.tr.text(message, **values) for message, values in planned.words()]
        self._say("\n".join(words), "amber" if len(planned.sought_in) > 1 else "")
        self.join.setEnabled(True)

    def _refused(self, problem: Problem) -> None:
        self._say(sentence(problem, self._desk.tr), "danger")

    def _say(self, words: str, tone: str) -> None:
        restyle(self.told, "tone", tone)
        self.told.setText(words)
        self.setFixedHeight(self._whole.totalHeightForWidth(_WIDTH))  # `adjustSize` still knows the words before

    def _go(self) -> None:
        self.join.setEnabled(False)
        job = partial(merging.merge, ref=self.field.value(), into=self._into)
        self._desk.jobs.write(job, self._done, self._refused)

    def _done(self, changes: Changes) -> None:
        self.merged.emit(changes)
        self.accept()
