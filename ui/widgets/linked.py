"""A record that another one refers to, in a few words that may stand on a screen: what it is, and when or of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.background import Identifier, Source
from family_case.model.cohort import Cohort
from family_case.model.date_words import date_short
from family_case.model.details import DETAILS
from family_case.model.entry import Conversation, Entry
from family_case.model.phones import masked

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.base import Record


def linked_words(record: Record, tr: Translator) -> str:
    """Words for a source, cohort, conversation, entry or document; nothing for any other record."""
    if isinstance(record, Source):
        return record.publisher or tr.text(record.reliability.label)
    if isinstance(record, Cohort):
        return record.name
    if isinstance(record, Identifier):
        return f"{tr.text(record.kind.label)} {masked(record.number)}"
    if isinstance(record, Conversation | Entry):
        what = tr.text(N_("conversation") if isinstance(record, Conversation) else record.kind.label)
        return " · ".join((*([date_short(record.happened, tr)] if record.happened else []), what))
    return next((tr.text(kind.label) for kind, detail in DETAILS.items() if isinstance(record, detail)), "")
