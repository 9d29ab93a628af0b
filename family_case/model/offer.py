"""A recruitment offer, and what is known of the prisoner's own will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, N, Q, Record, S, T, YesNo
from family_case.model.entry import EntryKind


class OwnWill(Coded):
    """What is known of the person's own will, kept apart from what others say of it (DOMAIN section 3)."""

    WANTS = "wants", N_("wanted to go")
    AGREED = "agreed", N_("agreed")
    PRESSURED = "pressured", N_("pressured")
    FORCED = "forced", N_("forced")
    UNKNOWN = "unknown", N_("own will not known")


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """A recruitment offer, and what is known of his own will."""

    TABLE: ClassVar[str] = "offer"
    KIND: ClassVar[EntryKind] = EntryKind.OFFER

    id: Annotated[str, N]
    employer: Annotated[str, Q] = ""
    term: Annotated[str, T] = ""
    monthly: Annotated[int | None, Q] = None
    currency: Annotated[str, N] = ""
    promised: Annotated[str, T] = ""
    training: Annotated[str, T] = ""
    excluded: Annotated[str, T] = ""
    selected: Annotated[int | None, Q] = None
    applied: Annotated[int | None, Q] = None
    contract_shown: Annotated[YesNo, N] = YesNo.UNKNOWN
    own_will: Annotated[OwnWill, S] = OwnWill.UNKNOWN
    own_words: Annotated[str, T] = ""
