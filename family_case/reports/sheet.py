"""The sheet: A4 frame, header and footer, bookmarks, and a file that says nothing of who made it, when or with what.

Equal content gives equal bytes: no dates, no producer, and the trailer's /ID is a hash of the content itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from family_case.errors import Bug
from family_case.reports.fonts import PLAIN
from family_case.reports.layout import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TEXT_WIDTH, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence

_BANNER = b" ReportLab Generated PDF document (opensource)\n"
_ID = re.compile(rb"\[<[0-9a-f]{32}><[0-9a-f]{32}>\]\n% ReportLab generated PDF document -- digest \(opensource\)\n")
_NUMBERED, _LOOSE = "numbered", "loose"
_SIZE = 8


@dataclass(frozen=True, slots=True)
class Frames:
    """What stands around the text: title, header left and right, footer, and "page {n} of {m}" with its braces."""

    title: str
    header: str
    header_right: str
    foot: str
    page: str
    loose_foot: str = ""


@dataclass(slots=True)
class _Pages:
    """Counts pages while they are set; their footers are drawn when the last one is known."""

    frames: Frames
    numbered: int = 0

    def numbered_page(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        self.numbered += 1
        self._around(canvas, self.frames.foot)
        canvas.doForm(f"foot{self.numbered}")

    def loose_page(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        self._around(canvas, self.frames.loose_foot)

    def _around(self, canvas: Canvas, foot: str) -> None:
        canvas.setFont(PLAIN, _SIZE)
        canvas.setLineWidth(0.35)
        canvas.drawString(LEFT, PAGE_HEIGHT - 13 * mm, self.frames.header)
        canvas.drawRightString(PAGE_WIDTH - RIGHT, PAGE_HEIGHT - 13 * mm, self.frames.header_right)
        canvas.line(LEFT, PAGE_HEIGHT - 15 * mm, PAGE_WIDTH - RIGHT, PAGE_HEIGHT - 15 * mm)
        canvas.line(LEFT, 15 * mm, PAGE_WIDTH - RIGHT, 15 * mm)
        canvas.drawString(LEFT, 11 * mm, foot)

    def finish(self, canvas: Canvas) -> None:
        for number in range(1, self.numbered + 1):
            canvas.beginForm(f"foot{number}")
            canvas.setFont(PLAIN, _SIZE)
            canvas.drawRightString(PAGE_WIDTH - RIGHT, 11 * mm, self.frames.page.format(n=number, m=self.numbered))
            canvas.endForm()


class _OnlyTitle(PDFInfo):
    """Document information that holds a title and nothing else."""

    def format(self, document: PDFDocument) -> bytes:
        return bytes(PDFDictionary({"Title": PDFString(self.title)}).format(document))


class _Canvas(Canvas):
    """A canvas whose file keeps its title and nothing else."""

    _doc: PDFDocument

    def hush(self, title: str) -> None:
        """Leave only `title` in the metadata."""
        self._doc.info = _OnlyTitle()
        self._doc.info.title = title


class _Doc(BaseDocTemplate):
    """The pages in order: numbered ones, then loose ones."""

    canv: _Canvas

    def __init__(self, target: BytesIO, pages: _Pages) -> None:
        size = (PAGE_WIDTH, PAGE_HEIGHT)
        super().__init__(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=PLAIN)
        self._title = pages.frames.title
        frame = Frame(LEFT, BOTTOM, TEXT_WIDTH, PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate(_NUMBERED, [frame], onPage=pages.numbered_page),
                PageTemplate(_LOOSE, [frame], onPage=pages.loose_page),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Called when the canvas is there and no page yet."""
        self.canv.hush(self._title)
        self.canv.showOutline()


class _Footers(Flowable):
    """Stands after the last numbered page and draws all "page n of m" at once."""

    def __init__(self, pages: _Pages) -> None:
        super().__init__()
        self._pages = pages

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """No room of its own."""
        return 0, 0

    def draw(self) -> None:
        """Define the forms that each page already refers to."""
        self._pages.finish(self.canv)


def print_sheet(story: Sequence[Flowable], loose: Sequence[Flowable], frames: Frames) -> bytes:
    """PDF bytes of `story` on numbered pages, then of `loose` on pages outside the count, to be torn off."""
    target = BytesIO()
    pages = _Pages(frames)
    flow = [*story, _Footers(pages)]
    if loose:
        flow += [NextPageTemplate(_LOOSE), PageBreak(), *loose]
    _Doc(target, pages).build(flow, canvasmaker=_Canvas)
    return _neutral(target.getvalue())


def _neutral(pdf: bytes) -> bytes:
    """The same file without its maker's marks, and with an /ID from its own content.

    The banner keeps its length and the /ID stands behind the table of offsets, so every offset stays true.
    """
    quiet, banners = re.subn(re.escape(_BANNER), b" " * (len(_BANNER) - 1) + b"\n", pdf)
    name = hashlib.sha256(_ID.sub(b"", quiet)).hexdigest()[:32].encode("ascii")
    own, ids = _ID.subn(b"[<" + name + b"><" + name + b">]\n", quiet)
    if (banners, ids) != (1, 1):
        raise Bug
    return own
