"""What all records share: privacy classes, coded enumerations and the base of a record.

Every column names its privacy class in its type (`Annotated[str, D]`); a test refuses a column without one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, ClassVar, Self

from family_case.errors import Refused
from family_case.i18n import N_

LONGEST_TEXT = 100_000  # characters in one field; about 40 printed pages, far above any conversation
_LAYOUT = frozenset("\n\t")


class Privacy(StrEnum):
    """How near a column comes to a person (EXPORT: default deny by this class)."""

    DIRECT = "D"
    QUASI = "Q"
    SENSITIVE = "S"
    FREE_TEXT = "T"
    NONE = "N"


D, Q, S, T, N = Privacy.DIRECT, Privacy.QUASI, Privacy.SENSITIVE, Privacy.FREE_TEXT, Privacy.NONE


class Coded(Enum):
    """An enumeration with a stable code (its value) and a label for people (a message id).

    `huridocs` is the term's number in the HURIDOCS micro-thesauri (MT42: reliability), '' where none says the same
    or none was checked. Checked against the terms HURIDOCS delivers with OpenEvSys (schema/mysql-dbpopulate-mt.sql).
    """

    label: str
    huridocs: str
    __hash__ = object.__hash__  # each member is there once; the library's own is asked in Python

    def __new__(cls, code: str, label: str = "", huridocs: str = "") -> Self:
        """Keep the code as value, the label and the number beside it."""
        member = object.__new__(cls)
        member._value_ = code
        member.label, member.huridocs = label, huridocs
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Member of this code, also written with spaces for underscores; Refused with the list of codes otherwise."""
        wanted = code.strip().lower().replace(" ", "_").replace("-", "_")
        for member in cls:
            if member.value == wanted:
                return member
        choices = ", ".join(str(member.value) for member in cls)
        raise Refused(N_("“{value}” is not one of: {choices}. Nothing was saved."), value=code, choices=choices)


class YesNo(Coded):
    """A question that may be open: not asked is not 'no'."""

    YES = "yes", N_("yes")
    NO = "no", N_("no")
    UNKNOWN = "unknown", N_("not known")


@dataclass(frozen=True, slots=True)
class Record:
    """Base of everything that has a row: an id and a check of its own texts."""

    TABLE: ClassVar[str] = ""

    id: Annotated[str, N]

    def check(self) -> None:
        """Refuse what no field may hold; called by the only write path before a row is written.

        Raises Refused for a text over 100,000 characters or with control characters.
        """
        check_texts(self)


def check_texts(record: Record) -> None:
    """Refuse a record any of whose texts no field may hold."""
    for name in record.__dataclass_fields__:  # `fields` builds a tuple anew each time; this runs for every row
        value = getattr(record, name)
        if isinstance(value, str):
            check_text(value)


def check_text(value: str) -> None:
    """Refuse text that is too long or holds control characters (line ends and tabs are welcome)."""
    if len(value) > LONGEST_TEXT:
        raise Refused(
            N_(
                "The text has {length} characters; a field holds {limit}. Nothing was saved; please "
                "shorten or split it."
            ),
            length=len(value),
            limit=LONGEST_TEXT,
        )
    if value.isprintable():
        return
    for mark in value:
        if unicodedata.category(mark) in ("Cc", "Cs") and mark not in _LAYOUT:
            raise Refused(
                N_("The text holds a control character (U+{code}). Nothing was saved; remove it and try again."),
                code=f"{ord(mark):04X}",
            )
