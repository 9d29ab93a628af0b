"""How each noun that can be added becomes records; called by `intake.add` inside one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.background import FamilyEffect, Identifier, LegalHold, LegalStatus, Source
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.cohort import Cohort, CohortMember
from family_case.model.consent import Consent, Scope, Withholding
from family_case.model.endpoint import Endpoint, EndpointKind
from family_case.model.person import NameKind, Person, Role, RoleKind
from family_case.model.step import StepBody, StepReply, StepTaken
from family_case.model.task import CheckQuestion, Task
from family_case.services import custom, finders, naming
from family_case.services.following import sought_elsewhere
from family_case.services.making import Maker
from family_case.services.masking import refuse_names
from family_case.services.reading import place_of
from family_case.store import cases, people
from family_case.store.rows import load

if TYPE_CHECKING:
    from family_case.model.base import Record
    from family_case.services.reading import Plain

Values = Mapping[str, str]
Adder = Callable[[Maker, "Mapping[str, Plain]", Values], str]


def _add_case(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    connection = maker.session.vault.connection
    code = str(plain.get("case.code") or cases.next_code(connection))
    finders.refuse_taken(maker.session, code)
    refuse_names((code, str(plain.get("case.alias", ""))), (values.get("name", ""), values.get("latin", "")))
    fixed: dict[str, object] = {"code": code, "recorded_ms": maker.now_ms()}
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
        words = N_("Say what this person is in the case: mother, lawyer, official… Nothing was saved.")
        raise Refused(words, field="role")
    if maker.case_id is None and role is not None:
        raise Refused(N_("Say in which case the person has this role. Nothing was saved."))
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
    roles = people.roles(maker.session.vault.connection, maker.case_id) if maker.case_id else []
    if kind is RoleKind.SOUGHT and any(role.kind is kind for role in roles):
        raise Refused(N_("This case has its person sought already. Nothing was saved; make another case."))
    same = people.one(maker.session.vault.connection, person)
    if any(role.person_id == same and role.kind is kind for role in roles):
        raise Refused(N_("This person has this role in the case already. Nothing was saved."))


def _add_role(maker: Maker, plain: Mapping[str, Plain], _values: Values) -> str:
    _demand_new_role(maker, str(plain["role.person_id"]), plain.get("role.kind"))
    sought_elsewhere(maker, str(plain["role.person_id"]))
    return maker.build(Role, "role", plain, case_id=maker.case_id).id


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
    made = maker.build(type(read), "place", {}, **{**named, **given})
    maker.tell_candidates(made)
    return made.id


def _add_consent(maker: Maker, plain: Mapping[str, Plain], _values: Values) -> str:
    fixed: dict[str, object] = {"case_id": maker.case_id, "recorded_ms": maker.now_ms()}
    if "consent.scope" not in plain:
        fixed["scope"] = Scope.OWN
    return maker.build(Consent, "consent", plain, **fixed).id


def _add_reply(maker: Maker, plain: Mapping[str, Plain], values: Values) -> str:
    step = finders.record_id(maker.session, values["step"], StepTaken, None)
    asked = load(maker.session.vault.connection, StepBody, "step_id = ? ORDER BY rowid", (step,))
    wanted = maker.body(values["body"]) if values.get("body", "").strip() else None
    if wanted is None and len(asked) != 1:
        raise Refused(
            N_("This step went to {count} bodies: say which of them answered. Nothing was saved."), count=len(asked)
        )
    answered = next((each for each in asked if wanted in (None, each.body_id)), None)
    if answered is None:
        raise Refused(N_("“{body}” was not asked in this step. Nothing was saved."), body=values.get("body", ""))
    return replied(maker, answered, plain, values.get("forwarded_to", ""))


def replied(maker: Maker, answered: StepBody, plain: Mapping[str, Plain], forwarded_to: str) -> str:
    """Write what a body answered; a body it forwarded to is asked from that day on (DOMAIN rule 10). Gives the id."""
    reply = maker.build(StepReply, "reply", plain, step_body_id=answered.id)
    if forwarded_to.strip():
        asked = {"step_id": answered.step_id, "body_id": maker.body(forwarded_to), "since": reply.received}
        maker.build(StepBody, "asked", {}, **asked, forwarded_from=answered.id)
    return reply.id


def _plainly(record: type[Record], noun: str, *, in_case: bool = False, dated: bool = False) -> Adder:
    """Adder of a record that is nothing but its fields, in a case or in none; `dated`: it keeps when it was written."""

    def add(maker: Maker, plain: Mapping[str, Plain], _values: Values) -> str:
        fixed: dict[str, object] = {"case_id": maker.case_id} if in_case else {}
        return maker.build(record, noun, plain, **fixed, **({"recorded_ms": maker.now_ms()} if dated else {})).id

    return add


ADDERS: dict[str, Adder] = {
    "case": _add_case,
    "person": _add_person,
    "role": _add_role,
    "endpoint": _add_endpoint,
    "place": _add_place,
    "consent": _add_consent,
    "withholding": _plainly(Withholding, "withholding", in_case=True, dated=True),
    "body": _plainly(Body, "body"),
    "cohort": _plainly(Cohort, "cohort"),
    "member": _plainly(CohortMember, "member", in_case=True),
    "task": _plainly(Task, "task", in_case=True, dated=True),
    "question": _plainly(CheckQuestion, "question", in_case=True),
    "identifier": _plainly(Identifier, "identifier"),
    "sentence": _plainly(LegalStatus, "sentence", in_case=True),
    "effect": _plainly(FamilyEffect, "effect", in_case=True),
    "source": _plainly(Source, "source"),
    "reply": _add_reply,
    "hold": _plainly(LegalHold, "hold", in_case=True),
    "name": naming.add_name,
    "alias": naming.add_alias,
    "field": custom.add_field,
    "value": custom.add_value,
}
