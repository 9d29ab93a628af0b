"""Typed text on a terminal: nothing hidden moves the cursor, turns the direction or floods the screen."""

from __future__ import annotations

import unicodedata

LONGEST = 300  # characters of a value that is said back to who typed it
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})  # control characters, marks of direction and width, halves of pairs


def visible(text: str) -> str:
    """`text` with every hidden character written as its code."""
    if text.isprintable():
        return text
    return "".join(_code(mark) if unicodedata.category(mark) in _HIDDEN else mark for mark in text)


def said_back(value: object) -> object:
    """A value of a message as it may stand there: visible, and no longer than LONGEST."""
    if not isinstance(value, str):
        return value
    return visible(value) if len(value) <= LONGEST else f"{visible(value[:LONGEST])}…"


def _code(mark: str) -> str:
    return f"<U+{ord(mark):04X}>"
