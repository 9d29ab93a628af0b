"""Surnames by how they are made and spelled: which word may be one, and how it may begin in the index of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from family_case.model.text import fold
from family_case.services.given_names import always_given, is_given
from family_case.services.masking import Stems, in_one_script, word_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

INDEXED = 3  # letters of the shortest part of a word the index knows
# Folded: how surnames are made (-ов, -ин, -ский, -енко, -чук, -швили), and their stems.
_TELLING = re.compile(r"..+(?:(?:ov|ev|in)a?|sk(?:ii|i|a|aia|oi)|enko|[cs]huk|iuk|shvili|dze)|.{4,}ian")
# Folded. Of those in a bare -ич there are few; any other word made so is a surname (Бабич). Surnames in -ович and -евич
# are taken for patronymics: SECURITY.md says so.
_PATRONYMIC = re.compile(
    r"(?:.{2,}(?:[oe]vich|[oei]vn|ichn|ogl|kiz)|(?:il|ill|kuzm|luk|fom|nikit|savv|fok|avdi)ich)[aiu]*"
)
_SPELLED = (("(?<![szck])h", "g"), ("g", "h"), ("sch", "shch"), ("w", "v"), ("ks", "x"), ("x", "ks"), ("io", "e"))
_VOWELS = tuple("aeiou")


def may_be_surname(folded: str) -> bool:
    """Whether a folded word may be one: no patronymic, and no word that is always a given name."""
    return not _PATRONYMIC.fullmatch(folded) and not always_given(folded)


def is_telling(word: str) -> bool:
    """Whether a word is made as surnames are."""
    return bool(_TELLING.fullmatch(fold(in_one_script(word))))


def parted(entered: str) -> tuple[tuple[str, ...], set[str]]:
    """The surname of a name as typed, usually its first word, and the rest; nothing where no word is a surname."""
    words = word_parts([entered])
    left = [word for word in words if not is_given(word) and not _PATRONYMIC.fullmatch(fold(word))]
    left = [word for word in left if len(fold(word)) >= INDEXED]
    surnames = [word for word in left if is_telling(word)] or (left[:1] if len(words) > 1 else [])
    return tuple(surnames), set(words) - set(surnames)


def shortest_stem(word: str, shortest: int) -> str:
    """What the word may be a case form of at least: itself without the longest ending it could have; '' if shorter."""
    return next(iter(Stems.without_endings(fold(in_one_script(word)), shortest)), "")


def index_parts(words: Iterable[str]) -> set[str]:
    """Beginnings under which the index of words holds whatever these words of a text are forms of."""
    return {part for stem in {shortest_stem(word, INDEXED) for word in words} if stem for part in _parts(stem)}


def _parts(stem: str) -> set[str]:
    """With one of which a folded name must begin if this is its stem in a text, however it changes or is spelled."""
    found = {stem}
    if match := re.fullmatch(r"(.+?)([eoi])([^aeiou]{1,2})", stem):  # Сокола - Сокіл
        found |= {match[1] + vowel + match[3] for vowel in "eoi"}
    if re.fullmatch(r".+[^aeiou]{2}", stem):  # Кравця - Кравець
        found |= {stem[:-cut] + vowel + stem[-cut:] for cut in (1, 2) for vowel in "eo"}
    for one, other in _SPELLED:
        found |= {re.sub(one, other, part) for part in found}
    found |= {vowel + part for part in found if part[0] in _VOWELS for vowel in _VOWELS}  # Ефремов - Yefremov
    found |= {part[1:] for part in found if part[1:2] in _VOWELS and part[0] == "i"}
    return {part for part in found if len(part) >= INDEXED}
