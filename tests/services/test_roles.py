"""One person is sought in a case, and nobody is the same thing in it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.services import casework, intake
from tests.services.casebook import case, person

if TYPE_CHECKING:
    from family_case.services.session import Session


def test_a_second_person_sought_needs_a_case_of_his_own(session: Session) -> None:
    case(session)
    with pytest.raises(Refused, match="person sought already"):
        person(session, "Петров Иван", "sought")
    assert len(casework.page(session, "K-001").people) == 1


def test_nobody_is_the_same_thing_twice_but_may_be_two_things(session: Session) -> None:
    case(session)
    mother = person(session, "Лебедева Нина", "mother")
    with pytest.raises(Refused, match="this role in the case already"):
        intake.add(session, "role", {"case": "K-001", "person": mother, "kind": "mother"})
    intake.add(session, "role", {"case": "K-001", "person": mother, "kind": "lawyer"})
    assert [card.role.kind.value for card in casework.page(session, "K-001").people] == ["sought", "mother", "lawyer"]
