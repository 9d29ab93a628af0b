"""The computer's own notices, over a real bus, to a real window, up to the real lock."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.not_run import demand_tools
from tests.ui.lives import read, started, write
from ui.windows import notices_windows
from ui.windows.locking import Why

if TYPE_CHECKING:
    from collections.abc import Generator

SHOW = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)]))"
CONFIG = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow receive_sender="*" eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is how Linux tells")


@dataclass(frozen=True, slots=True)
class Life:
    """A window in a process of its own, and the logind it hears."""

    window: subprocess.Popen[bytes]
    logind: subprocess.Popen[bytes]

    def tell(self, word: str) -> None:
        """Let logind tell something."""
        write(self.logind, word)

    def locked(self) -> dict[str, str]:
        """Wait for the locked process that takes the window's place; its environment."""
        words = json.loads(read(self.window))
        assert words[0] == ["-m", "family_case", "locked"]
        settings: dict[str, str] = words[1]
        return settings


def shown_by(folder: Path) -> Path:
    """A program that shows how it was started, in the place of the locked process."""
    shown = folder / "shown.sh"
    shown.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{SHOW}' \"$@\"\n", encoding="utf-8")
    shown.chmod(0o700)
    return shown


@pytest.fixture
def stack() -> Generator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture
def bus(stack: ExitStack, tmp_path: Path) -> str:
    """Address of a private bus."""
    demand_tools("dbus-daemon")
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    daemon = started(stack, "dbus-daemon", f"--config-file={config}", "--nofork", "--print-address")
    return read(daemon)


def window(stack: ExitStack, folder: Path, system: str, session: str) -> subprocess.Popen[bytes]:
    """A window over the vault in `folder` that has these buses."""
    shown = shown_by(folder.parent)
    return started(
        stack,
        sys.executable,
        *("-m", "tests.ui.life", str(folder), str(shown)),
        QT_QPA_PLATFORM="offscreen",
        DBUS_SYSTEM_BUS_ADDRESS=system,
        DBUS_SESSION_BUS_ADDRESS=session,
        XDG_SESSION_ID="1",
    )


@pytest.fixture
def life(stack: ExitStack, bus: str, vault_folder: Path) -> Life:
    """An open vault, and a logind that knows of it."""
    logind = started(stack, sys.executable, "-m", "tests.ui.logind", bus)
    assert read(logind) == "ready"
    opened = window(stack, vault_folder, bus, bus)
    assert [read(opened), read(opened)] == ["open", "told"]
    assert read(logind) == "Inhibit ['sleep', 'Family Case', 'lock first', 'delay']"
    assert read(logind) == "GetSession ['1']"
    return Life(opened, logind)


@pytest.mark.parametrize(
    ("before", "word", "why"),
    [
        ("lock other", "lock", Why.SCREEN),
        ("hint off", "hint", Why.SCREEN),
        ("saver off", "saver", Why.SCREEN),
        ("wake", "sleep", Why.SLEEP),
    ],
)
def test_what_the_computer_tells_locks_and_gives_the_sleep_back(
    life: Life, vault_folder: Path, before: str, word: str, why: Why
) -> None:
    life.tell(before)  # of another session, or an end: nothing for us
    life.tell(word)
    after = life.locked()
    assert (after["FAMILY_CASE_LOCKED_BY"], after["FAMILY_CASE_VAULT"]) == (why.value, str(vault_folder))
    assert read(life.logind) == "given back"  # and only now does the computer sleep


def test_the_sleep_is_held_up_as_long_as_the_vault_is_open(life: Life) -> None:
    held = [str(each.readlink()) for each in Path(f"/proc/{life.window.pid}/fd").iterdir() if each.is_symlink()]
    assert any(each.startswith("pipe:") for each in held)
    life.window.kill()
    assert read(life.logind) == "given back"


@pytest.mark.parametrize("system", ["unix:path=/does/not/exist", "nonsense"])
def test_without_a_bus_the_vault_opens_all_the_same_and_says_that_nobody_tells(
    stack: ExitStack, vault_folder: Path, system: str
) -> None:
    opened = window(stack, vault_folder, system, system)
    assert [read(opened), read(opened)] == ["open", "not told"]
    assert opened.poll() is None


def test_a_bus_without_logind_is_one_that_does_not_tell(stack: ExitStack, bus: str, vault_folder: Path) -> None:
    opened = window(stack, vault_folder, bus, bus)
    assert [read(opened), read(opened)] == ["open", "not told"]


@pytest.mark.parametrize(
    ("message", "parameter", "why"),
    [(0x02B1, 7, Why.SCREEN), (0x02B1, 8, None), (0x0218, 4, Why.SLEEP), (0x0218, 7, None), (0x0100, 7, None)],
)
def test_windows_messages_mean_what_microsoft_says(message: int, parameter: int, why: Why | None) -> None:
    assert notices_windows.meaning(message, parameter) is why
