"""What stood wrong on the pictures of the screens: kept from coming back."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QToolButton, QWidget

from family_case.services import intake
from ui import theme
from ui.language import Language
from ui.pages.backup import BackupPage
from ui.pages.case import CasePage
from ui.pages.history import HistoryPage
from ui.pages.report import ReportPage
from ui.pages.today import TodayPage
from ui.widgets.choice import Choice
from ui.widgets.details import DetailsPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.person_field import Option, PickField
from ui.widgets.reveal import Reveal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk

QUESTION = {"case": "K-001", "question": "Как звали собаку?", "answer": "Байкал"}


def _shown(widget: QWidget) -> str:
    labels = [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]
    return "\n".join(labels + [each.text() for each in widget.findChildren(QPushButton) if each.isVisibleTo(widget)])


def _details(desk: Desk, record_id: str) -> DetailsPanel:
    page = desk.show(CasePage, "case", desk.case())
    page.reload()
    page.show_record(record_id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    return panel


def test_the_details_of_a_number_hold_the_number(at_desk: Desk) -> None:
    number = intake.add(at_desk.session, "endpoint", {"number": "+7 900 000-12-34"}).made
    panel = _details(at_desk, number)
    assert "000-12-34" not in _shown(panel)
    assert [each for each in panel.findChildren(Reveal) if each._kept == "+7 900 000-12-34"]


def test_the_details_tell_which_record_another_one_belongs_to(at_desk: Desk) -> None:
    cohort = intake.add(at_desk.session, "cohort", {"name": "этап в августе"}).made
    member = intake.add(at_desk.session, "member", {"case": "K-001", "cohort": cohort, "source": "брат"}).made
    assert "этап в августе" in _shown(_details(at_desk, member))


def test_the_details_of_a_promise_tell_when_it_is_due(at_desk: Desk) -> None:
    told = {"promise": "salary", "happened": "2022-08-20", "due": "2022-09"}
    promise = intake.log(at_desk.session, "promise", "K-001", told).made
    panel = _details(at_desk, promise)
    assert "September 2022" in _shown(panel).splitlines()
    panel.doors.change(promise, "promise")
    form = at_desk.page(CasePage)._beside.panel()
    assert isinstance(form, FormPanel)
    assert form.form.values()["due"] == "2022-09"


def test_the_details_of_a_reply_name_the_body_that_gave_it_and_the_step(at_desk: Desk) -> None:
    asked = {"by_whom": "we", "happened": "2022-08-10", "bodies": "Прокуратура", "step": "запрос"}
    step = intake.log(at_desk.session, "step", "K-001", asked).made
    told = {"step": step, "body": "Прокуратура", "reply": "forwarded", "replied": "2022-08-20"}
    words = _shown(_details(at_desk, intake.add(at_desk.session, "reply", told).made))
    assert "Прокуратура" in words.splitlines()
    assert "запрос" in words


def test_the_details_of_a_denial_name_its_body_once(at_desk: Desk) -> None:
    told = {"body": "Военкомат", "happened": "2022-08-20", "denied": "что он служит"}
    denial = intake.log(at_desk.session, "denial", "K-001", told).made
    lines = _shown(_details(at_desk, denial)).splitlines()
    assert lines.count("Военкомат") == 1


@pytest.mark.parametrize(("amount", "words"), [("100000", "100,000 RUB"), ("1200,50", "1,200.50 RUB")])
def test_an_amount_is_told_with_its_currency_and_changed_as_it_was_typed(
    at_desk: Desk, amount: str, words: str
) -> None:
    told = {"promise": "salary", "happened": "2022-08-20", "amount": amount, "currency": "RUB"}
    promise = intake.log(at_desk.session, "promise", "K-001", told).made
    panel = _details(at_desk, promise)
    assert words in _shown(panel).splitlines()
    panel.doors.change(promise, "promise")
    form = at_desk.page(CasePage)._beside.panel()
    assert isinstance(form, FormPanel)
    assert form.form.values()["amount"] == amount.replace(",", ".")


def test_the_answer_to_a_check_question_stands_in_the_history_on_hold_only(at_desk: Desk) -> None:
    question = intake.add(at_desk.session, "question", QUESTION).made
    assert "Байкал" not in _shown(_details(at_desk, question))
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    assert not any("Байкал" in line for line in _lines(page))
    page._open_names(yes=True)
    assert any("Байкал" in line for line in _lines(page))


def test_a_monthly_amount_is_told_in_the_history_with_its_currency_once(at_desk: Desk) -> None:
    told = {"happened": "2022-07", "amount": "200000", "currency": "RUB"}
    intake.log(at_desk.session, "offer", "K-001", told)
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    (line,) = [each for each in _lines(page) if "200,000 RUB" in each]
    assert line.count("RUB") == 1


def test_a_record_that_only_links_others_is_named_in_the_history(at_desk: Desk) -> None:
    cohort = intake.add(at_desk.session, "cohort", {"name": "этап в августе"}).made
    intake.add(at_desk.session, "member", {"case": "K-001", "cohort": cohort})
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    assert "Member of a cohort" in _lines(page)[0]


def _lines(page: HistoryPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_a_source_who_may_be_a_person_is_not_named_beside_the_timeline(at_desk: Desk) -> None:
    source = intake.add(at_desk.session, "source", {"name": "Сосед Иванов"}).made
    told = {"text": "Видел его.", "happened": "2022-08-20", "from_source": source}
    intake.log(at_desk.session, "note", "K-001", told)
    page = at_desk.show(CasePage, "case", at_desk.case())
    assert "Source" in _shown(page._side)
    assert "Иванов" not in _shown(page._side)


def test_a_person_without_a_role_is_refused_at_the_role(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add("person")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"name": "Пример Анна"})
    panel.save()
    assert list(panel.form.errors()) == ["role"]


def test_the_keyboard_stays_on_the_page_while_it_backs_up_and_after(empty_desk: Desk, tmp_path: Path) -> None:
    page = empty_desk.show(BackupPage, "backup")
    page.folder.set_value(str(tmp_path / "absent"))
    page.start_button.setFocus()
    page.start_button.click()
    assert "is not a folder that is there" in page.status.text()
    assert QApplication.focusWidget() is page.start_button


def test_where_nothing_waits_the_keyboard_is_on_the_way_to_the_cases(empty_desk: Desk) -> None:
    page = empty_desk.show(TodayPage, "today")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert page.isAncestorOf(focus)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_where_a_paper_shall_lie_is_asked_in_one_language(
    qapp: QApplication, desk_in: Callable[[str], Desk], language: str
) -> None:
    spoken = Language(qapp, language)
    desk = desk_in(language)
    page = desk.show(ReportPage, "report", desk.case())
    page.save_paper()
    (dialog,) = page.findChildren(QFileDialog)
    words = _shown(dialog)
    dialog.reject()
    spoken.speak("en")
    assert not re.findall(r"\b(?:Look|Files|File|Save|Cancel|Type|Name)\b", words)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own dialog asks")
def test_the_pictures_of_the_file_dialog_are_seen_in_the_dark(at_desk: Desk, qapp: QApplication) -> None:
    theme.wear(qapp, theme.DARK, 100)
    page = at_desk.show(ReportPage, "report", at_desk.case())
    page.save_paper()
    (dialog,) = page.findChildren(QFileDialog)
    for name in ("backButton", "forwardButton", "toParentButton", "newFolderButton"):
        (each,) = dialog.findChildren(QToolButton, name)
        drawn = each.icon().pixmap(16, 16).toImage()
        inks = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
        assert max(ink.lightness() for ink in inks if ink.alpha() > 200) > 150, name
    dialog.reject()


@pytest.mark.parametrize(("typed", "wide"), [("после дождичка", True), ("2022-08-20", False)])
def test_what_is_wrong_with_the_day_of_a_paper_has_room(qtbot: QtBot, at_desk: Desk, typed: str, wide: bool) -> None:
    order = at_desk.show(ReportPage, "report", at_desk.case()).order
    for value in ("никогда", typed):
        order.as_of.set_value(value)
        order.as_of.line.editingFinished.emit()
    qtbot.waitUntil(lambda: (order.as_of.width() > 0.9 * order.width()) == wide)
    qtbot.waitUntil(lambda: order.as_of.visibleRegion().boundingRect() == order.as_of.rect())  # none of it cut


def test_what_a_menu_does_not_allow_looks_so(qtbot: QtBot, qapp: QApplication) -> None:
    theme.wear(qapp, theme.DARK, 100)
    menu = QMenu()
    qtbot.addWidget(menu)
    action = menu.addAction("Erase this case…")
    menu.show()
    inks = []
    for may in (True, False):
        action.setEnabled(may)
        drawn = menu.grab().toImage()
        across, high = range(drawn.width()), range(drawn.height())
        inks.append(max(drawn.pixelColor(x, y).lightness() for x in across for y in high))
    allowed, not_allowed = inks
    assert not_allowed < allowed


def test_words_wider_than_their_box_end_with_dots_and_stand_whole_under_the_pointer(qtbot: QtBot) -> None:
    words = "reported dead by someone who heard it from someone else, and not confirmed"
    box = Choice("What is said", [("told", words), ("short", "dead")])
    qtbot.addWidget(box)
    box.setFixedWidth(200)
    box.show()
    for code, tip in (("told", words), ("short", "")):
        box.set_value(code)
        box.grab()
        assert box.toolTip() == tip


def test_a_name_wider_than_its_field_shows_its_beginning(qtbot: QtBot) -> None:
    field = PickField("By whom", [Option("1", "recruiter (as claimed) 1 – Иванов Пётр Николаевич, майор")])
    qtbot.addWidget(field)
    field.setFixedWidth(160)
    field.show()
    field.set_value("1")
    edit = field.lineEdit()
    assert edit is not None
    qtbot.waitUntil(edit.hasFocus)
    edit.clearFocus()
    assert edit.cursorPosition() == 0
    field.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert edit.cursorPosition() == len(edit.text())
