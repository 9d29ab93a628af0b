"""What stands beside the timeline: tasks by their kind, a document's number on hold, and a form for every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.services import intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.widgets.case_side import ADDABLE
from ui.widgets.form_panel import FormPanel
from ui.widgets.reveal import Reveal

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Desk


def test_a_task_shows_its_kind_and_not_its_words(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    words = _shown(page._side)
    assert "Review" in words
    assert "Не сообщать матери" not in words


def test_the_number_of_a_document_shows_on_hold_only(at_desk: Desk) -> None:
    passport = {"case": "K-001", "person": "Лебедев Артём Игоревич", "kind": "internal_passport"}
    intake.add(at_desk.session, "identifier", passport | {"document_number": "8900 123456"})
    page = at_desk.show(CasePage, "case", at_desk.case())
    assert "8900" not in _shown(page._side)
    assert "…34-56" in _shown(page._side)
    (held,) = [each for each in page._side.findChildren(Reveal) if each._kept == "8900 123456"]
    held.pressed.emit()
    assert "8900 123456" in _shown(page._side)
    held.released.emit()
    assert "8900" not in _shown(page._side)


@pytest.mark.parametrize("noun", ADDABLE)
def test_every_record_has_its_form_at_the_case(at_desk: Desk, noun: str) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add(noun)
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    assert "case" not in panel.form.names()
