"""Choosing a case while typing: by names in either script, code or number; what is listed is code and alias only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from family_case.i18n import N_
from family_case.services import casework
from ui.widgets.case_reading import called
from ui.widgets.search_field import SearchField
from ui.widgets.text import column, text

if TYPE_CHECKING:
    from family_case.model.views import CaseRow
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

REST_MS: Final = 120  # after the last letter, before the vault is asked
_MOST: Final = 6


class CaseField(QWidget):
    """The field and, while nothing is chosen, the cases found below it; Enter takes the marked one."""

    chosen = Signal(str)  # case id, or nothing when it is being looked for again

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.tr
        self.case_id = ""
        self.field = SearchField(tr.text(N_("Case")), tr.text(N_("Name in either script, code, number")))
        self.found = QListWidget()
        self.found.setAccessibleName(tr.text(N_("Cases found")))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = text(tr.text(N_("No case was found.")), size="small", tone="muted")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self.setLayout(column([self.field, self.found, self._nothing], space=2))
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._offer([])
        self._nothing.hide()
        self._rest.timeout.connect(self._ask)
        self.field.textEdited.connect(self._look_again)
        self.field.down.connect(partial(self._move, 1))
        self.field.up.connect(partial(self._move, -1))
        self.field.enter.connect(self._take)
        self.found.itemClicked.connect(self._take)

    def choose(self, case_id: str, words: str) -> None:
        """Stand at this case (nothing: look for one)."""
        self.case_id = case_id
        self.field.set_value(words)
        self._offer([])
        self._nothing.hide()

    def offer_all(self) -> None:
        """Show the first cases there are, before anything is typed."""
        if not self.case_id:
            self._ask()

    def _look_again(self) -> None:
        if self.case_id:
            self.case_id = ""
            self.chosen.emit("")
        self._rest.start()

    def _ask(self) -> None:
        typed = self.field.value()
        self._desk.jobs.read(partial(_look, typed), self._show, key="case field")

    def _show(self, rows: list[CaseRow]) -> None:
        if not self.case_id:
            self._offer(rows)
            self._nothing.setVisible(not rows)

    def _offer(self, rows: list[CaseRow]) -> None:
        self.found.clear()
        for row in rows:
            item = QListWidgetItem(called(row.code, row.alias, self._desk.tr), self.found)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
        self.found.setFixedHeight(sum(self.found.sizeHintForRow(at) for at in range(len(rows))) + 2)
        self.found.setVisible(bool(rows))
        self.found.setCurrentRow(0)

    def _move(self, step: int) -> None:
        count = self.found.count()
        if count:
            self.found.setCurrentRow((self.found.currentRow() + step) % count)

    def _take(self) -> None:
        if self.found.count() and not self.found.isHidden():
            item = self.found.currentItem()
            self.choose(str(item.data(Qt.ItemDataRole.UserRole)), item.text())
            self.chosen.emit(self.case_id)


def _look(typed: str, session: Session) -> list[CaseRow]:
    return casework.cases(session, text=typed, limit=_MOST)
