"""Taking names and numbers of people who may not be named out of free text, in every ending they may have there.

A word is taken out when it begins with the stem of such a name and is at most three letters longer; a name that
someone who may be named shares (a family's surname) stays. This errs towards taking out too much; what was taken out
is shown as […] and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP = "[…]"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_GAPS = re.compile(r"\[…\](?:[\s.,-]*\[…\])+")
_ENDINGS = "aeiou"  # of folded words
_SHORTEST, _LONGEST_ENDING, _NATIONAL = 3, 3, 10


@dataclass(frozen=True, slots=True)
class Mask:
    """Stems of names and national parts of numbers that may not appear."""

    stems: frozenset[str]
    numbers: frozenset[str]

    def clean(self, text: str) -> str:
        """The text without them; equal to `text` when nothing had to go."""
        if not text or not (self.stems or self.numbers):
            return text
        named = _WORD.sub(lambda found: GAP if self._hides(found.group()) else found.group(), text)
        numbered = _NUMBER.sub(lambda found: GAP if _national(found.group()) in self.numbers else found.group(), named)
        return text if numbered == text else _GAPS.sub(GAP, numbered)

    def _hides(self, word: str) -> bool:
        folded = fold(word)
        return any(folded.startswith(stem) and len(folded) - len(stem) <= _LONGEST_ENDING for stem in self.stems)


def mask_for(hidden: Iterable[str], shown: Iterable[str], numbers: Iterable[str]) -> Mask:
    """Mask that hides the words of `hidden` names that no `shown` name has too, and these `numbers`."""
    kept = {_stem(word) for name in shown for word in _words(name)}
    stems = {_stem(word) for name in hidden for word in _words(name)}
    return Mask(frozenset(stems - kept), frozenset(_national(number) for number in numbers))


def _words(name: str) -> list[str]:
    return [word for word in (fold(found) for found in _WORD.findall(name)) if len(word) >= _SHORTEST]


def _stem(folded: str) -> str:
    bare = folded.rstrip(_ENDINGS)
    return bare if len(bare) >= _SHORTEST else folded


def _national(number: str) -> str:
    return "".join(mark for mark in number if mark.isdigit())[-_NATIONAL:]
