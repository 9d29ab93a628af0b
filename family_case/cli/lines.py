"""Facts as printed lines: code and alias, roles instead of names, the ends of numbers; columns are divided by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.cli.visible import visible
from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.entry import Channel, Part
from family_case.model.kinds import Approach, DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.money import Money, money_words
from family_case.model.offer import Offer
from family_case.model.person import role_label
from family_case.model.phones import masked
from family_case.model.status import StatusReport
from family_case.model.stay import Stay
from family_case.model.step import Denial, StepTaken
from family_case.model.why import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.i18n import Translator
    from family_case.model.base import Coded
    from family_case.model.changes import HistoryItem
    from family_case.model.details import Detail
    from family_case.model.silence import Silence
    from family_case.model.views import BodyLine, CaseRow, Hit, PersonCard, TimelineItem, TodayLine

_CONVERSATION = N_("conversation")


def row(line: CaseRow, tr: Translator) -> str:
    """One case of the list: code, alias, days of silence, what that asks for."""
    return tabbed(line.code, line.alias, _days(line.silence), tr.text(line.silence.state.label))


def _days(silence: Silence) -> str:
    """Days without a direct word: "45", "44-50", or nothing when none is known."""
    if silence.fewest is None or silence.most is None:
        return ""
    return str(silence.fewest) if silence.fewest == silence.most else f"{silence.fewest}-{silence.most}"


def hit(line: Hit, tr: Translator) -> str:
    """One search result: code, alias (of what is in no case that, and what may be shown of it), sort of record, id."""
    where = (line.code, line.alias) if line.case_id else (tr.text(N_("in no case")), line.called)
    return tabbed(*where, line.table, line.record_id)


def pressing(line: TodayLine, tr: Translator) -> str:
    """One line of Today: code, alias, why, days, the day it is about."""
    return tabbed(line.code, line.alias, tr.text(Why(line.why).label), str(line.days), line.day or "")


def written(item: HistoryItem, tr: Translator) -> str:
    """One journal line: number, time (UTC), through which door, why, which record."""
    parts = (item.actor.label, item.reason.label)
    return tabbed(
        str(item.seq), Moment(item.time_ms).iso(), *(tr.text(part) for part in parts), item.table, item.row_id
    )


def person(card: PersonCard, tr: Translator) -> str:
    """One person of a case: role, "(!)" when something is kept from him, the ends of his numbers, id."""
    role = role_of(card, tr) if card.role.case_id else tr.text(N_("person in no case"))
    told = tr.text(N_("{role}, as claimed"), role=role) if card.role.claimed else role
    numbers = ", ".join(masked(each.norm) for each in card.endpoints)
    return tabbed(told, "(!)" if card.withheld else "", numbers, card.person.id)


def role_of(card: PersonCard, tr: Translator) -> str:
    """Role of the person in the case, worded for a woman or a man."""
    return tr.text(role_label(card.role.kind, card.person.sex))


def entry(item: TimelineItem, people: Sequence[PersonCard], tr: Translator) -> str:
    """One line of the timeline: when, what, with whom by role, the ends of numbers, id."""
    talk = item.conversation
    happened = item.entry.happened if item.entry else talk.happened if talk else None
    kind = tr.text(item.entry.kind.label if item.entry else _CONVERSATION)
    told = "; ".join([kind, *_essence(item, tr)])
    numbers = ", ".join(masked(each.endpoint.norm) for each in item.numbers)
    return tabbed(date_words(happened, tr) if happened else "", told, _with(item, people, tr), numbers, item.id)


def _with(item: TimelineItem, people: Sequence[PersonCard], tr: Translator) -> str:
    roles = {card.person.id: role_of(card, tr) for card in people}
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
    if item.place is not None and isinstance(item.detail, Stay):
        told.append(item.place.name)
    told += [_body(line, tr) for line in item.bodies]
    return told


def _body(line: BodyLine, tr: Translator) -> str:
    """A body that was asked or denies, with its last answer."""
    answer = tr.text(line.replies[-1].reply.label) if line.replies else ""
    return f"{line.body.name} ({answer})" if answer else line.body.name


# What of each kind is told in a line: columns that hold codes; texts, which may hold names, are left out.
_CODES: dict[type[Detail], tuple[str, ...]] = {
    SignOfLife: ("sign_class", "channel"),
    Approach: ("channel",),
    DocumentRequest: ("document", "sent"),
    Promise: ("promise",),
    Payment: ("form",),
    Offer: ("own_will",),
    Stay: ("kind",),
    StatusReport: ("dimension", "value"),
    Denial: (),
    StepTaken: ("by_whom",),
}
_AMOUNTS: dict[type[Detail], str] = {Promise: "amount", Payment: "amount", Offer: "monthly"}


def _codes(detail: Detail | None) -> tuple[tuple[Coded, ...], Money | None]:
    """What a kind adds, as codes and an amount."""
    if detail is None:
        return (), None
    codes = tuple(code for name in _CODES[type(detail)] if (code := getattr(detail, name)) is not Channel.UNKNOWN)
    minor = getattr(detail, _AMOUNTS.get(type(detail), ""), None)
    return codes, Money(minor, getattr(detail, "currency", "")) if minor is not None else None


def _channel(channel: Channel) -> tuple[Channel, ...]:
    """The channel as a code to print; none where nobody said it."""
    return () if channel is Channel.UNKNOWN else (channel,)


def tabbed(*parts: str) -> str:
    """These on one line, in columns; an empty one at the end is left out."""
    return "\t".join(visible(" ".join(part.split())) for part in parts).rstrip("\t")
