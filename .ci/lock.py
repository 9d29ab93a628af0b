"""Write the lock and the table of wheels anew; run by hand, with a network, from the program's own environment.

    .venv/bin/python .ci/lock.py [--upgrade]

Needs `uv` on the path, which resolves for all systems at once. Without --upgrade what is locked stays as it is and only
what `pyproject.toml` changed is resolved. Writes `requirements.lock` (every version with all its hashes, run time and
development) and `docs/wheels.md` (which wheel exists for which system and Python, and the holes).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from packaging.markers import Environment, Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TABLE = ROOT / "docs" / "wheels.md"
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
PINS = ("argon2-cffi-bindings<26",)  # 26.2 ships no wheel for Intel Macs; 25 does, for every Python from 3.9
_UV = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11", "--group", "dev"]
_QUIET = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def _manylinux(machine: str, newest: int) -> list[str]:
    """Platform tags that a system with glibc 2.`newest` accepts, newest first."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(newest, 4, -1)] + [
        f"manylinux2014_{machine}",
        f"linux_{machine}",
    ]


@dataclass(frozen=True, slots=True)
class Target:
    """A system the program is locked for: its name, its platform tags and what markers see there."""

    name: str
    platforms: tuple[str, ...]
    sys_platform: str
    machine: str
    system: str


TARGETS = (
    Target("Linux x86_64, glibc 2.34+", tuple(_manylinux("x86_64", 34)), "linux", "x86_64", "Linux"),
    Target("Linux aarch64, glibc 2.39+", tuple(_manylinux("aarch64", 39)), "linux", "aarch64", "Linux"),
    Target("Windows x86_64", ("win_amd64",), "win32", "AMD64", "Windows"),
    Target("macOS 14+ arm64", tuple(mac_platforms((14, 0), "arm64")), "darwin", "arm64", "Darwin"),
    Target("macOS 14+ x86_64", tuple(mac_platforms((14, 0), "x86_64")), "darwin", "x86_64", "Darwin"),
)


def environment(target: Target, python: tuple[int, int]) -> Environment:
    """What the markers of the lock see on `target` under `python`."""
    version = f"{python[0]}.{python[1]}"
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{version}.0",
        "os_name": "nt" if target.sys_platform == "win32" else "posix",
        "platform_machine": target.machine,
        "platform_release": "",
        "platform_system": target.system,
        "platform_version": "",
        "python_full_version": f"{version}.0",
        "platform_python_implementation": "CPython",
        "python_version": version,
        "sys_platform": target.sys_platform,
    }


def accepted(target: Target, python: tuple[int, int]) -> set[Tag]:
    """Wheel tags that `python` on `target` can install."""
    return {
        *cpython_tags(python, platforms=target.platforms),
        *compatible_tags(python, interpreter=f"cp{python[0]}{python[1]}", platforms=target.platforms),
    }


def cell(package: dict[str, object], target: Target) -> str:
    """'yes' when a wheel exists for every Python, else which lack one; '-' where the package is not wanted."""
    marker = Marker(str(package["marker"])) if "marker" in package else None
    wheels = cast("list[dict[str, str]]", package.get("wheels", []))
    tags = [parse_wheel_filename(wheel["url"].rsplit("/", 1)[1].replace("%2B", "+"))[3] for wheel in wheels]
    wanted = [p for p in PYTHONS if marker is None or marker.evaluate(cast("dict[str, str]", environment(target, p)))]
    missing = [p for p in wanted if not any(accepted(target, p) & found for found in tags)]
    if not wanted:
        return "-"
    return "no wheel: " + ", ".join(f"{a}.{b}" for a, b in missing) if missing else "yes"


def table(packages: list[dict[str, object]]) -> str:
    """The page `docs/wheels.md`."""
    rows = [(str(p["name"]), str(p["version"]), *(cell(p, target) for target in TARGETS)) for p in packages]
    holes = [
        f"- {row[0]} {row[1]}, {target.name}: {text}"
        for row in rows
        for target, text in zip(TARGETS, row[2:], strict=True)
        if text.startswith("no")
    ]
    head = ("package", "version", *(target.name for target in TARGETS))
    lines = [
        "# Wheels",
        "",
        "Which wheel exists for every locked package, on each system and for Python 3.11 to 3.14. Written by",
        "`.ci/lock.py` together with the lock; a test compares the two. A minus: the package is not wanted there.",
        "Resolved does not mean run: the README says which systems the program has been run on.",
        "",
        *("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows)),
        "",
        "## Holes",
        "",
        *(holes or ["None."]),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Resolve twice (once for the lock, once for the names of the files behind it) and write both pages."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder, "pins.txt")
        pins.write_text("\n".join(PINS), "utf-8")
        lock = [*_UV, *_QUIET, *upgrade, "-c", str(pins), "-o", str(LOCK), "pyproject.toml"]
        subprocess.run(lock, cwd=ROOT, check=True)
        files = Path(folder, "pylock.toml")
        subprocess.run([*_UV, "--quiet", "-c", str(LOCK), "-o", str(files), "pyproject.toml"], cwd=ROOT, check=True)
        packages = tomllib.loads(files.read_text("utf-8"))["packages"]
    TABLE.write_text(table(packages), "utf-8", newline="\n")
    print(TABLE.read_text("utf-8").split("## Holes")[1].strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
