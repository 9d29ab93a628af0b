"""A vault that is not as it was left by command line: 1 and what is wrong, until it is looked at or accepted."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def anchored(folder: Path) -> tuple[int, bool]:
    told = json.loads((folder / "anchor").read_text())
    return told["commit_seq"], told["closed"]


def test_an_id_is_printed_after_the_anchor_says_that_it_is_there(tell: Run, story_folder: Path) -> None:
    number, closed = anchored(story_folder)
    assert closed
    told = tell("log", "note", "K-003", "--text", "x", "--happened", "2022-08-01")
    assert (told.code, told.err) == (0, "")
    assert anchored(story_folder) == (number + 1, True)
    assert tell("list").err == ""


def test_an_older_database_is_named_until_it_is_accepted(tell: Run, story_folder: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copy(story_folder / "main.db", older)
    for text in ("one", "two"):
        assert tell("log", "note", "K-003", "--text", text, "--happened", "2022-08-01").code == 0
    shutil.copy(older, story_folder / "main.db")
    for command in (("list",), ("log", "note", "K-003", "--text", "x"), ("verify",), ("backup", str(tmp_path))):
        told = tell(*command)
        assert (told.code, told.out) == (1, "")
        assert "Changes missing: 2." in told.err
        assert "--read-only" in told.err
    assert (story_folder / "main.db").read_bytes() == older.read_bytes()
    looked = tell("list", "--read-only")
    assert looked.code == 0
    assert "Changes missing: 2." in looked.err
    accepted = tell("accept")
    assert accepted.code == 0
    assert "Changes missing: 2." in accepted.out
    assert (tell("list").code, tell("list").err) == (0, "")
    assert "accepted: older database" in tell("accept", "--past").out
    assert tell("verify").code == 0
    nothing = tell("accept")
    assert nothing.code == 1
    assert "nothing to accept" in nothing.err


def test_an_older_page_is_named_before_anything_is_read(tell: Run, story_folder: Path) -> None:
    data = bytearray((story_folder / "main.db").read_bytes())
    data[-2000] ^= 1
    (story_folder / "main.db").write_bytes(data)
    told = tell("list")
    assert (told.code, told.out) == (1, "")
    assert "was altered since the vault was closed" in told.err
    assert "100 percent" in told.err  # at the end of the file


def test_the_witness_is_switched_off_and_on(tell: Run, story_folder: Path, own_witness: Path) -> None:
    kept = own_witness / "family-case"
    assert tell("witness").out == "on\n"
    assert len(list(kept.iterdir())) == 1
    assert tell("witness", "off").out == "off\n"
    assert list(kept.iterdir()) == []
    assert (tell("witness").out, list(kept.iterdir())) == ("off\n", [])
    assert tell("witness", "on").out == "on\n"
    assert len(list(kept.iterdir())) == 1
    assert tell("witness", "perhaps").code != 0
