"""What the rules say of one case on one day, together: the page, the paper and the command line read it from here."""

from __future__ import annotations

from dataclasses import dataclass, field

from family_case.model.fate import Fate
from family_case.model.groups import GroupStatement
from family_case.model.no_reply import Clock
from family_case.model.precautions import Precautions
from family_case.model.retention import Proposal
from family_case.model.un_window import Window


@dataclass(frozen=True, slots=True)
class BodyClock:
    """The clock of a body by its name, in the step of this entry."""

    entry_id: str
    name: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules 3, 4, 10, 11, 13 and 14 for one case; bodies that replied are not among the clocks."""

    window: Window = field(default_factory=Window)
    fate: Fate = field(default_factory=Fate)
    clocks: tuple[BodyClock, ...] = ()
    groups: tuple[GroupStatement, ...] = ()
    keeping: tuple[Proposal, ...] = ()
    precautions: Precautions = field(default_factory=Precautions)
    protecting_asked: bool = False  # a Ukrainian or international body was written to
