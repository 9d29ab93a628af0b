"""Steps taken towards bodies, what they answered, and what bodies deny."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, T
from family_case.model.dates import PartialDate
from family_case.model.entry import EntryKind


class ReplyKind(Coded):
    """What a body answered."""

    ACKNOWLEDGED = "acknowledged", N_("acknowledged")
    PLACE_GIVEN = "place_given", N_("place given")
    PLACE_NOT_GIVEN = "place_not_given", N_("place not given")
    DENIED = "denied", N_("denied")
    REFUSED = "refused_as_personal_data", N_("refused as personal data")
    DEPARTED = "departed", N_("“departed” («убыл»)")
    FORWARDED = "forwarded", N_("forwarded")
    NON_ANSWER = "non_answer", N_("an answer that does not answer")
    NONE = "none", N_("no reply")


class StepBy(Coded):
    """Who took the step."""

    FAMILY = "family", N_("the family")
    WE = "we", N_("we")
    LAWYER = "lawyer", N_("a lawyer")
    JOURNALIST = "journalist", N_("a journalist")
    BODY = "body", N_("another body")


@dataclass(frozen=True, slots=True)
class Denial(Record):
    """A body denies, on a day."""

    TABLE: ClassVar[str] = "denial"
    KIND: ClassVar[EntryKind] = EntryKind.DENIAL

    id: Annotated[str, N]
    body_id: Annotated[str | None, Q] = None
    denied: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class StepTaken(Record):
    """A complaint, letter or request to bodies; its replies hang under it."""

    TABLE: ClassVar[str] = "step_taken"
    KIND: ClassVar[EntryKind] = EntryKind.STEP

    id: Annotated[str, N]
    by_whom: Annotated[StepBy, Q]
    step: Annotated[str, T] = ""
    proof_of_sending: Annotated[str, T] = ""
    registration: Annotated[str, D] = ""
    registered: Annotated[PartialDate | None, Q] = None
    why_not: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class StepBody(Record):
    """A body a step went to, or was forwarded to: forwarding starts the new body's clock (DOMAIN rule 10)."""

    TABLE: ClassVar[str] = "step_body"

    id: Annotated[str, N]
    step_id: Annotated[str, N]
    body_id: Annotated[str, Q]
    since: Annotated[PartialDate | None, Q] = None
    forwarded_from: Annotated[str | None, N] = None


@dataclass(frozen=True, slots=True)
class StepReply(Record):
    """What a body answered to a step."""

    TABLE: ClassVar[str] = "step_reply"

    id: Annotated[str, N]
    step_body_id: Annotated[str, N]
    reply: Annotated[ReplyKind, N]
    received: Annotated[PartialDate | None, Q] = None
    text: Annotated[str, T] = ""
