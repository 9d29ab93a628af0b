"""What the page of a case reads in one go on the vault lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.views import CasePage, CaseRow
from family_case.services import casework, known
from family_case.services.offered import Offered, offered

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.services.session import Session


@dataclass(frozen=True, slots=True)
class CaseView:
    """The page of a case, and its line in the list (which knows what is due next)."""

    page: CasePage
    row: CaseRow | None
    offered: Offered
    known_on: date | None = None  # shown as known when this day ended; None: as it stands
    read_only: bool = False

    @property
    def writes(self) -> bool:
        """Whether something may be written into it: not into a case as it was known once, or read only."""
        return self.known_on is None and not self.read_only

    def words(self, tr: Translator) -> str:
        """Code and alias: how the case is called on screen."""
        return called(self.page.case.code, self.page.case.alias, tr)


def called(code: str, alias: str, tr: Translator) -> str:
    """Code and alias of a case: "K-001 “Rowan”"."""
    return tr.text(N_("{code} “{alias}”"), code=code, alias=alias) if alias else code


def read_case(ref: str, session: Session, day: date | None = None) -> CaseView:
    """Read the page of the case meant by `ref`, as known on `day` and as of it; Refused when there was none."""
    with known.when(session, ref, day) as told:
        page = casework.page(told, ref, as_of=day)
        known_beyond = offered(told)
        listed = casework.cases(told, text=page.case.code, limit=20, as_of=day)
    listed_as = next((row for row in listed if row.id == page.case.id), None)
    return CaseView(page, listed_as, known_beyond, day, session.read_only)
