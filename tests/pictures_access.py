"""Pictures of what opens the vault: the page, its forms, the key, and the unlock window that asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case.i18n import translator
from tests.vaults import PASSPHRASE
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages.access import RECOVERED, AccessPage
from ui.widgets.door_form import DoorForm
from ui.widgets.sheet_form import SheetForm
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from tests.pictures import Studio
    from tests.pictures_scenes import Scene
    from ui.pages import Page

_KEY: Final = "000G4-40R4F-0M30Y-E209X-185GE-R38EY-1W81B-24GKZ"  # the last sign is wrong


def _form(page: Page) -> DoorForm:
    assert isinstance(page, AccessPage)
    assert isinstance(page.form, DoorForm)
    return page.form


def _sheet(page: Page) -> SheetForm:
    assert isinstance(page, AccessPage)
    page.make_sheet()
    assert isinstance(page.form, SheetForm)
    return page.form


def change(page: Page) -> None:
    """The form for another passphrase, one offered."""
    assert isinstance(page, AccessPage)
    page.change_passphrase()


def add(page: Page) -> None:
    """The form for a colleague, who wants a weak one of her own."""
    assert isinstance(page, AccessPage)
    page.add_passphrase()
    form = _form(page)
    form.new.ask(own=True)
    form.new.first.set_value("зима 1984")
    form.go()


def wrong(page: Page) -> None:
    """A wrong passphrase was typed."""
    change(page)
    form = _form(page)
    form.old.set_value("не те слова")
    form.new.again.set_value(form.new.phrase.text())
    form.go()


def sheet(page: Page) -> None:
    """A passphrase is asked before a sheet is made."""
    _sheet(page)


def key(page: Page) -> SheetForm:
    """The key, to be copied."""
    form = _sheet(page)
    form.phrase.set_value(PASSPHRASE)
    form.make()
    return form


def back(page: Page) -> None:
    """Two groups are typed back, one of them wrongly."""
    form = key(page)
    assert form.sheet is not None
    form.ask_back(form.sheet)
    next(iter(form.typed.values())).set_value("00000")
    form.confirm(form.sheet)


def made(page: Page) -> None:
    """The sheet counts, and a second passphrase stands in the list."""
    form = key(page)
    known = form.sheet
    assert known is not None
    form.ask_back(known)
    for at, field in form.typed.items():
        field.set_value(known.groups[at - 1])
    form.confirm(known)


def changed(page: Page) -> None:
    """Another passphrase counts; what backups still open with the old one is told."""
    change(page)
    form = _form(page)
    form.old.set_value(PASSPHRASE)
    form.new.again.set_value(form.new.phrase.text())
    form.go()


SCENES: Final[tuple[Scene, ...]] = (
    ("access", "access", "", None),
    ("access-change", "access", "", change),
    ("access-add", "access", "", add),
    ("access-wrong", "access", "", wrong),
    ("access-recovered", "access", RECOVERED, None),
    ("access-sheet", "access", "", sheet),
    ("access-key", "access", "", key),
    ("access-back", "access", "", back),
)
WRITING: Final[tuple[Scene, ...]] = (
    ("access-made", "access", "", made),
    ("access-changed", "access", "", changed),
)


def doors(studio: Studio) -> None:
    """The unlock window that asks for the key."""
    tr = translator(studio.language)

    def unlock(entered: str) -> Unlock:
        window = Unlock(Jobs(Feed(), InlineLane(), InlineLane()), tr, Path("Documents", "Family Case", "vault"))
        window.ask_key()
        if entered:
            window.key.set_value(entered)
            window.try_it()
        return window

    studio.door("unlock-key", lambda: unlock(""))
    studio.door("unlock-key-slip", lambda: unlock(_KEY))
