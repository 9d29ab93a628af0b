"""Places: a colony is number and region; a bare number is never merged with one that has a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, N, Q, Record


class PlaceKind(Coded):
    """What sort of place."""

    COLONY = "colony", N_("colony")
    SIZO = "sizo", N_("pre-trial detention (SIZO)")
    BASE = "base", N_("training base")
    HOSPITAL = "hospital", N_("hospital")
    FRONT = "front", N_("front area")
    TOWN = "town", N_("town")
    REGION = "region", N_("region")
    OTHER = "other", N_("other place")


@dataclass(frozen=True, slots=True)
class Place(Record):
    """A place as named, with number and region apart."""

    TABLE: ClassVar[str] = "place"

    id: Annotated[str, N]
    name: Annotated[str, Q]
    kind: Annotated[PlaceKind, Q] = PlaceKind.OTHER
    number: Annotated[str, Q] = ""
    region: Annotated[str, Q] = ""


@dataclass(frozen=True, slots=True)
class PlaceAlias(Record):
    """Another name of a place, in its language."""

    TABLE: ClassVar[str] = "place_alias"

    id: Annotated[str, N]
    place_id: Annotated[str, N]
    name: Annotated[str, Q]
    language: Annotated[str, Q] = ""
