"""Log a conversation from anywhere: case, with whom, channel by one key, what was said and told; Ctrl+Enter saves.

Nothing is added silently: what will be written is listed beside the form before it is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.services import intake
from family_case.services.forms import FORMS
from ui.pages import Page
from ui.theme import STEP
from ui.widgets.case_field import CaseField
from ui.widgets.case_reading import CaseView, read_case
from ui.widgets.case_sources import case_sources
from ui.widgets.desk import today
from ui.widgets.drafting import Drafting
from ui.widgets.entry_form import EntryForm, scrolled
from ui.widgets.form_fields import Sources
from ui.widgets.scale import scaled
from ui.widgets.state_label import StateLabel
from ui.widgets.states import Look
from ui.widgets.tab_order import tab_as_read
from ui.widgets.text import button, column, row, text
from ui.widgets.told import CALL_BACK, ToldBar, ToldBlock, will_be_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.pages import Context

NOUN: Final = "conversation"
_FORM_WIDTH: Final = 680
_OTHER: Final = "other"  # the channel, when none of the keyed ones is on


class ConversationPage(Page):
    """The form of a conversation; `place` is the id of its case."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: CaseView | None = None
        self._blocks: list[ToldBlock] = []
        self.case = CaseField(context)
        self._drafting = Drafting(context.jobs, NOUN, "", self._text_of, self)
        self._build()
        self._connect()
        self._fresh()

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("New conversation"))

    @property
    def place(self) -> str:
        """Id of the case chosen."""
        return self.case.case_id

    def go(self, place: str) -> None:
        """Begin in the case of this id; what was begun elsewhere stays as that case's draft."""
        if place and place != self.case.case_id:
            self._drafting.keep()
            self._fresh()
            self.context.jobs.read(partial(read_case, place), self._begin, key="conversation")
        elif not place:
            self.case.offer_all()

    def focus_first(self) -> None:
        """The case, or with whom when the case is known."""
        if self.case.case_id:
            self.form.focus_first()
        else:
            self.case.setFocus()

    def panes(self) -> list[QWidget]:
        """Form and what will be written."""
        return [self.case, self.form, self._save]

    def last_words(self) -> list[Callable[[Session], object]]:
        """Fields of the draft that are not yet written."""
        return self._drafting.last_words()

    def add(self, noun: str) -> ToldBlock:
        """Add something that was told, and put the keyboard into it."""
        sources = case_sources(self._view.page, self.context.tr) if self._view is not None else Sources()
        block = ToldBlock(noun, self.context.tr, self.context.colours, sources)
        block.removed.connect(partial(self._remove, block))
        block.edited.connect(partial(self._touched_in, block))
        self._blocks.append(block)
        self._told_room.addWidget(block)
        block.show()
        self._order_tabs()
        self._list()
        block.form.focus_first()
        return block

    def save(self) -> None:
        """Write the conversation and all that was told as one change; a refusal stands where it belongs."""
        for form in self._forms():
            form.clear_problem()
        self._trouble.hide()
        if not self.case.case_id:
            self._say(
                self.context.tr.text(N_("Choose the case first. Nothing was saved; what you typed is still there."))
            )
            self.case.setFocus()
            return
        spoken = self.form.values()
        spoken.setdefault("channel", _OTHER)
        told = [(block.noun, block.form.values()) for block in self._blocks]
        self._save.setEnabled(False)
        job = partial(intake.log_together, ref=self.case.case_id, conversation=spoken, told=told)
        self.context.jobs.write(job, self._written, self._refused)

    def discard(self) -> None:
        """Forget what was typed."""
        self._drafting.drop()
        self._fresh()
        self.case.offer_all()
        self.case.setFocus()

    def _build(self) -> None:
        tr = self.context.tr
        self._form_room = QVBoxLayout()
        self._told_room = QVBoxLayout()
        self._told_room.setSpacing(2 * STEP)
        self._note = text("", size="small", tone="muted")
        self._trouble = text("", tone="danger")
        body = QWidget()
        inner = column(
            [text(tr.text(N_("Case")), size="small", tone="muted"), self.case, self._note, self._form_room, None]
        )
        inner.setContentsMargins(2 * STEP, STEP, 3 * STEP, STEP)
        body.setLayout(inner)
        area = scrolled(body)
        area.setMaximumWidth(scaled(_FORM_WIDTH))
        title = text(self.title, size="title", bold=True)
        title.setContentsMargins(2 * STEP, 0, 0, 0)
        left = column([title, area], space=STEP)
        whole = row([left, self._foot(), None], space=3 * STEP)
        whole.setContentsMargins(0, 2 * STEP, 2 * STEP, STEP)
        whole.setStretch(0, 10)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _foot(self) -> QWidget:
        """What will be written, and the buttons."""
        tr = self.context.tr
        self._summary = QVBoxLayout()
        self._summary.setSpacing(STEP)
        self._save = button(tr.text(N_("Save")), self.save, kind="primary")
        self._save.setToolTip("Ctrl+Enter")
        self._discard = button(tr.text(N_("Discard")), self.discard, kind="quiet")
        head = text(tr.text(N_("What will be written")), size="small", tone="muted", bold=True)
        hint = text(
            tr.text(N_("Ctrl+Enter saves all of it as one change. Until then it is a draft.")),
            size="small",
            tone="muted",
        )
        made = QWidget()
        made.setLayout(
            column(
                [head, self._summary, self._trouble, row([self._save, self._discard, None]), hint, None], space=2 * STEP
            )
        )
        made.setFixedWidth(scaled(360))
        return made

    def _connect(self) -> None:
        self.case.chosen.connect(self._chosen)
        QShortcut(QKeySequence("Esc"), self, self._leave, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _fresh(self) -> None:
        """An empty form without a case."""
        self._view = None
        self.case.choose("", "")
        self._drafting.case_id = ""
        self._trouble.hide()
        self._note.hide()
        self._blocks = []
        self._save.setEnabled(True)
        self._make_form(Sources())

    def _make_form(self, sources: Sources) -> None:
        """The form with these people to choose from; what was typed before is not kept here."""
        while (item := self._form_room.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.form = EntryForm(FORMS[NOUN], self.context.tr, sources=sources)
        self.form.set_values({"channel": "phone"})
        self.form.field("happened").set_value(today(self.context).isoformat())
        self._told_room = QVBoxLayout()
        self._told_room.setSpacing(3 * STEP)
        bar = ToldBar(self.context.tr)
        bar.wanted.connect(self._wanted)
        holder = QWidget()
        holder.setLayout(column([bar, self._told_room], space=2 * STEP))
        self.form.put_after_first(holder)
        self.form.edited.connect(self._touched)
        self._form_room.addWidget(self.form)
        self.form.show()  # at once: what is shown later cannot take the keyboard now
        self._order_tabs()
        self._list()

    def _order_tabs(self) -> None:
        tab_as_read(self.case, self.form, self._save, self._discard)

    def _chosen(self, case_id: str) -> None:
        if case_id:
            self.context.jobs.read(partial(read_case, case_id), self._begin, self._refused, key="conversation")

    def _begin(self, view: CaseView) -> None:
        """Stand in this case: offer its people, keep what was typed, else bring its draft back."""
        typed, told = self._typed(), [(block.noun, block.form.values()) for block in self._blocks]
        begun = bool(typed or told)
        if begun and self._drafting.case_id != view.page.case.id:
            self._drafting.drop()
        self._view = view
        self.case.choose(view.page.case.id, view.words(self.context.tr))
        self._drafting.case_id = view.page.case.id
        self._blocks = []
        self._make_form(case_sources(view.page, self.context.tr))
        self._put_back(typed, told)
        if begun:
            self._touch_all()
        else:
            self._drafting.load(self._bring_back)
        self.form.focus_first()

    def _put_back(self, typed: dict[str, str], told: list[tuple[str, dict[str, str]]]) -> None:
        self.form.set_values(typed)
        for noun, values in told:
            self.add(noun).form.set_values(values)

    def _bring_back(self, kept: dict[str, str]) -> None:
        told: dict[str, dict[str, str]] = {}
        for name, value in kept.items():
            at, _, rest = name.partition(".")
            noun, _, field = rest.partition(".")
            if field:
                told.setdefault(f"{at}.{noun}", {})[field] = value
        self._put_back(
            {name: value for name, value in kept.items() if "." not in name},
            [(key.partition(".")[2], told[key]) for key in sorted(told)],
        )
        if kept:
            self._note.setText(self.context.tr.text(N_("Your draft was brought back. Nothing of it is saved yet.")))
            self._note.show()
            self.form.focus_first()

    def _typed(self) -> dict[str, str]:
        """What the user typed into the conversation itself, without what stands there from the start."""
        start = {"channel": "phone", "happened": today(self.context).isoformat()}
        return {name: value for name, value in self.form.values().items() if start.get(name) != value}

    def _wanted(self, noun: str) -> None:
        if noun == CALL_BACK:
            self.form.show_all()
            self.form.focus_field(CALL_BACK)
        else:
            self.add(noun)

    def _remove(self, block: ToldBlock) -> None:
        self._touch_all()
        self._blocks.remove(block)
        block.hide()
        block.deleteLater()
        self._touch_all()
        self._list()

    def _forms(self) -> list[EntryForm]:
        return [self.form, *(block.form for block in self._blocks)]

    def _touched(self, name: str) -> None:
        self._drafting.touched(name)
        self._list()

    def _touched_in(self, block: ToldBlock, name: str) -> None:
        self._drafting.touched(f"{self._blocks.index(block)}.{block.noun}.{name}")
        self._list()

    def _touch_all(self) -> None:
        for name in self._typed():
            self._drafting.touched(name)
        for at, block in enumerate(self._blocks):
            for name in block.form.values():
                self._drafting.touched(f"{at}.{block.noun}.{name}")

    def _text_of(self, name: str) -> str:
        """Text of a field of the draft: of the conversation, or of the thing told at that place."""
        at, _, rest = name.partition(".")
        if not rest:
            return self.form.field(name).value()
        noun, _, field = rest.partition(".")
        block = self._blocks[int(at)] if int(at) < len(self._blocks) else None
        return block.form.field(field).value() if block is not None and block.noun == noun else ""

    def _list(self) -> None:
        """Say what would be written now, and what is missing for it."""
        while (item := self._summary.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        tr = self.context.tr
        for form in self._forms():
            words, missing = will_be_written(form, tr)
            self._summary.addWidget(StateLabel(self.context.colours, Look(words, "check", "")))
            if missing:
                needs = tr.text(N_("needs: {fields}"), fields=", ".join(missing))
                self._summary.addWidget(
                    StateLabel(self.context.colours, Look(needs, "triangle-alert", "amber"), size="small")
                )

    def _written(self, changes: Changes) -> None:
        case_id, words = self.case.case_id, self._view.words(self.context.tr) if self._view is not None else ""
        self._drafting.drop()
        self._fresh()
        self.context.frame.wrote(self.context.tr.text(N_("{case}: conversation saved"), case=words), changes)
        self.context.frame.go("case", case_id)

    def _leave(self) -> None:
        """Go back; what was typed stays as a draft."""
        self._drafting.keep()
        self.context.frame.go("case" if self.case.case_id else "today", self.case.case_id)

    def _refused(self, problem: Problem) -> None:
        self._save.setEnabled(True)
        about = next((form for form in self._forms() if form.concerns(problem)), self.form)
        about.set_problem(problem)

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()
