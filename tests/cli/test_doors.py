"""Doors by command line: another passphrase, a colleague's, and the key on paper, as a person at a terminal does it."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from typing import TYPE_CHECKING

import pytest

from family_case.crypto import header as headers
from family_case.crypto.kdf import FLOOR
from tests.cli.test_process import POSIX, PROGRAM, Terminal
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

NEW = "другие слова открывают это хранилище теперь и всегда"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("family_case.crypto.kdf.calibrate", lambda *_: FLOOR)


@pytest.fixture
def new_words(tmp_path: Path) -> str:
    file = tmp_path / "new.txt"
    file.write_text(NEW + "\n", encoding="utf-8")
    return str(file)


def sits(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A person at a terminal who gives these answers unseen; what he was asked."""
    asked: list[str] = []
    left = list(answers)

    def answer(prompt: str, stream: object = None) -> str:
        asked.append(prompt)
        return left.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", answer)
    return asked


def test_a_passphrase_is_changed_and_the_old_one_opens_nothing(run: Run, new_words: str) -> None:
    before = run("passphrase", "list").out.split("\t")
    ended = run("passphrase", "change", "--new-passphrase-file", new_words)
    assert "counts from now on" in ended.err
    assert "opens as it did then" in ended.err  # copies made before
    assert run("list").code == 1
    after = run("passphrase", "list", "--passphrase-file", new_words)
    door, kind, *_ = after.out.split("\t")
    assert (door, kind) == (ended.id, "Passphrase")
    assert door != before[0]


def test_a_colleague_gets_her_own_and_it_goes_again(run: Run, new_words: str) -> None:
    door = run("passphrase", "add", "--new-passphrase-file", new_words, "--whose", "Нина").id
    assert run("list", "--passphrase-file", new_words).code == 0
    listed = json.loads(run("passphrase", "list", "--json").out)
    assert [(each["kind"], each["whose"]) for each in listed] == [("passphrase", ""), ("passphrase", "Нина")]
    refused = run("passphrase", "remove", door, "--passphrase-file", new_words)
    assert "opens the door that is to be removed" in refused.err
    assert run("passphrase", "remove", door[:5]).code == 0
    assert run("list", "--passphrase-file", new_words).code == 1
    last = run("passphrase", "remove", listed[0]["id"])
    assert (last.code, "The last passphrase cannot be removed" in last.err) == (1, True)
    assert run("list").code == 0


def test_a_passphrase_drawn_by_chance_counts_once_it_was_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    phrase = "шкатулка люстра архив вымпел"
    monkeypatch.setattr("family_case.cli.doors.offer_phrase", lambda language: (f"{phrase} {language}", 70.0))
    sits(monkeypatch, "something else", f"{phrase}   ru")
    wrong = run("passphrase", "change", "--generate", "ru")
    assert (wrong.code, "Nothing was changed" in wrong.err) == (1, True)
    done = run("passphrase", "change", "--generate", "ru")
    assert (done.code, f"{phrase} ru" in done.err, phrase in done.out) == (0, True, False)
    assert run("list").code == 1


def test_a_passphrase_of_ones_own_is_typed_twice_and_called_weak(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = sits(monkeypatch, "ночь", "ночи", "ночь", "ночь")
    assert "differ" in run("passphrase", "change").err
    done = run("passphrase", "change")
    assert asked == ["New passphrase: ", "The new passphrase once more: "] * 2
    assert (done.code, "is weak" in done.err) == (0, True)


def test_nothing_secret_goes_where_nobody_looks(run: Run, vault_folder: Path, new_words: str) -> None:
    before = headers.read(vault_folder)
    for command in (
        ("recovery", "new"),
        ("recovery", "new", "--to-stdout"),
        ("passphrase", "change"),
        ("passphrase", "add", "--generate", "en"),
        ("passphrase", "change", "--generate", "en", "--new-passphrase-file", new_words),
        ("recovery", "remove"),
        ("list", "--recovery-file", "-"),
    ):
        ended = run(*command)
        assert (ended.code, ended.out) == (1, ""), command
    assert headers.read(vault_folder) == before


def test_the_key_goes_to_stdout_only_where_that_was_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sits(monkeypatch)
    refused = run("recovery", "new")
    assert (refused.code, refused.out, "--to-stdout" in refused.err) == (1, "", True)
    monkeypatch.setattr("click.prompt", lambda *_args, **_named: "00000")
    wrong = run("recovery", "new", "--to-stdout")
    assert (wrong.code, "does not count yet" in wrong.err) == (1, True)
    assert len(wrong.out.split()) == 8
    assert len(run("passphrase", "list").out.splitlines()) == 1


@POSIX
def test_a_person_copies_the_key_and_opens_the_vault_with_it(vault_folder: Path, passphrase_file: Path) -> None:
    settings = {**os.environ, "LC_ALL": "C.UTF-8", "FAMILY_CASE_VAULT": str(vault_folder)}
    words = {**settings, "FAMILY_CASE_PASSPHRASE_FILE": str(passphrase_file)}
    making = Terminal([*PROGRAM, "recovery", "new"], words)
    making.wait_for("from the paper.")
    groups = re.findall(r"\b[0-9A-Z]{5}\b", making.seen)
    assert len(groups) == 8
    for times in (1, 2):
        making.wait_for("Group ", times)
        making.wait_for(": ", making.seen.count(": ") + (not making.seen.rstrip("\n").endswith(": ")))
        making.type(groups[int(re.findall(r"Group (\d)", making.seen)[-1]) - 1].lower() + "\n")
    assert making.end() == 0, making.seen

    slipped = Terminal([*PROGRAM, "list", "--recovery-file", "-"], settings)
    slipped.wait_for("Recovery key: ")
    wrong = "Z" if groups[2][0] != "Z" else "Y"
    slipped.type(" ".join([*groups[:2], wrong + groups[2][1:], *groups[3:]]) + "\n")
    slipped.wait_for("Group 3 is not as it stands on the sheet")
    assert slipped.end() == 1

    lost = Terminal([*PROGRAM, "passphrase", "change", "--recovery-file", "-"], settings)
    lost.wait_for("Recovery key: ")
    lost.type("-".join(groups) + "\n")
    lost.wait_for("New passphrase: ")
    lost.type(NEW + "\n")
    lost.wait_for("once more: ")
    lost.type(NEW + "\n")
    assert lost.end() == 0, lost.seen
    assert groups[0] not in lost.seen
    assert headers.unlock(headers.read(vault_folder), NEW).epoch == 1
    with pytest.raises(headers.WrongPassphrase):
        headers.unlock(headers.read(vault_folder), PASSPHRASE)


def test_a_vault_opened_by_its_key_says_what_to_do_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    sits(monkeypatch)

    def look(_frame: object, sheet: object) -> None:
        shown.extend(sheet.groups)  # type: ignore[attr-defined]

    monkeypatch.setattr("family_case.cli.doors._show", look)
    monkeypatch.setattr("click.prompt", lambda words, **_named: shown[int(words.split()[-1]) - 1])
    assert run("recovery", "new", "--to-stdout").code == 0
    key = tmp_path / "key.txt"
    key.write_text(" ".join(shown), encoding="utf-8")
    told = run("list", "--recovery-file", str(key))
    assert (told.code, "Now set a new passphrase" in told.err) == (0, True)
    assert run("recovery", "remove").code == 0
    assert "no recovery sheet" in run("list", "--recovery-file", str(key)).err
