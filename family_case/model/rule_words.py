"""What the rules say, in sentences that explain themselves: days, counted from what, by which act, checked by whom.

Sentences without anybody's name: people stand by their role. Where free text must not show (a printed line), it is
left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from family_case.i18n import N_, Translator
from family_case.model.date_words import date_words, day_words
from family_case.model.dates import PartialDate
from family_case.model.deadlines import Checked
from family_case.model.entry import Basis
from family_case.model.groups import Equated
from family_case.model.no_reply import ClockState
from family_case.model.status import StatusValue
from family_case.model.un_window import WindowState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.model.deadlines import Deadline
    from family_case.model.fate import Fate, Report
    from family_case.model.groups import GroupStatement
    from family_case.model.no_reply import Clock
    from family_case.model.precautions import Precautions
    from family_case.model.retention import Proposal
    from family_case.model.rules import Rules
    from family_case.model.silence import Span
    from family_case.model.un_window import Window

NEAR_DAYS = 30  # a window that closes within so many days asks for attention


class Weight(Enum):
    """How much a sentence asks for attention."""

    CALM = ""
    SOON = "amber"
    NOW = "danger"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, how pressing it is, and the record it speaks of, where there is one."""

    words: str
    weight: Weight = Weight.CALM
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """For whom sentences are made: language, day, people by their role; `texts`: whether free text may show."""

    tr: Translator
    as_of: date
    called: Mapping[str, str]
    texts: bool = True


def sentences(rules: Rules, to: Telling) -> Iterator[Sentence]:
    """What the rules ask of the office in this case; reports and statements about groups have their own sentences."""
    if any(report.untold for report in rules.fate.reports):
        told = N_("There is news the family has not been told: decide who tells them, how and when.")
        yield Sentence(to.tr.text(told), Weight.NOW)
    yield from precaution_sentences(rules.precautions, to.tr, asked=rules.protecting_asked)
    yield window_sentence(rules.window, to.tr, to.as_of)
    for each in rules.clocks:
        weight = Weight.NOW if each.clock.days_late else Weight.CALM
        yield Sentence(clock_words(each.name, each.clock, to.tr, to.as_of), weight, each.entry_id)
    for proposal in rules.keeping:
        yield Sentence(keeping_words(proposal, to.tr, to.as_of), Weight.SOON, proposal.record_id)


def window_sentence(window: Window, tr: Translator, as_of: date) -> Sentence:
    """Until when a report must have reached the UN Working Group; afterwards that the ordinary procedure is there."""
    pressing = window.days_left is not None and window.days_left <= NEAR_DAYS
    weights = {WindowState.OPEN: Weight.SOON if pressing else Weight.CALM, WindowState.MAY_BE_OVER: Weight.NOW}
    parts = [_window(window, tr)]
    if window.event.days is not None:
        counted = N_("Counted from the day of being taken or last seen in known custody: {date}.")
        parts.append(tr.text(counted, date=span_words(window.event.days, tr)))
    if window.deadline is not None:
        parts.append(source_words(window.deadline, tr, as_of))
    return Sentence(" ".join(parts), weights.get(window.state, Weight.CALM), window.event.entry_id)


def _window(window: Window, tr: Translator) -> str:
    closes = window.closes
    if closes is None or window.days_left is None:
        nothing = N_(
            "UN Working Group: the day of being taken or last seen in known custody is not recorded, so the window of "
            "the urgent procedure cannot be counted; ask the lawyer."
        )
        return tr.text(nothing)
    if window.state is WindowState.ORDINARY:
        return tr.text(N_("UN Working Group: ordinary procedure; ask the lawyer."))
    first, last = day_words(closes.earliest, tr), day_words(closes.latest, tr)
    if window.state is WindowState.MAY_BE_OVER:
        perhaps = N_(
            "UN Working Group, urgent procedure: the window may be over, or open until {last}, for the day is not "
            "known exactly; ask the lawyer today."
        )
        return tr.text(perhaps, last=last)
    sure = tr.plural(
        N_("UN Working Group, urgent procedure: the Group must receive the report by {first} ({n} day left)."),
        N_("UN Working Group, urgent procedure: the Group must receive the report by {first} ({n} days left)."),
        window.days_left,
        first=first,
    )
    if first == last:
        return sure
    return f"{sure} {tr.text(N_('As the day is not known exactly, it may be open until {last}.'), last=last)}"


def source_words(deadline: Deadline, tr: Translator, as_of: date) -> str:
    """Act and article, and who checked it when; an act without an article is no law and needs no check."""
    act, article = deadline.act[tr.language], deadline.article[tr.language]
    if not article:
        return f"{act[:1].upper()}{act[1:]}."
    checked = deadline.checked(as_of)
    if checked is Checked.NEVER or deadline.checked_on is None:
        said = tr.text(Checked.NEVER.label)
    else:
        said = tr.text(checked.label, date=day_words(deadline.checked_on, tr), who=deadline.checked_by)
    return f"{act}, {article}. {said}"


def clock_words(body: str, clock: Clock, tr: Translator, as_of: date) -> str:
    """How long a body has not replied, counted from what, and when a reply is or was due."""
    return f"{body}: {waiting_words(clock, tr)} {_due(clock, tr, as_of)}".strip()


def waiting_words(clock: Clock, tr: Translator) -> str:
    """The days without a reply and what they are counted from."""
    if clock.state is not ClockState.WAITING or clock.since is None:
        return f"{tr.text(clock.state.label)}; {tr.text(clock.counted.label)}."
    length = _length(clock, tr)
    return f"{length}, {tr.text(clock.counted.label, date=span_words(clock.since, tr))}."


def _length(clock: Clock, tr: Translator) -> str:
    fewest, most = clock.fewest or 0, clock.most or 0
    if fewest == most or (clock.since is not None and clock.since.open_start):
        return tr.plural(N_("no reply for {n} day"), N_("no reply for {n} days"), fewest)
    return tr.plural(
        N_("no reply for {fewest} to {n} day"), N_("no reply for {fewest} to {n} days"), most, fewest=fewest
    )


def _due(clock: Clock, tr: Translator, as_of: date) -> str:
    if clock.due is None or clock.deadline is None:
        return ""
    day = day_words(clock.due.latest, tr)
    said = tr.text(N_("A reply is due by {date}."), date=day)
    if clock.days_late:
        said = tr.plural(
            N_("The reply was due by {date}, {n} day ago."),
            N_("The reply was due by {date}, {n} days ago."),
            clock.days_late,
            date=day,
        )
    return f"{said} {source_words(clock.deadline, tr, as_of)}"


def ago_words(fate: Fate, tr: Translator) -> str:
    """How long ago the last proof was; empty when there is none."""
    if fate.fewest is None or fate.most is None:
        return ""
    if fate.fewest == fate.most:
        return tr.plural(N_("{n} day ago"), N_("{n} days ago"), fate.most)
    return tr.plural(N_("{fewest} to {n} day ago"), N_("{fewest} to {n} days ago"), fate.most, fewest=fate.fewest)


def report_words(report: Report, to: Telling) -> str:
    """One report: what it says of what, when, as told by whom and through how many people."""
    tr = to.tr
    what = tr.text(report.value.label)
    if report.value is StatusValue.UNKNOWN:
        what = tr.text(report.dimension.label)
    when = span_words(report.days, tr) if report.days else tr.text(N_("date not known"))
    told = _told(report, to)
    return "; ".join(part for part in (f"{what}, {when}", *told) if part)


def group_words(said: GroupStatement, to: Telling) -> str:
    """A statement about several people: in whose words, told by whom, when, through how many; never a bare number."""
    tr = to.tr
    about = tr.text(N_("Statement about a group"))
    if to.texts:
        about = tr.text(N_("About “{group}”, in the teller's words"), group=said.group)
        about += ": " + tr.text(N_("“{words}”"), words=said.words.strip()) if said.words.strip() else ""
    when = day_words(said.told, tr) if said.told else tr.text(N_("date not known"))
    equated = tr.text(said.equated.label)
    if said.equated is Equated.CLAIMED:
        who = said.claim if to.texts else tr.text(N_("a source that is recorded"))
        equated = tr.text(said.equated.label, cohort=said.cohort, who=who)
    return f"{'; '.join((about, *_told(said, to), when))}. {equated}"


def _told(said: Report | GroupStatement, to: Telling) -> list[str]:
    """As told by whom and through how many people."""
    tr = to.tr
    who = ", ".join(part for part in (to.called.get(said.teller_id, ""), said.source if to.texts else "") if part)
    nobody = N_("source recorded") if said.source else N_("not recorded by whom it was told")
    known = said.basis.label if said.basis is not Basis.UNKNOWN else nobody
    parts = [tr.text(N_("as told by: {who}"), who=who) if who else tr.text(known)]
    if said.hands is not None:
        between = tr.plural(N_("{n} person between"), N_("{n} people between"), said.hands)
        parts.append(between if said.hands else tr.text(N_("nobody between")))
    return parts


def keeping_words(proposal: Proposal, tr: Translator, as_of: date) -> str:
    """What is proposed to be looked at, since when, and by which rule; nothing is deleted by itself."""
    said = tr.text(proposal.keeping.label, date=day_words(proposal.since, tr))
    return f"{said} {source_words(proposal.line, tr, as_of)}" if proposal.line else said


def precaution_sentences(held: Precautions, tr: Translator, *, asked: bool) -> Iterator[Sentence]:
    """What holds for a Ukrainian citizen; nothing for others."""
    if not held.ukrainian:
        return
    first = tr.text(N_("Ukrainian citizen: Ukrainian bodies and the ICRC come first."))
    yet = "" if asked else tr.text(N_("No step towards any of them is recorded yet."))
    yield Sentence(f"{first} {yet}".strip(), Weight.CALM if asked else Weight.SOON)
    if held.letters_to_russian_bodies and held.ticked_on is not None:
        day = day_words(held.ticked_on, tr)
        yield Sentence(tr.text(N_("Letters to Russian bodies: a lawyer allowed them on {date}."), date=day))
    else:
        yield Sentence(
            tr.text(N_("Letters to Russian bodies are off until a lawyer allows them (name and day, at the case).")),
            Weight.SOON,
        )
    yield Sentence(tr.text(N_("No face, number or place may be published.")), Weight.SOON)


def span_words(span: Span, tr: Translator) -> str:
    """Possible days in words: one day, or from the first to the last; an open beginning is said so."""
    if span.earliest == span.latest and not span.open_start:
        return day_words(span.latest, tr)
    first = ".." if span.open_start else span.earliest.isoformat()
    return date_words(PartialDate(f"{first}/{span.latest.isoformat()}", span.earliest, span.latest), tr)
