"""Taking names, numbers and accounts of people who may not be named out of free text, in every form they may have.

A word is taken out when it begins with the stem of such a name and goes on as an ending does (Russian and Ukrainian
cases; Павел - Павла, Федір - Федора, Ольга - Ользі by their changed stems). Either script is understood; where one of
both is Latin, vowels and h/g count as equal, because transliterations differ (Сергій: Serhii, Sergey). A name that
someone who may be named shares (a family's surname) stays. What he is called at home goes with his given name (Маша for
Мария). This errs towards taking out too much; what was taken out is shown as […] and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import phonenumbers

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import as_cyrillic
from family_case.model.text import APOSTROPHES, INVISIBLE, fold
from family_case.services.given_names import Forms, forms, full_names

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP = "[…]"
_INSIDE = f"\u0300-\u036f{INVISIBLE}{APOSTROPHES}"  # stress marks, soft hyphens and apostrophes within a word
_BROKEN = re.compile(f"[-\u00ad\u2010\u2011][{INVISIBLE}]*\\r?\\n[ \\t]*")  # a word divided at the end of a line
WORD = re.compile(f"[^\\W\\d_](?:[{_INSIDE}]*[^\\W\\d_]|{_BROKEN.pattern}(?:[a-zа-яёґєії]))*[\u0300-\u036f]*")
_GAPS = re.compile(r"\[…\](?:[\s.,-]*\[…\])+")
_ENDING = re.compile(r"[aeiou]{0,4}(?:s|[mhvg][aeiou]{0,3})?")  # folded: -ого, -ами, -ові, -ією; 's
_ROUGH_ENDING = re.compile(r"a?(?:[mhv]a?|s)?")
_SHORTEST = 3  # letters of a stem that is looked for in small letters too
_DIGITS = 6  # of a number, at least, to be looked for digit by digit
_BETWEEN = f"[\\s()._*·,/\\-\u2010-\u2015{INVISIBLE}]*"
_ALIKE = str.maketrans("aceikmopxyABCEHIKMOPTXY", "асеікморхуАВСЕНІКМОРТХУ")
_ROUGH = (("sch", "sh"), ("shch", "sh"), ("ks", "x"), ("g", "h"), ("w", "v"), ("j", "i"), ("c", "k"), ("q", "k"))


@dataclass(frozen=True, slots=True)
class Stems:
    """Stems of names: found in any writing, found in capitalised words only, and those compared roughly.

    Beside them the diminutives that go with the given names among them.
    """

    sure: frozenset[str] = frozenset()
    capital: frozenset[str] = frozenset()
    rough: frozenset[str] = frozenset()
    rough_latin: frozenset[str] = frozenset()  # of names known in Latin letters: for words of either script
    little: Forms = field(default_factory=Forms)

    def reach(self, word: str) -> int:
        """Letters of the longest stem that `word` is a form of; 0 when it is a form of none."""
        folded = fold(in_one_script(word))
        capital = word[:1].isupper()
        found = _longest(folded, self.sure | self.capital if capital else self.sure, _ENDING)
        found = max(found, self.little.stem_of(in_one_script(word), capital=capital))
        if capital:
            rough = self.rough | self.rough_latin if word[:1].isascii() else self.rough_latin
            found = max(found, _longest(_roughly(folded), rough, _ROUGH_ENDING))
        return found

    def beginnings(self) -> set[str]:
        """How a word begins that may be a form of one of these, as told by `beginnings`."""
        rough = {stem[:_SHORTEST] + "~" for stem in self.rough | self.rough_latin}
        return {stem[:_SHORTEST] for stem in self.sure | self.capital} | rough

    @staticmethod
    def without_endings(folded: str, shortest: int) -> list[str]:
        """Stems, of at least so many letters, that the folded word may be a form of."""
        return [folded[:cut] for cut in range(shortest, len(folded) + 1) if _ENDING.fullmatch(folded, cut)]


@dataclass(frozen=True, slots=True)
class Mask:
    """Names, numbers and accounts that may not appear, and the names that may."""

    hidden: Stems
    shown: Stems
    numbers: re.Pattern[str] | None

    def clean(self, text: str) -> str:
        """The text without them; equal to `text` when nothing had to go."""
        if not text:
            return text
        plain = self.numbers.sub(GAP, text) if self.numbers else text
        named = WORD.sub(lambda found: GAP if self._hides(found.group()) else found.group(), plain)
        return text if named == text else joined_gaps(named)

    def _hides(self, word: str) -> bool:
        reach = self.hidden.reach(word)
        return reach > 0 and reach > self.shown.reach(word)


def mask_for(hidden: Iterable[str], shown: Iterable[str], numbers: Iterable[str]) -> Mask:
    """Mask that hides the words of `hidden` names that no `shown` name has too, and these normalised numbers."""
    told = word_parts(hidden)
    # Whoever is written down as Саша may be called Александр; but who is shown as Саша opens no Александр.
    meant = [*told, *(full for word in told for full in full_names(word))]
    return Mask(stems_of(meant), stems_of(word_parts(shown)), numbers_pattern(numbers))


def beginnings(word: str) -> set[str]:
    """Keys under which to look for stems that `word` may be a form of."""
    folded = fold(in_one_script(word))
    return {folded[:_SHORTEST], folded[: _SHORTEST - 1], _roughly(folded)[:_SHORTEST] + "~"}


def joined_gaps(text: str) -> str:
    """The text with gaps beside each other as one."""
    return _GAPS.sub(GAP, text)


def word_parts(names: Iterable[str]) -> list[str]:
    """The words of these names."""
    return [word for name in names for word in WORD.findall(name)]


def stems_of(words: list[str]) -> Stems:
    """Stems of these words of names, and the diminutives of the given names among them."""
    sure, capital, rough, latin = set[str](), set[str](), set[str](), set[str]()
    for word in words:
        folded = fold(in_one_script(word))
        if len(folded) < 2:  # noqa: PLR2004 - an initial is no name
            continue
        stem = max(folded.rstrip("aeiou"), fold(word[:2]), key=len)
        (sure if len(stem) >= _SHORTEST else capital).add(stem)
        if len(stem) < _SHORTEST <= len(folded):
            sure.add(folded)
        capital |= _changed(stem)
        alike = max(_roughly(stem), _roughly(folded), key=lambda each: len(each) >= _SHORTEST)
        if len(alike) >= _SHORTEST:
            (latin if word[:1].isascii() else rough).add(alike)
    return Stems(frozenset(sure), frozenset(capital), frozenset(rough), frozenset(latin), forms(words))


def _changed(stem: str) -> set[str]:
    """How a stem changes before an ending: a vowel that falls out or turns, a last consonant that softens."""
    found = set[str]()
    match = re.fullmatch(r"(.+?)([eoi])([^aeiou]{1,2})", stem)
    if match:
        found |= {match[1] + vowel + match[3] for vowel in ("", "o", "e") if len(match[1] + vowel + match[3]) > 1}
        found |= {match[1] + "i" + match[3]}
    found |= {stem[:-1] + soft for hard, soft in (("k", "ts"), ("g", "z"), ("h", "s")) if stem.endswith(hard)}
    return found - {stem}


def _longest(word: str, stems: frozenset[str], ending: re.Pattern[str]) -> int:
    return max((len(s) for s in stems if word.startswith(s) and ending.fullmatch(word, len(s))), default=0)


def _roughly(folded: str) -> str:
    for letters, same in _ROUGH:
        folded = folded.replace(letters, same)
    bare = re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]+", "a", folded))
    return bare.rstrip("a") if len(bare.rstrip("a")) >= _SHORTEST else bare


def in_one_script(word: str) -> str:
    """The word with Latin look-alikes as Cyrillic letters where it holds both (Иpина), and put together again."""
    word = _BROKEN.sub("", word)
    cyrillic = any("\u0400" <= mark <= "\u04ff" for mark in word)
    return word.translate(_ALIKE) if cyrillic else word


def numbers_pattern(numbers: Iterable[str]) -> re.Pattern[str] | None:
    """Pattern that finds these normalised numbers and accounts however they are spelled; None for none."""
    patterns = sorted({pattern for number in numbers if (pattern := _number_pattern(number))}, key=len, reverse=True)
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _number_pattern(norm: str) -> str:
    """Pattern of a number with anything people put between digits, or of an account as it is; '' for too short."""
    country = ""
    if norm.startswith("+"):
        phone = phonenumbers.parse(norm)
        country, norm = f"{phone.country_code}|00{phone.country_code}|", str(phone.national_number)
    if norm.isdigit():
        prefix = rf"(?:(?<!\d)\+?(?:{country}8|0){_BETWEEN})?"
        return prefix + _BETWEEN.join(norm) if len(norm) >= _DIGITS else ""
    return rf"(?<!\w)@?{re.escape(norm)}(?!\w)"


def refuse_names(told: Iterable[str], names: Iterable[str]) -> None:
    """Refuse a code or alias that tells one of these names: they stand in every list (DOMAIN section 1)."""
    mask = mask_for(list(names), [], [])
    for text in told:
        if any(mask.clean(read) != read for read in (text, as_cyrillic(text))):
            raise Refused(
                N_("“{value}” tells a name of the person. Nothing was saved; choose another code or alias."),
                value=text,
            )
