"""Going on with a vault that is not as it was left, and whether this computer may remember how far it had come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.findings import ACCEPTED
from family_case.store import journal

if TYPE_CHECKING:
    from family_case.services.session import Session


def accept(session: Session) -> Changes:
    """Take what is there as the vault: a new anchor, and a line in the journal for each thing that was accepted.

    Raises Refused when there is nothing to accept, Unavailable when it cannot be written.
    """
    session.vault.demand_writable()  # before the anchor, which is evidence, is written over
    found = session.findings
    if not found:
        raise Refused(N_("This vault is as it was left. There is nothing to accept."))
    session.moored.begin(session.vault)
    number = 0
    for reason in dict.fromkeys(ACCEPTED[each.finding] for each in found):
        with session.vault.change(reason, session.actor) as change:
            pass
        number = change.result.number
    session.settle()
    return Changes(
        number, reason, frozenset({"copy"}), notes=tuple((each.finding.label, each.values) for each in found)
    )


def accepted(session: Session) -> list[tuple[str, Reason]]:
    """On which day (ISO) what was accepted, the oldest first."""
    zone = session.office.zone
    return [(Moment(at).day(zone).isoformat(), reason) for at, reason in journal.accepted(session.vault.connection)]


def witnessed(session: Session) -> bool:
    """Whether this computer keeps a witness of this vault."""
    return session.vault.witnessed


def set_witness(session: Session, *, kept: bool) -> Changes:
    """Keep a witness on the computers where this vault is opened, or none; one that is there is removed."""
    with session.vault.drafts() as change:
        change.stand({"unwitnessed": int(not kept)})
    session.vault.witnessed = kept
    if kept:
        session.moored.remember(session.vault)
    else:
        session.moored.forget()
    return Changes(0, Reason.EDIT, frozenset({"copy"}))
