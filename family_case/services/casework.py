"""Looking at cases: the list, and the page of one case on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import CaseStatus
from family_case.model.entry import Conversation, Entry, Part
from family_case.model.kinds import DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.promises import standing
from family_case.model.records import BY_TABLE
from family_case.model.silence import Silence, Span, bounded, last_word, silence
from family_case.model.status import StatusReport, StatusValue
from family_case.model.views import CaseOrder, CasePage, CaseRow, PersonCard, PromiseLine, RequestLine, TimelineItem
from family_case.services import finders
from family_case.services.rules import rules_of
from family_case.services.standing import in_force
from family_case.store import background, consents, derived, people, timeline
from family_case.store import cases as store_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from family_case.model.base import Record
    from family_case.model.case import Case
    from family_case.model.changes import CaseState
    from family_case.model.dates import PartialDate
    from family_case.model.details import Detail
    from family_case.model.kinds import PromiseTerm
    from family_case.model.place import Place
    from family_case.model.views import CaseLine
    from family_case.services.session import Session


def cases(
    session: Session,
    *,
    as_of: date | None = None,
    text: str = "",
    limit: int = 200,
    offset: int = 0,
    order: CaseOrder = CaseOrder.CODE,
    turned: bool = False,
) -> list[CaseRow]:
    """A window of the case list with the silence of each on `as_of` (today when None).

    The order is that of what is known now; `turned`: the other way round.
    """
    day = as_of or session.today()
    found = store_cases.listed(session.vault.connection, text, limit, offset, order, turned=turned)
    past = as_of is not None and as_of < session.today()
    return rows_of(session, found, day, past=past)


def count(session: Session, text: str = "") -> int:
    """How many cases `text` occurs in; all of them when it is empty."""
    return store_cases.counted(session.vault.connection, text)


def resolve(session: Session, ref: str) -> str:
    """Id of the case meant by a code or by the id of any record in it; Refused when there is none."""
    return finders.case_id(session, ref)


def record(session: Session, ref: str) -> Record:
    """The record meant: a case by its code, anything else by its id; Refused when there is none."""
    connection = session.vault.connection
    case = store_cases.by_code(connection, ref.strip())
    if case is not None:
        return case
    owner = store_cases.of_record(connection, ref.strip())
    found = timeline.one(connection, BY_TABLE[owner[0]], ref.strip()) if owner else None
    if found is None:
        raise Refused(N_("There is no case and no record “{ref}” in this vault."), ref=ref)
    return found


def case_of_record(session: Session, record: Record) -> str:
    """Id of a case the record is in; nothing for one that is in no case."""
    owner = store_cases.of_record(session.vault.connection, record.id)
    return owner[1] if owner else ""


def page(session: Session, ref: str, *, as_of: date | None = None) -> CasePage:
    """Everything the page of one case shows on `as_of` (today when None)."""
    day = as_of or session.today()
    case = finders.case_of(session, ref)
    connection, zone = session.vault.connection, session.office.zone
    known, places = people.in_case(connection, case.id), timeline.places(connection, case.id)
    withholdings = consents.withholdings(connection, case.id)
    items = _timeline(session, case, day, known, places)
    kept_from = {each.from_person_id for each in in_force(withholdings)}
    made = CasePage(
        case=case,
        as_of=day,
        silence=silence_of(case, items, day, zone),
        last_talk=derived.last_talk(connection, case.id, day),
        last_proof=last_proof(items),
        held_at=places.get(case.held_at or ""),
        people=tuple(_carded(card, kept_from) for card in known),
        timeline=tuple(items),
        promises=tuple(_promise_line(item) for item in items if isinstance(item.detail, Promise)),
        requests=tuple(_request_line(item) for item in items if isinstance(item.detail, DocumentRequest)),
        consents=tuple(consents.of_case(connection, case.id)),
        withholdings=tuple(withholdings),
        background=background.of_case(
            connection,
            case.id,
            {each for card in known for each in card.ids},
            {item.entry.source_id for item in items if item.entry and item.entry.source_id},
        ),
    )
    return replace(made, rules=rules_of(made, zone))


def silence_of(case: Case, items: Sequence[TimelineItem], as_of: date, zone: str) -> Silence:
    """Silence of a case from the timeline items that are shown.

    What is left out of them does not count (DOMAIN rule 9).
    """
    spans = [span for item in items if item.counts and item.entry for span in [span_of(item.entry, zone)] if span]
    return silence(
        last_word(spans, as_of),
        derived.last_seen(case.last_seen, case.recorded_ms, zone),
        as_of,
        case.interval_days,
        case.status,
    )


def span_of(entry: Entry, zone: str) -> Span | None:
    """Days an entry can have happened on, bounded as rule 2 says."""
    return bounded(entry.happened, entry.learned, derived.recorded_day(entry.recorded_ms, zone))


def last_proof(items: Sequence[TimelineItem]) -> TimelineItem | None:
    """The latest proof that he is alive (DOMAIN section 1).

    A counting sign in which someone named recognised him, or a checked statement that he was alive.
    """
    named = [item for item in items if _recognised(item) or _checked_alive(item)]
    return max(named, key=lambda item: item.happened_key, default=None)


def _checked_alive(item: TimelineItem) -> bool:
    said = isinstance(item.detail, StatusReport) and item.detail.value is StatusValue.ALIVE_CONFIRMED
    return said and item.entry is not None and bool(item.entry.checked.strip())


def _recognised(item: TimelineItem) -> bool:
    if not item.counts or not isinstance(item.detail, SignOfLife):
        return False
    parts = {part for part, _person, _name in item.people}
    heard = bool(item.detail.recognised_by) and Part.WITH in parts
    return Part.RECOGNISER in parts or heard


def rows_of(session: Session, cases: Iterable[CaseLine], day: date, *, past: bool = False) -> list[CaseRow]:
    """Lines of the case list on a day; `past`: it lies before today."""
    iso = day.isoformat()
    rows = []
    for case in cases:
        state: CaseLine | CaseState = case
        if past or (case.word_latest or "") > iso or (case.last_talk or "") > iso:
            # what is stored knows of things after the day asked about: the records themselves are asked
            state = derived.state_of(session.vault.connection, case.id, session.office.zone, day)
        word = _span(state.word_earliest, state.word_latest)
        seen = _span(state.seen_earliest, state.seen_latest) if word is None else None  # of no weight beside a word
        now = silence(word, seen, day, case.interval_days, _STATUS[case.status])
        rows.append(CaseRow(case.id, case.code, case.alias, now, state.last_talk, state.call_back, state.first_due))
    return rows


_STATUS = {status.value: status for status in CaseStatus}


def _span(earliest: str | None, latest: str | None) -> Span | None:
    """Days as derived state tells them: nothing bounds the beginning of what has a latest day only."""
    if latest is None:
        return None
    day = date.fromisoformat
    return Span(day(earliest), day(latest)) if earliest else Span(day(latest), day(latest), open_start=True)


def _carded(card: PersonCard, kept_from: set[str]) -> PersonCard:
    return replace(card, withheld=True) if card.person.id in kept_from else card


def _timeline(
    session: Session, case: Case, day: date, known: Sequence[PersonCard], places: Mapping[str, Place]
) -> list[TimelineItem]:
    connection = session.vault.connection
    entries = {entry.id: entry for entry in timeline.entries(connection, case.id)}
    details = timeline.details(connection, entries.values())
    parts, numbers = timeline.people(connection, entries), timeline.numbers(connection, case.id, entries)
    payments = _payments(details.values())
    terms = _terms(session, [each.id for each in details.values() if isinstance(each, Promise)], day)
    bodies = background.bodies_of(connection, case.id, details.values())
    counting = timeline.counting(connection, case.id, session.office.zone)
    names = _names(session, known, {part.person_id for group in parts.values() for part in group})
    items = []
    for entry in entries.values():
        if not _by_day(entry.happened, day):
            continue
        detail = details.get(entry.id)
        paid = [each for each in payments.get(entry.id, []) if _by_day(entries[each.id].happened, day)]
        items.append(
            TimelineItem(
                id=entry.id,
                happened_key=_key(entry.happened),
                entry=entry,
                detail=detail,
                conversation=None,
                people=tuple(
                    (part.part, part.person_id, names.get(part.person_id, "")) for part in parts.get(entry.id, [])
                ),
                numbers=tuple(numbers.get(entry.id, [])),
                place=places.get(entry.place_id or ""),
                counts=entry.id in counting,
                terms=tuple(terms.get(entry.id, [])),
                bodies=bodies.get(entry.id, ()),
                standing=standing(detail, terms.get(entry.id, []), paid, day) if isinstance(detail, Promise) else None,
            )
        )
    talks = [_talk(talk) for talk in timeline.conversations(connection, case.id) if _by_day(talk.happened, day)]
    return sorted([*items, *talks], key=lambda item: (item.happened_key, item.id))


def _payments(details: Iterable[Detail]) -> dict[str, list[Payment]]:
    """Payments by the promise they were made against ('' for those against none)."""
    return timeline.by([each for each in details if isinstance(each, Payment)], "promise_id")


def _terms(session: Session, promises: Sequence[str], day: date) -> dict[str, list[PromiseTerm]]:
    """Due dates said up to `day`, by promise."""
    told = timeline.terms(session.vault.connection, promises) if promises else {}
    return {key: [each for each in said if _by_day(each.said, day)] for key, said in told.items()}


def _names(session: Session, known: Sequence[PersonCard], wanted: set[str]) -> dict[str, str]:
    connection = session.vault.connection
    names = {card.person.id: card.name for card in known}
    for person_id in wanted - set(names):
        found = people.names_of(connection, person_id)
        names[person_id] = found[0].entered if found else ""
    return names


def _talk(talk: Conversation) -> TimelineItem:
    return TimelineItem(talk.id, _key(talk.happened), None, None, talk)


def _by_day(happened: PartialDate | None, day: date) -> bool:
    return happened is None or happened.earliest is None or happened.earliest <= day


def _key(happened: PartialDate | None) -> str:
    if happened is None or happened.earliest is None:
        return ""
    return f"{happened.earliest.isoformat()} {happened.edtf}"


def _promise_line(item: TimelineItem) -> PromiseLine:
    assert item.entry and isinstance(item.detail, Promise) and item.standing  # noqa: S101, PT018 - chosen by the caller
    by = next((name for part, _person, name in item.people if part is Part.BY), "")
    return PromiseLine(item.entry, item.detail, item.terms, item.standing, by)


def _request_line(item: TimelineItem) -> RequestLine:
    assert item.entry and isinstance(item.detail, DocumentRequest)  # noqa: S101, PT018 - chosen by the caller
    return RequestLine(item.entry, item.detail, item.numbers)
