"""`backup` and `restore` as a person types them: how they end, what they print, and what they say beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.keeping import contents_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_a_backup_and_back(tell: Run, story_folder: Path, shelf: Path, tmp_path: Path) -> None:
    made = tell("backup", str(shelf))
    assert (made.code, made.out) == (0, f"{next(shelf.iterdir())}\n")
    assert "same disk as the vault" in made.err
    back = tmp_path / "back"
    done = tell("restore", made.id, str(back))
    assert (done.code, done.out) == (0, f"{back}\n")
    assert "What was written later is not in it" in done.err
    assert json.loads(tell("verify", "--json", "--vault", str(back)).out)["ok"]
    assert contents_of(back) == contents_of(story_folder)


def test_restore_needs_no_vault_and_the_passphrase_of_the_backup(
    tell: Run, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tell("backup", str(shelf))
    monkeypatch.delenv("FAMILY_CASE_VAULT")
    other = tmp_path / "other words.txt"
    other.write_text("some other words\n", encoding="utf-8")
    wrong = tell("restore", made.id, str(tmp_path / "back"), "--passphrase-file", str(other))
    assert wrong.code == 1
    assert "does not open the vault" in wrong.err
    assert not (tmp_path / "back").exists()
    assert tell("restore", made.id, str(tmp_path / "back")).code == 0


def test_today_says_that_work_is_in_no_backup(run: Run, shelf: Path) -> None:
    assert run("today").out == ""
    assert run("case", "add", "--code", "K-001", "--alias", "Рябина").code == 0
    assert run("today").out.split("\t")[2] == "work that is in no backup"
    assert json.loads(run("today", "--json").out)[0]["why"] == "backup"
    assert run("backup", str(shelf)).code == 0
    assert run("today").out == ""


def test_keep(run: Run, shelf: Path) -> None:
    for _ in range(4):
        assert run("backup", str(shelf), "--keep", "2").code == 0
    assert len(list(shelf.iterdir())) == 2


@pytest.mark.parametrize("value", ["1", "0", "-2", "two", ""])
def test_keep_that_is_no_number_from_two_on_is_refused(run: Run, shelf: Path, value: str) -> None:
    ended = run("backup", str(shelf), f"--keep={value}")
    assert (ended.code, list(shelf.iterdir())) == (1, [])


@pytest.mark.parametrize(
    "call",
    [("backup",), ("backup", ""), ("restore",), ("restore", "one"), ("restore", "", "two"), ("restore", "a", " ")],
)
def test_a_place_that_is_missing_is_wrong_usage(run: Run, call: tuple[str, ...]) -> None:
    assert run(*call).code == 2


def test_a_place_that_is_none_is_refused(run: Run, shelf: Path, vault_folder: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "absent", vault_folder):
        assert run("backup", str(place)).code == 1
    assert "There is no backup in" in run("restore", str(shelf), str(tmp_path / "back")).err
    made = run("backup", str(shelf)).id
    assert "never writes over anything" in run("restore", made, str(vault_folder)).err


def test_a_damaged_vault_is_repaired_into_another(tell: Run, story_folder: Path, tmp_path: Path) -> None:
    damaged = bytearray((story_folder / "main.db").read_bytes())
    damaged[150 * 4096 + 7] ^= 1
    (story_folder / "main.db").write_bytes(damaged)
    made = tell("repair", str(story_folder), str(tmp_path / "new"))
    assert (made.code, made.out) == (0, f"{tmp_path / 'new'}\n")
    assert "Damaged pages: 1 of " in made.err
    assert tell("list", "--vault", str(tmp_path / "new")).out.count("\n") == 10
    assert (story_folder / "main.db").read_bytes() == damaged
    again = tell("repair", str(story_folder), str(tmp_path / "new"))
    assert (again.code, again.out) == (1, "")
