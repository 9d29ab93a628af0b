"""The porch's look at Qt on Linux: which system libraries its wheel needs and this machine lacks.

Asked before Qt is imported, because Qt's own message names the wrong library.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import TYPE_CHECKING

from family_case._bootstrap.elf import needed
from family_case._bootstrap.place import LINUX, python_of

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = (
    "Core",
    "Gui",
    "Widgets",
    "DBus",
    "Svg",
    "PrintSupport",
    "Pdf",
    "PdfWidgets",
    "Network",
    "OpenGL",
    "XcbQpa",
)
PLUGINS = ("platforms/libqoffscreen.so", "platforms/libqxcb.so", "iconengines/libqsvgicon.so")
_LOADER = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def wheel(environment: Path) -> Path | None:
    """Qt's own folder inside `environment`, if it is installed there."""
    return next(environment.glob("lib*/python*/site-packages/PySide6/Qt"), None)


def wanted(environment: Path) -> list[str]:
    """Names of the libraries that the parts of Qt we use need from the system, sorted."""
    folder = wheel(environment)
    if folder is None:
        return []
    files = [folder / "lib" / f"libQt6{name}.so.6" for name in LIBRARIES]
    files += [folder / "plugins" / name for name in PLUGINS]
    found = {name for file in files if file.is_file() for name in needed(file)}
    return sorted(name for name in found if not (folder / "lib" / name).exists())


def missing(names: list[str]) -> list[str]:
    """Those of `names` that the loader of this process does not find."""
    lost: list[str] = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            lost.append(name)
    return lost


def missing_with(environment: Path, names: list[str], settings: dict[str, str]) -> list[str]:
    """Those of `names` that a new process with the variables `settings` does not find."""
    python = python_of(environment)
    done = subprocess.run([python, "-c", _LOADER, *names], env=settings, capture_output=True, text=True, check=True)
    return done.stdout.split()


def lacking(environment: Path, system: str = sys.platform) -> list[str]:
    """What this machine lacks of Qt's needs; only Linux leaves them to the system."""
    return missing(wanted(environment)) if system == LINUX else []
