"""What can be added to the vault, fourth part: fields of the office's own, and what stands in them."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.custom import CustomClass, CustomOf
from family_case.services.fields import Field, FieldType, Form

_F, _T = Field, FieldType

ADDED_CUSTOM = {
    "field": Form(
        "field",
        N_("Own field"),
        (
            _F("name", N_("Name of the field"), _T.LINE, "field.name", required=True),
            _F("of", N_("Belongs to"), _T.CHOICE, "field.of", CustomOf, required=True),
            _F("class", N_("What it holds"), _T.CHOICE, "field.privacy_class", CustomClass, required=True),
        ),
    ),
    "value": Form(
        "value",
        N_("Content of an own field"),
        (
            _F("field", N_("Own field"), _T.RECORD, "value.field_id", required=True),
            _F("case", N_("Case"), _T.RECORD),
            _F("person", N_("Person (for a field of a person)"), _T.PERSON, "value.person_id"),
            _F("content", N_("Content"), _T.TEXT, "value.content", required=True),
        ),
    ),
}
