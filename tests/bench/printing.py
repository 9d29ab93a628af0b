"""The figure of paper: a summary of seven pages, against raw reportlab with the same paragraphs, tables and fonts."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock

from pypdf import PdfReader
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from family_case.chance import moment_of
from family_case.i18n import translator
from family_case.model.dossier import Profile
from family_case.reports import summary
from family_case.reports.back import handling
from family_case.reports.fonts import PLAIN
from family_case.reports.layout import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TOP
from family_case.reports.paper import Paper
from family_case.services import publishing
from family_case.services.dossier import Order
from tests.bench.figure import Figure, by_turns, timed
from tests.bench.ground import prepare

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.model.dossier import Dossier

PAPER = "seven-page PDF"
ENTRIES = 14  # of the invented case that fills seven pages
PRINTED = date(2022, 8, 22)

Recipe = Callable[[], Flowable]


def printing(home: Path, rounds: int) -> Figure:
    """Render the lawyer's summary, by turns with the same texts and tables set by reportlab alone."""
    paper = _dossier(home)
    pages = len(PdfReader(BytesIO(summary.render(paper))).pages)
    recipes = _recipes(paper)
    figures = by_turns(timed(lambda: summary.render(paper)), timed(lambda: _raw(recipes)), rounds)
    floor = "raw reportlab: the same paragraphs, tables and fonts, plain document, no header or footer"
    return Figure(PAPER, floor, 1.5, rounds, *figures, note=f"{pages} pages of a case of {ENTRIES} entries, in Russian")


def _dossier(home: Path) -> Dossier:
    ground = prepare(home, 1, ENTRIES, "paper")
    with closing(ground.session()) as session:
        return publishing.dossier(session, ground.codes[0], Order(Profile.LAWYER, "ru", moment_of(PRINTED)))


def _raw(recipes: Sequence[Recipe]) -> None:
    document = SimpleDocTemplate(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        pageCompression=1,
        invariant=1,
        initialFontName=PLAIN,
    )
    document.build([make() for make in recipes])


def _recipes(paper: Dossier) -> list[Recipe]:
    """How to make each flowable of the summary anew by reportlab's own classes, our own work on texts left out."""
    with mock.patch.object(Table, "setStyle", autospec=True, side_effect=Table.setStyle) as styling:
        page = Paper(paper, translator(paper.language))
        story = [each for section in summary._SECTIONS[paper.profile] for each in section(page)]
        story += [PageBreak(), *handling(page)]
    styles: dict[int, TableStyle] = {id(call.args[0]): call.args[1] for call in styling.call_args_list}
    return [_recipe(each, styles) for each in story]


def _recipe(made: Flowable, styles: dict[int, TableStyle]) -> Recipe:
    if isinstance(made, Paragraph):
        return _paragraph(made)
    if isinstance(made, Table):
        return _table(made, styles[id(made)])
    return lambda: copy.copy(made)


def _paragraph(made: Paragraph) -> Callable[[], Paragraph]:
    text, style = made.text, made.style
    return lambda: Paragraph(text, style)


def _table(made: Table, style: TableStyle) -> Recipe:
    rows = [[[_paragraph(part) for part in cell] for cell in row] for row in vars(made)["_cellvalues"]]
    widths, repeated = vars(made)["_argW"], made.repeatRows

    def make() -> Flowable:
        cells = [[[part() for part in cell] for cell in row] for row in rows]
        table = Table(cells, colWidths=widths, repeatRows=repeated, hAlign="LEFT")
        table.setStyle(style)
        return table

    return make
