"""What the lists of the window show: cases, today, history. Code and alias only, never a name."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.views import CaseOrder
from family_case.model.why import Why
from family_case.services import casework
from family_case.services.today import today as today_lines
from ui.tables.rows import Cell, Source
from ui.widgets.states import days, iso_words, late, silence_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.i18n import Translator
    from family_case.model.views import CaseRow, TodayLine
    from family_case.services.session import Session

CASE_HEADS: Final = (N_("Code"), N_("Alias"), N_("Silence"), N_("Last talk with the family"), N_("Next due"))
CASE_ORDERS: Final = tuple(CaseOrder)  # one for each of these heads
CASE_WIDTHS: Final = (80, 136, 240, 248, 0)
CASE_SPARE: Final = (3, 4)  # go while a form stands beside the list, the second only with large text
TODAY_HEADS: Final = (N_("Case"), N_("Alias"), N_("Why"), N_("Since"), N_("Days"))
TODAY_WIDTHS: Final = (80, 136, 0, 160, 112)
_TODAY_LIMIT: Final = 500

_WHY: Final = {
    Why.CALL_BACK.value: ("phone", ""),
    Why.CHECK_NOW.value: ("octagon-alert", "danger"),
    Why.CHECK_SOON.value: ("triangle-alert", "amber"),
    Why.OVERDUE.value: ("handshake", "danger"),
    Why.NO_TALK.value: ("users", ""),
    Why.TELL_FAMILY.value: ("users", "danger"),
    Why.UN_WINDOW.value: ("clock", "amber"),
    Why.REPLY_OVERDUE.value: ("file-text", "danger"),
    Why.HOLD_REVIEW.value: ("lock", ""),
    Why.KEEPING.value: ("folder-open", ""),
    Why.BACKUP.value: ("save", "amber"),
}


def case_cells(tr: Translator, day: date, found: CaseRow) -> Sequence[Cell]:
    """One case: code, alias, silence, last talk, next due."""
    silence = silence_look(found.silence, tr)
    return (
        Cell(found.code),
        Cell(found.alias),
        Cell(silence.words, silence.icon, silence.tone),
        Cell(iso_words(found.last_talk, tr), tone="" if found.last_talk else "muted"),
        _due(found, day, tr),
    )


def case_source(text: str, order: CaseOrder = CaseOrder.CODE, *, turned: bool = False) -> Source[CaseRow]:
    """Cases in which `text` occurs, by one of the columns; `turned`: the other way round."""
    return Source(partial(_count_cases, text), partial(_window_of_cases, text, order, turned=turned))


def today_cells(tr: Translator, found: TodayLine) -> Sequence[Cell]:
    """One thing that asks for attention."""
    icon, tone = _WHY.get(found.why, ("info", ""))
    return (
        Cell(found.code),
        Cell(found.alias),
        Cell(tr.text(Why(found.why).label), icon, tone),
        Cell(iso_words(found.day, tr)),
        Cell(days(found.days, tr), right=True),
    )


def today_source() -> Source[TodayLine]:
    """What asks for attention today, the most pressing first."""
    return Source(_count_today, _window_of_today)


def _due(found: CaseRow, day: date, tr: Translator) -> Cell:
    """The nearer of the call promised and the first promise due; how late it is stands first, where nothing is cut."""
    waiting = [
        (iso, words)
        for iso, words in ((found.call_back, N_("call back {date}")), (found.first_due, N_("promise {date}")))
        if iso
    ]
    if not waiting:
        return Cell("–", tone="muted")
    iso, words = min(waiting)
    said = tr.text(words, date=iso_words(iso, tr))
    over = (day - date.fromisoformat(iso[:10])).days
    if over <= 0:
        return Cell(said, "clock")
    whole = f"{late(over, tr)} · {said}"
    return Cell(whole, "octagon-alert", "danger", tip=whole)


def _count_cases(text: str, session: Session) -> int:
    return casework.count(session, text)


def _window_of_cases(
    text: str, order: CaseOrder, session: Session, limit: int, offset: int, *, turned: bool
) -> Sequence[CaseRow]:
    return casework.cases(session, text=text, limit=limit, offset=offset, order=order, turned=turned)


def _count_today(session: Session) -> int:
    return len(today_lines(session, limit=_TODAY_LIMIT))


def _window_of_today(session: Session, limit: int, offset: int) -> Sequence[TodayLine]:
    return today_lines(session, limit=_TODAY_LIMIT)[offset : offset + limit]
