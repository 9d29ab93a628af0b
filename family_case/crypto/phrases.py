"""The room of keys: the words of a generated passphrase, and a cautious guess at the strength of a typed one.

The lists lie in `resources/words`, one word per line; their README says where they come from. A word drawn evenly from
n words is worth log2(n) bits, and words drawn apart from each other add up: nothing else enters the figure.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nacl.utils import random as random_bytes

from family_case.crypto.kdf import normalise
from family_case.errors import Refused
from family_case.paths import resources

if TYPE_CHECKING:
    from collections.abc import Callable

BITS: Final = 70.0  # of a generated passphrase, at least
ENOUGH: Final = 60.0  # of a typed one; below that the window warns
FALLBACK: Final = "en"

_DRAW_BYTES: Final = 8
_OWN_WORD_BITS: Final = 10.0  # a word a person thinks of: one of about a thousand that come to mind
_WORD = re.compile(r"[^\W\d_]+")
_LETTER: Final = 3.0  # of a short or unknown group of letters: people choose them unevenly
_DIGIT: Final = 2.0  # a year, a date, a telephone number
_SIGN: Final = 3.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A generated passphrase and its strength in bits."""

    text: str = field(repr=False)
    bits: float


@dataclass(frozen=True, slots=True)
class Strength:
    """A cautious guess: bits of work for someone who knows how people choose passphrases."""

    bits: float
    weak: bool


@cache
def words(language: str) -> tuple[str, ...]:
    """The word list of `language` ('en', 'ru', 'uk'); the English one for any other."""
    folder = resources() / "words"
    path = folder / f"{language}.txt"
    known = path.name in {entry.name for entry in folder.glob("*.txt")}
    text = (path if known else folder / f"{FALLBACK}.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def even_choice(count: int) -> int:
    """A number from 0 to `count` - 1 from the system's random source, each equally likely."""
    span = 256**_DRAW_BYTES
    fair = span - span % count
    while (drawn := int.from_bytes(random_bytes(_DRAW_BYTES))) >= fair:
        pass  # the last, shorter stretch would favour low numbers
    return drawn % count


def generate(language: str, choose: Callable[[int], int] = even_choice) -> Phrase:
    """Make a passphrase of at least 70 bits from the words of `language`.

    `choose(n)` gives an even number from 0 to n - 1; it is there for tests. How many words it takes follows from the
    length of the list.
    """
    known = words(language)
    each = math.log2(len(known))
    count = math.ceil(BITS / each)
    return Phrase(" ".join(known[choose(len(known))] for _ in range(count)), count * each)


def strength(text: str) -> Strength:
    """Guess the strength of a typed passphrase, rather too low than too high.

    Counted after normalisation and without regard to case. A group of four letters or more counts as one word a person
    thinks of (10 bits), or as one word of our lists if it stands there and is worth more; shorter groups count 3 bits a
    letter, digits 2, other signs 3. What only repeats counts by its number, log2(1 + n): groups used before, and signs
    that repeat or follow (in the alphabet) the sign before them. Spaces count nothing. It is no proof: a line of a song
    is weaker than any count of its letters; and random letters are rated too low, since they look like a word.
    """
    try:
        plain = normalise(text).decode()
    except Refused:
        return Strength(0.0, weak=True)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    groups = re.findall(r"[^\W\d_]+|\d+|[^\w ]|_", folded)
    unlike = set(groups)
    bits = math.fsum(_worth(group) for group in unlike) + math.log2(1 + len(groups) - len(unlike))
    return Strength(bits, weak=bits < ENOUGH)


def _worth(group: str) -> float:
    each = _DIGIT if group.isdecimal() else _LETTER if _WORD.fullmatch(group) else _SIGN
    steps = sum(_follows(one, other) for one, other in pairwise(group))
    by_signs = each * (len(group) - steps) + math.log2(1 + steps)
    return min(by_signs, _word_bits(group)) if _WORD.fullmatch(group) else by_signs


def _follows(one: str, other: str) -> bool:
    return abs(ord(other) - ord(one)) <= 1


@cache
def _listed(language: str) -> frozenset[str]:
    return frozenset(words(language))


def _word_bits(group: str) -> float:
    sizes = [len(known) for known in map(_listed, ("en", "ru", "uk")) if group in known]
    return max([_OWN_WORD_BITS, *(math.log2(size) for size in sizes)])
