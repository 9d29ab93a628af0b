"""What opens the vault, in the window: another passphrase, a colleague's, the key on paper, the way back with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from family_case.crypto import header as headers
from family_case.crypto.kdf import FLOOR
from family_case.i18n import LANGUAGES, translator
from family_case.services import doors, recovery
from tests.ui.desk import Desk as WholeDesk
from tests.ui.desk import seen, settled
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE, open_vault
from ui.pages.access import AccessPage
from ui.widgets import key_paper
from ui.widgets.door_form import DoorForm
from ui.widgets.sheet_form import SheetForm
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk
    from ui.widgets.passphrase import Passphrase

NEW = "другие слова открывают это хранилище теперь и всегда"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("family_case.crypto.kdf.calibrate", lambda *_: FLOOR)


def access(desk: Desk) -> AccessPage:
    return desk.show(AccessPage, "access")


def type_in(field: Passphrase, words: str) -> None:
    field.set_value("")
    field.line.insert(words)


def press(page: AccessPage, words: str) -> None:
    found = [each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() == words]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def door_form(page: AccessPage) -> DoorForm:
    assert isinstance(page.form, DoorForm)
    return page.form


def sheet_form(page: AccessPage) -> SheetForm:
    assert isinstance(page.form, SheetForm)
    return page.form


def opens(desk: Desk, words: str) -> bool:
    try:
        headers.unlock(headers.read(desk.session.folder), words)
    except headers.WrongPassphrase:
        return False
    return True


def test_the_page_lists_doors_and_the_last_passphrase_has_no_way_out(empty_desk: Desk) -> None:
    page = access(empty_desk)
    assert "Passphrase" in seen(empty_desk.window)
    assert [each.text() for each in page.findChildren(QPushButton)].count("Remove…") == 0
    assert nameless(empty_desk.window) == []


def test_the_offered_phrase_becomes_the_passphrase_once_it_was_typed(empty_desk: Desk) -> None:
    page = access(empty_desk)
    press(page, "Change the passphrase…")
    form = door_form(page)
    offered = form.new.phrase.text()
    type_in(form.old, "not the passphrase")
    type_in(form.new.again, "something else")
    QTest.keyClick(form.new.again.line, Qt.Key.Key_Return)
    assert "do not match" in form.new.again_row.error()
    type_in(form.new.again, offered)
    QTest.keyClick(form.new.again.line, Qt.Key.Key_Return)
    assert "does not open the vault" in form.status.text()
    assert opens(empty_desk, PASSPHRASE)
    type_in(form.old, PASSPHRASE)
    QTest.keyClick(form.new.again.line, Qt.Key.Key_Return)
    assert "counts from now on" in page.status.text()
    assert "opens as it did then" in page.status.text()
    assert (opens(empty_desk, PASSPHRASE), opens(empty_desk, offered)) == (False, True)
    assert offered not in seen(empty_desk.window)
    assert "since 22 August 2022" in seen(empty_desk.window)


def test_a_weak_passphrase_is_called_weak_and_caps_lock_is_told(empty_desk: Desk) -> None:
    page = access(empty_desk)
    press(page, "Add a passphrase…")
    form = door_form(page)
    press(page, "Choose my own instead")
    type_in(form.new.first, "ночь")
    assert "▲ weak" in form.new.strength.text()
    assert "Letters: Cyrillic" in form.new.first.state()
    type_in(form.new.first, NEW)
    assert "weak" not in form.new.strength.text()


def test_a_colleague_gets_a_passphrase_of_her_own_and_loses_it(empty_desk: Desk) -> None:
    page = access(empty_desk)
    press(page, "Add a passphrase…")
    form = door_form(page)
    press(page, "Choose my own instead")
    form.whose.insert("Нина")
    type_in(form.old, PASSPHRASE)
    type_in(form.new.first, NEW)
    type_in(form.new.again, NEW)
    press(page, "Add it")
    assert opens(empty_desk, NEW)
    assert "Passphrase · Нина" in seen(empty_desk.window)
    hers = doors.doors(empty_desk.session)[1]
    page.remove(hers)
    form = door_form(page)
    type_in(form.old, NEW)
    press(page, "Remove it")
    assert "opens the door that is to be removed" in form.status.text()
    type_in(form.old, PASSPHRASE)
    press(page, "Remove it")
    assert not opens(empty_desk, NEW)
    assert "Нина" not in seen(empty_desk.window)


def test_the_key_counts_after_two_groups_typed_without_sight_of_it(empty_desk: Desk) -> None:
    page = access(empty_desk)
    press(page, "Make a recovery sheet…")
    form = sheet_form(page)
    type_in(form.phrase, "not the passphrase")
    press(page, "Make the key")
    assert "does not open the vault" in form.status.text()
    type_in(form.phrase, PASSPHRASE)
    press(page, "Make the key")
    sheet = form.sheet
    assert sheet is not None
    assert all(group in seen(empty_desk.window) for group in sheet.groups)
    assert "writes the key into no file" in seen(empty_desk.window)
    assert sheet.groups[0] not in QGuiApplication.clipboard().text()
    assert nameless(empty_desk.window) == []
    press(page, "I have it on paper")
    assert not any(group in seen(empty_desk.window) for group in sheet.groups)
    press(page, "The sheet is right")
    assert "does not count yet" in form.status.text()
    assert len(doors.doors(empty_desk.session)) == 1
    for at, field in form.typed.items():
        QTest.keyClicks(field, sheet.groups[at - 1].lower())
    press(page, "The sheet is right")
    assert "counts from now on" in page.status.text()
    assert "Recovery sheet" in seen(empty_desk.window)
    assert not any(group in seen(empty_desk.window) for group in sheet.groups)


def test_the_sheet_is_never_printed_into_a_file(empty_desk: Desk) -> None:
    page = access(empty_desk)
    press(page, "Make a recovery sheet…")
    form = sheet_form(page)
    type_in(form.phrase, PASSPHRASE)
    press(page, "Make the key")
    press(page, "Print…")
    (dialog,) = form.findChildren(QPrintDialog)
    assert not dialog.testOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile)
    assert dialog.printer().docName() == "document"
    dialog.reject()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_holds_the_key_and_nothing_that_betrays(empty_desk: Desk, tmp_path: Path, language: str) -> None:
    page = access(empty_desk)
    press(page, "Make a recovery sheet…")
    form = sheet_form(page)
    type_in(form.phrase, PASSPHRASE)
    press(page, "Make the key")
    sheet = form.sheet
    assert sheet is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    key_paper.draw(printer, sheet, translator(language))
    pages = PdfReader(tmp_path / "sheet.pdf").pages
    told = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    for group in sheet.groups:
        assert group in told
    assert sheet.mark in told
    for telling in ("family", "case", "vault", "missing", "хранилищ", "сховищ", "семь", "сім", "дело", "справ"):
        assert telling not in told.lower()


def test_a_lost_passphrase_is_replaced_with_the_key_on_paper(
    qtbot: QtBot, desk: WholeDesk, vault_folder: Path, session_key: str
) -> None:
    desk.app.begin(vault_folder)
    door = desk.unlock()
    QTest.mouseClick(door._way, Qt.MouseButton.LeftButton)
    QTest.keyClicks(door.key, session_key[:-1] + ("Z" if session_key[-1] != "Z" else "Y"))
    QTest.keyClick(door.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Group 8" in door.row.error(), timeout=30_000)
    door.key.clear()
    QTest.keyClicks(door.key, session_key.lower())
    QTest.keyClick(door.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    page = desk.main().current()
    assert isinstance(page, AccessPage)
    assert "opened with the recovery key" in page.status.text()
    form = door_form(page)
    assert not form.old.isVisible()
    qtbot.waitUntil(lambda: bool(form.new.phrase.text()), timeout=30_000)
    offered = form.new.phrase.text()
    type_in(form.new.again, offered)
    QTest.keyClick(form.new.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "counts from now on" in page.status.text(), timeout=30_000)
    header = headers.read(vault_folder)
    assert headers.unlock(header, offered).epoch == 1
    with pytest.raises(headers.WrongPassphrase):
        headers.unlock(header, PASSPHRASE)


def test_the_unlock_window_goes_back_to_the_passphrase(desk: WholeDesk, vault_folder: Path) -> None:
    desk.app.begin(vault_folder)
    door = desk.unlock()
    QTest.mouseClick(door._way, Qt.MouseButton.LeftButton)
    QTest.keyClick(door.key, Qt.Key.Key_Return)
    assert "Type the key first" in door.row.error()
    assert nameless(door) == []
    QTest.mouseClick(door._way, Qt.MouseButton.LeftButton)
    assert door.field.isVisible()


@pytest.fixture
def session_key(vault_folder: Path) -> str:
    """The key of a sheet that was made for this vault, which is closed again."""
    session = open_vault(vault_folder)
    sheet = recovery.new_sheet(session, PASSPHRASE)
    recovery.confirm(session, sheet, {at: sheet.groups[at - 1] for at in sheet.asked})
    session.close()
    return "-".join(sheet.groups)
