"""Reading what stands beside a case's timeline: tasks, check questions, identifiers, legal status, holds, cohorts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from family_case.model.background import FamilyEffect, Identifier, LegalHold, LegalStatus, Source
from family_case.model.body import Body
from family_case.model.cohort import Cohort
from family_case.model.step import Denial, StepBody, StepReply
from family_case.model.task import CheckQuestion, Task
from family_case.model.views import Background, BodyLine
from family_case.store import custom
from family_case.store.belonging import SAME
from family_case.store.people import OF_CASE, as_one
from family_case.store.rows import load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

_MINE = "case_id = ? ORDER BY rowid"
_STEPS = "(SELECT id FROM entry WHERE case_id = ?1 AND kind = 'step')"
_DENIALS = "(SELECT id FROM entry WHERE case_id = ?1 AND kind = 'denial')"


def of_case(connection: dbapi2.Connection, case_id: str) -> Background:
    """Everything that stands beside the timeline of a case, in the order it came in."""
    mine = (case_id,)
    people = f"person_id IN ({OF_CASE}) ORDER BY rowid"
    return Background(
        tasks=tuple(load(connection, Task, _MINE, mine)),
        questions=tuple(as_one(connection, load(connection, CheckQuestion, _MINE, mine), "agreed_with")),
        identifiers=tuple(as_one(connection, load(connection, Identifier, people, mine), "person_id")),
        sentences=tuple(load(connection, LegalStatus, _MINE, mine)),
        effects=tuple(load(connection, FamilyEffect, _MINE, mine)),
        holds=tuple(load(connection, LegalHold, _MINE, mine)),
        cohorts=tuple(
            load(
                connection, Cohort, "id IN (SELECT cohort_id FROM cohort_member WHERE case_id = ?) ORDER BY rowid", mine
            )
        ),
        sources=tuple(
            load(connection, Source, "id IN (SELECT source_id FROM entry WHERE case_id = ?) ORDER BY rowid", mine)
        ),
        custom=custom.of_case(connection, case_id),
    )


def holds(connection: dbapi2.Connection, case_id: str) -> list[LegalHold]:
    """Legal holds on a case, lifted ones too."""
    return load(connection, LegalHold, _MINE, (case_id,))


def identifiers(connection: dbapi2.Connection, person_id: str) -> list[Identifier]:
    """Documents and numbers of a person that were written down, under whichever record of his."""
    return load(connection, Identifier, f"person_id IN ({SAME} ?) ORDER BY rowid", (person_id,))


def bodies_of(connection: dbapi2.Connection, case_id: str) -> dict[str, tuple[BodyLine, ...]]:
    """Bodies that each step of a case went to with what they answered, and who denies, by entry id."""
    asked = load(connection, StepBody, f"step_id IN {_STEPS} ORDER BY rowid", (case_id,))
    denials = load(connection, Denial, f"id IN {_DENIALS}", (case_id,))
    if not asked and not denials:
        return {}
    known = _bodies(connection, {each.body_id for each in asked} | {each.body_id for each in denials if each.body_id})
    replies: dict[str, list[StepReply]] = defaultdict(list)
    of_steps = f"step_body_id IN (SELECT id FROM step_body WHERE step_id IN {_STEPS}) ORDER BY rowid"  # noqa: S608 - our own constant
    for reply in load(connection, StepReply, of_steps, (case_id,)):
        replies[reply.step_body_id].append(reply)
    found: dict[str, list[BodyLine]] = defaultdict(list)
    for each in asked:
        line = BodyLine(each.id, known[each.body_id], each.since, each.forwarded_from, tuple(replies[each.id]))
        found[each.step_id].append(line)
    for denial in denials:
        if denial.body_id:
            found[denial.id].append(BodyLine("", known[denial.body_id]))
    return {entry: tuple(lines) for entry, lines in found.items()}


def _bodies(connection: dbapi2.Connection, wanted: set[str]) -> dict[str, Body]:
    marks = ", ".join("?" * len(wanted))
    where = f"id IN ({marks})"
    found = load(connection, Body, where, tuple(sorted(wanted)))
    return {body.id: body for body in found}
