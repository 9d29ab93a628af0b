"""Who or what is in no case is found by the search, and leads on: changed, given a role, erased, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from family_case.services import casework, editing, finding, history, intake
from tests.ui.pages.test_case import _shown
from tests.ui.pages.test_further_names import press
from ui.pages.case import CasePage
from ui.pages.record import RecordPage
from ui.widgets.details import DetailsPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk
    from ui.widgets.form_panel import FormPanel


@pytest.fixture
def nina(at_desk: Desk) -> str:
    values = {"name": "Сидорова Нина", "number": "8 900 000 66 77", "note": "видела колонну"}
    return intake.add(at_desk.session, "person", values).made


def searched(desk: Desk, qtbot: QtBot, text: str) -> list[str]:
    """Type into the search as a person does; the lines below it."""
    box = desk.window._search
    box.begin()
    box.setText(text)
    box.textEdited.emit(text)  # QTest knows no Cyrillic keys
    qtbot.waitUntil(lambda: not box._rest.isActive())
    return [box.results.item(at).text() for at in range(box.results.count())]


def test_a_person_in_no_case_is_found_and_opened(at_desk: Desk, qtbot: QtBot, nina: str) -> None:
    lines = searched(at_desk, qtbot, "Сидорова")
    assert lines == ["Person, in no case   …66-77"]
    QTest.keyClick(at_desk.window._search, Qt.Key.Key_Return)
    page = at_desk.page(RecordPage)
    assert page.place == nina
    words = _shown(page)
    area = page.findChildren(DetailsPanel)[0].focusProxy()
    assert area is not None
    assert area.hasFocus()
    assert "видела колонну" in words
    assert "Сидорова" not in words + at_desk.window.windowTitle()  # shown on hold


def test_what_has_a_name_of_nobody_is_told_by_it(at_desk: Desk, qtbot: QtBot) -> None:
    intake.add(at_desk.session, "source", {"name": "Нагорный", "publisher": "Вестник края"})
    intake.add(at_desk.session, "body", {"name": "Комитет по амнистии"})
    assert searched(at_desk, qtbot, "Нагорный") == ["Source, in no case   Вестник края"]
    assert searched(at_desk, qtbot, "амнистии") == ["Body, in no case   Комитет по амнистии"]


def test_with_a_role_he_stands_in_the_case_and_undo_brings_him_back_here(
    at_desk: Desk, qtbot: QtBot, nina: str
) -> None:
    page = at_desk.show(RecordPage, "record", nina)
    page.give_role()
    panel = cast("FormPanel", page._beside.panel())
    panel.form.set_values({"case": at_desk.case(), "kind": "friend"})
    panel.save()
    qtbot.waitUntil(lambda: isinstance(at_desk.window.current(), CasePage))
    case = at_desk.page(CasePage)
    assert nina in [card.person.id for card in at_desk.facts().people]
    assert case.place == at_desk.case()
    history.undo(at_desk.session, this_session=True)
    assert finding.find(at_desk.session, "Сидорова")[0].case_id == ""
    assert at_desk.show(RecordPage, "record", nina).title == "Person, in no case"


def test_it_says_which_cases_name_him_and_goes_there(at_desk: Desk, nina: str) -> None:
    intake.log(at_desk.session, "note", "K-005", {"text": "заходила", "with": nina})
    page = at_desk.show(RecordPage, "record", nina)
    (way,) = [each for each in page.findChildren(QPushButton) if each.text().startswith("K-005")]
    way.click()
    assert at_desk.page(CasePage).place == at_desk.case("K-005")


def test_it_is_changed_where_it_stands(at_desk: Desk, qtbot: QtBot, nina: str) -> None:
    page = at_desk.show(RecordPage, "record", nina)
    panel = page.findChildren(DetailsPanel)[-1]
    panel._ask_change()
    form = cast("FormPanel", page._beside.panel())
    form.form.set_values({"note": "видела две колонны"})
    form.save()
    assert editing.values_of(at_desk.session, nina)["note"] == "видела две колонны"
    qtbot.waitUntil(lambda: "две колонны" in _shown(at_desk.page(RecordPage)))


def test_a_further_name_is_added_where_he_stands_and_taken_away(at_desk: Desk, qtbot: QtBot, nina: str) -> None:
    page = at_desk.show(RecordPage, "record", nina)
    press(page, "Add a name")
    form = cast("FormPanel", page._beside.panel())
    form.form.set_values({"name": "Нинуля", "kind": "nickname"})
    form.save()
    assert [hit.record_id for hit in finding.find(at_desk.session, "Нинуля")] == [nina]
    qtbot.waitUntil(lambda: "Nickname" in _shown(at_desk.page(RecordPage)))
    press(page, "Change: Nickname")
    cast("FormPanel", page._beside.panel()).take_away()
    assert finding.find(at_desk.session, "Нинуля") == []


def test_a_record_that_was_taken_back_is_told_in_words(at_desk: Desk, nina: str) -> None:
    page = at_desk.show(RecordPage, "record", nina)
    at_desk.window.undo()
    assert "There is no case and no record" in _shown(page)
    assert casework.count(at_desk.session)
