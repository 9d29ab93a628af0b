"""Cohorts: people taken together.

Membership identifies; equating a statement with a cohort is itself a claim (DOMAIN rule 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.model.base import N, Q, Record, T
from family_case.model.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Cohort(Record):
    """People said to have been taken together, from one place at one time."""

    TABLE: ClassVar[str] = "cohort"

    id: Annotated[str, N]
    name: Annotated[str, Q]
    origin_id: Annotated[str | None, Q] = None
    taken: Annotated[PartialDate | None, Q] = None
    claimed_size: Annotated[int | None, Q] = None
    source: Annotated[str, T] = ""
    note: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class CohortMember(Record):
    """The person sought of a case is said to belong to a cohort."""

    TABLE: ClassVar[str] = "cohort_member"

    id: Annotated[str, N]
    cohort_id: Annotated[str, Q]
    case_id: Annotated[str, Q]
    source: Annotated[str, T] = ""
