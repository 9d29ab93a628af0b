"""What the reader of one paper may know of a case: its entries, its topics, and the case itself.

A relative's paper is composed as if what is kept from her never existed (DOMAIN rule 9); a lawyer knows all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.consent import Topic
from family_case.model.dossier import Profile
from family_case.model.views import CasePage
from family_case.services.standing import in_force, own_records
from family_case.services.withheld import covers, untold

if TYPE_CHECKING:
    from family_case.model.case import Case
    from family_case.model.views import TimelineItem

_CASE_TOPICS = {Topic.FATE, Topic.WHEREABOUTS}  # what the office's own account of a case speaks of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a paper about a case: `person` is the id of the relative, empty for a lawyer."""

    page: CasePage
    profile: Profile
    person: str = ""

    @property
    def lawyer(self) -> bool:
        """Whether he is bound by a lawyer's secrecy, and so may know what is kept from a relative."""
        return self.profile is Profile.LAWYER

    def entries(self) -> list[TimelineItem]:
        """Entries this paper knows of: all, or for a relative those not kept from her and without hazard.

        Refused when the whole case is kept from her.
        """
        entries = [each for each in self.page.timeline if each.entry is not None]
        if self.lawyer:
            return entries
        kept = [each for each in in_force(self.page.withholdings) if each.from_person_id == self.person]
        if any(each.whole for each in kept):
            raise Refused(N_("The whole case is kept from this person. Nothing was written."))
        return [
            each
            for each in entries
            if each.entry
            and not (each.entry.hazards or untold(each, self.page))
            and not any(covers(wish, each, self.page) for wish in kept)
        ]

    def case(self) -> Case:
        """The case as this reader may know it: with his whereabouts kept from her, not where he was last either."""
        if self.knows_where():
            return self.page.case
        return replace(self.page.case, last_seen=None, held_at=None)

    def knows_where(self) -> bool:
        """Whether where he is or was is not kept from this reader."""
        return Topic.WHEREABOUTS not in self._kept()

    def knows_circumstances(self) -> bool:
        """Whether nothing that the office's own account of the case speaks of is kept from this reader."""
        return not self._kept() & _CASE_TOPICS

    def _kept(self) -> set[Topic]:
        wishes = in_force(self.page.withholdings) if self.person else []
        return {each.topic for each in wishes if each.from_person_id == self.person and each.topic}


def is_relative(page: CasePage, person_id: str | None) -> bool:
    """Whether an extract may be for this person: family or friend, and not only by his own claim."""
    return bool(person_id) and bool(own_records(page, page.one(person_id or "")))
