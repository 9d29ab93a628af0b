"""F13: a reader written from docs/vault-format.md alone finds what the program shows, in vaults of invented cases.

What it notices when something was altered, and that it knows nothing of the program, stands in
`tests/test_independent_reader.py`.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from family_case.services import crowd
from family_case.services.demo import fresh_demo
from tests.faults import ground
from tests.faults.row import Row
from tests.independent_reader import NotAsWritten
from tests.test_independent_reader import seen, told
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.row import Plan

MANY, FEW = 12, 1  # vaults
CASES, MORE = 5, 60  # of a vault, and up to so many more


def tried(plan: Plan) -> Row:
    """The demo, and vaults of invented cases."""
    dice = plan.dice("vaults")
    folders = [plan.folder / "demo"]
    fresh_demo(folders[0], PASSPHRASE)
    for number in range(plan.rounds(MANY, FEW)):
        folders.append(plan.folder / f"vault {number}")
        _filled(folders[-1], CASES + dice.below(plan.rounds(MORE, 1)), f"{plan.seed}/{number}")
    cases = 0
    failed: list[str] = []
    for folder in folders:
        shown = told(folder)
        cases += len(shown)
        try:
            read = seen(folder)
        except NotAsWritten as problem:
            failed.append(f"{folder.name}: {problem}")
            continue
        failed += [f"{folder.name}, case {code}" for code in {*shown, *read} if shown.get(code) != read.get(code)]
    what = "a reader of 150 lines, written from the page of the format alone, finds what the program shows"
    return Row("F13", what, len(folders), tuple(failed), (f"{cases:,} cases",))


def _filled(folder: Path, cases: int, seed: str) -> None:
    """A vault of so many invented cases."""
    root = ground.made(folder, seed)
    with closing(ground.opened(folder, root, f"filling {seed}")) as session:
        crowd.fill(session, cases, seed=seed, first=2)
