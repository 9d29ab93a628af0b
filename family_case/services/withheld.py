"""How far a withholding reaches: what an entry is about, whether or not someone marked it so (DOMAIN rule 9).

It errs towards keeping back: a promise of money for his death speaks of his fate and of his recruitment, whoever a
recruiter is part of speaks of recruitment, and a note without any topic may speak of anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.consent import Topic
from family_case.model.entry import EntryKind
from family_case.model.kinds import FATE_PROMISES, RECRUITING_PROMISES, Payment, Promise
from family_case.model.offer import Offer
from family_case.model.person import RoleKind
from family_case.model.status import Dimension, StatusReport, StatusValue
from family_case.model.stay import Stay, StayKind
from family_case.model.step import Denial
from family_case.model.task import TaskKind, TaskState

if TYPE_CHECKING:
    from family_case.model.consent import Withholding
    from family_case.model.views import CasePage, TimelineItem

_BY_DIMENSION: dict[Dimension, set[Topic]] = {
    Dimension.FATE: {Topic.FATE},
    Dimension.WHEREABOUTS: {Topic.WHEREABOUTS, Topic.FATE},
    Dimension.LIBERTY: {Topic.WHEREABOUTS, Topic.FATE},
    Dimension.HEALTH: {Topic.FATE},
}
_RECRUITED = {Topic.RECRUITMENT}
_FROM_WAR = frozenset(
    {
        StatusValue.TRAINING,
        StatusValue.FRONT,
        StatusValue.HELD_BY_OTHER,
        StatusValue.PARDON_CLAIMED,
        StatusValue.CAPTURED,
    }
)
_AT_WAR = frozenset({StayKind.TRAINING, StayKind.FRONT, StayKind.HELD_BY_OTHER})
_HARMED = frozenset({StayKind.FRONT, StayKind.MEDICAL, StayKind.HELD_BY_OTHER, StayKind.HIDING})


def covers(wish: Withholding, item: TimelineItem, page: CasePage) -> bool:
    """Whether this withholding keeps the entry from its person."""
    if wish.entry_id is not None:
        return wish.entry_id == item.id
    if wish.identifier_id is not None and wish.topic is None:
        return False  # one document, and no entry tells its number
    return wish.topic is None or wish.topic in topics_of(item, page)


def topics_of(item: TimelineItem, page: CasePage) -> frozenset[Topic]:
    """Topics of an entry: those it was given, and those that follow from what and whom it names."""
    told = item.entry.topics if item.entry else frozenset()
    promise = _promise(item, page)
    found = set(told) | _of_detail(item)
    if promise is not None:
        found |= {Topic.FATE} if promise.promise in FATE_PROMISES else set()
        found |= {Topic.RECRUITMENT} if promise.promise in RECRUITING_PROMISES else set()
    recruiters = {card.person.id for card in page.people if card.role.kind is RoleKind.RECRUITER}
    if recruiters & {person for _part, person, _name in item.people}:
        found.add(Topic.RECRUITMENT)
    silent = item.entry is not None and item.entry.kind is EntryKind.NOTE and not told
    return frozenset(Topic) if silent else frozenset(found)


def untold(item: TimelineItem, page: CasePage) -> bool:
    """Whether an entry tells of a death nobody has told the family of: no paper for a relative has it (rule 4)."""
    if not isinstance(item.detail, StatusReport) or not item.detail.tells_death:
        return False
    tasks = [each for each in page.background.tasks if each.kind is TaskKind.TELL_FAMILY]
    return not any(each.state is TaskState.DONE and each.about_id == item.id for each in tasks)


def _of_detail(item: TimelineItem) -> set[Topic]:
    """Topics that follow from what a kind adds."""
    detail = item.detail
    found: set[Topic] = set()
    if isinstance(detail, StatusReport):
        found |= _BY_DIMENSION[detail.dimension]
        found |= _RECRUITED if detail.value in _FROM_WAR else set()
    elif isinstance(detail, Stay):
        found |= _RECRUITED if detail.kind in _AT_WAR else set()
        found |= {Topic.FATE} if detail.kind in _HARMED else set()
    elif isinstance(detail, Offer):
        found |= {Topic.MONEY} if detail.monthly is not None else set()
    elif isinstance(detail, Denial) or any(line.replies for line in item.bodies):
        found |= {Topic.FATE, Topic.WHEREABOUTS}  # what a body answers speaks of where he is, or is not
    return found


def _promise(item: TimelineItem, page: CasePage) -> Promise | None:
    detail = item.detail
    if isinstance(detail, Payment):
        paid_for = detail.promise_id
        detail = next((other.detail for other in page.timeline if other.id == paid_for), None)
    return detail if isinstance(detail, Promise) else None
