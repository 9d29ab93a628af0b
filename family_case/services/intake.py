"""What people enter becomes records: one way in for the window, the command line, drafts and the demo.

Each function reads the typed text and writes all records of the entry in one change; whatever is refused leaves
nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.background import Source
from family_case.model.changes import Changes, Reason
from family_case.model.dates import PartialDate, parse
from family_case.model.details import DETAILS, USUAL_TOPICS
from family_case.model.entry import Conversation, EndpointUse, Entry, EntryKind, EntryPerson, Hazard, Part
from family_case.model.kinds import Payment, PromiseTerm
from family_case.model.person import RoleKind
from family_case.model.status import StatusReport, StatusValue
from family_case.model.stay import StayKind, span
from family_case.model.step import ReplyKind, StepBody
from family_case.model.task import Task, TaskKind
from family_case.services import finders
from family_case.services.adding import ADDERS, replied
from family_case.services.forms import ADDED, LOGGED, Field, FieldType, Form
from family_case.services.making import Maker
from family_case.services.reading import amount_of, plain_values
from family_case.store import timeline

if TYPE_CHECKING:
    from family_case.services.reading import Plain
    from family_case.services.session import Session

Values = Mapping[str, str]
# By which field an entry that is in no case names what it is about; whatever tells of one man needs his case.
_ABOUT = {"place": "place", "cohort": "cohort", "body": "about_body"}
_WITHOUT_CASE = dict.fromkeys(("approach", "offer", "denial", "step", "note"), _ABOUT)


def log(session: Session, kind: str, ref: str, values: Values) -> Changes:
    """Log a conversation or timeline entry in the case meant by `ref`; `Changes.made` is its id once it is on disk.

    The id of a place, cohort or body instead of a case makes an entry about it that is in no case.
    """
    form = _form(LOGGED, kind)
    about = finders.outside_cases(session, ref) if form.noun in _WITHOUT_CASE else None
    case_id = None if about is not None else finders.case_of(session, ref).id
    told = {_WITHOUT_CASE[form.noun][about.TABLE]: about.id, **values} if about is not None else values
    with session.vault.change(Reason.LOG, session.actor) as change:
        change.made = _entered(Maker(session, change, case_id), form, told)
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
        maker = Maker(session, change, case_id)
        change.made = ADDERS[noun](maker, {**plain, **maker.links(form, values)}, values)
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
    plain = {**plain, **amount_of(form, plain, values), **maker.links(form, values)}
    entry = _head(maker, kind, plain)
    detail = DETAILS.get(kind)
    made = maker.build(detail, form.noun, plain, id=entry.id) if detail is not None else None
    for field in form.fields:
        if field.part is not None:
            _link(maker, entry, field, field.part, values.get(field.name, ""))
    if kind is EntryKind.STEP:
        _bodies(maker, entry, plain, values)
    if values.get("due", "").strip():
        due = parse(values["due"], maker.session.office.zone)
        maker.build(PromiseTerm, "term", {}, promise_id=entry.id, position=1, due=due, said=entry.happened)
    if isinstance(made, Payment):
        _note_early(maker, entry, made)
    if isinstance(made, StatusReport) and made.tells_death and maker.case_id:
        _who_tells(maker, entry)
    return entry.id


def _who_tells(maker: Maker, entry: Entry) -> None:
    """A report of death asks for a decision who tells the family, how and when (DOMAIN rule 4)."""
    fixed = {"case_id": maker.case_id, "text": "", "about_id": entry.id, "recorded_ms": maker.now_ms()}
    maker.build(Task, "task", {}, kind=TaskKind.TELL_FAMILY, **fixed)
    maker.change.notes.append(
        (
            N_(
                "A task was added: who tells the family, how and when. Until it is done, no paper for a relative "
                "tells of this report."
            ),
            {},
        )
    )


def _bodies(maker: Maker, entry: Entry, plain: Mapping[str, Plain], values: Values) -> None:
    """The bodies a step went to, each with its own clock; a reply told at once must be the only one's, or none."""
    names = [name for name in values.get("bodies", "").split(";") if name.strip()]
    since = plain.get("step.registered") or entry.happened
    asked = [
        maker.build(StepBody, "asked", {}, step_id=entry.id, body_id=maker.body(name), since=since) for name in names
    ]
    if not values.get("reply", "").strip():
        return
    if not asked:
        raise Refused(N_("A reply needs the body that gave it. Nothing was saved."))
    silent = plain.get("reply.reply") is ReplyKind.NONE
    if len(asked) > 1 and not silent:
        raise Refused(
            N_("This step went to {count} bodies: say which of them answered. Nothing was saved."), count=len(asked)
        )
    for each in asked:
        replied(maker, each, plain, values.get("forwarded_to", ""))


def _conversation(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    person = maker.known(values["with"]) if values.get("with", "").strip() else None
    return maker.build(
        Conversation, "conversation", plain, case_id=maker.case_id, person_id=person, recorded_ms=maker.now_ms()
    ).id


def _head(maker: Maker, kind: EntryKind, plain: Mapping[str, Plain]) -> Entry:
    fixed: dict[str, object] = {"kind": kind, "case_id": maker.case_id, "recorded_ms": maker.now_ms()}
    given = plain.get("entry.topics", frozenset())
    fixed["topics"] = USUAL_TOPICS[kind] | (given if isinstance(given, frozenset) else frozenset())
    if plain.get("stay.kind") is StayKind.HIDING or plain.get("status.value") is StatusValue.HIDING:
        hazards = plain.get("entry.hazards", frozenset())
        fixed["hazards"] = (hazards if isinstance(hazards, frozenset) else frozenset()) | {Hazard.HIDING}
    if kind is EntryKind.STAY and "entry.happened" not in plain:
        ends = [plain.get(column) for column in ("stay.arrived", "stay.left")]
        arrived, left = (end if isinstance(end, PartialDate) else None for end in ends)
        fixed["happened"] = span(arrived, left, maker.session.office.zone)
    told = timeline.one(maker.session.vault.connection, Conversation, str(plain.get("entry.conversation_id", "")))
    if told is not None and "entry.learned" not in plain:
        fixed["learned"] = told.happened
    source = timeline.one(maker.session.vault.connection, Source, str(plain.get("entry.source_id", "")))
    if source is not None and "entry.reliability" not in plain:
        fixed["reliability"] = source.reliability
    return maker.build(Entry, "entry", plain, **fixed)


def _link(maker: Maker, entry: Entry, field: Field, part: Part, text: str) -> None:
    if not text.strip():
        return
    if field.kind is FieldType.NUMBER:
        endpoint = maker.endpoint(text)
        maker.build(EndpointUse, "use", {}, entry_id=entry.id, endpoint_id=endpoint.id, part=part, raw=text.strip())
        return
    claimed = field.kind is FieldType.CLAIMED
    new = RoleKind.RECRUITER if entry.kind is EntryKind.OFFER else RoleKind.STRANGER
    person = maker.claimed(text, new) if claimed else maker.known(text)
    maker.build(EntryPerson, "part", {}, entry_id=entry.id, person_id=person, part=part)


def _note_early(maker: Maker, entry: Entry, payment: Payment) -> None:
    """A payment before its promise may be true (the promise learned of later), or a slip of the pen."""
    promise = timeline.one(maker.session.vault.connection, Entry, payment.promise_id or "")
    paid, promised = (each.happened if each else None for each in (entry, promise))
    if paid and promised and paid.latest and promised.earliest and paid.latest < promised.earliest:
        maker.change.notes.append(
            (N_("This payment is dated before its promise. It was saved as written; check both dates."), {})
        )


def _note_future(maker: Maker, plain: Mapping[str, Plain]) -> None:
    for column, value in plain.items():
        late = isinstance(value, PartialDate) and value.earliest is not None and value.earliest > maker.session.today()
        if column.endswith(".happened") and late:
            maker.change.notes.append((N_("The date lies in the future. It was saved as written; check it."), {}))
