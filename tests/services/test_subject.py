"""What is held about one person is told in full to that person, and nobody else is told with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.services import publishing, subject
from tests.services import casebook

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session

MOTHER = "Щурова Мария"


@pytest.fixture
def told(session: Session) -> Session:
    """The mother has spoken, is spoken of, consented; his fate is kept from her; a brother is named beside her."""
    casebook.case(session)
    casebook.case(session, code="K-002", name="Зимин Олег")
    mother = casebook.person(session, MOTHER, "mother", number="+79161234567", note="brother Илья Щуров calls for her")
    casebook.person(session, "Щуров Илья", "sibling", number="+79167654321", sex="male")
    casebook.consent(session, mother, purposes="lawyer")
    casebook.log(
        session, "conversation", happened="2022-08-01", with_=mother, text="Илья sits beside her, +79167654321"
    )
    casebook.log(session, "note", text="She asked for Зимина too", with_=mother, topic="money")
    casebook.log(session, "sign", happened="2022-08-02", class_="voice", with_=mother, text="he is ill", topic="fate")
    casebook.withheld(session, mother, topic="fate", reason="the brother asked")
    return session


def test_own_data_are_told_in_full_and_others_masked(told: Session) -> None:
    found = subject.access(told, MOTHER)
    assert [name.entered for name in found.names] == [MOTHER]
    assert [number.norm for number in found.numbers] == ["+79161234567"]
    (case,) = found.cases
    assert (case.code, [role.kind.value for role in case.roles], len(case.consents)) == ("K-001", ["mother"], 1)
    said = " ".join([found.person.note, *(each.text for each in case.mentions)])
    assert "calls for her" in said
    for other in ("Илья", "Ильи", "+79167654321", "Зимин", "Лебедев"):
        assert other not in said


def test_what_is_kept_from_her_is_left_out_and_counted_for_the_caseworker_alone(told: Session) -> None:
    found = subject.access(told, MOTHER)
    assert "he is ill" not in repr(found)
    assert found.kept == 1
    assert [values for _message, values in subject.kept_words(found)] == [{"count": 1}]


def test_papers_that_named_her_are_listed(told: Session, tmp_path: Path) -> None:
    casebook.consent(told, casebook.person(told, "Щурова Анна", "spouse"))
    paper = publishing.publish(told, "K-001", casebook.lawyer(), lambda _dossier: b"paper", tmp_path / "paper.pdf")
    assert subject.access(told, MOTHER).papers == (paper.made,)


@pytest.mark.parametrize("ref", ["", "Никто", "K-001", "\x00"])
def test_nobody_is_refused_in_words(told: Session, ref: str) -> None:
    with pytest.raises(Refused):
        subject.access(told, ref)
