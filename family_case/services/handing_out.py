"""A file leaves the vault as it was given: written whole or not at all, and recorded as a disclosure like any paper.

Whether it may leave is decided where papers are (`dossier.demand_file`).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.files import explain, sync_file, sync_folder, writing
from family_case.i18n import N_
from family_case.model.attachment import Attachment
from family_case.model.changes import Reason
from family_case.model.consent import Disclosure, DisclosureItem
from family_case.services import attaching, publishing
from family_case.services.dossier import demand_file
from family_case.services.standing import PURPOSE, covers
from family_case.services.waiting import through
from family_case.store import consents

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from family_case.model.changes import Changes
    from family_case.services.dossier import Order
    from family_case.services.session import Session

AS_IT_IS = N_(
    "A file leaves as it is: nothing in it is masked. Whoever it shows, names or lets be heard is told by it, and the "
    "copy lies in plain on its disk."
)
_STEP = 16  # pieces (1 MiB) between two yields
_STOPPED = N_("Saving the copy was stopped. Nothing of it was kept.")


def extract(
    session: Session, attachment_id: str, order: Order, target: Path, *, progress: Callable[[float], object] = bool
) -> Changes:
    """Write the file of an attachment to the new file `target`; `made` is the disclosure's id. Raises as `steps`."""
    return through(steps(session, attachment_id, order, target), progress)


def steps(
    session: Session, attachment_id: str, order: Order, target: Path, *, stopped: Callable[[], bool] = bool
) -> Generator[float, None, Changes]:
    """The same, yielding the share done; closing the generator leaves neither file nor disclosure.

    Raises Refused (it may not leave, or something is at `target` already), Damaged (it is not what was sealed) or
    Unavailable (a disk says no).
    """
    session.vault.demand_writable()  # that it leaves is written down
    row = attaching.one(session, attachment_id)
    demand_file(session, row, order)
    publishing.demand_outside(session, target)
    _demand_free(target)
    part = target.with_name(f".{row.blob}.part")
    with contextlib.ExitStack() as undo:
        undo.enter_context(session.unfinished.holding(part))  # so that a lock in its middle leaves nothing plain
        undo.callback(_unlink, part)
        undo.enter_context(session.unfinished.holding(part, target))  # a lock now leaves neither
        with writing(part) as write:
            written = 0
            for count, piece in enumerate(attaching.pieces(session, row)):
                write(piece)
                written += len(piece)
                if count % _STEP == 0:
                    yield written / row.size
                    if stopped():
                        raise Refused(_STOPPED)
        sync_file(part)
        return _recorded(session, row, order, part, target)


def _recorded(session: Session, row: Attachment, order: Order, part: Path, target: Path) -> Changes:
    """The disclosure, and the file under its own name before that is on the disk."""
    today, purpose = session.today(), PURPOSE[order.profile]
    given = consents.of_case(session.vault.connection, row.case_id)
    used = " ".join(sorted(each.id for each in given if covers(each, purpose, today)))
    try:
        with contextlib.ExitStack() as recorded, session.vault.change(Reason.DISCLOSE, session.actor) as change:
            change.made = change.fresh_id(row.case_id)
            to_whom, made_ms = publishing.reader(order), change.moment.utc_ms
            place = str(target.absolute())
            told = (order.profile.value, order.language, to_whom, used, row.sha256, place)
            change.put(Disclosure(change.made, row.case_id, made_ms, *told))
            change.put(DisclosureItem(change.fresh_id(row.case_id), change.made, Attachment.TABLE, row.id))
            change.notes.append((AS_IT_IS, {}))
            _demand_free(target)
            recorded.enter_context(session.unfinished.holding(target))  # no lock now leaves a copy unrecorded
            part.rename(target)
            sync_folder(target.parent)
    except OSError as error:
        raise explain(error, target) from None
    except BaseException:
        if not part.exists():
            _unlink(target)
        raise
    return change.result


def _demand_free(target: Path) -> None:
    if target.is_symlink() or target.exists():
        raise Refused(N_("“{file}” is there already and is not written over. Choose another name."), file=str(target))


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
