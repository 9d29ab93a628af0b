"""Beside the timeline: people, open promises, document requests, consents; names and reasons on hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QWidget

from family_case.i18n import N_
from family_case.model.consent import WithholdingState
from family_case.model.date_words import date_short
from family_case.model.person import RoleKind
from family_case.model.phones import masked
from family_case.model.task import Task, TaskState
from ui.theme import STEP
from ui.widgets.attachments import size_and_day
from ui.widgets.case_rules import rule_sections
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital, roles, withheld_words
from ui.widgets.history_words import COVER
from ui.widgets.icons import icon
from ui.widgets.kind_words import money
from ui.widgets.pop_up import Choice, offer
from ui.widgets.reveal import Reveal
from ui.widgets.state_label import StateLabel
from ui.widgets.states import promise_look, sent_look
from ui.widgets.text import button, column, holding, line, row, text

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.attachment import Attachment
    from family_case.model.background import Identifier, LegalHold
    from family_case.model.body import Body
    from family_case.model.consent import Consent
    from family_case.model.dates import PartialDate
    from family_case.model.place import Place
    from family_case.model.views import CasePage, PersonCard, PromiseLine, RequestLine
    from ui.theme import Colours

_INDENT: Final = 9  # pixels before the words of a quiet button
# What can be added, in the order of the menu.
ADDABLE: Final = {
    "person": N_("Person"),
    "role": N_("Role of someone known"),
    "task": N_("Task"),
    "consent": N_("Consent"),
    "withholding": N_("Withholding"),
    "identifier": N_("Identity document"),
    "endpoint": N_("Number or account"),
    "question": N_("Check question"),
    "reply": N_("Reply of a body"),
    "sentence": N_("Legal status before"),
    "effect": N_("Effect on the family"),
    "hold": N_("Legal hold"),
    "member": N_("Member of a cohort"),
    "cohort": N_("Cohort"),
    "body": N_("Body"),
    "place": N_("Place"),
    "source": N_("Source"),
    "value": N_("Content of an own field"),
    "field": N_("Own field"),
}


@dataclass(frozen=True, slots=True)
class SideDoors:
    """Where the panel's buttons lead: the form of a noun, the details of a record, files to be attached."""

    add: Callable[[str], object]
    show: Callable[[str], object]
    attach: Callable[[], object]


class CaseSide(QWidget):
    """Built anew each time the case was read."""

    def __init__(
        self, page: CasePage, tr: Translator, colours: Colours, doors: SideDoors, *, zone: str = "", writes: bool = True
    ) -> None:
        """`writes`: something may be added; not to a case as it was known once."""
        super().__init__()
        self._tr, self._colours, self._doors, self._page = tr, colours, doors, page
        self._writes, self._zone = writes, zone
        self._called = roles(page.people, tr)
        people = {card.person.id: card for card in page.people}  # one line each, however many roles
        body = QWidget()
        parts = [
            self._section(N_("People"), [self._person(card) for card in people.values()], "person"),
            *rule_sections(page, tr, colours),
            self._section(
                N_("Open promises"), [self._promise(each) for each in page.promises if open_promise(each)], ""
            ),
            self._section(N_("Document requests"), [self._request(each) for each in page.requests], ""),
            self._section(N_("Consents"), [self._consent(each) for each in page.consents], "consent"),
            self._section(N_("Tasks"), [self._task(each) for each in page.background.tasks if is_open(each)], "task"),
            self._section(
                N_("Identity documents"), [self._document(each) for each in page.background.identifiers], "identifier"
            ),
            self._files(),
            *self._beside(),
        ]
        inner = column([*parts, None], space=3 * STEP, margin=STEP)
        body.setLayout(inner)
        self._add = button(tr.text(N_("Add")), self._menu, icon=icon("plus", colours.text))
        foot = holding(column([line(), row([self._add, None], margin=2 * STEP)], space=0))
        above = scrolled(body)
        above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # the foot stays whole
        room = column([above, foot], space=0)
        room.setStretch(0, 1)
        self.setLayout(room)
        if not writes:
            foot.hide()

    def _section(self, name: str, lines: list[QWidget], noun: str, plus: QWidget | None = None) -> QLayout:
        tr = self._tr
        head: list[QWidget | QLayout | int | None] = [text(tr.text(name), size="small", tone="muted", bold=True)]
        if noun and self._writes:
            plus = self._plus(tr.text(N_("Add: {what}"), what=tr.text(ADDABLE[noun])), partial(self._doors.add, noun))
        if plus is not None:
            head.append(plus)
        top = row(head)
        top.setStretch(0, 1)
        top.setContentsMargins(_INDENT, 0, 0, 0)
        return column([top, *(lines or [self._none()])], space=STEP // 2)

    def _plus(self, words: str, act: Callable[[], object]) -> QPushButton:
        plus = QPushButton(icon("plus", self._colours.muted, 16), "")
        plus.setProperty("kind", "quiet")
        plus.setAccessibleName(words)
        plus.setToolTip(words)
        plus.clicked.connect(lambda _checked=False: act())
        return plus

    def _files(self) -> QLayout:
        """Files handed over, by their kind; what one is called may name someone, so it shows on hold."""
        tr = self._tr
        lines = [self._file(each) for each in self._page.background.attachments]
        plus = self._plus(tr.text(N_("Attach files")), self._doors.attach) if self._writes else None
        return self._section(N_("Attachments"), lines, "", plus)

    def _file(self, each: Attachment) -> QWidget:
        tr = self._tr
        about = self._below(size_and_day(each, self._zone, tr))
        shown = self._line(capital(tr.text(each.media.label)), each.id, about)
        made = QWidget()
        made.setLayout(row([shown, None, self._hold("eye", each.name, tr.text(N_("hold to see the name")))], space=0))
        return made

    def _beside(self) -> list[QLayout]:
        """What stands beside the timeline and was entered; nothing where nothing was."""
        known, tr = self._page.background, self._tr
        lines = [
            *((N_("Check question"), tr.text(each.state.label), each.id) for each in known.questions),
            *((N_("Legal status before"), each.article, each.id) for each in known.sentences),
            *((N_("Effect on the family"), _day(each.as_of, tr), each.id) for each in known.effects),
            *((N_("Legal hold"), tr.text(_hold_state(each)), each.id) for each in known.holds),
            *((N_("Cohort"), each.name, each.id) for each in known.cohorts),
            *((N_("Source"), each.publisher or COVER, each.id) for each in known.sources),
            *((N_("Own field"), each.field.name, each.value.id) for each in known.custom if each.value.case_id),
            *((N_("Body"), each.name, each.id) for each in _bodies(self._page)),
            *((N_("Place"), each.name, each.id) for each in _places(self._page)),
        ]
        shown = [self._line(tr.text(what), made, self._below(words)) for what, words, made in lines]
        return [self._section(N_("Also recorded"), shown, "")] if shown else []

    def _below(self, words: str) -> QWidget:
        return text(words, size="small", tone="muted")

    def _task(self, each: Task) -> QWidget:
        """What is to be done by its kind; its words, which may name someone, in the details."""
        due = self._tr.text(N_("due: {date}"), date=date_short(each.due, self._tr)) if each.due else ""
        return self._line(capital(self._tr.text(each.kind.label)), each.id, self._below(due))

    def _document(self, each: Identifier) -> QWidget:
        """A document by the last signs of its number, the whole of it on hold."""
        tr = self._tr
        who = capital(self._called.get(each.person_id, tr.text(N_("person outside the case"))))
        what = ", ".join((capital(tr.text(each.kind.label)), masked(each.number)))
        beside: list[QWidget | QLayout | int | None] = [
            self._line(what, each.id, self._below(who)),
            None,
            self._hold("eye", each.number, tr.text(N_("hold to see the number"))),
        ]
        made = QWidget()
        made.setLayout(row(beside, space=0))
        return made

    def _none(self) -> QWidget:
        made = text(self._tr.text(N_("none")), tone="muted")
        made.setContentsMargins(_INDENT, 0, 0, 0)
        return made

    def _person(self, card: PersonCard) -> QWidget:
        """Role, name on hold, own numbers on hold, and a bare (!) whose text shows on hold."""
        tr = self._tr
        role = button(capital(self._called[card.person.id]), lambda: self._doors.show(card.person.id), kind="quiet")
        parts: list[QWidget | QLayout | int | None] = [role, None]
        if card.withheld:
            parts.append(self._withheld(card))
        numbers = ", ".join(endpoint.raw for endpoint in card.endpoints)
        if numbers and card.role.kind is not RoleKind.SOUGHT:
            parts.append(self._hold("phone", numbers, tr.text(N_("hold to see the number"))))
        if card.name:
            parts.append(self._hold("eye", card.name, tr.text(N_("hold to see the name"))))
        inner = row(parts, space=0)
        for part in parts:
            if isinstance(part, QWidget):  # else the small marks bound the height and cut large words
                inner.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
        made = QWidget()
        made.setLayout(inner)
        return made

    def _hold(self, shape: str, kept: str, how: str) -> QWidget:
        made = Reveal("", kept, how)
        made.setIcon(icon(shape, self._colours.muted, 16))
        made.setAccessibleName(how)
        return made

    def _withheld(self, card: PersonCard) -> QWidget:
        kept = [each for each in self._page.withholdings if each.from_person_id == card.person.id]
        in_force = [each for each in kept if each.state is WithholdingState.IN_FORCE]
        words = "; ".join(withheld_words(each, self._tr) for each in in_force)
        made = Reveal("(!)", words, self._tr.text(N_("hold to see what is not to be told")))
        made.setProperty("tone", "amber")
        return made

    def _promise(self, each: PromiseLine) -> QWidget:
        tr = self._tr
        amount = money(each.promise.amount, each.promise.currency, tr)
        what = ", ".join(part for part in (capital(tr.text(each.promise.promise.label)), amount) if part)
        return self._line(what, each.entry.id, StateLabel(self._colours, promise_look(each.standing, tr), size="small"))

    def _request(self, each: RequestLine) -> QWidget:
        tr = self._tr
        through = ", ".join(masked(number.endpoint.norm) for number in each.numbers)
        what = ", ".join(part for part in (capital(tr.text(each.request.document.label)), through) if part)
        look = StateLabel(self._colours, sent_look(each.request.sent, tr), size="small")
        return self._line(what, each.entry.id, look)

    def _consent(self, each: Consent) -> QWidget:
        tr = self._tr
        who = capital(self._called.get(each.giver_id, tr.text(N_("person outside the case"))))
        purposes = ", ".join(sorted(tr.text(purpose.label) for purpose in each.purposes))
        words = f"{purposes}; {date_short(each.given, tr)}"
        if each.withdrawn:
            words = tr.text(N_("withdrawn {date}"), date=date_short(each.withdrawn, tr))
        return self._line(who, each.id, text(words, size="small", tone="muted"))

    def _line(self, what: str, record_id: str, below: QWidget) -> QWidget:
        head = button(what, lambda: self._doors.show(record_id), kind="quiet")
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        below.setContentsMargins(_INDENT, 0, 0, 0)
        made = QWidget()
        made.setLayout(column([row([head, None]), below], space=0))
        return made

    def _menu(self) -> None:
        tr, add = self._tr, self._doors.add
        choices = [Choice(tr.text(words), partial(add, noun)) for noun, words in ADDABLE.items()]
        offer(self, self._add, choices, above=True)


def is_open(each: Task) -> bool:
    """Whether a task is still to be done."""
    return each.state is TaskState.OPEN


def _bodies(page: CasePage) -> list[Body]:
    """Bodies that were asked in the case, or deny, each once."""
    return list({line.body.id: line.body for item in page.timeline for line in item.bodies}.values())


def _places(page: CasePage) -> list[Place]:
    """Places the case speaks of, each once."""
    named = [page.held_at, *(item.place for item in page.timeline)]
    return list({place.id: place for place in named if place is not None}.values())


def _hold_state(each: LegalHold) -> str:
    return N_("lifted") if each.lifted else N_("in force")


def _day(day: PartialDate | None, tr: Translator) -> str:
    return date_short(day, tr) if day else ""


def open_promise(each: PromiseLine) -> bool:
    """Whether something is still to come of a promise."""
    return each.standing.overdue or each.standing.state.value not in ("kept", "withdrawn")
