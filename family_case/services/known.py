"""As we knew it: a case shown as the vault knew it at the end of an earlier day (DOMAIN rule 15)."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from family_case.chance import zone_of
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import finders
from family_case.store import past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import date

    from family_case.services.session import Session


def when(session: Session, ref: str, day: date | None) -> AbstractContextManager[Session]:
    """`known_on` that day, or the vault as it stands when there is none."""
    return nullcontext(session) if day is None else known_on(session, ref, day)


@contextmanager
def known_on(session: Session, ref: str, day: date) -> Iterator[Session]:
    """A session over the case of `ref` alone, as the vault knew it when `day` ended in the vault's zone.

    Reading services answer from it as from the vault; nothing can be written through it. Raises Refused when nothing
    was known of the case then. What was erased since is gone from the past too.
    """
    found = past.as_known(session.vault.connection, _case(session, ref), _end_of(day, session), session.office.zone)
    if found is None:
        raise Refused(N_("On {day} this vault knew nothing of this case yet."), day=day.isoformat())
    try:
        yield replace(session, vault=session.vault.over(found.connection))
    finally:
        found.connection.close()


def _case(session: Session, ref: str) -> str:
    """Id of the case of `ref`, also by a record that was taken back since."""
    try:
        return finders.case_of(session, ref).id
    except Refused:
        found = past.case_then(session.vault.connection, ref.strip())
        if found is None:
            raise
        return found


def _end_of(day: date, session: Session) -> int:
    """Last millisecond of a day in the vault's zone, as UTC."""
    next_day = datetime.combine(day, time(), tzinfo=zone_of(session.office.zone)) + timedelta(days=1)
    return int(next_day.timestamp() * 1000) - 1
