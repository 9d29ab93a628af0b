"""What stood before and what followed: identifiers, legal status before he was taken, effect on the family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, S, T
from family_case.model.dates import PartialDate

if TYPE_CHECKING:
    from datetime import date
from family_case.model.entry import Reliability


class IdentifierKind(Coded):
    """What sort of identity document or number."""

    INTERNAL_PASSPORT = "internal_passport", N_("internal passport")
    FOREIGN_PASSPORT = "foreign_passport", N_("foreign passport")
    SNILS = "snils", N_("SNILS")
    INN = "inn", N_("INN")
    MILITARY_ID = "military_id", N_("military id")
    CASE_NUMBER = "case_number", N_("number of the criminal case")
    DNA_KIT = "dna_kit", N_("DNA kit")
    OTHER = "other", N_("other number")


@dataclass(frozen=True, slots=True)
class Identifier(Record):
    """A number of a document; shown masked. Of DNA only the kit's number, to whom and when, never a profile."""

    TABLE: ClassVar[str] = "identifier"

    id: Annotated[str, N]
    person_id: Annotated[str, Q]
    kind: Annotated[IdentifierKind, N]
    number: Annotated[str, D]
    issued: Annotated[PartialDate | None, Q] = None
    issued_by: Annotated[str, Q] = ""
    source: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class LegalStatus(Record):
    """Why and until when he was held before he was taken."""

    TABLE: ClassVar[str] = "legal_status"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    article: Annotated[str, S] = ""
    court: Annotated[str, Q] = ""
    term_start: Annotated[PartialDate | None, Q] = None
    term_end: Annotated[PartialDate | None, Q] = None
    parole: Annotated[PartialDate | None, Q] = None
    regime: Annotated[str, Q] = ""
    counsel: Annotated[str, D] = ""
    source: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class FamilyEffect(Record):
    """What his disappearance does to the family."""

    TABLE: ClassVar[str] = "family_effect"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    as_of: Annotated[PartialDate | None, Q] = None
    dependants: Annotated[str, T] = ""
    income: Annotated[str, S] = ""
    health: Annotated[str, S] = ""
    threats: Annotated[str, S] = ""
    note: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class Source(Record):
    """A source that is no conversation: a document, a publisher, a person who must not be named.

    `origin_id` is the source it was taken from: claims with one origin count once.
    """

    TABLE: ClassVar[str] = "source"

    id: Annotated[str, N]
    name: Annotated[str, D]
    publisher: Annotated[str, Q] = ""
    address: Annotated[str, T] = ""
    reliability: Annotated[Reliability, N] = Reliability.UNKNOWN
    read_on: Annotated[PartialDate | None, N] = None
    origin_id: Annotated[str | None, N] = None
    note: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class LegalHold(Record):
    """Nothing of a case may be erased while a hold is in force (DOMAIN rule 13)."""

    TABLE: ClassVar[str] = "legal_hold"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    reason: Annotated[str, T]
    by: Annotated[str, D]
    since: Annotated[PartialDate, N]
    review: Annotated[PartialDate | None, N] = None
    lifted: Annotated[PartialDate | None, N] = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day: until it is surely lifted."""
        return self.lifted is None or self.lifted.latest is None or self.lifted.latest > day
