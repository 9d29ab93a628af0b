"""A case: one person sought, the clock that runs for him, and where he was last known to be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, T
from family_case.model.dates import PartialDate

DEFAULT_INTERVAL_DAYS = 30
LONGEST_CODE = 40  # characters: a code is read aloud and stands in a narrow column
_HIDDEN = ("C", "M", "Z")  # Unicode categories of what is not seen by itself, or changes what stands beside it

# Cyrillic capitals that look like Latin ones: К-001 and K-001 are one code to anyone who reads it.
_CYRILLIC, _LATIN = "АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI"
_LOOK_ALIKE = str.maketrans(_CYRILLIC, _LATIN)
_LOOKS_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)


def plain_code(text: str) -> str:
    """A case code as compared and kept: capitals, and Latin where every letter of it looks Latin."""
    told = " ".join(unicodedata.normalize("NFC", text).split()).upper()
    latin = told.translate(_LOOK_ALIKE)
    return latin if latin.isascii() else told


def as_cyrillic(text: str) -> str:
    """`text` as a reader of Cyrillic may take it: POMAH reads as the name Роман."""
    return text.upper().translate(_LOOKS_CYRILLIC)


class CaseStatus(Coded):
    """Whether the silence clock runs."""

    OPEN = "open", N_("open")
    PAUSED = "paused", N_("paused")
    ENDED = "ended", N_("ended")


@dataclass(frozen=True, slots=True)
class Case(Record):
    """A case file; its code and alias tell nothing about the person."""

    TABLE: ClassVar[str] = "case_file"

    id: Annotated[str, N]
    code: Annotated[str, N]
    alias: Annotated[str, N] = ""
    status: Annotated[CaseStatus, N] = CaseStatus.OPEN
    status_reason: Annotated[str, T] = ""
    owner: Annotated[str, D] = ""
    interval_days: Annotated[int, N] = DEFAULT_INTERVAL_DAYS
    next_review: Annotated[PartialDate | None, N] = None
    last_seen: Annotated[PartialDate | None, Q] = None
    held_at: Annotated[str | None, Q] = None
    circumstances: Annotated[str, T] = ""
    recorded_ms: Annotated[int, N] = 0
    russian_letters_by: Annotated[str, D] = ""
    russian_letters_on: Annotated[PartialDate | None, N] = None

    def check(self) -> None:
        """Refuse what no field may hold, a code that is too long or holds hidden marks, and half a lawyer's tick.

        Raises Refused.
        """
        Record.check(self)
        self._demand_whole_tick()
        if len(self.code) > LONGEST_CODE:
            raise Refused(
                N_("The code has {length} characters; {limit} are enough for one. Nothing was saved; shorten it."),
                length=len(self.code),
                limit=LONGEST_CODE,
            )
        hidden = next((mark for mark in self.code if mark != " " and unicodedata.category(mark)[0] in _HIDDEN), "")
        if hidden:
            raise Refused(
                N_("The code holds a mark that cannot be seen (U+{mark}). Nothing was saved; type the code anew."),
                mark=f"{ord(hidden):04X}",
            )

    def _demand_whole_tick(self) -> None:
        """That letters to Russian bodies are allowed is a lawyer's name and a day together (DOMAIN rule 14)."""
        if bool(self.russian_letters_by.strip()) != (self.russian_letters_on is not None):
            raise Refused(
                N_(
                    "That letters to Russian bodies are allowed needs the lawyer's name and the day "
                    "(--letters-allowed-by, --letters-allowed-on). Nothing was saved."
                )
            )
