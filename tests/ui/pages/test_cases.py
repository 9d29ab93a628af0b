"""The list of cases: found by what a caller says, opened by Enter, never showing a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from family_case.model.views import CaseOrder
from family_case.services import casework
from tests.ui.desk import seen
from tests.ui.keyboard import CONTROL, enter, press
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.widgets.form_panel import FormPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk


def _codes(page: CasesPage) -> list[str]:
    return [str(page.rows.index(at, 0).data()) for at in range(page.rows.rowCount())]


@pytest.mark.parametrize("typed", ["Лебедев", "lebedev", "900 000-10-01", "K-001", "Рябина"])
def test_a_case_is_found_by_name_in_either_script_code_number_and_alias(
    qtbot: QtBot, at_desk: Desk, typed: str
) -> None:
    page = at_desk.show(CasesPage, "cases")
    enter(typed, into=page.search)
    qtbot.waitUntil(lambda: page.rows.rowCount() < 10)
    assert "K-001" in _codes(page)


def test_enter_in_the_search_opens_the_first_case(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    enter("K-003", into=page.search)
    qtbot.waitUntil(lambda: page.rows.rowCount() == 1)
    press(Qt.Key.Key_Return, into=page.search)
    assert at_desk.page(CasePage).place == at_desk.case("K-003")


def test_arrow_down_goes_to_the_list_and_enter_opens_its_row(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    press(Qt.Key.Key_Down, into=page.search)
    press(Qt.Key.Key_Down, into=page.table)
    press(Qt.Key.Key_Return, into=page.table)
    assert at_desk.page(CasePage).place == at_desk.case("K-002")


def test_no_name_stands_in_the_list(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    shown = " ".join(
        str(page.rows.index(row, column).data())
        for row in range(page.rows.rowCount())
        for column in range(page.rows.columnCount())
    )
    names = {name.entered for code in _codes(page) for card in at_desk.facts(code).people for name in card.names}
    assert "Лебедев Артём Игоревич" in names
    assert not [name for name in names if name in shown]


def test_the_silence_stands_in_words_and_with_a_shape(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    cell = page.rows.index(0, 2)
    assert cell.data() == "check now · 45 days"
    assert cell.data(Qt.ItemDataRole.DecorationRole) is not None


def test_what_is_not_found_is_said(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    enter("Никодимов", into=page.search)
    qtbot.waitUntil(lambda: page.rows.rowCount() == 0)
    assert "Никодимов" in page._nothing.text()


def test_a_new_case_is_made_by_keyboard_and_opened(qtbot: QtBot, empty_desk: Desk) -> None:
    page = empty_desk.show(CasesPage, "cases")
    page.new_case()
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"alias": "Берёза", "name": "Иванов Пётр", "held_at": "ИК-17, Мордовия"})
    press(Qt.Key.Key_Return, CONTROL, into=panel)
    shown = empty_desk.page(CasePage)
    assert shown.title == "K-001 “Берёза”"
    facts = empty_desk.facts()
    assert facts.held_at is not None
    assert (facts.held_at.number, facts.held_at.region) == ("17", "Мордовия")
    assert re.search(r"saved \d\d:\d\d", seen(empty_desk.window))


def test_the_longest_silence_is_brought_up_by_a_key_and_the_case_chosen_stays_chosen(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    page.table.setFocus()
    page.table.choose(2)
    press(Qt.Key.Key_3, CONTROL, into=page.table)
    wanted = [row.code for row in casework.cases(at_desk.session, order=CaseOrder.SILENCE)]
    assert _codes(page) == wanted != sorted(wanted)
    assert page.table.chosen() == wanted.index("K-003")
    assert "In order: the longest silence first" in page._sorted.accessibleName()
    press(Qt.Key.Key_3, CONTROL, into=page.table)
    turned = [row.code for row in casework.cases(at_desk.session, order=CaseOrder.SILENCE, turned=True)]
    assert _codes(page) == turned != wanted


def test_a_click_on_a_head_orders_by_its_column_and_a_second_one_turns_it_round(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    head = page.table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(1) + 20, head.height() // 2)
    for turned in (False, True):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        wanted = casework.cases(at_desk.session, order=CaseOrder.ALIAS, turned=turned)
        assert _codes(page) == [row.code for row in wanted]


def test_an_order_stays_while_the_search_narrows_the_list(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases")
    press(Qt.Key.Key_1, CONTROL, into=page.search)  # it was in this order: now the other way round
    enter("K-00", into=page.search)
    qtbot.waitUntil(lambda: page.rows.rowCount() < 10)
    assert _codes(page) == sorted(_codes(page), reverse=True)
