"""Searching the vault; results show code and alias only, of what is in no case what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.store import search

if TYPE_CHECKING:
    from family_case.model.views import Hit
    from family_case.services.session import Session


def find(session: Session, text: str, limit: int = 50) -> list[Hit]:
    """Records in which all words of `text` occur, in either script; names, codes and numbers first."""
    return search.find(session.vault.connection, text, limit)
