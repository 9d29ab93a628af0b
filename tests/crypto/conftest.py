"""One vault header for all tests of this room: a derivation takes a tenth of a second, and they need the same one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw

from family_case.crypto import header as headers
from family_case.crypto import kdf
from family_case.crypto.keys import Root
from family_case.crypto.layout import Header

PASSPHRASE = "люстра шкатулка архив вымпел"


@dataclass(frozen=True, slots=True)
class Made:
    header: Header
    root: Root
    folder: Path

    def copy(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture(scope="session")
def _created() -> tuple[Header, Root]:
    return headers.create(PASSPHRASE, kdf.FLOOR)


@pytest.fixture
def made(_created: tuple[Header, Root], tmp_path: Path) -> Made:
    """A header with its root, written to a folder of this test."""
    header, root = _created
    headers.write(tmp_path, header, root)
    return Made(header, root, tmp_path)


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[kdf.Kdf]:
    """The derivations that were really started, in order."""
    started: list[kdf.Kdf] = []

    def counted(secret: bytes, salt: bytes, passes: int, memory: int, lanes: int, *rest: object) -> bytes:
        started.append(kdf.Kdf(memory, passes, lanes))
        return hash_secret_raw(secret, salt, passes, memory, lanes, kdf.KEY_BYTES, Type.ID)

    monkeypatch.setattr(kdf, "hash_secret_raw", counted)
    return started
