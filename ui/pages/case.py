"""One case: its head, its timeline with filter chips, and beside it people and what is open, a form, or details."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.records import BY_TABLE
from family_case.services.forms import FORMS, LOGGED
from ui.pages import OfCase
from ui.problems import sentence
from ui.tables.timeline import FILTERS, Timeline
from ui.tables.timeline_view import TimelineView, legend
from ui.theme import STEP
from ui.widgets.attachments import AttachBar, FileDrop, choose_files
from ui.widgets.case_header import CaseHead, Doors
from ui.widgets.case_panels import CasePanels
from ui.widgets.case_reading import CaseView, read_case
from ui.widgets.case_side import CaseSide, SideDoors
from ui.widgets.details import DetailsPanel
from ui.widgets.empty import Empty
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital
from ui.widgets.erase_dialog import gone_words
from ui.widgets.filter_chips import filters
from ui.widgets.form_panel import FormPanel
from ui.widgets.icons import icon
from ui.widgets.past_banner import PastBanner
from ui.widgets.pop_up import Choice, offer
from ui.widgets.scale import centred
from ui.widgets.tab_order import pane
from ui.widgets.text import button, column, line, put_alone, row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.pages import Context
    from ui.widgets.erase_dialog import Erasure

_KEYS = "1234567890-"  # one for each kind, in the order they are logged most
_LOGGED = tuple(noun for noun in LOGGED if noun != "conversation")


class CasePage(OfCase):
    """The page of one case; `place` is its id. To go to one of its records, name that after a blank."""

    tables = frozenset(BY_TABLE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.view: CaseView | None = None
        self._wanted = ""  # record the timeline is to stand at once it is read
        self.timeline = Timeline(context.tr)
        self._build()

    @property
    def title(self) -> str:
        """Code and alias of the case."""
        return self.view.words(self.context.tr) if self.view is not None else self.context.tr.text(N_("Case"))

    def go(self, place: str) -> None:
        """Show the case of this id."""
        case_id, _blank, record_id = place.partition(" ")
        if case_id and case_id != self._case_id:
            self._case_id = case_id
            self.past.stand_at(None)
            self._head.fold_again()
            self._beside.close_panel()
            self.chips.choose(FILTERS[0][0])
            self.reload()
        if record_id:
            self._stand_at(record_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page folds the head."""
        super().resizeEvent(event)
        self._head.fit(self.height())

    def reload(self) -> None:
        """Read the case again; the keyboard stays on its line."""
        if self._case_id:
            job = partial(read_case, self._case_id, day=self.past.day)
            self.context.jobs.read(job, self._show, self._failed, key="case page")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the past."""
        if event.key() == Qt.Key.Key_Escape and self.past.isVisible():
            self.past.leave()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Go through the timeline at once."""
        self.list.setFocus()

    def panes(self) -> list[QWidget]:
        """Head, chips, timeline, and what stands beside it."""
        return [pane(each) for each in (self._head, self.chips, self.list, self._beside.panel() or self._side)]

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft of the form that is open."""
        return self._beside.last_words()

    def writing(self) -> dict[str, str] | None:
        """The form that is open."""
        return self._beside.writing()

    def resume(self, form: dict[str, str]) -> None:
        """Open it again."""
        self._beside.resume(form)

    @property
    def writes(self) -> bool:
        """Whether something may be written here: not into a case as it was known once."""
        return self.view is not None and self.view.writes

    def add(self, noun: str, values: Mapping[str, str] | None = None) -> None:
        """Open the form of a noun beside the timeline, with what is known already."""
        self._beside.add(noun, values)

    def show_record(self, record_id: str) -> None:
        """Open the details of a record beside the timeline."""
        self._beside.show_record(record_id)

    def choose_files(self) -> None:
        """Ask which files are to be attached to the case."""
        choose_files(self, self.context.tr, self.attach)

    def attach(self, files: list[Path]) -> None:
        """Seal these files beside the case, or beside the entry whose details are open."""
        if self.view is not None and self.view.writes:
            entries = {item.id for item in self.view.page.timeline if item.entry is not None}
            panel = self._beside.panel()
            open_ = panel.record_id if isinstance(panel, DetailsPanel) else ""
            self.attach_bar.attach(open_ if open_ in entries else self._case_id, files)

    def _build(self) -> None:
        tr, frame = self.context.tr, self.context.frame
        doors = Doors(
            lambda: frame.go("report", self._paper()), lambda: frame.go("history", self._case_id), self._more_menu
        )
        self._head = CaseHead(tr, self.context.colours, doors)
        self.chips = filters(tr.text(N_("Show")), [(code, tr.text(words)) for code, words in FILTERS])
        self.chips.chosen.connect(self.timeline.choose)
        self.list = TimelineView(tr.text(N_("Timeline")), self.timeline, self.context.colours)
        self.list.opened.connect(self._open)
        words = tr.text(
            N_("What happened will stand here: signs of life, approaches, requests, promises, conversations.")
        )
        act = (tr.text(N_("Log a conversation")), self._talk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        nothing_yet = centred(Empty(self.context.colours, "message-square", words, act))
        self._stack.addWidget(scrolled(nothing_yet))  # its height is no floor for a timeline that is full
        self._side = QWidget()
        self._side_room = QVBoxLayout(self._side)
        self._side_room.setContentsMargins(0, 0, 0, 0)
        self._beside = CasePanels(self.context, self._middle(), self._side)
        self._beside.saved.connect(partial(self._wrote, N_("{case}: saved – {what}")))
        self._beside.taken.connect(partial(self._wrote, N_("{case}: taken away – {what}")))
        self._beside.joined.connect(self.context.frame.wrote)
        self._beside.erased.connect(self._erased)
        self._beside.turned.connect(self._panel_turned)
        self._beside.closed.connect(self._panel_closed)
        self.attach_bar = AttachBar(self.context)
        self.attach_bar.attached.connect(self._attached)
        FileDrop(self._beside).dropped.connect(self.attach)
        self.past = PastBanner(self.context)
        self.past.wanted.connect(self._stand_on)
        whole = column([self.past, self._head, line(), self._beside, self.attach_bar], space=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        QShortcut(QKeySequence("Ctrl+E"), self, self._log_menu)

    def _middle(self) -> QWidget:
        """Chips and the button that logs, the timeline, the legend."""
        tr = self.context.tr
        self._log = button(tr.text(N_("Log")), self._log_menu, icon=icon("plus", self.context.colours.text))
        self._log.setToolTip("Ctrl+E")
        top = row([self.chips, self._log], space=2 * STEP)
        top.setStretch(0, 1)
        top.setAlignment(self._log, Qt.AlignmentFlag.AlignTop)
        top.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        middle = column([top, self._trouble, self._stack, legend(tr)], space=0)
        middle.setStretch(2, 1)
        made = QWidget()
        made.setLayout(middle)
        return made

    def _show(self, view: CaseView) -> None:
        chosen = self.timeline.item(self.list.chosen())
        scrolled = self.list.verticalScrollBar().value()
        self.view = view
        tr, colours = self.context.tr, self.context.colours
        self.past.stand_at(view.known_on)
        self._head.show_case(view)
        self._beside.show_case(view)
        doors, zone = SideDoors(self.add, self.show_record, self.choose_files), self.context.opened.zone
        side = CaseSide(view.page, tr, colours, doors, zone=zone, writes=self.writes)
        put_alone(self._side_room, side)
        self._log.setEnabled(self.writes)
        self.timeline.show_case(view.page)
        self.chips.show_counts(self.timeline.counts())
        self._stack.setCurrentIndex(0 if view.page.timeline else 1)
        self._trouble.hide()
        at = self.timeline.place_of(chosen.id) if chosen is not None else -1
        self.list.choose(max(0, at))
        if at >= 0:
            self.list.verticalScrollBar().setValue(scrolled)
        if self._wanted:
            self._stand_at(self._wanted)
            self._wanted = ""
        if self.isVisible():
            self.window().setWindowTitle(self.title)

    def _stand_at(self, record_id: str) -> None:
        """Choose the line of this record and bring it in sight: now if it is there, else when the case is read."""
        known = self.view.page.timeline if self.view is not None else ()
        self._wanted = record_id
        if not any(item.id == record_id for item in known):
            return
        if self.timeline.place_of(record_id) < 0:  # a chip hides it
            self.chips.choose(FILTERS[0][0])
        self.list.choose(self.timeline.place_of(record_id))
        self._wanted = ""

    def _failed(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self.context.tr))
        self._trouble.show()

    def _stand_on(self, day: date | None) -> None:
        """Show the case as known on this day (None: today); a form that is open keeps its draft and goes."""
        self._beside.leave()
        job = partial(read_case, self._case_id, day=day)
        self.context.jobs.read(job, self._show, self._no_such_past, key="case page")

    def _no_such_past(self, problem: Problem) -> None:
        self.past.say_refused(sentence(problem, self.context.tr))

    def _more_menu(self) -> None:
        """What else can be done with the whole case."""
        at = self._head.more()
        if self.view is None or at is None:
            return
        tr, case, panels = self.context.tr, self.view.page.case, self._beside
        change = partial(panels.change, case.id, "case")
        erase = partial(panels.ask_erase, case.id, self.title, code=case.code)
        choices = [
            Choice(tr.text(N_("Change the case…")), change, may=self.writes),
            Choice(tr.text(N_("As we knew it on…")), self.past.begin),
            Choice(tr.text(N_("Erase this case…")), erase, may=self.writes),
        ]
        offer(self, at, choices, left=True)

    def _paper(self) -> str:
        """Where the paper stands: the case, as known on the day that is shown."""
        known_on = self.view.known_on if self.view is not None else None
        return f"{self._case_id} {known_on or ''}".strip()

    def _erased(self, changes: Changes, wish: Erasure) -> None:
        frame = self.context.frame
        self._beside.close_panel()
        if wish.code:
            self._case_id, self.view = "", None
            frame.go("cases")
        frame.toast(gone_words(changes, self.context.tr, older=wish.older))

    def _talk(self) -> None:
        self.context.frame.go("conversation", self._case_id)

    def _log_menu(self) -> None:
        if not self.writes:
            return
        tr = self.context.tr
        nouns = zip(_KEYS, _LOGGED, strict=True)
        offer(
            self,
            self._log,
            [Choice(f"&{key}  {tr.text(FORMS[noun].label)}", partial(self.add, noun)) for key, noun in nouns],
        )

    def _open(self, at: int) -> None:
        item = self.timeline.item(at)
        if item is not None:
            self.show_record(item.id)

    def _wrote(self, told: str, changes: Changes, what: str) -> None:
        self.context.frame.wrote(self.context.tr.text(told, case=self.title, what=what), changes)
        self._stand_at(changes.made)

    def _attached(self, changes: Changes) -> None:
        tr = self.context.tr
        told = tr.text(N_("{case}: saved – {what}"), case=self.title, what=capital(tr.text(N_("attachment"))))
        self.context.frame.wrote(told, changes)

    def _panel_turned(self) -> None:
        self._head.make_room(for_form=isinstance(self._beside.panel(), FormPanel))

    def _panel_closed(self) -> None:
        self._panel_turned()
        self.list.setFocus()
