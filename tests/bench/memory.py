"""What it would cost to wipe the engine's memory at every release (`cipher_memory_security`), hot search and page.

The setting holds for a whole process and cannot be taken back, so each side is a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from unittest import mock

from family_case.services import casework
from family_case.store import connection as factory
from tests.bench.figure import Figure, seconds
from tests.bench.reading import PAGES, SEARCHES, find_all
from tests.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.ground import Ground

SEARCH, PAGE = "search, memory wiped", "case page, memory wiped"
_OFF = "cipher_memory_security = OFF"
_ON = "cipher_memory_security = ON"
_REPEATS = 15


def wiping(ground: Ground, rounds: int) -> list[Figure]:
    """The vault with the setting ON against OFF, by turns."""
    found = [(_measured(ground, _ON), _measured(ground, _OFF)) for _ in range(rounds)]
    note = "ON against OFF, each in a process of its own"
    return [
        Figure(name, "the vault with the setting OFF", None, rounds, *_medians(found, key), note=note)
        for name, key in ((SEARCH, "search"), (PAGE, "page"))
    ]


def _medians(found: list[tuple[dict[str, float], dict[str, float]]], key: str) -> tuple[float, float]:
    return median(on[key] for on, _ in found), median(off[key] for _, off in found)


def _measured(ground: Ground, setting: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.memory", str(ground.folder), setting]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main(folder: Path, setting: str) -> int:
    """Measure one side in this process and print its milliseconds as JSON."""
    settings = tuple(setting if each == _OFF else each for each in factory._PRAGMAS)
    with mock.patch.object(factory, "_PRAGMAS", settings), closing(open_vault(folder, "bench")) as session:
        (wiping,) = session.vault.connection.execute("PRAGMA cipher_memory_security").fetchone()
        if str(wiping) != str(int(setting == _ON)):
            return 1
        rows = casework.cases(session, limit=PAGES)
        answer = {
            "search": _median(lambda: find_all(session)) / len(SEARCHES),
            "page": _median(lambda: [casework.page(session, row.code) for row in rows]) / len(rows),
        }
    print(json.dumps(answer))
    return 0


def _median(work: Callable[[], object]) -> float:
    work()
    return median(seconds(work) for _ in range(_REPEATS)) * 1000


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
