"""Everything that is wrong with what was typed into a form, field by field, so that it can be mended in one go.

Writing stays with `intake` and `editing`, which refuse at the first fault; nothing here writes or makes anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import plain_code
from family_case.model.endpoint import EndpointKind
from family_case.services import finders
from family_case.services.fields import FieldType
from family_case.services.forms import FORMS
from family_case.services.making import LINKED
from family_case.services.reading import amount_of, endpoint_key, read_text
from family_case.store import people

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from family_case.services.fields import Field, Form
    from family_case.services.session import Session


def text_faults(noun: str, values: Mapping[str, str], asked: Collection[str], zone: str) -> dict[str, Refused]:
    """What is wrong with the texts of the fields `asked` for, by field; who and what they name is not looked up."""
    form = FORMS[noun]
    found: dict[str, Refused] = {}
    for field in form.fields:
        text = values.get(field.name, "")
        if field.name not in asked:
            continue
        if field.required and not text.strip():
            found[field.name] = Refused(N_("This is needed."))
            continue
        try:
            read_text(field, text, zone)
            if field.kind is FieldType.AMOUNT:
                _amount(form, values, zone)
        except Refused as fault:
            found[field.name] = fault
    return found


def faults(
    session: Session, noun: str, values: Mapping[str, str], asked: Collection[str], ref: str
) -> dict[str, Refused]:
    """What is wrong with each of the fields `asked` for, by field, in the case meant by `ref` (empty: in none)."""
    case_id = finders.case_id(session, ref) if ref else None
    found = text_faults(noun, values, asked, session.office.zone)
    for field in FORMS[noun].fields:
        if field.name in asked and field.name not in found and values.get(field.name, "").strip():
            try:
                _look_up(session, noun, field, values, case_id)
            except Refused as fault:
                found[field.name] = fault
    return found


def _amount(form: Form, values: Mapping[str, str], zone: str) -> None:
    """Refuse what is no amount of its currency; a currency that is none is the fault of its own field."""
    field, typed = form.field("currency"), values.get("currency", "")
    try:
        known = read_text(field, typed, zone) if field is not None else None
    except Refused:
        known = typed
    amount_of(form, {f"{form.noun}.currency": known}, values)


def _look_up(session: Session, noun: str, field: Field, values: Mapping[str, str], case_id: str | None) -> None:
    """Refuse what names a number, a person or a record that is none."""
    text = values[field.name]
    if field.column == "case.code":
        finders.refuse_taken(session, plain_code(text), case_id)
    elif field.kind is FieldType.NUMBER:
        kind = values.get("kind", "") if noun == "endpoint" else ""
        endpoint_key(text, EndpointKind.of(kind) if kind else None, session.office.phone_region)
    elif field.kind is FieldType.CLAIMED and case_id is not None:
        finders.person_in(people.named(session.vault.connection, case_id), text)
    elif field.kind is FieldType.PERSON and not (noun == "role" and finders.anyone(session, text)):
        finders.person_id(session, text, case_id)
    elif field.kind is FieldType.RECORD and field.column:
        kind_of, in_case = LINKED[field.column]
        finders.record_id(session, text, kind_of, case_id if in_case else None)
