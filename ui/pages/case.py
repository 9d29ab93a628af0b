"""One case: its head, its timeline with filter chips, and beside it people and what is open, a form, or details."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.records import BY_TABLE
from family_case.services.forms import FORMS, LOGGED
from ui.pages import OfCase
from ui.problems import sentence
from ui.tables.timeline import FILTERS, Timeline
from ui.tables.timeline_view import TimelineView
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.case_header import CaseHeader, Doors
from ui.widgets.case_reading import CaseView, read_case
from ui.widgets.case_side import CaseSide, SideDoors
from ui.widgets.case_sources import case_sources
from ui.widgets.details import DetailsPanel
from ui.widgets.empty import Empty
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital, roles
from ui.widgets.erase_dialog import EraseDialog, Erasure, gone_words
from ui.widgets.filter_chips import FilterChips
from ui.widgets.flow import Flow
from ui.widgets.form_panel import FormPanel, Wanted
from ui.widgets.icons import icon
from ui.widgets.past_banner import PastBanner
from ui.widgets.scale import centred
from ui.widgets.subject_panel import SubjectPanel
from ui.widgets.tab_order import pane
from ui.widgets.text import button, column, line, row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.pages import Context

_KEYS = "1234567890-"  # one for each kind, in the order they are logged most
# One part in so many of the page is what the whole head may take: beside a form, and otherwise. Else it is one line.
_SHARE_WITH_FORM, _SHARE = 5, 4
_LOGGED = tuple(noun for noun in LOGGED if noun != "conversation")


class CasePage(OfCase):
    """The page of one case; `place` is its id. To go to one of its records, name that after a blank."""

    tables = frozenset(BY_TABLE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.view: CaseView | None = None
        self._header: CaseHeader | None = None
        self._unfolded = False  # by wish
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
            self._unfolded = False
            self._close_panel()
            self.chips.choose(FILTERS[0][0])
            self.reload()
        if record_id:
            self._stand_at(record_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page folds the head."""
        super().resizeEvent(event)
        self._fold()

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
        panel = self._beside.panel()
        return panel.last_words() if isinstance(panel, FormPanel) else []

    @property
    def writes(self) -> bool:
        """Whether something may be written here: not into a case as it was known once."""
        return self.view is not None and self.view.known_on is None

    def add(self, noun: str, values: Mapping[str, str] | None = None) -> None:
        """Open the form of a noun beside the timeline, with what is known already."""
        if self.view is not None and self.writes:
            page = self.view.page
            sources = case_sources(self.view, self.context.tr)
            self._put(FormPanel(self.context, Wanted(noun, page.case.id, self.title, sources, values or {})))

    def show_record(self, record_id: str) -> None:
        """Open the details of a record beside the timeline."""
        if self.view is None:
            return
        page = self.view.page
        item = next((each for each in page.timeline if each.id == record_id), None)
        card = next((each for each in page.people if each.person.id == record_id), None)
        kept = [each for each in page.withholdings if each.from_person_id == record_id]
        called, day = roles(page.people, self.context.tr), self.view.known_on
        panel = DetailsPanel(self.context, record_id, called, item, card, kept, day)
        panel.edit.connect(self._change)
        panel.add.connect(self.add)
        panel.joined.connect(self._joined)
        panel.erase.connect(self._ask_erase)
        panel.older.connect(partial(self._ask_erase, older=True))
        panel.shown.connect(self.show_record)
        panel.logged.connect(self._log_about)
        panel.asked.connect(self._show_held)
        panel.closed.connect(self._close_panel)
        self._beside.put(panel)
        self._fold()
        panel.setFocus()

    def _log_about(self, record_id: str, noun: str) -> None:
        """Open the form of an entry about a place, a cohort or a body, in no case."""
        if self.view is not None and self.writes:
            sources = case_sources(self.view, self.context.tr)
            words = self.context.tr.text(N_("in no case"))
            self._put(FormPanel(self.context, Wanted(noun, case_words=words, sources=sources, about=record_id)))

    def _show_held(self, person_id: str) -> None:
        """Show what we hold about one person."""
        panel = SubjectPanel(self.context, person_id)
        panel.closed.connect(self._close_panel)
        self._beside.put(panel)
        panel.setFocus()

    def _build(self) -> None:
        tr = self.context.tr
        self._head = QWidget()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._head_room = QVBoxLayout(self._head)
        self._head_room.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, STEP)
        self.chips = FilterChips(tr.text(N_("Show")), [(code, tr.text(words)) for code, words in FILTERS])
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
        self._beside = Beside(self._middle(), self._side)
        self.past = PastBanner(self.context)
        self.past.wanted.connect(self._stand_on)
        whole = column([self.past, self._head, line(), self._beside], space=0)
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
        told = text(tr.text(N_("in italics: what was said")), size="small", tone="muted", said=True)
        noted = text(tr.text(N_("upright: what was checked, and what we noted")), size="small", tone="muted")
        for label in (told, noted):
            label.setWordWrap(False)
        legend = column([Flow([told, noted], space=STEP)])  # in large text the second goes below
        legend.setContentsMargins(2 * STEP, STEP // 2, 2 * STEP, STEP // 2)
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        middle = column([top, self._trouble, self._stack, legend], space=0)
        middle.setStretch(2, 1)
        made = QWidget()
        made.setLayout(middle)
        return made

    def _show(self, view: CaseView) -> None:
        chosen = self.timeline.item(self.list.chosen())
        scrolled = self.list.verticalScrollBar().value()
        self.view = view
        tr, colours = self.context.tr, self.context.colours
        frame, case_id = self.context.frame, view.page.case.id
        self.past.stand_at(view.known_on)
        paper = f"{case_id} {view.known_on or ''}".strip()
        doors = Doors(
            partial(frame.go, "report", paper), partial(frame.go, "history", case_id), self._turn_head, self._more_menu
        )
        self._header = CaseHeader(view, tr, colours, doors)
        _replace(self._head_room, self._header)
        self._fold()
        side = CaseSide(view.page, tr, colours, SideDoors(self.add, self.show_record), writes=self.writes)
        _replace(self._side_room, side)
        self._log.setEnabled(self.writes)
        self.timeline.show_case(view.page)
        self.chips.count(self.timeline.counts())
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

    def _turn_head(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _fold(self) -> None:
        """Leave the head in one line where the whole would take more than its share of the page."""
        if self._header is None:
            return
        share = _SHARE_WITH_FORM if isinstance(self._beside.panel(), FormPanel) else _SHARE
        may = self._header.full_height(self.width() - 4 * STEP) * share > self.height()
        self._header.fold(may=may, folded=may and not self._unfolded)

    def _failed(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self.context.tr))
        self._trouble.show()

    def _stand_on(self, day: date | None) -> None:
        """Show the case as known on this day (None: today); a form that is open keeps its draft and goes."""
        panel = self._beside.panel()
        if isinstance(panel, FormPanel):
            panel.close_panel()
        self._close_panel()
        job = partial(read_case, self._case_id, day=day)
        self.context.jobs.read(job, self._show, self._no_such_past, key="case page")

    def _no_such_past(self, problem: Problem) -> None:
        self.past.say_refused(sentence(problem, self.context.tr))

    def _more_menu(self) -> None:
        """What else can be done with the whole case."""
        if self.view is None or self._header is None:
            return
        tr, case = self.context.tr, self.view.page.case
        menu = QMenu(self)
        deeds: tuple[tuple[str, Callable[[], object], bool], ...] = (
            (N_("Change the case…"), partial(self._change, case.id, "case"), self.writes),
            (N_("As we knew it on…"), self.past.begin, True),
            (N_("Erase this case…"), partial(self._ask_erase, case.id, self.title, code=case.code), self.writes),
        )
        for words, act, may in deeds:
            action = QAction(tr.text(words), menu)
            action.setEnabled(may)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        below = self._header.more.rect().bottomRight()
        menu.popup(self._header.more.mapToGlobal(below - QPoint(menu.sizeHint().width(), 0)))

    def _ask_erase(self, record_id: str, called: str, *, code: str = "", older: bool = False) -> None:
        """Ask whether a record, a person or the whole case shall go for good."""
        if self.view is None or not self.writes:
            return
        said = case_sources(self.view, self.context.tr).records
        lines = {option.id: option.words for name in ("entry", "told_in") for option in said[name]}
        known = roles(self.view.page.people, self.context.tr) | lines
        what = capital(known.get(record_id, called))
        dialog = EraseDialog(self.context, Erasure(record_id, what, code, older, lines), self)
        dialog.erased.connect(partial(self._erased, whole=bool(code), older=older))
        dialog.open()

    def _erased(self, changes: Changes, *, whole: bool, older: bool) -> None:
        frame = self.context.frame
        self._close_panel()
        if whole:
            self._case_id, self.view = "", None
            frame.go("cases")
        frame.toast(gone_words(changes, self.context.tr, older=older))

    def _talk(self) -> None:
        self.context.frame.go("conversation", self._case_id)

    def _log_menu(self) -> None:
        if not self.writes:
            return
        menu = QMenu(self)
        for key, noun in zip(_KEYS, _LOGGED, strict=True):
            action = QAction(f"&{key}  {self.context.tr.text(FORMS[noun].label)}", menu)
            action.triggered.connect(lambda _checked=False, noun=noun: self.add(noun))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._log.mapToGlobal(QPoint(0, self._log.height())))

    def _open(self, at: int) -> None:
        item = self.timeline.item(at)
        if item is not None:
            self.show_record(item.id)

    def _change(self, record_id: str, noun: str) -> None:
        if self.view is not None and self.writes:
            page = self.view.page
            wanted = Wanted(
                noun, page.case.id, self.title, case_sources(self.view, self.context.tr), record_id=record_id
            )
            self._put(FormPanel(self.context, wanted))

    def _put(self, panel: FormPanel) -> None:
        panel.saved.connect(self._saved)
        panel.closed.connect(self._close_panel)
        self._beside.put(panel)
        self._unfolded = False
        self._fold()
        panel.focus_first()

    def _saved(self, changes: Changes) -> None:
        panel = self.sender()
        noun = panel.wanted.noun if isinstance(panel, FormPanel) else ""
        what = capital(self.context.tr.text(FORMS[noun].label)) if noun else ""
        gone = isinstance(panel, FormPanel) and panel.taken_away
        told = N_("{case}: taken away – {what}") if gone else N_("{case}: saved – {what}")
        words = self.context.tr.text(told, case=self.title, what=what)
        self.context.frame.wrote(words, changes)
        self._stand_at(changes.made)

    def _joined(self, changes: Changes) -> None:
        self.context.frame.wrote(self.context.tr.text(changes.reason.label), changes)
        self._close_panel()

    def _close_panel(self) -> None:
        self._beside.take_away()
        self._fold()
        self.list.setFocus()


def _replace(room: QVBoxLayout, widget: QWidget) -> None:
    """Put `widget` where the one before stood."""
    while (item := room.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    room.addWidget(widget)
    widget.show()
