"""The way back by command line: what is taken back, what stands in the way, and what is gone for good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


# What is said in every language, here and in the window, when a promise was taken back or done again.
TOLD_BACK = {
    "en": "Taken back: K-001 · promise.",
    "ru": "Отменено: K-001 · обещание.",
    "uk": "Скасовано: K-001 · обіцянка.",
}
TOLD_AGAIN = {
    "en": "Done again: K-001 · promise.",
    "ru": "Повторено: K-001 · обещание.",
    "uk": "Повторено: K-001 · обіцянка.",
}


@pytest.fixture
def note(run: Run) -> str:
    """Id of a note in case K-001, changed by nobody."""
    run("case", "add", "--name", "Лебедев Артём")
    return run("log", "note", "K-001", "--text", "Иванова звонила").id


def test_what_was_taken_back_is_done_again_once(run: Run, note: str) -> None:
    shown = run("show", "K-001").out
    run("undo")
    again = run("redo")
    assert (again.code, again.out) == (0, "")
    assert "K-001 · " in again.err
    assert run("show", "K-001").out == shown
    assert note in shown
    none = run("redo")
    assert (none.code, none.out) == (1, "")
    assert run("verify").code == 0


@pytest.mark.parametrize("language", TOLD_BACK)
def test_what_was_taken_back_is_told_in_the_words_of_the_window(run: Run, note: str, language: str) -> None:
    promise = ("--promise", "salary", "--happened", "2022-08-01", "--due", "2022-09")
    made = run("log", "promise", "K-001", *promise).id
    undone = run("undo", "--lang", language)
    assert (undone.out, undone.err) == ("", f"{TOLD_BACK[language]}\n")
    assert run("redo", "--lang", language).err == f"{TOLD_AGAIN[language]}\n"
    run("entry", "change", note, "--text", "звонила другая")
    assert run("revert", made, "--lang", language).err == f"{TOLD_BACK[language]}\n"


def test_an_older_change_is_taken_back_by_the_id_of_what_it_made(run: Run, note: str) -> None:
    run("log", "note", "K-001", "--text", "другое")
    assert run("revert", note).code == 0
    assert note not in run("show", "K-001").out
    assert "другое" in run("show", "K-001", "--json").out


def test_what_stands_in_the_way_is_listed_and_nothing_is_written(run: Run) -> None:
    run("case", "add")
    money = ("--amount", "1000", "--currency", "RUB", "--happened", "2022-08-01")
    promise = run("log", "promise", "K-001", "--promise", "salary", *money).id
    payment = run("log", "payment", "K-001", "--against", promise, *money).id
    heads = json.loads(run("verify", "--json").out)["heads"]
    refused = run("revert", promise)
    assert (refused.code, refused.out) == (1, "")
    assert payment in refused.err
    assert json.loads(run("verify", "--json").out)["heads"] == heads


def test_nothing_is_erased_where_nobody_can_be_asked(run: Run, note: str) -> None:
    refused = run("erase", "K-001")
    assert (refused.code, refused.out) == (1, "")
    assert "--yes" in refused.err
    assert note in run("show", "K-001").out


def test_an_erased_case_is_gone_and_the_vault_whole(run: Run, note: str) -> None:
    erased = run("erase", "K-001", "--yes")
    assert erased.code == 0
    assert "Note: 1" in erased.err
    for gone in (("show", "K-001"), ("show", note), ("undo",)):
        assert run(*gone).code == 1
    assert run("search", "Иванова").out == ""
    assert run("verify").code == 0


def test_what_was_taken_back_is_purged_and_what_stands_is_not(run: Run, note: str) -> None:
    stands = run("purge", note)
    assert (stands.code, stands.out) == (1, "")
    run("undo")
    assert run("purge", note).id == note
    assert "Иванова" not in run("history", note, "--json").out
    assert run("verify").code == 0


@pytest.mark.parametrize("command", ["revert", "erase", "purge"])
@pytest.mark.parametrize("ref", ["K-777", "", "12345", "\u202eabc"])
def test_what_is_not_there_is_refused_in_words(run: Run, command: str, ref: str) -> None:
    more = ["--yes"] if command == "erase" else []
    ended = run(command, ref, *more)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.strip()


def test_a_case_is_shown_as_it_was_known(run: Run, note: str) -> None:
    run("log", "note", "K-001", "--text", "later")
    today = json.loads(run("info", "--json").out)["today"]
    assert json.loads(run("show", "K-001", "--known-on", today, "--json").out)["timeline"]
    unknown = run("show", "K-001", "--known-on", "2001-01-01")
    assert (unknown.code, unknown.out) == (1, "")
    assert run("show", note, "--known-on", "gestern").code == 1


def test_the_backups_that_still_hold_what_was_erased_are_named(run: Run, note: str, tmp_path: Path) -> None:
    entry = run("backup", str(tmp_path)).id
    run("entry", "change", note, "--text", "звонила другая")
    for done in (run("purge", note), run("erase", note, "--yes")):
        assert Path(entry).name in done.err


@pytest.mark.parametrize(
    ("language", "what"),
    [
        ("en", "This goes for good: Person: 1; Name of a person: 1; Role: 1; What links them: 1."),
        ("ru", "Это исчезнет навсегда: Человек: 1; Имя человека: 1; Роль: 1; "),
        ("uk", "Це зникне назавжди: Людина: 1; Ім’я людини: 1; Роль: 1; "),
    ],
)
def test_what_goes_for_good_is_told_in_words(run: Run, language: str, what: str) -> None:
    run("case", "add", "--code", "K-001", "--alias", "Ива", "--name", "Белов Пётр")
    person = run("person", "add", "--case", "K-001", "--role", "friend", "--name", "Зимин Олег").id
    run("log", "note", "K-001", "--happened", "2022-08-01", "--text", "заходил", "--with", person)
    said = run("erase", person, "--yes", "--lang", language)
    assert what in said.err
    assert "person_name" not in said.err
