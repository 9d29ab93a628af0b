"""The details of one record beside the page: what stands in its fields, people and numbers on hold, and its history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.model.date_words import date_short
from family_case.model.entry import EntryKind, Part
from family_case.model.money import minor_units
from family_case.model.phones import masked
from family_case.services.forms import FORMS, LOGGED, FieldType
from family_case.services.linking import BODIES
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.about_record import NOUNS, AboutRecord
from ui.widgets.attachments import size_and_day
from ui.widgets.details_lines import DetailsLines
from ui.widgets.details_reading import Details, DetailsDoors, read_details
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital, elsewhere, withheld_words
from ui.widgets.further_names import FurtherNames, lines_of_person, lines_of_place
from ui.widgets.history_words import history_lines, value_words
from ui.widgets.kind_words import money
from ui.widgets.pop_up import Choice, offer
from ui.widgets.reveal import Reveal
from ui.widgets.same_person import SamePerson
from ui.widgets.text import UNDER, button, column, holding, line, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.consent import Withholding
    from family_case.model.views import PersonCard, TimelineItem
    from family_case.services.forms import Field
    from ui.widgets.desk import Desk

_SAID = frozenset({"words", "text", "translation", "pretext", "demands", "purpose", "conditions"})
# Fields that name someone or open a door: shown on hold.
_KEPT = frozenset(
    {"content", "name", "latin", "number", "address", "document_number", "answer", "counsel", "registration"}
)
# Names that are nobody's.
_OPEN = frozenset({("place", "name"), ("alias", "name"), ("field", "name"), ("body", "name"), ("cohort", "name")})
_IN_CARD = frozenset(
    {"number", "name", "name_kind", "name_language", "latin"}
)  # of a person: they have lines of their own
_UNKNOWN = "unknown"
_LINKS = (FieldType.PERSON, FieldType.CLAIMED, FieldType.RECORD)
_NO: Final = "no"


class DetailsPanel(QWidget):
    """Read only; to change anything it goes through its doors."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        doors: DetailsDoors,
        record_id: str,
        called: Mapping[str, str],
        item: TimelineItem | None = None,
        card: PersonCard | None = None,
        kept: Sequence[Withholding] = (),
        day: date | None = None,
    ) -> None:
        """`called`: people of the case by role, and records by their words.

        `item` or `card` when the record is one, `kept` from that person.

        `day`: as known when it ended; then nothing can be changed.
        """
        super().__init__()
        self._desk, self.doors, self.record_id = desk, doors, record_id
        self._writes = day is None and not desk.opened.read_only
        self.noun = ""
        self._same: SamePerson | None = None
        self._called, self._item, self._card, self._kept = called, item, card, kept
        tr = desk.tr
        self._title = text("", size="large")
        self._lines = DetailsLines(desk, doors.change, writes=self._writes)
        area = scrolled(self._lines)
        area.setAccessibleName(tr.text(N_("Details")))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(area)
        self.setLayout(column([self._title, STEP, area, line(), self._foot()], margin=2 * STEP))
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.jobs.read(partial(read_details, record_id, day), self._show, self._failed)

    def _foot(self) -> QWidget:
        """What can be done with the record; in the past, and read-only, only to close it."""
        tr = self._desk.tr
        self._edit = button(tr.text(N_("Change")), self._ask_change)
        close = button(tr.text(N_("Close")), self.closed.emit, kind="quiet")
        self._more = button(tr.text(N_("More")), self._offer_more, kind="quiet")
        foot = holding(row([self._edit, close, None, self._more]))
        foot.setContentsMargins(0, STEP, 0, 0)
        for part in (self._edit, self._more):
            part.setEnabled(False)
            if not self._writes:
                part.hide()
        return foot

    def _show(self, found: Details) -> None:
        tr = self._desk.tr
        self.noun = found.noun
        self._title.setText(tr.text(FORMS[found.noun].label))
        self._edit.setEnabled(True)
        self._more.setEnabled(True)
        if self._card is not None:
            self._names(found)
            self._same_person(self._card)
        self._people()
        self._numbers()
        self._fields(found)
        self._bodies()
        if self._card is None:
            self._names(found)
        self._files(found)
        self._custom(found)
        self._role()
        self._withheld()
        if found.noun in NOUNS:
            below = AboutRecord(found.below, tr, writes=self._writes)
            below.show_entry.connect(self.doors.show)
            below.log.connect(partial(self.doors.log_about, self.record_id))
            self._lines.put(below)
        self._lines.put(line())
        self._lines.put(text(tr.text(N_("History")), size="small", tone="muted", bold=True))
        for change in history_lines(found.history, tr, self._desk.opened.zone, self._called):
            self._lines.put(text(f"{change.when} · {change.title}, {change.gist}", size="small", tone="muted"))
            for told in change.said:
                self._lines.put(text(told, size="small"))
        self._lines.end()

    def _fields(self, found: Details) -> None:
        """What stands in the fields, in the order of the form."""
        tr = self._desk.tr
        for field in FORMS[found.noun].fields:
            value = found.values.get(field.name, "")
            if field.kind is FieldType.PERSON and field.part in (None, Part.WITH) and value in self._called:
                self._add_unless_told(field, value)
            elif field.kind is FieldType.RECORD and value in self._called:
                self._lines.add(tr.text(field.label), self._called[value])
            elif value and value != _UNKNOWN and self._told_here(field, value):
                words = _words(field, found.values, tr)
                kept = field.name in _KEPT and (found.noun, field.name) not in _OPEN
                said = field.name in _SAID and found.noun in LOGGED
                self._lines.add(tr.text(field.label), words, said=said, kept=kept)

    def _told_here(self, field: Field, value: str) -> bool:
        """Whether a field is told by its words; people, numbers, bodies, a currency and what is not so are not."""
        own = _IN_CARD if self._card is not None else {BODIES} if self._item is not None else set()
        needless = field.kind is FieldType.CURRENCY or (field.kind is FieldType.FLAG and value == _NO)
        return field.kind not in _LINKS and field.part is None and field.name not in own and not needless

    def _add_unless_told(self, field: Field, person: str) -> None:
        """Someone a record names, by role; those of an entry are told with their parts."""
        told = {each for _part, each, _name in self._item.people} if self._item else set()
        if person not in told:
            self._lines.add(self._desk.tr.text(field.label), self._called[person])

    def _bodies(self) -> None:
        """Who was asked and since when, what each answered, and the ways to change that and to add an answer."""
        tr, item = self._desk.tr, self._item
        step = bool(item and item.entry and item.entry.kind is EntryKind.STEP)  # a denial names its body in a field
        for each in item.bodies if item and step else ():
            since = tr.text(N_("since {date}"), date=date_short(each.since, tr)) if each.since else ""
            self._lines.add(tr.text(N_("Forwarded to") if each.forwarded_from else N_("Body")), each.body.name)
            if since:
                self._lines.put(text(since, size="small", tone="muted"))
            for reply in each.replies:
                day = date_short(reply.received, tr) if reply.received else ""
                words = " · ".join(part for part in (day, tr.text(reply.reply.label), reply.text) if part)
                self._lines.with_change(text(words), reply.id, "reply")
        if item and step and item.bodies and self._writes:
            add = button(tr.text(N_("Add a reply")), partial(self.doors.add, "reply", {"step": item.id}), kind="quiet")
            self._lines.put(holding(row([add, None])))

    def _names(self, found: Details) -> None:
        """All names of a person, the other names of a place, and the way to add one."""
        tr, doors = self._desk.tr, self.doors
        if self._card is None and found.noun != "place":
            return
        known = lines_of_person(self._card, tr) if self._card else lines_of_place(found.below.names, tr)
        noun, whose = ("name", "person") if self._card else ("alias", "place")
        of = self._card.here if self._card else self.record_id
        words = N_("Add a name") if self._card else N_("Add another name of it")
        names = FurtherNames(known, words, tr, self._desk.colours, writes=self._writes)
        names.change.connect(lambda ref: doors.change(ref, noun))
        names.add.connect(partial(doors.add, noun, {whose: of}))
        self._lines.put(names)

    def _same_person(self, card: PersonCard) -> None:
        """Which other records there are of someone who was written down twice."""
        self._same = SamePerson(self._desk, card, self._called, writes=self._writes)
        self._same.shown.connect(self.doors.show)
        self._same.changed.connect(self.doors.joined)
        self._lines.put(self._same)

    def _files(self, found: Details) -> None:
        """Files that hang on an entry, by their kind; a file dropped here is attached to it."""
        tr = self._desk.tr
        for each in found.attachments:
            about = size_and_day(each, self._desk.opened.zone, tr)
            show = button(capital(tr.text(each.media.label)), partial(self.doors.show, each.id), kind="quiet")
            self._lines.put(text(tr.text(N_("Attachment")), size="small", tone="muted"))
            self._lines.put(holding(row([show, text(about, size="small", tone="muted")])))

    def _custom(self, found: Details) -> None:
        """What stands in the office's own fields of a person, on hold, and the way to change it."""
        for each in found.below.custom:
            kept = Reveal("•••", each.value.content, self._desk.tr.text(N_("hold to see it")))
            kept.setStyleSheet(UNDER)
            self._lines.put(text(each.field.name, size="small", tone="muted"))
            self._lines.with_change(holding(row([kept, None])), each.value.id, "value")

    def _role(self) -> None:
        """What a person is in the case, and the way to change it."""
        if self._card is not None and self._card.role.case_id:
            self._lines.with_change(text(capital(self._called[self._card.person.id])), self._card.role.id, "role")

    def _offer_more(self) -> None:
        """What we hold about a person, and what goes for good."""
        tr, doors, who, words = self._desk.tr, self.doors, self.record_id, self._title.text()
        held = [Choice(tr.text(N_("What we hold about this person")), partial(doors.held, who))]
        twice = [Choice(tr.text(N_("Written down twice…")), self._same.ask)] if self._same is not None else []
        choices = [
            *(held if self._card is not None else ()),
            *twice,
            Choice(tr.text(N_("Erase older wordings…")), partial(doors.erase_older, who, words)),
            Choice(tr.text(N_("Erase for good…")), partial(doors.erase, who, words)),
        ]
        offer(self, self._more, choices, above=True)

    def _people(self) -> None:
        tr = self._desk.tr
        for part, person, name in self._item.people if self._item else ():
            role = self._called.get(person, tr.text(N_("person outside the case")))
            self._lines.add(capital(_part(part, tr)), role, shown=name)

    def _withheld(self) -> None:
        """What is kept from this person: a bare mark, its words on hold, and the way to change it."""
        tr = self._desk.tr
        for each in self._kept:
            words = tr.text(each.state.label) + ": " + withheld_words(each, tr)
            mark = Reveal("(!)", words, tr.text(N_("hold to see what is not to be told")))
            mark.setProperty("tone", "amber")
            mark.setStyleSheet(UNDER)
            self._lines.with_change(holding(row([mark, None])), each.id, "withholding")

    def _ask_change(self) -> None:
        self.doors.change(self.record_id, self.noun)

    def _numbers(self) -> None:
        tr = self._desk.tr
        for number in self._item.numbers if self._item else ():
            self._lines.add(tr.text(N_("Number or account")), masked(number.endpoint.norm), shown=number.use.raw)
            mark = tr.text(number.endpoint.mark.label if number.endpoint.mark else N_("no mark"))
            self._lines.with_change(text(mark, size="small", tone="muted"), number.endpoint.id, "endpoint")
        for endpoint in self._card.endpoints if self._card else ():
            self._lines.add(tr.text(N_("Own number or account")), masked(endpoint.norm), shown=endpoint.raw)
        linked = elsewhere(self._item, tr) if self._item else ""
        if linked:
            self._lines.put(text(linked, tone="amber"))

    def _failed(self, problem: Problem) -> None:
        self._lines.put(text(sentence(problem, self._desk.tr), tone="danger"))


def _words(field: Field, values: Mapping[str, str], tr: Translator) -> str:
    """A field's value in words; an amount with its currency."""
    value, currency = values[field.name], values.get("currency", "")
    if field.kind is FieldType.AMOUNT and currency:
        return money(minor_units(value, currency), currency, tr)
    return value_words(field, value, tr)


def _part(part: Part, tr: Translator) -> str:
    return tr.text(part.label)
