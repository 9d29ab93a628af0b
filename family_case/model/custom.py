"""Fields of an office's own: what it needs to write down and no record has, each with a privacy class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record


class CustomOf(Coded):
    """What sort of record a field is for."""

    CASE = "case", N_("a case")
    PERSON = "person", N_("a person")


class CustomClass(Coded):
    """How near the content of a field comes to a person: the privacy classes of all columns (`model.base.Privacy`)."""

    DIRECT = "direct", N_("names or reaches a person")
    QUASI = "quasi", N_("helps to recognise a person")
    SENSITIVE = "sensitive", N_("may harm a person")
    FREE_TEXT = "free_text", N_("free text, whatever it says")
    NONE = "none", N_("says nothing about a person")


@dataclass(frozen=True, slots=True)
class CustomField(Record):
    """A field: what it is called, for which records, and its class, which stands once something was written in it."""

    TABLE: ClassVar[str] = "custom_field"

    id: Annotated[str, N]
    name: Annotated[str, Q]
    of: Annotated[CustomOf, N]
    privacy_class: Annotated[CustomClass, N]


@dataclass(frozen=True, slots=True)
class CustomValue(Record):
    """What stands in such a field of one case or one person; the column is kept as near as the nearest class there is.

    `privacy_class` is the field's: by it the content is searched or not.
    """

    TABLE: ClassVar[str] = "custom_value"

    id: Annotated[str, N]
    field_id: Annotated[str, N]
    privacy_class: Annotated[CustomClass, N]
    content: Annotated[str, D]
    case_id: Annotated[str | None, N] = None
    person_id: Annotated[str | None, N] = None
