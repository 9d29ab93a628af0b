"""Half-written forms: kept field by field after a moment's rest, gone without trace when saved or dropped.

Never evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.store import consents

if TYPE_CHECKING:
    from family_case.services.session import Session


def save(session: Session, form: str, case_id: str, field: str, value: str | None) -> None:
    """Keep the text of one field (None or empty: forget it)."""
    with session.vault.drafts() as drafts:
        row = {
            "id": session.ids.new(),
            "form": form,
            "case_id": case_id,
            "field": field,
            "value": value,
            "saved_ms": session.clock.now().utc_ms,
        }
        drafts.save_draft(row if value else None, (form, case_id, field))


def load(session: Session, form: str, case_id: str) -> dict[str, str]:
    """Fields of a draft as typed; empty when there is none."""
    return consents.draft(session.vault.connection, form, case_id)


def drop(session: Session, form: str, case_id: str) -> None:
    """Forget a draft."""
    with session.vault.drafts() as drafts:
        drafts.drop_drafts(form, case_id)
