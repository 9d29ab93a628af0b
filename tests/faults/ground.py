"""The ground faults are tried on: vaults opened with the root key directly, so that no derivation takes time."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from unittest import mock

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.services import accepting, intake, restoring, safekeeping
from family_case.services.session import create, enter
from family_case.store.office import Office
from tests.vaults import PASSPHRASE, ZONE, clock_on

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keys import Root
    from family_case.services.session import Session

CODE = "K-001"


def made(folder: Path, seed: str = "ground") -> Root:
    """Make a vault with one case in `folder` and close it; its root key."""
    office, ids = Office("", ZONE, "RU", "en"), SeededIds(seed)
    session = create(folder, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.COMMAND_LINE, cost=FLOOR, office=office)
    with closing(session):
        intake.add(session, "case", {"code": CODE, "name": "Лебедев Артём Игоревич"})
        accepting.set_witness(session, kept=False)  # its copies are no older states of one vault
    return header.unlock(header.read(folder), PASSPHRASE)


def opened(folder: Path, root: Root, seed: str) -> Session:
    """Open the vault in `folder` by its root key, as the window does but for the derivation."""
    return enter(folder, lambda _header: root, clock=clock_on(), ids=SeededIds(seed), actor=Actor.WINDOW)


def problems(session: Session) -> list[str]:
    """What `verify` finds, a line each."""
    return [text.format(**values) for text, values in safekeeping.verify(session).problems]


def brought_back(root: Root, entry: Path, target: Path) -> None:
    """Restore a backup with the root key at hand; the derivation alone is left out."""
    with mock.patch.object(header, "unlock", return_value=root):
        restoring.restore(entry, target, PASSPHRASE, clock=clock_on(), ids=SeededIds(f"restore {target.name}"))
