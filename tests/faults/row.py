"""What a fault's module is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from family_case.chance import Dice

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Plan:
    """How to try: in which empty folder, from which seed (the same seed plays the same), and how much of it."""

    folder: Path
    seed: str = "1"
    fast: bool = False
    most: int = 0  # rounds of each kind, where less than the whole is wished; 0: no limit

    def rounds(self, many: int, few: int) -> int:
        """How many rounds: `few` in the suite, else `many`, or as many as wished."""
        return few if self.fast else min(many, self.most or many)

    def dice(self, what: str) -> Dice:
        """Chance of this plan's seed for `what`."""
        return Dice(f"{self.seed}/{what}")


@dataclass(frozen=True, slots=True)
class Row:
    """What came out: `name` of the figure, rounds `tried`, what `failed` (a line each), and `notes` for the table.

    `not_run` says why nothing could be tried here; such a row is no success.
    """

    name: str
    what: str
    tried: int
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    not_run: str = ""

    @property
    def passed(self) -> bool:
        """Whether something was tried and nothing failed."""
        return bool(self.tried) and not self.failed and not self.not_run


def row_of(told: Mapping[str, Any]) -> Row:
    """The row that JSON tells."""
    failed, notes = tuple(map(str, told["failed"])), tuple(map(str, told["notes"]))
    return Row(str(told["name"]), str(told["what"]), int(told["tried"]), failed, notes, str(told["not_run"]))
