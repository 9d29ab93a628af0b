"""All kinds of entry together: what each adds to the head, and what each is usually about."""

from __future__ import annotations

from family_case.model.consent import Topic
from family_case.model.entry import EntryKind
from family_case.model.kinds import Approach, DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.offer import Offer
from family_case.model.status import StatusReport
from family_case.model.stay import Stay
from family_case.model.step import Denial, StepTaken

Detail = SignOfLife | Approach | DocumentRequest | Promise | Payment | Offer | Stay | StatusReport | Denial | StepTaken

DETAILS: dict[EntryKind, type[Detail]] = {
    kind.KIND: kind
    for kind in (SignOfLife, Approach, DocumentRequest, Promise, Payment, Offer, Stay, StatusReport, Denial, StepTaken)
}

USUAL_TOPICS: dict[EntryKind, frozenset[Topic]] = {
    EntryKind.SIGN: frozenset({Topic.FATE}),
    EntryKind.APPROACH: frozenset({Topic.MONEY}),
    EntryKind.REQUEST: frozenset({Topic.DOCUMENTS}),
    EntryKind.PROMISE: frozenset({Topic.MONEY}),
    EntryKind.PAYMENT: frozenset({Topic.MONEY}),
    EntryKind.NOTE: frozenset(),
    EntryKind.OFFER: frozenset({Topic.RECRUITMENT}),
    EntryKind.STAY: frozenset({Topic.WHEREABOUTS}),
    EntryKind.STATUS: frozenset({Topic.FATE}),
    EntryKind.DENIAL: frozenset({Topic.AUTHORITIES}),
    EntryKind.STEP: frozenset({Topic.AUTHORITIES}),
}
