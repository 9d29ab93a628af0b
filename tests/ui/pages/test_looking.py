"""Today, history and paper; and what holds for every page: names to be read aloud, one window, three languages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from family_case.i18n import LANGUAGES
from family_case.model.person import RoleKind
from family_case.services import intake
from family_case.services.history import history
from tests.ui.keyboard import focus, press
from tests.ui.spoken import nameless
from ui.pages import PAGES
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.pages.history import HistoryPage
from ui.pages.report import ReportPage
from ui.pages.today import TodayPage
from ui.tables.lines import LINE_ROLE, spoken
from ui.widgets.history_words import COVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk
    from ui.widgets.pdf_pane import PrintRun


def test_today_shows_the_most_pressing_first_and_enter_opens_it(at_desk: Desk) -> None:
    page = at_desk.show(TodayPage, "today")
    row = [str(page.rows.index(0, column).data()) for column in range(page.rows.columnCount())]
    assert row == ["K-001", "Рябина", "call back promised", "10 Aug 2022", "12 days"]
    press(Qt.Key.Key_Return, into=page.table)
    assert at_desk.page(CasePage).place == at_desk.case("K-001")


def test_c_on_a_line_of_today_starts_a_conversation_in_its_case(at_desk: Desk) -> None:
    page = at_desk.show(TodayPage, "today")
    page.table.setFocus()
    press(Qt.Key.Key_C)
    talk = at_desk.page(ConversationPage)
    assert talk.place == at_desk.case("K-001")


def test_an_empty_today_says_what_will_stand_there(empty_desk: Desk) -> None:
    page = empty_desk.show(TodayPage, "today")
    assert page._stack.currentIndex() == 1


def test_today_follows_what_was_written(at_desk: Desk) -> None:
    page = at_desk.show(TodayPage, "today")
    before = page.rows.rowCount()
    at_desk.window.context.jobs.write(
        lambda session: intake.log(session, "sign", "K-002", {"class": "voice", "happened": "2022-08-21"})
    )
    assert page.rows.rowCount() == before - 1


def test_the_history_tells_from_what_to_what_and_names_only_on_hold(at_desk: Desk) -> None:
    case = at_desk.case()
    page = at_desk.show(HistoryPage, "history", case)

    def told() -> str:
        return "\n".join(str(page.lines.index(at, 0).data()) for at in range(page.lines.rowCount()))

    assert "Added" in told()
    assert COVER in told()
    assert "Лебедев" not in told()
    page._open_names(yes=True)
    assert "Лебедев" in told()
    page._open_names(yes=False)
    assert "Лебедев" not in told()


def test_the_history_says_whose_part_in_an_entry_it_was_by_role_and_by_name_only_on_hold(at_desk: Desk) -> None:
    page = at_desk.show(HistoryPage, "history", at_desk.case())

    def told() -> str:
        return "\n".join(str(page.lines.index(at, 0).data()) for at in range(page.lines.rowCount()))

    mother = next(card for card in at_desk.facts().people if card.role.kind is RoleKind.MOTHER)
    assert "Person in an entry – with: mother" in told()
    assert mother.name not in told()
    page._open_names(yes=True)
    assert f"Person in an entry – with: mother, {mother.name}" in told()
    page._open_names(yes=False)
    assert mother.name not in told()


def test_the_paper_is_shown_from_memory_with_what_it_tells(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(lambda: page.pdf.pages.pageCount() >= 2)
    assert "Лебедев Артём Игоревич" in page.told.words()
    assert "+7 900 000-41-17" in page.told.words()


def test_the_caseworker_sees_what_was_taken_out_because_it_belongs_to_another_case(qtbot: QtBot, at_desk: Desk) -> None:
    note = {"text": "Она же спрашивала и о Зимине из K-004", "happened": "2022-08-20"}
    at_desk.window.context.jobs.write(lambda session: intake.log(session, "note", "K-001", note))
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.save.isEnabled)
    (hidden,) = [line for line in page.told.words().splitlines() if line.startswith("Not told")]
    assert "K-004" in hidden


def test_saving_writes_the_file_and_its_disclosure(qtbot: QtBot, at_desk: Desk, tmp_path: Path) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.save.isEnabled)
    target = tmp_path / "paper.pdf"
    page.save_to(str(target))
    kept = [item for item in history(at_desk.session, at_desk.case()) if item.table == "disclosure"]
    assert kept
    assert kept[0].after is not None
    assert kept[0].after["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    (undo,) = at_desk.window._toast.findChildren(QPushButton)
    assert at_desk.window._toast.words()
    assert undo.isHidden()  # that a paper left stays written down


def test_the_file_dialog_offers_a_random_name_and_blocks_nothing(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.save.isEnabled)
    page.save_paper()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    offered = Path(dialog.selectedFiles()[0]).stem
    assert len(offered) == 12
    assert "K-001" not in offered
    dialog.reject()


def test_printing_writes_a_disclosure_and_sends_every_page(qtbot: QtBot, at_desk: Desk, tmp_path: Path) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.print.isEnabled)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))  # stands for a printer: Qt writes what it would print
    page.print_on(printer)
    run = page.foot.run
    assert run is not None
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        pass
    assert ended.args == [True]
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert [item for item in history(at_desk.session, at_desk.case()) if item.table == "disclosure"]


def _printed_to(page: ReportPage, file: Path) -> PrintRun:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(file))
    page.print_on(printer)
    assert page.foot.run is not None
    return page.foot.run


def test_printing_is_stopped_by_the_key_at_hand_and_says_what_was_sent(
    qtbot: QtBot, at_desk: Desk, tmp_path: Path
) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.print.isEnabled)
    run = _printed_to(page, tmp_path / "printed.pdf")
    ended: list[bool] = []
    run.ended.connect(ended.append)
    assert focus() is page.foot.stop
    assert not page.foot.print.isVisible()
    assert page.foot.printing.text() == f"Printing page 1 of {run.given()[1]}"
    with qtbot.waitSignal(run.page_done, timeout=20_000):
        pass
    sent, pages = run.given()
    assert sent < pages
    press(Qt.Key.Key_Space)
    assert ended == [False]
    assert page.foot.ended.isVisible()
    assert f"{sent} of {pages} pages were sent" in page.foot.ended.text()
    assert page.foot.print.isVisible()
    again = _printed_to(page, tmp_path / "again.pdf")
    assert not page.foot.ended.isVisible()
    page.foot.stop_printing()
    assert again.given()[0] == 0
    assert "no page was sent" in page.foot.ended.text()


def test_a_paper_that_changes_while_it_is_printed_is_printed_as_it_was(
    qtbot: QtBot, at_desk: Desk, tmp_path: Path
) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.print.isEnabled)
    run = _printed_to(page, tmp_path / "printed.pdf")
    before = run.given()[1]
    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        page.pdf.pages.close()  # as it is for a moment whenever the pages are made anew
    assert ended.args == [True]
    assert run.given() == (before, before)


def test_a_paper_nobody_consented_to_is_refused_in_words(qtbot: QtBot, empty_desk: Desk) -> None:
    intake.add(empty_desk.session, "case", {"code": "K-001", "alias": "Берёза", "name": "Иванов Пётр"})
    page = empty_desk.show(ReportPage, "report", empty_desk.case())
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    assert page.trouble.text()
    assert not page.foot.print.isEnabled()


def test_an_endangered_entry_stays_out_until_a_reason_is_typed(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    qtbot.waitUntil(page.foot.save.isEnabled)
    assert "Dangers" not in page.told.words()
    first, _second = page.order.reasons.values()
    first.set_value("адвокат просил, сокамерник согласен")
    qtbot.waitUntil(lambda: "Dangers" in page.told.words())


def test_an_extract_asks_for_whom_and_tells_her_nothing_that_is_kept_from_her(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(ReportPage, "report", at_desk.case())
    page.order.profile.set_value("family")
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    assert "for whom" in page.trouble.text()
    mother = next(card.person.id for card in at_desk.facts().people if card.withheld)
    page.order.person.set_value(mother)
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_takes_the_keyboard_has_a_name_on_every_page(
    qtbot: QtBot, desk_in: Callable[[str], Desk], language: str
) -> None:
    desk = desk_in(language)
    for row in PAGES:
        desk.window.go(row.name, desk.case() if row.name != "cases" else "new")
        page = desk.window.current()
        if isinstance(page, CasePage):
            page.add("sign")
        assert nameless(desk.window) == [], row.name


def test_no_page_opens_a_second_window(at_desk: Desk) -> None:
    for row in PAGES:
        at_desk.window.go(row.name, at_desk.case())
        QApplication.processEvents()
        assert [each for each in QGuiApplication.topLevelWindows() if each.isVisible()] == [
            at_desk.window.windowHandle()
        ]
        assert at_desk.window.isActiveWindow(), row.name


def test_nothing_asked_for_by_the_pages_went_wrong(at_desk: Desk) -> None:
    at_desk.show(CasesPage, "cases")
    for row in PAGES:
        at_desk.window.go(row.name, at_desk.case())
    assert at_desk.trouble == []


def test_f6_goes_through_the_panes_and_always_lands_on_something_named(at_desk: Desk) -> None:
    for row in PAGES:
        at_desk.window.go(row.name, at_desk.case())
        page = at_desk.window.current()
        assert page is not None
        panes = page.panes()
        for number, each in enumerate(panes):
            each.setFocus()
            assert each is focus() or each.isAncestorOf(focus()), (row.name, number)
            assert focus().accessibleName(), (row.name, number)


def test_words_typed_with_quotation_marks_get_no_second_pair(at_desk: Desk) -> None:
    told = {"class": "known_number", "happened": "2022-08-20", "words": "«Жив»"}
    intake.log(at_desk.session, "sign", "K-001", told)
    called = {"happened": "2022-08-21", "channel": "phone", "position": "“accountant”"}
    intake.log(at_desk.session, "approach", "K-001", called)
    page = at_desk.show(CasePage, "case", at_desk.case())
    lines = [spoken(page.timeline.index(at, 0).data(LINE_ROLE)) for at in range(page.timeline.rowCount())]
    assert any("“Жив”" in line for line in lines)
    assert any("“accountant”" in line for line in lines)
    assert not any(pair in line for line in lines for pair in ("“«", "»”", "““", "””"))
