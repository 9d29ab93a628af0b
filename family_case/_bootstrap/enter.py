"""The porch's door: set up what is missing, then start again inside the environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from family_case._bootstrap import catalogues, debian, environment, qt
from family_case._bootstrap.display import has_display
from family_case._bootstrap.gate import only_one
from family_case._bootstrap.hint import install_line
from family_case._bootstrap.place import Place, fits, here, python_of, remember, remembered
from family_case._bootstrap.say import Stop, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def enter(module: str, arguments: Sequence[str], *, window: bool, exact: bool = False) -> None:
    """Return when this process runs in the right environment; otherwise prepare it and run `module` inside.

    `window`: Qt will be loaded, so its libraries must be there. `exact`: an environment that does not fit the lock will
    not do (for the tests); otherwise an older one serves when the new one cannot be made.
    Ends the process with 1, and a sentence that says why, when the program cannot run.
    """
    place = here()
    try:
        if not place.is_checkout:
            if window and has_display():
                _demand(qt.lacking(Path(sys.prefix)))
            return
        prepare(place, exact=exact)
        if window:
            _require_libraries(place)
    except Stop as problem:
        say(str(problem))
        sys.exit(1)
    settings = inner_settings(place)
    if is_inside(place, settings):
        return
    python = str(python_of(place.environment))
    run_instead([python, "-m", module, *arguments], settings, replace=os.name == "posix")


def prepare(place: Place, *, exact: bool) -> None:
    """Make environment and catalogues where they are missing or do not fit; otherwise do nothing.

    Raises Stop when what is needed cannot be made.
    """
    if exact and _stands_in(place) and not fits(place):
        raise Stop("The environment is older than the lock; start with the system's own Python to renew it.")
    texts = place.root / "resources" / "locale"
    if not _up_to_date(place) or catalogues.stale(texts):
        try:
            with only_one(place.gate):
                environment.mend(place)
                if not _up_to_date(place):
                    _build_or_keep(place, exact=exact)
                catalogues.compile_all(python_of(place.environment), catalogues.stale(texts))
        except OSError as error:
            reason = error.strerror or "It cannot be written"
            raise Stop(f"The folder of the program cannot be prepared: {reason}: {place.root}") from error


def _up_to_date(place: Place) -> bool:
    """Whether nothing need be built: a start from inside never rebuilds the ground it stands on."""
    return _stands_in(place) or fits(place)


def _build_or_keep(place: Place, *, exact: bool) -> None:
    try:
        environment.build(place)
    except Stop as problem:
        if exact or not python_of(place.environment).exists():
            raise
        say(f"{problem}\n  Going on with what was installed before.")


def _require_libraries(place: Place) -> None:
    """See that Qt can be loaded; look again each time as long as something was missing.

    Raises Stop with the exact names and, where it is known, the line that installs them.
    """
    found = remembered(place.environment)
    if found.get("libraries") != "missing":
        return
    lost = qt.lacking(place.environment)
    if not lost:
        remember(place.environment, found | {"libraries": "present"})
        return
    _demand(lost)


def _demand(lost: list[str]) -> None:
    """Stop, with the line that installs them, when libraries are missing: Qt would end the process, naming another."""
    if lost:
        line = install_line(lost, shutil.which)
        raise Stop(f"The window needs system libraries that are missing: {', '.join(lost)}.\n  {line}")


def inner_settings(place: Place) -> dict[str, str]:
    """The variables of the process inside: ours, and where unpacked libraries lie."""
    settings = {key: value for key, value in os.environ.items() if key != "__PYVENV_LAUNCHER__"}
    return debian.settings_for(place.environment / environment.SYSTEM, settings)


def _stands_in(place: Place) -> bool:
    return place.environment.exists() and Path(sys.prefix).resolve() == place.environment.resolve()


def is_inside(place: Place, settings: dict[str, str]) -> bool:
    """Whether this process already runs in the environment, with the variables it needs."""
    return _stands_in(place) and settings.get("LD_LIBRARY_PATH") == os.environ.get("LD_LIBRARY_PATH")


def run_instead(command: list[str], settings: dict[str, str], *, replace: bool) -> NoReturn:
    """Become `command` where the system can (`replace`); on Windows run it and end as it ended."""
    if replace:
        os.execve(command[0], command, settings)  # noqa: S606 - our own interpreter, an argument list
    sys.exit(subprocess.call(command, env=settings))
