"""The guards that `python3 -m tests` runs, in this order, each as a process of its own. Standard library only.

The tests run in two processes side by side; what they print comes when both have ended.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.coverage_floors import report

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
_CHECKS = {
    "lint": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--strict", "--no-error-summary"],
    "floor plan": [".ci/floor_plan.py"],
    "catalogues": [".ci/catalogues.py", "check"],
}
# The tests in two halves of about the same length, side by side: a machine that CI has gives two processors.
_HALVES = (
    ["tests/ui", "tests/cli"],
    ["tests", "--ignore=tests/ui", "--ignore=tests/cli"],
)
_PYTEST = ["coverage", "run", "--parallel-mode", "-m", "pytest"]
_COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def _command(words: list[str]) -> list[str]:
    """How to start `words` (a module or a script, and its arguments) with this very interpreter."""
    return [sys.executable, *words] if words[0].endswith(".py") else [sys.executable, "-m", *words]


def _check(name: str, words: list[str]) -> bool:
    """Run one guard; print its output only when it complains."""
    start = time.monotonic()
    done = subprocess.run(_command(words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - start:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def _pytest(words: list[str]) -> tuple[int, str]:
    """Run one half of the tests; its exit code and all it printed."""
    settings = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryFile() as output:
        code = subprocess.call(_command(words), cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT)
        output.seek(0)
        return code, output.read().decode("utf-8", "replace")


def _all_tests() -> tuple[bool, str]:
    """Run both halves side by side and print what they said; whether all passed, and the sum of their closing lines."""
    _measured("erase")
    with ThreadPoolExecutor(len(_HALVES)) as beside:
        ended = list(beside.map(_pytest, ([*_PYTEST, *half] for half in _HALVES)))
    print(*(said for _, said in ended), sep="\n", flush=True)
    _measured("combine")
    return not any(code for code, _ in ended), summed(said.rstrip().rpartition("\n")[2] for _, said in ended)


def _measured(what: str) -> None:
    """Have coverage `erase` what was measured before, or `combine` what both halves reached."""
    subprocess.run(
        _command(["coverage", what, "--quiet"] if what == "combine" else ["coverage", what]), cwd=ROOT, check=False
    )


def summed(closings: Iterable[str]) -> str:
    """Closing lines of pytest in one: how many passed, failed and so on, all told."""
    found = [re.findall(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)", each) for each in closings]
    told = {name: sum(int(count) for half in found for count, kind in half if kind == name) for name in _COUNTED}
    rest = [f"{count} {name}" for name, count in told.items() if count and name not in {"passed", "failed"}]
    return ", ".join([f"{told['passed']} passed", f"{told['failed']} failed", *rest])


def only_pytest(arguments: list[str]) -> int:
    """Run pytest with `arguments`, nothing else."""
    return subprocess.call(_command(["pytest", *arguments]), cwd=ROOT)


def all_guards() -> int:
    """Run every guard, also after one has failed; end with pytest's own closing line."""
    held = [_check(name, words) for name, words in _CHECKS.items()]
    passed, closing = _all_tests()
    lines, floors_held = report(ROOT)
    print(*lines, sep="\n")
    failed = [name for name, ok in zip(_CHECKS, held, strict=True) if not ok]
    failed += ["tests"] * (not passed) + ["coverage"] * (not floors_held)
    print("FAILED: " + ", ".join(failed) if failed else "every guard holds")
    print(closing, flush=True)
    return 1 if failed else 0
