"""As we knew it: a case shown as the vault knew it at the end of an earlier day (DOMAIN rule 15)."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from family_case.chance import zone_of
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import SaidDay
from family_case.model.dossier import Profile
from family_case.services import casework, finders
from family_case.store import past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import date

    from family_case.model.consent import Consent, Withholding
    from family_case.model.dossier import Order
    from family_case.model.entry import Entry
    from family_case.model.views import CasePage, TimelineItem
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
    found = past.as_known(session.vault.connection, _case(session, ref), end_of(day, session), session.office.zone)
    if found is None:
        raise Refused(N_("On {day} this vault knew nothing of this case yet."), day=SaidDay(day))
    try:
        yield replace(session, vault=session.vault.over(found))
    finally:
        found.close()


def page_of(session: Session, ref: str, order: Order) -> CasePage:
    """The page a paper is composed from: as of its day, and as known on one, where the order says so.

    Who may be told what is decided by what is known today: consents, withholdings, and what of an entry may endanger
    someone. Refused for a relative's paper of the past: what must not be told her may have been learned since.
    """
    if order.known_on is None:
        return casework.page(session, ref, as_of=order.as_of)
    if order.profile is Profile.FAMILY:
        raise Refused(N_("An extract for a relative is of today only: leave out the day it was known."))
    with known_on(session, ref, order.known_on) as past:
        found = casework.page(past, ref, as_of=order.as_of)
    now = casework.page(session, found.case.id, as_of=order.as_of)
    entries = {item.id: item.entry for item in now.timeline if item.entry}
    return replace(
        found,
        consents=tuple(_as_hiding(now)),
        withholdings=tuple(_kept_from_each(now, found)),
        timeline=tuple(_as_endangering(item, entries.get(item.id)) for item in found.timeline),
    )


def _records(now: CasePage, person_id: str) -> frozenset[str]:
    """Records that are known today to be of this person."""
    return next((card.ids for card in now.people if person_id in card.ids), frozenset({person_id}))


def _as_hiding(now: CasePage) -> Iterator[Consent]:
    """The consents of today; who hides one name of his hides every other that he is known by today."""
    hidden = {each for wish in now.consents if wish.withhold_name for each in _records(now, wish.giver_id)}
    for each in now.consents:
        joined = each.giver_id in hidden and len(_records(now, each.giver_id)) > 1
        yield replace(each, withhold_name=True) if joined else each


def _kept_from_each(now: CasePage, then: CasePage) -> Iterator[Withholding]:
    """What is kept from a person today, kept from everyone whom the page of then knows him as."""
    for wish in now.withholdings:
        for person_id in sorted({then.one(each) for each in _records(now, wish.from_person_id)}):
            if person_id == wish.from_person_id or any(person_id in card.ids for card in then.people):
                yield replace(wish, from_person_id=person_id)


def _as_endangering(item: TimelineItem, now: Entry | None) -> TimelineItem:
    """The item of then with the hazards and topics known now."""
    if item.entry is None or now is None:
        return item
    entry = replace(item.entry, hazards=item.entry.hazards | now.hazards, topics=item.entry.topics | now.topics)
    return replace(item, entry=entry)


def _case(session: Session, ref: str) -> str:
    """Id of the case of `ref`, also by a record that was taken back since."""
    try:
        return finders.case_id(session, ref)
    except Refused:
        found = past.case_then(session.vault.connection, ref.strip())
        if found is not None:
            return found
        casework.record(session, ref)  # Refused in its own words when there is none
        raise Refused(
            N_("This is in no case. Only a case and what is in it can be shown as known on a day; see its history.")
        ) from None


def end_of(day: date, session: Session) -> int:
    """Last millisecond of a day in the vault's zone, as UTC."""
    next_day = datetime.combine(day, time(), tzinfo=zone_of(session.office.zone)) + timedelta(days=1)
    return int(next_day.timestamp() * 1000) - 1
