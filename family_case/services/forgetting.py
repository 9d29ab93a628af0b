"""A change after which nothing of some rows is left: not in the log, and of a file neither its key nor its bytes.

A file that was erased is unreadable once its key is gone from row and journal. Its bytes are removed too, but not
written over: on flash, which wears by moving blocks about, that would only write elsewhere.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from family_case.store import blobs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from family_case.model.changes import Reason
    from family_case.services.session import Session
    from family_case.store.change import Change
    from family_case.store.rows import Key


@contextmanager
def forgetting(session: Session, reason: Reason, keys: Iterable[Key]) -> Iterator[Change]:
    """A change of this reason; sealed files that only these rows named are removed once it is on the disk."""
    session.vault.demand_writable()
    asked, connection = tuple(keys), session.vault.connection
    before = blobs.named(connection, asked)
    with blobs.settling(session.folder) if before else nullcontext():
        with session.vault.change(reason, session.actor) as change:
            yield change
        blobs.drop(session.folder, (each.name for each in before - blobs.named(connection, asked)))
    session.vault.scrub()
