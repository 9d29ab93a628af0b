"""What the rules put into Today: news untold, windows that close, replies overdue, what is kept too long."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from family_case.chance import zone_of
from family_case.model.deadlines import months_after
from family_case.model.no_reply import Asked, clock
from family_case.model.retention import Keeping, proposals
from family_case.model.rule_words import NEAR_DAYS
from family_case.model.un_window import DEADLINE, WindowState, window
from family_case.model.views import TodayLine
from family_case.model.why import Why
from family_case.services import law
from family_case.services.rules import custody_event
from family_case.store import derived, waiting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from family_case.services.session import Session

_MOST = 500  # candidates of one sort, the longest waiting first; more than a day's work
_REPLY_SOONEST = 28  # days: no reply is due earlier (one month from 1 February)

_Found = tuple[Why, str, "date"]  # why, case, day


def lines(session: Session, day: date, wanted: Collection[Why] = tuple(Why)) -> Iterator[TodayLine]:
    """Lines of Today by the rules that have one of the wanted reasons, and perhaps others; in no order."""
    rules = {_untold: {Why.TELL_FAMILY}, _closing: {Why.UN_WINDOW}, _late: {Why.REPLY_OVERDUE},
             _kept: {Why.HOLD_REVIEW, Why.KEEPING}}  # fmt: skip
    found = [line for rule, reasons in rules.items() if not reasons.isdisjoint(wanted) for line in rule(session, day)]
    cases = waiting.called(session.vault.connection, (case_id for _why, case_id, _day in found))
    for why, case_id, since in found:
        case = cases[case_id]
        late = max(0, (day - since).days)
        yield TodayLine(str(why.value), case_id, case.code, case.alias, since.isoformat(), late)


def _untold(session: Session, day: date) -> Iterator[_Found]:
    zone = session.office.zone
    for case_id, written in waiting.untold(session.vault.connection, _start(day + timedelta(days=1), zone) - 1, _MOST):
        yield Why.TELL_FAMILY, case_id, derived.recorded_day(written, zone)


def _closing(session: Session, day: date) -> Iterator[_Found]:
    deadline, zone = law.deadlines()[DEADLINE], session.office.zone
    first = months_after(day, -deadline.length) - timedelta(days=3)  # months differ in length
    while deadline.last_day(first) < day:
        first += timedelta(days=1)
    last = months_after(day + timedelta(days=NEAR_DAYS), -deadline.length)
    for case in waiting.closing(session.vault.connection, first, last, _MOST):
        stays = waiting.custody(session.vault.connection, case.id) if case.last_seen is None else []
        found = window(custody_event(case, stays, day, zone), deadline, day)
        near = found.days_left is not None and found.days_left <= NEAR_DAYS
        if near and found.closes is not None and found.state is not WindowState.ORDINARY:
            yield Why.UN_WINDOW, case.id, found.closes.earliest


def _late(session: Session, day: date) -> Iterator[_Found]:
    """One line a case: the reply that is overdue the longest."""
    due: dict[str, date] = {}
    soonest = day - timedelta(days=_REPLY_SOONEST)
    for each in waiting.unanswered(session.vault.connection, soonest, day, _MOST):
        asked = Asked(each.asked.id, each.asked.since, each.asked.forwarded_from is not None, each.replies)
        found = clock(each.step, each.entry.happened, asked, law.reply_of(each.body), day)
        if found is not None and found.days_late and found.due is not None:
            due[each.case_id] = min(found.due.latest, due.get(each.case_id, found.due.latest))
    yield from ((Why.REPLY_OVERDUE, case_id, since) for case_id, since in due.items())


def _kept(session: Session, day: date) -> Iterator[_Found]:
    connection, zone = session.vault.connection, session.office.zone
    lines_ = law.keeping()
    ended = months_after(day, -lines_[str(Keeping.ENDED.value)].length)
    for case in waiting.long_kept(connection, day, _start(ended + timedelta(days=1), zone), _MOST):
        written = derived.recorded_day(waiting.last_written(connection, case.id), zone)
        consents, holds = waiting.consents_and_holds(connection, case.id)
        for each in proposals(case, written, consents, holds, lines_, day):
            review = each.keeping is Keeping.HOLD_REVIEW
            yield Why.HOLD_REVIEW if review else Why.KEEPING, case.id, each.due


def _start(day: date, zone: str) -> int:
    """First millisecond of a day in the vault's zone, as UTC."""
    return int(datetime.combine(day, time(), tzinfo=zone_of(zone)).timestamp() * 1000)
