"""The lines of a record's details: a label over its words, what is shown only on hold, and a button to change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from family_case.services.forms import FORMS
from ui.theme import STEP
from ui.widgets.icons import icon
from ui.widgets.reveal import Reveal
from ui.widgets.text import UNDER, Part, button, column, holding, put_icon, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets.desk import Desk


class DetailsLines(QWidget):
    """Lines below each other; `change` is asked with record id and noun, never where nothing can be changed."""

    def __init__(self, desk: Desk, change: Callable[[str, str], object], *, writes: bool) -> None:
        super().__init__()
        self._desk, self._change, self._writes = desk, change, writes
        self._inner = column([], space=STEP + STEP // 2)
        self._inner.setContentsMargins(0, 0, 2 * STEP, STEP)
        self.setLayout(self._inner)

    def put(self, part: QWidget) -> None:
        """Add something that is more than a line."""
        self._inner.addWidget(part)

    def add(self, label: str, words: str, *, said: bool = False, kept: bool = False, shown: str = "") -> None:
        """Label over its words; `kept` words, or `shown` behind them, only on hold."""
        value: QWidget = text(words, said=said)
        if kept or shown:
            how = self._desk.tr.text(N_("hold to see it"))
            value = Reveal("•••" if kept else words, words if kept else shown, how)
            put_icon(value, icon("eye", self._desk.colours.muted, 16), 16)
            value.setStyleSheet(UNDER)
        beside = row([value, None] if kept or shown else [value])
        self.put(holding(column([text(label, size="small", tone="muted"), beside], space=0)))

    def with_change(self, words: QWidget, record_id: str, noun: str) -> None:
        """Words with a button that changes the record behind them."""
        parts: list[Part] = [words]
        if self._writes:
            tr = self._desk.tr
            change = button(tr.text(N_("Change")), partial(self._change, record_id, noun), kind="quiet")
            change.setAccessibleName(f"{tr.text(N_('Change'))}: {tr.text(FORMS[noun].label)}")
            parts.append(change)
        beside = row(parts)
        beside.setStretch(0, 1)
        self._inner.addLayout(beside)

    def end(self) -> None:
        """What is left of the height stays below the last line."""
        self._inner.addStretch(1)
