"""The strictness of the tests themselves, each part seen failing a bad test."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.coverage_floors import FLOORS, shares, verdict
from tests.guards import summed

ROOT = Path(__file__).resolve().parent.parent
BAD = """
import logging, warnings
import pytest
from PySide6.QtCore import QTimer, qWarning

def test_python_warning():
    warnings.warn("surprise")

def test_qt_message():
    qWarning(b"surprise")

def test_qt_timer_outside_a_thread(qapp):
    QTimer.singleShot(-1, lambda: None)

def test_log_warning():
    logging.getLogger("anything").warning("surprise")

@pytest.mark.expects_log("announced")
def test_log_announced_but_missing():
    pass

@pytest.mark.no_such_marker
def test_unknown_marker():
    pass
"""
GOOD = """
import logging
import pytest

@pytest.mark.expects_log("announced")
def test_log_announced():
    logging.getLogger("anything").error("announced, and it came")
"""


def run(folder: Path, text: str) -> str:
    """The report of pytest on one file with `text`, under this project's settings."""
    file = folder / "test_probe.py"
    file.write_text(text, "utf-8")
    words = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "tests.conftest", "-rA", str(file)]
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False).stdout


@pytest.mark.parametrize("name", re.findall(r"def (test_\w+)", BAD)[:-1])
def test_surprise_fails(tmp_path: Path, name: str) -> None:
    parts = BAD.split("\n\n")
    text = "\n\n".join([parts[0], next(part for part in parts if name + "(" in part)])
    assert re.search(rf"(FAILED|ERROR) .*::{name}\b", run(tmp_path, text))


def test_unknown_marker_fails(tmp_path: Path) -> None:
    assert "'no_such_marker' not found" in run(tmp_path, BAD)


def test_announced_log_passes(tmp_path: Path) -> None:
    report = run(tmp_path, GOOD)
    assert "1 passed" in report
    assert re.search(r"randomly-seed=\d+", report)


def test_no_internet_socket_and_no_name() -> None:
    with pytest.raises(PermissionError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with pytest.raises(PermissionError):
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    with pytest.raises(PermissionError):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="local sockets of POSIX")
def test_local_socket_is_allowed() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def test_home_is_not_the_persons() -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        assert Path(os.environ[name]).is_relative_to(tempfile.gettempdir())
    assert not [name for name in os.environ if name.startswith("FAMILY_CASE_")]


def test_a_room_under_its_floor_fails() -> None:
    summary = {"num_statements": 90, "num_branches": 10, "covered_lines": 90, "covered_branches": 4}
    found = shares({"family_case/model/a.py": {"summary": summary}, "family_case/model_b.py": {"summary": {}}})
    assert found["family_case/model"] == 94.0
    lines, held = verdict(found)
    assert not held
    assert lines[0] == f"FAILED coverage family_case/model: 94.0 % (floor {FLOORS['family_case/model']} %)"
    assert verdict(dict.fromkeys(FLOORS, 100.0))[1]


def test_an_unmeasured_room_fails() -> None:
    assert not verdict(shares({}))[1]


def test_what_failed_in_one_half_of_the_tests_is_in_the_closing_line() -> None:
    """Also a half that ended before it could say anything leaves the other's count as it was."""
    halves = ["=== 2 failed, 1238 passed, 1 skipped in 301.20s (0:05:01) ===", "=== 7 passed, 2 errors in 4.1s ==="]

    assert summed(halves) == "1245 passed, 2 failed, 2 error, 1 skipped"
    assert summed(["Fatal Python error: Segmentation fault", "=== 7 passed in 4.1s ==="]) == "7 passed, 0 failed"
