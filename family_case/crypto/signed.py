"""The room of keys: facts in one line under a MAC, for whatever lies in plain beside the database.

    line = JSON in ASCII, keys sorted, no white space, one line end; its key "mac" holds, in hex,
    mac  = HMAC-SHA256(key, title | the line without "mac")

The title says what the line is, so that a MAC can never stand for anything else; a line is read only when it is the
same byte for byte after being written again.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from family_case.crypto.layout import canonical
from family_case.crypto.strict import JsonObject, Unexpected, read

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAC: Final = "mac"


def signed_line(facts: Mapping[str, object], title: bytes, key: bytes) -> bytes:
    """The line that says `facts`, none of them called "mac"."""
    return _line({**facts, _MAC: _mac(facts, title, key)})


def read_line(data: bytes, title: bytes, key: bytes) -> JsonObject | None:
    """What the line says; None when it is no such line, or not signed by this key under this title."""
    facts = unproven(data)
    if facts is None:
        return None
    facts.pop(_MAC, None)
    return facts if hmac.compare_digest(signed_line(facts, title, key), data) else None


def unproven(data: bytes) -> JsonObject | None:
    """What the line claims to say, whoever signed it; None when it is no such line."""
    try:
        facts = read(data)
    except Unexpected:
        return None
    return facts if isinstance(facts, dict) else None


def _mac(facts: Mapping[str, object], title: bytes, key: bytes) -> str:
    return hmac.digest(key, title + _line(facts), hashlib.sha256).hex()


def _line(facts: Mapping[str, object]) -> bytes:
    return canonical(facts) + b"\n"
