"""What a tired person would overlook is said beside the id, before it harms someone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from family_case.i18n import translator
from family_case.model.consent import Purpose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PRINTED = ("--printed-at", "2022-08-22T12:00:00Z")
OFFER = ("log", "promise", "K-001", "--happened", "2022-07", "--promise", "salary", "--by", "вербовщик")
BROTHER = ("consent", "add", "--case", "K-001", "--giver", "Роман", "--purposes", "case_work,lawyer")
WHY = ("--necessity", "спросить его самого нельзя")


@pytest.fixture
def family(run: Run) -> Run:
    """A case with mother, brother and a recruiter's promise that nobody has marked as being about recruitment."""
    run("case", "add", "--code", "K-001", "--name", "Лебедев Артём Игоревич")
    run("person", "add", "--case", "K-001", "--role", "mother", "--name", "Лебедева Нина Павловна")
    run("person", "add", "--case", "K-001", "--role", "sibling", "--name", "Лебедев Роман Игоревич")
    assert run(*OFFER).id
    return run


def test_a_withholding_that_reaches_nothing_says_so(family: Run) -> None:
    keep = ("withholding", "add", "--case", "K-001", "--from", "Нина")
    made = family(*keep, "--topic", "recruitment")
    assert made.id
    assert "Nothing is kept from this person yet: none of the 1 entries" in made.err
    marked = family(*OFFER, "--topic", "recruitment")
    assert "1 of 2 entries" in family(*keep, "--topic", "recruitment").err
    assert "1 of 2 entries" in family(*keep, "--entry", marked.id).err
    assert family(*keep).err == ""  # everything is kept: nothing to overlook


def test_an_extract_says_how_much_is_kept_from_its_reader(family: Run, tmp_path: Path) -> None:
    family(*BROTHER, "--given", "2022-08-03", "--scope", "own_and_sought", *WHY)
    extract = ("report", "K-001", "-o", str(tmp_path / "m.pdf"), "--profile", "family", "--for", "Нина", *PRINTED)
    assert family(*extract).err == ""  # nobody wished anything kept from her
    family("withholding", "add", "--case", "K-001", "--from", "Нина", "--topic", "recruitment")
    assert "Nothing is kept from this person yet" in family(*extract).err
    family(*OFFER, "--topic", "recruitment")
    assert "1 of 2 entries" in family(*extract).err


def test_the_number_said_is_what_the_extract_leaves_out(tell: Run, tmp_path: Path) -> None:
    target = tmp_path / "mother.pdf"
    said = tell("report", "K-001", "-o", str(target), "--profile", "family", "--for", "Нина", *PRINTED)
    shown = json.loads(tell("show", said.id, "--json").out)
    assert shown["table"] == "disclosure"
    line = next(line for line in said.err.splitlines() if "Kept from this person" in line)
    kept, everything = (int(word) for word in line.split() if word.isdigit())
    assert 0 < kept < everything


def test_a_consent_for_the_giver_alone_says_so(family: Run, tmp_path: Path) -> None:
    target = ("report", "K-001", "-o", str(tmp_path / "l.pdf"), *PRINTED)
    alone = family(*BROTHER, "--given", "2022-08-03", *WHY)
    assert "opens the giver's own data only" in alone.err
    assert "person sought is not named in this paper" in family(*target).err
    assert "Without --necessity" in family(*BROTHER, "--given", "2022-08-03", "--scope", "own_and_sought").err
    assert family(*BROTHER, "--given", "2022-08-03", "--scope", "own").err == ""
    assert family(*BROTHER, "--given", "2022-08-03", "--scope", "own_and_sought", *WHY).err == ""
    assert family(*target).err == ""


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_a_paper_nobody_consented_to_is_refused_by_the_name_of_its_purpose(
    family: Run, tmp_path: Path, language: str
) -> None:
    ended = family("report", "K-001", "-o", str(tmp_path / "l.pdf"), "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    assert translator(language).text(Purpose.LAWYER.label) in ended.err
    assert "Purpose" not in ended.err


def test_the_lawyers_paper_is_not_printed_for_a_relative_by_mistake(tell: Run, tmp_path: Path) -> None:
    """Without `--profile family` it would be the lawyer's, with everything that is kept from her."""
    target = tmp_path / "mother.pdf"
    ended = tell("report", "K-001", "-o", str(target), "--for", "Нина", *PRINTED)
    assert (ended.code, ended.out) == (1, "")
    assert "--profile family" in ended.err
    assert not target.exists()


def test_an_entry_to_be_let_out_must_be_one_of_the_case(tell: Run, tmp_path: Path) -> None:
    target = tmp_path / "l.pdf"
    ended = tell("report", "K-001", "-o", str(target), "--release", "zzz=защитник просит", *PRINTED)
    assert (ended.code, ended.out, target.exists()) == (1, "", False)
    assert "“zzz” is no entry of this case" in ended.err


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"])
def test_a_time_of_printing_no_zone_can_tell_is_refused(tell: Run, tmp_path: Path, time: str) -> None:
    ended = tell("report", "K-001", "-o", str(tmp_path / "l.pdf"), "--printed-at", time)
    assert (ended.code, ended.out) == (1, "")
    assert "is not a time" in ended.err


def test_no_vault_is_made_where_one_stands_because_a_variable_was_empty(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = list(tmp_path.iterdir())
    for command in ("create", "demo"):
        assert run(command, "").code == 2
    assert run("report", "K-001", "-o", "").code == 2
    assert list(tmp_path.iterdir()) == before


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_help_and_wrong_usage_leave_no_english(run: Run, language: str) -> None:
    told = run("log", "sign", "--help", "--lang", language).out
    assert f"unverified ({translator(language).text('unverified text')})" in " ".join(told.split())
    for english in ("Usage:", "Options:", "Commands:", "Show this"):
        assert english not in told
        assert english not in run("--help", "--lang", language).out
    assert "required" not in run("report", "--help", "--lang", language).out
    wrong = (("list", "--limit"), ("list", "--json=1"), ("list", "extra"), (), ("--vault", "x"))
    for words in wrong:
        ended = run("--lang", language, *words)
        assert (ended.code, ended.out) == (2, "")
        for english in ("requires", "does not take", "unexpected", "Missing"):
            assert english not in ended.err
