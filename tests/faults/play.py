"""Plays one figure: `python -m tests.faults.play MODULE FOLDER SEED whole|fast|N` prints its row as JSON.

The runner plays each figure in a process of its own, so that one that ends badly takes no other with it. What needs
disks of its own is played once more within: with mounts that nobody else sees and that are gone at its end.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tests.faults.row import Plan, Row, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
LONGEST = 90 * 60  # seconds for one figure
FAST, WHOLE = "fast", "whole"
_MOUNTING = (("unshare", "-Urnm"), ("unshare", "-nm"))  # as anybody, where that is allowed; as root


def modules() -> dict[str, str]:
    """Every figure's module, found by its name (`f02_doors`: F2, `f_lock`: lock). One figure may have several."""
    numbered = {file.stem: f"F{int(file.stem[1:3])}" for file in sorted(HERE.glob("f[0-9][0-9]_*.py"))}
    return numbered | {file.stem: file.stem[2:] for file in sorted(HERE.glob("f_*.py"))}


def play(module: str, plan: Plan, function: str = "tried") -> Row:
    """Load a figure's module and try it."""
    tried = cast("Callable[[Plan], Row]", getattr(importlib.import_module(f"tests.faults.{module}"), function))
    return tried(plan)


def played(command: Sequence[str], module: str, plan: Plan, function: str = "tried", **settings: str) -> Row:
    """Play in a process of its own, started by `command`; one that ends badly is a row that failed."""
    words = [module, str(plan.folder), plan.seed, how(plan), function]
    full = [*command, sys.executable, "-m", "tests.faults.play", *words]
    figure = modules().get(module, module)
    try:
        done = subprocess.run(
            full,
            cwd=HERE.parents[1],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return Row(figure, module, 0, (f"{module} did not end within {LONGEST} s",))
    if done.returncode:
        return Row(figure, module, 0, (f"{module} ended with code {done.returncode}",))
    return row_of(json.loads(done.stdout.splitlines()[-1]))


def played_within(module: str, plan: Plan, function: str, what: str) -> Row:
    """Play `function` of a figure's module where it may mount; not run where the system forbids that."""
    for command in _MOUNTING:
        try:
            allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        except OSError:
            allowed = False
        if allowed:
            return played(command, module, plan, function)
    return Row(modules()[module], what, 0, not_run="the system forbids mounts of our own")


def how(plan: Plan) -> str:
    """How much of it: the fast share, the whole, or at most so many rounds."""
    return FAST if plan.fast else str(plan.most or WHOLE)


def main(module: str, folder: str, seed: str, much: str, function: str = "tried") -> None:
    """Play `module` in `folder` and print the row."""
    plan = Plan(Path(folder), seed, fast=much == FAST, most=int(much) if much.isdigit() else 0)
    print(json.dumps(asdict(play(module, plan, function)), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
