"""Records in their forms: by which form a record is entered, and which records hold the fields of that form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.attachment import Attachment
from family_case.model.base import Record
from family_case.model.case import Case
from family_case.model.details import DETAILS
from family_case.model.entry import Entry, EntryKind
from family_case.model.person import Person
from family_case.services import casework
from family_case.services.forms import FORMS, Field, Form
from family_case.services.record_words import IN_FORMS
from family_case.store import people, timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.services.session import Session

_KINDS = {detail.TABLE: kind.value for kind, detail in DETAILS.items()}
_NOUNS = {table: noun for table, noun in IN_FORMS.items() if table not in _KINDS and table != Entry.TABLE}


@dataclass(frozen=True, slots=True)
class InForm:
    """A record with the form it was entered by and the records that hold its fields, by their prefix in the form."""

    form: Form
    records: dict[str, Record]

    @property
    def head(self) -> Record:
        """The record the others go with."""
        return next(iter(self.records.values()))

    @property
    def currency(self) -> str:
        """Code of the currency its amount is in; empty while none is recorded."""
        return str(getattr(self.records.get(self.form.noun), "currency", ""))

    def value(self, field: Field) -> object:
        """What stands in a field; None where no record holds it."""
        prefix, _, name = field.column.partition(".")
        return getattr(self.records.get(prefix), name, None)


def in_form(session: Session, ref: str) -> InForm:
    """The record meant by a code or an id; Refused for an unknown one, and for one that is changed with another."""
    record = casework.record(session, ref)
    connection = session.vault.connection
    if isinstance(record, tuple(DETAILS.values())):
        record = timeline.one(connection, Entry, record.id) or record
    if isinstance(record, Entry):
        form = FORMS[record.kind.value]
        kind = DETAILS.get(record.kind)
        detail = timeline.one(connection, kind, record.id) if kind else None
        return InForm(form, {"entry": record, **({form.noun: detail} if detail is not None else {})})
    if isinstance(record, Person | Case):
        return _with_name(session, record)
    noun = _NOUNS.get(record.TABLE)
    if noun is None:
        raise Refused(N_("This record cannot be changed by itself."))
    return InForm(FORMS[noun], {noun: record})


def _with_name(session: Session, record: Person | Case) -> InForm:
    """A person with his first name; a case with the person sought and his."""
    connection = session.vault.connection
    records: dict[str, Record] = {"case": record} if isinstance(record, Case) else {"person": record}
    if isinstance(record, Case):
        sought = people.sought(connection, record.id)
        names = people.own_names(connection, sought.id) if sought else []
        records |= {"person": sought} if sought else {}
    else:
        names = people.own_names(connection, record.id)
    return InForm(FORMS[_NOUNS[record.TABLE]], records | ({"name": names[0]} if names else {}))


def labels_of(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """How many records of each noun (by its label) these numbers of rows are, and how many rows only link them."""
    labels = {table: FORMS[noun].label for table, noun in {**_NOUNS, **_KINDS}.items()}
    labels[Attachment.TABLE] = N_("Attachment")
    told = {labels[table]: n for table, n in counts.items() if table in labels}
    notes = counts.get(Entry.TABLE, 0) - sum(n for table, n in counts.items() if table in _KINDS)
    rest = sum(n for table, n in counts.items() if table not in labels and table != Entry.TABLE)
    return ({**told, FORMS[EntryKind.NOTE.value].label: notes} if notes > 0 else told), rest
