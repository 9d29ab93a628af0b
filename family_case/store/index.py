"""What of a record can be searched, folded for the trigram index: names, codes and numbers first, free text second.

Which columns are searched follows from their privacy class: direct identifiers and place names are `name`, free text
is `text`.
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

_NUMBER = re.compile(r"[-+\d\s().]+")
_NUMBER_FROM, _NATIONAL = (
    4,
    10,
)  # digits; ten are the national part in RU, UA (with 0) and KZ, whatever prefix was typed
_TRIGRAM = 3  # the index knows nothing shorter
_ALSO_NAMES = {
    Case.TABLE: ("code", "alias"),
    Place.TABLE: ("name", "number", "region"),
    PlaceAlias.TABLE: ("name",),
    Body.TABLE: ("name", "other_names"),
    Cohort.TABLE: ("name",),
    Source.TABLE: ("publisher",),
    LegalStatus.TABLE: ("court",),
}
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
    """Folded names and folded text of a row, both empty when it has nothing to search."""
    if table == CustomValue.TABLE:
        return _of_its_class(row)
    names, texts = _SEARCHED[table]
    return _join(row, names), _join(row, texts)


def _of_its_class(row: Row) -> tuple[str, str]:
    """What stands in an own field is searched as a column of the class of that field is."""
    said = _join(row, ("content",))
    named = row["privacy_class"] == CustomClass.DIRECT.value
    return said if named else "", said if row["privacy_class"] in _TEXT_CLASSES else ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as the index can run it: an FTS5 expression ('' when every word is too short for trigrams), short words.

    Short words must begin a word: of the name, code or number when the expression is empty, else of any searched text.
    """

    match: str
    short: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.match and not self.short

    def condition(self, *, names_only: bool) -> tuple[str, tuple[str, ...]]:
        """SQL over `search`, and its values."""
        said = "' ' || search.name" if names_only or not self.match else "' ' || search.name || ' ' || search.text"
        parts = ["search MATCH ?"] if self.match else []
        parts += [f"{said} LIKE ? ESCAPE '\\'" for _ in self.short]
        match = ("{name} : (" + self.match + ")" if names_only else self.match,) if self.match else ()
        return " AND ".join(parts), (*match, *(f"% {_plain(word)}%" for word in self.short))


def query(text: str) -> Query:
    """Search for the words of `text`, all required, in either script; a number however spaced is one word."""
    readable = "".join(" " if unicodedata.category(mark) in ("Cc", "Cs") else mark for mark in text).strip()
    words = fold(readable).split()
    long, short = [word for word in words if len(word) >= _TRIGRAM], [word for word in words if len(word) < _TRIGRAM]
    digits = "".join(mark for mark in readable if mark.isdigit())
    if len(digits) >= _NUMBER_FROM and _NUMBER.fullmatch(readable):
        return Query(" OR ".join(sorted({_quoted(digits[-_NATIONAL:]), _quoted(" ".join(words))})), ())
    return Query(" AND ".join(_quoted(word) for word in long), tuple(short))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _join(row: Row, names: tuple[str, ...]) -> str:
    return " ¦ ".join(fold(str(row[name])) for name in names if row[name])


_SEARCHED = {kind.TABLE: searched(kind) for kind in RECORDS}
