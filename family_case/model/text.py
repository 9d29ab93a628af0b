"""Folding of text for search and comparison: what sounds or looks alike becomes equal; stored text stays as typed.

Cyrillic and Latin meet in one Latin skeleton ("Лебедев", "Lebedev"; ё/е, і/и/й/y, ґ/г), so that one index serves both
scripts. It is never shown and never a transliteration for paper: passport Latin is stored as written (DOMAIN section
2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    dict(zip("абвгґдеєёзиіїйклмнопрстуфы", "abvggdeeeziiiiklmnoprstufi", strict=True))
    | {
        "ж": "zh",
        "х": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "э": "e",
        "ю": "iu",
        "я": "ia",
        "ъ": "",
        "ь": "",
    }
    | {"y": "i", "j": "i", "«": "", "»": "", "“": "", "”": "", '"': ""}
)
APOSTROPHES = "'’ʼ‘`´ʹ′"  # all of them typed for the one in Мар'яна
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # as a range of characters
_NOTHING = re.compile(f"[{APOSTROPHES}{INVISIBLE}]")
_SPACE = re.compile(r"\s+")
_NAME = 64  # characters of a text that may come again: a name, a place, a word


def fold(text: str) -> str:
    """Skeleton of `text` for index and query: lower case, one script, single spaces."""
    return _folded_name(text) if len(text) <= _NAME else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _NOTHING.sub("", text)).casefold().translate(_LETTERS)
    bare = plain if plain.isascii() else _without_marks(plain)  # most text is ASCII by now
    return _SPACE.sub(" ", bare.replace("kh", "h")).strip()


def _without_marks(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


_folded_name = lru_cache(maxsize=4096)(_folded)  # names and places are compared over and over
