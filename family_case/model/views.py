"""What services hand to the window and the command line to look at: rows of lists and the page of one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from family_case.model.attachment import Attachment
from family_case.model.background import FamilyEffect, Identifier, LegalHold, LegalStatus, Source
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.cohort import Cohort
from family_case.model.consent import Consent, Withholding
from family_case.model.custom import CustomField, CustomValue
from family_case.model.dates import PartialDate
from family_case.model.details import Detail
from family_case.model.endpoint import Endpoint
from family_case.model.entry import Conversation, EndpointUse, Entry, Part
from family_case.model.kinds import DocumentRequest, Promise, PromiseTerm
from family_case.model.person import Person, PersonName, Role
from family_case.model.place import Place
from family_case.model.promises import Standing
from family_case.model.rules import Rules
from family_case.model.silence import Silence
from family_case.model.step import StepReply
from family_case.model.task import CheckQuestion, Task


class CaseLine(NamedTuple):
    """What a line of the case list is made of: columns of the case, and of its derived state (ISO days).

    As the engine gives it, without a step between: lists make hundreds at a time.
    """

    id: str
    code: str
    alias: str
    status: str
    interval_days: int
    word_earliest: str | None
    word_latest: str | None
    seen_earliest: str | None
    seen_latest: str | None
    last_talk: str | None
    call_back: str | None
    first_due: str | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list: code and alias only, the silence, and the next thing due (ISO days)."""

    id: str
    code: str
    alias: str
    silence: Silence
    last_talk: str | None
    call_back: str | None
    first_due: str | None


class CaseOrder(Enum):
    """What the case list is ordered by, one for each of its columns."""

    CODE = "code"
    ALIAS = "alias"
    SILENCE = "silence"  # the longest first
    LAST_TALK = "last_talk"  # the longest ago first
    NEXT_DUE = "next_due"  # the nearest first


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a case: role, names and own numbers.

    Of someone written down twice and joined: what both records tell, under the id of the one he was joined into;
    `records` are then the records by themselves, one for each role here (outside the case: a role without case).
    """

    person: Person
    role: Role
    names: tuple[PersonName, ...]
    endpoints: tuple[Endpoint, ...]
    withheld: bool = False  # something is kept from this person: a bare (!) on screen
    records: tuple[PersonCard, ...] = ()

    @property
    def name(self) -> str:
        """The name the person is called by first, as entered; empty for someone not yet identified."""
        return self.names[0].entered if self.names else ""

    @property
    def parts(self) -> tuple[PersonCard, ...]:
        """The records this person has in the case; himself when there is but one."""
        return tuple(each for each in self.records if each.role.case_id) if self.records else (self,)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all records of this person."""
        return frozenset({self.person.id, *(each.person.id for each in self.records)})

    @property
    def here(self) -> str:
        """Id under which something new about this person is written in the case: of a record that stands in it."""
        known = [each.person.id for each in self.records if each.role.id]
        return self.person.id if self.person.id in known or not known else known[0]


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A number in an entry, and how many other cases it occurs in (DOMAIN rule 6)."""

    use: EndpointUse
    endpoint: Endpoint
    other_cases: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that was asked or that denies: since when its clock runs, who forwarded to it, what it answered.

    `id` is the row that joins it to its step; empty for a denial.
    """

    id: str
    body: Body
    since: PartialDate | None = None
    forwarded_from: str | None = None
    replies: tuple[StepReply, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomLine:
    """A field of the office's own, and what stands in it."""

    field: CustomField
    value: CustomValue


@dataclass(frozen=True, slots=True)
class Background:
    """What stands beside the timeline of a case."""

    tasks: tuple[Task, ...] = ()
    questions: tuple[CheckQuestion, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    sentences: tuple[LegalStatus, ...] = ()
    effects: tuple[FamilyEffect, ...] = ()
    holds: tuple[LegalHold, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    sources: tuple[Source, ...] = ()
    custom: tuple[CustomLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of the timeline: an entry with what its kind adds, or a conversation (then `entry` is None)."""

    id: str
    happened_key: str
    entry: Entry | None
    detail: Detail | None
    conversation: Conversation | None
    people: tuple[tuple[Part, str, str], ...] = ()  # part, person id, name as entered
    numbers: tuple[NumberUse, ...] = ()
    place: Place | None = None
    counts: bool = False
    terms: tuple[PromiseTerm, ...] = ()
    standing: Standing | None = None
    bodies: tuple[BodyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with its standing on the as-of day."""

    entry: Entry
    promise: Promise
    terms: tuple[PromiseTerm, ...]
    standing: Standing
    by: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A document request and the number it came through."""

    entry: Entry
    request: DocumentRequest
    numbers: tuple[NumberUse, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of one case shows on the as-of day."""

    case: Case
    as_of: date
    silence: Silence
    last_talk: str | None
    last_proof: TimelineItem | None
    held_at: Place | None
    people: tuple[PersonCard, ...]
    timeline: tuple[TimelineItem, ...]
    promises: tuple[PromiseLine, ...]
    requests: tuple[RequestLine, ...]
    consents: tuple[Consent, ...]
    withholdings: tuple[Withholding, ...]
    background: Background = Background()
    rules: Rules = field(default_factory=Rules)

    def one(self, person_id: str) -> str:
        """Id under which the person of this record stands on the page: another one's where both were joined."""
        return next((card.person.id for card in self.people if person_id in card.ids), person_id)


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: which case, which record; lists show code and alias only.

    A record that is in no case (then these three are empty) is the person, place, body, cohort, source, number or entry
    itself; `called`: what of it may stand on a screen, such as a place's name or the end of a number.
    """

    case_id: str
    code: str
    alias: str
    table: str
    record_id: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One row of Today: why the case asks for attention, the day it is about and days late (0 when not late)."""

    why: str
    case_id: str
    code: str
    alias: str
    day: str | None
    days: int
