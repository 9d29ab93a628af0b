"""The lock: the process that held the keys ends, and a new one without keys takes its place.

Python and Qt cannot wipe memory; a process that is gone can. So locking replaces the process by itself with the single
argument `locked` (Windows: starts it and ends), in an environment without the variables that lead to a passphrase.
"""

from __future__ import annotations

import os
import sys
from enum import Enum
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_

if sys.platform == "win32":
    import subprocess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import NoReturn

SECONDS: Final = 1.0  # from the key to the new process; what does not fit is skipped
DRAFTS_SECONDS: Final = 0.7  # of them for drafts and closing
LOCKED: Final = "locked"
VAULT: Final = "FAMILY_CASE_VAULT"
WHY: Final = "FAMILY_CASE_LOCKED_BY"
_OURS: Final = "FAMILY_CASE_"
_SECRETS: Final = "PASSPHRASE"  # part of the name of a variable the new process must not have


class Why(Enum):
    """What led to the lock: one word for the new process, which says it in a sentence."""

    ASKED = "asked"
    IDLE = "idle"
    DAY = "day"
    SCREEN = "screen"
    SLEEP = "sleep"
    MEDIUM = "medium"


_SENTENCES: Final[dict[str, str]] = {
    Why.IDLE.value: N_("Locked because nobody touched keyboard or mouse for some minutes."),
    Why.DAY.value: N_("Locked because the vault had been open for eight hours."),
    Why.SCREEN.value: N_("Locked because the computer locked its screen."),
    Why.SLEEP.value: N_("Locked because the computer was going to sleep."),
    Why.MEDIUM.value: N_(
        "Locked because the disk that holds the vault was no longer there. What was saved is on it: put it back, then "
        "unlock."
    ),
}


def why_words(code: str) -> str:
    """Why it is locked, as a message; nothing for a lock that was asked for, and for any other text."""
    return _SENTENCES.get(code, "")


def command(executable: str, *, frozen: bool) -> list[str]:
    """How the locked process is started: nothing in its arguments but `locked`."""
    return [executable, LOCKED] if frozen else [executable, "-m", "family_case", LOCKED]


def environment(now: Mapping[str, str], folder: Path | None, why: Why = Why.ASKED) -> dict[str, str]:
    """The variables of the locked process: those of this one without any of ours, and which vault to ask for."""
    kept = {name: value for name, value in now.items() if not (name.startswith(_OURS) or _SECRETS in name.upper())}
    return kept | ({VAULT: str(folder), WHY: why.value} if folder is not None else {})


def replace_process(folder: Path | None, why: Why = Why.ASKED) -> NoReturn:
    """Become the locked process; end at once if the system does not allow it."""
    words = command(sys.executable, frozen=bool(getattr(sys, "frozen", False)))
    settings = environment(os.environ, folder, why)
    try:
        if sys.platform == "win32":
            subprocess.Popen(words, env=settings, close_fds=True)  # noqa: S603 - our own interpreter, an argument list
        else:
            os.execve(words[0], words, settings)  # noqa: S606 - the same
    finally:
        os._exit(1 if sys.platform != "win32" else 0)
