"""What of a record can be searched, folded for the trigram index: names, codes and numbers first, free text second.

Which columns are searched follows from their privacy class: direct identifiers and place names are `name`, free text is `text`.
"""

from __future__ import annotations

from functools import cache

from family_case.model.base import Privacy, Record
from family_case.model.case import Case
from family_case.model.person import PersonName
from family_case.model.place import Place, PlaceAlias
from family_case.model.records import BY_TABLE, columns
from family_case.model.text import fold
from family_case.store.rows import Row

_ALSO_NAMES = {Case: ("code", "alias"), Place: ("name", "number", "region"), PlaceAlias: ("name",)}
_PARTS = {PersonName: ("family", "given", "patronymic")}  # they stand in `entered` already


@cache
def searched(kind: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns of a record class that are searched as names and as text."""
    classes = {name: privacy for name, (_hint, privacy) in columns(kind).items() if name not in _PARTS.get(kind, ())}
    names = [name for name, privacy in classes.items() if privacy is Privacy.DIRECT or name in _ALSO_NAMES.get(kind, ())]
    texts = [name for name, privacy in classes.items() if privacy in (Privacy.FREE_TEXT, Privacy.SENSITIVE) and "hazard" not in name]
    return tuple(names), tuple(texts)


def folded(table: str, row: Row) -> tuple[str, str]:
    """Folded names and folded text of a row, both empty when it has nothing to search."""
    names, texts = searched(BY_TABLE[table])
    return _join(row, names), _join(row, texts)


def phrase(query: str) -> str:
    """FTS5 query for a folded text: each word quoted, all required."""
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in fold(query).split())


def _join(row: Row, names: tuple[str, ...]) -> str:
    return " ¦ ".join(fold(str(row[name])) for name in names if row[name])
