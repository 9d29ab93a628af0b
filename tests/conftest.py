"""Strictness for every test: own home, no internet, no surprise on the log, and the same inputs again in CI.

Warnings and Qt messages are made failures in `pyproject.toml`; random order comes from pytest-randomly, which prints
its seed.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from family_case._bootstrap.catalogues import compile_all, stale
from family_case.hardening import collect_here
from family_case.paths import resources
from tests.home import own_home

if TYPE_CHECKING:
    from collections.abc import Generator

pytest_plugins = ["tests.vaults"]

# --- a home of its own, before Qt or anything else looks for one ---

_HOME = tempfile.TemporaryDirectory(prefix="family-case-tests-", ignore_cleanup_errors=True)
os.environ.update(own_home(Path(_HOME.name)))
for _name in [name for name in os.environ if name.startswith("FAMILY_CASE_")]:
    del os.environ[_name]
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# --- the same inputs again in CI ---

settings.register_profile("home", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("home"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")

# --- the collector between tests only, on this thread: what it meets of Qt on another thread takes its timers along ---


def pytest_runtest_logfinish() -> None:
    """Collect as Python itself would have, and keep it from doing so by itself during the next test."""
    collect_here()


# --- no internet: an audit hook sees every socket of this process and cannot be taken out again ---

_LOCAL = {getattr(socket, "AF_UNIX", None)}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}


def _refuse_the_street(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NAMES:
        raise PermissionError("a test asked for the name of a machine: " + event)
    if event == "socket.__new__" and arguments[1] not in _LOCAL:
        raise PermissionError("a test opened an internet socket")


sys.addaudithook(_refuse_the_street)

# --- catalogues as new as their texts, also when pytest is started without the bootstrap ---


def pytest_sessionstart() -> None:
    """Compile what is stale."""
    compile_all(Path(sys.executable), stale(resources() / "locale"))


# --- no surprise on the log ---


def unexpected(records: list[logging.LogRecord], expected: list[str]) -> list[str]:
    """The texts of records of level WARNING and above that no expectation covers."""
    texts = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    return [text for text in texts if not any(part in text for part in expected)]


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail a test that logs a warning it did not announce, or announced one that never came."""
    expected = [str(marker.args[0]) for marker in request.node.iter_markers("expects_log")]
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    surprises = unexpected(records, expected)
    missing = [part for part in expected if not any(part in record.getMessage() for record in records)]
    if surprises or missing:
        pytest.fail(f"log: unexpected {surprises}, announced but missing {missing}")


# --- advice on sizes, printed after the tests ---

_ADVICE = pytest.StashKey[list[str]]()


@pytest.fixture
def house_advice(pytestconfig: pytest.Config) -> list[str]:
    """Lines to print after the tests."""
    return pytestconfig.stash.setdefault(_ADVICE, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the advice on sizes; it fails nothing."""
    lines = config.stash.get(_ADVICE, [])
    if lines:
        terminalreporter.write_sep("-", "sizes that ask for a second look")
        terminalreporter.write_line("\n".join(lines))
