"""The porch's errand on Debian and Ubuntu: Qt's missing libraries, fetched and unpacked without being root.

Which package holds a library follows from Debian's naming rule (Policy 8.1), tried against the names of the release at
hand; what these packages need in turn is left to APT. Nothing is installed: the files go into the environment only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from family_case._bootstrap.say import Stop

_TOOLS = ("apt-get", "apt-cache", "dpkg-deb")
# Graphics drivers and what only they need, three quarters of the download; Qt draws windows without them here. Fetched
# after all when a library is still missing without them.
_DRIVERS = re.compile(r"libllvm|libz3-|libgl1-mesa-dri|mesa-libgallium|libicu|libxml2")
# Several libraries in one package, or a name from before the rule.
_IRREGULAR = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
}


def is_debian() -> bool:
    """Whether APT and dpkg are at hand."""
    return all(shutil.which(tool) for tool in _TOOLS)


def package_names(library: str) -> list[str]:
    """Names a Debian or Ubuntu package of `library` ("libX11.so.6") may have, likeliest first."""
    ruled = re.sub(r"\.so(\.|$)", "", re.sub(r"([0-9])\.so\.", r"\1-", library)).replace("_", "-").lower()
    name = _IRREGULAR.get(library, ruled)
    return [name, f"{name}t64"]  # t64: rebuilt for 64-bit time in 2024, with the old name as an alias


def planned(plan: str) -> list[str]:
    """The packages that a simulated installation names, in its order."""
    return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]


def unpack_all(folder: Path, target: Path) -> None:
    """Unpack every Debian package that lies in `folder` under `target`.

    Raises Stop when one is damaged.
    """
    target.mkdir(exist_ok=True)
    for archive in sorted(folder.glob("*.deb")):
        command = [shutil.which("dpkg-deb") or "dpkg-deb", "-x", str(archive), str(target)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise Stop(f"{archive.name} cannot be unpacked.")


class Apt:
    """APT with lists and archives of its own in `folder`; knows the release, changes nothing of the system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("lists/partial", "cache/archives/partial", "packages"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._options = {
            "Dir::State::Lists": str(folder / "lists"),
            "Dir::Cache": str(folder / "cache"),
            "Debug::NoLocking": "1",
            "APT::Sandbox::User": "root",  # do not become another user, who could not write here
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
        }

    def run(self, tool: str, *arguments: str) -> str:
        """Run an APT tool and give what it prints.

        Raises Stop with the tool's last line when it fails.
        """
        options = [part for key, value in self._options.items() for part in ("-o", f"{key}={value}")]
        settings = os.environ | {"LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        command = [tool, "-q", *options, *arguments]
        place = self._folder / "packages"
        done = subprocess.run(command, cwd=place, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            raise Stop(f"{tool} {arguments[0]}: {lines[-1]}")
        return done.stdout

    def packages_of(self, libraries: list[str]) -> list[str]:
        """The packages of this release that hold `libraries`, as far as the naming rule finds them."""
        known = set(self.run("apt-cache", "pkgnames").split())
        found = [next((name for name in package_names(library) if name in known), None) for library in libraries]
        return sorted({name for name in found if name})

    def with_needs(self, packages: list[str]) -> list[str]:
        """`packages` and everything they need that the system lacks, as APT would install it."""
        return planned(self.run("apt-get", "--simulate", "--no-install-recommends", "install", *packages))

    def unpack(self, packages: list[str], target: Path) -> None:
        """Download `packages` and unpack their files under `target`."""
        self.run("apt-get", "download", *packages)
        unpack_all(self._folder / "packages", target)


def fetch(libraries: list[str], target: Path, *, drivers: bool = False) -> None:
    """Unpack what holds `libraries`, and what that needs, under `target`.

    Raises Stop when APT cannot be asked or cannot deliver.
    """
    folder = target.parent / "apt"
    try:
        apt = Apt(folder)
        apt.run("apt-get", "update")
        needs = apt.with_needs(apt.packages_of(libraries))
        chosen = [name for name in needs if drivers or not _DRIVERS.match(name)]
        if chosen:
            apt.unpack(chosen, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settings_for(target: Path, present: dict[str, str]) -> dict[str, str]:
    """The variables of `present`, extended (once) so that a new process finds what was unpacked under `target`."""
    folders = sorted({str(file.parent) for top in ("lib", "usr/lib") for file in target.glob(f"{top}/*/*.so*")})
    if not folders:
        return present
    old = [folder for folder in present.get("LD_LIBRARY_PATH", "").split(":") if folder and folder not in folders]
    found = {"LD_LIBRARY_PATH": ":".join([*folders, *old])}
    for variable, place in (("XKB_CONFIG_ROOT", "usr/share/X11/xkb"), ("FONTCONFIG_PATH", "etc/fonts")):
        if (target / place).is_dir() and not Path("/", place).is_dir():
            found[variable] = str(target / place)
    return present | found
