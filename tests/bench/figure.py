"""One figure: the program and its floor by turns, and the ratio of their medians."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from family_case.hardening import collect_here

Timed = Callable[[], float]  # runs once and gives the seconds that count
WARM_UP = 1
GROWTH_GOAL = 1.5


class Sized(Protocol):
    """A vault with so many codes of cases."""

    @property
    def codes(self) -> list[str]:
        """Codes of its cases."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured against what: medians in milliseconds over `rounds`; `goal` None where there is none.

    `ours_ms` is None when the part is not there yet; `note` then says so.
    """

    name: str
    floor: str
    goal: float | None
    rounds: int
    ours_ms: float | None
    floor_ms: float | None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours in floors; None while one of them is not measured."""
        return self.ours_ms / self.floor_ms if self.ours_ms is not None and self.floor_ms else None

    @property
    def verdict(self) -> str:
        """Whether the goal is met."""
        if self.ratio is None:
            return "not there yet"
        if self.goal is None:
            return "no goal"
        return "met" if self.ratio <= self.goal else "missed"


def grown(what: str, large: Sized, little: Sized, rounds: int, both: tuple[float, float]) -> Figure:
    """The figure of the same work in a large vault against a little one."""
    cases, few = len(large.codes), len(little.codes)
    name = f"{what}, {cases:,} against {few:,} cases"
    return Figure(name, f"the same in a vault of {few:,} cases", GROWTH_GOAL, rounds, *both)


def seconds(work: Callable[[], object]) -> float:
    """Seconds `work` takes, and what it leaves to the collector of memory.

    The window has it collect between two things and never within one, and so has this.
    """
    gc.disable()
    start = time.perf_counter()
    work()
    collect_here()
    passed = time.perf_counter() - start
    gc.enable()
    return passed


def timed(work: Callable[[], object]) -> Timed:
    """`work` with its time, all of which counts."""
    return lambda: seconds(work)


def by_turns(ours: Timed, floor: Timed, rounds: int, units: int = 1) -> tuple[float, float]:
    """Medians in milliseconds per unit of `rounds` runs each, A B A B, after one round that does not count."""
    pairs = [(ours(), floor()) for _ in range(rounds + WARM_UP)][WARM_UP:]
    ours_s, floor_s = (median(side) for side in zip(*pairs, strict=True))
    return ours_s * 1000 / units, floor_s * 1000 / units
