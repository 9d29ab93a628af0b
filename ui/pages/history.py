"""The history of a case: when, through which door, why, which record, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.changes import HistoryItem
from family_case.model.records import BY_TABLE
from family_case.model.views import PersonCard
from family_case.services import casework
from family_case.services.history import InTheWay, history, revert
from family_case.services.record_words import IN_FORMS, named
from ui.pages import OfCase
from ui.problems import sentence
from ui.tables.lines import Lines
from ui.tables.timeline_view import TimelineView
from ui.theme import STEP
from ui.widgets.case_reading import called
from ui.widgets.entry_words import capital, roles
from ui.widgets.erase_dialog import EraseDialog, Erasure, gone_words
from ui.widgets.history_words import by_change, history_lines
from ui.widgets.hold_button import HoldButton
from ui.widgets.icons import icon
from ui.widgets.pop_up import Choice, offer
from ui.widgets.read_only import only_where_written
from ui.widgets.text import button, column, line, put_icon, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from family_case.errors import Problem
    from family_case.model.changes import Changes
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

    tables = frozenset(BY_TABLE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        tr = context.tr
        self._told = Told("", "", [])
        self._in_the_way: frozenset[int] = frozenset()
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
        self._take_back = button(tr.text(N_("Take this change back")), self.take_back)
        put_icon(self._take_back, icon("undo-2", context.colours.text, 18), 18)
        self._older = button(tr.text(N_("Erase older wordings…")), self.offer_records, kind="quiet")
        only_where_written(context, self._take_back, self._older)
        foot = row([self._take_back, self._older, None, self._count])
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
        """The list, and what can be done with a line."""
        return [self.list, self._take_back]

    def take_back(self) -> None:
        """Take back the change the keyboard is on; what stands in its way is marked, and nothing is done."""
        group = self._chosen()
        if group:
            job = partial(revert, ref=str(group[0].seq))
            self.context.jobs.write(job, self._taken_back, self._refused)

    def offer_records(self) -> None:
        """Offer the records of the chosen change, whose older wordings can be erased."""
        records = [(item.row_id, capital(named(item.table, self.context.tr))) for item in records_of(self._chosen())]
        choices = [Choice(words, partial(self.ask_purge, row_id, words)) for row_id, words in records]
        offer(self, self._older, choices, above=True)

    def ask_purge(self, record_id: str, words: str) -> None:
        """Ask whether the older wordings of this record shall go."""
        dialog = EraseDialog(self.context, Erasure(record_id, words, older=True), self)
        dialog.erased.connect(self._purged)
        dialog.open()

    def _chosen(self) -> list[HistoryItem]:
        groups = by_change(self._told.items)
        at = self.list.chosen()
        return groups[at] if 0 <= at < len(groups) else []

    def _taken_back(self, changes: Changes) -> None:
        self.context.frame.wrote("", changes)

    def _purged(self, changes: Changes) -> None:
        self.context.frame.toast(gone_words(changes, self.context.tr, older=True))

    def _refused(self, problem: Problem) -> None:
        """Say why it was not taken back; mark what stands in the way, and go to the newest of it."""
        tr, said = self.context.tr, sentence(problem, self.context.tr)
        if isinstance(problem, InTheWay):
            numbers = {item.number for item in problem.lines}
            here = [at for at, group in enumerate(by_change(self._told.items)) if group[0].number in numbers]
            self._in_the_way = frozenset(numbers)
            self._open_names(yes=False)
            elsewhere = len(numbers) - len(here)
            if elsewhere:
                said = f"{said} {tr.text(N_('Of these, in other cases: {n}.'), n=elsewhere)}"
            self.list.choose(here[0] if here else self.list.chosen())
        self._trouble.setText(said)
        self._trouble.show()

    def _show(self, told: Told) -> None:
        tr = self.context.tr
        self._told = told
        self._in_the_way = frozenset()
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
        self.lines.show_lines(
            history_lines(self._told.items, self.context.tr, zone, people, open_names=yes, in_the_way=self._in_the_way)
        )
        self.list.choose(max(0, at))

    def _failed(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self.context.tr))
        self._trouble.show()

    def _back(self) -> None:
        self.context.frame.go("case", self._case_id)


def _read(ref: str, session: Session) -> Told:
    page = casework.page(session, casework.resolve(session, ref))
    names = {person: name for item in page.timeline for _part, person, name in item.people}
    names |= {each: card.name for card in page.people for each in card.ids}
    return Told(page.case.code, page.case.alias, history(session, ref, _LINES), page.people, names)


def records_of(group: Sequence[HistoryItem]) -> list[HistoryItem]:
    """One line for each record of a change that has a form: of an entry, the line that tells its kind."""
    found: dict[str, HistoryItem] = {}
    for item in group:
        if item.table in IN_FORMS and (item.row_id not in found or item.table != "entry"):
            found[item.row_id] = item
    return list(found.values())
