"""Measures all figures and prints them, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from family_case.services import crowd
from tests.bench.ground import IN_MEMORY, file_system, prepare
from tests.bench.keeping import backing_up
from tests.bench.memory import wiping
from tests.bench.printing import printing
from tests.bench.reading import opening, paging, searching
from tests.bench.scale import KEEP, folder_for, scaling
from tests.bench.starting import starting
from tests.bench.writing import logging_an_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figure import Figure
from tests.bench.ground import Ground

CASES, ROUNDS = 1000, 9


@dataclass(frozen=True, slots=True)
class Circumstances:
    """On what was measured: day (UTC), versions, sizes and the file system that waited for the disk."""

    date: str
    versions: dict[str, str]
    cases: int
    entries: int
    file_system: str


def main(arguments: list[str]) -> int:
    """Measure and print; 1 with a sentence when the folder lies in memory."""
    wanted = _wanted(arguments)
    with tempfile.TemporaryDirectory(prefix="family-case-figures-", dir=wanted.folder) as home:
        kind = file_system(Path(home))
        if kind in IN_MEMORY:
            print(f"This folder lies in memory ({kind}): give one on a real disk with --folder.", file=sys.stderr)
            return 1
        ground = prepare(Path(home), wanted.cases)
        figures = list(_measured(ground, Path(home), wanted.rounds))
    if wanted.large:
        figures += _large(wanted)
    around = Circumstances(_today(), versions(), wanted.cases, crowd.ENTRIES, kind)
    print(as_json(around, figures) if wanted.json else as_text(around, figures))
    return 0


def _wanted(arguments: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python3 -m tests.bench", description="Figures of the program as ratios.")
    reader.add_argument("--json", action="store_true", help="print JSON, fields as in docs/figures.md")
    reader.add_argument("--cases", type=int, default=CASES, help=f"invented cases of 10 entries (default {CASES})")
    reader.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each side (default {ROUNDS})")
    reader.add_argument("--large", type=int, default=0, help="also a vault of so many cases, made once and kept")
    reader.add_argument("--keep", type=Path, help=f"where it is kept (default: {KEEP}, or the user's cache)")
    reader.add_argument("--folder", type=Path, help="where to measure; a real disk (default: the system's own)")
    return reader.parse_args(arguments)


def _large(wanted: argparse.Namespace) -> list[Figure]:
    """Figures of a large vault, which is kept for the next time; says on stderr what it took to make."""
    home = folder_for(wanted.keep)
    figures, making = scaling(home, wanted.large, wanted.cases, wanted.rounds)
    took = f"{making.cases:,} cases were made in {making.wall:.0f} s, {making.cpu:.0f} s of them on the processor"
    print(f"{took}; kept in {home}", file=sys.stderr)
    return figures


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _measured(ground: Ground, home: Path, rounds: int) -> Iterator[Figure]:
    yield starting(ground, rounds)
    yield opening(ground, rounds)
    with closing(ground.session()) as session:
        yield from searching(ground, session, rounds)
        yield paging(ground, session, rounds)
    yield from logging_an_entry(ground, rounds)
    yield backing_up(ground, rounds)
    yield printing(home, rounds)
    yield from wiping(ground, rounds)


def versions() -> dict[str, str]:
    """Versions of what the figures depend on."""
    with closing(dbapi2.connect(":memory:")) as connection:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    return {
        "Python": platform.python_version(),
        "SQLite": dbapi2.sqlite_version,
        "SQLCipher": str(cipher).split(maxsplit=1)[0],
        "Qt": version("PySide6-Essentials"),
        "reportlab": version("reportlab"),
    }


def as_json(around: Circumstances, figures: list[Figure]) -> str:
    """Everything measured, figures in the order of the text."""
    rows = [{**asdict(each), "ratio": each.ratio, "verdict": each.verdict} for each in figures]
    return json.dumps({**asdict(around), "figures": rows}, ensure_ascii=False, indent=1)


def as_text(around: Circumstances, figures: list[Figure]) -> str:
    """The table of docs/figures.md, and below it what each floor is."""
    made = ", ".join(f"{name} {number}" for name, number in around.versions.items())
    head = [
        f"{around.date}; {made}; file system {around.file_system}",
        f"{around.cases:,} invented cases of {around.entries} entries; medians of rounds by turns",
        "",
        "| figure | ours, ms | floor, ms | ratio | goal | verdict | rounds |",
        "|---|---:|---:|---:|---:|---|---:|",
    ]
    rows = [
        f"| {each.name} | {_ms(each.ours_ms)} | {_ms(each.floor_ms)} | {_times(each.ratio)} | {_goal(each.goal)} "
        f"| {each.verdict} | {each.rounds} |"
        for each in figures
    ]
    notes = [f"- {each.name}: {each.floor}" + (f" ({each.note})" if each.note else "") for each in figures]
    return "\n".join([*head, *rows, "", "Floors:", *notes])


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def _times(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _goal(value: float | None) -> str:
    return "-" if value is None else f"≤ {value:g}"
