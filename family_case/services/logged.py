"""What can be logged in a case, first part: conversations, signs of life, approaches, requests, promises, payments."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.base import YesNo
from family_case.model.consent import Topic
from family_case.model.entry import Basis, Channel, Credibility, Hazard, Part, Reliability, WordsFrom
from family_case.model.kinds import Direction, DocumentKind, PaymentForm, PromiseKind, PromiseStatus, Sent, SignClass
from family_case.services.fields import Field, FieldType, Form

_F, _T = Field, FieldType

HAPPENED = _F("happened", N_("When"), _T.DATE, "entry.happened", required=True)
HAPPENED_MAYBE = _F("happened", N_("When"), _T.DATE, "entry.happened")
NUMBER = _F("number", N_("Number or account"), _T.NUMBER, part=Part.THROUGH)
WITH = _F("with", N_("With whom"), _T.PERSON, part=Part.WITH)
TO = _F("to", N_("To whom"), _T.PERSON, part=Part.TO)
WORDS = _F("words", N_("Exact words"), _T.TEXT, "entry.words")
TEXT = _F("text", N_("What is known"), _T.TEXT, "entry.text")

# How it is known: the same for every entry.
KNOWN = (
    _F("words_from", N_("How we have the words"), _T.CHOICE, "entry.words_from", WordsFrom),
    _F("words_language", N_("Language of the words"), _T.LINE, "entry.words_language"),
    _F("translation", N_("Translation"), _T.TEXT, "entry.translation"),
    _F("translated_by", N_("Translated by"), _T.LINE, "entry.translated_by"),
    _F("told_in", N_("Told in conversation"), _T.RECORD, "entry.conversation_id"),
    _F("speaker", N_("Told by"), _T.PERSON, part=Part.SPEAKER),
    _F("basis", N_("How the teller knows"), _T.CHOICE, "entry.basis", Basis),
    _F("hands", N_("People between"), _T.COUNT, "entry.hands"),
    _F("source", N_("Source in words"), _T.LINE, "entry.source"),
    _F("from_source", N_("Source (one that was added)"), _T.RECORD, "entry.source_id"),
    _F("reliability", N_("Reliability of the source"), _T.CHOICE, "entry.reliability", Reliability),
    _F("credibility", N_("Credibility of the information"), _T.CHOICE, "entry.credibility", Credibility),
    _F("learned", N_("When we learned it"), _T.DATE, "entry.learned"),
    _F("checked", N_("Checked: by whom, when, against what"), _T.LINE, "entry.checked"),
    _F("check_failed", N_("A check that failed: asked whom, what came, why not"), _T.LINE, "entry.check_failed"),
    _F("place", N_("Place"), _T.PLACE, "entry.place_id"),
    _F("cohort", N_("Cohort it speaks of"), _T.RECORD, "entry.cohort_id"),
    _F("about_body", N_("Body it speaks of"), _T.BODY, "entry.body_id"),
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
            HAPPENED,
            _F("class", N_("Class"), _T.CHOICE, "sign.sign_class", SignClass, required=True),
            _F("channel", N_("Channel"), _T.CHOICE, "sign.channel", Channel),
            NUMBER,
            WITH,
            WORDS,
            TEXT,
            _F("direction", N_("Direction"), _T.CHOICE, "sign.direction", Direction),
            _F("recognised_by", N_("Recognised by what"), _T.LINE, "sign.recognised_by"),
            _F("recogniser", N_("Who recognised him"), _T.PERSON, part=Part.RECOGNISER),
            _F("check_question", N_("Check question"), _T.LINE, "sign.check_question"),
            _F("check_answered", N_("Answered rightly"), _T.YESNO, "sign.check_answered", YesNo),
            *KNOWN,
        ),
    ),
    "approach": Form(
        "approach",
        N_("Approach"),
        (
            HAPPENED,
            _F("channel", N_("Channel"), _T.CHOICE, "approach.channel", Channel),
            NUMBER,
            _F("claimed_name", N_("Name he gave"), _T.LINE, "approach.claimed_name"),
            _F("position", N_("Position he gave"), _T.LINE, "approach.claimed_position"),
            _F("body", N_("Body he named"), _T.LINE, "approach.claimed_body"),
            WITH,
            _F("pretext", N_("Pretext"), _T.LINE, "approach.pretext"),
            _F("demands", N_("Demands"), _T.LINE, "approach.demands"),
            WORDS,
            TEXT,
            _F("pressure", N_("Pressure"), _T.LINE, "approach.pressure"),
            _F("threats", N_("Threats"), _T.LINE, "approach.threats"),
            _F("proof_asked", N_("Proof of life asked for"), _T.YESNO, "approach.proof_asked", YesNo),
            _F("proof_given", N_("Proof of life given"), _T.YESNO, "approach.proof_given", YesNo),
            _F("advice", N_("Advice we gave"), _T.TEXT, "approach.advice"),
            _F("outcome", N_("Outcome"), _T.LINE, "approach.outcome"),
            *KNOWN,
        ),
    ),
    "request": Form(
        "request",
        N_("Document request"),
        (
            HAPPENED,
            _F("document", N_("Document"), _T.CHOICE, "request.document", DocumentKind, required=True),
            _F("pages", N_("Pages"), _T.LINE, "request.pages"),
            NUMBER,
            _F("channel", N_("Channel"), _T.CHOICE, "request.channel", Channel),
            _F("with", N_("Asked of"), _T.PERSON, part=Part.WITH),
            _F("by", N_("Asked by"), _T.CLAIMED, part=Part.ASKED_BY),
            _F("purpose", N_("Purpose given"), _T.LINE, "request.purpose"),
            _F("sent", N_("Was it given"), _T.CHOICE, "request.sent", Sent),
            _F("sent_on", N_("Given on"), _T.DATE, "request.sent_on"),
            _F("contradicts", N_("Contradicts usual practice"), _T.LINE, "request.contradicts"),
            _F("follow_up", N_("What followed"), _T.TEXT, "request.follow_up"),
            WORDS,
            TEXT,
            *KNOWN,
        ),
    ),
    "promise": Form(
        "promise",
        N_("Promise"),
        (
            HAPPENED,
            _F("promise", N_("What is promised"), _T.CHOICE, "promise.promise", PromiseKind, required=True),
            _F("amount", N_("Amount"), _T.AMOUNT, "promise.amount"),
            _F("currency", N_("Currency"), _T.CURRENCY, "promise.currency"),
            _F("by", N_("By whom"), _T.CLAIMED, part=Part.BY),
            TO,
            _F("due", N_("Due"), _T.DATE),
            NUMBER,
            WORDS,
            _F("conditions", N_("Conditions"), _T.LINE, "promise.conditions"),
            _F("written", N_("In writing"), _T.YESNO, "promise.written", YesNo),
            _F("contract_shown", N_("Contract shown"), _T.YESNO, "promise.contract_shown", YesNo),
            _F("status", N_("Status"), _T.CHOICE, "promise.status", PromiseStatus),
            _F("fulfilled_on", N_("Fulfilled on"), _T.DATE, "promise.fulfilled_on"),
            _F("fulfilled_source", N_("Who says it was fulfilled"), _T.LINE, "promise.fulfilled_source"),
            TEXT,
            *KNOWN,
        ),
    ),
    "payment": Form(
        "payment",
        N_("Payment"),
        (
            HAPPENED,
            _F("amount", N_("Amount"), _T.AMOUNT, "payment.amount", required=True),
            _F("currency", N_("Currency"), _T.CURRENCY, "payment.currency", required=True),
            _F("against", N_("Against promise"), _T.RECORD, "payment.promise_id"),
            _F("form", N_("How it was paid"), _T.CHOICE, "payment.form", PaymentForm),
            _F("by", N_("Paid by"), _T.CLAIMED, part=Part.PAYER),
            TO,
            _F("receipt", N_("Receipt"), _T.YESNO, "payment.receipt", YesNo),
            NUMBER,
            WORDS,
            TEXT,
            *KNOWN,
        ),
    ),
    "note": Form(
        "note",
        N_("Note"),
        (
            _F("text", N_("Text"), _T.TEXT, "entry.text", required=True),
            HAPPENED_MAYBE,
            WITH,
            NUMBER,
            WORDS,
            *KNOWN,
        ),
    ),
}
