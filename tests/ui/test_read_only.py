"""A vault that is open read-only in the window: it says so, and nothing that writes can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from family_case.services import casework
from tests.services.test_rekeying import caught
from tests.services.test_repairing import flip, root_of
from tests.store.test_looking import everything, unsettled
from tests.ui.desk import Desk, seen, settled
from tests.ui.test_restore import pressed
from tests.vaults import PASSPHRASE, open_vault
from ui.windows.main import MainWindow
from ui.windows.restore import Restore
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

__all__ = ["unsettled"]  # a fixture
WRITE = {
    "Conversation", "New case", "Log", "Change", "More", "Take this change back", "Erase older wordings…",
    "Back up now",
    "Save plain PDF…", "Print…",
}  # fmt: skip


def look(qtbot: QtBot, desk: Desk, folder: Path) -> MainWindow:
    """Open the vault read-only, as a person does whose folder cannot be written."""
    desk.app.begin(folder)
    window = desk.unlock()
    QTest.keyClicks(window.field.line, PASSPHRASE)
    window.look.show()
    QTest.mouseClick(window.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    return desk.main()


def tried(qtbot: QtBot, desk: Desk, folder: Path) -> Unlock:
    """Try to open it; it is refused."""
    desk.app.begin(folder)
    window = desk.unlock()
    QTest.keyClicks(window.field.line, PASSPHRASE)
    QTest.keyClick(window.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.row.error()), timeout=30_000)
    return window


def test_every_page_can_be_looked_at_and_nothing_is_written(qtbot: QtBot, desk: Desk, story_folder: Path) -> None:
    before = everything(story_folder)
    window = look(qtbot, desk, story_folder)
    listed: list[str] = []
    desk.app.jobs.read(lambda session: [row.id for row in casework.cases(session)], listed.extend)
    qtbot.waitUntil(lambda: bool(listed))
    pages = {"today": "", "cases": "", "case": listed[0], "history": listed[0], "report": listed[0], "backup": ""}
    assert "Open read-only: nothing can be changed." in seen(window)
    for page, place in pages.items():
        window.go(page, place)
        settled(qtbot, desk)
        assert window.current_name() == page
        assert "Open read-only" in seen(window)
        shown = [each for each in window.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
        able = {each.accessibleName() for each in shown}
        assert able.isdisjoint(WRITE), (page, able & WRITE)
    for keys in (Qt.Key.Key_N, Qt.Key.Key_Z, Qt.Key.Key_B):
        QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)
    assert window.current_name() == "backup"
    desk.app.lock()
    assert desk.left == [story_folder]
    assert everything(story_folder) == before


def test_a_vault_whose_log_holds_work_is_offered_as_a_copy(qtbot: QtBot, desk: Desk, unsettled: Path) -> None:
    before = everything(unsettled)
    desk.app.begin(unsettled)
    window = desk.unlock()
    QTest.keyClicks(window.field.line, PASSPHRASE)
    window.try_it(read_only=True)
    qtbot.waitUntil(lambda: bool(window.row.error()), timeout=30_000)
    assert "not closed properly" in window.row.error()
    pressed(window, "Restore into a new folder…")
    sheet = desk.window
    assert isinstance(sheet, Restore)
    assert sheet.source.path() == unsettled
    QTest.keyClicks(sheet.phrase.line, PASSPHRASE)
    QTest.keyClick(sheet.phrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Restored and checked" in seen(sheet), timeout=30_000)
    assert everything(unsettled) == before


def test_a_damaged_vault_is_offered_for_repair(qtbot: QtBot, desk: Desk, story_folder: Path) -> None:
    flip(story_folder, 1, root_of(story_folder, "promise"))
    window = tried(qtbot, desk, story_folder)
    before = everything(story_folder)
    pressed(window, "Repair into a new folder…")
    sheet = desk.window
    assert isinstance(sheet, Restore)
    QTest.keyClicks(sheet.phrase.line, PASSPHRASE)
    QTest.keyClick(sheet.phrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Repaired as far as possible" in seen(sheet), timeout=60_000)
    assert "Case K-003: came back from the journal: Promise: " in seen(sheet)
    assert everything(story_folder) == before
    pressed(sheet, "Open the vault")
    assert isinstance(desk.window, Unlock)


def test_a_vault_that_is_open_elsewhere_can_be_tried_read_only_and_is_refused(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    held = open_vault(vault_folder)
    window = tried(qtbot, desk, vault_folder)
    assert window.look.isVisible()
    window.row.set_error("")
    window.field.set_value(PASSPHRASE)
    QTest.mouseClick(window.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.row.error()), timeout=30_000)
    assert "open in another window" in window.row.error()
    held.close()


def test_a_change_of_keys_that_was_killed_is_told_and_finished_where_it_can_be_written(
    qtbot: QtBot, desk: Desk, story_folder: Path
) -> None:
    caught(story_folder)
    before = everything(story_folder)
    desk.app.begin(story_folder)
    window = desk.unlock()
    QTest.keyClicks(window.field.line, PASSPHRASE)
    window.try_it(read_only=True)
    qtbot.waitUntil(lambda: bool(window.row.error()), timeout=30_000)
    assert "A change of this vault's keys was interrupted" in window.row.error()
    assert "Open it once where it can be written." in window.row.error()
    assert everything(story_folder) == before
    window.field.set_value(PASSPHRASE)
    QTest.keyClick(window.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
