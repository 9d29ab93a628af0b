"""Tries every figure of the room, each in a process of its own, and prints the table of docs/figures.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench.run import versions
from tests.faults.play import how, modules, played
from tests.faults.row import Plan, Row, row_of
from tests.home import own_home

ROOT = Path(__file__).resolve().parents[2]
FIGURES = (*(f"F{number}" for number in range(1, 17)), "lock")  # each has at least one module
RESULTS = "faults.json"


@dataclass(frozen=True, slots=True)
class Played:
    """A figure's row, and what it came from: day (UTC), seconds, seed, how much, and of which program it tells."""

    figure: str
    row: Row
    date: str
    seconds: float
    seed: str
    how: str
    program: str

    @property
    def verdict(self) -> str:
        """Held, failed, or not run here."""
        return "held" if self.row.passed else "NOT RUN" if self.row.not_run else "FAILED"


@dataclass(slots=True)
class Results:
    """What was played before, kept in a file between runs."""

    file: Path
    played: dict[str, Played] = field(default_factory=dict)

    def load(self) -> None:
        """Read what earlier runs left; nothing when there is nothing."""
        if self.file.exists():
            for name, told in json.loads(self.file.read_text("utf-8")).items():
                self.played[name] = Played(**{**told, "row": row_of(told["row"])})

    def add(self, name: str, played: Played) -> None:
        """Keep one more row, on the disk at once."""
        self.played[name] = played
        told = {each: asdict(one) for each, one in sorted(self.played.items())}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def main(arguments: list[str]) -> int:
    """Try what is wanted and print it; 1 when a row failed, did not run, or has no module."""
    wanted = _wanted(arguments)
    much, program = how(_plan(wanted)), _program()
    chosen = tuple(wanted.only.split(",")) if wanted.only else FIGURES
    results = Results((wanted.folder or user_cache_path("family-case-faults")) / RESULTS)
    results.load()
    rows = []
    for name, figure in modules().items():
        if figure in chosen:
            before = results.played.get(name)
            again = before and (before.seed, before.how, before.program) == (wanted.seed, much, program)
            if not (wanted.resume and again and before and before.row.passed):
                _say(f"{figure} {name} ...")
                results.add(name, _played(name, figure, wanted, program))
            rows.append(results.played[name])
            _say(f"{figure} {name}: {rows[-1].verdict}, {rows[-1].row.tried} in {rows[-1].seconds:.0f} s")
    absent = sorted(set(chosen) - {each.figure for each in rows})
    for figure in absent:
        _say(f"{figure}: nothing tries it")
    print(as_json(rows, wanted.seed) if wanted.json else as_text(rows, wanted.seed))
    return int(bool(absent) or not all(each.row.passed for each in rows))


def _wanted(arguments: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(
        prog="python3 -m tests.faults", description="What is promised for when things go wrong."
    )
    reader.add_argument("--only", default="", metavar="F4[,F5]", help="these figures alone (default: all)")
    reader.add_argument("--seed", default="1", help="chance begins here; the same seed plays the same")
    reader.add_argument("--resume", action="store_true", help="leave out what held already with this program and seed")
    reader.add_argument("--json", action="store_true", help="print JSON")
    reader.add_argument("--fast", action="store_true", help="the share of each that runs with the tests")
    reader.add_argument("--most", type=int, default=0, metavar="N", help="at most so many rounds of each kind")
    reader.add_argument(
        "--folder", type=_absolute, help="where to try, and where results are kept (default: user's cache)"
    )
    return reader.parse_args(arguments)


def _absolute(folder: str) -> Path:
    """As the one who types it means it; figures are played from another folder."""
    return Path(folder).absolute()


def _plan(wanted: argparse.Namespace, work: Path = Path()) -> Plan:
    return Plan(work, wanted.seed, fast=wanted.fast, most=wanted.most)


def _played(name: str, figure: str, wanted: argparse.Namespace, program: str) -> Played:
    """Play one module with a folder and a home of its own."""
    start = time.monotonic()
    if wanted.folder:
        wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="family-case-faults-", dir=wanted.folder) as folder:
        home, work = Path(folder, "home"), Path(folder, "work")
        home.mkdir()
        work.mkdir()
        plan = _plan(wanted, work)
        row = played([], name, plan, **own_home(home))
    return Played(figure, row, _today(), time.monotonic() - start, wanted.seed, how(plan), program)


def _program() -> str:
    """What tells one state of the program and of this room from another."""
    files = [*(ROOT / "family_case").rglob("*.py"), *(ROOT / "ui").rglob("*.py"), *Path(__file__).parent.glob("*.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def as_json(played: list[Played], seed: str) -> str:
    """Everything that was tried."""
    rows = [
        {"figure": each.figure, **asdict(each.row), "verdict": each.verdict, "date": each.date,
         "seconds": round(each.seconds, 1), "how": each.how, "program": each.program}
        for each in played
    ]  # fmt: skip
    seconds = round(sum(each.seconds for each in played), 1)
    return json.dumps(
        {"date": _today(), "versions": versions(), "seed": seed, "seconds": seconds, "rows": rows},
        ensure_ascii=False,
        indent=1,
    )


def as_text(played: list[Played], seed: str) -> str:
    """The table of docs/figures.md, and below it what failed or did not run."""
    made = ", ".join(f"{name} {number}" for name, number in versions().items())
    lines = [
        f"{_today()}; {made}; seed {seed}; {sum(each.seconds for each in played):.0f} s",
        "",
        "| figure | what | N | verdict | seconds | worth knowing |",
        "|---|---|---:|---|---:|---|",
    ]
    lines += [
        f"| {each.figure} | {each.row.what} | {each.row.tried:,} | {each.verdict} | {each.seconds:.0f} "
        f"| {'; '.join(each.row.notes)} |"
        for each in played
    ]
    said = [(each.figure, line) for each in played for line in (*each.row.failed, each.row.not_run) if line]
    return "\n".join([*lines, *([""] if said else []), *(f"- {figure}: {line}" for figure, line in said)])
