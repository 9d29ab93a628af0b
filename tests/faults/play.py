"""Plays one figure: `python -m tests.faults.play MODULE FOLDER SEED whole|fast` prints its row as JSON.

The runner plays each figure in a process of its own, so that one that ends badly takes no other with it.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tests.faults.row import Plan, Row

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent


def modules() -> dict[str, str]:
    """Every figure's module, found by its name: `f02_doors` -> "F2". One figure may have several."""
    return {file.stem: f"F{int(file.stem[1:3])}" for file in sorted(HERE.glob("f[0-9][0-9]_*.py"))}


def play(module: str, plan: Plan) -> Row:
    """Load a figure's module and try it."""
    tried = cast("Callable[[Plan], Row]", importlib.import_module(f"tests.faults.{module}").tried)
    return tried(plan)


def main(module: str, folder: str, seed: str, how: str) -> None:
    """Play `module` in `folder` and print the row."""
    row = play(module, Plan(Path(folder), seed, fast=how == "fast"))
    print(json.dumps(asdict(row), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
