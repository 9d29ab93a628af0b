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
