"""As we knew it: the line over a case that is shown as of an earlier day, where that day is chosen and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import SaidDay, day_words
from family_case.model.dates import parse
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.desk import today
from ui.widgets.fields import LineField
from ui.widgets.icons import icon
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from datetime import date

    from ui.widgets.desk import Desk

_DAY: Final = 160  # pixels of the field


def one_day(typed: str, latest: date) -> date:
    """The one day meant; Refused for a span of days, and for one after `latest`."""
    known = parse(typed)
    if known.earliest is None or known.earliest != known.latest:
        raise Refused(N_("“{day}” is no single day. Write one, such as 2022-08-05."), day=typed.strip())
    if known.earliest > latest:
        raise Refused(N_("{day} has not come yet."), day=SaidDay(known.earliest))
    return known.earliest


class PastBanner(QWidget):
    """Hidden until a day is asked for; `wanted` tells the day as a date, or None for today."""

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day: date | None = None
        tr = desk.tr
        self.setObjectName("past")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        shape = text("")
        shape.setPixmap(icon("history", desk.colours.text, 20).pixmap(20, 20))
        self._words = text("", size="large", bold=True)
        self._words.setWordWrap(False)
        self._hint = text("", size="small")
        self.field = LineField(tr.text(N_("As we knew it on")), hint="2022-08-05")
        self.field.setFixedWidth(_DAY)
        self.field.returnPressed.connect(self.ask)
        self.field.textEdited.connect(lambda _typed: self._complain(""))
        show = button(tr.text(N_("Show")), self.ask)
        self._leave = button(tr.text(N_("Back to today")), self.leave, kind="primary")
        self._close = button(tr.text(N_("Close")), self.leave, kind="quiet")
        for each in (self._leave, self._close):
            each.setToolTip("Esc")
        head = column([self._words, self._hint], space=0)
        whole = row([shape, head, self.field, show, self._leave, self._close], space=STEP)
        whole.setStretch(1, 1)
        whole.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def begin(self) -> None:
        """Ask for a day."""
        self._show()
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def stand_at(self, day: date | None) -> None:
        """Say that the page shows this day; None: it shows today, and the banner goes."""
        self.day = day
        self.field.set_value(day.isoformat() if day is not None else "")
        self._show()
        self.setVisible(day is not None)

    def ask(self) -> None:
        """Ask for the day that was typed; a day that is none stands in words beside it."""
        try:
            day = one_day(self.field.value(), today(self._desk))
        except Refused as problem:
            self._complain(sentence(problem, self._desk.tr))
            return
        self.wanted.emit(day)

    def leave(self) -> None:
        """Back to today."""
        self.wanted.emit(None)

    def say_refused(self, words: str) -> None:
        """Say why the day that was wanted cannot be shown."""
        self.show()
        self._complain(words)

    def _show(self) -> None:
        tr = self._desk.tr
        self._leave.setVisible(self.day is not None)
        self._close.setVisible(self.day is None)
        if self.day is None:
            self._words.setText(tr.text(N_("As we knew it on…")))
            hint = N_("The case and its silence as they stood when that day ended. Looking changes nothing.")
        else:
            self._words.setText(tr.text(N_("As known on {day}"), day=day_words(self.day, tr)))
            hint = N_("What was written later does not show, and nothing can be written here.")
        self._hint.setText(tr.text(hint))
        self._hint.setProperty("tone", "")

    def _complain(self, words: str) -> None:
        self.field.set_wrong(wrong=bool(words))
        if words:
            self._hint.setText(words)
        else:
            self._show()
