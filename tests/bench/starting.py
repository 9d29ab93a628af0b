"""The figure of starting: from nothing to the picture of the unlock window, against a bare Qt window.

Both are whole processes of the same interpreter, from start to end. Both find their modules compiled, as every start
but the first does: the round that does not count compiles them into the measured folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tests.bench.figure import Figure, by_turns, seconds

if TYPE_CHECKING:
    from tests.bench.figure import Timed
    from tests.bench.ground import Ground

START = "start to unlock window"
NEEDED = ("ui.app", "ui.windows.unlock")
PATIENCE = 60  # seconds for one process
_FLOOR = "a process that shows an empty QWidget"


def starting(ground: Ground, rounds: int) -> Figure:
    """Start to the first picture of the unlock window of the measured vault, and of a bare window."""
    bytecode = {"PYTHONPYCACHEPREFIX": str(ground.folder.with_name("bytecode")), "PYTHONDONTWRITEBYTECODE": ""}
    settings = os.environ | bytecode | {"FAMILY_CASE_VAULT": str(ground.folder)}
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        settings["QT_QPA_PLATFORM"] = "offscreen"
    floor = _process("tests.bench.bare_window", settings)
    if not all(find_spec(module) for module in NEEDED):
        floor_ms, _ = by_turns(floor, floor, rounds)
        return Figure(START, _FLOOR, 2, rounds, None, floor_ms, note="not there yet")
    figures = by_turns(_process("tests.bench.unlock_window", settings), floor, rounds)
    return Figure(START, _FLOOR, 2, rounds, *figures, note=f"Qt platform {settings.get('QT_QPA_PLATFORM', 'native')}")


def _process(module: str, settings: dict[str, str]) -> Timed:
    command = [sys.executable, "-m", module]

    def run() -> float:
        return seconds(lambda: subprocess.run(command, env=settings, check=True, timeout=PATIENCE, capture_output=True))

    return run
