"""The rules of one case on one day, from its page as it is shown: of today, or as the vault knew it (rule 15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.entry import Part
from family_case.model.fate import Fate, Report, fate
from family_case.model.groups import Equated, GroupStatement, equated
from family_case.model.no_reply import Asked, Clock, ClockState, clock
from family_case.model.person import RoleKind
from family_case.model.precautions import UKRAINE, countries, international, precautions
from family_case.model.retention import Proposal, proposals
from family_case.model.rules import BodyClock, Rules
from family_case.model.silence import Span, bounded
from family_case.model.status import StatusReport
from family_case.model.stay import Stay
from family_case.model.step import StepTaken
from family_case.model.un_window import DEADLINE, Event, event_of, window
from family_case.services import law
from family_case.services.withheld import untold
from family_case.store import derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from family_case.model.case import Case
    from family_case.model.entry import Entry
    from family_case.model.views import CasePage, TimelineItem

_OWED = frozenset({ClockState.WAITING, ClockState.UNPROVEN})


def rules_of(page: CasePage, zone: str) -> Rules:
    """What the rules say of this page on its day; days follow the vault's `zone`."""
    day = page.as_of
    stays = [(item.entry, item.detail) for item in page.timeline if isinstance(item.detail, Stay) and item.entry]
    citizenship = next((card.person.citizenship for card in page.people if card.role.kind is RoleKind.SOUGHT), "")
    return Rules(
        window=window(custody_event(page.case, stays, day, zone), law.deadlines()[DEADLINE], day),
        fate=_fate(page, zone),
        clocks=tuple(each for item in page.timeline for each in clocks_of(item, day) if each.clock.state in _OWED),
        groups=tuple(_groups(page)),
        keeping=_keeping(page, zone),
        precautions=precautions(page.case, citizenship, day),
        protecting_asked=any(_protects(item) for item in page.timeline),
    )


def clocks_of(item: TimelineItem, day: date) -> list[BodyClock]:
    """The clock of each body that a step went to, answered or not."""
    if not isinstance(item.detail, StepTaken) or item.entry is None:
        return []
    found = []
    for line in item.bodies:
        asked = Asked(line.id, line.since, line.forwarded_from is not None, line.replies)
        made: Clock | None = clock(item.detail, item.entry.happened, asked, law.reply_of(line.body), day)
        if made is not None:
            found.append(BodyClock(item.id, line.body.name, made))
    return found


def custody_event(case: Case, stays: Iterable[tuple[Entry, Stay]], day: date, zone: str) -> Event:
    """When he was taken or last seen in known custody, by the case or by these stays."""
    ends = [
        (entry.id, stay.kind, span)
        for entry, stay in stays
        for span in [_end(stay, derived.recorded_day(entry.recorded_ms, zone))]
        if span
    ]
    return event_of(derived.last_seen(case.last_seen, case.recorded_ms, zone), ends, day)


def _end(stay: Stay, recorded: date) -> Span | None:
    """When a stay ended, as far as known; of one whose end nobody knows, when it began."""
    return bounded(stay.left or stay.arrived, None, recorded)


def _fate(page: CasePage, zone: str) -> Fate:
    proof = page.last_proof
    span = _span(proof, zone) if proof else None
    reports = [
        _report(item, item.detail, page, zone) for item in page.timeline if isinstance(item.detail, StatusReport)
    ]
    return fate(proof.id if proof else "", span, reports, page.as_of)


def _span(item: TimelineItem, zone: str) -> Span | None:
    entry = item.entry
    if entry is None:
        return None
    return bounded(entry.happened, entry.learned, derived.recorded_day(entry.recorded_ms, zone))


def _report(item: TimelineItem, detail: StatusReport, page: CasePage, zone: str) -> Report:
    entry = item.entry
    assert entry is not None  # noqa: S101 - a detail hangs on its entry
    return Report(
        entry_id=item.id,
        dimension=detail.dimension,
        value=detail.value,
        days=_span(item, zone),
        source=entry.source,
        teller_id=_teller(item, page),
        basis=entry.basis,
        hands=entry.hands,
        group=detail.about_group,
        untold=untold(item, page),
    )


def _teller(item: TimelineItem, page: CasePage) -> str:
    """Id of who said it, else of who told it to us in a talk; empty when neither is recorded."""
    speaker = next((person for part, person, _name in item.people if part is Part.SPEAKER), "")
    if speaker or item.entry is None:
        return speaker
    talk = next((each.conversation for each in page.timeline if each.id == item.entry.conversation_id), None)
    return (talk.person_id or "") if talk else ""


def _groups(page: CasePage) -> Iterator[GroupStatement]:
    cohorts = {each.id: each.name for each in page.background.cohorts}
    for item in page.timeline:
        entry, detail = item.entry, item.detail
        if entry is None or not isinstance(detail, StatusReport) or not detail.about_group.strip():
            continue
        said = equated(entry.cohort_id, detail.cohort_claim)
        claimed, told = said is Equated.CLAIMED, entry.learned or entry.happened
        yield GroupStatement(
            entry_id=item.id,
            group=detail.about_group,
            words=entry.words or entry.text,
            equated=said,
            cohort=cohorts.get(entry.cohort_id or "", "") if claimed else "",
            claim=detail.cohort_claim if claimed else "",
            source=entry.source,
            teller_id=_teller(item, page),
            told=told.latest if told else None,
            basis=entry.basis,
            hands=entry.hands,
        )


def _keeping(page: CasePage, zone: str) -> tuple[Proposal, ...]:
    recorded = [told.recorded_ms for each in page.timeline for told in [each.entry or each.conversation] if told]
    newest = max([*recorded, page.case.recorded_ms])
    return proposals(
        page.case,
        derived.recorded_day(newest, zone),
        page.consents,
        page.background.holds,
        law.keeping(),
        page.as_of,
    )


def _protects(item: TimelineItem) -> bool:
    """Whether a step went to a Ukrainian or an international body."""
    asked = item.bodies if isinstance(item.detail, StepTaken) else ()
    return any(international(line.body) or UKRAINE in countries(line.body.country) for line in asked)
