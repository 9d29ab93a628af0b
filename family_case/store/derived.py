"""Derived standing of a case, rewritten in the same change that touches it and compared by `verify`.

Reads a case's counting signs, talks and promises and calls the rules of the model; what depends on today's date is
not stored.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.model.case import CaseStatus
from family_case.model.changes import CaseState
from family_case.model.dates import PartialDate
from family_case.model.kinds import COUNTING, Payment, Promise, PromiseTerm
from family_case.model.person import FAMILY
from family_case.model.promises import open_due
from family_case.model.silence import Span, bounded, last_word, silence, soon_after
from family_case.store.connection import alphabetical
from family_case.store.faults import translated
from family_case.store.rows import Row, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlcipher3 import dbapi2

# What of a case's state a written row can change; an entry by its kind. Tables that are not here change nothing of it.
WORD, TALK, DUE = "word", "talk", "due"
ALL = frozenset({WORD, TALK, DUE})
_CONCERNS: dict[str, frozenset[str]] = {
    "case_file": ALL,
    "sign_of_life": frozenset({WORD}),
    "endpoint_use": frozenset({WORD}),
    "conversation": frozenset({TALK}),
    "role": frozenset({TALK}),
    "person": frozenset({TALK}),  # whose records are one person's
    "promise": frozenset({DUE}),
    "promise_term": frozenset({DUE}),
    "payment": frozenset({DUE}),
}
_BY_KIND = {"sign": frozenset({WORD}), "promise": frozenset({DUE}), "payment": frozenset({DUE})}

# An entry of kind sign has its row in sign_of_life, and no other has (model.records.DETAILS).
# An endpoint through which different men are claimed never counts (DOMAIN section 3): signs of two cases on one number.
# What was written to him is no word from him; a call is one, whoever dialled.
_SIGNS = """
SELECT e.id, e.happened_earliest, e.happened_latest, e.learned_latest, e.recorded_ms, e.happened
FROM entry e JOIN sign_of_life s USING (id)
WHERE e.case_id = ? AND e.kind = 'sign' AND s.sign_class IN ({classes})
  AND (s.direction = 'in' OR s.sign_class IN ('voice', 'video')) AND NOT EXISTS (
  SELECT 1 FROM endpoint_use u JOIN endpoint_use v USING (endpoint_id)
  JOIN sign_of_life o ON o.id = v.entry_id
  WHERE u.entry_id = s.id AND v.case_id <> e.case_id)
"""
_PROMISED = "id IN (SELECT id FROM entry WHERE case_id = ? AND coalesce(happened_earliest, '') <= ?)"
_PAID = """promise_id = ? AND EXISTS (
  SELECT 1 FROM entry WHERE entry.id = payment.id AND coalesce(happened_earliest, '') <= ?)
"""
# What lists and Today ask of a case's own row; the whole of it is wide, and this is asked with every entry.
_CASE = """
SELECT code, alias, status, interval_days, recorded_ms, last_seen, last_seen_earliest, last_seen_latest
FROM case_file WHERE id = ?
"""
_NUMBERS = "SELECT endpoint_id FROM endpoint_use WHERE entry_id = ?"
_THROUGH = """
SELECT DISTINCT v.case_id FROM endpoint_use v JOIN sign_of_life s ON s.id = v.entry_id WHERE v.endpoint_id = ?
"""
_TALK = """
SELECT max(coalesce(c.happened_latest, c.happened_earliest)) FROM conversation c
WHERE c.case_id = :case AND coalesce(c.happened_earliest, c.happened_latest) <= :day AND EXISTS (
  SELECT 1 FROM role r WHERE r.case_id = c.case_id AND NOT r.claimed AND r.kind IN ({kinds})
  AND (r.person_id = c.person_id OR r.person_id IN (SELECT other FROM same_person s WHERE s.id = c.person_id)))
"""
# Kept when the same person was spoken to on the promised day or later; on one day the later record is the later talk.
_CALL_BACKS = """
SELECT c.case_id, coalesce(c.call_back_latest, c.call_back_earliest) FROM conversation c
WHERE {of} c.call_back IS NOT NULL AND coalesce(c.happened_earliest, c.happened_latest) <= :day AND NOT EXISTS (
  SELECT 1 FROM conversation later
  WHERE later.case_id = c.case_id AND (later.person_id IS c.person_id
    OR later.person_id IN (SELECT other FROM same_person s WHERE s.id = c.person_id))
    AND coalesce(later.happened_earliest, later.happened_latest) <= :day
    AND coalesce(later.happened_latest, later.happened_earliest) >= coalesce(c.call_back_earliest, c.call_back_latest)
    AND (coalesce(later.happened_latest, later.happened_earliest), later.recorded_ms)
      > (coalesce(c.happened_latest, c.happened_earliest), c.recorded_ms))
"""


COLUMNS = tuple(column.name for column in fields(CaseState))
_COUNTING_SIGNS = _SIGNS.format(classes=", ".join(f"'{code}'" for code in sorted(str(kind.value) for kind in COUNTING)))
_TALK_OF_FAMILY = _TALK.format(kinds=", ".join(f"'{code}'" for code in sorted(str(kind.value) for kind in FAMILY)))


def counting_signs(connection: dbapi2.Connection, case_id: str, zone: str) -> list[tuple[str, Span]]:
    """Counting signs of life of a case: entry id and the days it can have happened on."""
    found = []
    with translated():
        signs = connection.execute(_COUNTING_SIGNS, (case_id,)).fetchall()
    for entry_id, low, high, learned, recorded_ms, edtf in signs:
        happened = PartialDate(edtf or "", _day(low), _day(high)) if edtf else None
        heard = PartialDate("", None, _day(learned)) if learned else None
        span = bounded(happened, heard, recorded_day(recorded_ms, zone))
        if span is not None:
            found.append((entry_id, span))
    return found


def also_touched(connection: dbapi2.Connection, entries: Iterable[str], endpoints: Iterable[str]) -> set[str]:
    """Cases with a sign through one of these numbers, or through a number of these entries.

    Their last direct word may change too.
    """
    numbers = set(endpoints).union(*(_only(connection, _NUMBERS, entry) for entry in entries))
    return {case for number in numbers for case in _only(connection, _THROUGH, number) if case}


def spoken_with(connection: dbapi2.Connection, person_ids: Iterable[str]) -> set[str]:
    """Cases with a talk with one of these people: whom it was with may have become, or ceased to be, another's."""
    sql = "SELECT DISTINCT case_id FROM conversation WHERE person_id IN (SELECT other FROM same_person WHERE id = ?)"
    return {case for person in person_ids for case in _only(connection, sql, person) if case}


def _only(connection: dbapi2.Connection, sql: str, value: str) -> list[str]:
    return [found for (found,) in connection.execute(sql, (value,))]


def concerns(table: str, row: Row) -> frozenset[str]:
    """Which parts of its case's state a row can change."""
    if table == "entry":
        return _BY_KIND.get(str(row["kind"]), frozenset())
    return _CONCERNS.get(table, frozenset())


def marks_of(
    connection: dbapi2.Connection, case_id: str, zone: str, state: Mapping[str, str | None]
) -> dict[str, str | None]:
    """What lists are ordered by and Today is found by, made of the other parts of a case's state and of its own row."""
    with translated():
        code, alias, standing, interval, recorded_ms, edtf, first, last = connection.execute(
            _CASE, (case_id,)
        ).fetchone()
    status = CaseStatus(standing)
    low, high = (_day(state[end]) for end in ("word_earliest", "word_latest"))
    seen = last_seen(PartialDate(edtf, _day(first), _day(last)) if edtf else None, recorded_ms, zone)
    # as of the last day there is: what is told of days after the one asked about is for the reader to leave out
    now = silence(Span(low, high) if low and high else None, seen, date.max, interval, status)
    since = now.word.earliest if now.word and status is CaseStatus.OPEN else None
    talk = _day(state["last_talk"]) if status is CaseStatus.OPEN else None
    return {
        "code": code,
        "alias_key": alphabetical(alias) if alias else None,
        "seen_earliest": seen.earliest.isoformat() if seen and not seen.open_start else None,
        "seen_latest": seen.latest.isoformat() if seen else None,
        "silent_since": state["word_latest"] or (seen.latest.isoformat() if seen else None),
        "next_due": min(filter(None, (state["call_back"], state["first_due"])), default=None),
        "counted_from": _iso(since),
        "soon_on": _iso(_after(since, soon_after(interval))),
        "now_on": _iso(_after(since, interval + 1)),
        "overdue": state["first_due"] if status is CaseStatus.OPEN else None,
        "talk_from": _iso(talk),
        "talk_on": _iso(_after(talk, interval + 1)),
    }


def derived_row(connection: dbapi2.Connection, case_id: str, zone: str, parts: frozenset[str], stored: Row) -> Row:
    """The row of a case's state: these parts made anew, the others as they are stored."""
    kept = {name: str(value) if value is not None else None for name, value in stored.items()}
    state = {**kept, **parts_of(connection, case_id, zone, parts)}
    return {"case_id": case_id, **state, **marks_of(connection, case_id, zone, state)}


def last_seen(seen: PartialDate | None, recorded_ms: int, zone: str) -> Span | None:
    """Days on which he was last seen or in known custody; an open end reaches to the day the case was written down."""
    if seen is None:
        return None
    span = bounded(seen, None, seen.latest or recorded_day(recorded_ms, zone))
    if span is None or seen.earliest is None or seen.latest is not None:
        return span
    return Span(seen.earliest, max(span.latest, seen.earliest))


def _after(day: date | None, days: int) -> date | None:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal())) if day else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def state_of(connection: dbapi2.Connection, case_id: str, zone: str, as_of: date = date.max) -> CaseState:
    """Derived state of one case, from its rows alone, as far as they speak of the time up to `as_of`."""
    parts = parts_of(connection, case_id, zone, ALL, as_of)
    return CaseState(case_id, **parts, **marks_of(connection, case_id, zone, parts))


def parts_of(
    connection: dbapi2.Connection, case_id: str, zone: str, parts: frozenset[str], as_of: date = date.max
) -> dict[str, str | None]:
    """These parts of a case's derived state, by column."""
    found: dict[str, str | None] = {}
    if WORD in parts:
        word = last_word((span for _entry, span in counting_signs(connection, case_id, zone)), as_of)
        found |= {"word_earliest": word.earliest.isoformat() if word else None}
        found |= {"word_latest": word.latest.isoformat() if word else None}
    if TALK in parts:
        found["last_talk"] = last_talk(connection, case_id, as_of)
        found["call_back"] = min((day for _case, day in call_backs(connection, as_of, case_id)), default=None)
    if DUE in parts:
        found["first_due"] = _first_due(connection, case_id, as_of)
    return found


def last_talk(connection: dbapi2.Connection, case_id: str, as_of: date) -> str | None:
    """Last possible day of the last talk with someone of the family, never after `as_of`; other talks do not count."""
    day = as_of.isoformat()
    with translated():
        (found,) = connection.execute(_TALK_OF_FAMILY, {"case": case_id, "day": day}).fetchone()
    return min(str(found), day) if found else None


def call_backs(connection: dbapi2.Connection, as_of: date, case_id: str | None = None) -> list[tuple[str, str]]:
    """Calls promised up to `as_of` in one case or all, with nobody spoken to since: case and last day (ISO)."""
    with translated():
        sql = _CALL_BACKS.format(of="c.case_id = :case AND" if case_id else "")
        return connection.execute(sql, {"case": case_id, "day": as_of.isoformat()}).fetchall()


def call_backs_among(connection: dbapi2.Connection, as_of: date, cases: Sequence[str]) -> list[tuple[str, str]]:
    """The same in several cases at once."""
    with translated():
        sql = _CALL_BACKS.format(of="c.case_id IN (SELECT value FROM json_each(:cases)) AND")
        return connection.execute(sql, {"cases": json.dumps(cases), "day": as_of.isoformat()}).fetchall()


def _first_due(connection: dbapi2.Connection, case_id: str, as_of: date) -> str | None:
    day = as_of.isoformat()
    dues = []
    for promise in load(connection, Promise, _PROMISED, (case_id, day)):
        terms = load(connection, PromiseTerm, "promise_id = ? ORDER BY position", (promise.id,))
        paid = load(connection, Payment, _PAID, (promise.id, day))
        due = open_due(promise, terms, paid, as_of)
        if due is not None:
            dues.append(due.isoformat())
    return min(dues, default=None)


def recorded_day(recorded_ms: int, zone: str) -> date:
    """Day on which a record was written, in the vault's zone."""
    return Moment(recorded_ms).day(zone)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
