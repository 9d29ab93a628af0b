"""The frame around the pages, and the lock, on real vaults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu

from family_case.errors import Unavailable
from family_case.i18n import LANGUAGES
from family_case.services import casework, intake
from family_case.settings import Settings, load, save
from tests.ui.spoken import nameless
from tests.vaults import open_vault
from ui.pages import DOORS, PAGES, Page, late
from ui.widgets.curtain import Curtain
from ui.windows.wishes import Deed

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session

from tests.ui.desk import Desk, enter, seen, settled

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


@pytest.mark.parametrize(
    ("words", "kept"),
    [("Русский", ("language", "ru")), ("Dark", ("theme", "dark")), ("130 %", ("text_percent", 130))],
)
def test_a_look_chosen_in_a_menu_is_taken_at_once_kept_and_marked(
    qtbot: QtBot, desk: Desk, vault_folder: Path, words: str, kept: tuple[str, object]
) -> None:
    window = enter(qtbot, desk, vault_folder)
    choices = [action for menu in window.findChildren(QMenu) for action in menu.actions() if action.text() == words]
    assert [action.isChecked() for action in choices] == [False]
    choices[0].trigger()
    assert desk.main() is not window
    assert getattr(load(desk.settings_path), kept[0]) == kept[1]
    menus = desk.main().findChildren(QMenu)
    assert [action.isChecked() for menu in menus for action in menu.actions() if action.text() == words] == [True]
    settled(qtbot, desk)
    desk.app.look(Settings("en", "light"))


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
    desk.app.guard.idle.look()
    assert "locks in 3:5" in seen(window)
    desk.clock.elapsed += 300
    assert desk.app.guard.idle.look()
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
