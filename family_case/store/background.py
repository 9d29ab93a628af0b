"""Reading what stands beside a case's timeline: tasks, check questions, identifiers, legal status, holds, cohorts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from family_case.model.attachment import Attachment
from family_case.model.background import FamilyEffect, Identifier, LegalHold, LegalStatus, Source
from family_case.model.base import Record
from family_case.model.body import Body
from family_case.model.cohort import Cohort, CohortMember
from family_case.model.step import Denial, StepBody, StepReply, StepTaken
from family_case.model.task import CheckQuestion, Task
from family_case.model.views import Background, BodyLine
from family_case.store import custom
from family_case.store.belonging import SAME
from family_case.store.faults import translated
from family_case.store.people import as_one
from family_case.store.rows import THESE, load, these

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlcipher3 import dbapi2

    from family_case.model.details import Detail

R = TypeVar("R", bound=Record)
_MINE = "case_id = ? ORDER BY rowid"
_THEIRS = f"person_id {THESE} ORDER BY rowid"
_ALL_OF = f"id {THESE} ORDER BY rowid"
# Most cases have few of these: one question says which, and saves asking each.
_KINDS = (Task, CheckQuestion, LegalStatus, FamilyEffect, LegalHold, CohortMember, Attachment)
_OWN = tuple(kind.TABLE for kind in _KINDS)
_THERE = "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {table} WHERE case_id = ?1)" for table in _OWN)  # noqa: S608 - our own names
_STEPS = "(SELECT id FROM entry WHERE case_id = ?1 AND kind = 'step')"


def of_case(
    connection: dbapi2.Connection, case_id: str, people: Collection[str], sources: Collection[str]
) -> Background:
    """Everything that stands beside the timeline of a case, in the order it came in.

    `people`: ids of all its people; `sources`: of those that its entries rest on.
    """
    mine, theirs = (case_id,), these(people)
    with translated():
        found = dict(zip(_OWN, connection.execute(_THERE, mine).fetchone(), strict=True))

    def own(kind: type[R], where: str = _MINE, by: str = "") -> tuple[R, ...]:
        return tuple(load(connection, kind, where, mine)) if found[by or kind.TABLE] else ()

    return Background(
        tasks=own(Task),
        questions=tuple(as_one(connection, list(own(CheckQuestion)), "agreed_with")),
        identifiers=tuple(as_one(connection, load(connection, Identifier, _THEIRS, (theirs,)), "person_id")),
        sentences=own(LegalStatus),
        effects=own(FamilyEffect),
        holds=own(LegalHold),
        cohorts=own(
            Cohort, "id IN (SELECT cohort_id FROM cohort_member WHERE case_id = ?) ORDER BY rowid", CohortMember.TABLE
        ),
        sources=tuple(load(connection, Source, _ALL_OF, (these(sources),)) if sources else ()),
        custom=custom.of_case(connection, case_id, theirs),
        attachments=own(Attachment),
    )


def holds(connection: dbapi2.Connection, case_id: str) -> list[LegalHold]:
    """Legal holds on a case, lifted ones too."""
    return load(connection, LegalHold, _MINE, (case_id,))


def identifiers(connection: dbapi2.Connection, person_id: str) -> list[Identifier]:
    """Documents and numbers of a person that were written down, under whichever record of his."""
    return load(connection, Identifier, f"person_id IN ({SAME} ?) ORDER BY rowid", (person_id,))


def bodies_of(
    connection: dbapi2.Connection, case_id: str, details: Collection[Detail]
) -> dict[str, tuple[BodyLine, ...]]:
    """Bodies that each step of a case went to with what they answered, and who denies, by entry id.

    `details`: what the kinds of all its entries add.
    """
    denials = [each for each in details if isinstance(each, Denial)]
    told = any(isinstance(each, StepTaken) for each in details)
    asked = load(connection, StepBody, f"step_id IN {_STEPS} ORDER BY rowid", (case_id,)) if told else []
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
