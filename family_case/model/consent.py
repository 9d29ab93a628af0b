"""Consent, withholding and disclosure: what may leave, what must not be said to whom, and what has left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, T, YesNo
from family_case.model.dates import PartialDate


class Purpose(Coded):
    """What a consent is for (DOMAIN section 3)."""

    CASE_WORK = "case_work", N_("case work")
    LAWYER = "lawyer", N_("help of a lawyer")
    COURT = "court_or_prosecutor", N_("court or prosecutor")
    UN_BODY = "un_body", N_("UN body")
    ICRC = "icrc_tracing", N_("ICRC tracing")
    AUTHORITIES = "authorities", N_("authorities")
    MEDIA = "media", N_("media")
    STATISTICS = "anonymous_statistics", N_("anonymous statistics")


class Scope(Coded):
    """Whose data the giver opens: one relative's consent never opens another's (DOMAIN rule 8)."""

    OWN = "own", N_("own data only")
    OWN_AND_SOUGHT = "own_and_sought", N_("own data, and on behalf of the person sought")


class ConsentForm(Coded):
    """How the consent was given."""

    ORAL = "oral", N_("by word of mouth")
    MESSAGE = "message", N_("by message")
    WRITTEN = "written", N_("in writing")


class Topic(Coded):
    """What an entry is about; withholdings speak of topics."""

    FATE = "fate", N_("fate")
    WHEREABOUTS = "whereabouts", N_("whereabouts")
    RECRUITMENT = "recruitment", N_("recruitment")
    MONEY = "money", N_("money")
    DOCUMENTS = "documents", N_("documents")
    AUTHORITIES = "authorities", N_("authorities")


class WithholdingState(Coded):
    """Whether a withholding is in force."""

    IN_FORCE = "in_force", N_("in force")
    LIFTED = "lifted", N_("lifted")
    KNOWS = "knows", N_("already knows")


@dataclass(frozen=True, slots=True)
class Consent(Record):
    """Who allowed what, how it was asked, and until when."""

    TABLE: ClassVar[str] = "consent"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    giver_id: Annotated[str, Q]
    purposes: Annotated[frozenset[Purpose], N]
    scope: Annotated[Scope, N]
    given: Annotated[PartialDate, Q]
    form: Annotated[ConsentForm, N] = ConsentForm.ORAL
    language: Annotated[str, Q] = ""
    asked_by: Annotated[str, D] = ""
    risks_read: Annotated[YesNo, N] = YesNo.UNKNOWN
    alone: Annotated[YesNo, N] = YesNo.UNKNOWN
    adult: Annotated[YesNo, N] = YesNo.UNKNOWN
    necessity: Annotated[str, T] = ""
    withhold_name: Annotated[bool, N] = False
    withhold_why: Annotated[str, T] = ""
    until: Annotated[PartialDate | None, N] = None
    withdrawn: Annotated[PartialDate | None, N] = None
    recorded_ms: Annotated[int, N] = 0


@dataclass(frozen=True, slots=True)
class Withholding(Record):
    """What must not be told to one person: the whole case, one topic, one entry, or everything from one identifier."""

    TABLE: ClassVar[str] = "withholding"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    from_person_id: Annotated[str, Q]
    topic: Annotated[Topic | None, N] = None
    entry_id: Annotated[str | None, N] = None
    identifier_id: Annotated[str | None, N] = None
    by_wish_of: Annotated[str, T] = ""
    said: Annotated[str, T] = ""
    reason: Annotated[str, T] = ""
    review: Annotated[PartialDate | None, N] = None
    state: Annotated[WithholdingState, N] = WithholdingState.IN_FORCE
    learned_how: Annotated[str, T] = ""
    recorded_ms: Annotated[int, N] = 0

    @property
    def whole(self) -> bool:
        """Whether everything in the case is kept: it names no topic, entry or document."""
        return self.topic is None and self.entry_id is None and self.identifier_id is None


@dataclass(frozen=True, slots=True)
class Disclosure(Record):
    """One paper that left: to whom, which profile, under which consents, the SHA-256 of what was written, and where to.

    `written_to` is the file's path on the computer that wrote it; empty for what was printed from the window.
    """

    TABLE: ClassVar[str] = "disclosure"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    made_ms: Annotated[int, N]
    profile: Annotated[str, N]
    language: Annotated[str, N]
    to_whom: Annotated[str, D]
    consents: Annotated[str, N]
    sha256: Annotated[str, N]
    written_to: Annotated[str, D] = ""


@dataclass(frozen=True, slots=True)
class DisclosureItem(Record):
    """One record that a disclosure contained."""

    TABLE: ClassVar[str] = "disclosure_item"

    id: Annotated[str, N]
    disclosure_id: Annotated[str, N]
    record_table: Annotated[str, N]
    record_id: Annotated[str, N]
