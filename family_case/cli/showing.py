"""What was asked for by `show` and `subject-access`, as printed lines: a case, a record, what is held about someone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from family_case.cli.lines import entry, person, role_of, tabbed
from family_case.cli.plain import plain
from family_case.cli.visible import visible
from family_case.i18n import N_
from family_case.model.background import Identifier, Source
from family_case.model.base import Privacy, Record
from family_case.model.body import Body
from family_case.model.cohort import Cohort
from family_case.model.date_words import date_words, day_words
from family_case.model.dates import PartialDate, parse
from family_case.model.endpoint import Endpoint
from family_case.model.person import role_label
from family_case.model.phones import masked
from family_case.model.place import Place
from family_case.model.records import HIDDEN, columns
from family_case.model.rule_words import Telling, group_words, report_words, sentences
from family_case.model.views import CasePage, PersonCard, TimelineItem
from family_case.services.forms import FORMS
from family_case.services.sentences import SINCE, last_word_item, proof_sentence, silence_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from family_case.i18n import Translator
    from family_case.model.views import Background
    from family_case.services.about import About
    from family_case.services.subject import Subject

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


def shown(found: object, people: Sequence[PersonCard], tr: Translator) -> Iterator[str]:
    """Whatever `show` was asked for: a page, a line of the timeline, a person, or the harmless columns of a record."""
    if isinstance(found, CasePage):
        yield from _page(found, tr)
    elif isinstance(found, TimelineItem):
        yield entry(found, people, tr)
        yield from _asserted(found, tr)
    elif isinstance(found, PersonCard):
        yield person(found, tr)
        for called in found.names:
            yield tabbed(tr.text(N_("name")), tr.text(called.kind.label), called.language, called.id)
        for record_id in sorted(found.ids - {found.person.id}):
            yield tabbed(tr.text(N_("also written down as")), record_id)
    elif isinstance(found, Record):
        yield f"{found.TABLE}\t{found.id}"
        for name, (_kind, privacy) in columns(type(found)).items():
            value = getattr(found, name)
            if (type(found), name) in _ENDS:
                yield tabbed(name, masked(value))
            elif name not in ("id", *HIDDEN.get(found.TABLE, ())) and (
                privacy is Privacy.NONE or (type(found), name) in _OF_NOBODY
            ):
                told = _as_told(found, tr) if name == "claimed_size" else ""
                value = value.edtf if isinstance(value, PartialDate) else plain(value)
                yield f"{name}\t{json.dumps(value, ensure_ascii=False)}{told}"


def _asserted(item: TimelineItem, tr: Translator) -> Iterator[str]:
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
            yield tabbed(tr.text(field.label), said[field.name])


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
        yield tabbed(tr.text(N_("may be")), place.name, place.id)
    for name in found.names:
        yield tabbed(tr.text(N_("other name")), name.name, name.id)
    for code in found.cases:
        yield tabbed(tr.text(N_("case of a member") if of_members else N_("named in the case")), code)
    for item in found.told:
        yield entry(item, (), tr)


def _page(found: CasePage, tr: Translator) -> Iterator[str]:
    """The page of a case: silence, last talk, people by role, timeline."""
    yield tabbed(found.case.code, found.case.alias, tr.text(found.case.status.label))
    yield silence_sentence(found.silence, last_word_item(found.timeline), tr, found.people)
    if found.last_talk:
        last = parse(found.last_talk).latest
        yield tr.text(N_("Last talk with the family: {date}."), date=day_words(last, tr) if last else "")
    yield from _ruled(found, tr)
    yield ""
    for card in found.people:
        yield person(card, tr)
    yield ""
    for item in found.timeline:
        yield entry(item, found.people, tr)
    beside = list(_background(found.background, tr))
    if beside:
        yield ""
        yield from beside


def _ruled(found: CasePage, tr: Translator) -> Iterator[str]:
    """What the rules say of a case: last proof and reports since, what they ask; no free text, no names."""
    to = Telling(tr, found.as_of, {card.person.id: role_of(card, tr) for card in found.people}, texts=False)
    yield visible(proof_sentence(found, tr))
    if found.rules.fate.reports:
        yield tr.text(SINCE[found.last_proof is not None])
    for report in found.rules.fate.reports:
        yield tabbed("", report_words(report, to), report.entry_id)
    for said in found.rules.groups:
        yield tabbed("", group_words(said, to), said.entry_id)
    yield from (visible(each.words) for each in sentences(found.rules, to))


def _background(found: Background, tr: Translator) -> Iterator[str]:
    """What stands beside the timeline: open tasks, questions, documents by their last signs, holds, cohorts; ids."""
    for task in found.tasks:
        due = date_words(task.due, tr) if task.due else ""
        yield tabbed(tr.text(N_("task")), tr.text(task.kind.label), tr.text(task.state.label), due, task.id)
    for question in found.questions:
        yield tabbed(tr.text(N_("check question")), tr.text(question.state.label), question.id)
    for document in found.identifiers:
        yield tabbed(tr.text(document.kind.label), masked(document.number), document.id)
    for sentence in found.sentences:
        yield tabbed(tr.text(N_("legal status before")), sentence.id)
    for effect in found.effects:
        yield tabbed(tr.text(N_("effect on the family")), effect.id)
    for hold in found.holds:
        state = N_("lifted") if hold.lifted else N_("in force")
        yield tabbed(tr.text(N_("legal hold")), tr.text(state), date_words(hold.lifted or hold.since, tr), hold.id)
    for cohort in found.cohorts:
        yield tabbed(tr.text(N_("cohort")), cohort.name, cohort.id)
    for own in found.custom:
        yield tabbed(tr.text(N_("own field")), own.field.name, own.value.id)


def held(found: Subject, tr: Translator) -> Iterator[str]:
    """What is held about one person: names, numbers and notes in full, then case by case."""
    yield from (name.entered for name in found.names)
    yield from (number.raw for number in found.numbers)
    yield from (tabbed(tr.text(each.kind.label), each.number) for each in found.identifiers)
    yield from filter(None, (found.person.note, found.person.safety_note, found.person.phone_shared_with))
    yield from (tabbed(each.field.name, each.value.content) for each in found.custom)
    for case in found.cases:
        yield ""
        yield tabbed(case.code, ", ".join(tr.text(role_label(role.kind, found.person.sex)) for role in case.roles))
        for consent in case.consents:
            purposes = ", ".join(sorted(tr.text(each.label) for each in consent.purposes))
            yield tabbed(consent.given.edtf, tr.text(N_("consent")), purposes)
        for each in case.mentions:
            yield tabbed(each.id, each.happened, each.kind, ", ".join(each.parts), each.text, each.words)
