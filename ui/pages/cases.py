"""All cases: type to find them by names in either script, code or number; Enter opens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from family_case.i18n import N_
from family_case.model.views import CaseOrder
from ui.pages import Page
from ui.problems import sentence
from ui.tables.lists import CASE_HEADS, CASE_ORDERS, CASE_SPARE, CASE_WIDTHS, case_cells, case_source
from ui.tables.rows import Rows
from ui.tables.view import RowTable
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.desk import today
from ui.widgets.empty import Empty
from ui.widgets.form_panel import FormPanel, Wanted
from ui.widgets.icons import icon
from ui.widgets.read_only import only_where_written
from ui.widgets.scale import centred
from ui.widgets.search_field import SearchField
from ui.widgets.tab_order import pane
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.model.views import CaseRow
    from family_case.services.session import Session
    from ui.pages import Context

_NONE: Final = N_(
    "No case holds “{text}”. Names are found in both scripts, numbers by any part. Ctrl+K also finds people and "
    "sources that are in no case."
)
REST_MS: Final = 120  # after the last letter, before the vault is asked
# As it stands, and the other way round.
_ORDER_WORDS: Final = {
    CaseOrder.CODE: (N_("by code"), N_("by code, the last first")),
    CaseOrder.ALIAS: (N_("by alias"), N_("by alias, the last first")),
    CaseOrder.SILENCE: (N_("the longest silence first"), N_("the shortest silence first")),
    CaseOrder.LAST_TALK: (N_("the talk longest ago first"), N_("the latest talk first")),
    CaseOrder.NEXT_DUE: (N_("the nearest due date first"), N_("the furthest due date first")),
}


class CasesPage(Page):
    """The list of cases; its search narrows it while typing."""

    tables = frozenset(
        {
            "case_file",
            "person_name",
            "role",
            "entry",
            "conversation",
            "sign_of_life",
            "promise",
            "promise_term",
            "payment",
            "endpoint_use",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        tr = context.tr
        heads = [tr.text(head) for head in CASE_HEADS]
        self.rows: Rows[CaseRow] = Rows(context.jobs, context.colours, heads, partial(case_cells, tr, today(context)))
        self.table = RowTable(tr.text(N_("Cases")), self.rows, CASE_WIDTHS, CASE_SPARE)
        self.search = SearchField(tr.text(N_("Search cases")), tr.text(N_("Name in either script, code, number")))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._wanted = ""
        self._order, self._turned = CaseOrder.CODE, False
        self._build()
        self._connect()
        self._ask()

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("Cases"))

    def go(self, place: str) -> None:
        """Stand at the case of this id, if it is listed; "new" opens the form of a new case."""
        if place == "new":
            self.new_case()
        else:
            self._wanted = place

    def reload(self) -> None:
        """Read the list again, the keyboard stays on its case."""
        self._remember()
        self.rows.read_again()

    def focus_first(self) -> None:
        """Type at once; where there is no case yet, make one."""
        (self._empty if self._top.isHidden() else self.search).setFocus()

    def panes(self) -> list[QWidget]:
        """Search, table, and the form where one is open."""
        panel = self._beside.panel()
        return [self.search, self.table, *([pane(panel)] if panel is not None else [])]

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft of a new case."""
        return self._beside.last_words()

    def writing(self) -> dict[str, str] | None:
        """The form that is open."""
        return self._beside.writing()

    def resume(self, _form: dict[str, str]) -> None:
        """Open it again."""
        self.new_case()

    def new_case(self) -> None:
        """Open the form of a new case beside the list."""
        panel = FormPanel(self.context, Wanted("case"))
        panel.saved.connect(self._made)
        panel.closed.connect(self._close_panel)
        self._beside.put(panel)
        panel.focus_first()

    def order_by(self, order: CaseOrder) -> None:
        """Order the list by this column; asked for once more, the other way round."""
        self._turned = order is self._order and not self._turned
        self._order = order
        self._show_order()
        self._ask()

    def _show_order(self) -> None:
        """The order in words, with a tick in its menu and an arrow at its column."""
        tr, at = self.context.tr, CASE_ORDERS.index(self._order)
        self._orders[at].setChecked(True)
        self.table.mark_order(at, turned=self._turned)
        words = _ORDER_WORDS[self._order][self._turned]
        self._sorted.setText(tr.text(N_("In order: {order}"), order=tr.text(words)))
        self._sorted.setAccessibleName(self._sorted.text())

    def _order_menu(self) -> QMenu:
        """One line and one key for each column."""
        menu, group = QMenu(self), QActionGroup(self)
        for number, (order, head) in enumerate(zip(CASE_ORDERS, CASE_HEADS, strict=True), 1):
            action = QAction(self.context.tr.text(head), group, checkable=True, shortcut=QKeySequence(f"Ctrl+{number}"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, order=order: self.order_by(order))
            self.addAction(action)
        self._orders = group.actions()
        menu.addActions(self._orders)
        return menu

    def _build(self) -> None:
        tr = self.context.tr
        self._count = text("", size="small", tone="muted")
        self._sorted = button("", lambda: None, kind="quiet")
        self._sorted.setMenu(self._order_menu())
        self._show_order()
        below = row([self._count, None, self._sorted])
        new = button(tr.text(N_("New case")), self.new_case, icon=icon("folder-plus", self.context.colours.text))
        only_where_written(self.context, new)
        self._nothing = text("", tone="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = tr.text(N_("Your cases will stand here: code, alias, and how long there has been no direct word."))
        self._empty = Empty(self.context.colours, "folder-heart", words, (tr.text(N_("New case")), self.new_case))
        only_where_written(self.context, self._empty.focusProxy())
        self._stack = QStackedWidget()
        for widget in (self.table, centred(self._empty), self._nothing):
            self._stack.addWidget(widget)
        top = row([self.search, new], space=2 * STEP)
        top.setStretch(0, 1)
        self._top = QWidget()
        self._top.setLayout(top)
        main = QWidget()
        main.setLayout(column([self._top, self._stack, below], space=2 * STEP, margin=2 * STEP))
        self._beside = Beside(main)
        self.setLayout(column([self._beside]))

    def _connect(self) -> None:
        self._rest.timeout.connect(self._ask)
        self.search.edited.connect(self._rest.start)
        self.search.down.connect(self.table.setFocus)
        self.search.enter.connect(lambda: self._open(max(0, self.table.chosen())))
        self.table.opened.connect(self._open)
        self.table.head_clicked.connect(lambda at: self.order_by(CASE_ORDERS[at]))
        self.rows.counted.connect(self._counted)
        self.rows.failed.connect(self._failed)

    def _ask(self) -> None:
        self._remember()
        self.rows.show(case_source(self.search.value(), self._order, turned=self._turned))

    def _remember(self) -> None:
        chosen = self.rows.row(self.table.chosen())
        self._wanted = chosen.id if chosen is not None else self._wanted

    def _counted(self, total: int) -> None:
        tr = self.context.tr
        typed = self.search.value().strip()
        self._stack.setCurrentIndex(0 if total else 2 if typed else 1)
        nothing_yet = not (total or typed)
        if nothing_yet and self.search.hasFocus():
            self._empty.setFocus()
        self._top.setVisible(not nothing_yet)  # a search through nothing, and the same button twice
        self._nothing.setText(tr.text(_NONE, text=typed))
        self._sorted.setVisible(total > 1)
        self._count.setText(tr.plural(N_("{n} case"), N_("{n} cases"), total) if total else "")
        at = self.rows.place_of(lambda found: found.id == self._wanted)
        self.table.choose(max(0, at))

    def _failed(self, problem: Problem) -> None:
        self._nothing.setText(sentence(problem, self.context.tr))
        self._stack.setCurrentIndex(2)

    def _open(self, at: int) -> None:
        chosen = self.rows.row(at)
        if chosen is not None:
            self.context.frame.go("case", chosen.id)

    def _made(self, changes: Changes) -> None:
        self.context.frame.wrote(self.context.tr.text(N_("The case was added.")), changes)
        self.context.frame.go("case", changes.made)

    def _close_panel(self) -> None:
        self._beside.take_away()
        self.table.setFocus()
