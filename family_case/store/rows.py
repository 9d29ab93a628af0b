"""Records to rows and back, driven by the record classes alone.

A partial date spreads over five columns (edtf, earliest, latest, zone, zone assumed); a set of codes is one text of
sorted codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args, get_origin

from family_case.errors import Bug
from family_case.model.base import Coded, Record
from family_case.model.dates import PartialDate
from family_case.model.records import RECORDS, columns
from family_case.store.faults import translated

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

Value = str | int | None
Row = dict[str, Value]
Key = tuple[str, str]  # table and id of a row
R = TypeVar("R", bound=Record)
DATE_PARTS = ("", "_earliest", "_latest", "_zone", "_zone_assumed")


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field becomes columns: their names, the way there, and what each stored value means on the way back.

    `meant` is None for text and numbers, which mean themselves, and for dates, which take all their columns.
    """

    names: tuple[str, ...]
    write: Callable[[object], tuple[Value, ...]]
    meant: Mapping[Value, object] | None = None


def to_row(record: Record) -> Row:
    """Row of a record: one value per column, ready to bind."""
    values: list[Value] = []
    for name, column in _CODECS[record.TABLE].items():
        values += column.write(getattr(record, name))
    return dict(zip(_NAMES[record.TABLE], values, strict=True))


def column_names(kind: type[Record]) -> tuple[str, ...]:
    """Columns of a record class in order."""
    return _NAMES[kind.TABLE]


def from_values(kind: type[R], values: Sequence[Value]) -> R:
    """Record from the values of `column_names(kind)` in that order."""
    make: Callable[[Sequence[Value]], R] = _MAKERS[kind.TABLE]
    return make(values)


def load(connection: dbapi2.Connection, kind: type[R], where: str = "1", values: Sequence[Value] = ()) -> list[R]:
    """Records of one class; `where` is SQL of this package (condition, order, limit), `values` are bound."""
    make: Callable[[Sequence[Value]], R] = _MAKERS[kind.TABLE]
    with translated():
        return [make(found) for found in connection.execute(_SELECTS[kind.TABLE] + where, tuple(values))]


# Records by their ids, which `these` hands over.
THESE: Final = "IN (SELECT value FROM json_each(?))"


def these(ids: Collection[str]) -> str:
    """Ids of records for `json_each`; letters and digits need no escaping, and the library takes four times as long."""
    return '["' + '","'.join(ids) + '"]' if ids else "[]"


def _maker(kind: type[Record], codec: Mapping[str, _Column]) -> Callable[[Sequence[Value]], Any]:
    """What makes a record of the values of a row; most are its fields' own, and so pass at no cost.

    Fields are set one by one. What a frozen class does itself takes twice as long (measured), and a case page is sixty
    records; none of them does anything else when it is made (a test holds that).
    """
    starts, coded, dates, at = [], [], [], 0
    for place, column in enumerate(codec.values()):
        starts.append(at)
        if column.meant is not None:
            coded.append((place, column.meant))
        if len(column.names) > 1:
            dates.append((place, at))
        at += len(column.names)
    first_of_each = itemgetter(*starts)

    puts = [getattr(kind, name).__set__ for name in codec]

    def make(values: Sequence[Value]) -> Record:
        found = list(first_of_each(values))
        for place, meant in coded:
            found[place] = meant[found[place]]
        for place, start in dates:
            if found[place] is not None:
                found[place] = _read_date(*values[start : start + len(DATE_PARTS)])
        record = object.__new__(kind)
        for put, value in zip(puts, found, strict=True):
            put(record, value)
        return record

    return make


def _column(name: str, hint: object) -> _Column:
    plain = _without_none(hint)
    if plain is PartialDate:
        return _Column(tuple(name + part for part in DATE_PARTS), _write_date)
    if get_origin(plain) is frozenset:
        return _Column((name,), _write_set, _Sets({member.value: member for member in get_args(plain)[0]}))
    if isinstance(plain, type) and issubclass(plain, Coded):
        return _Column((name,), _write_code, {None: None, **{member.value: member for member in plain}})
    if plain is bool:
        return _Column((name,), lambda value: (int(bool(value)),), {None: False, 0: False, 1: True})
    if plain in (str, int):
        return _Column((name,), _write_plain)
    raise Bug(f"column {name} has no row form")


def _without_none(hint: object) -> object:
    if isinstance(hint, UnionType):
        (only,) = [part for part in get_args(hint) if part is not NoneType]
        return only
    return hint


class _Sets(dict[Value, object]):
    """Stored sets of codes and what they mean; the few combinations in use are worked out once."""

    def __init__(self, members: Mapping[str, object]) -> None:
        super().__init__()
        self._members = members

    def __missing__(self, stored: Value) -> object:
        self[stored] = found = frozenset(self._members[code] for code in str(stored).split())
        return found


def _write_set(value: object) -> tuple[Value, ...]:
    chosen = value if isinstance(value, frozenset) else frozenset()
    return (" ".join(sorted(member.value for member in chosen)),)


def _write_plain(value: object) -> tuple[Value, ...]:
    if value is None or isinstance(value, str | int):
        return (value,)
    raise Bug("value has no row form")


def _write_code(value: object) -> tuple[Value, ...]:
    return (str(value.value) if isinstance(value, Enum) else None,)


def _write_date(value: object) -> tuple[Value, ...]:
    if not isinstance(value, PartialDate):
        return (None,) * len(DATE_PARTS)
    ends = (end.isoformat() if end else None for end in (value.earliest, value.latest))
    return (value.edtf, *ends, value.zone, int(value.zone_assumed))


@lru_cache(maxsize=4096)  # the same few days stand in many rows
def _read_date(edtf: Value, earliest: Value, latest: Value, zone: Value, assumed: Value) -> PartialDate:
    return PartialDate(str(edtf), _day(earliest), _day(latest), str(zone or ""), bool(assumed))


def _day(stored: Value) -> date | None:
    return date.fromisoformat(str(stored)) if stored else None


_CODECS = {kind.TABLE: {name: _column(name, hint) for name, (hint, _) in columns(kind).items()} for kind in RECORDS}
_NAMES = {table: tuple(name for column in codec.values() for name in column.names) for table, codec in _CODECS.items()}
_SELECTS = {table: f"SELECT {', '.join(names)} FROM {table} WHERE " for table, names in _NAMES.items()}  # noqa: S608 - our own constants
_MAKERS = {kind.TABLE: _maker(kind, _CODECS[kind.TABLE]) for kind in RECORDS}
