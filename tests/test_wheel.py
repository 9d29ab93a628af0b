"""Wheel and sdist, built without a network: all that belongs in is in, and what is installed runs anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from family_case import __version__
from family_case._bootstrap import enter, place, qt

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (".ci", "docs", "family_case", "resources", "tests", "ui")
FILES = (
    "CHANGELOG.md", "LICENSE", "MANIFEST.in", "README.md", "SECURITY.md", "pyproject.toml", "requirements.lock",
)  # fmt: skip
OFFLINE = ["--quiet", "--no-deps", "--no-index"]


def tree() -> list[str]:
    """Every file of the checkout, but what is made in it."""
    rooms = [file for room in ROOMS for file in (ROOT / room).rglob("*") if "__pycache__" not in file.parts]
    files = [*rooms, *(ROOT / name for name in FILES)]
    return [file.relative_to(ROOT).as_posix() for file in files if file.is_file() and file.suffix != ".mo"]


def ran(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of this checkout, unpacked."""
    home = tmp_path_factory.mktemp("sdist")
    source = home / "source"
    for name in tree():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    build = "import sys; sys.path.insert(0, '.ci'); import build_backend; build_backend.build_sdist(sys.argv[1])"
    ran(sys.executable, "-c", build, home, folder=source)
    ran(sys.executable, "-m", "tarfile", "-e", next(home.glob("*.tar.gz")), home, folder=home)  # any Python 3.11
    return next(home.glob("family_case-*/"))


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    """The wheel, built from the sdist alone."""
    ran(sys.executable, "-m", "pip", "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", "out", ".", folder=sdist)
    return next((sdist / "out").glob("*.whl"))


def test_the_sdist_is_the_whole_checkout(sdist: Path) -> None:
    assert [name for name in tree() if not (sdist / name).is_file()] == []


def test_wheel_carries_every_module_and_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {f.relative_to(ROOT).as_posix() for room in ("family_case", "ui") for f in (ROOT / room).rglob("*.py")}
    resources = {
        f"family_case/{f.relative_to(ROOT).as_posix()}" for f in (ROOT / "resources").rglob("*") if f.is_file()
    }
    assert modules | resources <= names
    compiled = {name.replace(".po", ".mo") for name in resources if name.endswith(".po")}
    assert compiled <= names
    assert not [name for name in names if name.startswith(("tests/", "resources/"))]


def test_installed_wheel_finds_its_resources_and_sets_nothing_up(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    probe = (
        "from family_case._bootstrap.enter import enter; enter('family_case', [], window=True);"
        "from family_case.paths import resources; print(resources())"
    )
    settings = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-c", probe]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path / "site" / "family_case" / "resources")
    assert done.stderr == ""


def test_the_installed_command_works_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    ran(sys.executable, "-m", "pip", "install", *OFFLINE, "--target", site, wheel, folder=tmp_path)
    command = [str(next((site / "bin").glob("family-case*"))), "--version"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == (f"family_case {__version__}\n", "")


def test_an_installed_window_without_its_libraries_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Qt itself would end the process and name another library."""
    monkeypatch.setattr(enter, "here", lambda: place.Place(tmp_path))
    monkeypatch.setattr(enter, "has_display", lambda: True)
    monkeypatch.setattr(qt, "lacking", lambda _prefix: ["libxcb-cursor.so.0"])
    with pytest.raises(SystemExit) as ended:
        enter.enter("family_case", [], window=True)
    assert ended.value.code == 1
    assert "libxcb-cursor.so.0" in capsys.readouterr().err
    enter.enter("family_case", ["list"], window=False)  # a command needs no window
