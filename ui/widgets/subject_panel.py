"""What we hold about one person, for that person: own data in full, everyone else masked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import date_short
from family_case.model.dates import parse
from family_case.model.entry import Part
from family_case.model.person import role_label
from family_case.services import subject
from family_case.services.forms import FORMS
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital
from ui.widgets.text import button, column, line, row, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.services.subject import InCase, Mention, Subject
    from ui.widgets.desk import Desk


class SubjectPanel(QWidget):
    """Read only; names stand open here, because it was asked for."""

    closed = Signal()

    def __init__(self, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.tr
        self._inner = column([], space=STEP)
        self._inner.setContentsMargins(0, 0, 2 * STEP, STEP)
        body = QWidget()
        body.setLayout(self._inner)
        area = scrolled(body)
        area.setAccessibleName(tr.text(N_("What we hold about this person")))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(area)
        close = button(tr.text(N_("Close")), self.closed.emit, kind="quiet")
        title = text(tr.text(N_("What we hold about this person")), size="large")
        self.setLayout(column([title, area, line(), row([close, None])], space=STEP, margin=2 * STEP))
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.jobs.read(partial(subject.access, ref=person_id), self._show, self._failed)

    def _show(self, found: Subject) -> None:
        tr = self._desk.tr
        for message, values in subject.kept_words(found):
            self._inner.addWidget(text(tr.text(message, **values), tone="amber"))
        self._section(N_("Names"), (name.entered for name in found.names))
        self._section(N_("Numbers and accounts"), (each.raw for each in found.numbers))
        documents = (f"{capital(tr.text(each.kind.label))}: {each.number}" for each in found.identifiers)
        self._section(N_("Identity documents"), documents)
        person = found.person
        self._section(N_("Note"), (person.note, person.safety_note, person.safe_hours, person.phone_shared_with))
        self._section(N_("Own fields"), (f"{each.field.name}: {each.value.content}" for each in found.custom))
        for case in found.cases:
            self._section(N_("In a case"), _of_case(case, found, tr))
        self._section(N_("Papers that left and name this person"), [str(len(found.papers))] if found.papers else [])
        self._inner.addStretch(1)

    def _section(self, head: str, lines: Iterable[str]) -> None:
        told = [each for each in lines if each.strip()]
        if told:
            self._inner.addWidget(text(self._desk.tr.text(head), size="small", tone="muted", bold=True))
            for each in told:
                self._inner.addWidget(text(each))

    def _failed(self, problem: Problem) -> None:
        self._inner.addWidget(text(sentence(problem, self._desk.tr), tone="danger"))


def _of_case(case: InCase, found: Subject, tr: Translator) -> list[str]:
    roles = ", ".join(tr.text(role_label(role.kind, found.person.sex)) for role in case.roles)
    consents = [
        f"{capital(tr.text(N_('consent')))}, {date_short(each.given, tr)}: "
        + ", ".join(sorted(tr.text(purpose.label) for purpose in each.purposes))
        for each in case.consents
    ]
    return [f"{case.code}: {roles}", *consents, *(_mention(each, tr) for each in case.mentions)]


def _mention(each: Mention, tr: Translator) -> str:
    """When, what, which part he had in it, and what it says with everyone else masked."""
    known = {str(part.value): part.label for part in Part}
    parts = ", ".join(tr.text(known[part]) for part in each.parts if part in known)
    what = tr.text(FORMS[each.kind].label) + (f" ({parts})" if parts else "")
    head = " · ".join(filter(None, (_day(each.happened, tr), what)))
    said = " ".join(filter(None, (each.text, each.words)))
    return f"{head}: {said}" if said else head


def _day(happened: str, tr: Translator) -> str:
    try:
        return date_short(parse(happened), tr) if happened else ""
    except Refused:
        return happened
