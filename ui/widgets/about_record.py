"""What stands under a place, a cohort or a body: what a bare number may mean, and what is told of it without a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.services.forms import FORMS
from family_case.services.intake import WITHOUT_CASE
from ui.theme import STEP
from ui.widgets.entry_words import line
from ui.widgets.pop_up import Choice, offer
from ui.widgets.text import Part, button, column, row, text

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.services.about import About

NOUNS: Final = frozenset({"place", "cohort", "body"})


class AboutRecord(QWidget):
    """Built once the record was read; `show_entry` and `log` tell what is wanted."""

    show_entry = Signal(str)  # id of an entry that is in no case
    log = Signal(str)  # kind of entry to log about the record

    def __init__(self, below: About, tr: Translator, *, writes: bool) -> None:
        super().__init__()
        self._tr = tr
        parts: list[Part] = []
        if below.candidates:
            may_be = "; ".join(place.name for place in below.candidates)
            parts.append(text(tr.text(N_("May be: {places}. It was not taken for any of them."), places=may_be)))
        if below.cases:
            parts.append(text(tr.text(N_("Cases whose man is said to belong to it: {n}"), n=len(below.cases))))
        parts.append(text(tr.text(N_("Told of it, in no case")), size="small", tone="muted", bold=True))
        for item in below.told:
            words = line(item, {}, tr, {})
            said = " · ".join(part for part in (words.when, words.title, words.gist) if part)
            parts.append(row([button(said, partial(self.show_entry.emit, item.id), kind="quiet"), None]))
            parts += [text(each, size="small", said=True) for each in words.said]
        if not below.told:
            parts.append(text(tr.text(N_("nothing")), tone="muted"))
        if writes:
            self._log = button(tr.text(N_("Log about it")), self._menu)
            parts.append(row([self._log, None]))
        self.setLayout(column(parts, space=STEP))

    def _menu(self) -> None:
        tr, log = self._tr, self.log.emit
        offer(self, self._log, [Choice(tr.text(FORMS[noun].label), partial(log, noun)) for noun in WITHOUT_CASE])
