"""From entered text to what reportlab may set: escaped, without hidden marks, with the signs the type lacks named.

Entered text is never changed in the vault; this is about the shown copy only. Markup has its own type, so that the type
checker refuses a text that was not escaped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, NewType

from family_case.reports.fonts import known_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from family_case.i18n import Translator

Markup = NewType("Markup", str)
EMPTY = Markup("")
LINE_END = "<br/>"

_BREAKS = "\n\t"
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, bidi and zero-width marks, halves of pairs, no characters at all
_SELECTORS = frozenset(range(0xFE00, 0xFE10)) | frozenset(range(0x1F3FB, 0x1F400))  # choose a sign's form or tint
_STRETCH = re.compile(r"\S+")


def shown(text: str, tr: Translator) -> str:
    """Copy of `text` without hidden marks (bidirectional overrides, zero width), composed, missing signs named."""
    if text.isascii() and text.isprintable():
        return text
    visible = "".join(mark for mark in unicodedata.normalize("NFC", text) if not _hidden(mark)).expandtabs(4)
    if known_letters().issuperset(map(ord, visible.replace("\n", ""))):
        return visible
    return _STRETCH.sub(lambda word: _named(word.group(), tr), visible)


def plain(text: str, tr: Translator) -> Markup:
    """Upright text."""
    return Markup(html.escape(shown(text, tr), quote=False).replace("\n", LINE_END))


def said(text: str, tr: Translator) -> Markup:
    """Italic text: what somebody said, as told to us or in exact words."""
    return _tagged("i", plain(text, tr))


def strong(text: str, tr: Translator) -> Markup:
    """Bold text."""
    return _tagged("b", plain(text, tr))


def _tagged(tag: str, text: Markup) -> Markup:
    """Each line in a tag of its own, because lines may be set apart."""
    return Markup(LINE_END.join(f"<{tag}>{line}</{tag}>" if line else "" for line in text.split(LINE_END)))


def filled(template: str, tr: Translator, **values: Markup) -> Markup:
    """Translate `template` and put markup in its braces."""
    return Markup(html.escape(tr.text(template), quote=False).format(**values))


def joined(parts: Iterable[Markup], between: str = ", ") -> Markup:
    """Parts in a row, without the empty ones."""
    return Markup(between.join(part for part in parts if part))


def capital(text: str) -> str:
    """First letter large, for a label that begins a line (labels are stored small)."""
    return text[:1].upper() + text[1:]


def _hidden(mark: str) -> bool:
    return mark not in _BREAKS and (unicodedata.category(mark) in _HIDDEN or ord(mark) in _SELECTORS)


def _named(word: str, tr: Translator) -> str:
    """A word whose missing signs are named, and whose missing letters are counted by script."""
    known = known_letters()
    if known.issuperset(map(ord, word)):
        return word
    out: list[str] = []
    foreign: dict[str, int] = {}
    for mark in word:
        if ord(mark) in known:
            out.append(_counted(foreign, tr) + mark)
        elif unicodedata.category(mark)[0] in "LM":
            script = unicodedata.name(mark, "?").split(maxsplit=1)[0].capitalize().replace("Cjk", "CJK")
            foreign[script] = foreign.get(script, 0) + 1
        else:
            out.append(f"{_counted(foreign, tr)}[{unicodedata.name(mark, f'U+{ord(mark):04X}').lower()}]")
    return "".join(out) + _counted(foreign, tr)


def _counted(foreign: dict[str, int], tr: Translator) -> str:
    found = "".join(
        tr.plural("[{script}, {n} letter]", "[{script}, {n} letters]", n, script=script)
        for script, n in foreign.items()
    )
    foreign.clear()
    return found
