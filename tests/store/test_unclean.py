"""After an unclean end: a log that belongs to the database is worked in, any other leaves it alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Damaged
from family_case.services import casework, safekeeping
from tests.services.casebook import case, log
from tests.vaults import open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

DATABASE, LOG = "main.db", "main.db-wal"
# A process that logs three notes, says so and is gone without closing anything, as after a power cut.
_CUT = """
import os, sys
from pathlib import Path
from tests.services.casebook import log
from tests.vaults import open_vault
session = open_vault(Path(sys.argv[1]), "cut")
for number in range(3):
    log(session, "note", text=f"before the cut {number}", happened="2022-08-0" + str(number + 1))
os._exit(9)
"""


def notes(session: Session) -> list[str]:
    return [each.entry.text for each in casework.page(session, "K-001").timeline if each.entry]


@pytest.fixture
def cut(vault_folder: Path) -> Path:
    """A vault whose last session ended without closing: three notes stand in its log only."""
    session = open_vault(vault_folder, "first")
    case(session)
    session.close()
    ended = subprocess.run(
        [sys.executable, "-c", _CUT, str(vault_folder)], check=False, cwd=Path(__file__).parents[2], timeout=60
    )
    assert ended.returncode == 9
    assert (vault_folder / LOG).stat().st_size > 0
    return vault_folder


def test_what_was_acknowledged_before_a_power_cut_is_there(cut: Path) -> None:
    session = open_vault(cut)
    assert notes(session) == [f"before the cut {number}" for number in range(3)]
    assert safekeeping.verify(session).ok
    session.close()
    assert not (cut / LOG).exists()


def test_a_log_of_another_day_beside_a_newer_database_does_not_destroy_it(cut: Path) -> None:
    """As when a folder is put back from a copy and one file of the other day stays in it."""
    stale = (cut / LOG).read_bytes()
    session = open_vault(cut)
    for number in range(3):
        log(session, "note", text=f"after the cut {number}", happened="2022-08-05")
    session.close()
    newer = (cut / DATABASE).read_bytes()
    (cut / LOG).write_bytes(stale)
    for _try in range(2):
        with pytest.raises(Damaged):
            open_vault(cut)
        assert (cut / DATABASE).read_bytes() == newer
        assert (cut / LOG).read_bytes() == stale
    (cut / LOG).unlink()
    session = open_vault(cut)
    assert len(notes(session)) == 6
    assert safekeeping.verify(session).ok
    session.close()
