"""Words that must be read whole: at large text, in a narrow window, and while the program is busy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QStyle, QStyleOptionFrame, QWidget

from family_case.i18n import LANGUAGES, translator
from tests.pictures import settle
from tests.ui.pages.conftest import desk_over
from ui import theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages.case import CasePage
from ui.tables.lines import Lines
from ui.tables.timeline import ALL
from ui.tables.timeline_view import TimelineView
from ui.widgets.calm_button import CalmButton
from ui.widgets.entry_words import Line
from ui.widgets.filter_chips import FilterBox
from ui.widgets.states import Look
from ui.windows.bars import Foot, Head
from ui.windows.first_run import FirstRun
from ui.windows.palette import Search
from ui.windows.wishes import Deed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session


def _cut(label: QLabel) -> bool:
    """Whether a label has less room than its words need."""
    width, height = label.width(), label.height()
    return (label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()) > height


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [480, 960])
def test_what_a_large_button_means_is_read_whole(
    qtbot: QtBot, qapp: QApplication, inline_jobs: Jobs, language: str, width: int
) -> None:
    theme.wear(qapp, theme.LIGHT, 150)
    sheet = FirstRun(inline_jobs, translator(language), theme.LIGHT, language_known=True)
    qtbot.addWidget(sheet)
    sheet.resize(width, 640)
    sheet.show()
    settle()
    buttons = sheet.findChildren(CalmButton)
    assert len(buttons) == len({*Deed} - {Deed.RECOVER, Deed.KEY_STORE}) + 1  # and to restore a backup
    for each in buttons:
        assert each.accessibleName()
        assert not [label.text() for label in each.findChildren(QLabel) if _cut(label)]
    inside = sheet._scroll.viewport()
    assert all(each.mapTo(inside, each.rect().bottomRight()).x() <= inside.width() for each in buttons)


def test_the_sheet_grows_wider_with_the_text(qtbot: QtBot, qapp: QApplication, inline_jobs: Jobs) -> None:
    widths = []
    for percent in (100, 150):
        theme.wear(qapp, theme.LIGHT, percent)
        sheet = FirstRun(inline_jobs, translator("en"), theme.LIGHT, language_known=True)
        qtbot.addWidget(sheet)
        sheet.resize(1366, 768)
        sheet.show()
        settle()
        widths.append(sheet.findChildren(CalmButton)[0].width())
    assert widths[1] == widths[0] * 150 // 100


def test_while_keys_are_made_nothing_else_can_be_asked_for(qtbot: QtBot, qapp: QApplication) -> None:
    sheet = FirstRun(Jobs(Feed(), InlineLane(), InlineLane()), translator("en"), theme.LIGHT, language_known=True)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.ask_passphrase()
    sheet._work(busy=True)
    assert [each.text() for each in sheet.findChildren(QPushButton) if each.isEnabled() and each.isVisible()] == []
    sheet._work(busy=False)
    assert sheet._another.isEnabled()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", [100, 150])
def test_that_nothing_was_found_is_read_whole(
    qtbot: QtBot, qapp: QApplication, story: Session, language: str, percent: int
) -> None:
    theme.wear(qapp, theme.LIGHT, percent)
    window = desk_over(qtbot, story, language).window
    search = window.findChild(Search)
    assert isinstance(search, Search)
    search.setFocus()
    QTest.keyClicks(search, "xyz-none")
    qtbot.waitUntil(search.results.isVisible)
    settle()
    results, item = search.results, search.results.item(0)
    metrics = results.fontMetrics()
    needed = metrics.boundingRect(0, 0, results.viewport().width() - 6, 1000, Qt.TextFlag.TextWordWrap, item.text())
    lines = needed.height() // metrics.lineSpacing()  # what is left over is rounding, and differs between systems
    assert results.visualItemRect(item).width() <= results.viewport().width()
    assert results.visualItemRect(item).height() >= lines * metrics.height()
    assert results.viewport().height() >= results.visualItemRect(item).bottom()
    assert not results.horizontalScrollBar().isVisible()
    assert not results.verticalScrollBar().isVisible()


@pytest.mark.parametrize("name", ["today", "cases", "case", "report"])
def test_the_words_of_the_first_and_the_last_line_are_never_cut(
    qtbot: QtBot, qapp: QApplication, story: Session, name: str
) -> None:
    theme.wear(qapp, theme.LIGHT, 150)
    desk = desk_over(qtbot, story, "en")
    desk.window.go(name, desk.case() if name in ("case", "report") else "")
    desk.window.resize(1366, 768)
    settle()
    for bar in (desk.window.findChild(Head), desk.window.findChild(Foot)):
        assert isinstance(bar, QWidget)
        parts = [each for each in bar.findChildren(QWidget) if each.isVisible() and each.parentWidget() is bar]
        assert parts
        assert not [each for each in parts if _is_cut(each)]


def _is_cut(part: QWidget) -> bool:
    """Whether words stand higher than their room; a field asks for air beside its line, which it may be without."""
    if not isinstance(part, QLineEdit):
        return part.height() < part.sizeHint().height()
    option = QStyleOptionFrame()
    part.initStyleOption(option)
    room = part.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, part)
    return room.height() < part.fontMetrics().height()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_filters_the_timeline_leaves_it_its_room(
    qtbot: QtBot, qapp: QApplication, story: Session, language: str
) -> None:
    theme.wear(qapp, theme.LIGHT, 150)
    desk = desk_over(qtbot, story, language)
    page = desk.show(CasePage, "case", desk.case())
    desk.window.resize(1366, 768)
    settle()
    assert page.list.height() > desk.window.height() // 2
    page.chips.choose("sign")
    assert page.chips.value() == "sign"
    assert page.timeline.rowCount() == 2
    assert isinstance(page.chips, FilterBox)
    assert page.chips.currentText().endswith(" 2")
    page.chips.show_counts({ALL: 1})  # its last line was taken back
    assert page.chips.value() == ALL


def test_a_state_beside_which_the_title_has_no_room_stands_above_it(qtbot: QtBot, qapp: QApplication) -> None:
    theme.wear(qapp, theme.LIGHT, 150)
    told = Line("conversation", "phone", "3 Aug 2022", "Conversation", "", (), "", "")
    lines = Lines()
    lines.show_lines([told, replace(told, look=Look("call back: 10 August 2022", "phone", ""))])
    shown = TimelineView("Timeline", lines, theme.LIGHT)
    qtbot.addWidget(shown)
    heights = []
    for width in (1200, 640):
        shown.resize(width, 400)
        shown.show()
        settle()
        heights.append([shown.visualRect(lines.index(at, 0)).height() for at in (0, 1)])
    wide, narrow = heights
    assert wide[0] == wide[1]
    assert narrow[1] == narrow[0] + shown.fontMetrics().height()
