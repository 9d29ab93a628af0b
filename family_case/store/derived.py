"""Derived standing of a case, rewritten in the same change that touches it and compared by `verify`.

Reads a case's counting signs, talks and promises and calls the rules of the model; what depends on today's date is
not stored.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.model.changes import CaseState
from family_case.model.dates import PartialDate
from family_case.model.kinds import COUNTING, Payment, Promise, PromiseTerm
from family_case.model.promises import OPEN_STATES, standing
from family_case.model.silence import Span, bounded, last_word
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlcipher3 import dbapi2

TOUCHES_STATE = frozenset(
    {
        "case_file",
        "entry",
        "sign_of_life",
        "endpoint_use",
        "endpoint",
        "promise",
        "promise_term",
        "payment",
        "conversation",
    }
)
_FAR = date.max

# An endpoint through which different men are claimed never counts (DOMAIN section 3): signs of two cases on one number.
_SIGNS = """
SELECT e.id, e.happened_earliest, e.happened_latest, e.learned_latest, e.recorded_ms, e.happened
FROM entry e JOIN sign_of_life s USING (id)
WHERE e.case_id = ? AND s.sign_class IN ({classes}) AND NOT EXISTS (
  SELECT 1 FROM endpoint_use u JOIN endpoint_use v USING (endpoint_id)
  JOIN entry o ON o.id = v.entry_id JOIN sign_of_life t ON t.id = o.id
  WHERE u.entry_id = e.id AND o.case_id <> e.case_id)
"""


def counting_signs(connection: dbapi2.Connection, case_id: str, zone: str) -> list[tuple[str, Span]]:
    """Counting signs of life of a case: entry id and the days it can have happened on."""
    codes = ", ".join(f"'{kind.value}'" for kind in sorted(COUNTING, key=lambda kind: kind.value))
    found = []
    for entry_id, low, high, learned, recorded_ms, edtf in connection.execute(_SIGNS.format(classes=codes), (case_id,)):
        happened = PartialDate(edtf or "", _day(low), _day(high)) if edtf else None
        heard = PartialDate("", None, _day(learned)) if learned else None
        span = bounded(happened, heard, recorded_day(recorded_ms, zone))
        if span is not None:
            found.append((entry_id, span))
    return found


def also_touched(connection: dbapi2.Connection, cases: Iterable[str]) -> set[str]:
    """Cases whose signs share a number with these cases' signs: their last direct word may change too."""
    sql = (
        "SELECT DISTINCT o.case_id FROM entry e JOIN sign_of_life s USING (id) JOIN endpoint_use u "
        "ON u.entry_id = e.id "
        "JOIN endpoint_use v USING (endpoint_id) JOIN entry o ON o.id = v.entry_id JOIN sign_of_life "
        "t ON t.id = o.id WHERE e.case_id = ?"
    )
    return {found for case in cases for (found,) in connection.execute(sql, (case,)) if found}


def state_of(connection: dbapi2.Connection, case_id: str, zone: str) -> CaseState:
    """Derived state of one case, from its rows alone."""
    word = last_word((span for _entry, span in counting_signs(connection, case_id, zone)), _FAR)
    talk, call_back = connection.execute(
        "SELECT max(happened_latest), min(CASE WHEN call_back_latest > happened_latest AND NOT "
        "EXISTS (SELECT 1 FROM conversation later "
        "WHERE later.case_id = c.case_id AND later.person_id IS c.person_id AND "
        "later.happened_latest >= c.call_back_earliest) "
        "THEN call_back_latest END) FROM conversation c WHERE case_id = ?",
        (case_id,),
    ).fetchone()
    earliest, latest = (word.earliest.isoformat(), word.latest.isoformat()) if word else (None, None)
    return CaseState(case_id, earliest, latest, talk, call_back, _first_due(connection, case_id))


def _first_due(connection: dbapi2.Connection, case_id: str) -> str | None:
    promises = load(
        connection, Promise, "id IN (SELECT id FROM entry WHERE case_id = ? AND kind = 'promise')", (case_id,)
    )
    dues = []
    for promise in promises:
        terms = load(connection, PromiseTerm, "promise_id = ? ORDER BY position", (promise.id,))
        payments = load(connection, Payment, "promise_id = ?", (promise.id,))
        end = terms[-1].due.latest if terms else None
        if end is not None and standing(promise, terms, payments, _FAR).state in OPEN_STATES:
            dues.append(end.isoformat())
    return min(dues, default=None)


def recorded_day(recorded_ms: int, zone: str) -> date:
    """Day on which a record was written, in the vault's zone."""
    return Moment(recorded_ms).day(zone)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
