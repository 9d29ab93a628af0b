"""A vault of an older schema is saved, changed on a copy, checked and swapped: the old or the new, never a mixture."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from sqlite_utils import Migrations

from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.services import backups, safekeeping
from family_case.store import migrations
from family_case.store.connection import connect_copy
from tests.keeping import bytes_of, contents_of, killed_at, next_schema, restored, upgraded
from tests.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

only_unix = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")


@pytest.fixture
def newer() -> Iterator[None]:
    """A program one schema newer."""
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()):
        yield


def schema_of(folder: Path) -> int:
    with closing(open_vault(folder, "schema")) as session:
        return int(session.vault.connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_vault_is_brought_up_and_nothing_in_it_is_lost(story_folder: Path, newer: None) -> None:
    with mock.patch.multiple(migrations, SCHEMA=1):
        before = contents_of(story_folder)
    old = (story_folder / "main.db").read_bytes()
    with closing(open_vault(story_folder)) as session:
        connection = session.vault.connection
        people = len(before["person"])
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM shoe").fetchone() == (people,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert session.office.demo_day
    after = contents_of(story_folder)
    for table, rows in before.items():
        if table not in ("person", "_sqlite_migrations"):
            assert after[table] == rows, table
    assert [row[:-1] for row in after["person"]] == before["person"]
    assert (story_folder / "main.db.before-1").read_bytes() == old
    assert sorted(each.name for each in story_folder.iterdir()) == [
        "anchor", "header.a", "header.b", "lock", "main.db", "main.db.before-1",
    ]  # fmt: skip


def test_the_old_database_stays_until_a_backup_is_verified(story_folder: Path, newer: None, tmp_path: Path) -> None:
    kept = story_folder / "main.db.before-1"
    (tmp_path / "shelf").mkdir()
    with closing(open_vault(story_folder)) as session:
        key = session.root.database_key()
        with pytest.raises(Problem):
            backups.backup(session, tmp_path / "absent")
        assert kept.exists()
        with closing(connect_copy(kept, key)) as old:
            assert old.execute("PRAGMA user_version").fetchone() == (1,)
        backups.backup(session, tmp_path / "shelf")
        assert not kept.exists()


def test_a_backup_of_an_older_schema_is_brought_up_when_restored(story_folder: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with closing(open_vault(story_folder)) as session:
        entry = Path(backups.backup(session, shelf).made)
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()):
        found = restored(entry, tmp_path / "back")
        assert schema_of(found.folder) == 2
    with pytest.raises(Refused):  # the older program leaves it alone
        open_vault(found.folder)


def wrong_step(act: Callable[[Database], object]) -> Migrations:
    steps = Migrations("family_case")
    steps()(migrations.m001_first_house)

    @steps()
    def m002_wrong(db: Database) -> None:
        act(db)

    return steps


WRONG: dict[str, str] = {
    "loses a case": "DELETE FROM case_file WHERE id = (SELECT max(id) FROM case_file)",
    "loses the journal's end": (
        "DELETE FROM journal_payload WHERE seq = (SELECT max(seq) FROM journal_head);"
        "DELETE FROM journal_head WHERE seq = (SELECT max(seq) FROM journal_head)"
    ),
    "forgets how much was written": "UPDATE copy SET commit_seq = 1",
    "leaves a link to nothing": "UPDATE role SET person_id = 'nobody'",
}


@pytest.mark.parametrize("what", WRONG)
def test_a_step_that_goes_wrong_leaves_the_vault_as_it_was(what: str, story_folder: Path) -> None:
    before = bytes_of(story_folder)
    steps = wrong_step(lambda db: [db.execute(sql) for sql in WRONG[what].split(";")])
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=steps), pytest.raises(Damaged) as damage:
        open_vault(story_folder)
    assert "The vault is as it was" in damage.value.message
    after = bytes_of(story_folder)
    after.pop("main.db.before-1")
    assert after == before
    assert schema_of(story_folder) == 1


def test_a_step_that_stops_half_way_leaves_the_vault_as_it_was(story_folder: Path) -> None:
    before = bytes_of(story_folder)

    def stop(db: Database) -> None:
        db.execute("UPDATE person SET note = 'half'")
        raise KeyboardInterrupt

    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=wrong_step(stop)), pytest.raises(KeyboardInterrupt):
        open_vault(story_folder)
    assert {name: data for name, data in bytes_of(story_folder).items() if "before" not in name} == before


def test_a_damaged_vault_is_not_brought_up(story_folder: Path) -> None:
    data = bytearray((story_folder / "main.db").read_bytes())
    data[400_000] ^= 1
    (story_folder / "main.db").write_bytes(bytes(data))
    before = bytes_of(story_folder)
    with pytest.raises(Damaged):
        upgraded(story_folder)
    assert bytes_of(story_folder) == before


def test_without_room_for_the_copy_nothing_happens(story_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(story_folder)

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("family_case.store.backup.os.write", full)
    with pytest.raises(Unavailable) as problem:
        upgraded(story_folder)
    monkeypatch.undo()
    assert "no space left" in problem.value.message
    assert {name: data for name, data in bytes_of(story_folder).items() if data} == before
    assert schema_of(story_folder) == 1


@only_unix
def test_killed_at_any_moment_it_is_the_old_or_the_new_whole(vault_folder: Path) -> None:
    before = contents_of(vault_folder)
    lives, touch, seen = 0, 0, set()
    pristine = bytes_of(vault_folder)
    while killed_at(touch, "upgraded", vault_folder, vault_folder):
        lives += 1
        if (vault_folder / "main.db").read_bytes() == pristine["main.db"]:
            seen.add("old")
            if touch % 8 == 0:
                assert contents_of(vault_folder) == before
        else:
            seen.add("new")
        upgraded(vault_folder)
        newer = mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema())
        with newer, closing(open_vault(vault_folder)) as session:
            assert safekeeping.verify(session).ok
            assert session.vault.connection.execute("SELECT count(*) FROM shoe").fetchone() == (0,)
        assert not [each.name for each in vault_folder.iterdir() if "next" in each.name or each.name.endswith(".part")]
        for each in vault_folder.iterdir():
            each.unlink()
        for name, data in pristine.items():
            (vault_folder / name).write_bytes(data)
        touch += 4
    assert lives >= 8
    assert seen == {"old", "new"}
