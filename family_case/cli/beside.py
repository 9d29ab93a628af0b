"""What a tired person would overlook, said beside the id: how far a withholding reaches, whom a consent opens.

Nothing here decides what leaves; that is the dossier builder's. These sentences are for the caseworker only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.consent import Scope
from family_case.model.dossier import Profile
from family_case.services import casework, finders, publishing
from family_case.services.standing import in_force
from family_case.services.withheld import covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from family_case.model.consent import Withholding
    from family_case.model.views import CasePage
    from family_case.services.publishing import Order
    from family_case.services.session import Session

Said = tuple[str, dict[str, object]]  # message id and its values


def added(session: Session, noun: str, given: Mapping[str, str], made: str) -> Iterator[Said]:
    """What there is to say of a record just added."""
    if noun == "consent":
        yield from _consent(given)
    elif noun == "withholding":
        page = casework.page(session, given["case"])
        yield from _reach(page, [each for each in in_force(page.withholdings) if each.id == made])


def ordered(session: Session, ref: str, order: Order) -> Iterator[Said]:
    """What there is to say of a paper: that it does not name the person sought, or how much is kept from its reader."""
    if order.profile is Profile.FAMILY:
        page = casework.page(session, ref, as_of=order.as_of)
        reader = finders.person_in(finders.names_of(page.people), order.for_person)
        yield from _reach(page, [each for each in in_force(page.withholdings) if each.from_person_id == reader])
    if publishing.dossier(session, ref, order).sought.withheld:
        yield (
            N_(
                "The person sought is not named in this paper: nobody consented on his behalf for this purpose "
                "(consent add --scope own_and_sought --necessity ...)."
            ),
            {},
        )


def _consent(given: Mapping[str, str]) -> Iterator[Said]:
    scope = given.get("scope", "").strip()
    if not scope:
        yield (
            N_(
                "This opens the giver's own data only. A consent on behalf of the person sought is added with "
                "--scope own_and_sought and --necessity."
            ),
            {},
        )
    elif scope == Scope.OWN_AND_SOUGHT.value and not given.get("necessity", "").strip():
        yield (
            N_(
                "Without --necessity (why he himself cannot be asked) this does not open the data of the person sought."
            ),
            {},
        )


def _reach(page: CasePage, wishes: Sequence[Withholding]) -> Iterator[Said]:
    """How many entries fall under these wishes: who wishes something kept back may have marked nothing."""
    if not wishes or any(each.whole for each in wishes):
        return
    entries = [each for each in page.timeline if each.entry]
    kept = sum(any(covers(wish, entry, page) for wish in wishes) for entry in entries)
    if kept:
        yield (
            N_(
                "Kept from this person: {kept} of {all} entries. Read the others: what was not logged with --topic "
                "is not kept; one entry is kept with withholding add --entry."
            ),
            {"kept": kept, "all": len(entries)},
        )
    else:
        yield (
            N_(
                "Nothing is kept from this person yet: none of the {all} entries falls under it. A topic reaches "
                "entries logged with --topic; one entry is kept with withholding add --entry."
            ),
            {"all": len(entries)},
        )
