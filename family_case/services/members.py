"""The people of one case with their names and numbers, without the case's timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.store import people

if TYPE_CHECKING:
    from family_case.model.views import PersonCard
    from family_case.services.session import Session


def of_case(session: Session, case_id: str) -> list[PersonCard]:
    """People of a case in the order they came in; whether something is kept from them is not computed here."""
    return people.in_case(session.vault.connection, case_id)
