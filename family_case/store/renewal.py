"""The rows of sealed files in a database that is about to get new keys: fresh names and keys, and no line of the old.

What an older journal line says of such a row goes as in a purge: its head stays, its payload with the old key does
not. Of a row that was taken back nothing is left but its heads.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from family_case.chance import Ids, Moment
from family_case.model.attachment import Attachment
from family_case.model.changes import Actor, Reason
from family_case.store.blobs import Sealed
from family_case.store.change import Change
from family_case.store.erasure import lines_of
from family_case.store.faults import translated
from family_case.store.rows import Key, load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

_AT_ONCE: Final = 500  # rows of one change, which has at most 1,000
_EVER: Final = "SELECT DISTINCT row_id FROM journal_head WHERE table_name = 'attachment' ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Renewal:
    """What becomes of the rows of sealed files: `fresh` by their ids; those in `left` stay as they are."""

    fresh: Mapping[str, Sealed]
    left: Collection[str]
    moment: Moment
    ids: Ids
    actor: Actor

    def __call__(self, connection: dbapi2.Connection) -> None:
        """Write it, all in one transaction."""
        with translated():
            ever = [str(row_id) for (row_id,) in connection.execute(_EVER) if row_id not in self.left]
            with Database(connection, execute_plugins=False).atomic():
                for begin in range(0, len(ever), _AT_ONCE):
                    self._renew(connection, [(Attachment.TABLE, row_id) for row_id in ever[begin : begin + _AT_ONCE]])

    def _renew(self, connection: dbapi2.Connection, keys: list[Key]) -> None:
        told = {key: lines_of(connection, key) for key in keys}
        change = Change(connection, self.moment, self.ids, Reason.REKEY, self.actor)
        standing = [key for key in keys if key[1] in self.fresh]
        for _table, row_id in standing:
            (row,) = load(connection, Attachment, "id = ?", (row_id,))
            sealed = self.fresh[row_id]
            change.put(replace(row, blob=sealed.blob, seal_key=sealed.key.hex(), sealed_sha256=sealed.sealed_sha256))
        change.restate(standing)
        change.erase(key for key in keys if key not in standing and told[key])
        change.blank(seq for lines in told.values() for seq in lines)
        change.finish()
