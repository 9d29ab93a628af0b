"""The porch's advice: the exact line that installs missing libraries, by the package manager at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case._bootstrap.debian import package_names

if TYPE_CHECKING:
    from collections.abc import Callable


def _by_library(library: str) -> str:
    """RPM systems install by the name of the library itself (an automatic "provides")."""
    return f"'{library}()(64bit)'"


def _by_package(library: str) -> str:
    return package_names(library)[0]


# program -> (start of the line, how a library is named in it); the first program found counts
_MANAGERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "apt-get": ("sudo apt-get install", _by_package),
    "dnf": ("sudo dnf install", _by_library),
    "zypper": ("sudo zypper install", _by_library),
    "pacman": ("sudo pacman -Fy && pacman -F", str),
}


def install_line(libraries: list[str], which: Callable[[str], str | None]) -> str:
    """The line to type for `libraries`; `which` finds a program by name.

    On Arch Linux the line names the packages to install, as library names are no package names there.
    """
    for program, (start, name) in _MANAGERS.items():
        if which(program):
            return " ".join([start, *dict.fromkeys(map(name, libraries))])
    return "Install the packages of your system that hold these files."
