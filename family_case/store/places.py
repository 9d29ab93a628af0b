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


def aliases(connection: dbapi2.Connection, place_id: str) -> list[PlaceAlias]:
    """Other names of a place, in the order they came in."""
    return load(connection, PlaceAlias, "place_id = ? ORDER BY rowid", (place_id,))


def of_case(connection: dbapi2.Connection, case_id: str) -> list[PlaceAlias]:
    """Other names of the places a case speaks of."""
    where = (
        "place_id IN (SELECT place_id FROM entry WHERE case_id = ?1 UNION SELECT held_at FROM case_file WHERE id = ?1)"
    )
    return load(connection, PlaceAlias, where, (case_id,))


def others_named(connection: dbapi2.Connection, text: str, place_id: str) -> bool:
    """Whether a place other than this one has `text` as its name or as another name."""
    wanted = fold(text)
    called = [(place.id, place.name) for place in load(connection, Place, "1")]
    called += [(alias.place_id, alias.name) for alias in load(connection, PlaceAlias, "1")]
    return any(place != place_id and fold(name) == wanted for place, name in called)


def numbered(connection: dbapi2.Connection, number: str) -> list[Place]:
    """Places with this number and a region."""
    return load(connection, Place, "number = ? AND region <> '' ORDER BY name", (number,))
