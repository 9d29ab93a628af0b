"""The roof: `python3 -m family_case`, the command line and the window behind one door.

Above all floors, so it may open what stands below: the command line, or (the one signed exception) the window. It opens
by name and late, so that a command of one line does not wait for Qt. Read by any Python, however old; see `_bootstrap`.
"""

import gc
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from family_case._bootstrap.display import has_display
from family_case._bootstrap.enter import enter
from family_case.hardening import harden

# what is wanted -> the module and function that do it; a test opens each
DOORS = {
    "command": ("family_case.cli", "main"),
    "window": ("ui.app", "main"),
    "paper": ("ui.app", "headless"),
}
FOR_THE_WINDOW: tuple[list[str], ...] = ([], ["locked"])  # every other list of arguments is a command
OUTPUT = "output"  # folder, in the current one, for what is made without a display


def open_door(name: str) -> Callable[[object], int]:
    """Load and give the function behind the door `name`.

    What a door loads lives as long as the process, so the collector waits meanwhile and never looks through it again:
    that looking, at the start and at the end, takes a quarter of the time of a bare window.
    """
    module, function = DOORS[name]
    gc.disable()
    try:
        room = importlib.import_module(module)
        gc.freeze()
    finally:
        gc.enable()
    return cast("Callable[[object], int]", getattr(room, function))


def main() -> int:
    """Set up what is missing, then run a command, the window, or without a display the main job on paper."""
    arguments = sys.argv[1:]
    wants_window = arguments in FOR_THE_WINDOW
    enter("family_case", arguments, window=wants_window)
    harden()
    if not wants_window:
        return open_door("command")(arguments)
    if has_display():
        return open_door("window")(arguments)
    return open_door("paper")(Path(OUTPUT).absolute())


if __name__ == "__main__":
    sys.exit(main())
