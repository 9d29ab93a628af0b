"""The table of all records: which class lies in which table. Rows, schema test, journal and erasure read it."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, get_args, get_origin, get_type_hints

from family_case.errors import Bug
from family_case.model import (
    attachment,
    background,
    body,
    case,
    cohort,
    consent,
    custom,
    endpoint,
    entry,
    kinds,
    offer,
    person,
    place,
    status,
    stay,
    step,
    task,
)
from family_case.model.base import Privacy, Record

RECORDS: tuple[type[Record], ...] = (
    case.Case,
    person.Person,
    person.PersonName,
    person.Role,
    endpoint.Endpoint,
    endpoint.PersonEndpoint,
    place.Place,
    place.PlaceAlias,
    consent.Consent,
    consent.Withholding,
    consent.Disclosure,
    consent.DisclosureItem,
    entry.Conversation,
    entry.Entry,
    entry.EntryPerson,
    entry.EndpointUse,
    kinds.SignOfLife,
    kinds.Approach,
    kinds.DocumentRequest,
    kinds.Promise,
    kinds.PromiseTerm,
    kinds.Payment,
    body.Body,
    cohort.Cohort,
    cohort.CohortMember,
    offer.Offer,
    stay.Stay,
    status.StatusReport,
    step.Denial,
    step.StepTaken,
    step.StepBody,
    step.StepReply,
    task.Task,
    task.CheckQuestion,
    background.Identifier,
    background.LegalStatus,
    background.FamilyEffect,
    background.Source,
    background.LegalHold,
    custom.CustomField,
    custom.CustomValue,
    attachment.Attachment,
)
BY_TABLE: dict[str, type[Record]] = {kind.TABLE: kind for kind in RECORDS}

# Columns that no record shows of itself, and so no history does: what opens a sealed file.
HIDDEN = {
    kind.TABLE: hidden for kind in RECORDS if (hidden := frozenset(each.name for each in fields(kind) if not each.repr))
}


def columns(kind: type[Record]) -> dict[str, tuple[object, Privacy]]:
    """Type and privacy class of each column of a record class."""
    return _COLUMNS[kind.TABLE]


def read_columns(kind: type[Record]) -> dict[str, tuple[object, Privacy]]:
    """Type and privacy class of each column, read from the class; Bug for a column without exactly one class."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, tuple[object, Privacy]] = {}
    for column in fields(kind):
        hint = hints[column.name]
        marks = get_args(hint) if get_origin(hint) is Annotated else ()
        classes = [mark for mark in marks if isinstance(mark, Privacy)]
        if len(classes) != 1:
            raise Bug(f"{kind.__name__}.{column.name} needs exactly one privacy class")
        found[column.name] = (marks[0], classes[0])
    return found


_COLUMNS = {kind.TABLE: read_columns(kind) for kind in RECORDS}
