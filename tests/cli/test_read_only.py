"""`--read-only`: what reads works and changes nothing, what writes refuses with 1 and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.test_rekeying import caught

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

READING = (
    ("list",),
    ("today",),
    ("show", "K-003"),
    ("timeline", "K-003"),
    ("search", "Зарема"),
    ("history",),
    ("silence", "K-003"),
    ("verify",),
)
WRITING = (
    ("log", "note", "K-003", "--text", "x", "--happened", "2022-08-01"),
    ("case", "add", "--code", "K-090", "--name", "Белов Пётр", "--sex", "male"),
    ("undo",),
    ("redo",),
    ("erase", "K-003", "--yes"),
    ("report", "K-003", "-o", "paper.pdf"),
    ("backup", "."),
)


def bytes_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in folder.iterdir()}


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_reads_says_the_same_and_changes_nothing(command: tuple[str, ...], tell: Run, story_folder: Path) -> None:
    usual = tell(*command)
    before = bytes_of(story_folder)
    told = tell("--read-only", *command)
    assert (told.code, told.out) == (usual.code, usual.out), told.err
    assert bytes_of(story_folder) == before


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_what_writes_refuses(
    command: tuple[str, ...], tell: Run, story_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, beside = bytes_of(story_folder), sorted(tmp_path.iterdir())
    told = tell(*command, "--read-only")
    assert (told.code, told.out) == (1, "")
    assert "open read-only" in told.err
    assert (bytes_of(story_folder), sorted(tmp_path.iterdir())) == (before, beside)


@pytest.mark.parametrize("command", ["create", "demo"])
def test_nothing_new_is_made_read_only(command: str, run: Run, tmp_path: Path) -> None:
    told = run(command, str(tmp_path / "new"), "--read-only")
    assert (told.code, (tmp_path / "new").exists()) == (1, False)
    assert "read-only" in told.err


def test_a_change_of_keys_that_was_killed_is_told_and_not_shown_as_it_was_before(tell: Run, story_folder: Path) -> None:
    caught(story_folder)
    before = bytes_of(story_folder)
    told = tell("--read-only", "list")
    assert (told.code, told.out) == (1, "")
    assert "A change of this vault's keys was interrupted and must be finished." in told.err
    assert "Open it once where it can be written." in told.err
    assert bytes_of(story_folder) == before
