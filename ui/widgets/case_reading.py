"""What the page of a case reads in one go on the vault lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.views import CasePage, CaseRow
from family_case.services import casework

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.services.session import Session


@dataclass(frozen=True, slots=True)
class CaseView:
    """The page of a case, and its line in the list (which knows what is due next)."""

    page: CasePage
    row: CaseRow | None

    def words(self, tr: Translator) -> str:
        """Code and alias: how the case is called on screen."""
        return called(self.page.case.code, self.page.case.alias, tr)


def called(code: str, alias: str, tr: Translator) -> str:
    """Code and alias of a case: "K-001 “Rowan”"."""
    return tr.text(N_("{code} “{alias}”"), code=code, alias=alias) if alias else code


def read_case(ref: str, session: Session) -> CaseView:
    """Read the page of the case meant by `ref`; Refused when there is none."""
    page = casework.page(session, ref)
    listed = casework.cases(session, text=page.case.code, limit=20)
    return CaseView(page, next((row for row in listed if row.id == page.case.id), None))
