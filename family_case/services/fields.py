"""What a field and a form are: the grammar of the one table of everything a person can enter (`forms`).

A field has one name everywhere (the option is `--` and the name), a type that says how its text is read, and a place
in a record (`column`, as "class.field") or a meaning of its own (people, numbers, terms) that `intake` knows by its
type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from family_case.model.base import Coded
from family_case.model.entry import Part


class FieldType(Enum):
    """How the typed text of a field is read."""

    LINE = auto()  # one line of text
    TEXT = auto()  # many lines
    DATE = auto()
    NUMBER = auto()  # phone or account
    PERSON = auto()  # someone known in the case: name or id
    CLAIMED = auto()  # someone who may be new: name or id
    CHOICE = auto()
    CHOICES = auto()  # several codes, separated by commas
    YESNO = auto()  # yes, no, unknown
    FLAG = auto()  # yes or no
    AMOUNT = auto()
    CURRENCY = auto()
    COUNT = auto()  # whole number from 0
    PLACE = auto()  # place by name or id
    BODY = auto()  # one body by name or id, made when it is new
    BODIES = auto()  # several bodies, separated by semicolons
    RECORD = auto()  # code or id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field: name, label (message id), type, where it goes, and whether a record makes no sense without it."""

    name: str
    label: str
    kind: FieldType
    column: str = ""
    choices: type[Coded] | None = None
    required: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one noun, the few that matter first."""

    noun: str
    label: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Field of this name."""
        return next((field for field in self.fields if field.name == name), None)
