"""As we knew it on a day: unmistakable, read only, back by Esc, and the lawyer's paper of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from family_case.model.dates import parse
from tests.ui.keyboard import press
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.pages.report import ReportPage
from ui.widgets.details import DetailsPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk

DAY = "2022-08-05"


def _to(page: CasePage, day: str = DAY) -> None:
    page.past.begin()
    page.past.field.set_value(day)
    press(Qt.Key.Key_Return, into=page.past.field)


@pytest.fixture
def page(at_desk: Desk) -> CasePage:
    return at_desk.show(CasePage, "case", at_desk.case())


def test_the_case_of_an_earlier_day_says_so_and_lacks_what_came_later(at_desk: Desk, page: CasePage) -> None:
    today = page.timeline.rowCount()
    _to(page)
    shown = _shown(page)
    assert "As known on 5 August 2022" in shown
    assert 0 < page.timeline.rowCount() < today
    assert "No direct word for 28 days" in shown
    assert at_desk.trouble == []


def test_nothing_can_be_written_into_the_past(at_desk: Desk, page: CasePage) -> None:
    _to(page)
    before = at_desk.session.vault.commit_seq()
    assert not page._log.isEnabled()
    assert not page._side.findChildren(QPushButton, "") or not any(
        each.accessibleName().startswith("Add") and each.isVisible() for each in page._side.findChildren(QPushButton)
    )
    page.add("note")
    assert page._beside.panel() is None
    item = page.timeline.item(0)
    assert item is not None
    page.show_record(item.id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    offered = [each.text() for each in panel.findChildren(QPushButton) if each.isVisible()]
    assert "Change" not in offered
    assert "More" not in offered
    page._beside.change(at_desk.case(), "case")
    page._beside.ask_erase(item.id, "Note")
    assert isinstance(page._beside.panel(), DetailsPanel)
    assert at_desk.session.vault.commit_seq() == before


def test_details_of_the_past_tell_no_later_change(at_desk: Desk, page: CasePage) -> None:
    _to(page)
    item = page.timeline.item(0)
    assert item is not None
    page.show_record(item.id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    assert "History" in _shown(panel)
    assert at_desk.trouble == []


def test_escape_leads_back_to_today(page: CasePage) -> None:
    today = page.timeline.rowCount()
    _to(page)
    press(Qt.Key.Key_Escape, into=page.list)
    assert page.past.isHidden()
    assert page.timeline.rowCount() == today
    assert page._log.isEnabled()
    assert page.writes


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2022-08", "is no single day"),
        ("2023-01-01", "1 January 2023 has not come yet"),
        ("2020-01-01", "On 1 January 2020 this vault knew nothing of this case yet"),
        ("вчера", "вчера"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_in_words(page: CasePage, day: str, said: str) -> None:
    _to(page, day)
    assert said in _shown(page.past)
    assert page.writes


def test_the_lawyers_paper_of_that_day_lacks_what_came_later(qtbot: QtBot, at_desk: Desk, page: CasePage) -> None:
    _to(page)
    report = at_desk.show(ReportPage, "report", f"{at_desk.case()} {DAY}")
    qtbot.waitUntil(report.foot.save.isEnabled)
    assert report._order is not None
    assert report._order.known_on == parse(DAY).earliest
    then = report.told.words()
    report.order.stand_on(None)
    qtbot.waitUntil(lambda: report._order is not None and report._order.known_on is None)
    qtbot.waitUntil(report.foot.save.isEnabled)
    assert "+7 900 000-41-17" in report.told.words()
    assert then != report.told.words()


def test_who_comes_back_from_todays_case_gets_todays_paper(qtbot: QtBot, at_desk: Desk) -> None:
    report = at_desk.show(ReportPage, "report", f"{at_desk.case()} {DAY}")
    qtbot.waitUntil(report.foot.save.isEnabled)
    at_desk.show(CasePage, "case", at_desk.case())
    at_desk.show(ReportPage, "report", at_desk.case())
    order = report.order.order(report.context.clock.now())
    assert order is not None
    assert order.known_on is None


def test_a_relatives_extract_is_of_today_only(at_desk: Desk, page: CasePage) -> None:
    del page
    report = at_desk.show(ReportPage, "report", f"{at_desk.case()} {DAY}")
    report.order.profile.set_value("family")
    assert not report.order.known_on.isVisible()
    order = report.order.order(report.context.clock.now())
    assert order is not None
    assert order.known_on is None
