"""Rule 11 of the domain: a statement about several people names its group in the teller's words.

That this group is a cohort is itself a claim and needs its own source; without one the statement is of no cohort. It
stays in the case it was told in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.entry import Basis


class Equated(Coded):
    """Whether somebody says that the group is a cohort."""

    NO = "no", N_("Nobody said which cohort this group is.")
    CLAIMED = "claimed", N_("Said to be the cohort “{cohort}”, by: {who}.")
    UNSOURCED = "unsourced", N_("It was put to a cohort, but nobody is recorded as saying so: it counts for none.")


@dataclass(frozen=True, slots=True)
class GroupStatement:
    """A statement about a group: in the teller's words, who told it when, and through how many people."""

    entry_id: str
    group: str
    words: str
    equated: Equated
    cohort: str = ""
    claim: str = ""
    source: str = ""
    teller_id: str = ""
    told: date | None = None
    basis: Basis = Basis.UNKNOWN
    hands: int | None = None


def equated(cohort_id: str | None, claim: str) -> Equated:
    """Whether the group may be taken for the cohort it was put to."""
    if not cohort_id:
        return Equated.NO
    return Equated.CLAIMED if claim.strip() else Equated.UNSOURCED
