"""What the forms offer to choose from beyond one case: cohorts, sources, bodies and places of the whole vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from family_case.model.background import Source
from family_case.model.base import Record
from family_case.model.body import Body
from family_case.model.cohort import Cohort
from family_case.model.custom import CustomField
from family_case.model.place import Place
from family_case.store.rows import load

if TYPE_CHECKING:
    from family_case.services.session import Session

R = TypeVar("R", bound=Record)
MOST = 300  # of each; an older one is found by its name


@dataclass(frozen=True, slots=True)
class Offered:
    """The newest of each, newest first; none of them belongs to one case alone."""

    cohorts: tuple[Cohort, ...] = ()
    sources: tuple[Source, ...] = ()
    bodies: tuple[Body, ...] = ()
    places: tuple[Place, ...] = ()
    fields: tuple[CustomField, ...] = ()


def offered(session: Session) -> Offered:
    """The newest cohorts, sources, bodies and places."""
    return Offered(
        _newest(session, Cohort),
        _newest(session, Source),
        _newest(session, Body),
        _newest(session, Place),
        _newest(session, CustomField),
    )


def _newest(session: Session, kind: type[R]) -> tuple[R, ...]:
    return tuple(load(session.vault.connection, kind, "1 ORDER BY rowid DESC LIMIT ?", (MOST,)))
