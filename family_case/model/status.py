"""Status reports: what someone says of fate, whereabouts, liberty or health; none replaces another (DOMAIN rule 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Coded, N, Record, S, T, check_texts
from family_case.model.entry import EntryKind


class Dimension(Coded):
    """What a status report speaks of: fate and whereabouts are two questions."""

    FATE = "fate", N_("fate")
    WHEREABOUTS = "whereabouts", N_("whereabouts")
    LIBERTY = "liberty", N_("liberty")
    HEALTH = "health", N_("health")


class StatusValue(Coded):
    """What is reported; which values fit which dimension is in FITTING."""

    UNKNOWN = "unknown", N_("not known")
    ALIVE_CONFIRMED = "alive_confirmed", N_("alive, confirmed")
    REPORT_OF_DEATH = "report_of_death", N_("report of death, not confirmed")
    DEATH_CONFIRMED = "death_confirmed", N_("death confirmed"), "MT25 010100000000"
    DETENTION = "place_of_detention", N_("place of detention")
    RETURNED = "returned_to_detention", N_("returned to detention")
    TRANSFER = "in_transfer", N_("in transfer")
    TRAINING = "training_base", N_("training base")
    FRONT = "front_area", N_("front area")
    MEDICAL = "medical_facility", N_("medical facility")
    HELD_BY_OTHER = "held_by_other_party", N_("held by the other party")
    HOME = "at_home", N_("at home")
    RELEASED = "released", N_("released")
    HIDING = "in_hiding", N_("in hiding")
    BURIAL = "burial_place", N_("burial place")
    SERVING = "serving", N_("serving his term"), "MT25 020203000000"
    PARDON_CLAIMED = "pardon_claimed", N_("pardon claimed")
    CAPTURED = "captured", N_("captured")
    WELL = "well", N_("well")
    WOUNDED = "wounded", N_("wounded")
    ILL = "ill", N_("ill")


FITTING: dict[Dimension, frozenset[StatusValue]] = {
    Dimension.FATE: frozenset(
        {StatusValue.UNKNOWN, StatusValue.ALIVE_CONFIRMED, StatusValue.REPORT_OF_DEATH, StatusValue.DEATH_CONFIRMED}
    ),
    Dimension.WHEREABOUTS: frozenset(
        {
            StatusValue.UNKNOWN,
            StatusValue.DETENTION,
            StatusValue.RETURNED,
            StatusValue.TRANSFER,
            StatusValue.TRAINING,
            StatusValue.FRONT,
            StatusValue.MEDICAL,
            StatusValue.HELD_BY_OTHER,
            StatusValue.HOME,
            StatusValue.RELEASED,
            StatusValue.HIDING,
            StatusValue.BURIAL,
        }
    ),
    Dimension.LIBERTY: frozenset(
        {
            StatusValue.UNKNOWN,
            StatusValue.SERVING,
            StatusValue.PARDON_CLAIMED,
            StatusValue.RELEASED,
            StatusValue.CAPTURED,
            StatusValue.HIDING,
        }
    ),
    Dimension.HEALTH: frozenset({StatusValue.UNKNOWN, StatusValue.WELL, StatusValue.WOUNDED, StatusValue.ILL}),
}


_DEATH = frozenset({StatusValue.REPORT_OF_DEATH, StatusValue.DEATH_CONFIRMED, StatusValue.BURIAL})


class DeathBasis(Coded):
    """On what a confirmed death rests; without one it stays a report (DOMAIN rule 4)."""

    BODY_SEEN = "body_seen", N_("body seen by a named person")
    DNA = "dna", N_("DNA")
    CERTIFICATE = "certificate", N_("death certificate")
    NOTICE = "official_notice", N_("official notice")


@dataclass(frozen=True, slots=True)
class StatusReport(Record):
    """Someone reports his fate, whereabouts, liberty or health; it stands beside other reports, never replaces them."""

    TABLE: ClassVar[str] = "status_report"
    KIND: ClassVar[EntryKind] = EntryKind.STATUS

    id: Annotated[str, N]
    dimension: Annotated[Dimension, S]
    value: Annotated[StatusValue, S] = StatusValue.UNKNOWN
    about_group: Annotated[str, T] = ""
    cohort_claim: Annotated[str, T] = ""
    death_basis: Annotated[DeathBasis | None, S] = None
    confirmed_by: Annotated[str, T] = ""

    @property
    def tells_death(self) -> bool:
        """Whether it speaks of his death, confirmed or not."""
        return self.value in _DEATH

    def check(self) -> None:
        """Refuse a value of another dimension, and a confirmed death that rests on nothing (DOMAIN rule 4)."""
        check_texts(self)
        if self.value not in FITTING[self.dimension]:
            raise Refused(
                N_("“{value}” is no answer about {dimension}. Nothing was saved; choose one of: {choices}."),
                value=self.value.value,
                dimension=self.dimension.value,
                choices=", ".join(each.value for each in StatusValue if each in FITTING[self.dimension]),
            )
        if self.value is StatusValue.DEATH_CONFIRMED and not (self.death_basis and self.confirmed_by.strip()):
            raise Refused(
                N_(
                    "A confirmed death needs what it rests on (--death-basis) and a second confirmation "
                    "(--confirmed-by). Nothing was saved; without them it is a report of death."
                )
            )
