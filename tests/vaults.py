"""Fixtures about vaults, a pytest plugin: real ones, encrypted, made once per run and copied for each test."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2.low_level import Type, hash_secret_raw

from family_case.chance import SeededIds, SetClock, moment_of
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.model.dates import parse
from family_case.services.demo import fresh_demo
from family_case.services.session import Session, create, unlock
from family_case.store.office import Office

if TYPE_CHECKING:
    from collections.abc import Generator

PASSPHRASE = "seven invented words open this test vault"
DAY = "2022-08-22"  # every test's today, and the demo's
ZONE = "Europe/Moscow"


def clock_on(day: str = DAY) -> SetClock:
    """A clock that stands at noon UTC of `day` and moves a second with each look."""
    known = parse(day).earliest
    assert known is not None
    return SetClock(moment_of(known).utc_ms)


def another_computer(home: Path) -> None:
    """From now on this is a computer that has seen no vault; what it remembers lies in `home`."""
    os.environ["XDG_STATE_HOME"] = str(home)


def open_vault(
    folder: Path, seed: str = "test", actor: Actor = Actor.WINDOW, *, despite: bool = False, read_only: bool = False
) -> Session:
    """The vault in `folder`, opened with a clock on DAY and ids that repeat themselves."""
    ids = SeededIds(seed)
    return unlock(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=actor, despite=despite, read_only=read_only)


@cache
def _derived(secret: bytes, salt: bytes, passes: int, memory: int, lanes: int, length: int, kind: Type) -> bytes:
    return hash_secret_raw(secret, salt, passes, memory, lanes, length, kind)


@pytest.fixture(autouse=True)
def own_witness(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This test is a computer of its own: no other test's copy of a template has been seen further on here."""
    state = tmp_path / "state of this computer"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return state


@pytest.fixture
def remembered_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id's real answers, each computed once per run: copies of a template share passphrase, salt and cost.

    Without it nine tenths of a test would be key derivation. The tests of the room of keys do not use it.
    """
    monkeypatch.setattr("family_case.crypto.kdf.hash_secret_raw", _derived)


@pytest.fixture(scope="session")
def _empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "empty"
    office = Office("", ZONE, "RU", "en")
    ids = SeededIds("empty template")
    create(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.COMMAND_LINE, cost=FLOOR, office=office).close()
    return folder


@pytest.fixture
def vault_folder(_empty_template: Path, tmp_path: Path, remembered_keys: None) -> Path:
    """Folder of a fresh, empty, closed vault under PASSPHRASE."""
    return Path(shutil.copytree(_empty_template, tmp_path / "vault"))


@pytest.fixture
def session(vault_folder: Path) -> Generator[Session]:
    """A fresh, empty, open vault."""
    opened = open_vault(vault_folder)
    yield opened
    opened.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """An empty folder for backups."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A file whose first line is PASSPHRASE."""
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8", newline="\n")
    return file


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "demo"
    fresh_demo(folder, PASSPHRASE)
    return folder


@pytest.fixture
def story_folder(_demo_template: Path, tmp_path: Path, remembered_keys: None) -> Path:
    """Folder of a fresh, closed copy of the demo vault under PASSPHRASE."""
    return Path(shutil.copytree(_demo_template, tmp_path / "story"))


@pytest.fixture
def story(story_folder: Path) -> Generator[Session]:
    """An open copy of the demo vault: the ten cases as known on DAY."""
    opened = open_vault(story_folder)
    yield opened
    opened.close()
