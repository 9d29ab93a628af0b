"""Tasks of the office, and the questions agreed with a family to know its man by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, S, T
from family_case.model.dates import PartialDate


class TaskKind(Coded):
    """What sort of task."""

    TELL_FAMILY = "tell_family", N_("who tells the family, how, when")
    CALL = "call", N_("call")
    WRITE = "write", N_("write")
    REVIEW = "review", N_("review")
    ASK_LAWYER = "ask_lawyer", N_("ask the lawyer")
    OTHER = "other", N_("other task")


class TaskState(Coded):
    """Whether a task is done."""

    OPEN = "open", N_("to do")
    DONE = "done", N_("done")
    DROPPED = "dropped", N_("dropped")


class QuestionState(Coded):
    """What became of a check question."""

    READY = "ready", N_("not used yet")
    ANSWERED = "answered", N_("answered rightly")
    FAILED = "failed", N_("answered wrongly")
    BURNED = "burned", N_("known to others now")


@dataclass(frozen=True, slots=True)
class Task(Record):
    """Something the office has to do in a case; `about_id` is the entry it is about, where there is one."""

    TABLE: ClassVar[str] = "task"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    text: Annotated[str, T]
    kind: Annotated[TaskKind, N] = TaskKind.OTHER
    due: Annotated[PartialDate | None, N] = None
    who: Annotated[str, D] = ""
    state: Annotated[TaskState, N] = TaskState.OPEN
    done_on: Annotated[PartialDate | None, N] = None
    outcome: Annotated[str, T] = ""
    about_id: Annotated[str | None, N] = None
    recorded_ms: Annotated[int, N] = 0


@dataclass(frozen=True, slots=True)
class CheckQuestion(Record):
    """A question only he can answer, agreed with one relative; it never leaves on paper."""

    TABLE: ClassVar[str] = "check_question"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    question: Annotated[str, S]
    answer: Annotated[str, S]
    agreed_with: Annotated[str | None, Q] = None
    state: Annotated[QuestionState, N] = QuestionState.READY
    used_on: Annotated[PartialDate | None, Q] = None
    result: Annotated[str, T] = ""
