"""Backing up in the window: the vault stays in use, the foot says how old it is, Today asks and leads there."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from family_case.services import intake
from family_case.store import backup as copying
from tests.keeping import contents_of, restored
from tests.ui.desk import Desk as WholeDesk
from tests.ui.desk import enter, seen, settled
from tests.ui.spoken import nameless
from tests.vaults import open_vault
from ui.pages.backup import BackupPage
from ui.pages.today import TodayPage

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk


def typed(page: BackupPage, folder: Path) -> None:
    page.folder.set_value(str(folder))
    QTest.mouseClick(page.start_button, Qt.MouseButton.LeftButton)


def test_a_backup_by_keyboard_is_verified_and_its_age_stands_at_the_foot(
    empty_desk: Desk, shelf: Path, tmp_path: Path
) -> None:
    assert "no backup yet" in seen(empty_desk.window)
    QTest.keyClick(empty_desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    page = empty_desk.page(BackupPage)
    assert nameless(empty_desk.window) == []
    QTest.keyClicks(page.folder.line, str(shelf))
    QTest.keyClick(page.folder.line, Qt.Key.Key_Return)
    (entry,) = shelf.iterdir()
    assert f"Done and verified: {entry.name}" in page.status.text()
    assert "same disk as the vault" in page.status.text()
    assert seen(empty_desk.window).count("backup of today, verified") == 2
    assert (page.start_button.isEnabled(), page.stop_button.isEnabled()) == (True, False)
    assert empty_desk.trouble == []
    assert contents_of(restored(entry, tmp_path / "back").folder)["copy"]


def test_work_in_no_backup_is_shown_and_today_leads_to_the_page(empty_desk: Desk, shelf: Path) -> None:
    jobs = empty_desk.window.context.jobs
    jobs.write(lambda session: intake.add(session, "case", {"code": "K-001", "alias": "Рябина"}))
    today = empty_desk.show(TodayPage, "today")
    today.reload()
    assert "▲ no backup yet" in seen(empty_desk.window)
    line = today.rows.row(0)
    assert line is not None
    assert (today.rows.rowCount(), line.why) == (1, "backup")
    today.talk()  # no case to talk about
    assert empty_desk.window.current() is today
    QTest.keyClick(today.table, Qt.Key.Key_Return)
    typed(empty_desk.page(BackupPage), shelf)
    assert "▲" not in seen(empty_desk.window)
    again = empty_desk.show(TodayPage, "today")
    assert again.rows.rowCount() == 0


def test_what_went_wrong_is_said_and_the_next_try_is_free(empty_desk: Desk, shelf: Path, tmp_path: Path) -> None:
    page = empty_desk.show(BackupPage, "backup")
    page.start()
    assert page.folder_row.error()
    typed(page, tmp_path / "absent")
    assert "is not a folder that is there" in page.status.text()
    typed(page, shelf)
    assert "Done and verified" in page.status.text()


def test_a_demo_is_not_bothered(at_desk: Desk) -> None:
    assert "backup" not in seen(at_desk.window)


def slow_page(qtbot: QtBot, desk: WholeDesk, vault: Path, monkeypatch: pytest.MonkeyPatch) -> BackupPage:
    """The page of backups, which copies in many small steps."""
    monkeypatch.setattr(copying, "CHUNK", 4096)
    window = enter(qtbot, desk, vault)
    window.go("backup")
    page = window.current()
    assert isinstance(page, BackupPage)
    settled(qtbot, desk)
    return page


def test_the_vault_can_be_written_to_while_it_is_copied(
    qtbot: QtBot, desk: WholeDesk, vault_folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = slow_page(qtbot, desk, vault_folder, monkeypatch)
    made: list[bool] = []

    def write(_share: int) -> None:
        page.bar.valueChanged.disconnect(write)
        desk.app.jobs.write(
            lambda session: intake.add(session, "case", {"code": "K-001", "alias": "Рябина"}),
            lambda _changes: made.append("Done" in page.status.text()),
        )

    page.bar.valueChanged.connect(write)
    typed(page, shelf)
    qtbot.waitUntil(lambda: "Done and verified" in page.status.text(), timeout=30_000)
    settled(qtbot, desk)
    (entry,) = shelf.iterdir()
    assert made == [False]  # the backup was not yet done when the case was written
    assert "something was written since" in seen(page.window())
    assert contents_of(restored(entry, shelf.with_name("back")).folder)["case_file"] == []


def copying_slowly(
    qtbot: QtBot, desk: WholeDesk, vault: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> BackupPage:
    """The page of a backup that has begun, in many small steps."""
    page = slow_page(qtbot, desk, vault, monkeypatch)
    typed(page, shelf)
    return page


def test_stopping_leaves_nothing_of_it(
    qtbot: QtBot, desk: WholeDesk, story_folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = copying_slowly(qtbot, desk, story_folder, shelf, monkeypatch)
    QTest.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "was stopped" in page.status.text(), timeout=30_000)
    assert list(shelf.iterdir()) == []


def test_a_stick_pulled_out_half_way_is_said(
    qtbot: QtBot, desk: WholeDesk, story_folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = copying_slowly(qtbot, desk, story_folder, shelf, monkeypatch)
    qtbot.waitUntil(lambda: page.bar.value() > 0, timeout=30_000)
    shelf.rename(shelf.with_name("gone"))
    qtbot.waitUntil(lambda: "was its disk pulled out?" in page.status.text(), timeout=30_000)
    desk.app.end()
    with closing(open_vault(story_folder)):
        pass
