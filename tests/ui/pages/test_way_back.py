"""Taking back and doing again, an older change taken back, older wordings and whole cases gone for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from family_case.errors import Refused
from family_case.services import backups, editing, intake, safekeeping
from family_case.services.history import history
from tests.cli.test_back import TOLD_AGAIN, TOLD_BACK
from tests.ui.keyboard import CONTROL, press
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.history import HistoryPage
from ui.tables.lines import LINE_ROLE
from ui.widgets import hold_to_act
from ui.widgets.entry_words import Line
from ui.widgets.erase_dialog import EraseDialog
from ui.widgets.fields import LineField
from ui.widgets.form_panel import FormPanel
from ui.widgets.hold_to_act import HoldToAct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk

SHIFT = Qt.KeyboardModifier.ShiftModifier


def _note(desk: Desk, words: str = "Соседка видела его на видео.") -> str:
    made: list[str] = []
    job = {"text": words, "happened": "2022-08-20"}
    desk.window.context.jobs.write(
        lambda session: intake.log(session, "note", "K-001", job), lambda changes: made.append(changes.made)
    )
    return made[0]


def _noted(desk: Desk) -> list[str]:
    return [item.entry.text for item in desk.facts().timeline if item.entry and item.entry.kind.value == "note"]


def _hold(dialog: EraseDialog, qtbot: QtBot) -> None:
    """Hold the button as long as it wants to be held."""
    (wanted,) = dialog.findChildren(HoldToAct)
    assert wanted.isEnabled()
    with qtbot.waitSignal(dialog.erased, timeout=5000):
        QTest.mousePress(wanted, Qt.MouseButton.LeftButton)
        QTest.qWait(hold_to_act.HOLD_MS + 100)


def _dialog(page: CasePage | HistoryPage) -> EraseDialog:
    (found,) = page.findChildren(EraseDialog)
    return found


def _choose(page: HistoryPage, words: str) -> None:
    lines = [str(page.lines.index(at, 0).data()) for at in range(page.lines.rowCount())]
    page.list.choose(next(at for at, line in enumerate(lines) if words in line))


@pytest.mark.parametrize("key", [(Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Y, CONTROL)])
def test_what_was_taken_back_is_done_again_by_either_key(
    at_desk: Desk, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    at_desk.show(CasePage, "case", at_desk.case())
    _note(at_desk)
    press(Qt.Key.Key_Z, CONTROL)
    assert "Соседка видела его на видео." not in _noted(at_desk)
    press(*key)
    assert "Соседка видела его на видео." in _noted(at_desk)
    assert at_desk.trouble == []


def test_the_toast_of_an_undo_offers_to_do_it_again(at_desk: Desk) -> None:
    _note(at_desk)
    before = _noted(at_desk)
    at_desk.window.undo()
    (offered,) = at_desk.window._toast.findChildren(QPushButton)
    assert offered.text() == "Do again"
    offered.click()
    assert _noted(at_desk) == before
    at_desk.window.redo()
    assert isinstance(at_desk.trouble[-1], Refused)


def test_in_a_field_the_keys_are_for_what_was_typed(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    _note(at_desk)
    at_desk.window.undo()
    page.add("note")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    field = panel.form.field("source")
    assert isinstance(field, LineField)
    panel.form.show_all()
    field.setFocus()
    QTest.keyClicks(field, "abc")
    press(Qt.Key.Key_Z, CONTROL, into=field)
    assert field.text() == ""
    press(Qt.Key.Key_Y, CONTROL, into=field)
    assert field.text() == "abc"
    assert "Соседка видела его на видео." not in _noted(at_desk)


def test_an_older_change_is_taken_back_and_the_newer_ones_stay(at_desk: Desk) -> None:
    _note(at_desk, "первая")
    _note(at_desk, "вторая")
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    _choose(page, "первая")
    page.take_back()
    assert "вторая" in _noted(at_desk)
    assert "первая" not in _noted(at_desk)
    assert at_desk.window._toast.words() == "Taken back: K-001 · entry."


@pytest.mark.parametrize("language", TOLD_BACK)
def test_what_was_taken_back_is_told_in_the_words_of_the_command_line(
    desk_in: Callable[[str], Desk], language: str
) -> None:
    desk = desk_in(language)
    desk.show(CasePage, "case", desk.case())
    intake.log(desk.session, "promise", "K-001", {"promise": "salary", "happened": "2022-08-01", "due": "2022-09"})
    desk.window.undo()
    assert desk.window._toast.words() == TOLD_BACK[language]
    desk.window.redo()
    assert desk.window._toast.words() == TOLD_AGAIN[language]


def test_what_stands_in_the_way_is_marked_and_nothing_is_done(at_desk: Desk) -> None:
    note = _note(at_desk, "первая")
    at_desk.window.context.jobs.write(lambda session: editing.change(session, note, {"text": "поправленная"}))
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    before = page.lines.rowCount()
    page.list.choose(1)
    page.take_back()
    assert "Something was written later that depends on it." in page._trouble.text()
    shown = [page.lines.index(at, 0).data(LINE_ROLE) for at in range(before)]
    marked = [at for at, line in enumerate(shown) if isinstance(line, Line) and line.look]
    assert marked == [0]
    assert page.list.chosen() == 0
    assert "поправленная" in _noted(at_desk)
    page.take_back()  # what stood in the way goes first; then nothing is marked any more
    assert "первая" in _noted(at_desk)
    assert page._trouble.isHidden()


def test_a_slip_of_the_pen_leaves_the_history_and_what_stands_is_kept(qtbot: QtBot, at_desk: Desk) -> None:
    note = _note(at_desk, "Звонил Иванов Пётр")
    at_desk.window.context.jobs.write(lambda session: editing.change(session, note, {"text": "Звонил сосед"}))
    page = at_desk.show(HistoryPage, "history", at_desk.case())
    page.list.choose(0)
    page.offer_records()
    (menu,) = page.findChildren(QMenu)
    (only,) = menu.actions()
    assert only.text() == "Entry"
    only.trigger()
    _hold(_dialog(page), qtbot)
    assert "Звонил сосед" in _noted(at_desk)
    told = [str(item.before) + str(item.after) for item in history(at_desk.session, note)]
    assert not any("Иванов" in each for each in told)
    assert safekeeping.verify(at_desk.session).ok


def test_a_case_goes_only_when_its_code_is_typed_and_the_button_held(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page._more_menu()
    (menu,) = page.findChildren(QMenu)
    next(each for each in menu.actions() if each.text() == "Erase this case…").trigger()
    dialog = _dialog(page)
    assert "Conversation: 3" in dialog.plan_words()
    assert "It cannot be taken back." in _shown(dialog)
    (wanted,) = dialog.findChildren(HoldToAct)
    assert not wanted.isEnabled()
    assert not wanted.isDefault()
    dialog._code.set_value("K-002")
    assert not wanted.isEnabled()
    dialog._code.set_value("k-001")
    _hold(dialog, qtbot)
    at_desk.page(CasesPage)
    with pytest.raises(Refused):
        at_desk.facts()
    assert "cannot be brought back" in at_desk.window._toast.words()
    assert not at_desk.window._toast.findChildren(QPushButton)[0].isVisible()
    assert safekeeping.verify(at_desk.session).ok


def test_a_button_let_go_too_early_erases_nothing(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page._beside.ask_erase(_note(at_desk), "Note")
    dialog = _dialog(page)
    (wanted,) = dialog.findChildren(HoldToAct)
    QTest.mousePress(wanted, Qt.MouseButton.LeftButton)
    QTest.qWait(100)
    QTest.mouseRelease(wanted, Qt.MouseButton.LeftButton)
    QTest.qWait(hold_to_act.HOLD_MS)
    assert "Соседка видела его на видео." in _noted(at_desk)
    press(Qt.Key.Key_Return, into=dialog)  # the default button keeps everything
    assert "Соседка видела его на видео." in _noted(at_desk)


def test_erasing_a_relative_names_the_texts_that_will_still_name_her(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    _note(at_desk, "Лебедева Нина Павловна звонила снова")
    mother = next(card.person.id for card in at_desk.facts().people if card.name == "Лебедева Нина Павловна")
    page.show_record(mother)
    page._beside.ask_erase(mother, "Person")
    words = _dialog(page).plan_words()
    assert "These texts will still name this person" in words
    assert "20 Aug 2022 · Note" in words


def test_the_backups_that_still_hold_what_was_erased_are_named(qtbot: QtBot, at_desk: Desk, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    note = _note(at_desk, "Звонил Иванов Пётр")
    at_desk.window.context.jobs.write(partial(backups.backup, folder=shelf))
    (entry,) = shelf.iterdir()
    page = at_desk.show(CasePage, "case", at_desk.case())
    page._beside.ask_erase(note, "Note")
    _hold(_dialog(page), qtbot)
    assert entry.name in at_desk.window._toast.words()


def test_erasing_someone_tells_of_promises_that_are_still_open(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    who = next(each.person.id for each in at_desk.facts().people if "бухгалтер" in each.name)
    page._beside.ask_erase(who, "Person")
    words = _dialog(page).plan_words()
    assert "still open" in words
    assert "Promise" in words


def test_the_person_sought_and_a_case_under_legal_hold_are_kept_in_words(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    sought = next(card.person.id for card in at_desk.facts().people if card.role.kind.value == "sought")
    page._beside.ask_erase(sought, "Person")
    assert "This is the person sought in K-001." in _shown(_dialog(page))
    _dialog(page).reject()
    QApplication.sendPostedEvents(None, 0)
    hold = {"case": "K-001", "reason": "Суд идёт.", "by": "адвокат", "since": "2022-08-01"}
    intake.add(at_desk.session, "hold", hold)
    page._beside.ask_erase(_note(at_desk), "Note")
    dialog = page.findChildren(EraseDialog)[-1]
    (wanted,) = dialog.findChildren(HoldToAct)
    wanted.acted.emit()
    qtbot.waitUntil(lambda: "A legal hold on K-001 is in force (Суд идёт.)" in _shown(dialog))
