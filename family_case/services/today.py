"""What asks for attention today: calls promised, silences past their interval, promises overdue, what rules ask.

Code and alias only.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from family_case.model.silence import SilenceState
from family_case.model.views import CaseRow, TodayLine
from family_case.model.why import Why
from family_case.services import today_rules
from family_case.services.backups import standing
from family_case.services.casework import cases
from family_case.store import derived

if TYPE_CHECKING:
    from family_case.services.session import Session

_WINDOW = 500  # rows read at a time


_ORDER = {why.value: place for place, why in enumerate(Why)}
_STATES = {SilenceState.NOW: Why.CHECK_NOW, SilenceState.SOON: Why.CHECK_SOON}


def today(session: Session, *, as_of: date | None = None, limit: int = 200) -> list[TodayLine]:
    """Cases that ask for attention on `as_of` (today when None), the most pressing and the longest first.

    A paused or ended case stops its clocks, not a call that was promised. The last line, without a case, says that work
    is in no backup; it is of now and not of another `as_of`.
    """
    day = as_of or session.today()
    promised: dict[str, list[str]] = defaultdict(list)
    for case_id, iso in derived.call_backs(session.vault.connection, day):
        promised[case_id].append(iso)
    found = list(today_rules.lines(session, day))
    offset = 0
    while rows := cases(session, as_of=day, limit=_WINDOW, offset=offset):
        offset += len(rows)
        for row in rows:
            found += [_line(Why.CALL_BACK, row, iso, day) for iso in promised[row.id] if iso <= day.isoformat()]
            found += _lines(row, day)
    stand = standing(session)
    if stand.due and as_of is None:
        found.append(TodayLine(Why.BACKUP.value, "", "", "", stand.day, stand.days))
    return sorted(found, key=lambda line: (_ORDER[line.why], -line.days, line.code))[:limit]


def _lines(row: CaseRow, day: date) -> list[TodayLine]:
    if row.silence.state in (SilenceState.PAUSED, SilenceState.ENDED):
        return []
    lines = []
    why = _STATES.get(row.silence.state)
    if why is not None and row.silence.word is not None:
        lines.append(
            TodayLine(
                why.value, row.id, row.code, row.alias, row.silence.word.latest.isoformat(), row.silence.most or 0
            )
        )
    if row.first_due and date.fromisoformat(row.first_due) < day:
        lines.append(_line(Why.OVERDUE, row, row.first_due, day))
    if row.last_talk and (day - date.fromisoformat(row.last_talk)).days > row.silence.interval:
        lines.append(_line(Why.NO_TALK, row, row.last_talk, day))
    return lines


def _line(why: Why, row: CaseRow, iso: str, day: date) -> TodayLine:
    return TodayLine(why.value, row.id, row.code, row.alias, iso, (day - date.fromisoformat(iso)).days)
