"""A key store that misbehaves as it is told, for tests: stands where the program's own worker does."""

from __future__ import annotations

import sys
from pathlib import Path

import family_case
from family_case.crypto.keystore import KeyStore
from family_case.errors import Bug
from family_case.paths import resources

_WORKER = Path(__file__).with_name("keystore_double_worker.py")


def double(file: Path, how: str = "well", seconds: float = 20.0) -> KeyStore:
    """A store that keeps its values in `file` and behaves so (see the worker).

    Refuses to be one of a shipped program: there the resources lie inside the package, and no tests beside it.
    """
    if Path(str(family_case.__file__)).parent in resources().parents:
        raise Bug("the double of a key store is for tests only")
    return KeyStore((sys.executable, "-I", str(_WORKER), str(file), how), seconds)
