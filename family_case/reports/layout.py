"""Styles and tables: black on white, thin rules, headers repeated, and no cell taller than a page.

A table row cannot be cut by the page, so a row that would grow too tall is cut here beforehand into rows that follow
each other without a rule between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from family_case.reports.fonts import BOLD, PLAIN
from family_case.reports.markup import LINE_END, Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = 210 * mm, 297 * mm
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 15 * mm, 20 * mm, 20 * mm  # the left margin is for binding
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT

_GREY = Color(0.92, 0.92, 0.92)
_RULE = 0.35
_PAD = 3

TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=20, leading=26, spaceAfter=4 * mm)
SECTION = ParagraphStyle("section", fontName=BOLD, fontSize=12.5, leading=16, spaceBefore=6 * mm, spaceAfter=2 * mm)
SUBSECTION = ParagraphStyle(
    "subsection", fontName=BOLD, fontSize=10, leading=13, spaceBefore=4 * mm, spaceAfter=1.5 * mm
)
BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9.5, leading=13.5, spaceAfter=1.5 * mm)
CELL = ParagraphStyle("cell", fontName=PLAIN, fontSize=8.5, leading=11.5)
SMALL = ParagraphStyle("small", parent=CELL, fontSize=7, leading=9.5)
TALLEST_ROW = 15 * CELL.leading  # whole lines; keeps white gaps at the foot of a page below a quarter of it
AMOUNT = ParagraphStyle("amount", parent=CELL, alignment=2)
HEAD = ParagraphStyle("head", parent=CELL, fontName=BOLD, fontSize=8, leading=10.5)
HEAD_OF_AMOUNTS = ParagraphStyle("head of amounts", parent=HEAD, alignment=2)

Cell = list[Paragraph]


@dataclass(frozen=True, slots=True)
class Column:
    """Heading of a column, its share of the text width in millimetres, and whether amounts stand in it."""

    title: Markup
    width: float
    amounts: bool = False


class Heading(Paragraph):
    """A section's heading, with its bookmark."""

    def __init__(self, title: str, text: Markup, key: str) -> None:
        """Show `text`; `title` is the bookmark's words, `key` its name inside the document."""
        super().__init__(text, SECTION)
        self._title, self._key = title, key

    def draw(self) -> None:
        """Set the bookmark where the heading stands."""
        canvas: Canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self.height + SECTION.leading)
        canvas.addOutlineEntry(self._title, self._key, 0)
        super().draw()


class _Ruled(Table):
    """A table that knows what of it must stay together: its header and first row, all of it where it is low."""

    start: float = 0
    _cellvalues: list[list[Cell]]  # of reportlab

    def draw(self) -> None:
        """Repeat an entry's number only where the page begins with the rest of its row."""
        for at, row in enumerate(self._cellvalues):
            for part in row[0]:
                if isinstance(part, _Again):
                    part.shown = at == self.repeatRows
        super().draw()


class _Again(Paragraph):
    """The number of an entry whose row began before."""

    shown = False

    def draw(self) -> None:
        """Stand on another page than the row's beginning only."""
        if self.shown:
            super().draw()


def cell(*texts: Markup, style: ParagraphStyle = CELL) -> Cell:
    """One paragraph a line, so that a cut between rows falls between lines; empty texts are left out."""
    return [Paragraph(line or "&nbsp;", style) for text in texts if text for line in text.split(LINE_END)]


def subheading(text: Markup) -> Flowable:
    """A heading inside a section."""
    return Paragraph(text, SUBSECTION)


def headed(*flowables: Flowable) -> list[Flowable]:
    """Headings and what follows them, moved on together rather than a heading left alone at the foot of a page."""
    needed = sum(each.getSpaceBefore() + _start(each) + each.getSpaceAfter() for each in flowables)
    return [CondPageBreak(needed), *flowables]


def _start(flowable: Flowable) -> float:
    """Height of what must stand under a heading: a long table's header and first row, all of anything else."""
    return flowable.start if isinstance(flowable, _Ruled) else flowable.wrap(TEXT_WIDTH, PAGE_HEIGHT)[1]


def body(text: Markup) -> Paragraph:
    """A paragraph of running text."""
    return Paragraph(text, BODY)


def gap(millimetres: float) -> Spacer:
    """White space."""
    return Spacer(1, millimetres * mm)


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Flowable:
    """A ruled table with a grey header that is repeated on every page."""
    widths = [column.width * mm for column in columns]
    head = [cell(column.title, style=HEAD_OF_AMOUNTS if column.amounts else HEAD) for column in columns]
    return _table([head], rows, widths)


def fields(rows: Sequence[tuple[Markup, Cell]], label_width: float = 50) -> Flowable:
    """Two columns: what, and what is known of it."""
    widths = [label_width * mm, TEXT_WIDTH - label_width * mm]
    return _table([], [(cell(label, style=HEAD), value) for label, value in rows], widths)


def _table(head: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> _Ruled:
    set_rows: list[Sequence[Cell]] = list(head)
    first: list[int] = []
    for row in rows:
        first.append(len(set_rows))
        set_rows.extend(_low_rows(row, widths))
    following = sorted(set(range(len(head), len(set_rows))) - set(first))
    made = _Ruled([list(row) for row in set_rows], colWidths=list(widths), repeatRows=len(head), hAlign="LEFT")
    made.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), PLAIN),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
            ("TOPPADDING", (0, 0), (-1, -1), _PAD - 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _PAD),
            ("LINEBELOW", (0, -1), (-1, -1), _RULE, black),
            *(("LINEABOVE", (0, at), (-1, at), _RULE, black) for at in first),
            *(("TOPPADDING", (0, at), (-1, at), 0) for at in following),
            *(("BOTTOMPADDING", (0, at - 1), (-1, at - 1), 0) for at in following),
            *(("BACKGROUND", (0, at), (-1, at), _GREY) for at in range(len(head))),
        ]
    )
    made.start = _together(set_rows, widths, len(head) + 1)
    return made


def _together(rows: Sequence[Sequence[Cell]], widths: Sequence[float], first: int) -> float:
    """Height of all rows where they are low, else of the `first` ones; measures no more than it must."""
    tall = 0.0
    for number, row in enumerate(rows, 1):
        tall += _height(row, widths)
        if number == first:
            lead = tall
        if number >= first and tall > TALLEST_ROW:
            return lead
    return tall


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Height of a set row with its padding."""
    heights = (
        sum(part.wrap(width - 2 * _PAD, PAGE_HEIGHT)[1] for part in content)
        for content, width in zip(row, widths, strict=True)
    )
    return max(heights) + 2 * _PAD


def _low_rows(row: Sequence[Cell], widths: Sequence[float]) -> list[Sequence[Cell]]:
    """The row itself, or its content cut into several rows none of which is too tall for a page.

    Rows after the first repeat the entry's number with dots, for a reader who meets them on another page.
    """
    if not any(_may_be_tall(content, width) for content, width in zip(row, widths, strict=True)):
        return [row]
    columns = [_cut(content, width - 2 * _PAD) for content, width in zip(row, widths, strict=True)]
    lead, *rest = (list(parts) for parts in zip_longest(*columns, fillvalue=[]))
    if len(row) > 2 and len(row[0]) == 1 and row[0][0].text.isdigit():
        rest = [[[_Again(Markup(f"{row[0][0].text}…"), CELL)], *parts[1:]] for parts in rest]
    return [lead, *rest]


def _may_be_tall(content: Cell, width: float) -> bool:
    """A guess that measures nothing; a row four times as tall as guessed would still find its page."""
    letters_a_line = width / (0.6 * CELL.fontSize)
    lines = sum(1 + len(part.text) / letters_a_line for part in content)
    return lines * CELL.leading > TALLEST_ROW


def _cut(content: Cell, width: float) -> list[Cell]:
    """The cell's paragraphs in order, filled into cells that are not too tall."""
    pieces: list[Cell] = [[]]
    room = TALLEST_ROW
    for part in content:
        for slice_ in _slices(part, width, room):
            height = slice_.wrap(width, TALLEST_ROW)[1]
            if height > room and pieces[-1]:
                pieces.append([])
                room = TALLEST_ROW
            pieces[-1].append(slice_)
            room -= height
    return pieces


def _slices(part: Paragraph, width: float, room: float) -> list[Paragraph]:
    """One paragraph cut to fit `room` first and then row after row.

    Each cut goes near the middle, so that a text as long as a field may be is not measured again for every row.
    """
    height = part.wrap(width, TALLEST_ROW)[1]
    if height <= room:
        return [part]
    rows = int((height - room) / TALLEST_ROW / 2)
    halves = [half for half in part.split(width, room + rows * TALLEST_ROW) if isinstance(half, Paragraph)]
    if len(halves) != 2:  # cannot be cut here: the next row takes it whole
        return [part] if room == TALLEST_ROW or height <= TALLEST_ROW else _slices(part, width, TALLEST_ROW)
    return [*_slices(halves[0], width, room), *_slices(halves[1], width, TALLEST_ROW)]
