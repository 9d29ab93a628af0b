"""People, what they are called, and what they are in a case.

Someone not yet identified is a person without a legal name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, S, T
from family_case.model.dates import PartialDate


class Sex(Coded):
    """Sex as in the person's papers."""

    MALE = "male", N_("male"), "MT39 010000000000"
    FEMALE = "female", N_("female"), "MT39 020000000000"
    UNKNOWN = "unknown", N_("not known"), "MT39 990000000000"


class NameKind(Coded):
    """What sort of name this is."""

    LEGAL = "legal", N_("name in the papers")
    PASSPORT_LATIN = "passport_latin", N_("Latin name as in the passport")
    PSEUDONYM = "pseudonym", N_("pseudonym")
    CLAIMED = "claimed", N_("name he gave himself")
    NICKNAME = "nickname", N_("nickname")
    FORMER = "former", N_("former name")


class RoleKind(Coded):
    """What a person is in a case."""

    SOUGHT = "sought", N_("person sought")
    MOTHER = "mother", N_("mother")
    FATHER = "father", N_("father")
    SPOUSE = "spouse", N_("wife or husband")
    PARTNER = "partner", N_("partner")
    CHILD = "child", N_("son or daughter")
    SIBLING = "sibling", N_("brother or sister")
    HALF_SIBLING = "half_sibling", N_("half-brother or half-sister")
    RELATIVE = "relative", N_("other relative")
    FRIEND = "friend", N_("friend")
    LAWYER = "lawyer", N_("lawyer")
    RECRUITER = "recruiter", N_("recruiter")
    ACCOUNTANT = "accountant", N_("“accountant”")
    COMMANDER = "commander", N_("commander")
    OFFICIAL = "official", N_("official")
    FELLOW_PRISONER = "fellow_prisoner", N_("fellow prisoner")
    STRANGER = "stranger", N_("stranger")
    JOURNALIST = "journalist", N_("journalist")


CLOSE_RELATIVES = frozenset(
    {
        RoleKind.MOTHER,
        RoleKind.FATHER,
        RoleKind.SPOUSE,
        RoleKind.PARTNER,
        RoleKind.CHILD,
        RoleKind.SIBLING,
        RoleKind.HALF_SIBLING,
    }
)
# The same roles of a person whose sex is known: a paper need not say "brother or sister" of a sister.
_OF_SEX = {
    (RoleKind.SIBLING, Sex.MALE): N_("brother"),
    (RoleKind.SIBLING, Sex.FEMALE): N_("sister"),
    (RoleKind.HALF_SIBLING, Sex.MALE): N_("half-brother"),
    (RoleKind.HALF_SIBLING, Sex.FEMALE): N_("half-sister"),
    (RoleKind.CHILD, Sex.MALE): N_("son"),
    (RoleKind.CHILD, Sex.FEMALE): N_("daughter"),
    (RoleKind.SPOUSE, Sex.MALE): N_("husband"),
    (RoleKind.SPOUSE, Sex.FEMALE): N_("wife"),
}
FAMILY = CLOSE_RELATIVES | {RoleKind.RELATIVE, RoleKind.FRIEND}
ADVERSE = frozenset({RoleKind.RECRUITER, RoleKind.ACCOUNTANT, RoleKind.COMMANDER, RoleKind.OFFICIAL, RoleKind.STRANGER})


@dataclass(frozen=True, slots=True)
class Person(Record):
    """A human being; names, roles and numbers hang on the id. `merged_into` is one level, read through one view."""

    TABLE: ClassVar[str] = "person"

    id: Annotated[str, N]
    sex: Annotated[Sex, Q] = Sex.UNKNOWN
    born: Annotated[PartialDate | None, Q] = None
    citizenship: Annotated[str, Q] = ""
    time_zone: Annotated[str, Q] = ""
    language: Annotated[str, Q] = ""
    form_of_address: Annotated[str, D] = ""
    safe_hours: Annotated[str, T] = ""
    phone_shared_with: Annotated[str, T] = ""
    safety_note: Annotated[str, S] = ""
    note: Annotated[str, T] = ""
    merged_into: Annotated[str | None, N] = None
    recorded_ms: Annotated[int, N] = 0


@dataclass(frozen=True, slots=True)
class PersonName(Record):
    """One name in its own language and script; `entered` is kept as typed, the parts as far as known."""

    TABLE: ClassVar[str] = "person_name"

    id: Annotated[str, N]
    person_id: Annotated[str, N]
    entered: Annotated[str, D]
    kind: Annotated[NameKind, N] = NameKind.LEGAL
    language: Annotated[str, Q] = ""
    family: Annotated[str, D] = ""
    given: Annotated[str, D] = ""
    patronymic: Annotated[str, D] = ""
    source: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class Role(Record):
    """What a person is in one case; the same person may be a relative here and sought there."""

    TABLE: ClassVar[str] = "role"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    person_id: Annotated[str, N]
    kind: Annotated[RoleKind, Q]
    claimed: Annotated[bool, N] = False
    basis: Annotated[str, T] = ""


def role_label(kind: RoleKind, sex: Sex) -> str:
    """What a person of this sex is in a case: "sister" where the sex is known, else "brother or sister"."""
    return _OF_SEX.get((kind, sex), kind.label)
