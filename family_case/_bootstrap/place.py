"""The porch's map: where the checkout, its environment and what the environment remembers lie."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

LOCK = "requirements.lock"
MEMORY = "family-case.json"
LINUX, WINDOWS = "linux", "win32"


@dataclass(frozen=True, slots=True)
class Place:
    """A checkout and the names of what is made in it."""

    root: Path

    @property
    def is_checkout(self) -> bool:
        """Whether the porch has anything to do here: an installed wheel has neither lock nor pyproject."""
        return (self.root / LOCK).is_file() and (self.root / "pyproject.toml").is_file()

    @property
    def environment(self) -> Path:
        """The one environment of both commands."""
        return self.root / ".venv"

    @property
    def building(self) -> Path:
        """Where a new environment grows before it takes the place of the old one."""
        return self.root / ".venv-new"

    @property
    def retired(self) -> Path:
        """Where the old environment waits for the instant of the exchange."""
        return self.root / ".venv-old"

    @property
    def gate(self) -> Path:
        """The file that two first starts at the same time wait for."""
        return self.root / ".venv-gate"

    @property
    def wheelhouse(self) -> Path | None:
        """A folder of wheels in the checkout or beside it, for machines without a network."""
        found = [folder for folder in (self.root / "wheelhouse", self.root.parent / "wheelhouse") if folder.is_dir()]
        return found[0] if found else None


def here() -> Place:
    """The place this very file lies in."""
    return Place(Path(__file__).resolve().parents[2])


def python_of(environment: Path, system: str = sys.platform) -> Path:
    """The interpreter inside `environment`."""
    return environment / ("Scripts/python.exe" if system == WINDOWS else "bin/python")


def wanted(place: Place) -> dict[str, str]:
    """What a fitting environment remembers: the lock's hash and the interpreter it was made with and for."""
    return {
        "lock": hashlib.sha256((place.root / LOCK).read_bytes()).hexdigest(),
        "python": f"{platform.python_implementation()} {sys.version.split()[0]} {platform.machine()}",
        "base": str(Path(sys.base_prefix).resolve()),
    }


def remembered(environment: Path) -> dict[str, str]:
    """What `environment` remembers of its making; nothing when it was not finished or is damaged."""
    try:
        found = json.loads((environment / MEMORY).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def remember(environment: Path, facts: dict[str, str]) -> None:
    """Write down of what `environment` was made; the last step of making it."""
    (environment / MEMORY).write_text(json.dumps(facts, indent=1) + "\n", "utf-8", newline="\n")


def fits(place: Place) -> bool:
    """Whether the environment that stands there is the wanted one."""
    found = remembered(place.environment)
    return python_of(place.environment).exists() and all(
        found.get(key) == value for key, value in wanted(place).items()
    )
