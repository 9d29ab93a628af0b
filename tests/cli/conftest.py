"""The command line in this process: `run` gives code, stdout and stderr of one command on a vault."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from family_case.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ended:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def id(self) -> str:
        """The id it printed, alone on its line."""
        assert self.code == 0, self.err
        return self.out.removesuffix("\n")


class Run(Protocol):
    """Runs one command."""

    def __call__(self, *arguments: str) -> Ended: ...


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, vault_folder: Path, passphrase_file: Path
) -> Run:
    """Run a command in English on a fresh, empty vault, unless it names another."""
    return _runner(capsys, monkeypatch, vault_folder, passphrase_file)


@pytest.fixture
def tell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, story_folder: Path, passphrase_file: Path
) -> Run:
    """Run a command in English on a copy of the demo vault."""
    return _runner(capsys, monkeypatch, story_folder, passphrase_file)


def _runner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, vault: Path, words: Path) -> Run:
    monkeypatch.setenv("FAMILY_CASE_VAULT", str(vault))
    monkeypatch.setenv("FAMILY_CASE_PASSPHRASE_FILE", str(words))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back whatever a command leaves

    def one(*arguments: str) -> Ended:
        capsys.readouterr()
        code = main(arguments)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ended(code, told.out, told.err)

    return one


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Without root's power over permissions, for as long as the test lasts."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and not folder.stat().st_mode & 0o001:
            folder.chmod(0o711)
    for each in (tmp_path, *tmp_path.rglob("*")):
        os.chown(each, 65534, 65534)
    os.setegid(65534)
    os.seteuid(65534)
    yield
    os.seteuid(0)
    os.setegid(0)
