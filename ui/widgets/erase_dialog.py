"""Before something goes for good: what goes, what will still name the person, and a yes that no slip can give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.details import DETAILS
from family_case.services import erasing
from family_case.services.record_words import TOLD, named
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital
from ui.widgets.fields import LineField
from ui.widgets.hold_to_act import HoldToAct
from ui.widgets.state_label import StateLabel
from ui.widgets.states import Look
from ui.widgets.text import Part, button, column, holding, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.erasing import Plan
    from ui.widgets.desk import Desk

_ENTRIES: Final = frozenset(kind.TABLE for kind in DETAILS.values())
_WIDTH: Final = 70 * STEP
_TALLEST: Final = 30 * STEP  # of what goes, before it scrolls


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go: the record's id, how it is called, for a case its code (which is to be typed).

    `older`: only its older wordings. `lines`: how the entries of the case are called, by id.
    """

    ref: str
    called: str
    code: str = ""
    older: bool = False
    lines: Mapping[str, str] | None = None


def gone_words(changes: Changes, tr: Translator, *, older: bool) -> str:
    """What to say when it is done: that it is gone, and which backups still hold it."""
    words = N_("Its older wordings are erased. They cannot be brought back.")
    said = tr.text(words if older else N_("Erased. It cannot be brought back."))
    return "\n".join([said, *(tr.text(message, **values) for message, values in changes.notes)])


class EraseDialog(QDialog):
    """Stands over the window until it is decided; `erased` tells what was touched."""

    erased = Signal(object)  # Changes

    def __init__(self, desk: Desk, wish: Erasure, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._wish = desk, wish
        tr = desk.tr
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = N_("Erase older wordings: {what}") if wish.older else N_("Erase for good: {what}")
        title = text(tr.text(words, what=wish.called), size="large", bold=True)
        self.setWindowTitle(tr.text(N_("Erase")))
        self._said = ""
        self._plan = QVBoxLayout()
        self._plan.setSpacing(STEP)
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        self._code = LineField(tr.text(N_("Code of the case")), hint=wish.code)
        self._erase: HoldToAct | None = None
        last = StateLabel(
            desk.colours,
            Look(tr.text(N_("It cannot be taken back.")), "triangle-alert", "danger"),
            bold=True,
        )
        kept = text(
            tr.text(N_("Backups made before still hold it, until they are gone too.")), size="small", tone="muted"
        )
        self.setLayout(
            column(
                [title, self._plan, last, kept, *self._yes(), self._trouble, self._buttons()],
                space=2 * STEP,
                margin=3 * STEP,
            )
        )
        self.setMinimumWidth(_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self._keep.setFocus()
        if wish.older:
            what = N_("What stood there before goes from the history. What stands there now is kept.")
            self._plan.addWidget(text(tr.text(what)))
            self._allow(yes=True)
        else:
            desk.jobs.read(partial(erasing.plan, ref=wish.ref), self._told, self._refused)

    def plan_words(self) -> str:
        """All that is said to go, as text."""
        return self._said

    def _yes(self) -> list[Part]:
        """How it is confirmed: the case's code typed, or only the button held."""
        if not self._wish.code:
            return []
        words = self._desk.tr.text(N_("To erase the case, type its code: {code}"), code=self._wish.code)
        self._code.edited.connect(self._typed)
        return [holding(column([text(words), self._code], space=2))]

    def _buttons(self) -> QWidget:
        tr = self._desk.tr
        self._keep = button(tr.text(N_("Keep everything")), self.reject)
        self._keep.setDefault(True)
        self._erase = HoldToAct(tr.text(N_("Hold to erase")), tr.text(N_("Keep holding…")))
        self._erase.setEnabled(False)
        self._erase.acted.connect(self._go)
        return holding(row([self._keep, None, self._erase]))

    def _told(self, plan: Plan) -> None:
        """List what goes, by kind; links and details that belong to it as one number."""
        tr = self._desk.tr
        shown = {table: n for table, n in plan.counts.items() if table in TOLD and table != "entry"}
        rest = sum(n for table, n in plan.counts.items() if table not in shown and table != "entry")
        notes = plan.counts.get("entry", 0) - sum(n for table, n in shown.items() if table in _ENTRIES)
        lines = [f"{capital(named(table, tr))}: {n}" for table, n in shown.items()]
        lines += [f"{capital(tr.text(N_('note')))}:\u00a0{notes}"] if notes > 0 else []
        lines += [tr.text(N_("What links them: {n}"), n=rest)] if rest else []
        self._list(tr.text(N_("This goes for good, from the history too:")), [" · ".join(lines)])
        elsewhere = len(plan.cases) if not self._wish.code else 0
        if elsewhere > 1:
            self._list(tr.plural(N_("It stands in {n} case."), N_("It stands in {n} cases."), elsewhere), [])
        known = self._wish.lines or {}
        if plan.open_promises:
            words = N_("These promises by this person are still open; they stay, and will no longer say by whom: {ids}")
            self._list(tr.text(words, ids="; ".join(known.get(each, each) for each in plan.open_promises)), [])
        if plan.still_naming:
            named_in = [known[each] for each in plan.still_naming if each in known]
            other = len(plan.still_naming) - len(named_in)
            named_in += [tr.text(N_("in other cases: {n}"), n=other)] if other else []
            head = N_("These texts will still name this person; correct them, then erase their older wordings:")
            self._list(tr.text(head), named_in)
        self._allow(yes=not self._wish.code)

    def _list(self, words: str, lines: list[str]) -> None:
        self._said = "\n".join(filter(None, (self._said, words, *lines)))
        self._plan.addWidget(text(words))
        if lines:
            unbroken = "\n".join(lines).replace(": ", ":\u00a0").replace(" · ", "\u00a0· ")
            inner = text(unbroken, size="small", tone="muted")
            area = scrolled(inner)
            area.setFixedHeight(min(inner.sizeHint().height() + STEP, _TALLEST))
            self._plan.addWidget(area)

    def _typed(self) -> None:
        self._allow(yes=self._code.value().strip().casefold() == self._wish.code.casefold())

    def _allow(self, *, yes: bool) -> None:
        if self._erase is not None:
            self._erase.setEnabled(yes)

    def _go(self) -> None:
        self._allow(yes=False)
        service = erasing.purge if self._wish.older else erasing.erase
        self._desk.jobs.write(partial(service, ref=self._wish.ref), self._gone, self._refused)

    def _gone(self, changes: Changes) -> None:
        self.erased.emit(changes)
        self.accept()

    def _refused(self, problem: Problem) -> None:
        self._trouble.setText(sentence(problem, self._desk.tr))
        self._trouble.show()
