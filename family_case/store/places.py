"""Reading places: there are hundreds, not thousands, so names are folded and compared here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.body import Body
from family_case.model.place import Place, PlaceAlias
from family_case.model.text import fold
from family_case.store.rows import load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2


def bodies(connection: dbapi2.Connection) -> list[Body]:
    """All bodies; like places they are few."""
    return load(connection, Body, "1")


def named(connection: dbapi2.Connection, text: str) -> str | None:
    """Id of the place whose name or alias is `text`."""
    wanted = fold(text)
    for place in load(connection, Place, "1"):
        if fold(place.name) == wanted:
            return place.id
    for alias in load(connection, PlaceAlias, "1"):
        if fold(alias.name) == wanted:
            return alias.place_id
    return None


def numbered(connection: dbapi2.Connection, number: str) -> list[Place]:
    """Places with this number and a region."""
    return load(connection, Place, "number = ? AND region <> '' ORDER BY name", (number,))
