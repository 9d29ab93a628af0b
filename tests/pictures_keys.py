"""Pictures of the key store's panel and of new keys, and of the unlock window that offers the key store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

from family_case.crypto import keystore
from family_case.i18n import N_, translator
from tests.keystore_double import double
from tests.vaults import PASSPHRASE
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages.access import AccessPage
from ui.widgets.keystore_door import KeyStoreDoor
from ui.widgets.new_keys import NewKeys
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from tests.pictures import Studio
    from tests.pictures_scenes import Scene
    from ui.pages import Page


def _panel(page: Page, how: str) -> KeyStoreDoor:
    """The panel over a store that is so."""
    assert isinstance(page, AccessPage)
    values = page.context.opened.folder.with_name("key store")
    with mock.patch.object(keystore, "worker", return_value=double(values, how).command):
        page.key_store()
    assert isinstance(page.form, KeyStoreDoor)
    return page.form


def off(page: Page) -> None:
    """Off, and the store answers."""
    _panel(page, "well")


def locked(page: Page) -> None:
    """No store that can be used."""
    _panel(page, "locked")


def refused(page: Page) -> None:
    """A wrong passphrase."""
    form = _panel(page, "well")
    form.field.set_value("не те слова")
    form.turn_on()


def on(page: Page) -> None:
    """Turned on."""
    form = _panel(page, "well")
    form.field.set_value(PASSPHRASE)
    values = page.context.opened.folder.with_name("key store")
    with mock.patch.object(keystore, "worker", return_value=double(values).command):
        form.turn_on()


def _keys(page: Page) -> NewKeys:
    assert isinstance(page, AccessPage)
    page.new_keys()
    assert isinstance(page.form, NewKeys)
    return page.form


def new_keys(page: Page) -> None:
    """What it means, before."""
    _keys(page)


def working(page: Page) -> None:
    """While the pages are copied."""
    form = _keys(page)
    form._work(page.context.tr.text(N_("Encrypting the vault anew. Other work waits until it is done.")), busy=True)
    form._far.emit(0.4)


SCENES: Final[tuple[Scene, ...]] = (
    ("access-store", "access", "", off),
    ("access-store-locked", "access", "", locked),
    ("access-store-refused", "access", "", refused),
    ("access-keys", "access", "", new_keys),
    ("access-keys-working", "access", "", working),
)


def _changed(page: Page) -> None:
    form = _keys(page)
    form.old.set_value(PASSPHRASE)
    form.new.ask(own=True)
    for field in (form.new.first, form.new.again):
        field.set_value(PASSPHRASE)  # for the pictures after this one
    form.start()


WRITING: Final[tuple[Scene, ...]] = (
    ("access-store-on", "access", "", on),
    ("access-keys-done", "access", "", _changed),
)


def doors(studio: Studio) -> None:
    """The unlock window that offers the key store."""
    tr = translator(studio.language)

    def unlock() -> Unlock:
        window = Unlock(Jobs(Feed(), InlineLane(), InlineLane()), tr, Path("Documents", "Family Case", "vault"))
        window.key_store.show()
        return window

    studio.door("unlock-store", unlock)
