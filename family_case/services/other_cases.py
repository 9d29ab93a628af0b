"""Names, codes and numbers of other cases that happen to be typed in the texts of this one.

They are looked up by the words of the paper. A surname goes with its given name, patronymic and initials beside it, in
either order. Alone it goes when it has four letters or more and is no place of this case and no plain word: a surname
made like one (Лебедев, Коваленко) in any writing, another (Мороз, Соловей) and an alias with a capital only, and not
where it merely opens sentences of a text that has it in small letters too. A given name alone stays: half the country
has it.

Whose surname very many share is not looked up one by one. What stands beside it goes then if it is any given name, or
any name in the vault: more than what is beside it in those names, and never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from family_case.model.text import INVISIBLE, fold
from family_case.services.given_names import is_given
from family_case.services.given_names import known as given_names
from family_case.services.masking import (
    GAP,
    WORD,
    Stems,
    beginnings,
    in_one_script,
    joined_gaps,
    numbers_pattern,
    stems_of,
    word_parts,
)
from family_case.services.surnames import INDEXED, index_parts, is_telling, may_be_surname, parted, shortest_stem
from family_case.services.typed import code_pattern, codes_in, norms_in
from family_case.store import elsewhere
from family_case.store.index import ALIAS, NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from family_case.services.session import Session

_ALONE = 4  # letters of a surname that tells someone without the rest of his name
_SHORTEST_STEM = 2  # letters of a stem that only a capital tells
_BESIDE = re.compile(rf"[\s.,_/()\u2010-\u2015{INVISIBLE}-]{{0,4}}")
_OPENS = re.compile(rf"(?:^|[.!?…:;\n(«\"“„—–-])[\s«\"“„(—–{INVISIBLE}-]*\Z")
_REACH = 2  # words on either side: given name and patronymic


@dataclass(frozen=True, slots=True, eq=False)
class _Name:
    """A name of someone else, or an alias: the word that tells him, and what may stand beside it.

    Of a surname that very many share `rest` is whatever may be a name, and any initial goes.
    """

    surname: Stems
    rest: Stems
    initials: frozenset[str]
    telling: bool
    shared: bool = False

    def goes_with(self, said: str, *, dotted: bool) -> bool:
        """Whether a word beside the surname is the rest of the name; `dotted`: a dot follows it."""
        if len(said) == 1:
            return said.isupper() and dotted and (self.shared or fold(said)[:1] in self.initials)
        short = self.shared and said[:1].isupper() and len(shortest_stem(said, _SHORTEST_STEM)) == _SHORTEST_STEM
        return short or self.rest.reach(said) > 0


@dataclass(slots=True)
class OtherCases:
    """What of other cases may stand in the texts of one paper; remembers in `taken` what it has taken out of them."""

    names: Mapping[str, Sequence[_Name]] = field(default_factory=dict)  # by how their surnames begin
    marks: re.Pattern[str] | None = None  # codes
    numbers: re.Pattern[str] | None = None
    own: Stems = field(default_factory=Stems)  # of this case
    places: Stems = field(default_factory=Stems)
    plain: frozenset[str] = frozenset()
    taken: dict[str, None] = field(default_factory=dict)
    _meant: dict[str, list[_Name]] = field(default_factory=dict)

    def clean(self, text: str) -> str:
        """The text without them."""
        cleaned = text
        for pattern in (self.numbers, self.marks):
            if pattern:
                cleaned = pattern.sub(self._gap, cleaned)
        if self.names:
            cleaned = self._without_names(cleaned)
        return text if cleaned == text else joined_gaps(cleaned)

    def _gap(self, found: re.Match[str]) -> str:
        self.taken[found.group().strip()] = None
        return GAP

    def _without_names(self, text: str) -> str:
        words = list(WORD.finditer(text))
        out = set[int]()
        for at, word in enumerate(words):
            for name in self._of(word.group()):
                near = self._beside(text, words, at, name)
                if near or self._tells_alone(word.group(), name):
                    out |= {at, *near}
        kept = {at for at in out if self.own.reach(words[at].group()) and not self._of(words[at].group())}
        self.taken.update(dict.fromkeys(_runs(text, [words[at] for at in sorted(out - kept)])))
        for at in sorted(out - kept, reverse=True):
            start, end = _span(text, words[at])
            text = text[:start] + GAP + text[end:]
        return text

    def _of(self, word: str) -> list[_Name]:
        """Names whose surname `word` is a form of, more than of any name of this case."""
        if word not in self._meant:
            near = dict.fromkeys(each for start in beginnings(word) for each in self.names.get(start, ()))
            own = self.own.reach(word) if near else 0
            self._meant[word] = [each for each in near if each.surname.reach(word) > own]
        return self._meant[word]

    def _tells_alone(self, word: str, name: _Name) -> bool:
        folded = fold(in_one_script(word))
        reach = name.surname.reach(word)
        if len(folded) < _ALONE or reach < INDEXED or self.places.reach(word) >= reach:
            return False
        return name.telling or (word[:1].isupper() and folded not in self.plain)

    def _beside(self, text: str, words: list[re.Match[str]], at: int, name: _Name) -> set[int]:
        """Places of the words beside a surname that are the rest of the same name."""
        found = set[int]()
        for step in (1, -1):
            here = at
            for _ in range(_REACH):
                there = here + step
                if not 0 <= there < len(words):
                    break
                first, second = sorted((words[here], words[there]), key=lambda each: each.start())
                dotted = text[words[there].end() : words[there].end() + 1] == "."
                joined = _BESIDE.fullmatch(text, first.end(), second.start())
                if not joined or not name.goes_with(words[there].group(), dotted=dotted):
                    break
                found.add(there)
                here = there
        return found


def _runs(text: str, words: list[re.Match[str]]) -> list[str]:
    """What these words say, those beside each other as one."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and _BESIDE.fullmatch(text, spans[-1][1], word.start()):
            spans[-1] = (spans[-1][0], _span(text, word)[1])
        else:
            spans.append(_span(text, word))
    return [" ".join(text[start:end].split()) for start, end in spans]


def _span(text: str, word: re.Match[str]) -> tuple[int, int]:
    """Where a word stands; an initial with its dot."""
    initial = len(word.group()) == 1 and text[word.end() : word.end() + 1] == "."
    return word.start(), word.end() + initial


def other_cases(
    session: Session,
    case_id: str,
    texts: Collection[str],
    *,
    known: Iterable[str],
    places: Iterable[str],
    people: Collection[str],
) -> OtherCases:
    """What of other cases stands in `texts`.

    `known` are names of this case, which are not our business here, `places` its places, `people` ids of its people.
    """
    connection = session.vault.connection
    own, where = stems_of(word_parts(known)), list(places)
    words = {word for text in texts for word in WORD.findall(text)}
    parts = index_parts(word for word in words if not is_given(word) and not own.reach(word))
    surnames = {word for word in elsewhere.words(connection, NAME, parts) if may_be_surname(word)}
    people_called = elsewhere.called(connection, case_id, people, NAME, surnames)
    cases_called = elsewhere.called(connection, case_id, people, ALIAS, elsewhere.words(connection, ALIAS, parts))
    names = [*_namesakes(people_called.entered), *filter(None, map(_alias, cases_called.entered))]
    if shared := people_called.common | cases_called.common:
        names += _shared(session, shared, words)
    codes = elsewhere.codes(connection, case_id, {code for text in texts for code in codes_in(text)})
    numbers = elsewhere.numbers(connection, case_id, {norm for text in texts for norm in norms_in(text)})
    held = {fold(name) for name in where}
    patterns = [code_pattern(code) for code in codes if not any(fold(code) in name for name in held)]
    return OtherCases(
        _by_beginning(names),
        re.compile("|".join(patterns)) if patterns else None,
        numbers_pattern(numbers),
        own,
        stems_of(word_parts(where)),
        _plain_words(texts),
    )


def _shared(session: Session, shared: Collection[str], words: Iterable[str]) -> list[_Name]:
    """Names and aliases that these folded words of very many begin, with whatever of the paper may stand beside."""
    parts = index_parts(words)
    heard = {word for sort in (NAME, ALIAS) for word in elsewhere.words(session.vault.connection, sort, parts)}
    rest = stems_of([*given_names(), *sorted(heard)])
    return [
        _Name(stems_of([word]), rest, frozenset(), telling=is_telling(word), shared=True) for word in sorted(shared)
    ]


def _namesakes(names: Iterable[str]) -> list[_Name]:
    """Everyone of one surname as one: with the given names any of them has."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entered in dict.fromkeys(names):
        surnames, rest = parted(entered)
        if surnames:
            found[surnames] |= rest
    return [
        _Name(
            stems_of(list(surnames)),
            stems_of(sorted(rest)),
            frozenset(fold(word)[:1] for word in rest),
            any(map(is_telling, surnames)),
        )
        for surnames, rest in found.items()
    ]


def _by_beginning(names: Iterable[_Name]) -> Mapping[str, Sequence[_Name]]:
    found: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        for start in name.surname.beginnings():
            found[start].append(name)
    return dict(found)


def _alias(alias: str) -> _Name | None:
    words = [word for word in word_parts([alias]) if len(word) >= _ALONE]
    return _Name(stems_of(words[:1]), stems_of(words[1:]), frozenset(), telling=False) if words else None


def _plain_words(texts: Iterable[str]) -> frozenset[str]:
    """Folded words that stand in small letters somewhere and with a capital only where a sentence opens."""
    small, inside = set[str](), set[str]()
    for text in texts:
        for found in WORD.finditer(text):
            word = found.group()
            if word[:1].islower():
                small.add(fold(word))
            elif not _OPENS.search(text, max(0, found.start() - 8), found.start()) and found.start():
                inside.add(fold(word))
    return frozenset(small - inside)
