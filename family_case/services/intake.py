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
from family_case.model.dates import PartialDate, begins_after, parse
from family_case.model.details import DETAILS, USUAL_TOPICS
from family_case.model.entry import Conversation, Entry, EntryKind, Hazard
from family_case.model.kinds import PromiseTerm
from family_case.model.status import StatusValue
from family_case.model.stay import StayKind, span
from family_case.model.step import ReplyKind
from family_case.services import finders
from family_case.services.adding import ADDERS, replied
from family_case.services.following import after
from family_case.services.forms import ADDED, LOGGED, Form
from family_case.services.linking import BODIES, ask, link
from family_case.services.making import Maker
from family_case.services.reading import amount_of, plain_values
from family_case.store import timeline

if TYPE_CHECKING:
    from family_case.services.reading import Plain
    from family_case.services.session import Session

Values = Mapping[str, str]
# By which field an entry that is in no case names what it is about; whatever tells of one man needs his case.
_ABOUT = {"place": "place", "cohort": "cohort", "body": "about_body"}
WITHOUT_CASE = dict.fromkeys(("approach", "offer", "denial", "step", "note"), _ABOUT)


def log(session: Session, kind: str, ref: str, values: Values) -> Changes:
    """Log a conversation or timeline entry in the case meant by `ref`; `Changes.made` is its id once it is on disk.

    The id of a place, cohort or body instead of a case makes an entry about it that is in no case.
    """
    form = _form(LOGGED, kind)
    about = finders.outside_cases(session, ref) if form.noun in WITHOUT_CASE else None
    case_id = None if about is not None else finders.case_id(session, ref)
    told = {WITHOUT_CASE[form.noun][about.TABLE]: about.id, **values} if about is not None else values
    with session.vault.change(Reason.LOG, session.actor) as change:
        change.made = _entered(Maker(session, change, case_id), form, told)
    return change.result


def log_together(session: Session, ref: str, conversation: Values, told: Sequence[tuple[str, Values]]) -> Changes:
    """Log a conversation and all that was told in it as one change, taken back by one undo.

    `made` is the conversation's id.
    """
    case_id = finders.case_id(session, ref)
    with session.vault.change(Reason.LOG, session.actor) as change:
        change.made = logged_within(Maker(session, change, case_id), conversation, told)
    return change.result


def logged_within(maker: Maker, conversation: Values, told: Sequence[tuple[str, Values]]) -> str:
    """Log a conversation and what was told in it inside an open change; the conversation's id."""
    made = _entered(maker, LOGGED["conversation"], conversation)
    for kind, values in told:
        _entered(maker, _form(LOGGED, kind), {**values, "told_in": made})
    return made


def add(session: Session, noun: str, values: Values) -> Changes:
    """Add a case, person, role, number, place, consent or one of the other nouns; `Changes.made` is its id."""
    ref = values.get("case", "").strip()
    case_id = finders.case_id(session, ref) if ref else None
    with session.vault.change(Reason.ADD, session.actor) as change:
        change.made = added_within(Maker(session, change, case_id), noun, values)
    return change.result


def added_within(maker: Maker, noun: str, values: Values) -> str:
    """Add one thing inside an open change, in the maker's case; its id."""
    form = _form(ADDED, noun)
    plain = plain_values(form, values, maker.session.office.zone)
    return ADDERS[noun](maker, {**plain, **maker.links(form, values)}, values)


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
            link(maker, entry, field, field.part, values.get(field.name, ""))
    if kind is EntryKind.STEP:
        _bodies(maker, entry, plain, values)
    if values.get("due", "").strip():
        due = parse(values["due"], maker.session.office.zone)
        maker.build(PromiseTerm, "term", {}, promise_id=entry.id, position=1, due=due, said=entry.happened)
    after(maker, entry, made)
    return entry.id


def _bodies(maker: Maker, entry: Entry, plain: Mapping[str, Plain], values: Values) -> None:
    """The bodies a step went to, each with its own clock; a reply told at once must be the only one's, or none."""
    registered = plain.get("step.registered")
    since = registered if isinstance(registered, PartialDate) else entry.happened
    asked = ask(maker, entry.id, since, values.get(BODIES, ""))
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


def _note_future(maker: Maker, plain: Mapping[str, Plain]) -> None:
    for column, value in plain.items():
        late = isinstance(value, PartialDate) and begins_after(value, maker.session.today())
        if column.endswith(".happened") and late:
            maker.change.notes.append((N_("The date lies in the future. It was saved as written; check it."), {}))
