"""What of a record can be searched, folded for the trigram index: names, codes and numbers first, free text second.

Which columns are searched follows from their privacy class: direct identifiers and place names are `name`, free text
is `text`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from family_case.model.base import Privacy, Record
from family_case.model.case import Case
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
_ALSO_NAMES = {Case.TABLE: ("code", "alias"), Place.TABLE: ("name", "number", "region"), PlaceAlias.TABLE: ("name",)}
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
    names, texts = _SEARCHED[table]
    return _join(row, names), _join(row, texts)


def phrase(query: str) -> str:
    """FTS5 query for a folded text: each word quoted, all required.

    A number however spaced is one word (its last ten digits).
    """
    digits = "".join(mark for mark in query if mark.isdigit())
    if len(digits) >= _NUMBER_FROM and _NUMBER.fullmatch(query.strip()):
        return f'"{digits[-_NATIONAL:]}"'
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in fold(query).split())


def _join(row: Row, names: tuple[str, ...]) -> str:
    return " ¦ ".join(fold(str(row[name])) for name in names if row[name])


_SEARCHED = {kind.TABLE: searched(kind) for kind in RECORDS}
