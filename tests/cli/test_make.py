"""Making by command line: vaults, the demo, paper; and who is asked for the passphrase."""

from __future__ import annotations

import getpass
import json
import sys
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from family_case import __version__
from family_case.cli.make import LATE, load_late
from family_case.crypto.kdf import FLOOR
from family_case.i18n import translator
from family_case.services import casework, crowd
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PRINTED = ("--printed-at", "2022-08-22T12:00:00Z")


def test_create_makes_an_empty_vault_that_opens(run: Run, tmp_path: Path) -> None:
    made = run("create", str(tmp_path / "new"), "--language", "uk", "--zone", "Europe/Kyiv", "--region", "ua")
    assert (made.code, made.out) == (0, "")
    assert "Without the passphrase nobody can open this vault" in made.err
    facts = json.loads(run("info", "--json", "--vault", str(tmp_path / "new")).out)
    assert (facts["language"], facts["zone"], facts["phone_region"]) == ("uk", "Europe/Kyiv", "UA")
    assert (facts["cases"], facts["demo_day"]) == (0, "")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest cost allowed, where a test is not about finding the right one for this computer (seconds)."""
    monkeypatch.setattr("family_case.crypto.kdf.calibrate", lambda *_: FLOOR)


def test_create_without_options_takes_what_the_surroundings_say(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setenv("TZ", "Europe/Kyiv")
    run("--lang", "ru", "create", str(tmp_path / "new"))
    facts = json.loads(run("info", "--json", "--vault", str(tmp_path / "new")).out)
    assert (facts["language"], facts["zone"], facts["phone_region"]) == ("ru", "Europe/Kyiv", "RU")


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--zone", "Europe/Nowhere", "time zone"), ("--region", "XX", "country code"), ("--language", "fr", "language")],
)
def test_create_refuses_an_office_that_does_not_exist(
    run: Run, tmp_path: Path, option: str, value: str, says: str
) -> None:
    ended = run("create", str(tmp_path / "new"), option, value)
    assert ended.code == 1
    assert says in ended.err
    assert not (tmp_path / "new").exists()


def test_create_warns_of_a_weak_passphrase(run: Run, tmp_path: Path, quick: None) -> None:
    (tmp_path / "weak.txt").write_text("12345678", encoding="utf-8")
    made = run("create", str(tmp_path / "new"), "--passphrase-file", str(tmp_path / "weak.txt"))
    assert made.code == 0
    assert "This passphrase is weak" in made.err
    assert "12345678" not in made.err


def _sits_at_a_terminal(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    asked: list[str] = []
    left = list(answers)

    def answer(prompt: str, stream: object = None) -> str:
        asked.append(prompt)
        return left.pop(0)

    monkeypatch.delenv("FAMILY_CASE_PASSPHRASE_FILE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", answer)
    return asked


def test_a_person_is_asked_twice_for_a_new_passphrase_and_once_for_a_known_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    asked = _sits_at_a_terminal(monkeypatch, PASSPHRASE, PASSPHRASE, PASSPHRASE)
    assert run("create", str(tmp_path / "new")).code == 0
    assert asked == ["Passphrase: ", "The same once more: "]
    assert run("list", "--vault", str(tmp_path / "new")).code == 0
    assert len(asked) == 3


def test_two_passphrases_that_differ_make_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _sits_at_a_terminal(monkeypatch, PASSPHRASE, PASSPHRASE + "x")
    ended = run("create", str(tmp_path / "new"))
    assert (ended.code, ended.err) == (1, "The two passphrases differ. Nothing was created.\n")
    assert not (tmp_path / "new").exists()


def test_where_nobody_sits_nobody_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAMILY_CASE_PASSPHRASE_FILE")
    ended = run("list")
    assert ended.code == 1
    assert "There is nobody to ask for the passphrase" in ended.err


def test_ctrl_c_at_the_prompt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _sits_at_a_terminal(monkeypatch)

    def interrupted(prompt: str, stream: object = None) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(getpass, "getpass", interrupted)
    ended = run("list")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_the_demo_shows_its_fresh_passphrase_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAMILY_CASE_PASSPHRASE_FILE")
    made = run("demo", str(tmp_path / "demo"))
    assert (made.code, made.out) == (0, "")
    phrase = made.err.splitlines()[0].removeprefix("The passphrase of this demo vault: ")
    (tmp_path / "phrase.txt").write_text(phrase, encoding="utf-8")
    listed = run("list", "--vault", str(tmp_path / "demo"), "--passphrase-file", str(tmp_path / "phrase.txt"))
    assert len(listed.out.splitlines()) == 10


def test_the_demo_takes_a_passphrase_file_and_is_silent_about_it(run: Run, tmp_path: Path) -> None:
    made = run("demo", str(tmp_path / "demo"))
    assert made.code == 0
    assert PASSPHRASE not in made.err
    assert len(run("list", "--vault", str(tmp_path / "demo")).out.splitlines()) == 10


def test_the_demo_makes_more_invented_cases_and_tells_on_stderr_how_many_there_are(run: Run, tmp_path: Path) -> None:
    made = run("demo", str(tmp_path / "demo"), "--cases", "3", "--seed", "any")
    assert (made.code, made.out) == (0, "")
    assert made.err.splitlines()[-1] == "3 of 3 cases"
    listed = run("list", "--vault", str(tmp_path / "demo")).out.splitlines()
    assert [line.split()[0] for line in listed[10:]] == ["K-011", "K-012", "K-013"]


@pytest.mark.parametrize("wrong", ["-1", "many", "1000001", "", "٣"])
def test_what_is_no_number_of_cases_is_refused_before_anything_is_made(run: Run, tmp_path: Path, wrong: str) -> None:
    made = run("demo", str(tmp_path / "demo"), f"--cases={wrong}")
    assert (made.code, made.out) == (1, "")
    assert "is not a number of cases" in made.err
    assert not (tmp_path / "demo").exists()


def test_a_demo_that_is_stopped_tells_its_passphrase_and_what_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_values: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(crowd, "enter", interrupted)
    monkeypatch.delenv("FAMILY_CASE_PASSPHRASE_FILE")
    made = run("demo", str(tmp_path / "demo"), "--cases", "7")
    assert made.code == 130
    assert made.err.startswith("The passphrase of this demo vault: ")
    assert made.err.splitlines()[-1].startswith("Stopped. The vault is whole and has 0 of the 7 cases")


def test_a_vault_that_is_open_elsewhere_says_so(run: Run, vault_folder: Path) -> None:
    session = open_vault(vault_folder)
    try:
        ended = run("list")
        assert (ended.code, ended.out) == (1, "")
        assert "open in another window" in ended.err
    finally:
        session.close()
    assert run("list").code == 0


def test_the_lawyers_paper_is_the_same_bytes_for_the_same_case(tell: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "one.pdf", tmp_path / "two.pdf"
    made = tell("report", "K-001", "-o", str(first), "--language", "ru", *PRINTED, "--addressee", "адвокат")
    assert made.id
    assert json.loads(tell("show", made.id, "--json").out)["to_whom"] == "адвокат"
    tell("undo")
    assert tell("report", "K-001", "-o", str(second), "--language", "ru", *PRINTED, "--addressee", "адвокат").code == 0
    assert first.read_bytes()[:5] == b"%PDF-"
    assert first.read_bytes() == second.read_bytes()
    tell("undo")
    later = ("--printed-at", "2022-08-23T09:30+03:00")
    assert tell("report", "K-001", "-o", str(second), "--language", "ru", *later, "--addressee", "адвокат").code == 0
    assert first.read_bytes() != second.read_bytes()
    pages = [page.extract_text() for page in PdfReader(first).pages]
    assert "Рябина" in "".join(pages)


def test_a_relatives_extract_needs_the_relative_and_keeps_what_is_kept_from_her(tell: Run, tmp_path: Path) -> None:
    target = tmp_path / "mother.pdf"
    refused = tell("report", "K-001", "-o", str(target), "--profile", "family", *PRINTED)
    assert refused.code == 1
    assert not target.exists()
    made = tell(
        "report", "K-001", "-o", str(target), "--profile", "family", "--for", "Нина", "--language", "ru", *PRINTED
    )
    assert made.code == 0, made.err
    text = " ".join(page.extract_text() for page in PdfReader(target).pages)
    assert "Я еду" not in text
    assert "Пять миллионов" not in text
    assert "Со мной всё хорошо" in text


def _in_paper(tell: Run, target: Path) -> str:
    assert tell("report", "K-001", "-o", str(target), "--language", "en", *PRINTED).code == 0
    return " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())


def test_a_channel_nobody_named_stands_neither_in_the_paper_nor_on_the_line(tell: Run, tmp_path: Path) -> None:
    before = _in_paper(tell, tmp_path / "before.pdf")
    when = ("--happened", "2022-08-20")
    talk = tell("log", "conversation", "K-001", *when, "--with", "Нина").id
    said = (*when, "--told-in", talk)
    ids = [
        talk,
        tell("log", "approach", "K-001", *said, "--claimed-name", "Северин").id,
        tell("log", "request", "K-001", *said, "--document", "photo").id,
        tell("log", "sign", "K-001", *said, "--class", "caller_claim").id,
    ]
    after = _in_paper(tell, tmp_path / "after.pdf")
    assert "Северин" in after
    told = ("Channel: ", "phone", "channel not known")
    assert [after.count(word) for word in told] == [before.count(word) for word in told]
    lines = "".join(tell("show", each).out for each in ids)
    assert not any(word in lines for word in ("phone", "channel"))


def test_where_the_sex_is_known_a_sister_is_a_sister_named_or_not(tell: Run, tmp_path: Path) -> None:
    tell("person", "add", "--case", "K-001", "--role", "child", "--name", "Лебедева Аня", "--sex", "female")
    tell("person", "add", "--case", "K-001", "--role", "sibling", "--name", "Лебедев Саша")
    text = _in_paper(tell, tmp_path / "paper.pdf")
    assert "Роман Игоревич (brother)" in text
    assert "(half-sister)" in text
    assert "Оксана" not in text
    roles = [line.partition("\t")[0] for line in tell("show", "K-001").out.splitlines()]
    assert {"brother", "half-sister", "daughter", "brother or sister"} <= set(roles)


def test_a_paper_that_cannot_be_written_leaves_no_disclosure(tell: Run, tmp_path: Path) -> None:
    before = json.loads(tell("verify", "--json").out)["heads"]
    ended = tell("report", "K-001", "-o", str(tmp_path / "absent" / "k.pdf"))
    assert (ended.code, ended.out) == (1, "")
    assert json.loads(tell("verify", "--json").out)["heads"] == before


@pytest.mark.parametrize("name", LATE)
def test_what_is_loaded_late_is_there(name: str) -> None:
    assert callable(load_late(name))


def test_help_and_version_are_data_and_no_mistake(run: Run) -> None:
    shown = run("log", "sign", "--help", "--lang", "ru")
    assert (shown.code, shown.err) == (0, "")
    assert "--recognised-by" in shown.out
    assert translator("ru").text("Exact words") in shown.out
    assert run("--version").out == f"family_case {__version__}\n"


def test_a_mistake_of_the_program_tells_where_and_nothing_of_what(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("Лебедев")

    monkeypatch.setattr(casework, "cases", fails)
    with pytest.raises(KeyError) as caught:
        run("list", "--lang", "ru")
    sys.excepthook(caught.type, caught.value, caught.tb)
    told = capsys.readouterr().err
    sentence = "The program made a mistake of its own and stopped ({code}). What was saved before is kept."
    place = told.partition("(")[2].partition(")")[0]
    assert told == translator("ru").text(sentence, code=place) + "\n"
    assert place.startswith("KeyError test_make:")
    assert "Лебедев" not in told
