"""Log a conversation from anywhere: case, with whom, channel by one key, what was said and told; Ctrl+Enter saves.

Nothing is added silently: what will be written is listed beside the form before it is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import intake
from ui.pages import Page
from ui.theme import STEP
from ui.widgets.case_field import CaseField
from ui.widgets.case_reading import CaseView, read_case
from ui.widgets.conversation_form import NOUN, ConversationForm
from ui.widgets.drafting import Drafting
from ui.widgets.entry_form import scrolled
from ui.widgets.scale import scaled
from ui.widgets.state_label import StateLabel
from ui.widgets.states import Look
from ui.widgets.tab_order import pane, tab_as_read
from ui.widgets.text import button, clear, column, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.pages import Context

_FORM_WIDTH: Final = 680
_SUMMARY_WIDTH: Final = 360


class ConversationPage(Page):
    """The form of a conversation; `place` is the id of its case."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: CaseView | None = None
        self.case = CaseField(context)
        self.talk = ConversationForm(context)
        self._drafting = Drafting(context.jobs, NOUN, "", self.talk.draft_text, self)
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
            self.talk.form.focus_first()
        else:
            self.case.setFocus()

    def panes(self) -> list[QWidget]:
        """Case, form, and what will be written."""
        return [self.case, pane(self.talk), self._save]

    def last_words(self) -> list[Callable[[Session], object]]:
        """Fields of the draft that are not yet written."""
        return self._drafting.last_words()

    def writing(self) -> dict[str, str] | None:
        """A conversation that is not saved."""
        return {} if self.talk.typed() or self.talk.told() else None

    def resume(self, _form: dict[str, str]) -> None:
        """The draft of a case comes with it; what was begun in no case yet is brought back here."""
        if not self.case.case_id:
            self._drafting.load(self._bring_back)

    def save(self) -> None:
        """Write the conversation and all that was told as one change; a refusal stands where it belongs."""
        self.talk.clear_problems()
        self._trouble.hide()
        if not self.case.case_id:
            words = N_("Choose the case first. Nothing was saved; what you typed is still there.")
            self._trouble.setText(self.context.tr.text(words))
            self._trouble.show()
            self.case.setFocus()
            return
        self._save.setEnabled(False)
        spoken, told = self.talk.values(), self.talk.told()
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
        self._note = text("", size="small", tone="muted")
        self._trouble = text("", tone="danger")
        body = QWidget()
        case = column([text(tr.text(N_("Case")), size="small", tone="muted"), self.case], space=2)
        inner = column([case, self._note, self.talk, None])
        inner.setContentsMargins(2 * STEP, STEP, 3 * STEP, STEP)
        body.setLayout(inner)
        area = scrolled(body)
        area.setMaximumWidth(scaled(_FORM_WIDTH))
        title = text(self.title, size="title", bold=True)
        title.setContentsMargins(2 * STEP, 0, 0, 0)
        whole = row([column([title, area]), self._foot(), None], space=3 * STEP)
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
        words = N_("Ctrl+Enter saves all of it as one change. Until then it is a draft.")
        hint = text(tr.text(words), size="small", tone="muted")
        buttons = row([self._save, self._discard, None])
        made = QWidget()
        made.setLayout(column([head, self._summary, self._trouble, buttons, hint, None], space=2 * STEP))
        made.setFixedWidth(scaled(_SUMMARY_WIDTH))
        return made

    def _connect(self) -> None:
        self.case.chosen.connect(self._chosen)
        self.talk.edited.connect(self._drafting.touched)
        self.talk.changed.connect(self._list)
        self.talk.arranged.connect(lambda: tab_as_read(self.case, self.talk, self._save, self._discard))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self._leave, context=inside)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self, self.save, context=inside)

    def _fresh(self) -> None:
        """An empty form without a case."""
        self._view = None
        self.case.choose("", "")
        self._drafting.case_id = ""
        self._trouble.hide()
        self._note.hide()
        self._save.setEnabled(True)
        self.talk.begin(None)

    def _chosen(self, case_id: str) -> None:
        if case_id:
            self.context.jobs.read(partial(read_case, case_id), self._begin, self._refused, key="conversation")

    def _begin(self, view: CaseView) -> None:
        """Stand in this case: offer its people, keep what was typed, else bring its draft back."""
        typed, told = self.talk.typed(), self.talk.told()
        case_id = view.page.case.id
        if (typed or told) and self._drafting.case_id != case_id:
            self._drafting.drop()
        self._view = view
        self.case.choose(case_id, view.words(self.context.tr))
        self._drafting.case_id = case_id
        self.talk.begin(view)
        self.talk.put_back(typed, told)
        if typed or told:
            for name in self.talk.draft_names():
                self._drafting.touched(name)
        else:
            self._drafting.load(self._bring_back)
        self.talk.form.focus_first()

    def _bring_back(self, kept: dict[str, str]) -> None:
        if kept:
            self.talk.put_draft(kept)
            self._note.setText(self.context.tr.text(N_("Your draft was brought back. Nothing of it is saved yet.")))
            self._note.show()
            self.talk.form.focus_first()

    def _list(self) -> None:
        """Say what would be written now, and what is missing for it."""
        clear(self._summary)
        colours = self.context.colours
        for words, in_the_way in self.talk.summary():
            self._summary.addWidget(StateLabel(colours, Look(words, "pencil" if in_the_way else "check", "")))
            for each in in_the_way:
                self._summary.addWidget(StateLabel(colours, Look(each, "triangle-alert", "amber"), size="small"))

    def _written(self, changes: Changes) -> None:
        case_id, words = self.case.case_id, self._view.words(self.context.tr) if self._view is not None else ""
        self._drafting.drop()
        self._fresh()
        self.context.frame.wrote(self.context.tr.text(N_("{case}: conversation saved"), case=words), changes)
        self.context.frame.go("case", f"{case_id} {changes.made}")

    def _leave(self) -> None:
        """Go back; what was typed stays as a draft."""
        self._drafting.keep()
        self.context.frame.go("case" if self.case.case_id else "today", self.case.case_id)

    def _refused(self, problem: Problem) -> None:
        """Say what is wrong; of a refusal all of it, so that it can be mended in one go."""
        self._save.setEnabled(True)
        if not isinstance(problem, Refused):
            self.talk.set_problem(problem)
            return
        job = self.talk.read_faults(self.case.case_id)
        self.context.jobs.read(
            job, partial(self.talk.set_problem, problem), lambda _other: self.talk.set_problem(problem)
        )
