"""The choice in the window: a vault that is not as it was left is asked about, at the door or as soon as seen."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from family_case.services import casework, intake
from tests.services.casebook import case, log
from tests.ui.desk import Desk, enter, seen, settled
from tests.vaults import PASSPHRASE, open_vault
from ui.windows.agreement import SETTLE_MS, Disagreement
from ui.windows.main import MainWindow
from ui.windows.restore import Restore

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def press(window: object, words: str) -> None:
    assert isinstance(window, QWidget)
    (found,) = [each for each in window.findChildren(QPushButton) if each.text() == words and each.isVisible()]
    found.click()


def ask(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    """Type the passphrase of a vault that will not simply open."""
    desk.app.begin(folder)
    QTest.keyClicks(desk.unlock().field.line, PASSPHRASE)
    desk.unlock().try_it()
    qtbot.waitUntil(lambda: "not as it was left" in seen(desk.window), timeout=30_000)


def spliced(folder: Path) -> None:
    """Put back one older page of the closed vault's database, as no checksum notices."""
    with closing(open_vault(folder, "a")) as session:
        for _share in session.examine():
            pass
        case(session)
    older = (folder / "main.db").read_bytes()
    with closing(open_vault(folder, "b")) as session:
        for _share in session.examine():
            pass
        log(session, "note", text="later", happened="2022-08-01")
    data = bytearray((folder / "main.db").read_bytes())
    odd = [at for at in range(4096, len(older), 4096) if older[at : at + 4096] != data[at : at + 4096]]
    at = odd[0]
    data[at : at + 4096] = older[at : at + 4096]
    (folder / "main.db").write_bytes(data)


def test_without_its_anchor_the_vault_is_asked_about_before_it_is_shown(
    qtbot: QtBot, desk: Desk, story_folder: Path
) -> None:
    (story_folder / "anchor").unlink()
    ask(qtbot, desk, story_folder)
    assert "The anchor is missing" in seen(desk.window)
    press(desk.window, "Go on with what is there")  # and the passphrase need not be typed again
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    desk.app.end()
    with closing(open_vault(story_folder)) as session:
        assert session.findings == ()


def test_looking_first_changes_nothing(qtbot: QtBot, desk: Desk, story_folder: Path) -> None:
    (story_folder / "anchor").unlink()
    before = {each.name: each.read_bytes() for each in story_folder.iterdir() if each.name != "lock"}
    ask(qtbot, desk, story_folder)
    press(desk.window, "Look without changing anything")
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    desk.app.end()
    assert {each.name: each.read_bytes() for each in story_folder.iterdir() if each.name != "lock"} == before


def test_restoring_is_one_step_away(qtbot: QtBot, desk: Desk, story_folder: Path) -> None:
    (story_folder / "anchor").unlink()
    ask(qtbot, desk, story_folder)
    press(desk.window, "Restore a backup…")
    assert isinstance(desk.window, Restore)


def test_an_older_page_is_seen_while_the_window_is_open_and_then_it_asks(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    spliced(vault_folder)
    desk.app.begin(vault_folder)
    QTest.keyClicks(desk.unlock().field.line, PASSPHRASE)
    desk.unlock().try_it()
    qtbot.waitUntil(lambda: isinstance(desk.window, Disagreement), timeout=30_000)
    assert "was altered since the vault was closed" in seen(desk.window)
    assert PASSPHRASE not in seen(desk.window)
    press(desk.window, "Go on with what is there")
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    desk.app.end()
    with closing(open_vault(vault_folder)) as session:
        assert list(session.examine())
        assert session.findings == ()
        assert casework.count(session) == 1


def test_looking_then_and_the_lock_work_over_the_question(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    spliced(vault_folder)
    desk.app.begin(vault_folder)
    desk.unlock().field.set_value(PASSPHRASE)
    desk.unlock().try_it()
    qtbot.waitUntil(lambda: isinstance(desk.window, Disagreement), timeout=30_000)
    press(desk.window, "Look without changing anything")
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    settled(qtbot, desk)
    desk.app.lock()
    assert desk.left == [vault_folder]


def asked_while_open(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    spliced(folder)
    desk.app.begin(folder)
    desk.unlock().field.set_value(PASSPHRASE)
    desk.unlock().try_it()
    qtbot.waitUntil(lambda: isinstance(desk.window, Disagreement), timeout=30_000)


def test_the_lock_works_over_the_question_itself(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    asked_while_open(qtbot, desk, vault_folder)
    desk.app.lock()
    assert desk.left == [vault_folder]


def test_another_theme_of_the_desktop_does_not_answer_the_question(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    asked_while_open(qtbot, desk, vault_folder)
    desk.app.look(desk.app.settings)
    assert isinstance(desk.window, Disagreement)


def test_within_a_second_the_anchor_follows_what_was_written(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)
    before = anchored(vault_folder)
    desk.app.jobs.write(lambda session: intake.add(session, "case", {"code": "K-001", "alias": "Рябина"}))
    qtbot.waitUntil(lambda: anchored(vault_folder) > before, timeout=SETTLE_MS + 5000)
    desk.app.end()
    assert not (vault_folder / "main.db-wal").exists()  # closed cleanly, though closing interrupts what runs
    assert json.loads((vault_folder / "anchor").read_text())["closed"]


def anchored(folder: Path) -> int:
    return int(json.loads((folder / "anchor").read_text())["commit_seq"])
