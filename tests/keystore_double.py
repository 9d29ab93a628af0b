"""A key store that misbehaves as it is told, for tests: stands where the program's own worker does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import family_case
from family_case.crypto import keystore
from family_case.crypto.keystore import KeyStore
from family_case.errors import Bug
from family_case.paths import resources

if TYPE_CHECKING:
    import pytest

_WORKER = Path(__file__).with_name("keystore_double_worker.py")


def double(file: Path, how: str = "well", seconds: float = 20.0) -> KeyStore:
    """A store that keeps its values in `file` and behaves so (see the worker).

    Refuses to be one of a shipped program: there the resources lie inside the package, and no tests beside it.
    """
    if Path(str(family_case.__file__)).parent in resources().parents:
        raise Bug("the double of a key store is for tests only")
    return KeyStore((sys.executable, "-I", str(_WORKER), str(file), how), seconds)


class OfThisComputer:
    """Stands for the key store of this computer as long as a test lasts; how it is may change."""

    def __init__(self, values: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._values, self._patch = values, monkeypatch
        self.becomes("well")

    def becomes(self, how: str) -> None:
        """Be as the worker tells of `how`."""
        command = double(self._values, how).command
        self._patch.setattr(keystore, "worker", lambda: command)

    def lose(self) -> None:
        """Lose every value."""
        self._values.unlink()
