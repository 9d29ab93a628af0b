"""Restoring at the door: by a person who lost his vault and has a stick."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from family_case.services import recovery
from tests.keeping import backed_up, contents_of
from tests.ui.desk import Desk, enter, seen, settled
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE, open_vault
from ui.windows.restore import Restore
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def pressed(window: QWidget, words: str) -> None:
    """Press the button that is called so."""
    (found,) = [each for each in window.findChildren(QPushButton) if each.accessibleName() == words]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def sheet_of(desk: Desk) -> Restore:
    desk.app.ask_all()
    pressed(desk.first_run(), "Restore a backup")
    assert isinstance(desk.window, Restore)
    return desk.window


def fill(sheet: Restore, source: Path, target: Path, phrase: str = PASSPHRASE) -> None:
    sheet.source.set_value(str(source))
    sheet.target.set_value(str(target))
    sheet.phrase.set_value("")
    QTest.keyClicks(sheet.phrase.line, phrase)
    QTest.keyClick(sheet.phrase.line, Qt.Key.Key_Return)


def test_a_lost_vault_comes_back_and_is_opened(qtbot: QtBot, desk: Desk, vault_folder: Path, tmp_path: Path) -> None:
    before = contents_of(vault_folder)
    entry = backed_up(vault_folder, tmp_path / "stick")
    shutil.rmtree(vault_folder)
    sheet = sheet_of(desk)
    assert nameless(sheet) == []
    fill(sheet, entry, vault_folder)
    qtbot.waitUntil(lambda: "Restored and checked" in seen(sheet), timeout=30_000)
    assert "This is the vault as it was on 22 August 2022" in seen(sheet)
    pressed(sheet, "Open the vault")
    assert isinstance(desk.window, Unlock)
    window = enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)
    assert "backup" in seen(window)
    assert desk.app.jobs.stop(10.0)
    assert contents_of(vault_folder) == before


def test_what_cannot_be_restored_is_said_and_can_be_tried_again(
    qtbot: QtBot, desk: Desk, vault_folder: Path, tmp_path: Path
) -> None:
    entry = backed_up(vault_folder, tmp_path / "stick")
    sheet = sheet_of(desk)
    fill(sheet, entry, vault_folder)
    assert "not empty" in sheet.target_row.error()
    sheet.source.set_value("")
    sheet.target.set_value(str(tmp_path / "back"))
    sheet.try_it()
    assert sheet.source_row.error()
    sheet.source.set_value(str(entry))
    sheet.phrase.set_value("")
    sheet.try_it()
    assert sheet.phrase_row.error()
    fill(sheet, entry.parent, tmp_path / "back")
    qtbot.waitUntil(lambda: "Name one of them" in sheet.status.text(), timeout=30_000)
    fill(sheet, entry, tmp_path / "back", "some other words")
    qtbot.waitUntil(lambda: "does not open the vault" in sheet.status.text(), timeout=30_000)
    assert not (tmp_path / "back").exists()
    fill(sheet, entry, tmp_path / "back")
    qtbot.waitUntil(lambda: "Restored and checked" in seen(sheet), timeout=30_000)


def test_all_that_is_missing_is_said_at_once(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "something").write_text("here", encoding="utf-8")
    sheet = sheet_of(desk)
    sheet.target.set_value(str(tmp_path))
    sheet.try_it()
    assert sheet.source_row.error() == "Choose a folder first."
    assert "not empty" in sheet.target_row.error()
    assert sheet.phrase_row.error() == "Type the passphrase first."


def test_back_leads_to_the_first_run(qtbot: QtBot, desk: Desk) -> None:
    pressed(sheet_of(desk), "Back")
    desk.first_run()  # it is one, or this fails


def test_a_stick_and_a_sheet_of_paper_are_enough(qtbot: QtBot, desk: Desk, vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        made = recovery.new_sheet(session, PASSPHRASE)
        recovery.confirm(session, made, {at: made.groups[at - 1] for at in made.asked})
    before = contents_of(vault_folder)
    entry = backed_up(vault_folder, tmp_path / "stick")
    shutil.rmtree(vault_folder)
    sheet = sheet_of(desk)
    pressed(sheet, "With the recovery key")
    assert nameless(sheet) == []
    assert not sheet.phrase.isVisible()
    sheet.source.set_value(str(entry))
    sheet.target.set_value(str(vault_folder))
    sheet.try_it()
    assert "Type the key first" in sheet.key_row.error()
    QTest.keyClicks(sheet.key, "".join(made.groups[::-1]))
    QTest.keyClick(sheet.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not in their order" in sheet.status.text(), timeout=30_000)
    sheet.key.clear()
    QTest.keyClicks(sheet.key, " ".join(made.groups).lower())
    QTest.keyClick(sheet.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Restored and checked" in seen(sheet), timeout=30_000)
    assert contents_of(vault_folder) == before
