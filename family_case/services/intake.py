"""What people enter becomes records: one way in for the window, the command line, drafts and the demo.

Each function reads the typed text and writes all records of the entry in one change; whatever is refused leaves
nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import Case
from family_case.model.changes import Changes, Reason
from family_case.model.consent import Consent, Scope, Withholding
from family_case.model.dates import PartialDate, parse
from family_case.model.endpoint import Endpoint, EndpointKind
from family_case.model.entry import Conversation, EndpointUse, Entry, EntryKind, EntryPerson, Part
from family_case.model.kinds import USUAL_TOPICS, Promise, PromiseTerm
from family_case.model.person import NameKind, Person, Role, RoleKind
from family_case.model.records import DETAILS
from family_case.services import finders
from family_case.services.forms import ADDED, LOGGED, Field, FieldType, Form
from family_case.services.making import Maker
from family_case.services.masking import refuse_names
from family_case.services.reading import amount_of, place_of, plain_values
from family_case.store import cases, people, timeline

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
    """Add a case, person, role, endpoint, place, consent or withholding; `Changes.made` is its id."""
    form = _form(ADDED, noun)
    ref = values.get("case", "").strip()
    case_id = finders.case_of(session, ref).id if ref else None
    plain = plain_values(form, values, session.office.zone)
    with session.vault.change(Reason.ADD, session.actor) as change:
        change.made = _ADDERS[noun](Maker(session, change, case_id), plain, values)
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
        maker.build(detail, form.noun, plain, id=entry.id, **promise)
    for field in form.fields:
        if field.part is not None:
            _link(maker, entry.id, field, field.part, values.get(field.name, ""))
    if values.get("due", "").strip():
        due = parse(values["due"], maker.session.office.zone)
        maker.build(PromiseTerm, "term", {}, promise_id=entry.id, position=1, due=due, said=entry.happened)
    return entry.id


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


def _link(maker: Maker, entry_id: str, field: Field, part: Part, text: str) -> None:
    if not text.strip():
        return
    if field.kind is FieldType.NUMBER:
        endpoint = maker.endpoint(text)
        maker.build(EndpointUse, "use", {}, entry_id=entry_id, endpoint_id=endpoint.id, part=part, raw=text.strip())
        return
    claimed = field.kind is FieldType.CLAIMED
    person = maker.claimed(text, RoleKind.STRANGER) if claimed else maker.known(text)
    maker.build(EntryPerson, "part", {}, entry_id=entry_id, person_id=person, part=part)


def _note_future(maker: Maker, plain: Mapping[str, Plain]) -> None:
    for column, value in plain.items():
        late = isinstance(value, PartialDate) and value.earliest is not None and value.earliest > maker.session.today()
        if column.endswith(".happened") and late:
            maker.change.notes.append((N_("The date lies in the future. It was saved as written; check it."), {}))


def _add_case(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    connection = maker.session.vault.connection
    code = str(plain.get("case.code") or cases.next_code(connection))
    if cases.by_code(connection, code) is not None:
        raise Refused(N_("There is a case “{code}” already. Nothing was saved; choose another code."), code=code)
    refuse_names((code, str(plain.get("case.alias", ""))), (values.get("name", ""), values.get("latin", "")))
    fixed: dict[str, object] = {"code": code, "recorded_ms": maker.now_ms()}
    if values.get("held_at", "").strip():
        fixed["held_at"] = maker.place(values["held_at"])
    case = maker.build(Case, "case", plain, **fixed)
    person = maker.build(Person, "person", plain, recorded_ms=maker.now_ms())
    maker.build(Role, "role", {}, case_id=case.id, person_id=person.id, kind=RoleKind.SOUGHT)
    _names(maker, person.id, values, NameKind.LEGAL)
    return case.id


def _names(maker: Maker, person_id: str, values: Values, kind: NameKind) -> None:
    if values.get("name", "").strip():
        maker.name(person_id, values["name"], kind, values.get("name_language", "").strip())
    if values.get("latin", "").strip():
        maker.name(person_id, values["latin"], NameKind.PASSPORT_LATIN)


def _add_person(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    role = plain.get("role.kind")
    if maker.case_id is not None and role is None:
        raise Refused(N_("Say what this person is in the case: mother, lawyer, official… Nothing was saved."))
    if maker.case_id is None and role is not None:
        raise Refused(N_("Say in which case the person is that: name the case. Nothing was saved."))
    case = cases.by_id(maker.session.vault.connection, maker.case_id) if maker.case_id else None
    if case is not None:
        refuse_names((case.code, case.alias), (values.get("name", ""), values.get("latin", "")))
    _demand_new_role(maker, "", role)
    person = maker.build(Person, "person", plain, recorded_ms=maker.now_ms())
    kind = plain.get("name.kind", NameKind.LEGAL)
    _names(maker, person.id, values, kind if isinstance(kind, NameKind) else NameKind.LEGAL)
    if maker.case_id is not None:
        maker.build(Role, "role", plain, case_id=maker.case_id, person_id=person.id)
    if values.get("number", "").strip():
        maker.own_number(person.id, values["number"])
    return person.id


def _demand_new_role(maker: Maker, person: str, kind: Plain | None) -> None:
    """One person is sought in a case, and nobody is the same thing in it twice."""
    cards = people.in_case(maker.session.vault.connection, maker.case_id) if maker.case_id else []
    if kind is RoleKind.SOUGHT and any(card.role.kind is kind for card in cards):
        raise Refused(N_("This case has its person sought already. Nothing was saved; make another case."))
    if any(card.person.id == person and card.role.kind is kind for card in cards):
        raise Refused(N_("This person has this role in the case already. Nothing was saved."))


def _add_role(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    person = maker.known(values["person"])
    _demand_new_role(maker, person, plain.get("role.kind"))
    return maker.build(Role, "role", plain, case_id=maker.case_id, person_id=person).id


def _add_endpoint(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    kind = plain.get("endpoint.kind")
    found = maker.endpoint(values["number"], kind if isinstance(kind, EndpointKind) else None)
    marked = {column: value for column, value in plain.items() if column in ("endpoint.mark", "endpoint.note")}
    if marked:
        fixed = {
            "id": found.id,
            "kind": found.kind,
            "raw": found.raw,
            "norm": found.norm,
            "mark": found.mark,
            "note": found.note,
        }
        maker.build(
            Endpoint, "endpoint", {}, **{**fixed, **{name.partition(".")[2]: value for name, value in marked.items()}}
        )
    if values.get("person", "").strip():
        maker.own_number(maker.known(values["person"]), values["number"], found.kind)
    return found.id


def _add_place(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    read = place_of(maker.change.fresh_id(), values["name"])
    named = {"id": read.id, "name": read.name, "kind": read.kind, "number": read.number, "region": read.region}
    given = {column.partition(".")[2]: value for column, value in plain.items() if column != "place.name"}
    return maker.build(type(read), "place", {}, **{**named, **given}).id


def _add_consent(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    fixed: dict[str, object] = {
        "case_id": maker.case_id,
        "giver_id": maker.known(values["giver"]),
        "recorded_ms": maker.now_ms(),
    }
    if "consent.scope" not in plain:
        fixed["scope"] = Scope.OWN
    return maker.build(Consent, "consent", plain, **fixed).id


def _add_withholding(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    fixed: dict[str, object] = {
        "case_id": maker.case_id,
        "from_person_id": maker.known(values["from"]),
        "recorded_ms": maker.now_ms(),
    }
    if values.get("entry", "").strip():
        fixed["entry_id"] = finders.record_id(maker.session, values["entry"], Entry, maker.case_id)
    return maker.build(Withholding, "withholding", plain, **fixed).id


_ADDERS: dict[str, Callable[[Maker, Mapping[str, Plain], Values], str]] = {
    "case": _add_case,
    "person": _add_person,
    "role": _add_role,
    "endpoint": _add_endpoint,
    "place": _add_place,
    "consent": _add_consent,
    "withholding": _add_withholding,
}
