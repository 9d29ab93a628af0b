"""How the records of each table are called for people, and the form they are entered by: one list for every room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.attachment import Attachment
from family_case.model.details import DETAILS
from family_case.model.entry import Entry

if TYPE_CHECKING:
    from family_case.i18n import Translator

# By table: prefix of their columns in the table of forms (nothing where they have no form), how they are called.
RECORDS: Final = {
    "case_file": ("case", N_("case")),
    "person": ("person", N_("person")),
    "person_name": ("name", N_("name")),
    "role": ("role", N_("role")),
    "endpoint": ("endpoint", N_("number or account")),
    "person_endpoint": ("", N_("own number of a person")),
    "place": ("place", N_("place")),
    "place_alias": ("alias", N_("other name of a place")),
    "consent": ("consent", N_("consent")),
    "withholding": ("withholding", N_("withholding")),
    "disclosure": ("", N_("paper that left")),
    "disclosure_item": ("", N_("what a paper contained")),
    "conversation": ("conversation", N_("conversation")),
    "entry": ("entry", N_("entry")),
    "entry_person": ("", N_("person in an entry")),
    "endpoint_use": ("", N_("number in an entry")),
    "sign_of_life": ("sign", N_("sign of life")),
    "approach": ("approach", N_("approach")),
    "document_request": ("request", N_("document request")),
    "promise": ("promise", N_("promise")),
    "promise_term": ("", N_("due date of a promise")),
    "payment": ("payment", N_("payment")),
    "offer": ("offer", N_("recruitment offer")),
    "stay": ("stay", N_("stay")),
    "status_report": ("status", N_("status report")),
    "denial": ("denial", N_("denial")),
    "step_taken": ("step", N_("step taken")),
    "step_body": ("", N_("body that was asked")),
    "step_reply": ("reply", N_("reply of a body")),
    "body": ("body", N_("body")),
    "cohort": ("cohort", N_("cohort")),
    "cohort_member": ("member", N_("member of a cohort")),
    "task": ("task", N_("task")),
    "check_question": ("question", N_("check question")),
    "identifier": ("identifier", N_("identity document")),
    "legal_status": ("sentence", N_("legal status before")),
    "family_effect": ("effect", N_("effect on the family")),
    "source": ("source", N_("source")),
    "legal_hold": ("hold", N_("legal hold")),
    "custom_field": ("field", N_("own field")),
    "custom_value": ("value", N_("content of an own field")),
    "attachment": ("", N_("attachment")),
}
# Tables whose records have a form of their own -> its prefix in the table of forms.
IN_FORMS: Final = {table: prefix for table, (prefix, _name) in RECORDS.items() if prefix}
# Tables whose records are told by their name: those, and files, which are given and not filled in.
TOLD: Final = frozenset({*IN_FORMS, Attachment.TABLE})
_HEAD: Final = {Entry.TABLE}  # of what is logged; the kind says more


def named(table: str, tr: Translator) -> str:
    """How the records of a table are called."""
    return tr.text(RECORDS[table][1]) if table in RECORDS else table


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change was about: cases by their codes, kinds of records by their tables."""

    codes: tuple[str, ...]
    tables: tuple[str, ...]

    def in_words(self, tr: Translator) -> str:
        """As it stands in a sentence: "K-001 · promise"; what only links others is told where nothing else is."""
        found = set(self.tables)
        kinds = found & {kind.TABLE for kind in DETAILS.values()}
        in_forms = found & TOLD - (_HEAD if kinds else set())
        told = [named(table, tr) for table in RECORDS if table in (in_forms or found)]
        return " · ".join(filter(None, (", ".join(self.codes), ", ".join(told))))
