"""What people enter becomes records: one way in for the window, the command line, drafts and the demo.

Each function reads the typed text and writes all records of the entry in one change; whatever is refused leaves
nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.dates import PartialDate, parse
from family_case.model.details import DETAILS, USUAL_TOPICS
from family_case.model.entry import Conversation, EndpointUse, Entry, EntryKind, EntryPerson
from family_case.model.kinds import Promise, PromiseTerm
from family_case.model.person import RoleKind
from family_case.model.step import Denial, ReplyKind, StepBody, StepReply
from family_case.services import finders
from family_case.services.adding import ADDERS
from family_case.services.forms import ADDED, LOGGED, Field, FieldType, Form
from family_case.services.making import Maker
from family_case.services.reading import amount_of, plain_values
from family_case.store import timeline

if TYPE_CHECKING:
    from family_case.services.reading import Plain
    from family_case.services.session import Session

Values = Mapping[str, str]


def log(session: Session, kind: str, ref: str, values: Values) -> Changes:
    """Log a conversation or timeline entry in the case meant by `ref`; `Changes.made` is its id once it is on disk."""
    form = _form(LOGGED, kind)
    case = finders.case_of(session, ref)
    with session.vault.change(Reason.LOG, session.actor) as change:
        change.made = _entered(Maker(session, change, case.id), form, values)
    return change.result


def log_together(session: Session, ref: str, conversation: Values, told: Sequence[tuple[str, Values]]) -> Changes:
    """Log a conversation and all that was told in it as one change, taken back by one undo.

    `made` is the conversation's id.
    """
    case = finders.case_of(session, ref)
    with session.vault.change(Reason.LOG, session.actor) as change:
        maker = Maker(session, change, case.id)
        change.made = _entered(maker, LOGGED["conversation"], conversation)
        for kind, values in told:
            _entered(maker, _form(LOGGED, kind), {**values, "told_in": change.made})
    return change.result


def add(session: Session, noun: str, values: Values) -> Changes:
    """Add a case, person, role, number, place, consent or one of the other nouns; `Changes.made` is its id."""
    form = _form(ADDED, noun)
    ref = values.get("case", "").strip()
    case_id = finders.case_of(session, ref).id if ref else None
    plain = plain_values(form, values, session.office.zone)
    with session.vault.change(Reason.ADD, session.actor) as change:
        change.made = ADDERS[noun](Maker(session, change, case_id), plain, values)
    return change.result


def _form(table: Mapping[str, Form], noun: str) -> Form:
    if noun not in table:
        raise Refused(N_("“{noun}” cannot be entered here; known are: {known}."), noun=noun, known=", ".join(table))
    return table[noun]


def _entered(maker: Maker, form: Form, values: Values) -> str:
    plain = plain_values(form, values, maker.session.office.zone)
    _note_future(maker, plain)
    if form.noun == "conversation":
        return _conversation(maker, plain, values)
    kind = EntryKind(form.noun)
    plain = {**plain, **amount_of(form, plain, values)}
    entry = _head(maker, kind, plain, values)
    detail = DETAILS.get(kind)
    if detail is not None:
        promise = (
            {"promise_id": finders.record_id(maker.session, values["against"], Promise, maker.case_id)}
            if values.get("against", "").strip()
            else {}
        )
        body = {"body_id": maker.body(values["body"])} if detail is Denial and values.get("body", "").strip() else {}
        maker.build(detail, form.noun, plain, id=entry.id, **promise, **body)
    for field in form.fields:
        _link(maker, entry.id, field, values.get(field.name, ""))
    if kind is EntryKind.STEP:
        _bodies(maker, entry, plain, values)
    if values.get("due", "").strip():
        due = parse(values["due"], maker.session.office.zone)
        maker.build(PromiseTerm, "term", {}, promise_id=entry.id, position=1, due=due, said=entry.happened)
    return entry.id


def _bodies(maker: Maker, entry: Entry, plain: Mapping[str, Plain], values: Values) -> None:
    """The bodies a step went to, each with its own clock; a reply belongs to the first, forwarding to a further one."""
    names = [name for name in values.get("bodies", "").split(";") if name.strip()]
    since = plain.get("step.registered") or entry.happened
    asked = [
        maker.build(StepBody, "asked", {}, step_id=entry.id, body_id=maker.body(name), since=since) for name in names
    ]
    zone = maker.session.office.zone
    if values.get("reply", "").strip():
        if not asked:
            raise Refused(N_("A reply needs the body that gave it. Nothing was saved."))
        replied = parse(values["replied"], zone) if values.get("replied", "").strip() else None
        maker.build(
            StepReply,
            "reply",
            {},
            step_body_id=asked[0].id,
            reply=ReplyKind.of(values["reply"]),
            received=replied,
            text=values.get("reply_text", ""),
        )
        if values.get("forwarded_to", "").strip():
            body = maker.body(values["forwarded_to"])
            maker.build(
                StepBody, "asked", {}, step_id=entry.id, body_id=body, since=replied, forwarded_from=asked[0].id
            )


def _conversation(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    person = maker.known(values["with"]) if values.get("with", "").strip() else None
    return maker.build(
        Conversation, "conversation", plain, case_id=maker.case_id, person_id=person, recorded_ms=maker.now_ms()
    ).id


def _head(maker: Maker, kind: EntryKind, plain: Mapping[str, Plain], values: Values) -> Entry:
    fixed: dict[str, object] = {"kind": kind, "case_id": maker.case_id, "recorded_ms": maker.now_ms()}
    given = plain.get("entry.topics", frozenset())
    fixed["topics"] = USUAL_TOPICS[kind] | (given if isinstance(given, frozenset) else frozenset())
    if values.get("told_in", "").strip():
        conversation = finders.record_id(maker.session, values["told_in"], Conversation, maker.case_id)
        fixed["conversation_id"] = conversation
        told = timeline.one(maker.session.vault.connection, Conversation, conversation)
        if told is not None and "entry.learned" not in plain:
            fixed["learned"] = told.happened
    if values.get("place", "").strip():
        fixed["place_id"] = maker.place(values["place"])
    return maker.build(Entry, "entry", plain, **fixed)


def _link(maker: Maker, entry_id: str, field: Field, text: str) -> None:
    if field.part is None or not text.strip():
        return
    if field.kind is FieldType.NUMBER:
        endpoint = maker.endpoint(text)
        maker.build(
            EndpointUse, "use", {}, entry_id=entry_id, endpoint_id=endpoint.id, part=field.part, raw=text.strip()
        )
        return
    claimed = field.kind is FieldType.CLAIMED
    person = maker.claimed(text, RoleKind.STRANGER) if claimed else maker.known(text)
    maker.build(EntryPerson, "part", {}, entry_id=entry_id, person_id=person, part=field.part)


def _note_future(maker: Maker, plain: Mapping[str, Plain]) -> None:
    for column, value in plain.items():
        late = isinstance(value, PartialDate) and value.earliest is not None and value.earliest > maker.session.today()
        if column.endswith(".happened") and late:
            maker.change.notes.append((N_("The date lies in the future. It was saved as written; check it."), {}))
