"""Points of law as they lie in `resources/law`: deadlines and periods of keeping, each with who checked it."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from family_case.i18n import LANGUAGES
from family_case.model.body import BodyKind
from family_case.model.deadlines import Deadline, Unit
from family_case.model.precautions import RUSSIA, UKRAINE, countries
from family_case.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.model.body import Body

_REPLY = "reply_"


@cache
def deadlines() -> Mapping[str, Deadline]:
    """Deadlines by their code."""
    return _read("deadlines.tsv")


@cache
def keeping() -> Mapping[str, Deadline]:
    """Periods after which what is kept is looked at again, by their code."""
    return _read("retention.tsv")


def reply_of(body: Body) -> Deadline:
    """How long this body may take to reply: by its country, else the office's own period, which is no law."""
    known = countries(body.country)
    lawful = body.kind not in (BodyKind.INTERNATIONAL, BodyKind.COMPANY) and len(known & {UKRAINE, RUSSIA}) == 1
    code = _REPLY + next(iter(known)) if lawful else _REPLY
    return deadlines().get(code, deadlines()[_REPLY])


def _read(name: str) -> dict[str, Deadline]:
    text = (resources() / "law" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["code"]: _deadline(row) for row in rows}


def _deadline(row: Mapping[str, str]) -> Deadline:
    texts = {part: {language: row[f"{part}_{language}"] for language in LANGUAGES} for part in _TEXTS}
    return Deadline(
        row["code"],
        texts["act"],
        texts["article"],
        texts["counted_from"],
        int(row["length"]),
        Unit.of(row["unit"]),
        date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
        row["checked_by"],
    )


_TEXTS = ("act", "article", "counted_from")
