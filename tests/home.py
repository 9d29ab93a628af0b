"""A home of its own for whatever runs the program, so that nothing of the user's is read, changed or seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}


def own_home(home: Path) -> dict[str, str]:
    """Make the folders of a home below `home`; the variables that lead there, and to no session bus."""
    for folder in _FOLDERS.values():
        (home / folder).mkdir(mode=0o700, exist_ok=True)
    found = {name: str(home / folder) for name, folder in _FOLDERS.items()}
    return {**found, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home / 'runtime' / 'no-bus'}"}
