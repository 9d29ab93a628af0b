"""`docs/cli.md` and the program say the same: each command, each option, each key of JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from family_case.cli import program
from family_case.cli.enter import STDIN
from family_case.cli.frame import Frame
from family_case.crypto.kdf import FLOOR
from family_case.i18n import translator
from family_case.services.forms import LOGGED
from tests.cli.walk import BLOCK, Walk, steps
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Run

DOC = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
EVERYWHERE = {
    "--vault",
    "--passphrase-file",
    "--recovery-file",
    "--keyring",
    "--lang",
    "--accept-weight",
    "--read-only",
}
PLAIN = {"--help", "--version"}


def table(heading: str) -> dict[str, str]:
    """First cell (without code marks) to last cell of the table that begins with `heading`."""
    lines = DOC.partition(f"| {heading} |")[2].splitlines()[2:]
    rows = [line.strip("|").split("|") for line in lines[: next(n for n, line in enumerate(lines) if not line)]]
    return {cells[0].strip().replace("`", ""): cells[-1] for cells in rows}


def commands(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each command with the words that call it and its arguments."""
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from commands(each, f"{path} {name}".strip())
    else:
        arguments = [str(each.metavar) for each in command.params if isinstance(each, click.Argument)]
        yield " ".join([path, *arguments]), command


def options(command: click.Command) -> set[str]:
    """Every spelling of the command's own options."""
    spelled = {name for each in command.params if isinstance(each, click.Option) for name in each.opts}
    return spelled - EVERYWHERE - PLAIN


@pytest.fixture
def known() -> dict[str, click.Command]:
    return dict(commands(program(Frame(translator("en")))))


def test_each_command_is_described_with_each_of_its_options_and_no_other(known: dict[str, click.Command]) -> None:
    described = {name: set(re.findall(r"`(-[\w-]+)`", cell)) for name, cell in table("command").items()}
    assert described == {name: options(command) for name, command in known.items()}


def test_each_option_has_a_line_of_its_own(known: dict[str, click.Command]) -> None:
    described = set(re.findall(r"^\| `(--[\w-]+)`", DOC, re.MULTILINE))
    assert described == set().union(*map(options, known.values())) - {"-o"} | EVERYWHERE


def test_every_code_a_person_may_type_is_named(known: dict[str, click.Command]) -> None:
    codes = {str(code.value) for form in LOGGED.values() for field in form.fields for code in field.choices or ()}
    assert [code for code in codes if not re.search(rf"\b{code}\b", DOC)] == []


def test_every_command_takes_the_options_of_all(known: dict[str, click.Command]) -> None:
    assert {
        name for command in known.values() for each in command.params for name in each.opts
    } & EVERYWHERE == EVERYWHERE
    for command in known.values():
        assert {name for each in command.params for name in each.opts} >= EVERYWHERE


def test_what_a_log_needs_is_told() -> None:
    for noun, form in LOGGED.items():
        needed = ", ".join(f"`--{field.name.replace('_', '-')}`" for field in form.fields if field.required)
        assert f"`{noun}` {needed}" in DOC


def test_standard_input_is_described() -> None:
    assert f"given as `{STDIN}`" in DOC


def test_the_keys_of_json_are_the_ones_described(tell: Run, passphrase_file: Path) -> None:
    tell("attach", "K-001", str(passphrase_file))
    page = json.loads(tell("show", "K-001", "--json").out)
    entry = next(item["id"] for item in page["timeline"] if item["entry"])
    calls = {
        "show case": ("show", "K-001"),
        "show entry": ("show", entry),
        "show person": ("show", page["people"][0]["person"]["id"]),
        "search": ("search", "Лебедев"),
        "history": ("history", "K-001"),
        "attachments": ("attachments", "K-001"),
        "subject-access": ("subject-access", page["people"][0]["person"]["id"]),
        **{name: (name,) for name in ("info", "list", "today", "verify", "undo", "seizure")},
    }
    described = {name: re.findall(r"`(\w+)`", cell) for name, cell in table("listing").items()}
    assert set(described) == {*calls, "show other"}
    for name, call in calls.items():
        facts = json.loads(tell(*call, "--json").out)
        assert list(facts[0] if isinstance(facts, list) else facts) == described[name], name
    assert json.loads(tell("show", page["consents"][0]["id"], "--json").out)["table"] == "consent"


def test_the_day_by_command_line_runs_as_it_stands(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("family_case.crypto.kdf.calibrate", lambda *_: FLOOR)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vault").rename(tmp_path / "other")  # the page makes its own
    (tmp_path / "words.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    walk = Walk(run, monkeypatch)
    taken = [step for kind, block in BLOCK.findall(DOC) if kind == "console" for step in steps(block)]
    for step in taken:
        walk.take(step)
    assert {"create", "case", "person", "consent", "withholding", "list", "today", "show", "search", "history", "undo",
            "report", "verify", *LOGGED} <= {word for step in taken for word in step.command.split()}  # fmt: skip
    for paper in ("k-001.pdf", "mother.pdf"):
        assert (tmp_path / paper).read_bytes().startswith(b"%PDF-")
