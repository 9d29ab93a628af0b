"""Records to rows and back, driven by the record classes alone.

A partial date spreads over five columns (edtf, earliest, latest, zone, zone assumed); a set of codes is one text of
sorted codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, TypeVar, get_args, get_origin

from family_case.errors import Bug
from family_case.model.base import Coded, Record
from family_case.model.dates import PartialDate
from family_case.model.records import RECORDS, columns
from family_case.store.faults import translated

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

Value = str | int | None
Row = dict[str, Value]
R = TypeVar("R", bound=Record)
_Reader = tuple[Callable[[Sequence["Value"]], object], int, int]
DATE_PARTS = ("", "_earliest", "_latest", "_zone", "_zone_assumed")


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field becomes columns: their names, and both directions."""

    names: tuple[str, ...]
    write: Callable[[object], tuple[Value, ...]]
    read: Callable[[Sequence[Value]], object]


def to_row(record: Record) -> Row:
    """Row of a record: one value per column, ready to bind."""
    row: Row = {}
    for name, column in _CODECS[record.TABLE].items():
        row.update(zip(column.names, column.write(getattr(record, name)), strict=True))
    return row


def column_names(kind: type[Record]) -> tuple[str, ...]:
    """Columns of a record class in order."""
    return _NAMES[kind.TABLE]


def from_values(kind: type[R], values: Sequence[Value]) -> R:
    """Record from the values of `column_names(kind)` in that order."""
    make: Callable[..., R] = kind
    return make(*[read(values[low:high]) for read, low, high in _READERS[kind.TABLE]])


def from_row(kind: type[R], row: Mapping[str, Value]) -> R:
    """Record from a row by name."""
    return from_values(kind, [row[name] for name in column_names(kind)])


def load(connection: dbapi2.Connection, kind: type[R], where: str = "1", values: Sequence[Value] = ()) -> list[R]:
    """Records of one class; `where` is SQL of this package (condition, order, limit), `values` are bound."""
    sql = f"SELECT {', '.join(column_names(kind))} FROM {kind.TABLE} WHERE {where}"  # noqa: S608 - our own constants
    with translated():
        return [from_values(kind, found) for found in connection.execute(sql, tuple(values))]


def _readers(codec: dict[str, _Column]) -> tuple[_Reader, ...]:
    found, at = [], 0
    for column in codec.values():
        found.append((column.read, at, at + len(column.names)))
        at += len(column.names)
    return tuple(found)


def _column(name: str, hint: object) -> _Column:
    plain = _without_none(hint)
    if plain is PartialDate:
        return _Column(tuple(name + part for part in DATE_PARTS), _write_date, _read_date)
    if get_origin(plain) is frozenset:
        return _set_column(name, get_args(plain)[0])
    if isinstance(plain, type) and issubclass(plain, Coded):
        members: dict[Value, Coded | None] = {member.value: member for member in plain}
        members[None] = None
        return _Column((name,), _write_code, lambda values: members[values[0]])
    if plain is bool:
        return _Column((name,), lambda value: (int(bool(value)),), lambda values: bool(values[0]))
    if plain in (str, int):
        return _Column((name,), _write_plain, lambda values: values[0])
    raise Bug(f"column {name} has no row form")


def _without_none(hint: object) -> object:
    if isinstance(hint, UnionType):
        (only,) = [part for part in get_args(hint) if part is not NoneType]
        return only
    return hint


def _set_column(name: str, kind: type[Enum]) -> _Column:
    members = {member.value: member for member in kind}

    def write(value: object) -> tuple[Value, ...]:
        chosen = value if isinstance(value, frozenset) else frozenset()
        return (" ".join(sorted(member.value for member in chosen)),)

    def read(values: Sequence[Value]) -> object:
        return frozenset(members[code] for code in str(values[0]).split())

    return _Column((name,), write, read)


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


def _read_date(values: Sequence[Value]) -> PartialDate | None:
    edtf, earliest, latest, zone, assumed = values
    if edtf is None:
        return None
    low, high = (date.fromisoformat(str(end)) if end else None for end in (earliest, latest))
    return PartialDate(str(edtf), low, high, str(zone or ""), bool(assumed))


_CODECS = {kind.TABLE: {name: _column(name, hint) for name, (hint, _) in columns(kind).items()} for kind in RECORDS}
_NAMES = {table: tuple(name for column in codec.values() for name in column.names) for table, codec in _CODECS.items()}
_READERS = {table: _readers(codec) for table, codec in _CODECS.items()}
