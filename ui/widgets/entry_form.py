"""A form for any noun, made from the one table of fields: the few that matter first, "more" reveals the rest.

What is wrong stands under the field it is about, or at the form's foot; what was typed stays.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from family_case.i18n import N_
from ui.problems import sentence
from ui.widgets.choice import YesNoChoice
from ui.widgets.form import FormRow
from ui.widgets.form_fields import FlagField, Sources, first_fields, help_words, other_fields, screen_field
from ui.widgets.text import button, column, text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.services.forms import Field, Form
    from ui.widgets.fields import Field as ScreenField

_UNASKED = "unknown"
_LONG = 1000  # characters from which a refusal may speak of a text by its length


class EntryForm(QWidget):
    """The fields of one noun; `without`: names that are known from where the form stands (such as the case)."""

    edited = Signal(str)  # name of the field

    def __init__(
        self,
        form: Form,
        tr: Translator,
        *,
        sources: Sources | None = None,
        without: Collection[str] = (),
        more: str = N_("More fields"),
    ) -> None:
        """`more`: words of the button that reveals the rest (a message id)."""
        super().__init__()
        self.form = form
        self._tr = tr
        self._sources = sources or Sources()
        self._rows: dict[str, FormRow] = {}
        self._foot = text("", tone="danger")
        self._foot.hide()
        first = [each for each in first_fields(form) if each.name not in without]
        self._first = self._group(first)
        self._rest = self._group([each for each in other_fields(form) if each.name not in without])
        self._more_words = tr.text(more)
        self._more = button(self._more_words, self._toggle, kind="more")
        self._rest.hide()
        self._whole = column([self._first, self._more, self._rest, self._foot])
        self.setLayout(self._whole)
        self._more.setVisible(len(self._rows) > len(first))

    def field(self, name: str) -> ScreenField:
        """The field of this name."""
        return self._rows[name].field

    def names(self) -> list[str]:
        """Names of all fields, the first ones first."""
        return list(self._rows)

    def values(self) -> dict[str, str]:
        """Texts as typed, by the field's name; what is empty or was not asked is left out."""
        found = {}
        for name, line in self._rows.items():
            value = line.field.value()
            unasked = isinstance(line.field, YesNoChoice) and value == _UNASKED
            if value.strip() and not unasked:
                found[name] = value
        return found

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these texts as if they had been typed; unknown names are left alone."""
        for name, value in values.items():
            if name in self._rows:
                self._rows[name].field.set_value(value)
                if self._is_hidden(name):
                    self.show_all()

    def show_all(self) -> None:
        """Reveal the fields behind "more"."""
        self._rest.show()
        self._more.setText(self._tr.text(N_("Fewer fields")))

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is empty, else the first."""
        rows = [line for name, line in self._rows.items() if not self._is_hidden(name)]
        empty = next((line for line in rows if not line.field.value().strip()), None)
        wanted = empty or (rows[0] if rows else None)
        if wanted is not None:
            wanted.setFocus()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into this field."""
        self._rows[name].setFocus()

    def put_after_first(self, widget: QWidget) -> None:
        """Place `widget` below the first fields, before "more"."""
        self._whole.insertWidget(1, widget)

    def concerns(self, problem: Problem) -> bool:
        """Whether the refusal speaks of a field here."""
        noun = str(problem.values.get("noun", self.form.noun))
        return noun == self.form.noun and bool(self._missing(problem) or self._about(problem))

    def clear_problem(self) -> None:
        """Take back what was said to be wrong."""
        self._foot.hide()
        for line in self._rows.values():
            line.set_error("")

    def set_problem(self, problem: Problem | None, faults: Mapping[str, Problem] | None = None) -> None:
        """Say what is wrong: each of the `faults` under its field, the problem there too or at the foot."""
        self.clear_problem()
        known = {name: fault for name, fault in (faults or {}).items() if name in self._rows}
        wrong = {name: sentence(fault, self._tr) for name, fault in known.items()}
        if problem is not None:
            missing = self._missing(problem)
            said = self._tr.text(N_("This is needed.")) if missing else sentence(problem, self._tr)
            about = dict.fromkeys(missing or self._about(problem), said)
            wrong = about | wrong
            if not about and problem.message not in {fault.message for fault in known.values()}:
                self._foot.setText(said)
                self._foot.show()
                QTimer.singleShot(0, self, partial(into_sight, self._foot))  # once it has its place
        for name, words in wrong.items():
            if self._is_hidden(name):
                self.show_all()
            self._rows[name].set_error(words)
        if wrong:
            self._rows[min(wrong, key=list(self._rows).index)].setFocus()  # the topmost

    def errors(self) -> dict[str, str]:
        """What is said to be wrong, by field; the foot stands under an empty name."""
        found = {name: line.error() for name, line in self._rows.items() if line.error()}
        return found | ({"": self._foot.text()} if not self._foot.isHidden() else {})

    def _group(self, fields: list[Field]) -> QWidget:
        group = QWidget()
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        for each in fields:
            lines.addWidget(self._row(each))
        group.setLayout(lines)
        return group

    def _row(self, each: Field) -> FormRow:
        made = screen_field(self.form.noun, each, self._tr, self._sources)
        label = "" if isinstance(made, FlagField) else self._tr.text(each.label)
        line = FormRow(label, made, required=each.required, help_text=help_words(self.form.noun, each.name, self._tr))
        made.edited.connect(lambda: self.edited.emit(each.name))
        self._rows[each.name] = line
        return line

    def _is_hidden(self, name: str) -> bool:
        return self._rest.isHidden() and self._rest.isAncestorOf(self._rows[name])

    def _toggle(self) -> None:
        if self._rest.isHidden():
            self.show_all()
        else:
            self._rest.hide()
            self._more.setText(self._more_words)

    def _missing(self, problem: Problem) -> list[str]:
        listed = str(problem.values.get("fields", ""))
        return [
            name for name in listed.split(", ") if name in self._rows and not self._rows[name].field.value().strip()
        ]

    def _about(self, problem: Problem) -> list[str]:
        """Fields a refusal speaks of: by the name it gives, else those that hold the value it complains about."""
        named = str(problem.values.get("field", ""))
        if named in self._rows:
            return [named]
        complained = {str(value) for value in problem.values.values()} - {""}
        typed = {name: line.field.value() for name, line in self._rows.items()}
        exact = [name for name, value in typed.items() if value in complained]
        long = [name for name, value in typed.items() if len(value) > _LONG and str(len(value)) in complained]
        return (exact or long)[:1]


def scrolled(widget: QWidget) -> QScrollArea:
    """`widget` in an area that scrolls up and down only, without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields in it take the keyboard, and bring themselves into sight
    area.setWidget(widget)
    return area


def into_sight(widget: QWidget) -> None:
    """Scroll the area around `widget` until it is seen."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget)
