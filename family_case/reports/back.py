"""The back of the paper: 8 sources, 9 what this paper is, and the handling sheet that is torn off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Paragraph

from family_case.i18n import N_
from family_case.reports.front import NOTHING
from family_case.reports.layout import TITLE, Cell, Column, body, cell, headed, table
from family_case.reports.markup import EMPTY, Markup, capital, joined
from family_case.reports.naming import who_is

if TYPE_CHECKING:
    from family_case.model.dossier import HandlingLine, SourceLine
    from family_case.reports.paper import Paper

SHEET = N_("Handling sheet")


def closing(paper: Paper) -> list[Flowable]:
    """Sections 8 and 9, kept together: what this paper is must not stand alone on a last page that gets lost."""
    return headed(*_sources(paper), *_nature(paper))


def _sources(paper: Paper) -> list[Flowable]:
    """Section 8: who told us, by code."""
    heading = paper.section(8, N_("Sources"))
    if not paper.dossier.sources:
        return [heading, body(paper.say(NOTHING))]
    columns = [
        Column(paper.say(N_("Code")), 15),
        Column(paper.say(N_("Who")), 55),
        Column(paper.say(N_("When")), 35),
        Column(paper.say(N_("How")), 65),
    ]
    return [heading, table(columns, [_source(paper, line) for line in paper.dossier.sources])]


def _source(paper: Paper, line: SourceLine) -> list[Cell]:
    how = joined((paper.channel(line.channel), paper.upright(paper.code(line.noted)) if line.noted else EMPTY))
    known = line.who or line.happened or how or line.text
    return [
        cell(paper.bold(line.code)),
        cell(who_is(paper, line.who) if line.who else EMPTY if known else paper.say(N_("not recorded"))),
        cell(paper.when(line.happened)),
        cell(how, paper.upright(line.text)),
    ]


def _nature(paper: Paper) -> list[Flowable]:
    """Section 9: what this paper is and what it is not."""
    note = N_(
        "It was written down by the people who keep this case from what the named sources told them. "
        "Nobody has signed it. It draws no legal conclusions."
    )
    return [
        paper.section(9, N_("Nature of this record")),
        body(paper.bold(paper.tr.text(N_("Record of conversations, not a signed statement.")))),
        body(paper.say(note)),
    ]


def handling(paper: Paper) -> list[Flowable]:
    """The sheet to tear off: what must not be said to whom. Empty when nothing is kept from anybody."""
    if not (paper.privileged and paper.dossier.handling):
        return []
    columns = [
        Column(paper.say(N_("Do not discuss")), 55),
        Column(paper.say(N_("With")), 50),
        Column(paper.say(N_("Reason")), 40),
        Column(paper.say(N_("Review by")), 25),
    ]
    return [
        Paragraph(paper.say(SHEET), TITLE),
        body(
            paper.say(N_("Tear this sheet off before the paper is shown or filed. It stands outside the page count."))
        ),
        table(columns, [_kept(paper, line) for line in paper.dossier.handling]),
    ]


def _kept(paper: Paper, line: HandlingLine) -> list[Cell]:
    entries = ", ".join(str(number) for number in line.numbers)
    what = cell(
        paper.bold(paper.tr.text(N_("The whole case"))) if line.whole_case else EMPTY,
        paper.field(N_("Topic"), paper.upright(paper.code(line.topic))) if line.topic else EMPTY,
        paper.field(N_("Entries"), paper.bold(entries)) if entries else EMPTY,
    )
    return [
        what or cell(paper.say(N_("A matter that is not in this paper"))),
        cell(Markup(capital(who_is(paper, line.who)))),
        cell(paper.told(line.reason)),
        cell(paper.when(line.review)),
    ]
