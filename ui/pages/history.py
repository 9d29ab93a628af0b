"""The history of a case: when, through which door, why, which record, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.changes import HistoryItem
from family_case.model.views import PersonCard
from family_case.services import casework
from family_case.services.history import history
from ui.pages import OfCase
from ui.problems import sentence
from ui.tables.lines import Lines
from ui.tables.timeline_view import TimelineView
from ui.theme import STEP
from ui.widgets.case_reading import called
from ui.widgets.entry_words import roles
from ui.widgets.history_words import history_lines
from ui.widgets.hold_button import HoldButton
from ui.widgets.icons import icon
from ui.widgets.text import button, column, line, put_icon, row, text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from family_case.errors import Problem
    from family_case.services.session import Session
    from ui.pages import Context

_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A case by code and alias, its journal lines, newest first, and the people they may speak of."""

    code: str
    alias: str
    items: list[HistoryItem]
    people: tuple[PersonCard, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # by person, also of those outside the case


class HistoryPage(OfCase):
    """The history of the case whose id is `place`."""

    tables = frozenset(
        {"case_file", "person", "role", "consent", "withholding", "conversation", "entry", "disclosure", "endpoint"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        tr = context.tr
        self._told = Told("", "", [])
        self.lines = Lines()
        self.list = TimelineView(tr.text(N_("History")), self.lines, context.colours)
        self._head = text("", size="title", bold=True)
        self._head.setWordWrap(False)
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        self._count = text("", size="small", tone="muted")
        hold = HoldButton(tr.text(N_("hold: names and numbers")))
        put_icon(hold, icon("eye", context.colours.muted, 18), 18)
        hold.held.connect(lambda held: self._open_names(yes=held))
        back = button(tr.text(N_("Back to the case")), self._back, kind="quiet")
        top = column([row([self._head, None, hold, back]), self._trouble], space=STEP)
        top.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, STEP)
        foot = row([self._count, None])
        foot.setContentsMargins(2 * STEP, STEP // 2, 2 * STEP, STEP // 2)
        self.setLayout(column([top, line(), self.list, foot], space=0))

    @property
    def title(self) -> str:
        """What the page is, and of which case."""
        return self.context.tr.text(
            N_("History: {case}"), case=called(self._told.code, self._told.alias, self.context.tr)
        )

    def reload(self) -> None:
        """Read the journal again."""
        if self._case_id:
            self.context.jobs.read(partial(_read, self._case_id), self._show, self._failed, key="history page")

    def focus_first(self) -> None:
        """Go through the list at once."""
        self.list.setFocus()

    def panes(self) -> list[QWidget]:
        """Only the list."""
        return [self.list]

    def _show(self, told: Told) -> None:
        tr = self.context.tr
        self._told = told
        self._trouble.hide()
        self._head.setText(self.title)
        self._open_names(yes=False)
        self._count.setText(tr.plural(N_("{n} change"), N_("{n} changes"), self.lines.rowCount()))

    def _open_names(self, *, yes: bool) -> None:
        at = self.list.chosen()
        zone = self.context.opened.zone
        people = roles(self._told.people, self.context.tr)
        if yes:
            named = {person: name for person, name in self._told.names.items() if name}
            people |= {person: ", ".join(filter(None, (people.get(person), name))) for person, name in named.items()}
        self.lines.show_lines(history_lines(self._told.items, self.context.tr, zone, people, open_names=yes))
        self.list.choose(max(0, at))

    def _failed(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self.context.tr))
        self._trouble.show()

    def _back(self) -> None:
        self.context.frame.go("case", self._case_id)


def _read(ref: str, session: Session) -> Told:
    page = casework.page(session, casework.resolve(session, ref))
    names = {person: name for item in page.timeline for _part, person, name in item.people}
    names |= {card.person.id: card.name for card in page.people}
    return Told(page.case.code, page.case.alias, history(session, ref, _LINES), page.people, names)
