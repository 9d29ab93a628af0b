"""The page "Safety": reached from the navigation, tells the state there is, and the promises word for word."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from family_case.i18n import LANGUAGES, translator
from family_case.model.threats import SECTIONS
from family_case.services import accepting, backups
from tests.ui.desk import Desk as Program
from tests.ui.desk import seen
from tests.ui.spoken import nameless
from tests.ui.test_read_only import look
from tests.vaults import open_vault
from ui.pages.safety import SafetyPage, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session
    from tests.ui.pages.conftest import Desk


def test_the_page_tells_where_the_vault_lies_and_follows_a_backup(at_desk: Desk, shelf: Path) -> None:
    at_desk.show(SafetyPage, "safety")
    assert str(at_desk.session.folder) in seen(at_desk.window)
    assert "No backup was made from here yet." in seen(at_desk.window)
    at_desk.window.context.jobs.write(lambda session: backups.backup(session, shelf))
    at_desk.window.go("today")
    at_desk.show(SafetyPage, "safety")
    assert f"{shelf}: backups of this vault: 1." in seen(at_desk.window)
    at_desk.window.go("today")
    shelf.rename(shelf.with_name("drawer"))
    at_desk.show(SafetyPage, "safety")
    assert f"{shelf}: cannot be seen now" in seen(at_desk.window)
    assert at_desk.trouble == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promise_and_every_limit_is_shown_in_the_readers_language(
    desk_in: Callable[[str], Desk], language: str
) -> None:
    desk, tr = desk_in(language), translator(language)
    page = desk.show(SafetyPage, "safety")
    assert nameless(desk.window) == []
    QTest.mouseClick(page.choices.button(1), Qt.MouseButton.LeftButton)
    told = seen(desk.window)
    for section in SECTIONS:
        for words in (section.heading, *section.paragraphs, *section.points):
            assert shown(tr.text(words)) in told
        for threat in section.threats:
            assert {tr.text(threat.who)} <= set(told.splitlines())
            assert shown(tr.text(threat.promised)) in told
            assert shown(tr.text(threat.not_promised)) in told


def test_it_is_found_by_its_name_and_by_the_keyboard(at_desk: Desk) -> None:
    assert "Safety" in [action.text() for action in at_desk.window._actions]
    page = at_desk.show(SafetyPage, "safety")
    assert page.areas[0].hasFocus()
    QTest.keyClick(page.areas[0], Qt.Key.Key_F6)
    assert at_desk.window.focusWidget() is not page.areas[0]


def switch(page: SafetyPage) -> QPushButton:
    """The button beside what is said of this computer's note."""
    assert page.witness is not None
    return page.witness


def test_what_this_computer_remembers_is_told_and_is_forgotten_by_a_button(at_desk: Desk, own_witness: Path) -> None:
    page = at_desk.show(SafetyPage, "safety")
    at_desk.session.moored.remember(at_desk.session.vault)
    notes = own_witness / "family-case"
    assert "This computer remembers that a vault was opened here." in seen(at_desk.window)
    assert len(list(notes.iterdir())) == 1
    switch(page).setFocus()
    QTest.keyClick(switch(page), Qt.Key.Key_Space)
    assert "This computer keeps no note that a vault was opened here." in seen(at_desk.window)
    assert list(notes.iterdir()) == []
    assert switch(page).text() == "Keep a note again"
    assert switch(page).hasFocus()
    QTest.keyClick(switch(page), Qt.Key.Key_Space)
    assert "This computer remembers" in seen(at_desk.window)
    assert len(list(notes.iterdir())) == 1
    assert nameless(at_desk.window) == []
    assert at_desk.trouble == []


def test_what_was_accepted_is_told_with_its_day_and_nothing_where_nothing_was(
    at_desk: Desk, vault_folder: Path, desk_with: Callable[[Session], Desk]
) -> None:
    at_desk.show(SafetyPage, "safety")
    assert "· accepted:" not in seen(at_desk.window)
    (vault_folder / "anchor").unlink()
    with closing(open_vault(vault_folder, despite=True)) as session:
        accepting.accept(session)
        desk = desk_with(session)
        desk.show(SafetyPage, "safety")
        assert "22 August 2022 · accepted: anchor missing or wrong" in seen(desk.window)


def test_read_only_the_note_is_told_and_cannot_be_switched(qtbot: QtBot, desk: Program, story_folder: Path) -> None:
    window = look(qtbot, desk, story_folder)
    window.go("safety")
    page = window.current()
    assert isinstance(page, SafetyPage)
    qtbot.waitUntil(lambda: page.witness is not None)
    assert not switch(page).isEnabled()
    desk.app.lock()
