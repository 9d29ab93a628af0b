"""The other records of someone who was written down twice, in his details: each can be looked at and told apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.services import merging
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.icons import icon
from ui.widgets.merge_dialog import MergeDialog
from ui.widgets.person_field import Option
from ui.widgets.reveal import Reveal
from ui.widgets.text import UNDER, Part, button, column, holding, put_icon, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.model.views import PersonCard
    from ui.widgets.desk import Desk


class SamePerson(QWidget):
    """Nothing to see where there is but one record; `ask` opens the way to join another one."""

    shown = Signal(str)  # id of another record, wanted in place of this one
    changed = Signal(object)  # Changes: records were joined or told apart

    def __init__(self, desk: Desk, card: PersonCard, called: Mapping[str, str], *, writes: bool) -> None:
        """`called`: people of the case by role; `writes`: records may be told apart."""
        super().__init__()
        self._desk, self._card, self._called, self._writes = desk, card, called, writes
        others = {each.person.id: each for each in card.records if each.person.id != card.person.id}
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        self.setLayout(column([*(self._record(each) for each in others.values()), self._trouble], space=STEP))
        self.setVisible(bool(others))

    def ask(self) -> None:
        """Ask which other record is the same person."""
        words = {role: each for each, role in self._called.items() if each not in self._card.ids}
        options = [Option(each, role) for role, each in words.items()]
        called = self._called[self._card.person.id]
        dialog = MergeDialog(self._desk, self._card.person.id, called, options, self)
        dialog.merged.connect(self.changed)
        dialog.open()

    def _record(self, each: PersonCard) -> QWidget:
        tr = self._desk.tr
        head: list[Part] = [text(tr.text(N_("Also written down as")), size="small", tone="muted")]
        name = Reveal("•••", each.name or tr.text(N_("without a name")), tr.text(N_("hold to see the name")))
        put_icon(name, icon("eye", self._desk.colours.muted, 16), 16)
        name.setStyleSheet(UNDER)
        deeds: list[Part] = [name, None]
        deeds.append(button(tr.text(N_("Show")), partial(self.shown.emit, each.person.id), kind="quiet"))
        if self._writes:
            apart = button(tr.text(N_("Tell apart")), partial(self._tell_apart, each.person.id), kind="quiet")
            deeds.append(apart)
        return holding(column([*head, row(deeds)], space=0))

    def _tell_apart(self, record_id: str) -> None:
        self._desk.jobs.write(partial(merging.unmerge, ref=record_id), self._told, self._refused)

    def _told(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _refused(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self._desk.tr))
        self._trouble.show()
