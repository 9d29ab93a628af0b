"""How much of each room the tests must reach, lines and branches together, and the comparison after a run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

# room -> least share in percent; raised when the rooms do better, never lowered
FLOORS = {
    "family_case/model": 99,
    "family_case/crypto": 97,
    "family_case/store": 98,
    "family_case/services": 97,
    "ui": 92,
}


def shares(files: dict[str, dict[str, dict[str, int]]]) -> dict[str, float]:
    """Percent of lines and branches reached in each room of FLOORS, from the `files` part of coverage's JSON report."""
    found = {}
    for room in FLOORS:
        summaries = [facts["summary"] for file, facts in files.items() if Path(file).as_posix().startswith(room + "/")]
        total = sum(each["num_statements"] + each["num_branches"] for each in summaries)
        reached = sum(each["covered_lines"] + each["covered_branches"] for each in summaries)
        found[room] = 100 * reached / total if total else 0.0
    return found


def verdict(found: dict[str, float]) -> tuple[list[str], bool]:
    """A line for each room, and whether all floors hold."""
    lines = [
        f"{'ok    ' if share >= FLOORS[room] else 'FAILED'} coverage {room}: {share:.1f} % (floor {FLOORS[room]} %)"
        for room, share in found.items()
    ]
    return lines, all(share >= FLOORS[room] for room, share in found.items())


def report(root: Path) -> tuple[list[str], bool]:
    """Compare the coverage measured last in `root` with the floors; no measurement is a failure."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "coverage.json")
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(file)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            return [f"FAILED coverage: {done.stdout.strip()}"], False
        return verdict(shares(json.loads(file.read_text("utf-8"))["files"]))
