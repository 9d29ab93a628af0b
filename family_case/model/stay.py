"""A stay: he is said to have been at a place from one day to another; competing versions stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, N, Q, Record, T
from family_case.model.dates import PartialDate, parse
from family_case.model.entry import EntryKind


class StayKind(Coded):
    """What sort of stay."""

    DETENTION = "detention", N_("place of detention")
    QUARANTINE = "quarantine", N_("quarantine inside the colony")
    TRANSFER = "transfer", N_("transfer")
    TRAINING = "training", N_("training base")
    FRONT = "front", N_("front area")
    MEDICAL = "medical", N_("medical facility")
    HELD_BY_OTHER = "held_by_other", N_("held by the other party")
    HOME = "home", N_("at home")
    HIDING = "hiding", N_("in hiding")
    OTHER = "other", N_("other stay")


@dataclass(frozen=True, slots=True)
class Stay(Record):
    """He is said to have been at the entry's place from one day to another; the head's `happened` is the span."""

    TABLE: ClassVar[str] = "stay"
    KIND: ClassVar[EntryKind] = EntryKind.STAY

    id: Annotated[str, N]
    kind: Annotated[StayKind, Q] = StayKind.OTHER
    arrived: Annotated[PartialDate | None, Q] = None
    left: Annotated[PartialDate | None, Q] = None
    version: Annotated[str, T] = ""


def span(arrived: PartialDate | None, left: PartialDate | None, zone: str) -> PartialDate | None:
    """From the one day to the other as one partial date; open where an end is not known."""
    if arrived is None and left is None:
        return None
    ends = [end.edtf if end else ".." for end in (arrived, left)]
    return parse("/".join(ends), zone) if not any("/" in end for end in ends) else arrived or left
