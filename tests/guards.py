"""The guards that `python3 -m tests` runs, in this order, each as a process of its own. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.coverage_floors import report

ROOT = Path(__file__).resolve().parent.parent
_CHECKS = {
    "lint": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--strict", "--no-error-summary"],
    "floor plan": [".ci/floor_plan.py"],
    "catalogues": [".ci/catalogues.py", "check"],
}
_PYTEST = ["coverage", "run", "-m", "pytest"]


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
    """Run pytest, showing what it prints as it prints it; its exit code and closing line."""
    settings = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    last = ""
    with subprocess.Popen(
        _command(words), cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last


def only_pytest(arguments: list[str]) -> int:
    """Run pytest with `arguments`, nothing else."""
    return subprocess.call(_command(["pytest", *arguments]), cwd=ROOT)


def all_guards() -> int:
    """Run every guard, also after one has failed; end with pytest's own closing line."""
    held = [_check(name, words) for name, words in _CHECKS.items()]
    code, closing = _pytest(_PYTEST)
    lines, floors_held = report(ROOT)
    print(*lines, sep="\n")
    failed = [name for name, ok in zip(_CHECKS, held, strict=True) if not ok]
    failed += ["tests"] * (code != 0) + ["coverage"] * (not floors_held)
    print("FAILED: " + ", ".join(failed) if failed else "every guard holds")
    print(closing, flush=True)
    return 1 if failed else 0
