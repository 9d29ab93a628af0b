"""What a paper tells its reader, by people, numbers, places, dates and hazards, how much is new to him, what is hidden.

What belongs to other cases and was taken out is listed for the caseworker alone: whether it went rightly, he judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import date_short
from family_case.model.dates import parse
from ui.theme import STEP
from ui.widgets.text import clear, column, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.i18n import Translator
    from family_case.model.dossier import Told

_GROUPS: Final = {
    "person": N_("People"),
    "number": N_("Numbers and accounts"),
    "place": N_("Places"),
    "date": N_("Dates"),
    "hazard": N_("Dangers"),
}
_HIDDEN: Final = "hidden"


class ToldList(QWidget):
    """Filled anew for each paper."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self._said_now: list[str] = []
        self._room = QVBoxLayout()
        self._room.setSpacing(STEP)
        self.setLayout(column([self._room]))

    def clear(self) -> None:
        """List nothing: there is no paper."""
        clear(self._room)
        self._said_now = []

    def say_none(self) -> None:
        """Say that there is no paper that could tell anything."""
        self.clear()
        self._room.addWidget(text(self._tr.text(N_("No paper yet.")), tone="muted"))

    def show_told(self, told: Sequence[Told]) -> None:
        """List these."""
        self.clear()
        for what, name in _GROUPS.items():
            found = [each for each in told if each.what == what]
            if found:
                new = sum(each.new for each in found)
                head = N_("{what}: {n}, new to them: {new}")
                words = self._tr.text(head, what=self._tr.text(name), n=len(found), new=new)
                self._room.addWidget(self._group(words, found))
        hidden = [each for each in told if each.what == _HIDDEN]
        if hidden:
            words = self._tr.text(N_("Not told, because of other cases: {n}"), n=len(hidden))
            self._room.addWidget(self._group(words, hidden))
        if not told:
            self._room.addWidget(text(self._tr.text(N_("nobody and nothing")), tone="muted"))

    def words(self) -> str:
        """All that is listed, as text."""
        return "\n".join(self._said_now)

    def _group(self, head: str, found: Sequence[Told]) -> QWidget:
        said = ", ".join(dict.fromkeys(self._said(each) for each in found))
        made = QWidget()
        made.setLayout(column([text(head, size="small", tone="muted"), text(said, size="small")], space=0))
        self._said_now.append(f"{head}: {said}")
        return made

    def _said(self, each: Told) -> str:
        if each.what == "hazard":
            return self._tr.text(each.text)
        if each.what != "date":
            return each.text
        try:
            return date_short(parse(each.text), self._tr)
        except Refused:
            return each.text
