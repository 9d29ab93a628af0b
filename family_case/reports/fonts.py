"""The paper's type: Noto Sans in four cuts, embedded, full Cyrillic, figures of equal width."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

from family_case.paths import resources

PLAIN, BOLD, ITALIC, BOLD_ITALIC = "Paper", "Paper-Bold", "Paper-Italic", "Paper-BoldItalic"
_FILES = {
    PLAIN: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
    BOLD_ITALIC: "NotoSans-BoldItalic.ttf",
}


@cache
def known_letters() -> frozenset[int]:
    """Make the type known to reportlab (once a process) and give the code points that all four cuts can show."""
    folder = resources() / "fonts"
    letters: set[int] | None = None
    for name, file in _FILES.items():
        font = TTFont(name, folder / file)
        registerFont(font)
        cut = set(font.face.charToGlyph)
        letters = cut if letters is None else letters & cut
    registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    return frozenset(letters or ())
