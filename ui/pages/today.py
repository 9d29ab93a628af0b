"""What asks for attention today: code and alias, why, since when, how long. Enter opens, C starts a conversation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from family_case.i18n import N_
from family_case.model.date_words import day_words
from ui.pages import Page
from ui.problems import sentence
from ui.tables.lists import TODAY_HEADS, TODAY_WIDTHS, today_cells, today_source
from ui.tables.rows import Rows
from ui.tables.view import RowTable
from ui.theme import STEP
from ui.widgets.desk import today
from ui.widgets.empty import Empty
from ui.widgets.scale import centred
from ui.widgets.text import column, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.model.views import TodayLine
    from ui.pages import Context


class TodayPage(Page):
    """The list that the day begins with."""

    tables = frozenset(
        {"case_file", "entry", "conversation", "sign_of_life", "promise", "promise_term", "payment", "task", "stay"}
        | {"step_taken", "step_body", "step_reply", "consent", "legal_hold", "body", "status_report", "copy"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        tr = context.tr
        heads = [tr.text(head) for head in TODAY_HEADS]
        self.rows: Rows[TodayLine] = Rows(context.jobs, context.colours, heads, partial(today_cells, tr), (4,))
        self.table = RowTable(tr.text(N_("Today")), self.rows, TODAY_WIDTHS)
        self._wanted: tuple[str, str] | None = None
        self._build()
        self.table.opened.connect(self._open)
        self.rows.counted.connect(self._counted)
        self.rows.failed.connect(self._failed)
        QShortcut(QKeySequence("C"), self.table, self.talk, context=Qt.ShortcutContext.WidgetShortcut)
        self.rows.show(today_source())

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("Today"))

    def reload(self) -> None:
        """Read the list again, the keyboard stays on its line."""
        chosen = self.rows.row(self.table.chosen())
        self._wanted = (chosen.case_id, chosen.why) if chosen is not None else None
        self.rows.read_again()

    def focus_first(self) -> None:
        """Go through the list at once; where nothing waits, on to the cases."""
        (self._empty if self._stack.currentIndex() == 1 else self.table).setFocus()

    def panes(self) -> list[QWidget]:
        """Only the list."""
        return [self.table]

    def talk(self) -> None:
        """Start a conversation in the case of the line."""
        chosen = self.rows.row(self.table.chosen())
        if chosen is not None and chosen.case_id:
            self.context.frame.go("conversation", chosen.case_id)

    def _build(self) -> None:
        tr, colours = self.context.tr, self.context.colours
        day = text(day_words(today(self.context), tr), size="title", bold=True)
        self._count = text("", size="small", tone="muted")
        self._keys = text(tr.text(N_("Enter opens the case, C starts a conversation")), size="small", tone="muted")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight)
        go = (tr.text(N_("Go to the cases")), partial(self.context.frame.go, "cases"))
        words = N_(
            "Nothing waits today. Calls promised, silences past their interval and promises overdue will stand here."
        )
        self._trouble = text("", tone="danger")
        self._stack = QStackedWidget()
        self._empty = Empty(colours, "calendar-days", tr.text(words), go)
        for widget in (self.table, centred(self._empty), self._trouble):
            self._stack.addWidget(widget)
        self.setLayout(column([day, self._stack, row([self._count, self._keys])], space=2 * STEP, margin=2 * STEP))

    def _counted(self, total: int) -> None:
        on_it = self.table.hasFocus()
        self._stack.setCurrentIndex(0 if total else 1)
        if on_it and not total:
            self._empty.setFocus()
        counted = self.context.tr.plural(N_("{n} thing to look at"), N_("{n} things to look at"), total)
        self._count.setText(counted if total else "")
        self._keys.setVisible(bool(total))
        self.table.choose(max(0, self.rows.place_of(lambda found: (found.case_id, found.why) == self._wanted)))

    def _failed(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self.context.tr))
        self._stack.setCurrentIndex(2)

    def _open(self, at: int) -> None:
        chosen = self.rows.row(at)
        if chosen is not None:
            self.context.frame.go(*(("case", chosen.case_id) if chosen.case_id else ("backup", "")))
