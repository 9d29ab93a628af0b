"""Changing what is recorded: the same fields and checks as entering it, applied to a record that exists.

A changed due date is a new term of the promise; the first one is kept (DOMAIN rule 5). History shows what stood there
before.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Coded, Record
from family_case.model.body import Body
from family_case.model.case import Case
from family_case.model.changes import Changes, Reason
from family_case.model.custom import CustomField
from family_case.model.dates import PartialDate, parse
from family_case.model.details import DETAILS, USUAL_TOPICS
from family_case.model.entry import Entry, EntryKind
from family_case.model.kinds import PromiseTerm
from family_case.model.money import Money, plain_amount
from family_case.model.person import NameKind, Person, PersonName
from family_case.model.place import Place, PlaceAlias
from family_case.services import casework, custom, naming
from family_case.services.following import after
from family_case.services.forms import FORMS, Field, FieldType, Form
from family_case.services.linking import linked, relink, relinkable
from family_case.services.making import Maker, name_parts
from family_case.services.reading import Plain, amount_of, plain_values
from family_case.services.record_words import IN_FORMS
from family_case.store import cases, people, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from family_case.services.session import Session

_KINDS = {detail.TABLE: kind.value for kind, detail in DETAILS.items()}
_NOUNS = {table: noun for table, noun in IN_FORMS.items() if table not in _KINDS and table != Entry.TABLE}
_DUE = "due"
_FIXED = frozenset({"value.field_id", "value.person_id"})  # of which class it is follows from them
# Records that a form changes together; otherwise the noun and, for what is logged, the head.
_OWN = {"case": frozenset({"case", "person", "name"}), "person": frozenset({"person", "name"})}
_NAMED: dict[FieldType, type[Place | Body]] = {FieldType.PLACE: Place, FieldType.BODY: Body}


@dataclass(frozen=True, slots=True)
class _Subject:
    """A record with the form it was entered by and the records that hold its fields, by their prefix in the form."""

    form: Form
    records: dict[str, Record]


def noun_of(session: Session, ref: str) -> str:
    """Name of the form by which the record meant is entered and changed."""
    return _subject(session, ref).form.noun


def changeable(form: Form) -> tuple[Field, ...]:
    """Fields of a form that can be changed in what stands, with the people, numbers and bodies that it names."""
    own = _OWN.get(form.noun, frozenset({"entry", form.noun}))
    return tuple(
        field
        for field in form.fields
        if (field.column.partition(".")[0] in own and field.column not in _FIXED)
        or field.name == _DUE
        or (field.name == "name" and "name" in own)
        or relinkable(form, field)
    )


def values_of(session: Session, ref: str) -> dict[str, str]:
    """What stands in the fields of the record meant, as a person would type it.

    For a form that is opened to change it.
    """
    subject = _subject(session, ref)
    found = {
        field.name: _typed(field, _value(subject, field), subject) for field in subject.form.fields if field.column
    }
    name = subject.records.get("name")
    for field in subject.form.fields:
        kind = _NAMED.get(field.kind)
        if kind is not None and found.get(field.name):
            named = timeline.one(session.vault.connection, kind, found[field.name])
            found[field.name] = named.name if named else ""
    if isinstance(name, PersonName) and subject.form.field("name"):
        found["name"] = name.entered
    found.update(linked(session, subject.form, next(iter(subject.records.values()))))
    if subject.form.noun == "promise":
        found[_DUE] = _last_due(session, subject.records["entry"].id)
    return {name: text for name, text in found.items() if text}


def change(session: Session, ref: str, values: Mapping[str, str]) -> Changes:
    """Change the given fields of the record meant (an empty text empties the field); `made` is its id.

    Raises Refused for an unknown record, a field that cannot be changed here, or a value that is none.
    """
    subject = _subject(session, ref)
    known = {field.name for field in changeable(subject.form)}
    fixed = [name for name in values if subject.form.field(name) is not None and name not in known]
    if fixed:
        raise Refused(N_("“{field}” cannot be changed here. Nothing was saved."), field=", ".join(fixed))
    given = {name: text for name, text in values.items() if text.strip()}
    plain = {**plain_values(subject.form, given, session.office.zone, whole=False), **_emptied(subject, values)}
    with session.vault.change(Reason.EDIT, session.actor) as step:
        maker = Maker(session, step, _case_of(session, ref))
        plain.update(_amount(subject, plain, given))
        plain.update(maker.links(subject.form, given))
        if "name" in subject.records and (given.get("name") or "name.kind" in plain):
            plain.update(_renamed(subject.records["name"], plain, given.get("name", "")))
        stands = {prefix: _put(maker, prefix, record, plain) for prefix, record in subject.records.items()}
        entry = stands.get("entry")
        if isinstance(entry, Entry):
            after(maker, entry, stands.get(subject.form.noun))
        relink(maker, subject.form, next(iter(subject.records.values())), values)
        if _DUE in values:
            _new_term(maker, subject, values[_DUE].strip())
        _keep_rules(maker, next(iter(subject.records.values())), next(iter(stands.values())))
        step.made = next(iter(subject.records.values())).id
    return step.result


def labels_of(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """How many records of each noun (by its label) these numbers of rows are, and how many rows only link them."""
    nouns = {**_NOUNS, **_KINDS}
    told = {FORMS[nouns[table]].label: n for table, n in counts.items() if table in nouns}
    notes = counts.get(Entry.TABLE, 0) - sum(n for table, n in counts.items() if table in _KINDS)
    rest = sum(n for table, n in counts.items() if table not in nouns and table != Entry.TABLE)
    return ({**told, FORMS[EntryKind.NOTE.value].label: notes} if notes > 0 else told), rest


def _case_of(session: Session, ref: str) -> str | None:
    """Case the record meant is in; None for one that is in none."""
    record = casework.record(session, ref)
    owner = cases.of_record(session.vault.connection, record.id)
    return (owner[1] or None) if owner else None


def _subject(session: Session, ref: str) -> _Subject:
    record = casework.record(session, ref)
    connection = session.vault.connection
    if isinstance(record, tuple(DETAILS.values())):
        record = timeline.one(connection, Entry, record.id) or record
    if isinstance(record, Entry):
        form = FORMS[record.kind.value]
        kind = DETAILS.get(record.kind)
        detail = timeline.one(connection, kind, record.id) if kind else None
        return _Subject(form, {"entry": record, **({form.noun: detail} if detail is not None else {})})
    if isinstance(record, Person | Case):
        return _with_name(session, record)
    noun = _NOUNS.get(record.TABLE)
    if noun is None:
        raise Refused(N_("This record cannot be changed by itself."))
    return _Subject(FORMS[noun], {noun: record})


def _with_name(session: Session, record: Person | Case) -> _Subject:
    """A person with his first name; a case with the person sought and his."""
    connection = session.vault.connection
    records: dict[str, Record] = {"case": record} if isinstance(record, Case) else {"person": record}
    if isinstance(record, Case):
        sought = people.sought(connection, record.id)
        names = people.own_names(connection, sought.id) if sought else []
        records |= {"person": sought} if sought else {}
    else:
        names = people.own_names(connection, record.id)
    return _Subject(FORMS[_NOUNS[record.TABLE]], records | ({"name": names[0]} if names else {}))


def _put(maker: Maker, prefix: str, record: Record, plain: Mapping[str, Plain | None]) -> Record:
    """The record with its part of the plain values, written when there are any."""
    names = {column.name for column in fields(record)}
    changed = {
        name: value
        for key, value in plain.items()
        for part, _, name in [key.partition(".")]
        if part == prefix and name in names
    }
    if isinstance(record, Entry) and "topics" in changed:
        given = changed["topics"]
        changed["topics"] = USUAL_TOPICS[record.kind] | (given if isinstance(given, frozenset) else frozenset())
    if not changed:
        return record
    made = _replaced(record, changed)
    maker.change.put(made)
    return made


def _replaced(record: Record, changed: Mapping[str, object]) -> Record:
    empties = {column.name: column.default for column in fields(record)}
    filled = {name: empties[name] if value is None else value for name, value in changed.items()}
    return replace(record, **filled)  # type: ignore[arg-type]  # names are checked against the record's own fields


def _emptied(subject: _Subject, values: Mapping[str, str]) -> dict[str, Plain | None]:
    emptied: dict[str, Plain | None] = {}
    for name, text in values.items():
        field = subject.form.field(name)
        if field is None or text.strip() or not field.column:
            continue
        if field.required:
            raise Refused(N_("“{noun}” needs: {fields}. Nothing was saved."), noun=subject.form.noun, fields=name)
        emptied[field.column] = None
    return emptied


def _amount(subject: _Subject, plain: Mapping[str, Plain | None], given: Mapping[str, str]) -> dict[str, Plain]:
    detail = subject.records.get(subject.form.noun)
    known = str(getattr(detail, "currency", ""))
    return amount_of(subject.form, {f"{subject.form.noun}.currency": known, **plain}, given)


def _renamed(record: Record, plain: Mapping[str, Plain | None], text: str) -> dict[str, Plain]:
    """A name as typed and its parts, by columns: two or three words of a legal name are read as its parts."""
    kind = plain.get("name.kind") or getattr(record, "kind", NameKind.LEGAL)
    entered = text or str(getattr(record, "entered", ""))
    parts = name_parts(entered, kind if isinstance(kind, NameKind) else NameKind.LEGAL)
    return {f"name.{part}": each for part, each in parts.items()}


def _keep_rules(maker: Maker, before: Record, record: Record) -> None:
    """What must hold of the names of people and places, and of own fields, whatever of them was changed."""
    if isinstance(before, CustomField) and isinstance(record, CustomField):
        custom.check_field(maker, before, record)
    elif isinstance(record, PlaceAlias):
        naming.check_alias(maker, record)
    elif isinstance(record, Case):
        naming.keep_bare_in(maker.session, record.id)
    else:
        naming.keep_bare(maker.session, record.person_id if isinstance(record, PersonName) else record.id)


def _new_term(maker: Maker, subject: _Subject, text: str) -> None:
    entry = subject.records.get("entry")
    if not isinstance(entry, Entry) or entry.kind is not EntryKind.PROMISE:
        raise Refused(N_("Only a promise has a due date. Nothing was saved."))
    terms = timeline.terms_of(maker.session.vault.connection, entry.id)
    last = terms[-1].due.edtf if terms else ""
    if not text and last:
        raise Refused(N_("A day that was said stays known. Write the new one in its place. Nothing was saved."))
    due = parse(text, maker.session.office.zone) if text else None
    if due is None or due.edtf == last:
        return
    maker.build(PromiseTerm, "term", {}, promise_id=entry.id, position=len(terms) + 1, due=due)


def _last_due(session: Session, promise_id: str) -> str:
    """The day said last for a promise; empty while none was."""
    terms = timeline.terms_of(session.vault.connection, promise_id)
    return terms[-1].due.edtf if terms else ""


def _value(subject: _Subject, field: Field) -> object:
    prefix, _, name = field.column.partition(".")
    return getattr(subject.records.get(prefix), name, None)


def _typed(field: Field, value: object, subject: _Subject) -> str:
    if field.kind is FieldType.AMOUNT and isinstance(value, int):
        return plain_amount(Money(value, str(getattr(subject.records[subject.form.noun], "currency", ""))))
    return next((write(value) for kind, write in _WRITERS if isinstance(value, kind)), "")


def _codes(value: object) -> str:
    chosen = value if isinstance(value, frozenset) else frozenset({value})
    return ", ".join(sorted(str(each.value) for each in chosen if isinstance(each, Coded)))


_WRITERS: tuple[tuple[type, Callable[[object], str]], ...] = (
    (PartialDate, lambda value: str(getattr(value, "edtf", ""))),
    (Coded, _codes),
    (frozenset, _codes),
    (bool, lambda value: "yes" if value else "no"),
    (str, str),
    (int, str),
)
