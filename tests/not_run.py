"""For tests that need what not every computer has or allows (mounts, namespaces, ptrace, a message bus).

Where it is missing they say so and count as not run, never as passed; where CI runs, missing is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def not_run_here(why: str) -> None:
    """End the test: not run here, and why. In CI a failure."""
    words = f"NOT RUN HERE: {why}"
    if os.environ.get("CI"):
        pytest.fail(words, pytrace=False)
    pytest.skip(words)


def demand_tools(*names: str) -> None:
    """End the test unless all these programs are installed."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        not_run_here(f"not installed: {', '.join(missing)}")


def demand_namespaces() -> None:
    """End the test unless this user may make namespaces of users, mounts and networks."""
    demand_tools("unshare")
    if subprocess.run(["unshare", "-Urnm", "true"], capture_output=True, check=False).returncode:  # noqa: S607 - a system tool
        not_run_here("the system forbids namespaces")
