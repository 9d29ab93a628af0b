"""Bad input: each a clear sentence in the chosen language, code 1, nothing lost, nothing half-written, no traceback."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from family_case.i18n import translator
from family_case.model.base import LONGEST_TEXT
from family_case.services.forms import LOGGED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Ended, Run

SIGN = ("log", "sign", "K-001", "--class", "voice")
NOTE = ("log", "note", "K-001", "--text")
PAID = ("log", "payment", "K-001", "--happened", "2022-08-20", "--currency", "RUB")
WHEN = ("--happened", "2022-08-01")
NO_DATE = (
    "“{value}” is not a date that exists. Write 2022-07-08, 08.07.2022, 2022-07, 2022 or 2022-07-25/2022-07-31. "
    "Nothing was saved."
)
CODES = "voice, video, known_number, check_answered, handwriting, unverified, third_party, caller_claim, media, account"


@dataclass(frozen=True, slots=True)
class Bad:
    """A command that must be refused, and the sentence (a message of the catalogue) with its values."""

    command: tuple[str, ...]
    message: str
    values: dict[str, object]


def bad(*command: str, says: str, **values: object) -> Bad:
    return Bad(command, says, values)


REFUSED = {
    "unknown code": bad(
        "log", "note", "K-999", "--text", "x", says="There is no case and no record “{ref}” in this vault.", ref="K-999"
    ),
    "unknown code, shown": bad("show", "нет", says="There is no case and no record “{ref}” in this vault.", ref="нет"),
    "no such day": bad(*SIGN, "--happened", "31.02.2022", says=NO_DATE, value="31.02.2022"),
    "no such month": bad(*SIGN, "--happened", "2022-13", says=NO_DATE, value="2022-13"),
    "no date at all": bad(*SIGN, "--happened", "вчера", says=NO_DATE, value="вчера"),
    "ends before it begins": bad(
        *SIGN,
        "--happened",
        "2022-08/2022-07",
        says="“{value}” ends before it begins. Nothing was saved.",
        value="2022-08/2022-07",
    ),
    "no number": bad(
        "log",
        "approach",
        "K-001",
        *WHEN,
        "--number",
        "позвонили",
        says="“{value}” is not a phone number. Nothing was saved; check the digits, or log it as an account.",
        value="позвонили",
    ),
    "number too short": bad(
        "log",
        "approach",
        "K-001",
        *WHEN,
        "--number",
        "12",
        says="“{value}” is not a phone number. Nothing was saved; check the digits, or log it as an account.",
        value="12",
    ),
    "negative money": bad(
        *PAID, "--amount", "-500", says="An amount cannot be negative: “{value}”. Nothing was saved.", value="-500"
    ),
    "money that is none": bad(
        *PAID,
        "--amount",
        "много",
        says="“{value}” is not an amount. Write 100000 or 1200,50. Nothing was saved.",
        value="много",
    ),
    "unknown currency": bad(
        "log",
        "payment",
        "K-001",
        *WHEN,
        "--amount",
        "5",
        "--currency",
        "рубли",
        says="“{value}” is not a currency code such as RUB, UAH or USD. Nothing was saved.",
        value="рубли",
    ),
    "unknown code of a class": bad(
        "log",
        "sign",
        "K-001",
        *WHEN,
        "--class",
        "sms",
        says="“{value}” is not one of: {choices}. Nothing was saved.",
        value="sms",
        choices=CODES,
    ),
    "a megabyte of text": bad(
        *NOTE,
        "я" * 1_000_000,
        says="The text has {length} characters; a field holds {limit}. Nothing was saved; please shorten or split it.",
        length=1_000_000,
        limit=LONGEST_TEXT,
    ),
    "NUL": bad(
        *NOTE,
        "до\0после",
        says="The text holds a control character (U+{code}). Nothing was saved; remove it and try again.",
        code="0000",
    ),
    "escape": bad(
        *NOTE,
        "\x1b[31mкрасный",
        says="The text holds a control character (U+{code}). Nothing was saved; remove it and try again.",
        code="001B",
    ),
    "bytes that are no text": bad(
        *NOTE,
        "обрыв\udcff",
        says="The text holds a control character (U+{code}). Nothing was saved; remove it and try again.",
        code="DCFF",
    ),
    "duplicate code": bad(
        "case",
        "add",
        "--code",
        "k-001",
        says="There is a case “{code}” already. Nothing was saved; choose another code.",
        code="K-001",
    ),
    "a stranger to the case": bad(
        "log",
        "conversation",
        "K-001",
        *WHEN,
        "--with",
        "Никто",
        says="Nobody called “{name}” is known in this case. Add the person first, or check the spelling. "
        "Nothing was saved.",
        name="Никто",
    ),
    "a missing field": bad(
        "log",
        "sign",
        "K-001",
        says="“{noun}” needs: {fields}. Nothing was saved.",
        noun=LOGGED["sign"],
        fields="--happened, --class",
    ),
    "neither yes nor no": bad(
        "person",
        "add",
        "--case",
        "K-001",
        "--role",
        "mother",
        "--claimed",
        "может",
        says="“{value}” is neither yes nor no. Nothing was saved.",
        value="может",
    ),
    "no number of people": bad(
        *NOTE,
        "x",
        "--hands",
        "двое",
        says="“{value}” is not a whole number for “{field}”. Nothing was saved.",
        value="двое",
        field="--hands",
    ),
    "no day to look from": bad(
        "list", "--as-of", "2022-07", says="“{value}” is not one day. Write it as 2022-08-22.", value="2022-07"
    ),
    "no number of lines": bad(
        "list", "--limit", "-3", says="“{value}” is not a number of lines from 1 on.", value="-3"
    ),
    "a number of lines too large to be one": bad(
        "today", "--limit", "9" * 5000, says="“{value}” is not a number of lines from 1 on.", value="9" * 300 + "…"
    ),
    "no time of printing": bad(
        "report",
        "K-001",
        "-o",
        "x.pdf",
        "--printed-at",
        "полдень",
        says="“{value}” is not a time. Write it as 2022-08-22T12:00:00Z.",
        value="полдень",
    ),
    "no language of ours": bad(
        "report",
        "K-001",
        "-o",
        "x.pdf",
        "--language",
        "fr",
        says="“{value}” is not a language of this program: {choices}.",
        value="fr",
        choices="en, ru, uk",
    ),
    "no profile": bad(
        "report",
        "K-001",
        "-o",
        "x.pdf",
        "--profile",
        "press",
        says="“{value}” is not one of: {choices}. Nothing was saved.",
        value="press",
        choices="lawyer, family",
    ),
    "a release without reason": bad(
        "report",
        "K-001",
        "-o",
        "x.pdf",
        "--release",
        "abc",
        says="“{value}” does not say which entry and why. Write the entry's id, “=” and the reason.",
        value="abc",
    ),
}


def _counts(run: Run) -> object:
    facts = json.loads(run("verify", "--json").out)
    assert facts["ok"] is True
    return facts["heads"], facts["cases"]


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words_and_nothing_is_written(run: Run, name: str, tmp_path: Path) -> None:
    each = REFUSED[name]
    run("case", "add", "--code", "K-001", "--name", "Лебедев Артём Игоревич")
    before = _counts(run)
    for language in ("en", "ru", "uk"):
        told = run("--lang", language, *each.command)
        sentence = translator(language).text(each.message, **each.values)
        assert (told.code, told.out) == (1, "")
        assert told.err == sentence.encode(errors="backslashreplace").decode() + "\n"
    assert _counts(run) == before
    assert not list(tmp_path.glob("**/*.pdf"))


def test_text_in_two_directions_is_kept_and_shown_as_typed(run: Run) -> None:
    run("case", "add")
    text = "он сказал «\u202bאני בסדר\u202c» и по-арабски: أنا بخير, номер \u2066+7 900\u2069"
    made = run("log", "note", "K-001", "--text", text, "--source", text)
    shown = run("show", made.id, "--json").out
    assert json.loads(shown)["entry"]["text"] == text
    assert text in shown


WRONG = (
    ("gibberish",),
    ("log", "gibberish", "K-001"),
    ("log", "note"),
    ("log", "note", "K-001", "--gibberish", "1"),
    ("show",),
    ("show", "K-001", "K-002"),
    ("report", "K-001"),
    ("case",),
    ("log", "note", "K-001", "--text"),
    (),
)


@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(run: Run, command: tuple[str, ...]) -> None:
    ended = run(*command)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip()


def test_wrong_usage_is_said_in_the_chosen_language(run: Run) -> None:
    for language in ("en", "ru", "uk"):
        tr = translator(language)
        assert tr.text("There is no option “{name}” here.", name="--x") in run("--lang", language, "list", "--x").err
        assert tr.text("Something is missing: {name}.", name="REF") in run("--lang", language, "show").err


def test_an_unknown_language_of_the_interface_is_refused(run: Run) -> None:
    ended = run("list", "--lang", "fr")
    assert (ended.code, ended.err) == (1, "“fr” is not a language of this program: en, ru, uk.\n")


def test_without_a_vault_the_usage_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAMILY_CASE_VAULT")
    ended = run("list")
    assert ended.code == 2
    assert "--vault" in ended.err


def _said(ended: Ended) -> str:
    assert (ended.code, ended.out) == (1, "")
    return ended.err


def test_a_folder_that_is_no_vault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    assert _said(run("list", "--vault", str(tmp_path / "photos"))) == "There is no vault in this folder.\n"
    assert _said(run("list", "--vault", str(tmp_path / "nothing"))) == "There is no vault in this folder.\n"
    russian = translator("ru").text("There is no vault in this folder.")
    assert _said(run("list", "--lang", "ru", "--vault", str(tmp_path / "photos"))) == russian + "\n"
    assert list((tmp_path / "photos").iterdir()) == []


def test_a_vault_is_never_made_in_a_folder_that_holds_something(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"x")
    for command in ("create", "demo"):
        assert "is not an empty folder" in _said(run(command, str(tmp_path / "photos")))
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["one.jpg"]


def test_the_wrong_passphrase_and_files_that_hold_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("not the words\n", encoding="utf-8")
    assert "passphrase" in _said(run("list", "--passphrase-file", str(file)))
    assert "not the words" not in run("list", "--passphrase-file", str(file)).err
    file.write_bytes("слова".encode("cp1251"))
    assert "not text in UTF-8" in _said(run("list", "--passphrase-file", str(file)))
    file.write_bytes(b"")
    assert "empty" in _said(run("list", "--passphrase-file", str(file)))
    assert "is not there" in _said(run("list", "--passphrase-file", str(tmp_path / "absent")))


def test_a_folder_that_may_not_be_read(run: Run, vault_folder: Path, ordinary_user: None) -> None:
    vault_folder.chmod(0)
    try:
        assert "does not permit access" in _said(run("list"))
    finally:
        vault_folder.chmod(0o700)
    assert run("verify").code == 0


def test_a_folder_that_may_only_be_read(run: Run, vault_folder: Path, ordinary_user: None) -> None:
    run("case", "add")
    files = {path: path.read_bytes() for path in vault_folder.iterdir() if path.name != "lock"}
    for path in vault_folder.iterdir():
        path.chmod(0o400)
    vault_folder.chmod(0o500)
    try:
        told = _said(run("log", "note", "K-001", "--text", "x"))
    finally:
        vault_folder.chmod(0o700)
        for path in vault_folder.iterdir():
            path.chmod(0o600)
    assert told.strip()
    assert {path: path.read_bytes() for path in files} == files
    assert json.loads(run("list", "--json").out)[0]["code"] == "K-001"


def test_a_vault_cannot_be_made_where_nothing_may_be_written(run: Run, tmp_path: Path, ordinary_user: None) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert "does not permit" in _said(run("create", str(closed / "vault")))
    assert "does not permit" in _said(run("demo", str(closed / "vault")))
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_a_vault_too_heavy_for_this_computer_opens_only_when_that_is_accepted(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("family_case.crypto.header.installed_ram", lambda: 100 << 20)
    told = translator(language).text(
        "Opening this vault needs {needed} MB of memory; this computer has {present} MB. Nothing was done. "
        "To try all the same, add --accept-weight.",
        needed=64,
        present=100,
    )
    assert _said(run("--lang", language, "case", "add")) == told + "\n"
    assert run("--lang", language, "--accept-weight", "case", "add", "--code", "K-001").code == 0
    assert run("list", "--accept-weight").out.startswith("K-001\t")


@pytest.mark.parametrize(("typed", "shown"), [("\x1b[31mK", "<U+001B>[31mK"), ("\u202eK-001", "<U+202E>K-001")])
def test_what_is_typed_cannot_turn_the_terminal(run: Run, typed: str, shown: str) -> None:
    assert _said(run("show", typed)) == f"There is no case and no record “{shown}” in this vault.\n"
    if "\x1b" not in typed:  # that one no field takes
        run("case", "add", "--code", "K-002", "--alias", typed)
        assert run("list").out.startswith(f"K-002\t{shown}\t")
