"""Rule 14 of the domain: what holds for a Ukrainian citizen, for every letter and export to read.

Ukrainian bodies and the ICRC come first; letters to Russian bodies are off until a lawyer ticks; no face, number or
place is published. Sources: Third Geneva Convention art. 13 (public curiosity), 122 and 123, Fourth art. 27 and 136 to
140 (information bureaux and the Central Tracing Agency). Points of law, to be checked by a lawyer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from family_case.model.body import BodyKind
from family_case.model.text import fold

if TYPE_CHECKING:
    from family_case.model.body import Body
    from family_case.model.case import Case

UKRAINE, RUSSIA = "UA", "RU"
# Folded: each word as a code or a form of the country's or its people's name in three languages.
_CODES = {"ua": UKRAINE, "ukr": UKRAINE, "ru": RUSSIA, "rus": RUSSIA, "rf": RUSSIA}
_STEMS = {"ukrain": UKRAINE, "russia": RUSSIA, "rossi": RUSSIA, "rosi": RUSSIA}
_ICRC = {"icrc", "mkkk", "mkchh"}  # МККК, МКЧХ


@dataclass(frozen=True, slots=True)
class Precautions:
    """Whether the person sought is a Ukrainian citizen, and what a lawyer allowed, who and when.

    Letters read `letters_to_russian_bodies`, whatever is published reads `may_publish`.
    """

    ukrainian: bool = False
    letters_to_russian_bodies: bool = True
    ticked_by: str = ""
    ticked_on: date | None = None

    @property
    def may_publish(self) -> bool:
        """Whether a face, a number or a place may be published at all."""
        return not self.ukrainian


def countries(text: str) -> frozenset[str]:
    """Which of Ukraine and Russia a citizenship or a body's country names, as a code or a word of three languages."""
    words = re.findall(r"\w+", fold(text))
    named = {_CODES[word] for word in words if word in _CODES}
    return frozenset(named | {country for word in words for stem, country in _STEMS.items() if word.startswith(stem)})


def precautions(case: Case, citizenship: str, as_of: date) -> Precautions:
    """What holds on `as_of`; a second citizenship takes nothing away, and a tick of a later day is none yet."""
    if UKRAINE not in countries(citizenship):
        return Precautions()
    ticked = case.russian_letters_on
    day = ticked.latest if ticked else None
    if day is None or day > as_of or not case.russian_letters_by.strip():
        return Precautions(ukrainian=True, letters_to_russian_bodies=False)
    return Precautions(ukrainian=True, ticked_by=case.russian_letters_by, ticked_on=day)


def may_write_to(body: Body, held: Precautions) -> bool:
    """Whether a letter to this body may be made; while letters to Russia are off, not to one of an unknown country."""
    if held.letters_to_russian_bodies or international(body):
        return True
    known = countries(body.country)
    return bool(body.country.strip()) and RUSSIA not in known


def place_in_order(body: Body, held: Precautions) -> int:
    """Whom to write to first: for a Ukrainian citizen Ukrainian and international bodies (the ICRC), others after."""
    if not held.ukrainian:
        return 0
    return 0 if international(body) or UKRAINE in countries(body.country) else 1


def international(body: Body) -> bool:
    """Whether it is an international body, such as the ICRC, whatever kind was chosen for it."""
    words = re.findall(r"\w+", fold(f"{body.name} {body.other_names}"))
    return body.kind is BodyKind.INTERNATIONAL or bool(_ICRC.intersection(words))
