"""Backups that still hold what was erased: they are named after the erasure, and a restored one has it erased again."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.date_words import SaidDay
from family_case.services import backups, casework, drafts, editing, erasing, finding, safekeeping
from tests.keeping import backed_up, restored
from tests.services import casebook
from tests.services.test_backups import flip
from tests.services.test_erasing import everything
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session

CANARY = "zqxcanary"


@pytest.fixture
def held(session: Session, shelf: Path) -> str:
    """Name of a backup of two cases, of which K-001 is to be erased."""
    casebook.case(session, circumstances=CANARY)
    casebook.case(session, code="K-002", name="Зимин Олег")
    casebook.log(session, "note", text=f"{CANARY} first")
    drafts.save(session, "note", casework.resolve(session, "K-001"), "text", f"{CANARY} draft")
    return backups.backup(session, shelf).made.rpartition("/")[2]


def test_after_an_erasure_the_backups_that_still_hold_it_are_named(session: Session, held: str, shelf: Path) -> None:
    later = casebook.log(session, "note", ref="K-002", text="after the backup")
    assert erasing.erase(session, later).notes == ()
    (message, values), (_others, nothing) = erasing.erase(session, "K-001").notes
    assert nothing == {}
    assert "still hold it" in message
    assert values == {"folder": str(shelf), "names": held}


def test_older_wordings_are_held_by_backups_too(session: Session, held: str) -> None:
    entry = casebook.log(session, "note", ref="K-002", text="wrong")
    backups.backup(session, session.folder.parent / "shelf")
    editing.change(session, entry, {"text": "right"})
    (_message, values), _others = erasing.purge(session, entry).notes
    assert held not in str(values["names"]).split(", ")
    assert str(values["names"]).startswith("family-case-")


def test_a_stick_that_is_not_there_is_named_with_the_day(session: Session, held: str, shelf: Path) -> None:
    assert held
    shelf.rename(shelf.with_name("pulled out"))
    (message, values), _others = erasing.erase(session, "K-001").notes
    assert "none can be seen there now" in message
    assert values == {"folder": str(shelf), "day": SaidDay(date(2022, 8, 22))}


def test_every_folder_that_ever_held_a_backup_is_named(session: Session, held: str, shelf: Path) -> None:
    """Home, office and a stick that is in a drawer; a folder used only after the erasure is not one of them."""
    home, stick = shelf.with_name("home"), shelf.with_name("stick")
    for each in (home, stick):
        each.mkdir()
    at_home = backups.backup(session, home).made.rpartition("/")[2]
    backups.backup(session, stick)
    casebook.log(session, "note", ref="K-002", text="after all of them")
    backups.backup(session, home)
    shutil.rmtree(stick)
    stick.mkdir()  # where it was plugged in
    notes = erasing.erase(session, "K-001").notes
    told = {values["folder"]: values.get("names", "") or values["day"] for _message, values in notes if values}
    assert set(told) == {str(shelf), str(home), str(stick)}
    assert told[str(shelf)] == held
    assert at_home in str(told[str(home)])
    assert told[str(stick)] == SaidDay(date(2022, 8, 22))
    assert [each.place for each in session.vault.kept.shelves] == [str(shelf), str(stick), str(home)]


def test_a_stick_whose_last_backup_is_older_than_what_was_erased_is_not_asked_for(
    session: Session, held: str, shelf: Path
) -> None:
    assert held
    later = casebook.log(session, "note", ref="K-002", text="after the backup")
    shutil.rmtree(shelf)
    assert erasing.erase(session, later).notes == ()


def test_an_erasure_known_only_to_a_backup_in_another_folder_is_made_again(
    session: Session, held: str, shelf: Path
) -> None:
    """The stick is restored; the backup at home, which says what was erased later, is seen as well."""
    home = shelf.with_name("home")
    home.mkdir()
    backups.backup(session, home)
    old = backups.backup(session, shelf).made.rpartition("/")[2]  # knows that there are backups at home
    erasing.erase(session, "K-001")
    backups.backup(session, home)
    with closing(open_vault(restored(shelf / old, shelf.parent / "back").folder)) as back:
        assert casework.count(back) == 1
    shutil.rmtree(home)
    found = restored(shelf / old, shelf.parent / "back again")
    assert {"folders": str(home)} in [values for _message, values in found.notes]
    with closing(open_vault(found.folder)) as back:
        assert casework.count(back) == 2
        assert str(home) in {each.place for each in back.vault.kept.shelves}
        told = erasing.erase(back, "K-001").notes
    assert {str(home), str(shelf)} == {values["folder"] for _message, values in told if values}
    assert held


def test_without_any_backup_nothing_is_said(session: Session) -> None:
    casebook.case(session)
    assert erasing.erase(session, "K-001").notes == ()


def test_what_a_newer_backup_says_was_erased_is_erased_again(session: Session, held: str, shelf: Path) -> None:
    erasing.erase(session, "K-001")
    backups.backup(session, shelf)
    found = restored(shelf / held, shelf.parent / "back")
    assert any("erased here again" in message for message, _values in found.notes)
    with closing(open_vault(found.folder)) as back:
        assert safekeeping.verify(back).problems == ()
        assert CANARY not in everything(back)
        assert finding.find(back, CANARY) == []
        assert casework.count(back) == 1
        with pytest.raises(Refused):
            casework.page(back, "K-001")
    assert CANARY.encode() not in (found.folder / "main.db").read_bytes()


def test_a_backup_made_after_the_erasure_needs_none_again(session: Session, held: str, shelf: Path) -> None:
    assert held
    erasing.erase(session, "K-001")
    newest = backups.backup(session, shelf).made.rpartition("/")[2]
    found = restored(shelf / newest, shelf.parent / "back")
    assert [message for message, _values in found.notes if "erased here again" in message] == []


def test_alone_on_its_shelf_it_brings_back_what_was_erased_and_says_so(
    session: Session, held: str, shelf: Path
) -> None:
    erasing.erase(session, "K-001")
    found = restored(shelf / held, shelf.parent / "back")
    assert "what was erased later is in it again" in found.notes[0][0]
    with closing(open_vault(found.folder)) as back:
        assert casework.count(back) == 2


def test_a_newer_backup_that_cannot_be_read_is_named(session: Session, held: str, shelf: Path) -> None:
    erasing.erase(session, "K-001")
    newest = shelf / backups.backup(session, shelf).made.rpartition("/")[2]
    for spot in range(0, (newest / "main.db").stat().st_size, 4096):
        flip(newest / "main.db", spot + 500)
    found = restored(shelf / held, shelf.parent / "back")
    assert {"folder": str(newest)} in [values for _message, values in found.notes]


def test_what_only_named_what_was_erased_later_stays(session: Session, shelf: Path) -> None:
    """The conversation goes, and what was told in it stays, also where an older backup is restored."""
    casebook.case(session)
    number = "+7 900 123-45-67"
    talk = casebook.log(session, "conversation", happened="2022-08-01", text=CANARY)
    told = casebook.log(session, "note", text="told in it", told_in=talk, number=number)
    old = shelf / backups.backup(session, shelf).made.rpartition("/")[2]
    erasing.erase(session, talk)
    backups.backup(session, shelf)
    with closing(open_vault(restored(old, shelf.parent / "back").folder)) as back:
        assert CANARY not in everything(back)
        (item,) = casework.page(back, "K-001").timeline
        assert (item.id, item.entry.text if item.entry else "") == (told, "told in it")
        assert item.entry is not None
        assert item.entry.conversation_id is None
        assert [each.use.raw for each in item.numbers] == [number]


def test_a_wording_purged_later_is_told_where_it_stands_again(session: Session, shelf: Path) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text="wrong")
    old = shelf / backups.backup(session, shelf).made.rpartition("/")[2]
    editing.change(session, entry, {"text": "right"})
    erasing.purge(session, entry)
    backups.backup(session, shelf)
    found = restored(old, shelf.parent / "back")
    assert {"ids": entry} in [values for _message, values in found.notes]


def test_the_erasures_of_another_copy_count_too(vault_folder: Path, shelf: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        casebook.case(session)
    old = backed_up(vault_folder, shelf)
    twin = restored(old, shelf.parent / "twin").folder
    with closing(open_vault(twin, "twin")) as session:
        erasing.erase(session, "K-001")
    backed_up(twin, shelf)
    shutil.rmtree(vault_folder)
    with closing(open_vault(restored(old, vault_folder).folder)) as back:
        assert casework.count(back) == 0
