"""Facts as JSON, in one place: keys are the fields' names, enumerations their codes, dates as they stand in the vault.

A partial date `happened` gives `happened` (EDTF), `happened_earliest`, `happened_latest` (days), `happened_zone` and
`happened_zone_assumed`, all of them null when there is no date. Money stays in minor units, times in UTC milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from family_case.errors import Bug
from family_case.model.views import TimelineItem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from family_case.model.dates import PartialDate

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
_ENDS = ("earliest", "latest", "zone", "zone_assumed")


def plain(value: object) -> Json:
    """`value` in the words of JSON; Bug for what has none."""
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), None)
    if write is None:
        raise Bug(f"{type(value).__name__} has no form in JSON")
    return write(value)


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Json]], ...] = (
    (Enum, lambda value: str(value.value)),
    (date, lambda value: value.isoformat()),
    (Mapping, lambda value: {str(key): plain(each) for key, each in value.items()}),
    ((frozenset, set), lambda value: sorted((plain(each) for each in value), key=str)),
    ((list, tuple), lambda value: [plain(each) for each in value]),
)


def merged(value: DataclassInstance, **more: object) -> dict[str, Json]:
    """A fact as JSON with more facts beside its fields."""
    return _object(value) | {name: plain(each) for name, each in more.items()}


def _object(value: DataclassInstance) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, is_date in _names(type(value)):
        each = getattr(value, name)
        if is_date:
            found |= _date(name, each)
        else:
            found[name] = plain(each)
    if isinstance(value, TimelineItem):
        found["people"] = [
            {"part": part.value, "person_id": person, "name": known} for part, person, known in value.people
        ]
    return found


@cache
def _names(kind: type[DataclassInstance]) -> tuple[tuple[str, bool], ...]:
    """Fields of a dataclass but for those it never shows, and whether each is a partial date."""
    return tuple((each.name, "PartialDate" in str(each.type)) for each in fields(kind) if each.repr)


def _date(name: str, value: PartialDate | None) -> dict[str, Json]:
    found: dict[str, Json] = {name: value.edtf if value else None}
    return found | {f"{name}_{end}": plain(getattr(value, end)) if value else None for end in _ENDS}
