"""Windows and real vaults: first run, unlock, the frame, the lock."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton

from family_case.chance import SetClock
from family_case.errors import Unavailable
from family_case.i18n import LANGUAGES
from family_case.services import casework, intake
from family_case.settings import Settings, load, save
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE, open_vault
from ui.app import Application
from ui.pages import DOORS, PAGES, Page, late
from ui.widgets.curtain import Curtain
from ui.windows.first_run import FirstRun
from ui.windows.main import MainWindow
from ui.windows.unlock import Unlock
from ui.windows.wishes import Deed, complaint_about, usual_folder

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session

NOW = 1_661_160_000_000


class Desk:
    """The whole application at work, but for the last step out of the process."""

    def __init__(self, qapp: QApplication, folder: Path) -> None:
        self.left: list[Path | None] = []
        self.clock = SetClock(NOW)
        self.settings_path = folder / "settings.json"
        self.app = Application(qapp, settings_path=self.settings_path, clock=self.clock, leave=self.left.append)

    @property
    def window(self) -> object:
        """What is shown."""
        return self.app.window

    def first_run(self) -> FirstRun:
        """The first run's sheet."""
        assert isinstance(self.window, FirstRun)
        return self.window

    def unlock(self) -> Unlock:
        """The unlock window."""
        assert isinstance(self.window, Unlock)
        return self.window

    def main(self) -> MainWindow:
        """The frame."""
        assert isinstance(self.window, MainWindow)
        return self.window


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Generator[Desk]:
    made = Desk(qapp, tmp_path)
    yield made
    assert made.app.jobs.stop(10.0)
    if made.app.window is not None:
        made.app.window.hide()
        made.app.window.deleteLater()
    for each in QApplication.topLevelWidgets():
        each.hide()


def enter(qtbot: QtBot, desk: Desk, folder: Path) -> MainWindow:
    """Unlock the vault in `folder` by typing, as a person does."""
    desk.app.begin(folder)
    QTest.keyClicks(desk.unlock().field.line, PASSPHRASE)
    QTest.keyClick(desk.unlock().field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    return desk.main()


def settled(qtbot: QtBot, desk: Desk) -> None:
    """Wait until nothing is asked any more."""
    qtbot.waitUntil(lambda: desk.app.jobs.unanswered == 0, timeout=30_000)


def seen(window: object) -> str:
    """All texts on a window."""
    return "\n".join(label.text() for label in cast("MainWindow", window).findChildren(QLabel) if label.isVisible())


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


def test_a_vault_is_made_with_the_phrase_offered_and_opens_with_it_again(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.app.ask_all()
    sheet = desk.first_run()
    sheet.ask_folder(Deed.CREATE)
    sheet.folder.set_value(str(tmp_path / "new vault"))
    sheet.take_folder()
    qtbot.waitUntil(lambda: bool(sheet.phrase.text()), timeout=30_000)
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
    desk.app.ask_all()
    sheet = desk.first_run()
    sheet.ask_folder(Deed.STORY)
    sheet.folder.set_value(str(tmp_path / "story"))
    sheet.take_folder()
    qtbot.waitUntil(lambda: bool(sheet.phrase.text()), timeout=30_000)
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


# --- the frame ---


def test_everything_that_is_loaded_late_is_there(qapp: QApplication) -> None:
    for name in DOORS:
        assert callable(late(name)), name
    for row in PAGES:
        assert issubclass(cast("type[Page]", late(row.door)), Page), row.name


def test_a_conversation_elsewhere_is_seen_at_once_and_the_foot_says_when(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    window = enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)
    assert "nothing written yet" in seen(window)
    desk.app.jobs.write(lambda session: intake.add(session, "case", {"code": "K-001", "alias": "Рябина"}))
    settled(qtbot, desk)
    assert "saved 09:20" in seen(window)


def test_ctrl_z_takes_the_last_change_back_and_says_so(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    desk.app.jobs.write(
        lambda session: intake.add(session, "case", {"code": "K-001", "alias": "Рябина"}),
        lambda changes: window.wrote("K-001 “Рябина” saved", changes),
    )
    settled(qtbot, desk)
    assert "K-001 “Рябина” saved" in seen(window)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)
    counted: list[int] = []
    desk.app.jobs.read(casework.count, counted.append)
    settled(qtbot, desk)
    assert counted == [0]
    assert "Taken back" in seen(window)


def test_search_finds_in_the_other_script_and_shows_code_and_alias_only(
    qtbot: QtBot, desk: Desk, story_folder: Path
) -> None:
    window = enter(qtbot, desk, story_folder)
    search = window._search
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(search, "Ryab")
    qtbot.waitUntil(search.results.isVisible, timeout=10_000)
    rows = [search.results.item(at).text() for at in range(search.results.count())]
    assert rows[0].split() == ["K-001", "Рябина"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.current_name() == "case"
    settled(qtbot, desk)


def test_search_runs_a_command_by_its_name(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    QTest.keyClicks(window._search, "Lock")
    qtbot.waitUntil(window._search.results.isVisible, timeout=10_000)
    QTest.keyClick(window._search, Qt.Key.Key_Return)
    assert desk.left == [vault_folder]


def test_pages_are_reached_by_alt_and_a_figure_and_left_by_alt_left(
    qtbot: QtBot, desk: Desk, story_folder: Path
) -> None:
    window = enter(qtbot, desk, story_folder)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_name() == [row.name for row in PAGES if row.label][1]
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_name() == PAGES[0].name
    settled(qtbot, desk)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_language_changes_while_the_vault_is_open_and_the_page_stays(
    qtbot: QtBot, desk: Desk, story_folder: Path, language: str
) -> None:
    window = enter(qtbot, desk, story_folder)
    window.go("cases")
    settled(qtbot, desk)
    desk.app.look(replace(desk.app.settings, language=language))
    settled(qtbot, desk)
    assert desk.main() is not window
    assert desk.main().current_name() == "cases"
    assert load(desk.settings_path).language == language
    cancel = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(cancel)
    words = {"en": "Cancel", "ru": "Отмена", "uk": "Скасувати"}
    assert cancel.buttons()[0].text().replace("&", "") == words[language]
    desk.app.language.speak("en")


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_every_window_can_be_read_aloud(qtbot: QtBot, desk: Desk, story_folder: Path, theme_name: str) -> None:
    desk.app.look(Settings("en", theme_name))
    desk.app.ask_all(language_known=False)
    assert nameless(desk.first_run()) == []
    sheet = desk.first_run()
    for step in (sheet.ask_deed, lambda: sheet.ask_folder(Deed.CREATE), sheet.ask_passphrase):
        step()
        assert nameless(sheet) == []
    sheet.ask_passphrase(own=True)
    assert nameless(sheet) == []
    desk.app.ask_passphrase(story_folder)
    assert nameless(desk.unlock()) == []
    window = enter(qtbot, desk, story_folder)
    settled(qtbot, desk)
    for row in PAGES:
        if row.label:
            window.go(row.name)
            settled(qtbot, desk)
            assert nameless(window) == []


# --- the lock ---


def test_ctrl_l_covers_writes_drafts_closes_and_leaves(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)

    def draft(session: Session) -> object:
        return intake.add(session, "case", {"code": "K-001", "alias": "Рябина"})

    page = window.current()
    assert page is not None
    page.last_words = lambda: [draft]  # type: ignore[method-assign]  # stands for a draft not yet written
    QApplication.clipboard().setText("Анна")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.left == [vault_folder]
    curtain = window.findChild(Curtain)
    assert curtain is not None
    assert (curtain.isVisible(), curtain.size()) == (True, window.size())
    assert window.windowTitle() == ""
    again = open_vault(vault_folder)
    assert [row.code for row in casework.cases(again)] == ["K-001"]
    again.close()


def test_five_minutes_without_a_key_lock(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    desk.clock.elapsed += 61
    desk.app.idle.look()
    assert "locks in 3:5" in seen(window)
    desk.clock.elapsed += 300
    assert desk.app.idle.look()
    assert desk.left == [vault_folder]


def test_closing_the_window_writes_drafts_and_frees_the_vault(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    window.resize(1111, 666)
    window.close()
    open_vault(vault_folder).close()
    kept = load(desk.settings_path)
    assert (kept.width, kept.height) == (1111, 666)


def test_settings_that_cannot_be_written_are_not_worth_a_word(desk: Desk, tmp_path: Path) -> None:
    desk.settings_path.mkdir()
    desk.app.look(Settings("ru"))
    assert desk.app.settings.language == "ru"
    with pytest.raises(Unavailable):
        save(Settings(), desk.settings_path)
    desk.app.language.speak("en")
