"""Given names and what people are called at home: Маша is Мария, Вова and Володя are Владимир.

The table lies in `resources/words/given_names.tsv`, Russian and Ukrainian together. Diminutives are short and many look
like other words, so their case forms are spelled out here one by one instead of being guessed from a stem.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from family_case.model.text import fold
from family_case.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONLY_CAPITAL, _NEVER = "*", "never"
_VOWELS = "aeiou"
_MALE = ("a", "u", "om", "em", "e", "i", "ovi", "evi")
# Folded endings by the last letter of the first case: Маша, Катя, Сашко; of anything else as of Павлик.
_ENDINGS = {"а": ("a", "i", "e", "u", "oi", "oiu", "ei", "eiu", "o"), "я": ("ia", "i", "e", "iu", "ei", "eiu")}
_SOFTER = {"k": "ts", "g": "z", "h": "s"}  # Сашка - Сашці
_LONG_STEM = 4  # letters from which a form is told from other words also in small letters, and when cut short (Маш!)


@dataclass(frozen=True, slots=True)
class Forms:
    """Folded case forms of diminutives: all of them, and those that are a name in small letters too.

    Each with the length of its stem.
    """

    capital: dict[str, int] = field(default_factory=dict)
    small: dict[str, int] = field(default_factory=dict)

    def stem_of(self, word: str, *, capital: bool) -> int:
        """Letters of the stem of which `word` is a form; 0 when it is a form of none."""
        return (self.capital if capital else self.small).get(_plain(word), 0)


@dataclass(frozen=True, slots=True)
class _Table:
    """Folded names: diminutives of each full one, full ones of each diminutive, and words that are none."""

    little: dict[str, list[str]]
    full: dict[str, list[str]]
    never: frozenset[str]


def is_given(word: str) -> bool:
    """Whether a word is a given name in its first case, full or diminutive."""
    table = _table()
    return _plain(word) in table.little or _plain(word) in table.full


def always_given(folded: str) -> bool:
    """Whether every word that folds to this is a given name, in whichever script it is typed."""
    table = _table()
    return all(each in table.little or each in table.full for each in (folded, folded.replace("io", "e")))


@cache
def known() -> tuple[str, ...]:
    """Every given name of the table, as typed there."""
    return tuple(sorted({name for names in _table().full.values() for name in names}))


def full_names(word: str) -> list[str]:
    """Full names that a diminutive may stand for; empty for anything else."""
    return list(_table().full.get(_plain(word), ()))


def forms(words: Iterable[str]) -> Forms:
    """Case forms of what people with these full names are called at home."""
    found = Forms()
    for little in {little for word in words for little in _table().little.get(_plain(word), ())}:
        capital, small = _declined(little)
        found.capital.update(capital)
        found.small.update(small)
    return found


@lru_cache(maxsize=1024)
def _declined(marked: str) -> tuple[dict[str, int], dict[str, int]]:
    """Forms of one diminutive with a capital, and in small letters."""
    little, never = marked.rstrip(_ONLY_CAPITAL), _table().never
    folded = _plain(little)
    stem = folded.rstrip(_VOWELS)
    capital = {form: len(stem) for form in _spelled(little, folded, stem) if form not in never}
    if marked.endswith(_ONLY_CAPITAL):
        return capital, {}
    small = {form: size for form, size in capital.items() if size >= _LONG_STEM or form == folded}
    return capital, {form: size for form, size in small.items() if len(form) >= _LONG_STEM}


def _spelled(little: str, folded: str, stem: str) -> set[str]:
    if folded == stem:  # Павлик; Санёк - Санька
        bare = stem[:-2] + "k" if stem.endswith(("ek", "ok")) and len(stem) > _LONG_STEM else stem
        return {folded} | {bare + ending for ending in _MALE}
    found = {folded} | {stem + ending for ending in _ENDINGS.get(little[-1], _MALE)}
    if stem[-1:] in _SOFTER:
        found.add(stem[:-1] + _SOFTER[stem[-1]] + "i")
    return found | ({stem} if len(stem) >= _LONG_STEM else set())


def _plain(word: str) -> str:
    folded = fold(word)
    # Typed in Latin letters: Seryozha, Alyosha
    return folded.replace("io", "e") if word[:1].isascii() else folded


@cache
def _table() -> _Table:
    little, full, never = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list), frozenset[str]()
    text = (resources() / "words" / "given_names.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        names, _, at_home = line.partition("\t")
        if names == _NEVER:
            never = frozenset(fold(word) for word in at_home.split())
        elif not line.startswith("#"):
            for name in names.split():
                little[fold(name)] += at_home.split()
                for each in at_home.split():
                    full[fold(each.rstrip(_ONLY_CAPITAL))].append(name)
    return _Table(dict(little), dict(full), never)
