"""First run and unlock, on real vaults."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QPushButton

from family_case.i18n import LANGUAGES
from family_case.settings import load
from tests.vaults import PASSPHRASE
from ui.windows.main import MainWindow
from ui.windows.unlock import Unlock
from ui.windows.wishes import Deed, complaint_about, usual_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.windows.first_run import FirstRun


from tests.ui.desk import Desk, enter, seen


def _complains(window: Unlock) -> bool:
    return bool(window.row.error())


# --- first run ---


def test_a_first_start_asks_for_the_language_and_remembers_it(desk: Desk) -> None:
    desk.app.begin(None)
    names = [each.text() for each in desk.first_run().findChildren(QPushButton)]
    assert names == list(LANGUAGES.values())
    next(each for each in desk.first_run().findChildren(QPushButton) if each.text() == "Українська").click()
    assert load(desk.settings_path).language == "uk"
    assert desk.app.language.tr.language == "uk"


def offered_a_phrase(qtbot: QtBot, desk: Desk, deed: Deed, folder: Path) -> FirstRun:
    """The first window once a folder was chosen: a passphrase is offered."""
    desk.app.ask_all()
    sheet = desk.first_run()
    sheet.ask_folder(deed)
    sheet.folder.set_value(str(folder))
    sheet.take_folder()
    qtbot.waitUntil(lambda: bool(sheet.phrase.text()), timeout=30_000)
    return sheet


def test_a_vault_is_made_with_the_phrase_offered_and_opens_with_it_again(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    sheet = offered_a_phrase(qtbot, desk, Deed.CREATE, tmp_path / "new vault")
    phrase = sheet.phrase.text()
    assert len(phrase.split()) >= 5
    assert "bits" in sheet.strength.text()
    sheet.again.set_value("something else")
    sheet.make()
    assert "do not match" in sheet.again_row.error()
    assert not (tmp_path / "new vault").exists()
    sheet.again.set_value(f"  {phrase} ")
    sheet.make()
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=60_000)
    assert desk.app.jobs.opened is not None
    assert desk.app.jobs.opened.demo_day == ""
    assert desk.app.jobs.stop(10.0)
    again = Desk(cast("QApplication", QApplication.instance()), tmp_path)
    again.app.ask_passphrase(tmp_path / "new vault")
    again.unlock().field.set_value(phrase)
    again.unlock().try_it()
    qtbot.waitUntil(lambda: isinstance(again.window, MainWindow), timeout=30_000)
    assert again.app.jobs.stop(10.0)


def test_an_own_phrase_is_weighed_as_it_is_typed(qtbot: QtBot, desk: Desk) -> None:
    desk.app.ask_all()
    sheet = desk.first_run()
    sheet.ask_passphrase(own=True)
    sheet.first.set_value("password")
    qtbot.waitUntil(lambda: "weak" in sheet.strength.text(), timeout=30_000)
    assert "▲" in sheet.strength.text()


def test_the_story_opens_marked_as_a_demo(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    sheet = offered_a_phrase(qtbot, desk, Deed.STORY, tmp_path / "story")
    sheet.make()
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=60_000)
    assert "DEMO" in seen(desk.window)


def test_a_folder_that_will_not_do_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    assert "not empty" in complaint_about(tmp_path / "full", Deed.CREATE)
    assert "file" in complaint_about(tmp_path / "full" / "letter.txt", Deed.STORY)
    assert "no vault" in complaint_about(tmp_path / "full", Deed.OPEN)
    assert complaint_about(tmp_path / "empty", Deed.CREATE) == ""
    assert complaint_about(tmp_path / "new", Deed.CREATE) == ""


def test_a_vault_in_the_usual_place_is_asked_for_without_having_been_remembered(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    place = usual_folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    vault_folder.rename(place)
    try:
        desk.app.begin(None)
        assert str(place) in seen(desk.unlock())
    finally:
        place.rename(vault_folder)


# --- unlock ---


def test_three_failures_have_three_messages_and_keep_what_was_typed(
    qtbot: QtBot, desk: Desk, vault_folder: Path, tmp_path: Path
) -> None:
    messages = []
    for step in ("wrong", "foreign", "none"):
        if step == "foreign":
            for name in ("header.a", "header.b"):
                (vault_folder / name).write_bytes(b"not a header")
        desk.app.ask_passphrase(vault_folder if step != "none" else tmp_path / "nothing")
        window = desk.unlock()
        window.field.set_value("a wrong phrase")
        window.try_it()
        qtbot.waitUntil(partial(_complains, window), timeout=30_000)
        assert window.field.value() == "a wrong phrase"
        messages.append(window.row.error())
    assert len(set(messages)) == 3
    assert "does not open" in messages[0]
    assert "not written by this program" in messages[1]
    assert "no vault" in messages[2]


def test_the_window_stays_awake_while_the_key_is_derived(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    desk.app.begin(vault_folder)
    window = desk.unlock()
    window.field.set_value(PASSPHRASE)
    window.try_it()
    assert isinstance(desk.window, Unlock)  # it came back at once
    assert "Opening" in seen(window)
    window.try_it()  # a second press changes nothing
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)


def test_unlock_tells_nothing_but_the_folder_and_remembers_nothing(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    desk.app.begin(vault_folder)
    assert desk.unlock().windowTitle() == "Unlock"
    enter(qtbot, desk, vault_folder)
    text = desk.settings_path.read_text("utf-8") if desk.settings_path.exists() else ""
    assert str(vault_folder) not in text
    assert "vault" not in text
