"""The details of one record beside the page: what stands in its fields, people and numbers on hold, and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from family_case.i18n import N_
from family_case.model.base import Record
from family_case.model.changes import HistoryItem
from family_case.model.date_words import date_short
from family_case.model.entry import EntryKind, Part
from family_case.model.phones import masked
from family_case.services import about, casework, editing, history, known
from family_case.services.about import About
from family_case.services.forms import FORMS, FieldType
from family_case.services.linking import BODIES
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.about_record import NOUNS, AboutRecord
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital, elsewhere, withheld_words
from ui.widgets.history_words import history_lines, value_words
from ui.widgets.icons import icon
from ui.widgets.linked import linked_words
from ui.widgets.reveal import Reveal
from ui.widgets.text import Part as Piece
from ui.widgets.text import button, column, holding, line, put_icon, row, text

if TYPE_CHECKING:
    from datetime import date

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.consent import Withholding
    from family_case.model.views import PersonCard, TimelineItem
    from family_case.services.forms import Field
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

_SAID = frozenset({"words", "text", "translation", "pretext", "demands", "purpose", "conditions"})
# Fields that name someone or open a door: shown on hold.
_KEPT = frozenset({"name", "latin", "number", "address", "document_number", "answer", "counsel", "registration"})
# Names that are nobody's.
_OPEN = frozenset({("place", "name"), ("body", "name"), ("cohort", "name")})
_UNKNOWN = "unknown"
_LINES = 50  # of the history
_UNDER = "padding: 2px 0; border-width: 1px 0;"  # words on a button stand under their label
_LINKS = (FieldType.PERSON, FieldType.CLAIMED, FieldType.RECORD)


@dataclass(frozen=True, slots=True)
class Details:
    """A record as its form knows it, and what was written about it."""

    noun: str
    values: Mapping[str, str]
    history: Sequence[HistoryItem]
    below: About
    linked: Mapping[str, Record]  # what it refers to, by id


def read_details(ref: str, day: date | None, session: Session) -> Details:
    """Read the record meant by `ref`, as known on `day`; Refused when there is none, or was none."""
    lines = history.history(session, ref, _LINES)
    if day is not None:
        lines = [line for line in lines if line.time_ms <= known.end_of(day, session)]
    with known.when(session, ref, day) as told:
        below = about.about(told, casework.record(told, ref))
        noun, values = editing.noun_of(told, ref), editing.values_of(told, ref)
        links = (values.get(each.name, "") for each in FORMS[noun].fields if each.kind is FieldType.RECORD)
        linked = {each: casework.record(told, each) for each in links if each}
        return Details(noun, values, lines, below, linked)


class DetailsPanel(QWidget):
    """Read only; `edit` asks for the form."""

    edit = Signal(str, str)  # record id, noun
    answer = Signal(str)  # step that a body answered
    erase = Signal(str, str)  # record id, how it is called
    older = Signal(str, str)  # the same: only its older wordings
    shown = Signal(str)  # another record, wanted in place of this one
    logged = Signal(str, str)  # about this record, an entry of this kind, in no case
    asked = Signal(str)  # person: what we hold about him
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        record_id: str,
        called: Mapping[str, str],
        item: TimelineItem | None = None,
        card: PersonCard | None = None,
        kept: Sequence[Withholding] = (),
        day: date | None = None,
    ) -> None:
        """`called`: people of the case by role; `item` or `card` when the record is one, `kept` from that person.

        `day`: as known when it ended; then nothing can be changed.
        """
        super().__init__()
        self._desk, self.record_id, self._day = desk, record_id, day
        self.noun = ""
        self._called, self._item, self._card, self._kept = called, item, card, kept
        tr = desk.tr
        self._title = text("", size="large")
        self._body = QWidget()
        self._inner = column([], space=STEP + STEP // 2)
        self._inner.setContentsMargins(0, 0, 2 * STEP, STEP)
        self._body.setLayout(self._inner)
        area = scrolled(self._body)
        area.setAccessibleName(tr.text(N_("Details")))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(area)
        self.setLayout(column([self._title, STEP, area, line(), self._foot()], margin=2 * STEP))
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.jobs.read(partial(read_details, record_id, day), self._show, self._failed)

    def _foot(self) -> QWidget:
        """What can be done with the record; in the past only to close it."""
        tr = self._desk.tr
        self._edit = button(tr.text(N_("Change")), self._ask_change)
        close = button(tr.text(N_("Close")), self.closed.emit, kind="quiet")
        self._more = button(tr.text(N_("More")), self._offer_more, kind="quiet")
        foot = holding(row([self._edit, close, None, self._more]))
        foot.setContentsMargins(0, STEP, 0, 0)
        for part in (self._edit, self._more):
            part.setEnabled(False)
            if self._day is not None:
                part.hide()
        return foot

    def _show(self, found: Details) -> None:
        tr = self._desk.tr
        self.noun = found.noun
        form = FORMS[found.noun]
        self._title.setText(tr.text(form.label))
        self._edit.setEnabled(True)
        self._more.setEnabled(True)
        self._people()
        self._numbers()
        for field in form.fields:
            value = found.values.get(field.name, "")
            if field.kind is FieldType.PERSON and field.part in (None, Part.WITH) and value in self._called:
                self._add_unless_told(field, value)
            elif value in found.linked and (to := linked_words(found.linked[value], tr)):
                self._add(tr.text(field.label), to)
            elif value and value != _UNKNOWN and self._told_here(field):
                words = value_words(field, value, tr)
                kept = field.name in _KEPT and (found.noun, field.name) not in _OPEN
                self._add(tr.text(field.label), words, said=field.name in _SAID, kept=kept)
        self._bodies()
        self._role()
        self._withheld()
        if found.noun in NOUNS:
            below = AboutRecord(found.below, tr, writes=self._day is None)
            below.show_entry.connect(self.shown)
            below.log.connect(partial(self.logged.emit, self.record_id))
            self._inner.addWidget(below)
        self._inner.addWidget(line())
        self._inner.addWidget(text(tr.text(N_("History")), size="small", tone="muted", bold=True))
        for change in history_lines(found.history, tr, self._desk.opened.zone, self._called):
            self._inner.addWidget(text(f"{change.when} · {change.title}, {change.gist}", size="small", tone="muted"))
            for told in change.said:
                self._inner.addWidget(text(told, size="small"))
        self._inner.addStretch(1)

    def _told_here(self, field: Field) -> bool:
        """Whether a field is told by its words; people, numbers and bodies have lines of their own."""
        own = (self._item is not None and field.name == BODIES) or (self._card is not None and field.name == "number")
        return field.kind not in _LINKS and field.part is None and not own

    def _add_unless_told(self, field: Field, person: str) -> None:
        """Someone a record names, by role; those of an entry are told with their parts."""
        told = {each for _part, each, _name in self._item.people} if self._item else set()
        if person not in told:
            self._add(self._desk.tr.text(field.label), self._called[person])

    def _bodies(self) -> None:
        """Who was asked and since when, what each answered, and the ways to change that and to add an answer."""
        tr, item = self._desk.tr, self._item
        for each in item.bodies if item else ():
            since = tr.text(N_("since {date}"), date=date_short(each.since, tr)) if each.since else ""
            self._add(tr.text(N_("Forwarded to") if each.forwarded_from else N_("Body")), each.body.name)
            self._inner.addWidget(text(since, size="small", tone="muted"))
            for reply in each.replies:
                day = date_short(reply.received, tr) if reply.received else ""
                words = " · ".join(part for part in (day, tr.text(reply.reply.label), reply.text) if part)
                self._with_change(text(words), reply.id, "reply")
        if item and item.entry and item.entry.kind is EntryKind.STEP and item.bodies and self._day is None:
            add = button(tr.text(N_("Add a reply")), partial(self.answer.emit, item.id), kind="quiet")
            self._inner.addLayout(row([add, None]))

    def _role(self) -> None:
        """What a person is in the case, and the way to change it."""
        if self._card is not None and self._card.role.case_id:
            self._with_change(text(capital(self._called[self._card.person.id])), self._card.role.id, "role")

    def _with_change(self, words: QWidget, record_id: str, noun: str) -> None:
        """Words with a button that changes the record behind them."""
        parts: list[Piece] = [words]
        if self._day is None:
            change = button(self._desk.tr.text(N_("Change")), partial(self.edit.emit, record_id, noun), kind="quiet")
            change.setAccessibleName(f"{self._desk.tr.text(N_('Change'))}: {self._desk.tr.text(FORMS[noun].label)}")
            parts.append(change)
        beside = row(parts)
        beside.setStretch(0, 1)
        self._inner.addLayout(beside)

    def _offer_more(self) -> None:
        """What we hold about a person, and what goes for good."""
        tr, words = self._desk.tr, self._title.text()
        menu = QMenu(self)
        if self._card is not None:
            held = QAction(tr.text(N_("What we hold about this person")), menu)
            held.triggered.connect(lambda _checked=False: self.asked.emit(self.record_id))
            menu.addAction(held)
        for label, wish in (
            (N_("Erase older wordings…"), self.older),
            (N_("Erase for good…"), self.erase),
        ):
            action = QAction(tr.text(label), menu)
            action.triggered.connect(lambda _checked=False, wish=wish: wish.emit(self.record_id, words))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _people(self) -> None:
        tr = self._desk.tr
        for part, person, name in self._item.people if self._item else ():
            role = self._called.get(person, tr.text(N_("person outside the case")))
            self._add(capital(_part(part, tr)), role, shown=name)

    def _withheld(self) -> None:
        """What is kept from this person: a bare mark, its words on hold, and the way to change it."""
        tr = self._desk.tr
        for each in self._kept:
            words = tr.text(each.state.label) + ": " + withheld_words(each, tr)
            mark = Reveal("(!)", words, tr.text(N_("hold to see what is not to be told")))
            mark.setProperty("tone", "amber")
            mark.setStyleSheet(_UNDER)
            self._with_change(holding(row([mark, None])), each.id, "withholding")

    def _ask_change(self) -> None:
        self.edit.emit(self.record_id, self.noun)

    def _numbers(self) -> None:
        tr = self._desk.tr
        for number in self._item.numbers if self._item else ():
            self._add(tr.text(N_("Number or account")), masked(number.endpoint.norm), shown=number.use.raw)
            mark = tr.text(number.endpoint.mark.label if number.endpoint.mark else N_("no mark"))
            self._with_change(text(mark, size="small", tone="muted"), number.endpoint.id, "endpoint")
        for endpoint in self._card.endpoints if self._card else ():
            self._add(tr.text(N_("Own number or account")), masked(endpoint.norm), shown=endpoint.raw)
        linked = elsewhere(self._item, tr) if self._item else ""
        if linked:
            self._inner.addWidget(text(linked, tone="amber"))

    def _add(self, label: str, words: str, *, said: bool = False, kept: bool = False, shown: str = "") -> None:
        """Label over its words; `kept` words, or `shown` behind them, only on hold."""
        value: QWidget = text(words, said=said)
        if kept or shown:
            how = self._desk.tr.text(N_("hold to see it"))
            value = Reveal("•••" if kept else words, words if kept else shown, how)
            put_icon(value, icon("eye", self._desk.colours.muted, 16), 16)
            value.setStyleSheet(_UNDER)
        beside = row([value, None] if kept or shown else [value])
        holder = QWidget()
        holder.setLayout(column([text(label, size="small", tone="muted"), beside], space=0))
        self._inner.addWidget(holder)

    def _failed(self, problem: Problem) -> None:
        self._inner.addWidget(text(sentence(problem, self._desk.tr), tone="danger"))


def _part(part: Part, tr: Translator) -> str:
    return tr.text(part.label)
