"""A case code is one code however it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.services import casework, editing, intake

if TYPE_CHECKING:
    from family_case.services.session import Session


@pytest.mark.parametrize("typed", ["К-077", "k-077", "к-077", " K-077 "])  # the first letter is Cyrillic twice
def test_a_code_is_found_and_taken_however_its_letters_were_typed(session: Session, typed: str) -> None:
    made = intake.add(session, "case", {"code": "K-077"}).made
    assert casework.resolve(session, typed) == made
    with pytest.raises(Refused, match="There is a case"):
        intake.add(session, "case", {"code": typed})


def test_a_code_that_is_really_cyrillic_stays_cyrillic(session: Session) -> None:
    intake.add(session, "case", {"code": "Дело-5"})
    assert [row.code for row in casework.cases(session)] == ["ДЕЛО-5"]
    assert casework.resolve(session, "дело-5")


def test_a_code_changed_to_one_that_exists_is_refused_and_nothing_changes(session: Session) -> None:
    intake.add(session, "case", {"code": "K-001"})
    intake.add(session, "case", {"code": "K-002"})
    with pytest.raises(Refused):
        editing.change(session, "K-002", {"code": "К-001"})
    assert [row.code for row in casework.cases(session)] == ["K-001", "K-002"]


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\u00ad", "\u0301"])  # space, turned line, hyphen, accent
def test_a_code_with_a_mark_nobody_sees_is_refused_in_words(session: Session, mark: str) -> None:
    with pytest.raises(Refused, match="cannot be seen"):
        intake.add(session, "case", {"code": f"K-0{mark}01"})
    assert casework.count(session) == 0


def test_a_code_nobody_can_read_out_is_refused_when_made_and_when_changed(session: Session) -> None:
    intake.add(session, "case", {"code": "K" * 40})
    with pytest.raises(Refused, match="characters"):
        intake.add(session, "case", {"code": "K" * 41})
    with pytest.raises(Refused, match="characters"):
        editing.change(session, "K" * 40, {"code": "K" * 500})
    assert [row.code for row in casework.cases(session)] == ["K" * 40]


def test_a_letter_written_as_two_signs_is_the_letter(session: Session) -> None:
    made = intake.add(session, "case", {"code": "Рои\u0306-1"}).made  # и and its breve, as some systems keep й
    assert casework.resolve(session, "рой-1") == made
