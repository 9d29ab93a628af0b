"""The fast share of every figure of the room of faults, and what holds the room itself together."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.faults import f14_removed_checks, run
from tests.faults.play import modules, play
from tests.faults.row import Plan, Row
from tests.not_run import not_run_here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("module", modules())
def test_what_is_promised_holds(module: str, tmp_path: Path) -> None:
    row = play(module, Plan(tmp_path, fast=True))
    if row.not_run:
        not_run_here(row.not_run)
    assert row.failed == ()
    assert row.tried
    assert row.passed


def test_every_row_is_named_by_its_figure() -> None:
    assert set(modules().values()) == set(run.FIGURES)
    assert all(re.fullmatch(r"F\d+|lock", figure) for figure in run.FIGURES)


# --- the runner ---


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> dict[str, Row]:
    """Two figures that answer at once, in the place of the real ones; F2's answer may be changed."""
    rows = {"f01_a": Row("F1", "lives", 3), "f02_b": Row("F2", "kills", 5)}
    monkeypatch.setattr(run, "FIGURES", ("F1", "F2"))
    monkeypatch.setattr(run, "modules", lambda: {"f01_a": "F1", "f02_b": "F2"})
    monkeypatch.setattr(run, "played", lambda _command, name, _plan, **_: rows[name])
    return rows


def told(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, what was printed, what was said on the way."""
    code = run.main(["--folder", str(folder), *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_table_tells_each_figure_with_how_often_it_was_tried(
    invented: dict[str, Row], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, tmp_path)
    assert code == 0
    assert "| F1 | lives | 3 | held |" in out
    assert "SQLCipher 4" in out
    assert len(invented) == out.count("| held |")


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (Row("F2", "kills", 5, ("round 4: lost",)), "FAILED"),
        (Row("F2", "kills", 0), "FAILED"),
        (Row("F2", "kills", 0, not_run="no strace"), "NOT RUN"),
    ],
)
def test_a_row_that_failed_or_did_not_run_is_no_success(
    invented: dict[str, Row], tmp_path: Path, capsys: pytest.CaptureFixture[str], row: Row, word: str
) -> None:
    invented["f02_b"] = row
    code, out, _ = told(capsys, tmp_path)
    assert (code, out.count(f"| {word} |")) == (1, 1)
    assert all(line in out for line in (*row.failed, row.not_run))


def test_a_figure_that_nothing_tries_is_no_success(
    invented: dict[str, Row], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "FIGURES", (*run.FIGURES, "F3"))
    code, _, err = told(capsys, tmp_path)
    assert code == 1
    assert "F3: nothing tries it" in err
    assert invented


def test_going_on_leaves_out_what_held_and_tries_again_what_did_not(
    invented: dict[str, Row], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented["f02_b"] = Row("F2", "kills", 5, ("round 4: lost",))
    told(capsys, tmp_path)
    invented.update(f01_a=Row("F1", "lives", 99), f02_b=Row("F2", "kills", 7))
    code, out, _ = told(capsys, tmp_path, "--resume")
    assert code == 0
    assert "| lives | 3 |" in out
    assert "| kills | 7 |" in out
    _, out, _ = told(capsys, tmp_path, "--resume", "--seed", "2")
    assert "| lives | 99 |" in out  # another seed plays something else


def test_json_says_when_with_what_and_how_often(
    invented: dict[str, Row], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = told(capsys, tmp_path, "--json", "--only", "F2", "--seed", "s", "--fast")
    found = json.loads(out)
    assert set(found) == {"date", "versions", "seed", "seconds", "rows"}
    (row,) = found["rows"]
    assert (row["figure"], row["tried"], row["how"], row["verdict"]) == ("F2", 5, "fast", "held")
    assert found["seed"] == "s"
    assert invented


# --- the list of removed checks ---


def test_every_check_of_the_list_still_stands_where_it_says() -> None:
    listed = f14_removed_checks.checks()
    assert len(listed) >= 40
    assert len({(each.file, each.find, each.put) for each in listed}) == len(listed)
    astray = [each.what for each in listed if (run.ROOT / each.file).read_text("utf-8").count(each.find) != 1]
    assert astray == []
    named = {word for each in listed for word in each.tests.split() if word.startswith("tests/")}
    assert [name for name in named if not (run.ROOT / name).exists()] == []
