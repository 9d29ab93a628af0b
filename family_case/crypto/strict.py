"""JSON read strictly: every name once, exactly the names there must be, whole numbers, bytes in hex of exact length.

What stands behind it is signed or sealed, so nothing is guessed: whoever reads says which file it is that is damaged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HIGHEST: Final = 2**63 - 1

JsonObject = dict[str, object]


class Unexpected(Exception):
    """Something stands there that may not."""


def _once(pairs: Iterable[tuple[str, object]]) -> JsonObject:
    fields: JsonObject = {}
    for name, value in pairs:
        if name in fields:
            raise Unexpected
        fields[name] = value
    return fields


def read(line: bytes) -> object:
    """What a line of JSON says; Unexpected where it is none, or says a name twice."""
    try:
        value: object = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Unexpected from None
    return value


class Fields:
    """The fields of one JSON object, taken by name and kind; anything unexpected raises Unexpected."""

    def __init__(self, value: object, names: frozenset[str] | None = None) -> None:
        if not isinstance(value, dict) or (names is not None and value.keys() != names):
            raise Unexpected
        self._fields: JsonObject = value

    def whole(self, name: str) -> int:
        """An integer of 1 and up; True is none."""
        value = self._fields.get(name)
        if type(value) is not int or not 1 <= value <= _HIGHEST:
            raise Unexpected
        return value

    def text(self, name: str) -> str:
        """A string."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise Unexpected
        return value

    def raw(self, name: str, length: int) -> bytes:
        """Exactly `length` bytes, written in hex."""
        try:
            value = bytes.fromhex(self.text(name))
        except ValueError:
            raise Unexpected from None
        if len(value) != length:
            raise Unexpected
        return value

    def any(self, name: str) -> object:
        """Whatever stands there."""
        return self._fields[name]
