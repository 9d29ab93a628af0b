"""The porch's workshop: the one environment, built beside the old one and exchanged when it is whole."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

from family_case._bootstrap import debian, qt
from family_case._bootstrap.place import LOCK, Place, python_of, remember, wanted
from family_case._bootstrap.say import Stop, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SYSTEM = "system"  # folder in the environment for libraries unpacked from the distribution's packages
_PIP = (
    "install",
    "--require-hashes",
    "--only-binary=:all:",  # what is built on the spot is covered by no hash, and needs a compiler
    "--no-input",
    "--quiet",
    "--progress-bar=off",
    "--disable-pip-version-check",
    "--no-warn-script-location",
    "--root-user-action=ignore",
    "--retries=2",
)
_KEPT = "Nothing was changed."
# What pip or the system says -> what it means for the person. The first that is found counts.
_REASONS = (
    (
        "DO NOT MATCH THE HASHES",
        "A downloaded part is not the one that was locked. Do not use it; try another network.",
    ),
    ("No space left", "The disk is full. Free about 1.5 GB and start again."),
    ("requires a different Python", "This Python is newer or older than the locked parts allow."),
    (
        "No matching distribution",
        "The parts could not be found: there is no network, or none for this system and Python.",
    ),
    ("", "The parts this program needs could not be installed."),
)
_OFFLINE = (
    "Connect to the internet once and start again, or put a folder 'wheelhouse' with the files beside the checkout "
    "(see the README)."
)


def build(place: Place) -> None:
    """Make a fresh environment in `place` and let it take the place of the old one.

    Raises Stop, with the old environment untouched, when a part cannot be had.
    """
    say("setting up, once; this takes a minute or two and about 1 GB of disk")
    shutil.rmtree(place.building, ignore_errors=True)
    try:
        venv.EnvBuilder(with_pip=False, symlinks=os.name == "posix").create(place.building)
        _install(place)
        facts = wanted(place) | {"libraries": _libraries(place.building, place.wheelhouse)}
        _rename_in_scripts(place)
        remember(place.building, facts)
        exchange(place)
    except OSError as error:
        raise Stop(f"{error.strerror or 'The folder cannot be written'}: {place.root}. {_KEPT}") from error
    finally:
        shutil.rmtree(place.building, ignore_errors=True)


def _install(place: Place) -> None:
    """Let the outer pip install the lock into the new environment: Debian's `venv` brings no pip of its own."""
    if importlib.util.find_spec("pip") is None:
        raise Stop(f"This Python has no pip. Install it (Debian, Ubuntu: apt install python3-pip). {_KEPT}")
    source = ["--no-index", "--find-links", str(place.wheelhouse)] if place.wheelhouse else []
    say(f"installing from {place.wheelhouse}" if place.wheelhouse else "downloading the program's parts")
    python = str(python_of(place.building))
    command = [sys.executable, "-m", "pip", "--python", python, *_PIP, *source, "-r", str(place.root / LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        text = done.stdout + done.stderr
        last = (done.stderr.strip().splitlines() or [""])[-1]
        reason = next(meaning for sign, meaning in _REASONS if sign in text)
        raise Stop(f"{reason} {_OFFLINE} {_KEPT}\n  ({last})")


def _libraries(environment: Path, wheelhouse: Path | None) -> str:
    """See that Qt's libraries are there, unpacking them on Debian and Ubuntu: 'present', 'unpacked' or 'missing'.

    Packages (.deb) in the wheelhouse are taken before APT is asked.
    """
    lost = qt.lacking(environment)
    if not lost:
        return "present"
    if not debian.is_debian():
        return "missing"
    say(f"fetching {len(lost)} system libraries for the window (into this folder only)")
    target = environment / SYSTEM
    steps: tuple[Callable[[list[str]], None], ...] = (
        lambda _names: debian.unpack_all(wheelhouse, target) if wheelhouse else None,
        lambda names: debian.fetch(names, target),
        lambda names: debian.fetch(names, target, drivers=True),
    )
    try:
        for step in steps:
            step(lost)
            lost = qt.missing_with(environment, lost, debian.settings_for(target, dict(os.environ)))
            if not lost:
                return "unpacked"
    except Stop as problem:
        say(str(problem))
    return "missing"


def _rename_in_scripts(place: Place) -> None:
    """Let the scripts of the new environment name the place it will stand in."""
    old, new = str(place.building), str(place.environment)
    for script in python_of(place.building).parent.iterdir():
        if script.is_symlink() or script.suffix == ".exe" or not script.is_file():
            continue
        text = script.read_bytes()
        if old.encode() in text and b"\0" not in text:
            script.write_bytes(text.replace(old.encode(), new.encode()))


def exchange(place: Place) -> None:
    """Put the new environment in the old one's place; between the two renames the old one waits beside."""
    shutil.rmtree(place.retired, ignore_errors=True)
    if place.environment.exists():
        place.environment.rename(place.retired)
    place.building.rename(place.environment)
    shutil.rmtree(place.retired, ignore_errors=True)


def mend(place: Place) -> None:
    """Bring the old environment back when a start was cut off between the two renames."""
    if place.retired.is_dir() and not place.environment.exists():
        place.retired.rename(place.environment)
