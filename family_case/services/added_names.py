"""What can be added to the vault, third part: further names of people and of places."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.person import NameKind
from family_case.services.fields import Field, FieldType, Form

_F, _T = Field, FieldType

ADDED_NAMES = {
    "name": Form(
        "name",
        N_("Name of a person"),
        (
            _F("person", N_("Person"), _T.PERSON, "name.person_id", required=True),
            _F("case", N_("Case"), _T.RECORD),
            _F("name", N_("Name"), _T.LINE, required=True),
            _F("kind", N_("Kind of name"), _T.CHOICE, "name.kind", NameKind),
            _F("language", N_("Language of the name"), _T.LINE, "name.language"),
            _F("source", N_("Source in words"), _T.LINE, "name.source"),
        ),
    ),
    "alias": Form(
        "alias",
        N_("Other name of a place"),
        (
            _F("place", N_("Place"), _T.RECORD, "alias.place_id", required=True),
            _F("name", N_("Other name"), _T.LINE, "alias.name", required=True),
            _F("language", N_("Language of the name"), _T.LINE, "alias.language"),
        ),
    ),
}
