"""All names of a person, or the other names of a place, in its details: each with a button that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from ui.theme import STEP
from ui.widgets.entry_words import capital
from ui.widgets.history_words import language_words
from ui.widgets.icons import icon
from ui.widgets.reveal import Reveal
from ui.widgets.text import UNDER, Part, button, column, holding, put_icon, row, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from family_case.i18n import Translator
    from family_case.model.place import PlaceAlias
    from family_case.model.views import PersonCard
    from ui.theme import Colours


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name: its record, what stands over it, and the name; `kept`: shown on hold only."""

    id: str
    label: str
    name: str
    kept: bool


def lines_of_person(card: PersonCard, tr: Translator) -> list[NameLine]:
    """Names of a person by kind and language, the names themselves on hold; those of another record of him say so."""
    found = []
    for each in card.names:
        other = "" if each.person_id == card.person.id else f" · {tr.text(N_('other record'))}"
        label = _label(tr.text(each.kind.label), each.language, tr) + other
        found.append(NameLine(each.id, label, each.entered, kept=True))
    return found


def lines_of_place(names: Iterable[PlaceAlias], tr: Translator) -> list[NameLine]:
    """Other names of a place."""
    return [NameLine(each.id, _label(tr.text(N_("Other name")), each.language, tr), each.name, False) for each in names]


class FurtherNames(QWidget):
    """The names one below the other; `change` and `add` tell what is wanted."""

    change = Signal(str)  # id of the name
    add = Signal()

    def __init__(self, names: Sequence[NameLine], add: str, tr: Translator, colours: Colours, *, writes: bool) -> None:
        """`add`: words of the button that adds one; `writes`: names may be changed and added."""
        super().__init__()
        self._tr, self._colours, self._writes = tr, colours, writes
        parts: list[Part] = [self._line(each) for each in names]
        if writes:
            parts.append(row([button(tr.text(add), self.add.emit, kind="quiet"), None]))
        self.setLayout(column(parts, space=STEP))

    def _line(self, each: NameLine) -> QWidget:
        value: QWidget = text(each.name)
        if each.kept:
            value = Reveal("•••", each.name, self._tr.text(N_("hold to see the name")))
            put_icon(value, icon("eye", self._colours.muted, 16), 16)
            value.setStyleSheet(UNDER)
        beside: list[Part] = [value, None]
        if self._writes:
            change = button(self._tr.text(N_("Change")), partial(self.change.emit, each.id), kind="quiet")
            change.setAccessibleName(f"{self._tr.text(N_('Change'))}: {each.label}")
            beside.append(change)
        return holding(column([text(each.label, size="small", tone="muted"), row(beside)], space=0))


def _label(kind: str, language: str, tr: Translator) -> str:
    return " · ".join(part for part in (capital(kind), language_words(language, tr) if language else "") if part)
