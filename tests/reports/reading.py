"""Reads a printed paper back as its reader would: pages as text, bookmarks, fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

from family_case.reports.summary import render

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as bytes and as text, page by page, lines joined by single spaces."""

    pdf: bytes
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text in one line."""
        return " ".join(self.pages)

    @property
    def reader(self) -> PdfReader:
        """The file as pypdf sees it."""
        return PdfReader(BytesIO(self.pdf), strict=True)

    def bookmarks(self) -> list[tuple[str, int]]:
        """Titles of the bookmarks and the page (from 1) each leads to."""
        reader = self.reader
        found = []
        for mark in reader.outline:
            assert not isinstance(mark, list)
            page = reader.get_destination_page_number(mark)
            assert page is not None
            found.append((str(mark.title), page + 1))
        return found


@lru_cache(maxsize=8)
def printed(dossier: Dossier) -> Printed:
    """Print and read back; that printing again gives the same is a test of its own."""
    pdf = render(dossier)
    pages = PdfReader(BytesIO(pdf), strict=True).pages
    return Printed(pdf, tuple(_SPACE.sub(" ", page.extract_text()) for page in pages))


def fonts_of(pdf: bytes, words: str) -> set[str]:
    """Base fonts in which runs of text containing `words` are set."""
    found: set[str] = set()

    def look(text: str, _cm: object, _tm: object, font: dict[str, object] | None, _size: object) -> None:
        if words in text and font is not None:
            found.add(str(font["/BaseFont"]).rpartition("+")[2])

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=look)
    return found
