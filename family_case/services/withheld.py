"""How far a withholding reaches: what an entry is about, whether or not someone marked it so (DOMAIN rule 9).

It errs towards keeping back: a promise of money for his death speaks of his fate and of his recruitment, whoever a
recruiter is part of speaks of recruitment, and a note without any topic may speak of anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.consent import Topic
from family_case.model.entry import EntryKind
from family_case.model.kinds import FATE_PROMISES, RECRUITING_PROMISES, Payment, Promise
from family_case.model.person import RoleKind

if TYPE_CHECKING:
    from family_case.model.consent import Withholding
    from family_case.model.views import CasePage, TimelineItem


def covers(wish: Withholding, item: TimelineItem, page: CasePage) -> bool:
    """Whether this withholding keeps the entry from its person."""
    if wish.entry_id is not None:
        return wish.entry_id == item.id
    return wish.topic is None or wish.topic in topics_of(item, page)


def topics_of(item: TimelineItem, page: CasePage) -> frozenset[Topic]:
    """Topics of an entry: those it was given, and those that follow from what and whom it names."""
    told = item.entry.topics if item.entry else frozenset()
    promise = _promise(item, page)
    found = set(told)
    if promise is not None:
        found |= {Topic.FATE} if promise.promise in FATE_PROMISES else set()
        found |= {Topic.RECRUITMENT} if promise.promise in RECRUITING_PROMISES else set()
    recruiters = {card.person.id for card in page.people if card.role.kind is RoleKind.RECRUITER}
    if recruiters & {person for _part, person, _name in item.people}:
        found.add(Topic.RECRUITMENT)
    silent = item.entry is not None and item.entry.kind is EntryKind.NOTE and not told
    return frozenset(Topic) if silent else frozenset(found)


def _promise(item: TimelineItem, page: CasePage) -> Promise | None:
    detail = item.detail
    if isinstance(detail, Payment):
        paid_for = detail.promise_id
        detail = next((other.detail for other in page.timeline if other.id == paid_for), None)
    return detail if isinstance(detail, Promise) else None
