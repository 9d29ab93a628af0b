"""What can be added to the vault, second part: bodies, cohorts, tasks, identifiers and what stood before."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.background import IdentifierKind
from family_case.model.body import BodyKind, StateLink
from family_case.model.entry import Reliability
from family_case.model.step import ReplyKind
from family_case.model.task import QuestionState, TaskKind, TaskState
from family_case.services.added import CASE
from family_case.services.fields import Field, FieldType, Form

_F, _T = Field, FieldType

ADDED_MORE = {
    "body": Form(
        "body",
        N_("Body"),
        (
            _F("name", N_("What it is called"), _T.LINE, "body.name", required=True),
            _F("kind", N_("Kind"), _T.CHOICE, "body.kind", BodyKind),
            _F("other_names", N_("Other names"), _T.LINE, "body.other_names"),
            _F("country", N_("Country"), _T.LINE, "body.country"),
            _F("state_link", N_("Link to the state"), _T.CHOICE, "body.state_link", StateLink),
            _F("note", N_("Note"), _T.TEXT, "body.note"),
        ),
    ),
    "cohort": Form(
        "cohort",
        N_("Cohort"),
        (
            _F("name", N_("What it is called"), _T.LINE, "cohort.name", required=True),
            _F("from_place", N_("From which place"), _T.PLACE, "cohort.origin_id"),
            _F("taken", N_("When they were taken"), _T.DATE, "cohort.taken"),
            _F("claimed_size", N_("How many, as claimed"), _T.COUNT, "cohort.claimed_size"),
            _F("source", N_("Source in words"), _T.LINE, "cohort.source"),
            _F("note", N_("Note"), _T.TEXT, "cohort.note"),
        ),
    ),
    "member": Form(
        "member",
        N_("Member of a cohort"),
        (
            CASE,
            _F("cohort", N_("Cohort"), _T.RECORD, "member.cohort_id", required=True),
            _F("source", N_("Who says so"), _T.LINE, "member.source"),
        ),
    ),
    "task": Form(
        "task",
        N_("Task"),
        (
            CASE,
            _F("text", N_("What is to be done"), _T.LINE, "task.text", required=True),
            _F("kind", N_("Kind"), _T.CHOICE, "task.kind", TaskKind),
            _F("due", N_("Due"), _T.DATE, "task.due"),
            _F("who", N_("Who does it"), _T.LINE, "task.who"),
            _F("state", N_("State"), _T.CHOICE, "task.state", TaskState),
            _F("done_on", N_("Done on"), _T.DATE, "task.done_on"),
            _F("outcome", N_("Outcome"), _T.TEXT, "task.outcome"),
            _F("about", N_("About which entry"), _T.RECORD, "task.about_id"),
        ),
    ),
    "question": Form(
        "question",
        N_("Check question"),
        (
            CASE,
            _F("question", N_("Question"), _T.LINE, "question.question", required=True),
            _F("answer", N_("Right answer"), _T.LINE, "question.answer", required=True),
            _F("agreed_with", N_("Agreed with"), _T.PERSON, "question.agreed_with"),
            _F("state", N_("State"), _T.CHOICE, "question.state", QuestionState),
            _F("used_on", N_("Used on"), _T.DATE, "question.used_on"),
            _F("result", N_("Result"), _T.LINE, "question.result"),
        ),
    ),
    "identifier": Form(
        "identifier",
        N_("Identity document"),
        (
            _F("person", N_("Person"), _T.PERSON, "identifier.person_id", required=True),
            _F("case", N_("Case"), _T.RECORD),
            _F("kind", N_("Kind"), _T.CHOICE, "identifier.kind", IdentifierKind, required=True),
            _F("document_number", N_("Number"), _T.LINE, "identifier.number", required=True),
            _F("issued", N_("Issued on"), _T.DATE, "identifier.issued"),
            _F("issued_by", N_("Issued by"), _T.LINE, "identifier.issued_by"),
            _F("source", N_("Source in words"), _T.LINE, "identifier.source"),
        ),
    ),
    "sentence": Form(
        "sentence",
        N_("Legal status before"),
        (
            CASE,
            _F("article", N_("Article"), _T.LINE, "sentence.article"),
            _F("court", N_("Court"), _T.LINE, "sentence.court"),
            _F("term_start", N_("Beginning of the term"), _T.DATE, "sentence.term_start"),
            _F("term_end", N_("End of the term"), _T.DATE, "sentence.term_end"),
            _F("parole", N_("Parole from"), _T.DATE, "sentence.parole"),
            _F("regime", N_("Regime"), _T.LINE, "sentence.regime"),
            _F("counsel", N_("Counsel"), _T.LINE, "sentence.counsel"),
            _F("source", N_("Source in words"), _T.LINE, "sentence.source"),
        ),
    ),
    "effect": Form(
        "effect",
        N_("Effect on the family"),
        (
            CASE,
            _F("as_of", N_("As of"), _T.DATE, "effect.as_of"),
            _F("dependants", N_("Dependants"), _T.LINE, "effect.dependants"),
            _F("income", N_("Income"), _T.LINE, "effect.income"),
            _F("health", N_("Health"), _T.LINE, "effect.health"),
            _F("threats", N_("Threats"), _T.LINE, "effect.threats"),
            _F("note", N_("Note"), _T.TEXT, "effect.note"),
        ),
    ),
    "source": Form(
        "source",
        N_("Source"),
        (
            _F("name", N_("What it is called"), _T.LINE, "source.name", required=True),
            _F("publisher", N_("Publisher"), _T.LINE, "source.publisher"),
            _F("web_address", N_("Address of the page"), _T.LINE, "source.address"),
            _F("read_on", N_("Read on"), _T.DATE, "source.read_on"),
            _F("reliability", N_("Reliability of the source"), _T.CHOICE, "source.reliability", Reliability),
            _F("origin", N_("Taken from which source"), _T.RECORD, "source.origin_id"),
            _F("note", N_("Note"), _T.TEXT, "source.note"),
        ),
    ),
    "reply": Form(
        "reply",
        N_("Reply of a body"),
        (
            _F("step", N_("To which step"), _T.RECORD, required=True),
            _F("body", N_("Which body answered"), _T.BODY),
            _F("reply", N_("Reply"), _T.CHOICE, "reply.reply", ReplyKind, required=True),
            _F("replied", N_("Replied on"), _T.DATE, "reply.received"),
            _F("reply_text", N_("What it says"), _T.TEXT, "reply.text"),
            _F("forwarded_to", N_("Forwarded to"), _T.BODY),
        ),
    ),
    "hold": Form(
        "hold",
        N_("Legal hold"),
        (
            CASE,
            _F("reason", N_("Reason"), _T.LINE, "hold.reason", required=True),
            _F("by", N_("By whom"), _T.LINE, "hold.by", required=True),
            _F("since", N_("Since"), _T.DATE, "hold.since", required=True),
            _F("review", N_("Review on"), _T.DATE, "hold.review"),
            _F("lifted", N_("Lifted on"), _T.DATE, "hold.lifted"),
        ),
    ),
}
