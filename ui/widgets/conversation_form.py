"""The form of a conversation with the forms of what was told in it: what is typed, what would be written, its draft.

In the draft a field of the conversation stands under its own name, one of something told under "place.noun.field".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.services.faults import faults
from family_case.services.forms import FORMS
from ui.theme import STEP
from ui.widgets.case_sources import case_sources
from ui.widgets.desk import today
from ui.widgets.entry_form import EntryForm
from ui.widgets.form_fields import Sources
from ui.widgets.text import clear, column
from ui.widgets.told import CALL_BACK, ToldBar, ToldBlock, will_be_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from family_case.errors import Problem, Refused
    from family_case.services.session import Session
    from ui.widgets.case_reading import CaseView
    from ui.widgets.desk import Desk

    Told = list[tuple[str, dict[str, str]]]
    Faults = Sequence[Mapping[str, Refused]]

NOUN: Final = "conversation"


class ConversationForm(QWidget):
    """All fields; made anew for each case, because it offers the people of the case."""

    edited = Signal(str)  # name in the draft
    changed = Signal()  # what would be written
    arranged = Signal()  # which fields there are

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sources = Sources()
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.blocks: list[ToldBlock] = []
        self.begin(None)

    def begin(self, view: CaseView | None) -> None:
        """An empty form that offers the people and records of this case (None: of no case yet)."""
        self._sources = case_sources(view, self._desk.tr) if view is not None else Sources()
        clear(self._room)
        self.blocks = []
        more = N_("More about the conversation")
        self.form = EntryForm(FORMS[NOUN], self._desk.tr, sources=self._sources, more=more)
        for name, value in self._start().items():
            self.form.field(name).set_value(value)
        self._told_room = QVBoxLayout()
        self._told_room.setSpacing(3 * STEP)
        bar = ToldBar(self._desk.tr)
        bar.wanted.connect(self._wanted)
        holder = QWidget()
        holder.setLayout(column([bar, self._told_room], space=2 * STEP))
        self.form.put_after_first(holder)
        self.form.edited.connect(self._touched)
        self._room.addWidget(self.form)
        self.form.show()  # at once: what is shown later cannot take the keyboard now
        self.arranged.emit()
        self.changed.emit()

    def add(self, noun: str) -> ToldBlock:
        """Add something that was told, and put the keyboard into it."""
        block = ToldBlock(noun, self._desk.tr, self._desk.colours, self._sources)
        block.removed.connect(partial(self._remove, block))
        block.edited.connect(partial(self._touched_in, block))
        self.blocks.append(block)
        self._told_room.addWidget(block)
        block.show()
        self.arranged.emit()
        self.changed.emit()
        block.form.focus_first()
        return block

    def forms(self) -> list[EntryForm]:
        """The conversation's form, then those of what was told."""
        return [self.form, *(block.form for block in self.blocks)]

    def values(self) -> dict[str, str]:
        """The conversation as it would be written."""
        return self.form.values()

    def told(self) -> Told:
        """What was told, as it would be written."""
        return [(block.noun, block.form.values()) for block in self.blocks]

    def typed(self) -> dict[str, str]:
        """What the user typed into the conversation itself, without what stands there from the start."""
        start = self._start()
        return {name: value for name, value in self.form.values().items() if start.get(name) != value}

    def summary(self) -> list[tuple[str, list[str]]]:
        """Of each thing that would be written: its words, and what stands in the way."""
        return [will_be_written(form, self._desk.tr, self._desk.opened.zone) for form in self.forms()]

    def put_back(self, typed: Mapping[str, str], told: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Show what was typed before."""
        self.form.set_values(typed)
        for noun, values in told:
            self.add(noun).form.set_values(values)

    def put_draft(self, kept: Mapping[str, str]) -> None:
        """Show a draft."""
        told: dict[tuple[int, str], dict[str, str]] = {}
        for name, value in kept.items():
            at, _, rest = name.partition(".")
            noun, _, field = rest.partition(".")
            if field:
                told.setdefault((int(at), noun), {})[field] = value
        own = {name: value for name, value in kept.items() if "." not in name}
        self.put_back(own, [(noun, told[at, noun]) for at, noun in sorted(told)])

    def draft_names(self) -> list[str]:
        """Names in the draft of all that is typed."""
        inner = [f"{at}.{noun}.{name}" for at, (noun, values) in enumerate(self.told()) for name in values]
        return [*self.typed(), *inner]

    def draft_text(self, name: str) -> str:
        """Text that stands under this name in the draft."""
        at, _, rest = name.partition(".")
        if not rest:
            return self.form.field(name).value()
        noun, _, field = rest.partition(".")
        block = self.blocks[int(at)] if int(at) < len(self.blocks) else None
        return block.form.field(field).value() if block is not None and block.noun == noun else ""

    def clear_problems(self) -> None:
        """Take back what was said to be wrong."""
        for form in self.forms():
            form.clear_problem()

    def read_faults(self, ref: str) -> Callable[[Session], Faults]:
        """A call for the lane: what is wrong with each field of each form, in the case meant by `ref`."""
        typed = [(form.form.noun, form.values(), form.names()) for form in self.forms()]
        return lambda session: [faults(session, noun, values, names, ref) for noun, values, names in typed]

    def set_problem(self, problem: Problem, found: Faults | None = None) -> None:
        """Say what is wrong in the form it is about, and in each form what was `found` to be wrong in it."""
        forms = self.forms()
        wrong = found if found is not None and len(found) == len(forms) else [{} for _form in forms]
        told = any(fault.message == problem.message for each in wrong for fault in each.values())
        about = next((form for form in forms if form.concerns(problem)), None if told else self.form)
        for form, faulty in reversed(list(zip(forms, wrong, strict=True))):  # the keyboard goes to the topmost
            if faulty or form is about:
                form.set_problem(problem if form is about else None, faulty)

    def _start(self) -> dict[str, str]:
        """What stands in a fresh form."""
        return {"channel": "phone", "happened": today(self._desk).isoformat()}

    def _wanted(self, noun: str) -> None:
        if noun == CALL_BACK:
            self.form.show_all()
            self.form.focus_field(CALL_BACK)
        else:
            self.add(noun)

    def _remove(self, block: ToldBlock) -> None:
        """Take something told away; what stands after it moves up in the draft."""
        before = self.draft_names()
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()
        for name in dict.fromkeys([*before, *self.draft_names()]):
            self.edited.emit(name)
        self.changed.emit()

    def _touched(self, name: str) -> None:
        self.edited.emit(name)
        self.changed.emit()

    def _touched_in(self, block: ToldBlock, name: str) -> None:
        self.edited.emit(f"{self.blocks.index(block)}.{block.noun}.{name}")
        self.changed.emit()
