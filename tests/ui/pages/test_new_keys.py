"""New keys in the window: read what follows, know a passphrase, write the new one down, and go on working."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from family_case.crypto.header import WrongPassphrase
from family_case.services import casework
from family_case.services.session import unlock
from tests.ui.desk import seen
from tests.ui.spoken import nameless
from tests.vaults import PASSPHRASE, open_vault
from ui.pages.access import AccessPage
from ui.widgets.new_keys import NewKeys

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Desk


def begun(desk: Desk) -> NewKeys:
    page = desk.show(AccessPage, "access")
    QTest.mouseClick(page.keys, Qt.MouseButton.LeftButton)
    assert isinstance(page.form, NewKeys)
    return page.form


def test_the_vault_goes_on_under_new_keys_and_what_follows_is_said(at_desk: Desk) -> None:
    form = begun(at_desk)
    assert "Every recovery sheet stops opening" in seen(at_desk.window)
    assert nameless(at_desk.window) == []
    form.old.set_value(PASSPHRASE)
    phrase = form.new.phrase.text()
    form.new.again.set_value(phrase)
    QTest.mouseClick(form.start_button, Qt.MouseButton.LeftButton)
    assert "The vault has new keys." in seen(at_desk.window)
    assert "make one now" in seen(at_desk.window)
    assert at_desk.trouble == []
    assert casework.count(at_desk.session) == 10
    at_desk.window.go("cases")
    assert at_desk.trouble == [], "pages go on reading"
    session = at_desk.session
    session.close()
    with pytest.raises(WrongPassphrase):
        open_vault(session.folder)
    unlock(session.folder, phrase, clock=session.clock, ids=session.ids, actor=session.actor).close()


def test_a_wrong_passphrase_or_a_slip_changes_nothing(empty_desk: Desk) -> None:
    form = begun(empty_desk)
    form.start()
    assert form.old_row.error()
    form.old.set_value("a guess")
    form.start()
    assert form.new.again_row.error(), "the new one was not typed from the paper"
    form.new.again.set_value(form.new.phrase.text())
    form.start()
    assert "does not open the vault" in form.status.text()
    assert empty_desk.session.root.epoch == 1
    assert form.start_button.isEnabled()


def test_stop_leaves_all_as_it_was(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    form = begun(empty_desk)
    form.old.set_value(PASSPHRASE)
    form.new.again.set_value(form.new.phrase.text())
    form._far.connect(lambda _share: form.stop())
    monkeypatch.setattr("family_case.store.rekey._PAGES", 8)
    form.start()
    assert "was stopped" in form.status.text()
    assert empty_desk.session.root.epoch == 1
    QTest.mouseClick(form.stop_button, Qt.MouseButton.LeftButton)
    assert empty_desk.page(AccessPage).form is None
