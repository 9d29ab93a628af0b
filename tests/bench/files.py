"""Memory and time of a large file on its way into the vault and out of it, in a process of its own.

`python -m tests.bench.files [MEGABYTES]` prints both; what is held may not grow with the file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.services import attaching
from family_case.services.session import create
from family_case.store.office import Office
from tests.services import casebook
from tests.vaults import PASSPHRASE, ZONE, clock_on

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTES = 200


def main(megabytes: int) -> int:
    """Seal and open a file of so many megabytes."""
    with tempfile.TemporaryDirectory() as home:
        office = Office("", ZONE, "RU", "en")
        clock, ids = clock_on(), SeededIds("files")
        made = create(
            Path(home, "vault"), PASSPHRASE, clock=clock, ids=ids, actor=Actor.WINDOW, cost=FLOOR, office=office
        )
        with closing(made) as session:
            casebook.case(session)
            little, large = Path(home, "little"), Path(home, "large")
            little.write_bytes(bytes(1 << 20))
            with large.open("wb") as out:
                for number in range(megabytes):
                    out.write(number.to_bytes(4) * (1 << 18))
            rows = [attaching.one(session, attaching.attach(session, "K-001", little).made)]
            _through(attaching.pieces, session, rows[0])
            before = _fresh_peak()
            sealing = _seconds(
                lambda: rows.append(attaching.one(session, attaching.attach(session, "K-001", large).made))
            )
            opening = _seconds(lambda: _through(attaching.pieces, session, rows[1]))
            print(f"{megabytes} MiB: sealed in {sealing:.2f} s, opened in {opening:.2f} s")
            print(f"memory at its peak: {_peak() - before:.1f} MiB more than was held before")
    return 0


def _through(pieces: Callable[..., object], *of: object) -> None:
    for _piece in pieces(*of):  # type: ignore[attr-defined]  # an iterator
        pass


def _fresh_peak() -> float:
    """Forget the peak so far (the key derivation's is far higher) and give what is held now, in MiB; Linux only."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES))
