"""What of a record can be searched, folded: names, codes and numbers, free text, and words that are looked up whole.

Which columns are searched follows from their privacy class: direct identifiers and place names are `name`, free text
is `text`. Both have an index of trigrams of their own, because a word of many texts must not be looked for among
the names by walking the texts. Words stand after two spaces, so that those of one or two letters make trigrams too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.background import LegalStatus, Source
from family_case.model.base import Privacy, Record
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.cohort import Cohort
from family_case.model.custom import CustomClass, CustomValue
from family_case.model.person import PersonName
from family_case.model.place import Place, PlaceAlias
from family_case.model.records import RECORDS, columns
from family_case.model.text import fold

if TYPE_CHECKING:
    from family_case.store.rows import Row

NAME, ALIAS, NUMBER = "name", "alias", "number"  # sorts of words that are looked up whole
WORD_FROM = 3  # letters of such a word
_NUMBER = re.compile(r"[-+\d\s().]+")
_NUMBER_FROM = 4  # digits
_NATIONAL = 10  # digits of the national part in RU, UA (with 0) and KZ, whatever prefix was typed
_TRUNK = "8"  # dialled before the national part in RU and KZ
_TRIGRAM = 3  # the index knows nothing shorter
_WORD = re.compile(rf"[^\W\d_]{{{WORD_FROM},}}")
_RUN, _GROUP = re.compile(r"\d[-\d\s().]*"), re.compile(r"\d+")
_ALSO_NAMES = {
    Case.TABLE: ("code", "alias"),
    Place.TABLE: ("name", "number", "region"),
    PlaceAlias.TABLE: ("name",),
    Body.TABLE: ("name", "other_names"),
    Cohort.TABLE: ("name",),
    Source.TABLE: ("publisher",),
    LegalStatus.TABLE: ("court",),
}
_SORTS = {PersonName.TABLE: NAME, Case.TABLE: ALIAS}
_TEXT_CLASSES = (CustomClass.SENSITIVE.value, CustomClass.FREE_TEXT.value)
_PARTS = {PersonName.TABLE: ("family", "given", "patronymic")}  # they stand in `entered` already


def searched(kind: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns of a record class that are searched as names and as text."""
    classes = {
        name: privacy for name, (_hint, privacy) in columns(kind).items() if name not in _PARTS.get(kind.TABLE, ())
    }
    names = [
        name
        for name, privacy in classes.items()
        if privacy is Privacy.DIRECT or name in _ALSO_NAMES.get(kind.TABLE, ())
    ]
    texts = [
        name
        for name, privacy in classes.items()
        if privacy in (Privacy.FREE_TEXT, Privacy.SENSITIVE) and "hazard" not in name
    ]
    return tuple(names), tuple(texts)


def folded(table: str, row: Row) -> tuple[str, str]:
    """Folded names of a row, and all it says where it has text too; each empty when there is nothing to search."""
    if table == CustomValue.TABLE:
        return _of_its_class(row)
    names, texts = _SEARCHED[table]
    called, told = _parts(row, names), _parts(row, texts)
    return _spaced(called), _spaced([*called, *told]) if told else ""


def words(table: str, name: str) -> set[tuple[str, str]]:
    """Sort and text of the words in the folded names of a row that are looked up whole.

    Words of people's names and of aliases, and the last ten digits of every number.
    """
    found = {(NUMBER, tail) for run in _RUN.findall(name) for tail in _tails(_GROUP.findall(run))}
    sort = _SORTS.get(table)
    return found | {(sort, word) for word in _WORD.findall(name)} if sort else found


def _tails(groups: list[str]) -> list[str]:
    """What may be the last ten digits of a number among groups of digits typed one after another."""
    digits = ["".join(groups[:count]) for count in range(1, len(groups) + 1)]
    return [each[-_NATIONAL:] for each in digits if len(each) >= _NATIONAL]


def _of_its_class(row: Row) -> tuple[str, str]:
    """What stands in an own field is searched as a column of the class of that field is."""
    said = _spaced(_parts(row, ("content",)))
    named = row["privacy_class"] == CustomClass.DIRECT.value
    return said if named else "", said if row["privacy_class"] in _TEXT_CLASSES else ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as the indexes can run it: an expression for the trigrams, and the last digits of a whole number.

    `short`: no word has three letters; these are looked for in names, codes and numbers only, where one begins.
    """

    match: str
    tail: str = ""
    short: bool = False

    @property
    def hits(self) -> tuple[tuple[str, str], ...]:
        """SQL that gives numbers of search rows, and its one value: first of those found by name, then by any text."""
        if not self.match:
            return ()
        by_name = (_BY_NUMBER, self.tail) if self.tail else (_BY_NAME, self.match)
        return (by_name,) if self.short else (by_name, (_BY_TEXT, self.match))


def query(text: str) -> Query:
    """Search for the words of `text`, all required, in either script; a number however spaced is one word."""
    readable = "".join(" " if unicodedata.category(mark) in ("Cc", "Cs") else mark for mark in text).strip()
    said = fold(readable).split()
    digits = "".join(mark for mark in readable if mark.isdigit())
    if len(digits) >= _NUMBER_FROM and _NUMBER.fullmatch(readable):
        last, whole = digits[-_NATIONAL:], len(digits) > _NATIONAL  # ten may be nine and a country's or the trunk's
        bare = digits.removeprefix(_TRUNK)
        ways = {last, _GAP.join(said), bare if not whole and len(bare) >= _NUMBER_FROM else last}
        return Query(" OR ".join(_quoted(each) for each in sorted(ways)), last if whole else "")
    short = all(len(word) < _TRIGRAM for word in said)
    return Query(" AND ".join(_quoted(word.rjust(_TRIGRAM)) for word in said), short=short)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _parts(row: Row, names: tuple[str, ...]) -> list[str]:
    return [fold(str(row[name])) for name in names if row[name]]


def _spaced(parts: list[str]) -> str:
    return _GAP + " ¦ ".join(parts).replace(" ", _GAP) if parts else ""


_GAP = "  "
_BY_NAME = "SELECT rowid AS row FROM search_name WHERE search_name MATCH ?"
_BY_TEXT = "SELECT rowid AS row FROM search_text WHERE search_text MATCH ?"
_BY_NUMBER = f"SELECT row FROM search_word WHERE sort = '{NUMBER}' AND word = ?"  # noqa: S608 - our own constant
_SEARCHED = {kind.TABLE: searched(kind) for kind in RECORDS}
