"""F14: each check of a published list is taken out of a copy of the program, and its tests must fail.

The list is `removed.toml`. Before that, the named tests must pass on the copy as it is, else they prove nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tests.faults.play import HERE
from tests.faults.row import Row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.row import Plan

ROOT = HERE.parents[1]
FEW = 2
_COPIED = ("family_case", "ui", "resources", "tests", "docs", "pyproject.toml")
_AT_ONCE = 2
_PATIENCE = 900  # seconds for one file of tests
_FAILED = 1  # pytest's code for tests that failed; others say that none were run


@dataclass(frozen=True, slots=True)
class Removed:
    """What is removed, where, and which tests see it."""

    what: str
    file: str
    find: str
    put: str
    tests: str


def checks() -> list[Removed]:
    """The published list."""
    return [Removed(**each) for each in tomllib.loads((HERE / "removed.toml").read_text("utf-8"))["check"]]


def tried(plan: Plan) -> Row:
    """Two of them in the suite, else all."""
    dice = plan.dice("removed checks")
    chosen = [dice.one(checks()) for _ in range(FEW)] if plan.fast else checks()
    trees: SimpleQueue[Path] = SimpleQueue()
    for number in range(_AT_ONCE):
        trees.put(_copy(plan.folder / f"tree {number}"))
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        sets = sorted({each.tests for each in chosen})
        sound = list(workers.map(lambda tests: _ended(trees, tests, None), sets))
        failed = [
            f"without any change: {tests}: {said}" for tests, (code, said) in zip(sets, sound, strict=True) if code
        ]
        seen = list(workers.map(lambda each: _ended(trees, each.tests, each), chosen))
    for each, (code, said) in zip(chosen, seen, strict=True):
        if code != _FAILED:
            failed.append(f"{each.what} ({each.file}): " + ("nothing failed" if code == 0 else f"code {code}: {said}"))
    return Row("F14", "removed checks: each is seen to fail a test", len(chosen), tuple(failed))


def _copy(tree: Path) -> Path:
    tree.mkdir()
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tree / name)
    return tree


def _ended(trees: SimpleQueue[Path], tests: str, removed: Removed | None) -> tuple[int, str]:
    """Code and last line of pytest in a tree of its own, with one check removed."""
    tree = trees.get()
    file = tree / removed.file if removed else tree / "pyproject.toml"
    before = file.read_text("utf-8")
    try:
        if removed:
            assert before.count(removed.find) == 1, f"{removed.file} has not once: {removed.find}"
            file.write_text(before.replace(removed.find, removed.put), "utf-8")
        return _run(tree, tests)
    finally:
        file.write_text(before, "utf-8")
        trees.put(tree)


def _run(tree: Path, tests: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider"]
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*command, *tests.split()],
        cwd=tree,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=_PATIENCE,
    )
    lines = [line for line in done.stdout.splitlines() if line.strip()] or [done.stderr.strip()[-200:]]
    return done.returncode, lines[-1]
