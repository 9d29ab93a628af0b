"""The front of the paper: 1 cover, 2 at a glance, 3 identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, PageBreak, Paragraph

from family_case.i18n import N_
from family_case.model.consent import Purpose
from family_case.model.dates import PartialDate
from family_case.model.dossier import LabelKind
from family_case.model.rule_words import window_sentence
from family_case.model.silence_words import silence_words
from family_case.reports.entry_words import headline
from family_case.reports.layout import TITLE, Cell, Column, body, cell, fields, gap, headed, subheading, table
from family_case.reports.markup import EMPTY, Markup, capital, joined
from family_case.reports.naming import name_of, people_of, role_of, who_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.model.dossier import ConsentLine, Item, Who
    from family_case.reports.paper import Paper

TITLE_LAWYER = N_("Summary")
TITLE_FAMILY = N_("Extract")
NOTHING = N_("Nothing is recorded.")
_MISSING = N_("Missing person")
_READING = (
    N_(
        "In italics: what somebody said, as told to us or in exact words. "
        "Upright: what we recorded, and what was checked."
    ),
    N_("A date is as exact as it is known: “about” and “unsure” stand where they were said. Times of day are in UTC."),
    N_(
        "A direct word is a sign of life of a kind that counts: his voice, a video call, a text from a number known "
        "before, a text after an answered check question, or dated handwriting."
    ),
    N_("“People between” counts those who passed the news on before it reached us."),
    N_("Signs that the type face of this paper lacks stand in square brackets, by their name."),
)
_READING_LAWYER = (
    N_("How far we trust a source and how far we believe the information are two separate marks."),
    N_("A number that occurs in several cases does not show who used it: phones are shared, passed on and imitated."),
)


def cover(paper: Paper) -> list[Flowable]:
    """Section 1: for whom, why, on what consent, and in the lawyer's paper what is missing from it."""
    dossier = paper.dossier
    title = TITLE_LAWYER if paper.privileged else TITLE_FAMILY
    rows = [
        (paper.say(N_("Case")), cell(paper.upright(_case_name(paper)))),
        (paper.say(N_("Addressee")), cell(paper.upright(_addressee(paper)))),
        (paper.say(N_("Days are counted to")), cell(paper.day(dossier.as_of))),
        (paper.say(N_("As known on")), cell(paper.day(dossier.known_on or dossier.as_of))),
        (paper.say(N_("Printed")), cell(paper.printed())),
    ]
    if paper.privileged:
        rows.insert(2, (paper.say(N_("Purpose")), cell(paper.upright(paper.code(dossier.purpose)))))
        rows.append((paper.say(N_("Basis of consent")), _consents(paper)))
        rows.append((paper.say(N_("Withheld from this paper")), _withheld(paper)))
        rows.append((paper.say(N_("State of the record")), cell(paper.upright(dossier.snapshot))))
    story: list[Flowable] = [Paragraph(paper.say(title), TITLE)]
    story += headed(paper.section(1, N_("About this paper")), fields(rows))
    reading = (*_READING, *_READING_LAWYER) if paper.privileged else _READING
    notes = (body(paper.say(text)) for text in reading)
    return [*story, gap(4), *headed(subheading(paper.say(N_("How to read this paper"))), *notes), PageBreak()]


def _case_name(paper: Paper) -> str:
    dossier = paper.dossier
    return f"{dossier.case_code} ({dossier.alias})" if paper.privileged and dossier.alias else dossier.case_code


def _addressee(paper: Paper) -> str:
    dossier = paper.dossier
    return dossier.addressee or (
        name_of(paper, dossier.for_person) if dossier.for_person else paper.code(dossier.profile)
    )


def _consents(paper: Paper) -> Cell:
    lines = [part for line in paper.dossier.consents for part in _consent(paper, line)]
    return cell(*(lines or [paper.say(N_("No consent is recorded."))]))


def _consent(paper: Paper, line: ConsentLine) -> list[Markup]:
    purposes = ", ".join(paper.code(purpose) for purpose in Purpose if purpose in line.purposes)
    return [
        Markup(f"<b>{capital(who_is(paper, line.who))}</b>"),
        paper.field(N_("Given"), joined((paper.when(line.given), paper.upright(paper.code(line.form))))),
        paper.field(N_("For"), paper.upright(purposes)),
        paper.field(N_("Why he himself cannot be asked"), paper.told(line.necessity)),
    ]


def _withheld(paper: Paper) -> Cell:
    lines = [paper.field(why.label, paper.upright(str(count))) for why, count in paper.dossier.withheld if count]
    return cell(*(Markup(capital(line)) for line in lines)) or cell(paper.say(N_("Nothing was withheld.")))


def glance(paper: Paper) -> list[Flowable]:
    """Section 2: who, last seen, last direct word with the silence, last proof that he is alive."""
    sought = paper.dossier.sought
    rows = [
        (paper.say(_MISSING), cell(_sought_name(paper))),
        *_known_fields(paper, [(N_("Born"), paper.when(sought.born))]),
        (paper.say(N_("Last seen")), last_seen(paper)),
        *_signs(paper),
        *_rules(paper),
    ]
    return headed(paper.section(2, N_("At a glance")), fields(rows))


def _signs(paper: Paper) -> list[tuple[Markup, Cell]]:
    """Last direct word, silence, last proof; a relative's paper passes over what it does not hold.

    "Nothing is recorded" would be untrue to a relative from whom it is kept.
    """
    dossier = paper.dossier
    silence = paper.upright(silence_words(dossier.silence, paper.tr, sex=dossier.sought.sex))
    rows = [
        (N_("Last direct word"), dossier.last_word, _pointed(paper, dossier.last_word, last_word_elsewhere(paper))),
        (N_("Silence"), dossier.silence.fewest, cell(silence)),
        (N_("Last proof that he is alive"), dossier.last_proof, _pointed(paper, dossier.last_proof)),
    ]
    return [(paper.say(label), shown) for label, held, shown in rows if paper.privileged or held is not None]


def _rules(paper: Paper) -> list[tuple[Markup, Cell]]:
    """Reports since the last proof and the next deadline: a lawyer's paper alone has them (DOMAIN rules 3 and 4)."""
    dossier = paper.dossier
    if not paper.privileged:
        return []
    items = [item for number in dossier.reports for item in [item_numbered(paper, number)] if item]
    rows = [(N_("Reports since, newest first"), cell(*(_report(paper, item) for item in items)))] if items else []
    if dossier.window is not None:
        words = window_sentence(dossier.window, paper.tr, dossier.as_of).words
        rows.append((N_("Next deadline"), cell(paper.upright(words))))
    return [(paper.say(label), shown) for label, shown in rows]


def _report(paper: Paper, item: Item) -> Markup:
    """One report by its number, day, source and the people between; it decides nothing."""
    hands = item.entry.hands
    between = paper.tr.plural("{n} person between", "{n} people between", hands) if hands else ""
    when = paper.when(item.entry.happened) or paper.say(N_("date not known"))
    number = paper.upright(str(item.number))
    parts = (
        paper.fill(N_("entry {number}: {date}"), number=number, date=when),
        headline(paper, item),
        paper.upright(item.source_code),
        paper.upright(between),
    )
    return joined(parts, "; ")


def _sought_name(paper: Paper) -> Markup:
    sought = paper.dossier.sought
    if sought.names:
        return paper.bold(sought.names[0].text)
    if not sought.withheld:
        return paper.say(N_("not known"))
    if paper.privileged:
        return paper.say(N_("Withheld: no consent was given on his behalf for this purpose."))
    return paper.say(LabelKind.SOUGHT.label)


def _known_fields(paper: Paper, rows: Sequence[tuple[str, Markup]]) -> list[tuple[Markup, Cell]]:
    """Fields of the person sought; an empty one says why in the lawyer's paper and is no row in a relative's."""
    withheld = paper.dossier.sought.withheld
    why = paper.say(N_("withheld") if withheld else N_("not known"))
    return [
        (paper.say(label), cell(value or why)) for label, value in rows if value or paper.privileged or not withheld
    ]


def last_seen(paper: Paper) -> Cell:
    """When and where he was last seen, and how."""
    sought = paper.dossier.sought
    found = cell(
        joined((paper.when(sought.last_seen), paper.upright(sought.held_at))),
        paper.told(sought.circumstances),
    )
    return found or cell(paper.say(N_("not known")))


def item_numbered(paper: Paper, number: int | None) -> Item | None:
    """Entry with this number in the chronology."""
    return next((item for item in paper.dossier.items if item.number == number), None)


def last_word_elsewhere(paper: Paper) -> Markup:
    """Date of a last direct word whose entry is withheld from this paper; empty otherwise."""
    quiet = paper.dossier.silence
    if not paper.privileged or paper.dossier.last_word or quiet.word is None or quiet.since_last_seen:
        return EMPTY
    days = PartialDate(f"{quiet.word.earliest}/{quiet.word.latest}", quiet.word.earliest, quiet.word.latest)
    return paper.fill(N_("{date}. The entry is withheld from this paper."), date=paper.when(days))


def _pointed(paper: Paper, number: int | None, otherwise: Markup = EMPTY) -> Cell:
    item = item_numbered(paper, number)
    if item is None:
        return cell(otherwise or paper.say(NOTHING))
    return cell(
        paper.when(item.entry.happened),
        headline(paper, item),
        Markup(capital(people_of(paper, item))),
        paper.say(N_("See entry {number}."), number=item.number),
    )


def identity(paper: Paper) -> list[Flowable]:
    """Section 3: the person sought in nominative fields, and in the lawyer's paper who is called what here."""
    sought = paper.dossier.sought
    names = [
        (paper.upright(capital(_name_label(paper, line.kind.label, line.language))), cell(paper.upright(line.text)))
        for line in sought.names
    ]
    rows = [
        *(names or [(paper.say(_MISSING), cell(_sought_name(paper)))]),
        *_known_fields(
            paper,
            [
                (N_("Born"), paper.when(sought.born)),
                (N_("Sex"), paper.upright(paper.code(sought.sex))),
                (N_("Citizenship"), paper.country(sought.citizenship)),
                (N_("Place of detention"), paper.upright(sought.held_at)),
            ],
        ),
    ]
    story = headed(paper.section(3, N_("Identity")), fields(rows))
    if paper.privileged and paper.dossier.people:
        story += headed(subheading(paper.say(N_("People in this paper"))), _people(paper))
    return story


def _name_label(paper: Paper, label: str, language: str) -> str:
    kind, spoken = paper.tr.text(label), paper.language(language)
    return f"{kind} ({spoken})" if spoken else kind


def _role(paper: Paper, who: Who) -> Markup:
    if who.label is LabelKind.SOUGHT:
        return paper.say(_MISSING)
    return role_of(paper, who)


def _consented(paper: Paper, who: Who) -> Markup:
    """Yes or no; a dash for the person sought, who cannot be asked."""
    if who.label is LabelKind.SOUGHT:
        return paper.upright("—")
    return paper.say(N_("yes") if who.consents else N_("no"))


def _people(paper: Paper) -> Flowable:
    columns = [
        Column(paper.say(N_("Called here")), 55),
        Column(paper.say(N_("Role")), 50),
        Column(paper.say(N_("Phone")), 35),
        Column(paper.say(N_("Consent to this purpose")), 30),
    ]
    rows = [
        (
            cell(paper.upright(capital(name_of(paper, who)))),
            cell(Markup(capital(_role(paper, who)))),
            cell(paper.upright(who.phone)),
            cell(_consented(paper, who)),
        )
        for who in paper.dossier.people
    ]
    return table(columns, rows)
