"""The key store in the window: offered where it opens the vault, never in the way where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from family_case.services import key_store
from tests.keystore_double import OfThisComputer
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE, open_vault
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.desk import Desk


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfThisComputer:
    return OfThisComputer(tmp_path / "values", monkeypatch)


@pytest.fixture
def with_door(vault_folder: Path, store: OfThisComputer) -> Path:
    """A vault that opens by the key store too."""
    session = open_vault(vault_folder)
    key_store.turn_on(session, PASSPHRASE)
    session.close()
    return vault_folder


def offers(desk: Desk) -> bool:
    return desk.unlock().key_store.isVisible()


def looked_for(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    """Show the unlock window and wait until it knows whether the key store opens the vault."""
    waiting: list[int] = []
    desk.app.jobs.waiting.connect(waiting.append)
    desk.app.begin(folder)
    qtbot.waitUntil(lambda: waiting.count(0) == 2, timeout=30_000)  # what opening needs is loaded, and the answer there


def test_one_click_opens_it_without_a_passphrase(qtbot: QtBot, desk: Desk, with_door: Path) -> None:
    desk.app.begin(with_door)
    qtbot.waitUntil(lambda: offers(desk), timeout=30_000)
    assert nameless(desk.unlock()) == []
    QTest.mouseClick(desk.unlock().key_store, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)


def test_a_value_that_went_is_one_sentence_and_the_passphrase_opens(
    qtbot: QtBot, desk: Desk, with_door: Path, store: OfThisComputer
) -> None:
    desk.app.begin(with_door)
    qtbot.waitUntil(lambda: offers(desk), timeout=30_000)
    store.lose()
    QTest.mouseClick(desk.unlock().key_store, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "does not hold the key" in desk.unlock().row.error(), timeout=30_000)
    QTest.keyClicks(desk.unlock().field.line, PASSPHRASE)
    QTest.keyClick(desk.unlock().field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)


@pytest.mark.parametrize("how", ["absent", "failing", "dies"])
def test_a_store_that_does_not_answer_is_not_offered(
    qtbot: QtBot, desk: Desk, with_door: Path, store: OfThisComputer, how: str
) -> None:
    store.becomes(how)
    looked_for(qtbot, desk, with_door)
    assert not offers(desk)


def test_a_vault_without_the_door_offers_none(
    qtbot: QtBot, desk: Desk, vault_folder: Path, store: OfThisComputer
) -> None:
    looked_for(qtbot, desk, vault_folder)
    assert not offers(desk)
