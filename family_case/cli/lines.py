"""Facts as printed lines: code and alias, roles instead of names, the ends of numbers; columns are divided by tabs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.cli.plain import plain
from family_case.cli.visible import visible
from family_case.i18n import N_
from family_case.model.background import Identifier, Source
from family_case.model.base import Coded, Privacy, Record
from family_case.model.body import Body
from family_case.model.cohort import Cohort
from family_case.model.date_words import date_words, day_words
from family_case.model.dates import PartialDate, parse
from family_case.model.endpoint import Endpoint
from family_case.model.entry import Channel, Part
from family_case.model.kinds import Approach, DocumentRequest, Payment, Promise, SignOfLife
from family_case.model.money import Money, money_words
from family_case.model.offer import Offer
from family_case.model.person import role_label
from family_case.model.phones import masked
from family_case.model.place import Place
from family_case.model.records import columns
from family_case.model.rule_words import Telling, group_words, report_words, sentences
from family_case.model.status import StatusReport
from family_case.model.stay import Stay
from family_case.model.step import Denial, StepTaken
from family_case.model.views import CasePage, PersonCard, TimelineItem
from family_case.model.why import Why
from family_case.services.forms import FORMS
from family_case.services.sentences import SINCE, last_word_item, proof_sentence, silence_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from family_case.i18n import Translator
    from family_case.model.changes import HistoryItem
    from family_case.model.details import Detail
    from family_case.model.silence import Silence
    from family_case.model.views import Background, BodyLine, CaseRow, Hit, TodayLine
    from family_case.services.about import About
    from family_case.services.subject import Subject

_CONVERSATION = N_("conversation")


def row(line: CaseRow, tr: Translator) -> str:
    """One case of the list: code, alias, days of silence, what that asks for."""
    return _tabbed(line.code, line.alias, days(line.silence), tr.text(line.silence.state.label))


def days(silence: Silence) -> str:
    """Days without a direct word: "45", "44-50", or nothing when none is known."""
    if silence.fewest is None or silence.most is None:
        return ""
    return str(silence.fewest) if silence.fewest == silence.most else f"{silence.fewest}-{silence.most}"


def hit(line: Hit, tr: Translator) -> str:
    """One search result: code, alias (of what is in no case that, and what may be shown of it), sort of record, id."""
    where = (line.code, line.alias) if line.case_id else (tr.text(N_("in no case")), line.called)
    return _tabbed(*where, line.table, line.record_id)


def pressing(line: TodayLine, tr: Translator) -> str:
    """One line of Today: code, alias, why, days, the day it is about."""
    return _tabbed(line.code, line.alias, tr.text(Why(line.why).label), str(line.days), line.day or "")


def written(item: HistoryItem, tr: Translator) -> str:
    """One journal line: number, time (UTC), through which door, why, which record."""
    parts = (item.actor.label, item.reason.label)
    return _tabbed(
        str(item.seq), Moment(item.time_ms).iso(), *(tr.text(part) for part in parts), item.table, item.row_id
    )


def held(found: Subject, tr: Translator) -> Iterator[str]:
    """What is held about one person: names, numbers and notes in full, then case by case."""
    yield from (name.entered for name in found.names)
    yield from (number.raw for number in found.numbers)
    yield from (_tabbed(tr.text(each.kind.label), each.number) for each in found.identifiers)
    yield from filter(None, (found.person.note, found.person.safety_note, found.person.phone_shared_with))
    yield from (_tabbed(each.field.name, each.value.content) for each in found.custom)
    for case in found.cases:
        yield ""
        yield _tabbed(case.code, ", ".join(tr.text(role_label(role.kind, found.person.sex)) for role in case.roles))
        for consent in case.consents:
            purposes = ", ".join(sorted(tr.text(each.label) for each in consent.purposes))
            yield _tabbed(consent.given.edtf, tr.text(N_("consent")), purposes)
        for each in case.mentions:
            yield _tabbed(each.id, each.happened, each.kind, ", ".join(each.parts), each.text, each.words)


def page(found: CasePage, tr: Translator) -> Iterator[str]:
    """The page of a case: silence, last talk, people by role, timeline."""
    yield _tabbed(found.case.code, found.case.alias, tr.text(found.case.status.label))
    yield silence_sentence(found.silence, last_word_item(found.timeline), tr, found.people)
    if found.last_talk:
        last = parse(found.last_talk).latest
        yield tr.text(N_("Last talk with the family: {date}."), date=day_words(last, tr) if last else "")
    yield from ruled(found, tr)
    yield ""
    for card in found.people:
        yield person(card, tr)
    yield ""
    for item in found.timeline:
        yield entry(item, found.people, tr)
    beside = list(background(found.background, tr))
    if beside:
        yield ""
        yield from beside


def ruled(found: CasePage, tr: Translator) -> Iterator[str]:
    """What the rules say of a case: last proof and reports since, what they ask; no free text, no names."""
    to = Telling(tr, found.as_of, {card.person.id: _role(card, tr) for card in found.people}, texts=False)
    yield visible(proof_sentence(found, tr))
    if found.rules.fate.reports:
        yield tr.text(SINCE[found.last_proof is not None])
    for report in found.rules.fate.reports:
        yield _tabbed("", report_words(report, to), report.entry_id)
    for said in found.rules.groups:
        yield _tabbed("", group_words(said, to), said.entry_id)
    yield from (visible(each.words) for each in sentences(found.rules, to))


def background(found: Background, tr: Translator) -> Iterator[str]:
    """What stands beside the timeline: open tasks, questions, documents by their last signs, holds, cohorts; ids."""
    for task in found.tasks:
        due = date_words(task.due, tr) if task.due else ""
        yield _tabbed(tr.text(N_("task")), tr.text(task.kind.label), tr.text(task.state.label), due, task.id)
    for question in found.questions:
        yield _tabbed(tr.text(N_("check question")), tr.text(question.state.label), question.id)
    for document in found.identifiers:
        yield _tabbed(tr.text(document.kind.label), masked(document.number), document.id)
    for sentence in found.sentences:
        yield _tabbed(tr.text(N_("legal status before")), sentence.id)
    for effect in found.effects:
        yield _tabbed(tr.text(N_("effect on the family")), effect.id)
    for hold in found.holds:
        state = N_("lifted") if hold.lifted else N_("in force")
        yield _tabbed(tr.text(N_("legal hold")), tr.text(state), date_words(hold.lifted or hold.since, tr), hold.id)
    for cohort in found.cohorts:
        yield _tabbed(tr.text(N_("cohort")), cohort.name, cohort.id)
    for own in found.custom:
        yield _tabbed(tr.text(N_("own field")), own.field.name, own.value.id)


def shown(found: object, people: Sequence[PersonCard], tr: Translator) -> Iterator[str]:
    """Whatever `show` was asked for: a page, a line of the timeline, a person, or the harmless columns of a record."""
    if isinstance(found, CasePage):
        yield from page(found, tr)
    elif isinstance(found, TimelineItem):
        yield entry(found, people, tr)
        yield from asserted(found, tr)
    elif isinstance(found, PersonCard):
        yield person(found, tr)
        for called in found.names:
            yield _tabbed(tr.text(N_("name")), tr.text(called.kind.label), called.language, called.id)
        for record_id in sorted(found.ids - {found.person.id}):
            yield _tabbed(tr.text(N_("also written down as")), record_id)
    elif isinstance(found, Record):
        yield f"{found.TABLE}\t{found.id}"
        for name, (_kind, privacy) in columns(type(found)).items():
            value = getattr(found, name)
            if (type(found), name) in _ENDS:
                yield _tabbed(name, masked(value))
            elif name != "id" and (privacy is Privacy.NONE or (type(found), name) in _OF_NOBODY):
                told = _as_told(found, tr) if name == "claimed_size" else ""
                value = value.edtf if isinstance(value, PartialDate) else plain(value)
                yield f"{name}\t{json.dumps(value, ensure_ascii=False)}{told}"


def asserted(item: TimelineItem, tr: Translator) -> Iterator[str]:
    """How an entry is known: basis, hands, reliability and credibility, when it was learned, whom it may endanger."""
    told = item.entry
    if told is None:
        return
    said: dict[str, str] = {
        name: tr.text(code.label)
        for name in ("basis", "reliability", "credibility")
        if (code := getattr(told, name)).value != "unknown"
    }
    if told.source_id:
        said["from_source"] = told.source_id
    if told.hands is not None:
        said["hands"] = str(told.hands)
    if told.learned is not None:
        said["learned"] = date_words(told.learned, tr)
    said["hazard"] = ", ".join(sorted(tr.text(each.label) for each in told.hazards))
    for field in FORMS[told.kind.value].fields:
        if said.get(field.name):
            yield _tabbed(tr.text(field.label), said[field.name])


def _as_told(found: Record, tr: Translator) -> str:
    """How many were taken is never a bare number (DOMAIN rule 11): whether it says by whom it was told."""
    if getattr(found, "claimed_size", None) is None:
        return ""
    known = N_("source recorded") if getattr(found, "source", "") else N_("not recorded by whom it was told")
    return f"\t{tr.text(known)}"


def below(found: About, tr: Translator, *, of_members: bool = True) -> Iterator[str]:
    """What stands under a place, a cohort or a body: what a bare number may mean, and what is told without a case.

    Around a person (not `of_members`) the cases that name him.
    """
    for place in found.candidates:
        yield _tabbed(tr.text(N_("may be")), place.name, place.id)
    for name in found.names:
        yield _tabbed(tr.text(N_("other name")), name.name, name.id)
    for code in found.cases:
        yield _tabbed(tr.text(N_("case of a member") if of_members else N_("named in the case")), code)
    for item in found.told:
        yield entry(item, (), tr)


# Numbers of which only the end may stand on a screen.
_ENDS = {(Identifier, "number"), (Endpoint, "norm")}
# Columns that may stand on a screen though they identify: what places and bodies are called.
_OF_NOBODY = {
    (Place, "name"),
    (Place, "kind"),
    (Place, "number"),
    (Place, "region"),
    (Body, "name"),
    (Body, "kind"),
    (Cohort, "name"),
    (Cohort, "claimed_size"),
    (Source, "publisher"),
}


def person(card: PersonCard, tr: Translator) -> str:
    """One person of a case: role, "(!)" when something is kept from him, the ends of his numbers, id."""
    role = _role(card, tr) if card.role.case_id else tr.text(N_("person in no case"))
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
    if item.place is not None and isinstance(item.detail, Stay):
        told.append(item.place.name)
    told += [body(line, tr) for line in item.bodies]
    return told


def body(line: BodyLine, tr: Translator) -> str:
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


def _tabbed(*parts: str) -> str:
    return "\t".join(visible(" ".join(part.split())) for part in parts).rstrip("\t")
