"""What can be logged in a case, second part: offers, stays, status reports, denials and steps taken."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.base import YesNo
from family_case.model.entry import Part
from family_case.model.offer import OwnWill
from family_case.model.status import DeathBasis, Dimension, StatusValue
from family_case.model.stay import StayKind
from family_case.model.step import ReplyKind, StepBy
from family_case.services.fields import Field, FieldType, Form
from family_case.services.logged import HAPPENED, HAPPENED_MAYBE, KNOWN, NUMBER, TEXT, WITH, WORDS

_F, _T = Field, FieldType

LOGGED_MORE = {
    "offer": Form(
        "offer",
        N_("Recruitment offer"),
        (
            HAPPENED,
            _F("by", N_("By whom"), _T.CLAIMED, part=Part.BY),
            _F("employer", N_("Employer claimed"), _T.LINE, "offer.employer"),
            _F("term", N_("Term"), _T.LINE, "offer.term"),
            _F("amount", N_("Monthly amount"), _T.AMOUNT, "offer.monthly"),
            _F("currency", N_("Currency"), _T.CURRENCY, "offer.currency"),
            _F("promised", N_("What else was promised"), _T.LINE, "offer.promised"),
            _F("own_will", N_("His own will"), _T.CHOICE, "offer.own_will", OwnWill),
            _F("own_words", N_("In his own words"), _T.TEXT, "offer.own_words"),
            _F("training", N_("Training"), _T.LINE, "offer.training"),
            _F("excluded", N_("Who was excluded"), _T.LINE, "offer.excluded"),
            _F("selected", N_("How many were selected"), _T.COUNT, "offer.selected"),
            _F("applied", N_("How many applied"), _T.COUNT, "offer.applied"),
            _F("contract_shown", N_("Contract shown"), _T.YESNO, "offer.contract_shown", YesNo),
            WORDS,
            TEXT,
            *KNOWN,
        ),
    ),
    "stay": Form(
        "stay",
        N_("Stay"),
        (
            HAPPENED_MAYBE,
            *(field for field in KNOWN if field.name == "place"),
            _F("stay", N_("Kind of stay"), _T.CHOICE, "stay.kind", StayKind),
            _F("arrived", N_("From"), _T.DATE, "stay.arrived"),
            _F("left", N_("Until"), _T.DATE, "stay.left"),
            _F("version", N_("Version (stays that exclude each other share a mark)"), _T.LINE, "stay.version"),
            WORDS,
            TEXT,
            *(field for field in KNOWN if field.name != "place"),
        ),
    ),
    "status": Form(
        "status",
        N_("Status report"),
        (
            HAPPENED,
            _F("dimension", N_("About"), _T.CHOICE, "status.dimension", Dimension, required=True),
            _F("value", N_("What is reported"), _T.CHOICE, "status.value", StatusValue),
            _F("group", N_("Group, in the teller's words"), _T.LINE, "status.about_group"),
            _F("cohort_claim", N_("Who says that this group is a cohort"), _T.LINE, "status.cohort_claim"),
            _F("death_basis", N_("On what a confirmed death rests"), _T.CHOICE, "status.death_basis", DeathBasis),
            _F("confirmed_by", N_("Second confirmation: by whom"), _T.LINE, "status.confirmed_by"),
            WORDS,
            TEXT,
            NUMBER,
            WITH,
            *KNOWN,
        ),
    ),
    "denial": Form(
        "denial",
        N_("Denial"),
        (
            HAPPENED,
            _F("body", N_("Which body denies"), _T.BODY, "denial.body_id"),
            _F("denied", N_("What it denies"), _T.LINE, "denial.denied"),
            WORDS,
            TEXT,
            *KNOWN,
        ),
    ),
    "step": Form(
        "step",
        N_("Step taken"),
        (
            HAPPENED,
            _F("by_whom", N_("Who took it"), _T.CHOICE, "step.by_whom", StepBy, required=True),
            _F("by", N_("By whom"), _T.PERSON, part=Part.BY),
            _F("bodies", N_("To which bodies"), _T.BODIES),
            _F("step", N_("What was done"), _T.LINE, "step.step"),
            _F("proof", N_("Proof of sending"), _T.LINE, "step.proof_of_sending"),
            _F("registration", N_("Registration number"), _T.LINE, "step.registration"),
            _F("registered", N_("Registered on"), _T.DATE, "step.registered"),
            _F("reply", N_("Reply"), _T.CHOICE, "reply.reply", ReplyKind),
            _F("replied", N_("Replied on"), _T.DATE, "reply.received"),
            _F("reply_text", N_("What it says"), _T.TEXT, "reply.text"),
            _F("forwarded_to", N_("Forwarded to"), _T.BODY),
            _F("why_not", N_("Why nothing was sent"), _T.LINE, "step.why_not"),
            TEXT,
            *KNOWN,
        ),
    ),
}
