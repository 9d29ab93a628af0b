"""The details of one record beside the page: what stands in its fields, people and numbers on hold, and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.model.changes import HistoryItem
from family_case.model.phones import masked
from family_case.services import editing, history
from family_case.services.forms import FORMS, FieldType
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital, elsewhere, withheld_words
from ui.widgets.history_words import history_lines, value_words
from ui.widgets.icons import icon
from ui.widgets.reveal import Reveal
from ui.widgets.text import button, column, line, put_icon, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.consent import Withholding
    from family_case.model.entry import Part
    from family_case.model.views import PersonCard, TimelineItem
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

_SAID = frozenset({"words", "text", "translation", "pretext", "demands", "purpose", "conditions"})
# Fields that name someone or open a door: shown on hold.
_KEPT = frozenset({"name", "latin", "number", "address", "document_number", "answer", "counsel", "registration"})
_UNKNOWN = "unknown"
_UNDER = "padding: 2px 0; border-width: 1px 0;"  # words on a button stand under their label
_LINKS = (FieldType.PERSON, FieldType.CLAIMED, FieldType.RECORD)


@dataclass(frozen=True, slots=True)
class Details:
    """A record as its form knows it, and what was written about it."""

    noun: str
    values: Mapping[str, str]
    history: Sequence[HistoryItem]


def read_details(ref: str, session: Session) -> Details:
    """Read the record meant by `ref`; Refused when there is none."""
    return Details(editing.noun_of(session, ref), editing.values_of(session, ref), history.history(session, ref, 50))


class DetailsPanel(QWidget):
    """Read only; `edit` asks for the form."""

    edit = Signal(str, str)  # record id, noun
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        record_id: str,
        called: Mapping[str, str],
        item: TimelineItem | None = None,
        card: PersonCard | None = None,
        kept: Sequence[Withholding] = (),
    ) -> None:
        """`called`: people of the case by role; `item` or `card` when the record is one, `kept` from that person."""
        super().__init__()
        self._desk, self.record_id = desk, record_id
        self.noun = ""
        self._called, self._item, self._card, self._kept = called, item, card, kept
        tr = desk.tr
        self._title = text("", size="large")
        self._body = QWidget()
        self._inner = column([], space=STEP + STEP // 2)
        self._inner.setContentsMargins(0, 0, 2 * STEP, STEP)
        self._body.setLayout(self._inner)
        self._edit = button(tr.text(N_("Change")), self._ask_change)
        self._edit.setEnabled(False)
        close = button(tr.text(N_("Close")), self.closed.emit, kind="quiet")
        area = scrolled(self._body)
        area.setAccessibleName(tr.text(N_("Details")))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(area)
        foot = row([self._edit, close, None])
        foot.setContentsMargins(0, STEP, 0, 0)
        whole = column([self._title, STEP, area, line(), foot], margin=2 * STEP)
        self.setLayout(whole)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.jobs.read(partial(read_details, record_id), self._show, self._failed)

    def _show(self, found: Details) -> None:
        tr = self._desk.tr
        self.noun = found.noun
        form = FORMS[found.noun]
        self._title.setText(tr.text(form.label))
        self._edit.setEnabled(True)
        self._people()
        self._numbers()
        for field in form.fields:
            value = found.values.get(field.name, "")
            if value and value != _UNKNOWN and field.kind not in _LINKS:
                words = value_words(field, value, tr)
                self._add(tr.text(field.label), words, said=field.name in _SAID, kept=field.name in _KEPT)
        self._withheld()
        self._inner.addWidget(line())
        self._inner.addWidget(text(tr.text(N_("History")), size="small", tone="muted", bold=True))
        for change in history_lines(found.history, tr, self._desk.opened.zone, self._called):
            self._inner.addWidget(text(f"{change.when} · {change.title}, {change.gist}", size="small", tone="muted"))
            for told in change.said:
                self._inner.addWidget(text(told, size="small"))
        self._inner.addStretch(1)

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
            change = button(tr.text(N_("Change")), partial(self.edit.emit, each.id, "withholding"), kind="quiet")
            self._inner.addLayout(row([mark, None, change]))

    def _ask_change(self) -> None:
        self.edit.emit(self.record_id, self.noun)

    def _numbers(self) -> None:
        tr = self._desk.tr
        for number in self._item.numbers if self._item else ():
            self._add(tr.text(N_("Number or account")), masked(number.endpoint.norm), shown=number.use.raw)
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
