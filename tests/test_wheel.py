"""The wheel: built without a network, it carries both packages, the resources inside, and runs outside a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("family_case", "ui", "resources", ".ci", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, folder)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder / "out"), "."]
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((folder / "out").glob("*.whl"))


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
