"""What asks for attention today: calls promised, silences past their interval, promises overdue, what rules ask.

Code and alias only.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from family_case.model.silence import SilenceState
from family_case.model.views import TodayLine
from family_case.model.why import Why
from family_case.services import casework, today_rules
from family_case.services.backups import standing
from family_case.services.casework import rows_of
from family_case.store import cases as store_cases
from family_case.store import derived

if TYPE_CHECKING:
    from family_case.model.views import CaseLine, CaseRow
    from family_case.services.session import Session

_WINDOW = 500  # rows read at a time


_ORDER = {why.value: place for place, why in enumerate(Why)}
_STORED = (Why.CALL_BACK, Why.CHECK_NOW, Why.CHECK_SOON, Why.OVERDUE, Why.NO_TALK)  # found along the derived state
_STATES = {SilenceState.NOW: Why.CHECK_NOW, SilenceState.SOON: Why.CHECK_SOON}


def today(session: Session, *, as_of: date | None = None, limit: int = 200) -> list[TodayLine]:
    """Cases that ask for attention on `as_of` (today when None), the most pressing and the longest first.

    A paused or ended case stops its clocks, not a call that was promised. The last line, without a case, says that work
    is in no backup; it is of now and not of another `as_of`.
    """
    day = as_of or session.today()
    found = _by_records(session, day) if day < session.today() else _by_state(session, day, limit)
    found += today_rules.lines(session, day, _still_wanted(found, limit))
    stand = standing(session)
    if stand.due and as_of is None:
        found.append(TodayLine(Why.BACKUP.value, "", "", "", stand.day, stand.days))
    return sorted(found, key=lambda line: (_ORDER[line.why], -line.days, line.code))[:limit]


def _still_wanted(found: list[TodayLine], limit: int) -> set[Why]:
    """Reasons of which a line could still come before the last of so many that were found."""
    places = sorted(_ORDER[line.why] for line in found)[:limit]
    last = places[-1] if len(places) == limit else len(_ORDER)
    return {why for why in Why if _ORDER[why.value] <= last}


def _by_state(session: Session, day: date, limit: int) -> list[TodayLine]:
    """Lines from the derived state: of every reason no more cases are read than lines are wanted."""
    connection, iso = session.vault.connection, day.isoformat()
    ahead = store_cases.asking(connection, store_cases.AHEAD, iso, -1)
    found = _calls(session, ahead, day) + [line for row in rows_of(session, ahead, day) for line in _lines(row, day)]
    done = {case.id for case in ahead}
    for why in _STORED:
        asking = store_cases.asking(connection, why.value, iso, limit + len(done))
        cases = [case for case in asking if case.id not in done]
        if why is Why.CALL_BACK:
            found += _calls(session, cases, day)
        else:
            lines = [line for row in rows_of(session, cases, day) for line in _lines(row, day)]
            found += [line for line in lines if line.why == why.value]
        if sum(_ORDER[line.why] <= _ORDER[why.value] for line in found) >= limit:
            break
    return found


def _by_records(session: Session, day: date) -> list[TodayLine]:
    """Lines for a day that is past: each case is asked what was known of the time up to then."""
    promised: dict[str, list[str]] = defaultdict(list)
    for case_id, iso in derived.call_backs(session.vault.connection, day):
        if iso <= day.isoformat():
            promised[case_id].append(iso)
    found: list[TodayLine] = []
    offset = 0
    while rows := casework.cases(session, as_of=day, limit=_WINDOW, offset=offset):
        offset += len(rows)
        for row in rows:
            found += [_line(Why.CALL_BACK, row, iso, day) for iso in promised[row.id]] + _lines(row, day)
    return found


def _calls(session: Session, cases: list[CaseLine], day: date) -> list[TodayLine]:
    """The calls that were promised in these cases up to `day`."""
    known = {case.id: case for case in cases}
    promised = derived.call_backs_among(session.vault.connection, day, list(known))
    return [_line(Why.CALL_BACK, known[case_id], iso, day) for case_id, iso in promised if iso <= day.isoformat()]


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


def _line(why: Why, row: CaseLine | CaseRow, iso: str, day: date) -> TodayLine:
    return TodayLine(why.value, row.id, row.code, row.alias, iso, (day - date.fromisoformat(iso)).days)
