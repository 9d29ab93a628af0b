"""The ground floor's settings: how the window looks, and nothing that tells what the program is used for.

Language, theme, text size and window size lie in the user's own folder, outside every vault; all else lives in the
vault. A damaged file means the usual settings: it is never worth a message.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final

import platformdirs

from family_case.errors import Problem
from family_case.files import make_private_folder, read_bounded, write_atomic
from family_case.i18n import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

LIMIT: Final = 4096  # bytes; ours has about a hundred
THEMES: Final = ("system", "light", "dark")
TEXT_PERCENTS: Final = (90, 100, 115, 130, 150)
_SIDE: Final = (480, 10_000)  # pixels of a window's side that can be meant
_NAME: Final = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the window looks: `language` is empty until chosen, sizes are pixels, `text_percent` one of TEXT_PERCENTS."""

    language: str = ""
    theme: str = "system"
    text_percent: int = 100
    width: int = 1280
    height: int = 720


def usual_file() -> Path:
    """Where the settings of this user lie."""
    return platformdirs.user_config_path("family-case", appauthor=False) / _NAME


def load(path: Path) -> Settings:
    """Read the settings; whatever is missing, unknown or out of bounds is as usual."""
    try:
        found = json.loads(read_bounded(path, LIMIT) or b"{}")
    except (Problem, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    kept = {each.name: found[each.name] for each in fields(Settings) if _fits(each.name, found.get(each.name))}
    return Settings(**kept)


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all. Raises Unavailable."""
    make_private_folder(path.parent)
    write_atomic(path, (json.dumps(asdict(settings), indent=1) + "\n").encode())


def _fits(name: str, value: object) -> bool:
    if name == "language":
        return isinstance(value, str) and value in LANGUAGES
    if name == "theme":
        return isinstance(value, str) and value in THEMES
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return value in TEXT_PERCENTS if name == "text_percent" else _SIDE[0] <= value <= _SIDE[1]
