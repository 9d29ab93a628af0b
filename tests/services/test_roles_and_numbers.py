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


def test_a_number_of_one_case_is_not_said_to_link_cases(session: Session) -> None:
    case(session)
    intake.log(session, "approach", "K-001", {"happened": "2022-08-01", "number": "+7 900 000-41-17"})
    marked = intake.add(session, "endpoint", {"number": "8 900 000 41 17", "mark": "shared"})
    again = intake.log(session, "approach", "K-001", {"happened": "2022-08-02", "number": "+7 900 000-41-17"})
    assert [*marked.notes, *again.notes] == []
    intake.add(session, "case", {"code": "K-002"})
    (note,) = intake.log(session, "approach", "K-002", {"happened": "2022-08-02", "number": "89000004117"}).notes
    assert note[1]["count"] == "2"


def test_a_person_of_a_case_without_a_role_is_asked_for_in_words_of_the_work(session: Session) -> None:
    case(session)
    with pytest.raises(Refused, match="what this person is in the case"):
        intake.add(session, "person", {"case": "K-001", "name": "Лебедева Нина"})
    with pytest.raises(Refused, match="in which case"):
        intake.add(session, "person", {"name": "Лебедева Нина", "role": "mother"})
