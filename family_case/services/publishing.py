"""Paper: what it says, what of that is told anew, and publishing with its disclosure in one step.

The renderer is handed in by the caller.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.files import explain, read_bounded, write_atomic
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.consent import Disclosure, DisclosureItem
from family_case.model.dossier import Dossier, Profile, Told
from family_case.services import casework
from family_case.services.dossier import Order, build, build_telling
from family_case.services.standing import covers
from family_case.store import consents

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session

__all__ = ["Order", "dossier", "publish", "tells"]

_LARGEST = 256 << 20  # bytes of a file a paper may replace
Render = Callable[[Dossier], bytes]


def dossier(session: Session, ref: str, order: Order) -> Dossier:
    """What the ordered paper may say; nothing is written and nothing disclosed."""
    return build(session, ref, order)


def tells(session: Session, ref: str, order: Order) -> list[Told]:
    """Each person, number, place, date and hazard the paper tells its reader, and whether it is new to him.

    At the end, as "hidden", what of other cases was taken out of its texts.
    """
    case_id = casework.resolve(session, ref)
    paper, hidden = build_telling(session, ref, order)
    had = consents.disclosed(session.vault.connection, case_id, reader(order))
    taken_out = [Told("hidden", text, new=False) for text in hidden]
    return [*dict.fromkeys(_told(paper, had)), *taken_out]


def publish(session: Session, ref: str, order: Order, render: Render, target: Path | None) -> Changes:
    """Write the paper to `target` and its disclosure in one transaction.

    `target` None records what the window has printed.

    Raises Refused (consent), Unavailable (the file cannot be written); then neither file nor disclosure is left.
    """
    case_id = casework.resolve(session, ref)
    paper = build(session, ref, order)
    data = render(paper)
    agreed = consents.of_case(session.vault.connection, case_id)
    used = sorted(each.id for each in agreed if covers(each, paper.purpose, session.today()))
    before = _standing_there(session, target)
    try:
        with contextlib.ExitStack() as recorded, session.vault.change(Reason.DISCLOSE, session.actor) as change:
            change.made = session.ids.new()
            change.put(
                Disclosure(
                    change.made,
                    case_id,
                    change.moment.utc_ms,
                    order.profile.value,
                    order.language,
                    reader(order),
                    " ".join(used),
                    hashlib.sha256(data).hexdigest(),
                    str(target.absolute()) if target is not None else "",
                )
            )
            for table, record_id in paper.record_ids:
                change.put(DisclosureItem(session.ids.new(), change.made, table, record_id))
            if target is not None:
                write_atomic(target, data, unfinished=session.unfinished)
                recorded.enter_context(session.unfinished.holding(target))  # no lock now leaves a paper unrecorded
    except BaseException:
        if target is not None:
            _put_back(target, before)
        raise
    return change.result


def _standing_there(session: Session, target: Path | None) -> bytes | None:
    """What is at `target` now, to be put back; Refused inside the vault's own folder, where it would destroy it."""
    if target is None:
        return None
    demand_outside(session, target)
    return read_bounded(target, _LARGEST)


def demand_outside(session: Session, target: Path) -> None:
    """Refuse a file inside the vault's own folder."""
    try:
        inside = target.resolve().is_relative_to(session.folder.resolve())
    except OSError as error:
        raise explain(error, target) from None
    if inside:
        raise Refused(N_("A paper cannot be written into the vault's own folder. Nothing was written; choose another."))


def _put_back(target: Path, before: bytes | None) -> None:
    if before is None:
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
    elif read_bounded(target, _LARGEST) != before:
        write_atomic(target, before)


def reader(order: Order) -> str:
    """To whom something leaves, as its disclosure says it."""
    return order.addressee or (order.for_person if order.profile is Profile.FAMILY else order.profile.value)


def _told(paper: Dossier, had: set[tuple[str, str]]) -> Iterator[Told]:
    known = {record_id for table, record_id in had if table == "entry"}
    first = not had
    for line in paper.sought.names:
        yield Told("person", line.text, first)
    for who in paper.people:
        if who.name:
            yield Told("person", who.name, first)
    for item in paper.items:
        new = item.entry.id not in known
        for number in item.numbers:
            yield Told("number", number.shown, new)
        if item.place:
            yield Told("place", item.place, new)
        if item.entry.happened is not None:
            yield Told("date", item.entry.happened.edtf, new)
        for hazard in sorted(item.entry.hazards, key=lambda each: each.value):
            yield Told("hazard", hazard.label, new)
