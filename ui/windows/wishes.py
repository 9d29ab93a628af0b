"""What a person asks for at the door: open a vault, make one, or try the story. Light: loads no service."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import platformdirs

from family_case.i18n import N_
from ui.pages import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.services.session import Session
    from ui.jobs import Failed, Jobs, Opened


PROGRAM: Final = "Family Case"
_HEADERS: Final = ("header.a", "header.b")  # by these a folder is known to hold a vault


class Deed(Enum):
    """What is to be done with the folder."""

    OPEN = auto()
    RECOVER = auto()
    KEY_STORE = auto()
    CREATE = auto()
    STORY = auto()


@dataclass(frozen=True, slots=True)
class Wish:
    """A deed, a folder and the passphrase (to recover: the recovery key); `language` is the office's in a new vault."""

    deed: Deed
    folder: Path
    passphrase: str = field(repr=False)
    language: str = "en"
    accept_weight: bool = False
    read_only: bool = False
    despite: bool = False  # accept what does not agree with what was noted of the vault


def ask(jobs: Jobs, wish: Wish, done: Callable[[Opened], None], failed: Failed) -> None:
    """Do what is wished on the vault lane; services are loaded there, while the window stays awake."""
    jobs.open(lambda: cast("Callable[[Wish], Session]", late("opening"))(wish), done, failed)


def load_ahead(jobs: Jobs, then: Callable[[], None]) -> None:
    """Load beside the window what opening will need; who opens before it is loaded waits no longer than without."""
    jobs.compute(lambda: late("opening"), lambda _door: then())


def look_for_key_store(jobs: Jobs, folder: Path, done: Callable[[bool], None]) -> None:
    """Whether the vault can be opened by the key store of this computer, for `done`; nobody waits for it."""
    jobs.compute(lambda: cast("Callable[[Path], bool]", late("key store"))(folder), done, key="key store")


def offer(jobs: Jobs, language: str, done: Callable[[tuple[str, float]], None]) -> None:
    """A generated passphrase and its bits, for `done`."""
    jobs.compute(lambda: cast("Callable[[str], tuple[str, float]]", late("phrase"))(language), done, key="phrase")


def weigh(jobs: Jobs, passphrase: str, done: Callable[[tuple[float, bool]], None]) -> None:
    """A cautious guess at the bits of a typed passphrase and whether it is weak, for `done`."""
    jobs.compute(
        lambda: cast("Callable[[str], tuple[float, bool]]", late("strength"))(passphrase), done, key="strength"
    )


def usual_folder(deed: Deed = Deed.OPEN) -> Path:
    """Where a vault is proposed to lie; the same place is looked at when the program starts."""
    return platformdirs.user_documents_path() / PROGRAM / ("demo" if deed is Deed.STORY else "vault")


def holds_vault(folder: Path) -> bool:
    """Whether a vault seems to lie in `folder`."""
    try:
        return any((folder / name).is_file() for name in _HEADERS)
    except OSError:
        return False


def may_be_written(folder: Path) -> bool:
    """Whether this folder seems to be one that can be written to; opening finds out."""
    return os.access(folder, os.W_OK) or not folder.is_dir()


def complaint_about(folder: Path, deed: Deed) -> str:
    """Why `folder` will not do for `deed` (a message id), or nothing; the service looks again."""
    try:
        if folder.exists() and not folder.is_dir():
            return N_("This is a file, not a folder.")
        held = folder.is_dir() and any(folder.iterdir())
    except OSError:
        return N_("This folder cannot be read.")
    if deed is Deed.OPEN:
        return "" if holds_vault(folder) else N_("There is no vault in this folder.")
    return N_("This folder is not empty. Choose a new or empty one; nothing was created.") if held else ""
