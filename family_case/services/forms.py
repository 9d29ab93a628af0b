"""The one table of everything a person can enter: window, command line, drafts and checks all read it.

A field has one name everywhere (the option is `--` and the name), a type that says how its text is read, and a place
in a record (`column`, as "class.field") or a meaning of its own (people, numbers, terms) that `intake` knows by its
type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from family_case.i18n import N_
from family_case.model.base import Coded, YesNo
from family_case.model.case import CaseStatus
from family_case.model.consent import ConsentForm, Purpose, Scope, Topic, WithholdingState
from family_case.model.endpoint import EndpointKind, EndpointMark
from family_case.model.entry import Basis, Channel, Credibility, Hazard, Part, Reliability, WordsFrom
from family_case.model.kinds import Direction, DocumentKind, PaymentForm, PromiseKind, PromiseStatus, Sent, SignClass
from family_case.model.person import NameKind, RoleKind, Sex
from family_case.model.place import PlaceKind


class FieldType(Enum):
    """How the typed text of a field is read."""

    LINE = auto()  # one line of text
    TEXT = auto()  # many lines
    DATE = auto()
    NUMBER = auto()  # phone or account
    PERSON = auto()  # someone known in the case: name or id
    CLAIMED = auto()  # someone who may be new: name or id
    CHOICE = auto()
    CHOICES = auto()  # several codes, separated by commas
    YESNO = auto()  # yes, no, unknown
    FLAG = auto()  # yes or no
    AMOUNT = auto()
    CURRENCY = auto()
    COUNT = auto()  # whole number from 0
    PLACE = auto()  # place by name or id
    RECORD = auto()  # code or id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field: name, label (message id), type, where it goes, and whether a record makes no sense without it."""

    name: str
    label: str
    kind: FieldType
    column: str = ""
    choices: type[Coded] | None = None
    required: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one noun, the few that matter first."""

    noun: str
    label: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Field of this name."""
        return next((field for field in self.fields if field.name == name), None)


_F, _T = Field, FieldType

_HAPPENED = _F("happened", N_("When"), _T.DATE, "entry.happened", required=True)
_HAPPENED_MAYBE = _F("happened", N_("When"), _T.DATE, "entry.happened")
_NUMBER = _F("number", N_("Number or account"), _T.NUMBER, part=Part.THROUGH)
_WITH = _F("with", N_("With whom"), _T.PERSON, part=Part.WITH)
_TO = _F("to", N_("To whom"), _T.PERSON, part=Part.TO)
_WORDS = _F("words", N_("Exact words"), _T.TEXT, "entry.words")
_TEXT = _F("text", N_("What is known"), _T.TEXT, "entry.text")

# How it is known: the same for every entry.
_KNOWN = (
    _F("words_from", N_("How we have the words"), _T.CHOICE, "entry.words_from", WordsFrom),
    _F("words_language", N_("Language of the words"), _T.LINE, "entry.words_language"),
    _F("translation", N_("Translation"), _T.TEXT, "entry.translation"),
    _F("translated_by", N_("Translated by"), _T.LINE, "entry.translated_by"),
    _F("told_in", N_("Told in conversation"), _T.RECORD, "entry.conversation_id"),
    _F("speaker", N_("Told by"), _T.PERSON, part=Part.SPEAKER),
    _F("basis", N_("How the teller knows"), _T.CHOICE, "entry.basis", Basis),
    _F("hands", N_("People between"), _T.COUNT, "entry.hands"),
    _F("source", N_("Source in words"), _T.LINE, "entry.source"),
    _F("reliability", N_("Reliability of the source"), _T.CHOICE, "entry.reliability", Reliability),
    _F("credibility", N_("Credibility of the information"), _T.CHOICE, "entry.credibility", Credibility),
    _F("learned", N_("When we learned it"), _T.DATE, "entry.learned"),
    _F("checked", N_("Checked: by whom, when, against what"), _T.LINE, "entry.checked"),
    _F("place", N_("Place"), _T.PLACE, "entry.place_id"),
    _F("topic", N_("Also about"), _T.CHOICES, "entry.topics", Topic),
    _F("hazard", N_("May endanger someone because of"), _T.CHOICES, "entry.hazards", Hazard),
)

LOGGED = {
    "conversation": Form(
        "conversation",
        N_("Conversation"),
        (
            _F("with", N_("With whom"), _T.PERSON, part=Part.WITH),
            _F("happened", N_("When"), _T.DATE, "conversation.happened", required=True),
            _F("channel", N_("Channel"), _T.CHOICE, "conversation.channel", Channel),
            _F("text", N_("What was said"), _T.TEXT, "conversation.text"),
            _F("call_back", N_("Call back promised for"), _T.DATE, "conversation.call_back"),
            _F("ended", N_("Conversation ended"), _T.DATE, "conversation.ended"),
            _F("in_the_room", N_("Who else was in the room"), _T.LINE, "conversation.in_the_room"),
            _F("language", N_("Language"), _T.LINE, "conversation.language"),
            _F("noted", N_("How it was noted"), _T.CHOICE, "conversation.noted", WordsFrom),
        ),
    ),
    "sign": Form(
        "sign",
        N_("Sign of life"),
        (
            _HAPPENED,
            _F("class", N_("Class"), _T.CHOICE, "sign.sign_class", SignClass, required=True),
            _F("channel", N_("Channel"), _T.CHOICE, "sign.channel", Channel),
            _NUMBER,
            _WITH,
            _WORDS,
            _TEXT,
            _F("direction", N_("Direction"), _T.CHOICE, "sign.direction", Direction),
            _F("recognised_by", N_("Recognised by what"), _T.LINE, "sign.recognised_by"),
            _F("recogniser", N_("Who recognised him"), _T.PERSON, part=Part.RECOGNISER),
            _F("check_question", N_("Check question"), _T.LINE, "sign.check_question"),
            _F("check_answered", N_("Answered rightly"), _T.YESNO, "sign.check_answered", YesNo),
            *_KNOWN,
        ),
    ),
    "approach": Form(
        "approach",
        N_("Approach"),
        (
            _HAPPENED,
            _F("channel", N_("Channel"), _T.CHOICE, "approach.channel", Channel),
            _NUMBER,
            _F("claimed_name", N_("Name he gave"), _T.LINE, "approach.claimed_name"),
            _F("position", N_("Position he gave"), _T.LINE, "approach.claimed_position"),
            _F("body", N_("Body he named"), _T.LINE, "approach.claimed_body"),
            _WITH,
            _F("pretext", N_("Pretext"), _T.LINE, "approach.pretext"),
            _F("demands", N_("Demands"), _T.LINE, "approach.demands"),
            _WORDS,
            _TEXT,
            _F("pressure", N_("Pressure"), _T.LINE, "approach.pressure"),
            _F("threats", N_("Threats"), _T.LINE, "approach.threats"),
            _F("proof_asked", N_("Proof of life asked for"), _T.YESNO, "approach.proof_asked", YesNo),
            _F("proof_given", N_("Proof of life given"), _T.YESNO, "approach.proof_given", YesNo),
            _F("advice", N_("Advice we gave"), _T.TEXT, "approach.advice"),
            _F("outcome", N_("Outcome"), _T.LINE, "approach.outcome"),
            *_KNOWN,
        ),
    ),
    "request": Form(
        "request",
        N_("Document request"),
        (
            _HAPPENED,
            _F("document", N_("Document"), _T.CHOICE, "request.document", DocumentKind, required=True),
            _F("pages", N_("Pages"), _T.LINE, "request.pages"),
            _NUMBER,
            _F("channel", N_("Channel"), _T.CHOICE, "request.channel", Channel),
            _F("with", N_("Asked of"), _T.PERSON, part=Part.WITH),
            _F("by", N_("Asked by"), _T.CLAIMED, part=Part.ASKED_BY),
            _F("purpose", N_("Purpose given"), _T.LINE, "request.purpose"),
            _F("sent", N_("Was it given"), _T.CHOICE, "request.sent", Sent),
            _F("sent_on", N_("Given on"), _T.DATE, "request.sent_on"),
            _F("contradicts", N_("Contradicts usual practice"), _T.LINE, "request.contradicts"),
            _F("follow_up", N_("What followed"), _T.TEXT, "request.follow_up"),
            _WORDS,
            _TEXT,
            *_KNOWN,
        ),
    ),
    "promise": Form(
        "promise",
        N_("Promise"),
        (
            _HAPPENED,
            _F("promise", N_("What is promised"), _T.CHOICE, "promise.promise", PromiseKind, required=True),
            _F("amount", N_("Amount"), _T.AMOUNT, "promise.amount"),
            _F("currency", N_("Currency"), _T.CURRENCY, "promise.currency"),
            _F("by", N_("By whom"), _T.CLAIMED, part=Part.BY),
            _TO,
            _F("due", N_("Due"), _T.DATE),
            _NUMBER,
            _WORDS,
            _F("conditions", N_("Conditions"), _T.LINE, "promise.conditions"),
            _F("written", N_("In writing"), _T.YESNO, "promise.written", YesNo),
            _F("contract_shown", N_("Contract shown"), _T.YESNO, "promise.contract_shown", YesNo),
            _F("status", N_("Status"), _T.CHOICE, "promise.status", PromiseStatus),
            _F("fulfilled_on", N_("Fulfilled on"), _T.DATE, "promise.fulfilled_on"),
            _F("fulfilled_source", N_("Who says it was fulfilled"), _T.LINE, "promise.fulfilled_source"),
            _TEXT,
            *_KNOWN,
        ),
    ),
    "payment": Form(
        "payment",
        N_("Payment"),
        (
            _HAPPENED,
            _F("amount", N_("Amount"), _T.AMOUNT, "payment.amount", required=True),
            _F("currency", N_("Currency"), _T.CURRENCY, "payment.currency", required=True),
            _F("against", N_("Against promise"), _T.RECORD, "payment.promise_id"),
            _F("form", N_("How it was paid"), _T.CHOICE, "payment.form", PaymentForm),
            _F("by", N_("Paid by"), _T.CLAIMED, part=Part.PAYER),
            _TO,
            _F("receipt", N_("Receipt"), _T.YESNO, "payment.receipt", YesNo),
            _NUMBER,
            _WORDS,
            _TEXT,
            *_KNOWN,
        ),
    ),
    "note": Form(
        "note",
        N_("Note"),
        (
            _F("text", N_("Text"), _T.TEXT, "entry.text", required=True),
            _HAPPENED_MAYBE,
            _WITH,
            _NUMBER,
            _WORDS,
            *_KNOWN,
        ),
    ),
}

_CASE = _F("case", N_("Case"), _T.RECORD, required=True)

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
            _CASE,
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
            _F("name", N_("Name of the place"), _T.LINE, required=True),
            _F("kind", N_("Kind"), _T.CHOICE, "place.kind", PlaceKind),
            _F("place_number", N_("Number"), _T.LINE, "place.number"),
            _F("region", N_("Region"), _T.LINE, "place.region"),
        ),
    ),
    "consent": Form(
        "consent",
        N_("Consent"),
        (
            _CASE,
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
            _CASE,
            _F("from", N_("Not to be told to"), _T.PERSON, "withholding.from_person_id", required=True),
            _F("topic", N_("Topic (all when empty)"), _T.CHOICE, "withholding.topic", Topic),
            _F("entry", N_("One entry only"), _T.RECORD, "withholding.entry_id"),
            _F("by_wish_of", N_("By whose wish"), _T.LINE, "withholding.by_wish_of"),
            _F("said", N_("Said when and to whom"), _T.LINE, "withholding.said"),
            _F("reason", N_("Reason"), _T.LINE, "withholding.reason"),
            _F("review", N_("Review on"), _T.DATE, "withholding.review"),
            _F("state", N_("State"), _T.CHOICE, "withholding.state", WithholdingState),
            _F("learned_how", N_("How it became known"), _T.LINE, "withholding.learned_how"),
        ),
    ),
}

FORMS: dict[str, Form] = {**LOGGED, **ADDED}
