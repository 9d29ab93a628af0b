"""A form in a panel of the page: title, fields, drafts, Ctrl+Enter saves, Esc closes and keeps the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import editing, intake, naming
from family_case.services.faults import faults
from family_case.services.forms import FORMS, LOGGED, FieldType
from ui.theme import STEP
from ui.widgets.desk import today
from ui.widgets.drafting import Drafting
from ui.widgets.entry_form import EntryForm, scrolled
from ui.widgets.flow import Flow
from ui.widgets.form_fields import Sources
from ui.widgets.scale import scaled
from ui.widgets.tab_order import tab_as_read
from ui.widgets.text import button, column, line, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

_TODAY = ("happened", "given")  # dates that are today unless said otherwise
_LARGE = 120  # per cent of text size
_NOW = frozenset({"conversation", "note", "consent"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form: the noun, the case it is in (id, or nothing), its code and alias, and what is known already."""

    noun: str
    case_id: str = ""
    case_words: str = ""
    sources: Sources = field(default_factory=Sources)
    values: Mapping[str, str] = field(default_factory=dict)
    record_id: str = ""  # the record to change; nothing for a new one
    about: str = ""  # place, cohort or body that an entry in no case is about

    def words(self) -> dict[str, str]:
        """Which form it is, to open it again; what is known already under its fields' names after a dot."""
        known = {f".{name}": value for name, value in self.values.items()}
        return {"noun": self.noun, "record": self.record_id, "about": self.about} | known


def known_of(words: Mapping[str, str]) -> dict[str, str]:
    """What was known already, of a form's `words`."""
    return {name[1:]: value for name, value in words.items() if name.startswith(".")}


class FormPanel(QWidget):
    """One form until it is saved or closed."""

    saved = Signal(object)  # Changes
    closed = Signal()

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        super().__init__()
        self._desk, self.wanted = desk, wanted
        shape = FORMS[wanted.noun]
        without = _hidden(wanted)
        self.form = EntryForm(shape, desk.tr, sources=wanted.sources, without=without)
        of = wanted.record_id or wanted.about or " ".join(wanted.values.values())
        draft = f"{wanted.noun} {of}".strip()
        self._drafting = Drafting(desk.jobs, draft, wanted.case_id, self._text_of, self)
        self._before: dict[str, str] = {}
        self.taken_away = False  # instead of changed
        new_case = wanted.noun == "case" and not wanted.record_id
        self._build(desk.tr.text(N_("New case") if new_case else shape.label))
        self._begin()
        if wanted.record_id:
            desk.jobs.read(partial(editing.values_of, ref=wanted.record_id), self._found, self._refused)
        else:
            self._ready()

    def focus_first(self) -> None:
        """Put the keyboard into the first empty field."""
        self.form.focus_first()

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft's fields that are not yet written."""
        return self._drafting.last_words()

    def save(self) -> None:
        """Hand what was typed to the service; a refusal is shown, and what was typed stays."""
        self.form.clear_problem()
        self._save.setEnabled(False)
        noun, ref, values = self.wanted.noun, self.wanted.case_id, self.form.values()
        if self.wanted.record_id:
            job = partial(editing.change, ref=self.wanted.record_id, values=self._changed(values))
        elif noun in LOGGED:
            job = partial(intake.log, kind=noun, ref=self.wanted.about or ref, values=values)
        else:
            job = partial(intake.add, noun=noun, values=values | ({"case": ref} if self._in_case() else {}))
        self._desk.jobs.write(job, self._written, self._refused)

    def take_away(self) -> None:
        """Take the record away again; one that says only how something is called."""
        self._desk.jobs.write(partial(naming.remove, ref=self.wanted.record_id), self._taken, self._refused)

    def close_panel(self) -> None:
        """Go away and keep the draft."""
        self._drafting.keep()
        self.closed.emit()

    def discard(self) -> None:
        """Go away and forget the draft."""
        self._drafting.drop()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; the draft stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _build(self, title: str) -> None:
        tr = self._desk.tr
        self._note = text("", size="small", tone="muted")
        self._note.hide()
        self._save = button(tr.text(N_("Save")), self.save, kind="primary")
        self._save.setToolTip("Ctrl+Enter")
        close = button(tr.text(N_("Close")), self.close_panel, kind="quiet")
        close.setToolTip(tr.text(N_("Esc; what you typed is kept as a draft")))
        discard = button(tr.text(N_("Discard")), self.discard, kind="quiet")
        deeds = [self._save, discard, close]
        if self.wanted.record_id and self.wanted.noun in naming.REMOVABLE:
            deeds.append(button(tr.text(N_("Take away")), self.take_away, kind="quiet"))
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        hint = text(tr.text(N_("Ctrl+Enter saves")), size="small", tone="muted")
        if scaled(100) > _LARGE:  # the fields need the room; the button tells it as well
            hint.hide()
        case = [text(self.wanted.case_words, size="small", tone="muted")] if self.wanted.case_words else []
        head = [text(title, size="large"), *case, self._note]
        body = QWidget()
        inner = column([self.form, None])
        inner.setContentsMargins(0, 0, 2 * STEP, STEP)
        body.setLayout(inner)
        area = scrolled(body)
        whole = column([*head, area, line(), Flow(deeds), hint], margin=2 * STEP)
        whole.setStretch(len(head), 1)
        self.setLayout(whole)
        tab_as_read(self)

    def _begin(self) -> None:
        given = dict(self.wanted.values)
        if self.wanted.noun in _NOW and not self.wanted.record_id:
            given = {name: today(self._desk).isoformat() for name in _TODAY if name in self.form.names()} | given
        self.form.set_values(given)

    def _found(self, values: dict[str, str]) -> None:
        """Show what stands in the record that is to be changed."""
        self.form.set_values(values)
        self._before = self.form.values()
        self._ready()

    def _ready(self) -> None:
        self.form.edited.connect(self._drafting.touched)
        self._drafting.load(self._bring_back)

    def _changed(self, values: dict[str, str]) -> dict[str, str]:
        """Only the fields that differ now; an emptied one as an empty text."""
        names = {*values, *self._before}
        return {name: values.get(name, "") for name in names if values.get(name, "") != self._before.get(name, "")}

    def _bring_back(self, kept: dict[str, str]) -> None:
        if kept:
            self.form.set_values(kept)
            self._note.setText(self._desk.tr.text(N_("Your draft was brought back. Nothing of it is saved yet.")))
            self._note.show()

    def _text_of(self, name: str) -> str:
        return self.form.field(name).value()

    def _in_case(self) -> bool:
        return bool(self.wanted.case_id) and FORMS[self.wanted.noun].field("case") is not None

    def _taken(self, changes: Changes) -> None:
        self.taken_away = True
        self._written(changes)

    def _written(self, changes: Changes) -> None:
        self._drafting.drop()
        self.saved.emit(changes)
        self.closed.emit()

    def _refused(self, problem: Problem) -> None:
        """Say what is wrong; of a refusal all of it, so that it can be mended in one go."""
        self._save.setEnabled(True)
        if not isinstance(problem, Refused):
            self.form.set_problem(problem)
            return
        job = partial(
            faults, noun=self.wanted.noun, values=self.form.values(), asked=self.form.names(), ref=self.wanted.case_id
        )
        self._desk.jobs.read(
            job, partial(self.form.set_problem, problem), lambda _other: self.form.set_problem(problem)
        )


def _hidden(wanted: Wanted) -> set[str]:
    """Fields that are known from where the form stands, and (in a change) those that cannot be changed there."""
    found = {"case"} if wanted.case_id or wanted.noun == "person" else set()
    if wanted.about:  # people and conversations are those of a case
        found |= {each.name for each in FORMS[wanted.noun].fields if each.kind is FieldType.PERSON}
        found |= {"told_in", "place", "cohort", "about_body"}
    if wanted.record_id:
        form = FORMS[wanted.noun]
        kept = set(editing.changeable(form))
        found |= {each.name for each in form.fields if each not in kept}
    return found
