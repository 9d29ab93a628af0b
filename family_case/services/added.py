"""What can be added to the vault, first part: cases, people, roles, numbers, places, consents and withholdings."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.base import YesNo
from family_case.model.case import CaseStatus
from family_case.model.consent import ConsentForm, Purpose, Scope, Topic, WithholdingState
from family_case.model.endpoint import EndpointKind, EndpointMark
from family_case.model.person import NameKind, RoleKind, Sex
from family_case.model.place import PlaceKind
from family_case.services.fields import Field, FieldType, Form

_F, _T = Field, FieldType

# The tick of DOMAIN rule 14: a lawyer's name and the day.
_LETTERS_BY, _LETTERS_ON = "case.russian_letters_by", "case.russian_letters_on"
CASE = _F("case", N_("Case"), _T.RECORD, required=True)

ADDED = {
    "case": Form(
        "case",
        N_("Case"),
        (
            _F("code", N_("Code"), _T.LINE, "case.code"),
            _F("alias", N_("Alias"), _T.LINE, "case.alias"),
            _F("name", N_("Name of the person sought"), _T.LINE),
            _F("latin", N_("Latin name as in the passport"), _T.LINE),
            _F("name_language", N_("Language of the name"), _T.LINE),
            _F("born", N_("Born"), _T.DATE, "person.born"),
            _F("sex", N_("Sex"), _T.CHOICE, "person.sex", Sex),
            _F("citizenship", N_("Citizenship"), _T.LINE, "person.citizenship"),
            _F("held_at", N_("Last known place of detention"), _T.PLACE, "case.held_at"),
            _F("last_seen", N_("Last seen or in known custody"), _T.DATE, "case.last_seen"),
            _F("circumstances", N_("Circumstances"), _T.TEXT, "case.circumstances"),
            _F("interval", N_("Check after days of silence"), _T.COUNT, "case.interval_days"),
            _F("next_review", N_("Next review"), _T.DATE, "case.next_review"),
            _F("owner", N_("Caseworker"), _T.LINE, "case.owner"),
            _F("status", N_("Status"), _T.CHOICE, "case.status", CaseStatus),
            _F("status_reason", N_("Reason of the status"), _T.LINE, "case.status_reason"),
            _F("letters_allowed_by", N_("Letters to Russian bodies: lawyer who allowed them"), _T.LINE, _LETTERS_BY),
            _F("letters_allowed_on", N_("Letters to Russian bodies: allowed on"), _T.DATE, _LETTERS_ON),
        ),
    ),
    "person": Form(
        "person",
        N_("Person"),
        (
            _F("name", N_("Name"), _T.LINE),
            _F("name_kind", N_("Kind of name"), _T.CHOICE, "name.kind", NameKind),
            _F("name_language", N_("Language of the name"), _T.LINE),
            _F("case", N_("Case"), _T.RECORD),
            _F("role", N_("Role in the case"), _T.CHOICE, "role.kind", RoleKind),
            _F("claimed", N_("Role only claimed"), _T.FLAG, "role.claimed"),
            _F("number", N_("Own number or account"), _T.NUMBER),
            _F("address", N_("Form of address"), _T.LINE, "person.form_of_address"),
            _F("safe_hours", N_("Safe hours"), _T.LINE, "person.safe_hours"),
            _F("shared_with", N_("Who else uses the phone"), _T.LINE, "person.phone_shared_with"),
            _F("safety_note", N_("Safety note"), _T.TEXT, "person.safety_note"),
            _F("language", N_("Speaks"), _T.LINE, "person.language"),
            _F("time_zone", N_("Time zone"), _T.LINE, "person.time_zone"),
            _F("born", N_("Born"), _T.DATE, "person.born"),
            _F("sex", N_("Sex"), _T.CHOICE, "person.sex", Sex),
            _F("citizenship", N_("Citizenship"), _T.LINE, "person.citizenship"),
            _F("latin", N_("Latin name as in the passport"), _T.LINE),
            _F("note", N_("Note"), _T.TEXT, "person.note"),
        ),
    ),
    "role": Form(
        "role",
        N_("Role"),
        (
            CASE,
            _F("person", N_("Person"), _T.PERSON, "role.person_id", required=True),
            _F("kind", N_("Role"), _T.CHOICE, "role.kind", RoleKind, required=True),
            _F("claimed", N_("Role only claimed"), _T.FLAG, "role.claimed"),
            _F("basis", N_("How we know"), _T.LINE, "role.basis"),
        ),
    ),
    "endpoint": Form(
        "endpoint",
        N_("Number or account"),
        (
            _F("number", N_("Number or account"), _T.NUMBER, required=True),
            _F("kind", N_("Kind"), _T.CHOICE, "endpoint.kind", EndpointKind),
            _F("person", N_("Whose own number"), _T.PERSON),
            _F("mark", N_("Mark"), _T.CHOICE, "endpoint.mark", EndpointMark),
            _F("note", N_("Note"), _T.LINE, "endpoint.note"),
        ),
    ),
    "place": Form(
        "place",
        N_("Place"),
        (
            _F("name", N_("Name of the place"), _T.LINE, "place.name", required=True),
            _F("kind", N_("Kind"), _T.CHOICE, "place.kind", PlaceKind),
            _F("place_number", N_("Number"), _T.LINE, "place.number"),
            _F("region", N_("Region"), _T.LINE, "place.region"),
        ),
    ),
    "consent": Form(
        "consent",
        N_("Consent"),
        (
            CASE,
            _F("giver", N_("Given by"), _T.PERSON, "consent.giver_id", required=True),
            _F("purposes", N_("For what"), _T.CHOICES, "consent.purposes", Purpose, required=True),
            _F("scope", N_("Whose data"), _T.CHOICE, "consent.scope", Scope),
            _F("given", N_("Given on"), _T.DATE, "consent.given", required=True),
            _F("form", N_("How it was given"), _T.CHOICE, "consent.form", ConsentForm),
            _F("necessity", N_("Why he himself cannot be asked"), _T.LINE, "consent.necessity"),
            _F("risks_read", N_("Risks read out"), _T.YESNO, "consent.risks_read", YesNo),
            _F("alone", N_("Alone when asked"), _T.YESNO, "consent.alone", YesNo),
            _F("adult", N_("Of age"), _T.YESNO, "consent.adult", YesNo),
            _F("language", N_("Language"), _T.LINE, "consent.language"),
            _F("asked_by", N_("Asked by"), _T.LINE, "consent.asked_by"),
            _F("withhold_name", N_("Name must not be shown"), _T.FLAG, "consent.withhold_name"),
            _F("withhold_why", N_("Why the name must not be shown"), _T.LINE, "consent.withhold_why"),
            _F("until", N_("Valid until"), _T.DATE, "consent.until"),
            _F("withdrawn", N_("Withdrawn on"), _T.DATE, "consent.withdrawn"),
        ),
    ),
    "withholding": Form(
        "withholding",
        N_("Withholding"),
        (
            CASE,
            _F("from", N_("Not to be told to"), _T.PERSON, "withholding.from_person_id", required=True),
            _F("topic", N_("Topic (all when empty)"), _T.CHOICE, "withholding.topic", Topic),
            _F("entry", N_("One entry only"), _T.RECORD, "withholding.entry_id"),
            _F("identifier", N_("One identity document only"), _T.RECORD, "withholding.identifier_id"),
            _F("by_wish_of", N_("By whose wish"), _T.LINE, "withholding.by_wish_of"),
            _F("said", N_("Said when and to whom"), _T.LINE, "withholding.said"),
            _F("reason", N_("Reason"), _T.LINE, "withholding.reason"),
            _F("review", N_("Review on"), _T.DATE, "withholding.review"),
            _F("state", N_("State"), _T.CHOICE, "withholding.state", WithholdingState),
            _F("learned_how", N_("How it became known"), _T.LINE, "withholding.learned_how"),
        ),
    ),
}
