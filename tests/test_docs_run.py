"""Every shell command of the documents runs, by a real shell, as it stands there; a line that nothing runs fails.

The console sessions of `docs/cli.md` are run line by line in `tests/cli/test_doc.py`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from family_case._bootstrap.place import fits, here
from tests.cli.walk import BLOCK
from tests.vaults import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "SECURITY.md", "CHANGELOG.md")] + sorted((ROOT / "docs").glob("*.md"))
WALKED = {"console": "tests/cli/test_doc.py", "sh": "below"}  # kinds of blocks that hold commands
PLAIN = "python3 -m family_case"
TESTS = "python3 -m tests"
HELP = "python3 -m family_case --help"
ANY_COMMAND = "python3 -m family_case COMMAND"  # how commands are written; each of its table runs in tests/cli
CATALOGUES = ".venv/bin/python .ci/catalogues.py update"
BENCH = "python3 -m tests.bench [--json] [--cases N] [--rounds N] [--folder DIR] [--large N] [--keep DIR]"
FAULTS = "python3 -m tests.faults [--only F4[,F5]] [--seed S] [--resume] [--json] [--fast] [--most N] [--folder DIR]"
RUN_BELOW = {PLAIN, TESTS, HELP, ANY_COMMAND, CATALOGUES, BENCH, FAULTS}
# a line that a reader would type: a known program and at least a word for it
TYPED = re.compile(
    r"(?:\$ )?(?:(?:\S*/)?(?:python3?|py|pip|pipx|git|sh|bash|ruff|mypy|pytest|coverage) \S|export \w+=).*"
)
SH = shutil.which("sh") or ""
SHELL = pytest.mark.skipif(not SH, reason="NOT RUN HERE: a system without its shell")


def first_session() -> str:
    """The block of `docs/cli.md` that begins with the demo."""
    return next(
        str(block) for kind, block in BLOCK.findall((ROOT / "docs" / "cli.md").read_text("utf-8")) if kind == "sh"
    )


def typed(text: str) -> set[str]:
    """Everything in a page that a reader would type, but for the blocks that are run whole."""
    blocks = [(kind, block) for kind, block in BLOCK.findall(text) if kind != "console" and block != first_session()]
    rest = BLOCK.sub("", text)
    lines = [line for _kind, block in blocks for line in block.splitlines()]
    lines += [line.strip() for line in rest.splitlines() if line.startswith("    ")]
    lines += re.findall(r"`([^`\n]+)`", rest)
    return {line for line in lines if TYPED.fullmatch(line) and not re.fullmatch(r"\S+ -m", line)}


def in_shell(line: str, folder: Path, python: str = "bin/python3", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `line` by the system's shell in `folder`; what it calls `python` is this very interpreter."""
    named = folder / python
    named.parent.mkdir(parents=True, exist_ok=True)
    named.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
    named.chmod(0o700)
    kept = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    path = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return subprocess.run(
        [SH, "-e", "-c", line],
        cwd=folder,
        env={**kept, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_gives_a_command_that_nothing_runs(path: Path) -> None:
    assert typed(path.read_text("utf-8")) - RUN_BELOW == set()


def test_every_command_that_runs_below_stands_in_a_page() -> None:
    assert set().union(*(typed(path.read_text("utf-8")) for path in PAGES)) == RUN_BELOW


def test_a_block_says_what_it_is_when_it_holds_commands() -> None:
    for path in PAGES:
        for kind, block in BLOCK.findall(path.read_text("utf-8")):
            assert kind in WALKED or not any(TYPED.fullmatch(line) for line in block.splitlines()), path.name
            assert kind != "console" or path.name == "cli.md", "nothing runs this session"


@SHELL
@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN HERE: other systems always have a display")
def test_the_first_command_without_a_display_makes_the_paper_and_the_picture(tmp_path: Path) -> None:
    done = in_shell(PLAIN, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    papers, pictures = (list((tmp_path / "output").glob(f"*.{kind}")) for kind in ("pdf", "png"))
    assert len(papers) == len(pictures) == 1
    assert "K-001" in PdfReader(papers[0]).pages[0].extract_text()
    assert pictures[0].read_bytes().startswith(b"\x89PNG")
    for made in (*papers, *pictures):
        assert str(made) in done.stdout


@SHELL
def test_the_second_command_runs_tests(tmp_path: Path) -> None:
    """On one small file: all tests cannot run within themselves. Their environment is the one the command made."""
    if not fits(here()):
        pytest.skip("NOT RUN HERE: the environment of this checkout was not made by its own command")
    done = in_shell(f"{TESTS} -q -p no:cacheprovider tests/test_files.py", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d+ passed", done.stdout, re.MULTILINE)


@SHELL
def test_help_is_given(tmp_path: Path) -> None:
    done = in_shell(HELP, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--accept-weight" in done.stdout


@SHELL
def test_the_catalogues_are_renewed_and_have_nothing_to_lose(tmp_path: Path) -> None:
    for room in ("family_case", "ui", ".ci", "resources/locale"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    files = sorted((tmp_path / "resources" / "locale").rglob("*.po"))
    before = [file.read_bytes() for file in files]
    done = in_shell(CATALOGUES, tmp_path, ".venv/bin/python", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(files) == 3
    assert [file.read_bytes() for file in files] == before


@SHELL
@pytest.mark.parametrize("line", [BENCH, FAULTS])
def test_figures_are_asked_for_with_the_options_that_are_told(tmp_path: Path, line: str) -> None:
    """Tiny ones are taken in `tests/test_bench.py` and `tests/test_faults.py`; here the module knows each option."""
    command, *options = line.split(" [--")
    done = in_shell(f"{command} --help", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for option in options:
        assert f"--{option.split()[0].rstrip(']')}" in done.stdout


@SHELL
def test_the_first_session_of_the_command_line_runs_by_a_shell(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text(PASSPHRASE + "\n", "utf-8")
    done = in_shell(first_session(), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "K-001\t" in done.stdout  # what `today` says
    paper = PdfReader(tmp_path / "k-003.pdf")
    assert "K-003" in paper.pages[0].extract_text()
