"""What was lost comes back, whole and checked, or a sentence says why not; nothing that is there is written over."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.errors import Damaged, Problem, Refused
from family_case.model.date_words import SaidDay
from family_case.services import backups, casework, history, safekeeping
from family_case.store import journal
from tests.keeping import backed_up, bytes_of, contents_of, killed_at, restored
from tests.services.casebook import case, log
from tests.services.test_backups import flip
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

only_unix = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")


@pytest.fixture
def entry(story_folder: Path, tmp_path: Path) -> Path:
    """A verified backup of the story."""
    return backed_up(story_folder, tmp_path / "shelf")


def test_a_restored_vault_equals_the_original_and_is_a_copy_of_its_own(
    story_folder: Path, entry: Path, tmp_path: Path
) -> None:
    found = restored(entry, tmp_path / "new" / "vault")
    assert found.newest == "2022-08-20"
    ((message, values),) = found.notes
    assert "What was written later is not in it" in message
    assert values == {"day": SaidDay(date(2022, 8, 22)), "newest": SaidDay(date(2022, 8, 20))}
    assert contents_of(found.folder) == contents_of(story_folder)
    with closing(open_vault(story_folder)) as old, closing(open_vault(found.folder)) as new:
        assert old.office.copy_id != new.office.copy_id
        assert list(journal.breaks(new.vault.connection)) == []
        stand = backups.standing(new)
        assert (stand.day, stand.behind) == ("2022-08-22", False)
    assert header.read(found.folder).generation == header.read(story_folder).generation + 1
    assert {each.name for each in found.folder.iterdir()} <= {"anchor", "header.a", "header.b", "main.db", "lock"}
    if sys.platform != "win32":
        assert found.folder.stat().st_mode & 0o777 == 0o700


def test_work_goes_on_in_the_restored_copy_and_undo_stays_in_it(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    found = restored(backed_up(vault_folder, tmp_path / "shelf"), tmp_path / "back")
    with closing(open_vault(found.folder, "later")) as session:
        with pytest.raises(Refused):  # what was written on the other copy is not this one's to take back
            history.undo(session, this_session=False)
        log(session, "note", text="on the restored copy", happened="2022-08-20")
        assert history.undo(session, this_session=False).reason.value == "undo"
        with pytest.raises(Refused):
            history.undo(session, this_session=False)
        assert casework.count(session) == 1
        assert safekeeping.verify(session).ok
    again = restored(backed_up(found.folder, tmp_path / "shelf"), tmp_path / "back of back")
    assert contents_of(again.folder) == contents_of(found.folder)


def test_two_copies_of_one_vault_share_a_shelf_and_prune_only_their_own(vault_folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    old = [backed_up(vault_folder, shelf, keep=2) for _ in range(2)]
    found = restored(old[-1], tmp_path / "back")
    new = [backed_up(found.folder, shelf, keep=2) for _ in range(4)]
    assert {each.name for each in shelf.iterdir()} == {each.name for each in (*old, *new[-2:])}


# --- a vault lost in five ways and more ---


def overwrite(folder: Path) -> None:
    (folder / "main.db").write_bytes(bytes((folder / "main.db").stat().st_size))


def scramble_headers(folder: Path) -> None:
    for name in ("header.a", "header.b"):
        flip(folder / name, 300)


def rot(folder: Path) -> None:
    for spot in range(4096, (folder / "main.db").stat().st_size, 8192):
        flip(folder / "main.db", spot)


def cut(folder: Path) -> None:
    data = (folder / "main.db").read_bytes()
    (folder / "main.db").write_bytes(data[: len(data) // 2])


def mix_up(folder: Path) -> None:
    """The database of another vault, copied over this one's."""
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    for name in ("header.a", "header.b"):
        (other / name).unlink()
    head, root = header.create(PASSPHRASE, FLOOR)
    header.write(folder, head, root)


WAYS: dict[str, Callable[[Path], object]] = {
    "the folder was deleted": shutil.rmtree,
    "the database was overwritten": overwrite,
    "both headers were damaged": scramble_headers,
    "every second page rotted": rot,
    "the database was cut in half": cut,
    "the header of another vault was put in its place": mix_up,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_vault_lost_on_purpose_comes_back(way: str, story_folder: Path, entry: Path, tmp_path: Path) -> None:
    before = contents_of(story_folder)
    WAYS[way](story_folder)
    with pytest.raises(Problem):  # it really is lost
        contents_of(story_folder)
    found = restored(entry, tmp_path / "brought back")
    assert contents_of(found.folder) == before


def test_a_lost_vault_comes_back_into_its_own_place_once_that_is_empty(story_folder: Path, entry: Path) -> None:
    before = contents_of(story_folder)
    shutil.rmtree(story_folder)
    story_folder.mkdir()
    assert restored(entry, story_folder).folder == story_folder
    assert contents_of(story_folder) == before


def test_with_the_headers_of_a_backup_nothing_is_lost_not_even_what_was_written_after_it(
    story_folder: Path, entry: Path
) -> None:
    with closing(open_vault(story_folder)) as session:
        log(session, "note", text="written after the backup")
    before = contents_of(story_folder)
    scramble_headers(story_folder)
    with pytest.raises(Problem) as problem:
        contents_of(story_folder)
    assert "Copy header.a and header.b from a backup" in problem.value.message
    for name in ("header.a", "header.b"):
        shutil.copy(entry / name, story_folder / name)
    assert contents_of(story_folder) == before


# --- what a person may get wrong ---


def refused(entry: Path, folder: Path, passphrase: str = PASSPHRASE) -> Problem:
    """The problem a restore ends with; it must leave everything as it was."""
    around = folder.parent
    before = bytes_of(around)
    with pytest.raises(Problem) as problem:
        restored(entry, folder, passphrase)
    assert bytes_of(around) == before
    return problem.value


def test_nothing_is_written_over(story_folder: Path, entry: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "file").write_bytes(b"x")
    for place in (story_folder, tmp_path / "full", tmp_path / "file"):
        assert "never writes over" in refused(entry, place).message


def test_the_shelf_instead_of_an_entry_is_answered_with_the_newest(
    story_folder: Path, entry: Path, tmp_path: Path
) -> None:
    newest = backed_up(story_folder, entry.parent)
    problem = refused(entry.parent, tmp_path / "back")
    assert problem.values == {"folder": str(entry.parent), "count": 2, "newest": newest.name}


def test_no_backup_and_no_folder_are_said(entry: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "empty", tmp_path / "absent"):
        assert "There is no backup" in refused(source, tmp_path / "back").message
    assert "is a file, not a folder" in refused(entry / "main.db", tmp_path / "back").message


def test_a_wrong_passphrase_is_called_so(entry: Path, tmp_path: Path) -> None:
    assert isinstance(refused(entry, tmp_path / "back", "another one altogether"), header.WrongPassphrase)


@pytest.mark.parametrize("left", [0, 1, 4096, 300_000, -4096, -1])
def test_a_backup_cut_short_is_called_so(entry: Path, tmp_path: Path, left: int) -> None:
    data = (entry / "main.db").read_bytes()
    (entry / "main.db").write_bytes(data[:left])
    problem = refused(entry, tmp_path / "back")
    assert isinstance(problem, Damaged)
    assert problem.values == {"size": len(data[:left]), "whole": len(data)}


@pytest.mark.parametrize("spot", [3, 4000, 70_000, 500_000, -1])
def test_one_flipped_bit_is_seen(entry: Path, tmp_path: Path, spot: int) -> None:
    flip(entry / "main.db", spot)
    assert "not those that were verified" in refused(entry, tmp_path / "back").message


def test_an_older_page_put_into_a_backup_is_seen(vault_folder: Path, tmp_path: Path) -> None:
    """SQLCipher's own checks find nothing wrong with it."""
    old = backed_up(vault_folder, tmp_path / "shelf")
    with closing(open_vault(vault_folder)) as session:
        case(session)
    new = backed_up(vault_folder, tmp_path / "shelf")
    earlier, later = (old / "main.db").read_bytes(), bytearray((new / "main.db").read_bytes())
    pages = [at for at in range(4096, len(earlier), 4096) if earlier[at : at + 4096] != later[at : at + 4096]]
    later[pages[-1] : pages[-1] + 4096] = earlier[pages[-1] : pages[-1] + 4096]
    (new / "main.db").write_bytes(bytes(later))
    assert isinstance(refused(new, tmp_path / "back"), Damaged)


def test_the_database_of_a_foreign_vault_is_refused(
    story_folder: Path, vault_folder: Path, entry: Path, tmp_path: Path
) -> None:
    foreign = backed_up(vault_folder, tmp_path / "shelf")
    shutil.copy(foreign / "main.db", entry / "main.db")
    assert isinstance(refused(entry, tmp_path / "back"), Damaged)
    shutil.copy(foreign / "manifest", entry / "manifest")  # signed, but not by this vault
    assert "belongs to another vault" in refused(entry, tmp_path / "back").message


def test_one_header_is_enough_and_none_is_said(story_folder: Path, entry: Path, tmp_path: Path) -> None:
    (entry / "header.a").unlink()
    assert contents_of(restored(entry, tmp_path / "back").folder) == contents_of(story_folder)
    (entry / "header.b").unlink()
    assert "There is no backup" in refused(entry, tmp_path / "other").message


def test_the_database_missing_is_said(entry: Path, tmp_path: Path) -> None:
    (entry / "main.db").unlink()
    assert "database is missing" in refused(entry, tmp_path / "back").message


@pytest.mark.parametrize("data", [None, b"", b"{}\n", b"[1]", b"\xff", b"x" * 4096])
def test_without_a_manifest_it_is_a_plain_copy_and_a_warning_says_so(
    story_folder: Path, entry: Path, tmp_path: Path, data: bytes | None
) -> None:
    (entry / "manifest").unlink()
    if data is not None:
        (entry / "manifest").write_bytes(data)
    found = restored(entry, tmp_path / "back")
    assert "no manifest" in found.notes[0][0]
    assert contents_of(found.folder) == contents_of(story_folder)
    flip(entry / "main.db", 70_000)  # then the database's own checks decide
    assert isinstance(refused(entry, tmp_path / "other"), Damaged)


def test_a_plain_copy_of_a_closed_vault_can_be_restored_too(story_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(story_folder, tmp_path / "copy of the folder")
    assert contents_of(restored(copy, tmp_path / "back").folder) == contents_of(story_folder)


def test_a_journal_that_does_not_hold_is_a_warning_and_no_refusal(story_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(story_folder)) as session:
        session.vault.connection.execute("UPDATE journal_payload SET body = '[null,null]' WHERE seq = 20")
    found = restored(backed_up(story_folder, tmp_path / "shelf"), tmp_path / "back")
    assert any(values.get("seq") == "20" for _, values in found.notes)


def test_a_link_to_nothing_is_a_warning_and_no_refusal(story_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(story_folder)) as session:
        session.vault.connection.execute("PRAGMA foreign_keys = OFF")
        session.vault.connection.execute("UPDATE role SET person_id = 'nobody' WHERE rowid = 1")
    found = restored(backed_up(story_folder, tmp_path / "shelf"), tmp_path / "back")
    assert any("foreign_key_check" in str(values.get("what")) for _, values in found.notes)


def test_a_page_that_no_table_uses_counts_too(vault_folder: Path, tmp_path: Path) -> None:
    """In a plain copy, where no manifest says what the bytes must be."""
    with closing(open_vault(vault_folder)) as session:
        case(session)
        for number in range(10):
            log(session, "note", text="x" * 9000, happened=f"2022-08-{number + 10}")
        session.vault.connection.execute("DELETE FROM journal_payload WHERE seq > 5")
        (free,) = session.vault.connection.execute("PRAGMA freelist_count").fetchone()
        assert free > 3
    size = (vault_folder / "main.db").stat().st_size
    for number, spot in enumerate(range(size - 1, 4096, -(size // 12))):
        copy = shutil.copytree(vault_folder, tmp_path / f"copy {number}")
        flip(copy / "main.db", spot)
        assert isinstance(refused(copy, tmp_path / "back"), Damaged)
        shutil.rmtree(copy)


def test_the_backup_itself_is_never_written_to(entry: Path, tmp_path: Path) -> None:
    before = bytes_of(entry.parent)
    restored(entry, tmp_path / "back")
    assert bytes_of(entry.parent) == before
    assert not (entry / "lock").exists()


@only_unix
def test_killed_at_any_moment_there_is_no_vault_or_a_whole_one(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    entry = backed_up(vault_folder, tmp_path / "shelf")
    before, saved = contents_of(vault_folder), bytes_of(entry)
    around = tmp_path / "around"
    around.mkdir()
    lives, touch = 0, 0
    while killed_at(touch, "restored", around, entry, around / "back"):
        lives += 1
        if (around / "back").exists():
            assert contents_of(around / "back") == before
            shutil.rmtree(around / "back")
        assert bytes_of(entry) == saved
        touch += 4
    assert lives >= 8
    assert contents_of(around / "back") == before
    assert [each.name for each in around.iterdir()] == ["back"]  # what the killed ones left was swept
