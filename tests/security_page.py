"""SECURITY.md as it must be, made of the one source of its text; `python -m tests.security_page` writes it."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.model.threats import NOT_PROMISED, OPENING, PROMISED, SECTIONS, WHO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.model.threats import Section

PAGE = Path(__file__).resolve().parent.parent / "SECURITY.md"
_WIDTH = 120


def page() -> str:
    """The page, in English."""
    return "\n\n".join(["# Security", _filled(OPENING), *(part for each in SECTIONS for part in _parts(each))]) + "\n"


def _parts(section: Section) -> Iterator[str]:
    yield f"## {section.heading}"
    yield from map(_filled, section.paragraphs)
    if section.threats:
        rows = [(WHO, PROMISED, NOT_PROMISED), ("---",) * 3]
        rows += [(each.who, each.promised, each.not_promised) for each in section.threats]
        yield "\n".join(f"| {' | '.join(cells)} |".replace("| --- | --- | --- |", "|---|---|---|") for cells in rows)
    if section.points:
        yield "\n".join(_filled(f"* {point}", under="  ") for point in section.points)


def _filled(words: str, under: str = "") -> str:
    return textwrap.fill(words, _WIDTH, subsequent_indent=under, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
