"""A real Secret Service for tests: gnome-keyring on a message bus of its own, in a home of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
_DAEMON = "gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1"
_SCRIPT = f'printf "the keyring\'s own password" | {_DAEMON}; echo "$DBUS_SESSION_BUS_ADDRESS"; cat > /dev/null'


@contextlib.contextmanager
def secret_service(home: Path) -> Generator[dict[str, str]]:
    """Run one in `home` until the block ends; gives the variables by which a program finds it."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    places = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "data")}
    command = [TOOLS[0], "--", "sh", "-c", _SCRIPT]
    environment = {"PATH": os.environ["PATH"], **places}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        yield {**places, "DBUS_SESSION_BUS_ADDRESS": address}
        bus.communicate()  # the end of its input ends the session, and the daemon with it
