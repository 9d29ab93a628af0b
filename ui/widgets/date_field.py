"""A date as people know it: takes what `model.dates.parse` takes, and says below in words how it was understood."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from family_case.errors import Refused
from family_case.model.date_words import date_words
from family_case.model.dates import PartialDate, parse
from ui.problems import sentence
from ui.widgets.fields import LineField, for_example
from ui.widgets.text import column, restyle, text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from family_case.i18n import Translator

_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateField(QWidget):
    """A date field; arrow up and down move an exact day."""

    edited = Signal()

    def __init__(self, name: str, tr: Translator, *, example: str = "2022-07-08") -> None:
        super().__init__()
        self._tr = tr
        self.line = LineField(name, hint=for_example(example, tr))
        self._words = text("", size="small", tone="muted")
        self.setLayout(column([self.line, self._words], space=0))
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.line.edited.connect(self._say)
        self.line.editingFinished.connect(self._complain)
        self._say()

    def value(self) -> str:
        """The date as typed."""
        return self.line.value()

    def set_value(self, value: str, /) -> None:
        """Show `value`."""
        self.line.set_value(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        self.line.set_wrong(wrong=wrong)

    def words(self) -> str:
        """How the date was understood, or why it was not."""
        return self._words.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move an exact day by the arrows."""
        step = _KEYS.get(Qt.Key(event.key()))
        known = self._understood()
        if step and isinstance(known, PartialDate) and known.earliest and known.earliest == known.latest:
            self.set_value((known.earliest + timedelta(days=step)).isoformat())
        else:
            super().keyPressEvent(event)

    def _understood(self) -> PartialDate | Refused | None:
        if not self.value().strip():
            return None
        try:
            return parse(self.value())
        except Refused as problem:
            return problem

    def _say(self) -> None:
        """While typing say only what is understood; an unfinished date is no mistake yet."""
        known = self._understood()
        self.set_wrong(wrong=False)
        restyle(self._words, "tone", "muted")
        self._show(date_words(known, self._tr) if isinstance(known, PartialDate) else "")
        self.edited.emit()

    def _complain(self) -> None:
        known = self._understood()
        if isinstance(known, Refused):
            self.set_wrong(wrong=True)
            restyle(self._words, "tone", "danger")
            self._show(sentence(known, self._tr))

    def _show(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
