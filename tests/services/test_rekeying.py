"""New keys: the same records under them, the old ones worth nothing for the vault, and no moment without a vault."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.crypto.header import SlotType, WrongPassphrase
from family_case.errors import Problem, Refused, Unavailable
from family_case.files import write_atomic
from family_case.model.changes import Actor
from family_case.services import anchoring, attaching, backups, casework, doors, key_store, rekeying, safekeeping
from family_case.services.session import Session, enter, unlock
from family_case.store import rekey as store
from family_case.store.connection import connect_copy
from tests.keystore_double import double
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

NEW = "eight other invented words open it from today on"


def caught(folder: Path, passphrase: str = PASSPHRASE) -> None:
    """A vault whose change of keys was killed when the header had decided and the database was not yet in its place."""
    session = open_vault(folder)
    fresh, root = header.next_epoch(header.read(folder), passphrase)
    store.write(session.vault.connection, store.beside(folder / "main.db", 2), root.database_key(), bool, bool)
    session.close()
    anchoring.ahead(folder, root, fresh.generation, 1, clock_on())
    header.write(folder, fresh, root)


def opened(folder: Path) -> Session:
    return unlock(folder, NEW, clock=clock_on(), ids=SeededIds("new"), actor=Actor.WINDOW)


def everything(connection: dbapi2.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, shadow tables of the search and the schema itself included, and the settings."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in (*tables, "sqlite_master")}
    settings = ("user_version", "application_id", "journal_mode", "page_size", "auto_vacuum", "encoding")
    return {**rows, "settings": [connection.execute(f"PRAGMA {each}").fetchone() for each in settings]}


def test_every_row_of_every_table_comes_over(story: Session) -> None:
    before = everything(story.vault.connection)
    rekeying.rekey(story, PASSPHRASE, NEW)
    after = everything(story.vault.connection)
    assert len(before) > 40
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {"copy"}, "only what this copy knows of its backups"
    assert after["settings"][2] == ("wal",)
    assert ("secure-delete", 1) in after["search_text_config"]


def test_the_new_passphrase_opens_it_and_the_old_one_does_not(story: Session) -> None:
    folder, cases = story.folder, casework.count(story)
    old_root = story.root
    rekeying.rekey(story, PASSPHRASE, NEW)
    assert casework.count(story) == cases, "the session goes on"
    story.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder)
    again = opened(folder)
    assert casework.count(again) == cases
    assert safekeeping.verify(again).ok
    assert again.root.epoch == 2
    assert again.root.secret != old_root.secret
    again.close()
    assert not [each.name for each in folder.iterdir() if "epoch" in each.name]


def test_the_old_key_reads_nothing_of_the_new_file(story: Session) -> None:
    old = story.root
    rekeying.rekey(story, PASSPHRASE, PASSPHRASE)
    story.close()
    with pytest.raises(Problem):
        connect_copy(story.folder / "main.db", old.database_key())


def test_an_undo_of_what_was_done_before_still_works(story: Session) -> None:
    """The session's own changes stay its own."""
    since = story.vault.opened_at
    rekeying.rekey(story, PASSPHRASE, NEW)
    assert story.vault.opened_at == since


def test_whoever_finds_the_vault_open_cannot_give_it_keys_of_his_own(story: Session, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        rekeying.rekey(story, "a guess", NEW)
    with pytest.raises(WrongPassphrase):
        key_store.turn_on(story, "a guess", double(tmp_path / "values"))
    assert [slot.type for slot in header.read(story.folder).slots] == [SlotType.PASSPHRASE]
    assert not (tmp_path / "values").exists()


def test_who_came_by_the_recovery_key_needs_no_old_passphrase(story: Session) -> None:
    story.recovered = True
    rekeying.rekey(story, "", NEW)
    assert not story.recovered, "from now on there is one that he knows"
    (door,) = doors.doors(story)
    assert door.since == "2022-08-22"
    story.close()
    opened(story.folder).close()


def test_stopped_it_is_as_it_was(story: Session) -> None:
    before = everything(story.vault.connection)
    with pytest.raises(Refused, match="stopped"):
        rekeying.rekey(story, PASSPHRASE, NEW, stopped=lambda: True)
    assert everything(story.vault.connection) == before
    assert header.read(story.folder).epoch == 1
    assert not list(story.folder.glob("*epoch*"))


def test_without_room_nothing_is_written_and_both_figures_are_said(
    story: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("family_case.services.rekeying.shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 20))
    with pytest.raises(Unavailable, match="MB are needed") as told:
        rekeying.rekey(story, PASSPHRASE, NEW)
    assert told.value.values["free"] == 1
    assert not list(story.folder.glob("*epoch*"))


def test_a_header_that_cannot_be_written_leaves_the_old_vault_open(
    story: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("full")

    monkeypatch.setattr("family_case.crypto.header.write", full)
    with pytest.raises(Unavailable, match="full"):
        rekeying.rekey(story, PASSPHRASE, NEW)
    assert casework.count(story) == 10
    assert story.root.epoch == 1
    assert not list(story.folder.glob("*epoch*"))


def test_a_disk_that_fails_between_the_two_headers_leaves_the_new_vault(
    story: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copy B is on the disk and counts: nothing may then be thrown away that it names."""
    real = write_atomic
    asked: list[str] = []

    def once(path: Path, data: bytes) -> None:
        asked.append(path.name)
        if asked == ["header.b", "header.a"]:
            raise Unavailable("full")
        real(path, data)

    monkeypatch.setattr("family_case.crypto.header.write_atomic", once)
    rekeying.rekey(story, PASSPHRASE, NEW)
    copies = {(story.folder / name).read_bytes() for name in ("header.a", "header.b")}
    assert len(copies) == 1, "no copy may name the old database once it is gone"
    assert casework.count(story) == 10
    story.close()
    opened(story.folder).close()


@pytest.mark.parametrize("names", ["", "b", "ba"])
def test_a_kill_between_two_steps_leaves_the_one_or_the_other(
    story_folder: Path, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    """The new database is there; header copies `names` are new; nothing was renamed."""
    session = open_vault(story_folder)
    fresh, root = header.next_epoch(header.read(story_folder), NEW)
    store.write(session.vault.connection, store.beside(story_folder / "main.db", 2), root.database_key(), bool, bool)
    session.close()
    kept = {name: (story_folder / name).read_bytes() for name in ("header.a", "header.b")}
    anchoring.ahead(story_folder, root, fresh.generation, 1, clock_on())
    header.write(story_folder, fresh, root)
    for name, data in kept.items():
        if name[-1] not in names:
            (story_folder / name).write_bytes(data)
    again = opened(story_folder) if names else open_vault(story_folder)
    assert casework.count(again) == 10
    assert again.root.epoch == (2 if names else 1)
    assert safekeeping.verify(again).ok
    again.close()
    assert not list(story_folder.glob("*epoch*"))
    assert (story_folder / "header.a").read_bytes() == (story_folder / "header.b").read_bytes()


def test_a_vault_between_two_keys_is_not_looked_at_read_only(story_folder: Path) -> None:
    """To finish the change something must be written; showing the old database would be showing another vault."""
    caught(story_folder, NEW)
    with pytest.raises(Refused, match="was interrupted"):
        unlock(story_folder, NEW, clock=clock_on(), ids=SeededIds("look"), actor=Actor.WINDOW, read_only=True)


def test_read_only_neither_keys_nor_doors_are_changed(story_folder: Path, tmp_path: Path) -> None:
    look = unlock(story_folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("look"), actor=Actor.WINDOW, read_only=True)
    before = (story_folder / "header.a").read_bytes()
    with pytest.raises(Refused):
        rekeying.rekey(look, PASSPHRASE, NEW)
    with pytest.raises(Refused):
        key_store.turn_on(look, PASSPHRASE, double(tmp_path / "values"))
    look.close()
    assert (story_folder / "header.a").read_bytes() == before
    assert not (tmp_path / "values").exists(), "nothing was written into the store"


def test_attached_files_open_after_new_keys_and_that_they_were_sealed_anew_is_said(
    story: Session, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_bytes(b"invented " * 5000)
    made = attaching.attach(story, "K-001", tmp_path / "note.txt").made
    assert rekeying._FILES in dict(rekeying.rekey(story, PASSPHRASE, NEW).notes)
    assert attaching.whole(story, made)[1] == b"invented " * 5000


def test_a_planted_file_takes_the_place_of_nothing(story_folder: Path) -> None:
    for name in ("main.db.epoch-1", "main.db.epoch-2", "main.db.epoch-11"):
        (story_folder / name).write_bytes(b"planted" * 1000)
    session = open_vault(story_folder)
    assert casework.count(session) == 10
    session.close()
    assert not list(story_folder.glob("*epoch*"))


def test_recovery_and_backups_are_spoken_of(story: Session, shelf: Path) -> None:
    backups.backup(story, shelf)
    notes = rekeying.rekey(story, PASSPHRASE, NEW).notes
    told = dict(notes)
    assert [values["folders"] for values in told.values() if "folders" in values] == [str(shelf)]
    assert backups.standing(story).day is None, "a backup under the new keys is due"
    (entry,) = shelf.iterdir()
    old = unlock(entry, PASSPHRASE, clock=clock_on(), ids=SeededIds("old"), actor=Actor.WINDOW, despite=True)
    assert casework.count(old) == 10, "the old backup opens with the passphrase of its day"
    old.close()


def test_the_key_store_is_given_a_new_value_or_that_is_said(story: Session, tmp_path: Path) -> None:
    well, locked = double(tmp_path / "values"), double(tmp_path / "values", "locked")
    key_store.turn_on(story, PASSPHRASE, well)
    assert rekeying._RENEWED in dict(rekeying.rekey(story, PASSPHRASE, NEW, key_stores=well).notes)
    assert [slot.type for slot in header.read(story.folder).slots] == [SlotType.PASSPHRASE, SlotType.KEYSTORE]
    assert rekeying._NOT_RENEWED in dict(rekeying.rekey(story, NEW, NEW, key_stores=locked).notes)
    assert [slot.type for slot in header.read(story.folder).slots] == [SlotType.PASSPHRASE]
    story.close()
    door = key_store.door(well)
    with pytest.raises(Problem):
        enter(story.folder, door, clock=clock_on(), ids=SeededIds("door"), actor=Actor.WINDOW)


def test_a_database_that_does_not_hold_its_checks_keeps_its_keys(
    story: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("family_case.store.checks.integrity", lambda _: ["quick_check: wrong"])
    with pytest.raises(Problem, match="did not pass its checks"):
        rekeying.rekey(story, PASSPHRASE, NEW)
    assert casework.count(story) == 10
    assert not list(story.folder.glob("*epoch*"))
