"""The key store's panel: what it means is read before, the passphrase makes the door, a store that fails makes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from family_case.crypto import header, keystore
from family_case.services import key_store
from family_case.services.key_store import NoKey
from tests.keystore_double import OfThisComputer
from tests.ui.desk import seen
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE
from ui.pages.access import AccessPage
from ui.widgets.keystore_door import KeyStoreDoor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Desk


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfThisComputer:
    return OfThisComputer(tmp_path / "values", monkeypatch)


def shown(desk: Desk) -> KeyStoreDoor:
    """The panel, as a click on the page Access brings it."""
    page = desk.show(AccessPage, "access")
    QTest.mouseClick(page.store, Qt.MouseButton.LeftButton)
    assert isinstance(page.form, KeyStoreDoor)
    return page.form


@pytest.fixture
def door(empty_desk: Desk, store: OfThisComputer) -> KeyStoreDoor:
    return shown(empty_desk)


def test_the_passphrase_makes_the_door_and_what_it_means_is_read_before(door: KeyStoreDoor, empty_desk: Desk) -> None:
    assert "whoever can use this account" in seen(door)
    assert "Off" in door.state.text()
    assert nameless(empty_desk.window) == []
    door.turn_on()
    assert door.row.error(), "without a passphrase nothing is tried"
    QTest.keyClicks(door.field.line, "a guess")
    QTest.keyClick(door.field.line, Qt.Key.Key_Return)
    assert "does not open the vault" in door.status.text()
    assert not keystore.is_on(header.read(empty_desk.session.folder))
    door.field.set_value(PASSPHRASE)
    QTest.mouseClick(door.on_button, Qt.MouseButton.LeftButton)
    assert "On:" in door.state.text()
    assert door.field.value() == ""
    assert (door.on_button.isVisible(), door.off_button.isVisible()) == (False, True)
    assert door.off_button.hasFocus(), "the keyboard stays here"
    QTest.mouseClick(door.off_button, Qt.MouseButton.LeftButton)
    assert "Off" in door.state.text()
    assert "no longer opens by a key store" in door.status.text()
    assert not keystore.is_on(header.read(empty_desk.session.folder))


def test_without_a_store_nothing_can_be_turned_on_and_that_is_said(empty_desk: Desk, store: OfThisComputer) -> None:
    store.becomes("absent")
    door = shown(empty_desk)
    assert "no key store that answers" in door.status.text()
    assert not door.on_button.isVisible()


def test_a_store_that_keeps_nothing_makes_no_door(door: KeyStoreDoor, store: OfThisComputer, empty_desk: Desk) -> None:
    store.becomes("null")
    door.field.set_value(PASSPHRASE)
    door.turn_on()
    assert "did not give back" in door.status.text()
    assert not keystore.is_on(header.read(empty_desk.session.folder))
    with pytest.raises(NoKey):
        keystore.opened(header.read(empty_desk.session.folder), key_store.THIS_COMPUTER)
