"""A line of the timeline in words: what it is, what was said, what was checked, from whom and through how many hands.

People stand by their role; names show on hold only, elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.date_words import date_short, date_words
from family_case.model.entry import Basis, Channel, Conversation, Entry, EntryKind, Part
from family_case.model.kinds import Approach, Direction, DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.person import role_label
from family_case.model.phones import masked
from family_case.services.making import LINK_NOTE
from family_case.services.sentences import unquoted
from ui.widgets import kind_words
from ui.widgets.kind_words import money
from ui.widgets.states import Look, promise_look, sent_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.i18n import Translator
    from family_case.model.consent import Withholding
    from family_case.model.views import PersonCard, TimelineItem

TALK: Final = "conversation"
ICONS: Final = {
    TALK: "message-square",
    EntryKind.SIGN.value: "heart-pulse",
    EntryKind.APPROACH.value: "phone",
    EntryKind.REQUEST.value: "file-question-mark",
    EntryKind.PROMISE.value: "handshake",
    EntryKind.PAYMENT.value: "banknote",
    EntryKind.NOTE.value: "pencil",
    EntryKind.OFFER.value: "users",
    EntryKind.STAY.value: "map-pin",
    EntryKind.STATUS.value: "info",
    EntryKind.DENIAL.value: "x",
    EntryKind.STEP.value: "file-text",
}
_PARTS: Final = {
    Part.WITH: N_("with: {who}"),
    Part.BY: N_("by: {who}"),
    Part.TO: N_("to: {who}"),
    Part.ASKED_BY: N_("asked by: {who}"),
    Part.PAYER: N_("paid by: {who}"),
    Part.WITNESS: N_("witness: {who}"),
    Part.RECOGNISER: N_("recognised by: {who}"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the timeline shows."""

    kind: str  # code: sign, approach, ..., conversation
    icon: str
    when: str
    title: str
    gist: str
    said: tuple[str, ...]  # in italics unless checked
    checked: str
    origin: str
    look: Look | None = None
    plain: bool = False  # nothing in it was said by anyone
    elsewhere: str = ""  # the sentence of DOMAIN rule 6, when a number occurs in other cases


def kind_of(item: TimelineItem) -> str:
    """Code of the item's kind."""
    return str(item.entry.kind.value) if item.entry else TALK


def roles(people: tuple[PersonCard, ...], tr: Translator) -> dict[str, str]:
    """How each person of a case is called on screen without a name: by the role, numbered where several share it."""
    told: dict[str, dict[str, None]] = {}
    for card in people:
        told.setdefault(card.person.id, {})[_role(card, tr)] = None
    words = {person: ", ".join(said) for person, said in told.items()}
    shared = {word for word in words.values() if list(words.values()).count(word) > 1}
    counts: dict[str, int] = {}
    found = {}
    for person, word in words.items():
        counts[word] = counts.get(word, 0) + 1
        found[person] = f"{word} {counts[word]}" if word in shared else word
    return found | {each: found[card.person.id] for card in people for each in card.ids}


def line(item: TimelineItem, called: Mapping[str, str], tr: Translator, talks: Mapping[str, Conversation]) -> Line:
    """An item in words; `called`: people by role, `talks`: the conversations of the case by id."""
    kind = kind_of(item)
    if item.conversation is not None:
        return _talk(item.conversation, called, tr)
    assert item.entry is not None  # noqa: S101 - an item is an entry or a conversation
    entry = item.entry
    return Line(
        kind,
        ICONS[kind],
        date_short(entry.happened, tr) if entry.happened else "",
        capital(tr.text(entry.kind.label)),
        ", ".join(part for part in (*_essence(item, tr), *_with(item, called, tr)) if part),
        _said(item, tr),
        _checks(entry, tr),
        origin(item, called, tr, talks),
        look_of(item, tr),
        elsewhere=elsewhere(item, tr),
    )


def _checks(entry: Entry, tr: Translator) -> str:
    """What was checked, and what could not be."""
    done = tr.text(N_("checked: {how}"), how=entry.checked) if entry.checked else ""
    failed = tr.text(N_("could not be checked: {how}"), how=entry.check_failed) if entry.check_failed else ""
    return "; ".join(filter(None, (done, failed)))


def elsewhere(item: TimelineItem, tr: Translator) -> str:
    """The sentence of DOMAIN rule 6 for the number known from most cases; empty when none is."""
    most = max((number.other_cases for number in item.numbers), default=0)
    return tr.text(LINK_NOTE, count=most + 1) if most else ""


def look_of(item: TimelineItem, tr: Translator) -> Look | None:
    """The state an item shows at its right end, if it has one."""
    if item.standing is not None:
        return promise_look(item.standing, tr)
    if isinstance(item.detail, DocumentRequest):
        return sent_look(item.detail.sent, tr)
    if isinstance(item.detail, SignOfLife):
        return (
            Look(tr.text(N_("direct word")), "check", "accent")
            if item.counts
            else Look(tr.text(N_("does not count")), "info")
        )
    return None


def origin(item: TimelineItem, called: Mapping[str, str], tr: Translator, talks: Mapping[str, Conversation]) -> str:
    """From whom we have it, how the teller knows and through how many hands, what we think of it."""
    entry = item.entry
    if entry is None:
        return ""
    parts = [_teller(item, called, tr, talks), entry.source]
    if entry.basis is not Basis.UNKNOWN:
        parts.append(tr.text(entry.basis.label))
    if entry.hands:
        parts.append(tr.plural(N_("{n} person between"), N_("{n} people between"), entry.hands))
    parts += [tr.text(code.label) for code in (entry.reliability, entry.credibility) if code.value != "unknown"]
    return " · ".join(part for part in parts if part)


def capital(words: str) -> str:
    """First letter large: labels are stored small."""
    return words[:1].upper() + words[1:]


def _one_of(each: Withholding) -> str:
    """What a withholding without a topic keeps back."""
    if each.whole:
        return N_("the whole case")
    return N_("one entry") if each.entry_id else N_("one identity document")


def withheld_words(each: Withholding, tr: Translator) -> str:
    """What is not to be told, and why."""
    what = tr.text(each.topic.label) if each.topic else tr.text(_one_of(each))
    return tr.text(N_("not to be told: {what}"), what=what) + (f" – {each.reason}" if each.reason else "")


def _role(card: PersonCard, tr: Translator) -> str:
    word = tr.text(role_label(card.role.kind, card.person.sex))
    return tr.text(N_("{role} (as claimed)"), role=word) if card.role.claimed else word


def _talk(talk: Conversation, called: Mapping[str, str], tr: Translator) -> Line:
    who = called.get(talk.person_id or "", "")
    gist = [tr.text(_PARTS[Part.WITH], who=who) if who else "", _channel(talk.channel, tr)]
    back = talk.call_back
    look = Look(tr.text(N_("call back: {date}"), date=date_words(back, tr)), "phone", "") if back else None
    room = tr.text(N_("in the room: {who}"), who=talk.in_the_room) if talk.in_the_room else ""
    origin_ = " · ".join(part for part in (tr.text(talk.noted.label), room) if part)
    said = (talk.text,) if talk.text.strip() else ()
    return Line(
        TALK,
        ICONS[TALK],
        date_short(talk.happened, tr),
        tr.text(N_("Conversation")),
        ", ".join(filter(None, gist)),
        said,
        "",
        origin_,
        look,
    )


def _essence(item: TimelineItem, tr: Translator) -> list[str]:
    detail = item.detail
    numbers = [masked(number.endpoint.norm) for number in item.numbers]
    if isinstance(detail, SignOfLife):
        return [
            tr.text(detail.sign_class.label),
            tr.text(detail.direction.label) if detail.direction is Direction.OUT else "",  # from him is the rule
            _channel(detail.channel, tr),
            *numbers,
        ]
    if isinstance(detail, Approach):
        named = tr.text(N_("“{words}”"), words=unquoted(detail.claimed_position)) if detail.claimed_position else ""
        return [_channel(detail.channel, tr), *numbers, named, detail.claimed_body]
    if isinstance(detail, DocumentRequest):
        return [tr.text(detail.document.label), detail.pages, _channel(detail.channel, tr), *numbers]
    if isinstance(detail, Promise):
        due = item.terms[-1].due if item.terms else None
        by = tr.text(N_("due: {date}"), date=date_words(due, tr)) if due else ""
        return [tr.text(detail.promise.label), money(detail.amount, detail.currency, tr), by, *numbers]
    if isinstance(detail, Payment):
        return [money(detail.amount, detail.currency, tr), tr.text(detail.form.label), *numbers]
    return [*kind_words.essence(item, tr), *numbers]


def _channel(channel: Channel, tr: Translator) -> str:
    """The channel in words; nothing where it says nothing."""
    return "" if channel in (Channel.OTHER, Channel.UNKNOWN) else tr.text(channel.label)


def _with(item: TimelineItem, called: Mapping[str, str], tr: Translator) -> list[str]:
    return [
        tr.text(_PARTS[part], who=called.get(person) or tr.text(N_("person outside the case")))
        for part, person, _name in item.people
        if part in _PARTS
    ]


def _said(item: TimelineItem, tr: Translator) -> tuple[str, ...]:
    entry, detail = item.entry, item.detail
    assert entry is not None  # noqa: S101 - asked for entries only
    more: tuple[str, ...] = ()
    if isinstance(detail, Approach):
        more = (detail.pretext, detail.demands)
    elif isinstance(detail, DocumentRequest):
        more = (detail.purpose,)
    elif isinstance(detail, Promise):
        more = (detail.conditions,)
    else:
        more = kind_words.said(item, tr)
    words = tr.text(N_("“{words}”"), words=unquoted(entry.words)) if entry.words.strip() else ""
    return tuple(part.strip() for part in (words, entry.text, *more) if part.strip())


def _teller(item: TimelineItem, called: Mapping[str, str], tr: Translator, talks: Mapping[str, Conversation]) -> str:
    speaker = next((called.get(person, "") for part, person, _name in item.people if part is Part.SPEAKER), "")
    entry = item.entry
    talk = talks.get(entry.conversation_id or "") if isinstance(entry, Entry) else None
    who = speaker or (called.get(talk.person_id or "", "") if talk else "")
    if who and talk:
        return tr.text(N_("told by: {who}, {date}"), who=who, date=date_short(talk.happened, tr))
    return tr.text(N_("told by: {who}"), who=who) if who else ""
