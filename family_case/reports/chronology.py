"""The middle of the paper: 4 chronology, 5 last seen and last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.dates import day_of
from family_case.model.entry import Credibility, EntryKind, Reliability
from family_case.model.kinds import SignOfLife
from family_case.reports.entry_words import headline
from family_case.reports.front import NOTHING, item_numbered, last_seen, last_word_elsewhere
from family_case.reports.layout import SMALL, Cell, Column, body, cell, fields, headed, table
from family_case.reports.markup import EMPTY, Markup, capital, joined
from family_case.reports.naming import exact_words, numbers_of, people_of

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from family_case.model.dossier import Item
    from family_case.model.entry import Entry
    from family_case.reports.paper import Paper

_NUMBER, _WHEN, _WHAT, _SOURCE, _BASIS, _TRUST = 9, 34, 61, 17, 24, 25  # millimetres, together the text width

_OTHERS = N_("Other signs of life, which do not count as a direct word")
_NOT_DIRECT = N_("Signs of life that do not count as a direct word")  # "other" would tell of one that is withheld


def chronology(paper: Paper) -> list[Flowable]:
    """Section 4: every entry in the order of events, with its date, source, basis and how far we trust it."""
    heading = paper.section(4, N_("Chronology"))
    if not paper.dossier.items:
        return headed(heading, body(paper.say(NOTHING)))
    columns = [Column(paper.say(N_("No.")), _NUMBER), Column(paper.say(N_("When")), _WHEN)]
    if paper.privileged:
        columns += [
            Column(paper.say(N_("What")), _WHAT),
            Column(paper.say(N_("Source")), _SOURCE),
            Column(paper.say(N_("Basis, people between")), _BASIS),
            Column(paper.say(N_("Reliability, credibility")), _TRUST),
        ]
    else:
        columns += [
            Column(paper.say(N_("What")), _WHAT + _SOURCE + _TRUST),
            Column(paper.say(N_("Basis, people between")), _BASIS),
        ]
    return headed(heading, table(columns, [_row(paper, item) for item in paper.dossier.items]))


def _row(paper: Paper, item: Item) -> list[Cell]:
    entry = item.entry
    basis = cell(paper.upright(paper.code(entry.basis)), _between(paper, entry.hands))
    row = [cell(paper.upright(str(item.number))), _dates(paper, item), _what(paper, item)]
    if not paper.privileged:
        return [*row, basis]
    return [*row, cell(paper.upright(item.source_code)), basis, _trust(paper, entry)]


def _between(paper: Paper, hands: int | None) -> Markup:
    """Through how many people it came; nothing where nobody counted them."""
    if hands is None:
        return EMPTY
    if not hands:
        return paper.say(N_("nobody between"))
    return paper.upright(paper.tr.plural("{n} person between", "{n} people between", hands))


def _trust(paper: Paper, entry: Entry) -> Cell:
    """The two marks; one short word where neither was given, as in most rows."""
    if entry.reliability is Reliability.UNKNOWN and entry.credibility is Credibility.UNKNOWN:
        return cell(paper.say(N_("not assessed")))
    return cell(paper.upright(paper.code(entry.reliability)), paper.upright(paper.code(entry.credibility)))


def _dates(paper: Paper, item: Item) -> Cell:
    entry = item.entry
    happened = paper.when(entry.happened) or paper.say(N_("date not known"))
    learned = paper.field(N_("learned"), paper.brief(entry.learned))
    recorded = paper.field(N_("recorded"), paper.brief(day_of(item.recorded)))
    return [*cell(happened), *cell(learned, recorded, style=SMALL)]


def _what(paper: Paper, item: Item) -> Cell:
    entry = item.entry
    counts = paper.say(N_("Counts as a direct word.")) if item.counts else EMPTY
    released = EMPTY
    if item.released_because and paper.privileged:
        released = paper.field(N_("Released in spite of a hazard, because"), paper.upright(item.released_because))
    return cell(
        headline(paper, item),
        Markup(capital(people_of(paper, item))),
        Markup(capital(numbers_of(paper, item))),
        paper.field(N_("Place"), paper.upright(item.place)),
        paper.told(entry.text),
        *exact_words(paper, item),
        *(paper.field(label, value) for label, value in _recognised(paper, item)),
        paper.field(N_("Checked"), paper.upright(entry.checked)),
        counts,
        released,
    )


def _recognised(paper: Paper, item: Item) -> list[tuple[str, Markup]]:
    """By what he was recognised, and the check question with its outcome."""
    detail = item.detail
    if not isinstance(detail, SignOfLife):
        return []
    asked = paper.told(detail.check_question)
    answered = paper.field(N_("answered"), paper.upright(paper.code(detail.check_answered))) if asked else EMPTY
    return [
        (N_("Recognised by"), paper.told(detail.recognised_by)),
        (N_("Check question"), joined((asked, answered), "; ")),
    ]


def last_word(paper: Paper) -> list[Flowable]:
    """Section 5: last seen, and the last direct word in full."""
    rows = [(paper.say(N_("Last seen")), last_seen(paper))]
    item = item_numbered(paper, paper.dossier.last_word)
    if item is not None:
        rows += _word(paper, item)
    elif paper.privileged:
        rows.append((paper.say(N_("Last direct word")), cell(last_word_elsewhere(paper) or paper.say(NOTHING))))
    later = _later(paper, item)
    if later:
        rows.append((paper.say(_OTHERS if item else _NOT_DIRECT), cell(later)))
    return headed(paper.section(5, N_("Last seen and last word")), fields(rows))


def _word(paper: Paper, item: Item) -> list[tuple[Markup, Cell]]:
    words = exact_words(paper, item) or [paper.say(N_("No exact words are recorded."))]
    rows = [
        (N_("Last direct word"), [paper.when(item.entry.happened), headline(paper, item)]),
        (N_("People"), [Markup(capital(people_of(paper, item)))]),
        (N_("Number"), [Markup(capital(numbers_of(paper, item)))]),
        (N_("Exact words, and how we have them"), words),
        (N_("What was told"), [paper.told(item.entry.text)]),
        *((label, [value]) for label, value in _recognised(paper, item)),
        (N_("Checked"), [paper.upright(item.entry.checked)]),
        (N_("Entry"), [paper.upright(str(item.number))]),
    ]
    return [(paper.say(label), cell(*lines)) for label, lines in rows if any(lines)]


def _later(paper: Paper, word: Item | None) -> Markup:
    """Signs of life after the last direct word, by number and date."""
    after = word.number if word else 0
    signs = [item for item in paper.dossier.items if item.kind is EntryKind.SIGN and not item.counts]
    return joined(
        (
            paper.fill(
                N_("entry {number}: {date}"),
                number=paper.upright(str(item.number)),
                date=paper.when(item.entry.happened) or paper.say(N_("date not known")),
            )
            for item in signs
            if item.number > after
        ),
        "; ",
    )
