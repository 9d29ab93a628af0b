"""Rule 4 of the domain: no single current fate.

Shown are the last proof that he is alive with its age, and the reports since, newest first, each with its source. None
of them replaces another and none is counted as his death. A proof is a counting sign of life in which someone named
recognised him, or a checked statement that he was alive (DOMAIN section 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from family_case.model.entry import Basis
from family_case.model.silence import Span
from family_case.model.status import Dimension, StatusValue

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Report:
    """A status report as it is shown: what it says, its possible days, who told it and through how many people."""

    entry_id: str
    dimension: Dimension
    value: StatusValue
    days: Span | None = None
    source: str = ""
    teller_id: str = ""
    basis: Basis = Basis.UNKNOWN
    hands: int | None = None
    group: str = ""
    untold: bool = False  # of a death that the family has not been told of


@dataclass(frozen=True, slots=True)
class Fate:
    """The last proof that he is alive, how long ago, and reports since then, the newest first."""

    proof_id: str = ""
    proof: Span | None = None
    fewest: int | None = None
    most: int | None = None
    reports: tuple[Report, ...] = ()


def fate(proof_id: str, proof: Span | None, reports: Iterable[Report], as_of: date) -> Fate:
    """What is shown on `as_of`; a report that may be of the proof's days or later counts as one since then."""
    since = [each for each in reports if proof is None or each.days is None or each.days.latest >= proof.earliest]
    newest = sorted(since, key=_age, reverse=True)
    if proof is None:
        return Fate(reports=tuple(newest))
    return Fate(
        proof_id,
        proof,
        max(0, (as_of - proof.latest).days),
        max(0, (as_of - proof.earliest).days),
        tuple(newest),
    )


def _age(report: Report) -> tuple[date, date, str]:
    """Sorts by the latest possible day, then the earliest; what has no day is the oldest."""
    days = report.days
    return (days.latest, days.earliest, report.entry_id) if days else (date.min, date.min, report.entry_id)
