"""Files that were handed over: sealed into the vault beside a case or an entry of it, listed, and read back.

How one leaves the vault again is not decided here but in `handing_out`.
"""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.attachment import LONGEST_NAME, Attachment, media_of
from family_case.model.case import Case
from family_case.model.changes import Reason
from family_case.model.entry import Entry
from family_case.services import casework
from family_case.services.waiting import through
from family_case.store import blobs, timeline
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from family_case.model.changes import Changes
    from family_case.services.session import Session

STOPPED = N_("Attaching was stopped. Nothing of the file was kept in the vault.")
VIEWED = 64 << 20  # bytes of a file that is shown from memory; a larger one is saved as a copy to be seen


def attach(session: Session, ref: str, source: Path, *, progress: Callable[[float], object] = bool) -> Changes:
    """Attach the file `source` to the case or entry meant by `ref`; `made` is its id. Raises what `steps` raises."""
    return through(steps(session, ref, source), progress)


def steps(
    session: Session, ref: str, source: Path, *, stopped: Callable[[], bool] = bool
) -> Generator[float, None, Changes]:
    """The same, yielding the share done; closing the generator leaves nothing, nor does `stopped` saying so.

    Raises Refused (no such case or entry, no ordinary file, over 2 GiB, changed meanwhile, stopped) or Unavailable
    (a disk says no); the vault is then as it was.
    """
    session.vault.demand_writable()
    case_id, entry_id = _place(session, ref)
    sealing = blobs.seal(session.folder, session.root.vault_id, source)
    try:
        while True:
            try:
                share = next(sealing)
            except StopIteration as end:
                sealed: blobs.Sealed = end.value
                break
            yield share
            if stopped():
                raise Refused(STOPPED)
    finally:
        sealing.close()
    with blobs.settling(session.folder):
        try:
            return _written(session, entry_id or case_id, source, sealed)
        except BaseException:  # an interrupt may come when the row is on the disk already
            if not any(each.name == sealed.blob for each in blobs.named(session.vault.connection)):
                blobs.drop(session.folder, [sealed.blob])
            raise


def of(session: Session, ref: str) -> list[Attachment]:
    """Attachments of the case meant by `ref`, or of that entry, in the order they came in; Refused for neither."""
    case_id, entry_id = _place(session, ref)
    where, value = ("entry_id = ?", entry_id) if entry_id else ("case_id = ?", case_id)
    return load(session.vault.connection, Attachment, f"{where} ORDER BY rowid", (value,))


def one(session: Session, attachment_id: str) -> Attachment:
    """The attachment of this id; Refused when there is none."""
    found = timeline.one(session.vault.connection, Attachment, attachment_id.strip())
    if found is None:
        raise Refused(N_("There is no attachment “{id}” in this vault."), id=attachment_id)
    return found


def pieces(session: Session, row: Attachment) -> Iterator[bytes]:
    """The file as it was given, piece by piece; Damaged, naming it, as soon as something is not as it was sealed."""
    return blobs.plain_of(session.folder, session.root.vault_id, row)


def whole(session: Session, attachment_id: str) -> tuple[Attachment, bytes]:
    """An attachment and all its bytes, to be shown from memory; Refused for one over 64 MiB, Damaged as `pieces`."""
    row = one(session, attachment_id)
    if row.size > VIEWED:
        raise Refused(N_("This file is too large to be shown here. Save a copy to open it."))
    return row, b"".join(pieces(session, row))


def given_name(source: Path) -> str:
    """A file's name as it is kept: one line of plain characters, nothing that turns the direction of writing."""
    told = os.fsencode(source.name).decode("utf-8", errors="replace")
    clean = "".join("_" if unicodedata.category(mark) in _UNSEEN else mark for mark in told)
    return clean[:LONGEST_NAME]


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _written(session: Session, ref: str, source: Path, sealed: blobs.Sealed) -> Changes:
    """The row of a sealed file, and the file under its own name before the row is on the disk."""
    case_id, entry_id = _place(session, ref)  # again: an entry may have gone to another case meanwhile
    with session.vault.change(Reason.ADD, session.actor) as change:
        change.made = change.fresh_id(case_id)
        change.put(
            Attachment(
                id=change.made,
                case_id=case_id,
                entry_id=entry_id,
                name=given_name(source),
                media=media_of(sealed.head),
                size=sealed.size,
                sha256=sealed.sha256,
                blob=sealed.blob,
                sealed_sha256=sealed.sealed_sha256,
                seal_key=sealed.key.hex(),
                recorded_ms=change.moment.utc_ms,
            )
        )
        blobs.put(session.folder, sealed.blob)
    return change.result


def _place(session: Session, ref: str) -> tuple[str, str | None]:
    """Case and entry that a file hangs on."""
    record = casework.record(session, ref)
    if isinstance(record, Case):
        return record.id, None
    if not isinstance(record, Entry):
        raise Refused(N_("A file is attached to a case or to an entry: “{ref}” is neither."), ref=ref)
    if record.case_id is None:
        raise Refused(N_("This entry is in no case, so no file can be attached to it."))
    return record.case_id, record.id
