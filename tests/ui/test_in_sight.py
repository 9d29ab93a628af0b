"""What must stay in sight: a refusal, the columns that matter, a tick, and that a hint is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from family_case.errors import Refused
from family_case.i18n import N_, translator
from family_case.model.entry import Channel
from family_case.model.kinds import SignClass
from family_case.services.forms import ADDED, FORMS, LOGGED
from tests.ui.pages.conftest import desk_over
from ui import theme
from ui.pages import Page
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.report import ReportPage
from ui.pages.today import TodayPage
from ui.widgets.choice import KeyedChoice, options
from ui.widgets.entry_form import EntryForm, scrolled
from ui.widgets.fields import LineField
from ui.widgets.form import FormRow
from ui.widgets.form_fields import FlagField
from ui.widgets.form_panel import FormPanel
from ui.widgets.history_words import language_words
from ui.widgets.keyed_list import KeyedList
from ui.widgets.text import column, holding

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session

TR = translator("en")


@pytest.fixture
def dressed() -> Generator[None]:
    """The application in its own look."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    theme.wear(qt, theme.LIGHT, 100)
    yield
    qt.setStyleSheet("")


def test_going_to_a_list_forgives_no_mistake_and_answers_nothing(qtbot: QtBot) -> None:
    field = KeyedList("Class", options(SignClass, TR))
    line = FormRow("Class", field)
    before = LineField("When")
    around = holding(column([before, line]))
    qtbot.addWidget(around)
    with qtbot.waitActive(around):
        around.show()
    before.setFocus()
    line.set_error("This is needed.")
    said: list[str] = []
    field.edited.connect(lambda: said.append(field.value()))
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.hasFocus()
    assert line.error() == "This is needed."
    assert (said, field.value()) == ([], "")
    QTest.keyClicks(field, "1")
    assert (said, line.error()) == (["voice"], "")


def test_of_two_missing_fields_the_upper_one_takes_the_keyboard(qtbot: QtBot) -> None:
    form = EntryForm(LOGGED["sign"], TR)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    form.set_problem(Refused(N_("{noun}: {fields}"), noun="sign", fields="happened, class"))
    field = form.field("class")
    assert isinstance(field, KeyedList)
    assert field.hasFocus()


def test_what_is_wrong_with_the_whole_form_is_scrolled_to(qtbot: QtBot) -> None:
    form = EntryForm(ADDED["person"], TR)
    area = scrolled(holding(column([form, None])))
    assert isinstance(area, QScrollArea)
    area.resize(360, 300)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
    form.set_problem(Refused(N_("Say what this person is in the case: mother, lawyer, official… Nothing was saved.")))
    qtbot.waitUntil(lambda: not form._foot.visibleRegion().isEmpty(), timeout=2000)


def test_a_choice_by_key_holds_no_choice_without_a_key(qtbot: QtBot) -> None:
    field = KeyedChoice("Channel", options(Channel, TR))
    qtbot.addWidget(field)
    assert len(list(Channel)) > 10
    field.set_value(list(Channel)[10].value)
    assert field.value() == ""


def test_a_form_beside_the_cases_takes_no_word_from_silence_or_dates(
    qtbot: QtBot, story: Session, dressed: None
) -> None:
    del dressed
    desk = desk_over(qtbot, story, "en")
    page = desk.show(CasesPage, "cases")
    assert not page.table.isColumnHidden(3)
    page.new_case()
    qtbot.waitUntil(lambda: page.table.isColumnHidden(3), timeout=2000)
    for column_at in (2, 4):
        wish = page.table.sizeHintForColumn(column_at)
        assert page.table.columnWidth(column_at) >= wish, column_at
    title = next(iter(page.findChildren(FormPanel))).form.form.label
    assert title == "Case"


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_what_is_due_is_read_whole_while_a_form_stands_beside_the_cases(
    qtbot: QtBot, story: Session, dressed: None, language: str
) -> None:
    del dressed
    desk = desk_over(qtbot, story, language)
    page = desk.show(CasesPage, "cases")
    page.new_case()
    qtbot.waitUntil(lambda: page.table.isColumnHidden(3), timeout=2000)
    said = page.rows.index(0, 4)
    room = page.table.visualRect(said).adjusted(8, 0, -8, 0)  # beside the words of a cell
    room.setLeft(room.left() + 16 + 4)  # and the shape before them
    wrap = Qt.TextFlag.TextWordWrap if page.table.wordWrap() else Qt.TextFlag.TextSingleLine
    needed = page.table.fontMetrics().boundingRect(room, wrap, str(said.data()))
    assert "2022" in str(said.data())
    assert needed.width() <= room.width()
    assert needed.height() <= room.height()


def test_a_word_in_passing_hides_no_button_beside_the_paper(qtbot: QtBot, story: Session, dressed: None) -> None:
    del dressed
    desk = desk_over(qtbot, story, "ru")
    page = desk.show(ReportPage, "report", desk.case())
    qtbot.waitUntil(page.foot.print.isEnabled, timeout=20_000)
    page.save_to(str(story.folder.with_name("paper.pdf")))
    toast = desk.window._toast
    assert toast.isVisible()
    beside = page.foot.rect().translated(page.foot.mapTo(desk.window, QPoint(0, 0)))
    assert not toast.geometry().intersects(beside)
    assert desk.window.rect().contains(toast.geometry())


@pytest.mark.parametrize("name", ["today", "backup"])
def test_the_titles_of_pages_look_alike(qtbot: QtBot, story: Session, name: str) -> None:
    desk = desk_over(qtbot, story, "en")
    desk.window.go(name)
    titles = [each for each in desk.page(Page).findChildren(QLabel) if each.property("textsize") == "title"]
    assert [each.property("weight") for each in titles] == ["bold"]


def test_a_tick_can_be_seen_on_and_off(qtbot: QtBot, dressed: None) -> None:
    del dressed
    tick = FlagField("Role only claimed")
    qtbot.addWidget(tick)
    tick.show()
    colours = []
    for value in ("", "yes"):
        tick.set_value(value)
        drawn = tick.grab().toImage()
        edge = {drawn.pixelColor(x, y).name() for x in range(18) for y in range(drawn.height())}
        colours.append(edge)
    assert QColor(theme.LIGHT.edge).name() in colours[0]
    assert QColor(theme.LIGHT.accent).name() in colours[1]


def test_hints_in_empty_fields_say_that_they_are_examples(qtbot: QtBot, story: Session) -> None:
    desk = desk_over(qtbot, story, "en")
    page = desk.show(CasePage, "case", desk.case())
    page.add("promise")
    form = next(iter(page.findChildren(FormPanel))).form
    field = form.field("amount")
    assert isinstance(field, LineField)
    assert field.placeholderText() == "e.g. 100 000"


def test_an_empty_vault_offers_one_button_and_no_search_through_nothing(qtbot: QtBot, session: Session) -> None:
    desk = desk_over(qtbot, session, "en")
    page = desk.show(CasesPage, "cases")
    assert not page.search.isVisible()
    assert page._empty.focusProxy() is QApplication.focusWidget()
    today = desk.show(TodayPage, "today")
    assert not today._keys.isVisible()


@pytest.mark.parametrize(("code", "words"), [("ru", "Russian"), ("uk", "Ukrainian"), ("суржик", "суржик")])
def test_a_language_is_told_by_its_name(code: str, words: str) -> None:
    assert language_words(code, TR) == words


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_no_form_is_wider_than_its_panel(qtbot: QtBot, story: Session, language: str, dressed: None) -> None:
    del dressed
    desk = desk_over(qtbot, story, language)
    page = desk.show(CasePage, "case", desk.case())
    for noun in FORMS:
        if noun in ("conversation", "case"):
            continue
        page.add(noun)
        panel = page._beside.panel()
        assert isinstance(panel, FormPanel)
        panel.form.show_all()
        QApplication.processEvents()
        areas = [each for each in panel.findChildren(QScrollArea) if each.isAncestorOf(panel.form)]
        assert [each.horizontalScrollBar().maximum() for each in areas] == [0], noun
