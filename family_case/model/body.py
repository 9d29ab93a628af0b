"""Bodies: authorities and companies, and what is claimed of their link to the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, N, Q, Record, T


class BodyKind(Coded):
    """What sort of body."""

    PRISON_SERVICE = "prison_service", N_("prison service")
    MINISTRY = "ministry", N_("ministry")
    PROSECUTOR = "prosecutor", N_("prosecutor")
    COURT = "court", N_("court")
    OMBUDSMAN = "ombudsman", N_("ombudsman")
    POLICE = "police", N_("police")
    MILITARY = "military", N_("military body")
    COMPANY = "company", N_("company")
    INTERNATIONAL = "international", N_("international body")
    HOSPITAL = "hospital", N_("hospital")
    BANK = "bank", N_("bank")
    OTHER = "other", N_("other body")


class StateLink(Coded):
    """What is said of a body's link to the state."""

    STATE = "state", N_("a body of the state")
    CLAIMED = "claimed", N_("link to the state claimed")
    DENIED = "denied", N_("link to the state denied")
    UNKNOWN = "unknown", N_("link to the state not known")


@dataclass(frozen=True, slots=True)
class Body(Record):
    """An authority or a company, by its name in its own language."""

    TABLE: ClassVar[str] = "body"

    id: Annotated[str, N]
    name: Annotated[str, Q]
    kind: Annotated[BodyKind, Q] = BodyKind.OTHER
    other_names: Annotated[str, T] = ""
    state_link: Annotated[StateLink, N] = StateLink.UNKNOWN
    note: Annotated[str, T] = ""
    country: Annotated[str, Q] = ""  # as typed: "UA", "Україна"
