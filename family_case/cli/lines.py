"""Facts as printed lines: code and alias, roles instead of names, the ends of numbers; columns are divided by tabs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.cli.plain import plain
from family_case.cli.visible import visible
from family_case.i18n import N_
from family_case.model.base import Coded, Privacy, Record
from family_case.model.date_words import date_words, day_words
from family_case.model.dates import parse
from family_case.model.entry import Channel, Part
from family_case.model.kinds import Approach, DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.money import Money, money_words
from family_case.model.person import role_label
from family_case.model.phones import masked
from family_case.model.records import columns
from family_case.model.views import CasePage, PersonCard, TimelineItem
from family_case.services.sentences import last_word_item, silence_sentence
from family_case.services.today import Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from family_case.i18n import Translator
    from family_case.model.changes import HistoryItem
    from family_case.model.kinds import Detail
    from family_case.model.silence import Silence
    from family_case.model.views import CaseRow, Hit, TodayLine

_CONVERSATION = N_("conversation")


def row(line: CaseRow, tr: Translator) -> str:
    """One case of the list: code, alias, days of silence, what that asks for."""
    return _tabbed(line.code, line.alias, days(line.silence), tr.text(line.silence.state.label))


def days(silence: Silence) -> str:
    """Days without a direct word: "45", "44-50", or nothing when none is known."""
    if silence.fewest is None or silence.most is None:
        return ""
    return str(silence.fewest) if silence.fewest == silence.most else f"{silence.fewest}-{silence.most}"


def hit(line: Hit) -> str:
    """One search result: code, alias, sort of record, its id."""
    return _tabbed(line.code, line.alias, line.table, line.record_id)


def pressing(line: TodayLine, tr: Translator) -> str:
    """One line of Today: code, alias, why, days, the day it is about."""
    return _tabbed(line.code, line.alias, tr.text(Why(line.why).label), str(line.days), line.day or "")


def written(item: HistoryItem, tr: Translator) -> str:
    """One journal line: number, time (UTC), through which door, why, which record."""
    parts = (item.actor.label, item.reason.label)
    return _tabbed(
        str(item.seq), Moment(item.time_ms).iso(), *(tr.text(part) for part in parts), item.table, item.row_id
    )


def page(found: CasePage, tr: Translator) -> Iterator[str]:
    """The page of a case: silence, last talk, people by role, timeline."""
    yield _tabbed(found.case.code, found.case.alias, tr.text(found.case.status.label))
    yield silence_sentence(found.silence, last_word_item(found.timeline), tr, found.people)
    if found.last_talk:
        last = parse(found.last_talk).latest
        yield tr.text(N_("Last talk with the family: {date}."), date=day_words(last, tr) if last else "")
    yield ""
    for card in found.people:
        yield person(card, tr)
    yield ""
    for item in found.timeline:
        yield entry(item, found.people, tr)


def shown(found: object, people: Sequence[PersonCard], tr: Translator) -> Iterator[str]:
    """Whatever `show` was asked for: a page, a line of the timeline, a person, or the harmless columns of a record."""
    if isinstance(found, CasePage):
        yield from page(found, tr)
    elif isinstance(found, TimelineItem):
        yield entry(found, people, tr)
    elif isinstance(found, PersonCard):
        yield person(found, tr)
    elif isinstance(found, Record):
        yield f"{found.TABLE}\t{found.id}"
        for name, (_kind, privacy) in columns(type(found)).items():
            if privacy is Privacy.NONE and name != "id":
                yield f"{name}\t{json.dumps(plain(getattr(found, name)), ensure_ascii=False)}"


def person(card: PersonCard, tr: Translator) -> str:
    """One person of a case: role, "(!)" when something is kept from him, the ends of his numbers, id."""
    role = _role(card, tr)
    told = tr.text(N_("{role}, as claimed"), role=role) if card.role.claimed else role
    numbers = ", ".join(masked(each.norm) for each in card.endpoints)
    return _tabbed(told, "(!)" if card.withheld else "", numbers, card.person.id)


def _role(card: PersonCard, tr: Translator) -> str:
    return tr.text(role_label(card.role.kind, card.person.sex))


def entry(item: TimelineItem, people: Sequence[PersonCard], tr: Translator) -> str:
    """One line of the timeline: when, what, with whom by role, the ends of numbers, id."""
    talk = item.conversation
    happened = item.entry.happened if item.entry else talk.happened if talk else None
    kind = tr.text(item.entry.kind.label if item.entry else _CONVERSATION)
    told = "; ".join([kind, *_essence(item, tr)])
    numbers = ", ".join(masked(each.endpoint.norm) for each in item.numbers)
    return _tabbed(date_words(happened, tr) if happened else "", told, _with(item, people, tr), numbers, item.id)


def _with(item: TimelineItem, people: Sequence[PersonCard], tr: Translator) -> str:
    roles = {card.person.id: _role(card, tr) for card in people}
    if item.conversation:
        return roles.get(item.conversation.person_id or "", "")
    return ", ".join(
        f"{tr.text(part.label)}: {roles[who]}"
        for part, who, _name in item.people
        if who in roles and part is not Part.SPEAKER
    )


def _essence(item: TimelineItem, tr: Translator) -> list[str]:
    codes, amount = _codes(item.detail)
    told = [tr.text(code.label) for code in codes]
    if item.conversation:
        told += [tr.text(code.label) for code in _channel(item.conversation.channel)]
    if amount:
        told.append(money_words(amount, tr.language))
    if item.standing:
        told.append(tr.text(item.standing.state.label))
    return told


def _codes(detail: Detail | None) -> tuple[tuple[Coded, ...], Money | None]:
    """What a kind adds, as codes and an amount; texts that may hold names are left out."""
    match detail:
        case SignOfLife():
            return (detail.sign_class, *_channel(detail.channel)), None
        case Approach():
            return _channel(detail.channel), None
        case DocumentRequest():
            return (detail.document, detail.sent), None
        case Promise():
            return (detail.promise,), Money(detail.amount, detail.currency) if detail.amount is not None else None
        case Payment():
            return (detail.form,), Money(detail.amount, detail.currency)
        case None:
            return (), None


def _channel(channel: Channel) -> tuple[Channel, ...]:
    """The channel as a code to print; none where nobody said it."""
    return () if channel is Channel.UNKNOWN else (channel,)


def _tabbed(*parts: str) -> str:
    return "\t".join(visible(" ".join(part.split())) for part in parts).rstrip("\t")
