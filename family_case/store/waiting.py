"""What of all cases waits for the office, read set by set and only what may be pressing, so that Today stays quick.

Each reading gives candidates by what the columns say, at most so many; the rules of the model decide afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from family_case.model.background import LegalHold
from family_case.model.base import Record
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.consent import Consent
from family_case.model.entry import Entry
from family_case.model.stay import Stay
from family_case.model.step import StepBody, StepReply, StepTaken
from family_case.store.faults import translated
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlcipher3 import dbapi2

R = TypeVar("R", bound=Record)
_LATER = "9999-12-31"
_UNTOLD = """
SELECT case_id, recorded_ms FROM task
WHERE kind = 'tell_family' AND state = 'open' AND recorded_ms <= ? ORDER BY recorded_ms LIMIT ?
"""
# Asked so long ago, with something that shows it and no answer that counts; the longest ago first. CROSS JOIN keeps
# the order of the tables: from the few that something shows to their entries, never from every entry of every case.
_ASKED = """
id IN (SELECT b.id FROM (
    SELECT b.id FROM step_taken t CROSS JOIN step_body b ON b.step_id = t.id
    WHERE t.proof_of_sending <> '' OR t.registered IS NOT NULL
    UNION SELECT id FROM step_body WHERE forwarded_from IS NOT NULL
    UNION SELECT step_body_id FROM step_reply WHERE reply = 'acknowledged') shown
  CROSS JOIN step_body b ON b.id = shown.id CROSS JOIN entry e ON e.id = b.step_id
  CROSS JOIN case_file c ON c.id = e.case_id
  WHERE coalesce(b.since_earliest, e.happened_earliest, '') <= ?1 AND c.status = 'open'
    AND NOT EXISTS (SELECT 1 FROM step_reply r WHERE r.step_body_id = b.id
      AND r.reply NOT IN ('none', 'acknowledged') AND coalesce(r.received_earliest, '') <= ?2)
  ORDER BY coalesce(b.since_earliest, e.happened_earliest) LIMIT ?3)
"""
_CUSTODY = "kind IN ('detention', 'quarantine')"
_OF_CASE = f"{_CUSTODY} AND id IN (SELECT id FROM entry WHERE case_id = ?)"  # noqa: S608 - our own words
# Those last seen along their index; of those not last seen, few, the stays.
_CLOSING = f"""
id IN (SELECT id FROM (
  SELECT id, coalesce(last_seen_earliest, last_seen_latest) AS first FROM case_file
  WHERE status = 'open' AND last_seen IS NOT NULL
    AND coalesce(last_seen_earliest, last_seen_latest) <= ?2 AND coalesce(last_seen_latest, ?2) >= ?1
  ORDER BY first LIMIT ?3)
UNION ALL SELECT id FROM (
  SELECT c.id, max(coalesce(s.left_earliest, s.left_latest, s.arrived_earliest, s.arrived_latest)) AS first,
    max(coalesce(s.left_latest, s.arrived_latest, ?2)) AS last
  FROM case_file c CROSS JOIN entry e ON e.case_id = c.id CROSS JOIN stay s ON s.id = e.id
  WHERE s.{_CUSTODY} AND e.kind = 'stay' AND c.status = 'open' AND c.last_seen IS NULL GROUP BY c.id
  HAVING last >= ?1 AND first <= ?2 ORDER BY first LIMIT ?3))
"""  # noqa: S608 - our own words
_ENDED = """
status = 'ended' AND recorded_ms < ?1
AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.case_id = case_file.id AND e.recorded_ms >= ?1)
AND NOT EXISTS (SELECT 1 FROM conversation v WHERE v.case_id = case_file.id AND v.recorded_ms >= ?1) LIMIT ?2
"""
_ENDS = "min(coalesce(withdrawn_latest, '9999-12-31'), coalesce(until_latest, '9999-12-31'))"
_WITHOUT = f"""
id IN (SELECT case_id FROM consent c WHERE {_ENDS} < ?1 AND coalesce(withdrawn_latest, until_latest) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM consent o WHERE o.case_id = c.case_id
    AND min(coalesce(o.withdrawn_latest, '9999-12-31'), coalesce(o.until_latest, '9999-12-31')) >= ?1)
  ORDER BY {_ENDS} LIMIT ?2)
"""  # noqa: S608 - our own words
_REVIEWED = "id IN (SELECT case_id FROM legal_hold WHERE review_latest <= ?1 AND coalesce(lifted_latest, ?2) > ?1)"
_WRITTEN = """
SELECT max(c.recorded_ms, coalesce((SELECT max(recorded_ms) FROM entry WHERE case_id = c.id), 0),
  coalesce((SELECT max(recorded_ms) FROM conversation WHERE case_id = c.id), 0)) FROM case_file c WHERE c.id = ?
"""


@dataclass(frozen=True, slots=True)
class AskedBody:
    """A body that was asked and has not answered, with its step and all its replies."""

    case_id: str
    entry: Entry
    step: StepTaken
    asked: StepBody
    body: Body
    replies: tuple[StepReply, ...]


def untold(connection: dbapi2.Connection, until_ms: int, most: int) -> list[tuple[str, int]]:
    """Cases with an open task "who tells the family", and when the first of them was written."""
    found: dict[str, int] = {}
    with translated():
        for case, ms in connection.execute(_UNTOLD, (until_ms, most)):
            found.setdefault(str(case), int(ms))
    return list(found.items())


def unanswered(connection: dbapi2.Connection, asked_by: date, day: date, most: int) -> list[AskedBody]:
    """Bodies of open cases asked on `asked_by` or before and without an answer on `day`."""
    asked = load(connection, StepBody, _ASKED, (asked_by.isoformat(), day.isoformat(), most))
    steps = _by_id(connection, StepTaken, (each.step_id for each in asked))
    entries = _by_id(connection, Entry, (each.step_id for each in asked))
    bodies = _by_id(connection, Body, (each.body_id for each in asked))
    replies: dict[str, list[StepReply]] = defaultdict(list)
    for reply in _among(connection, StepReply, "step_body_id", (each.id for each in asked)):
        replies[reply.step_body_id].append(reply)
    found = []
    for each in asked:
        entry = entries[each.step_id]
        made = (entry, steps[each.step_id], each, bodies[each.body_id], tuple(replies[each.id]))
        found.append(AskedBody(entry.case_id or "", *made))
    return found


def closing(connection: dbapi2.Connection, first: date, last: date, most: int) -> list[Case]:
    """Open cases whose man was taken or last seen in known custody between these days, as far as known."""
    return load(connection, Case, _CLOSING, (first.isoformat(), last.isoformat(), most))


def custody(connection: dbapi2.Connection, case_id: str) -> list[tuple[Entry, Stay]]:
    """Stays in known custody of a case with their entries."""
    stays = load(connection, Stay, _OF_CASE, (case_id,))
    entries = _by_id(connection, Entry, (each.id for each in stays))
    return [(entries[each.id], each) for each in stays]


def long_kept(connection: dbapi2.Connection, day: date, before_ms: int, most: int) -> list[Case]:
    """Cases with a hold to review, ended and not written in since `before_ms`, or without a consent in force."""
    found = load(connection, Case, _REVIEWED, (day.isoformat(), _LATER))
    found += load(connection, Case, _ENDED, (before_ms, most))
    found += load(connection, Case, _WITHOUT, (day.isoformat(), most))
    return list({case.id: case for case in found}.values())


def last_written(connection: dbapi2.Connection, case_id: str) -> int:
    """When the newest entry or talk of a case was written, or the case itself (UTC milliseconds)."""
    with translated():
        return int(connection.execute(_WRITTEN, (case_id,)).fetchone()[0])


def consents_and_holds(connection: dbapi2.Connection, case_id: str) -> tuple[list[Consent], list[LegalHold]]:
    """Consents and legal holds of a case, also those that are over."""
    where = "case_id = ? ORDER BY rowid"
    return load(connection, Consent, where, (case_id,)), load(connection, LegalHold, where, (case_id,))


def called(connection: dbapi2.Connection, cases: Iterable[str]) -> dict[str, Case]:
    """Cases by id."""
    return _by_id(connection, Case, cases)


def _by_id(connection: dbapi2.Connection, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
    return {each.id: each for each in _among(connection, kind, "id", ids)}


def _among(connection: dbapi2.Connection, kind: type[R], column: str, ids: Iterable[str]) -> list[R]:
    wanted = tuple(sorted(set(ids)))
    marks = ", ".join("?" * len(wanted))
    return load(connection, kind, f"{column} IN ({marks}) ORDER BY rowid", wanted) if wanted else []
