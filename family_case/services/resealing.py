"""Sealed files under new keys: each is sealed once more under a key and a name of its own, before any row names it.

Until the header decides, the old files stay and `blobs/unsettled` says that there are some that nobody names. Which
ones those are, the opening after that decision knows: it removes what the database it opens does not name.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from family_case.crypto import stream
from family_case.errors import Damaged
from family_case.model.attachment import Attachment
from family_case.services import safekeeping
from family_case.store import blobs
from family_case.store.renewal import Renewal
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from family_case.services.session import Session
    from family_case.store.blobs import Sealed


class Files:
    """The sealed files of an open vault that is about to get new keys; `size` in bytes is what they take once more."""

    def __init__(self, session: Session) -> None:
        """Look at the rows; nothing is written yet."""
        self._session = session
        self._rows = load(session.vault.connection, Attachment, "1 ORDER BY rowid")
        self._left: list[Attachment] = []
        self._any = bool(blobs.named(session.vault.connection))
        self.fresh: dict[str, Sealed] = {}
        self.size = sum(stream.sealed_size(row.size) for row in self._rows)

    @property
    def damaged(self) -> list[str]:
        """How people call the files that could not be read, and so stay as they were."""
        named = safekeeping.called(self._session, self._lying(self._left))
        return sorted(named.values())

    @property
    def renewal(self) -> Renewal | None:
        """What is to be written of them; None where no file was ever attached."""
        if not self._any:
            return None
        left = {row.id for row in self._left}
        session = self._session
        return Renewal(self.fresh, left, session.clock.now(), session.ids, session.actor)

    @contextmanager
    def undone_if_it_fails(self) -> Iterator[None]:
        """Say that files and rows differ, for as long as they do; after a failure what was sealed anew is removed."""
        folder = self._session.folder
        if self._any:
            blobs.unsettle(folder)
        try:
            yield
        except BaseException:
            blobs.drop(folder, (each.blob for each in self.fresh.values()))
            blobs.settle(folder)
            raise

    def seal_anew(self, progress: Callable[[float], object], look: Callable[[], object]) -> None:
        """Seal each file anew; one that is missing or damaged is left as it is.

        `look` is asked at every mebibyte and may raise. Raises Unavailable.
        """
        done = 0
        for row in self._rows:
            size = stream.sealed_size(row.size)
            try:
                with closing(self._sealed(row)) as shares:
                    for share in shares:
                        progress((done + share * size) / self.size)
                        look()
            except Damaged:
                self._left.append(row)
            done += size

    def _sealed(self, row: Attachment) -> Generator[float]:
        """Seal one file anew, yielding the share done."""
        folder = self._session.folder
        sealed = yield from blobs.seal_anew(folder, self._session.root.vault_id, row)
        self.fresh[row.id] = sealed
        blobs.put(folder, sealed.blob)

    @staticmethod
    def _lying(rows: list[Attachment]) -> list[blobs.Lying]:
        return [blobs.Lying(row.blob, stream.sealed_size(row.size), row.sealed_sha256) for row in rows]
