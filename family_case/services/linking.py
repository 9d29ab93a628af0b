"""Who and what an entry names, which numbers and which bodies: linked when it is logged, changed when it is corrected.

These are records of their own beside the entry. Of each part a form knows one person or number, the first; what else
was linked under the same part stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.body import Body
from family_case.model.endpoint import PersonEndpoint
from family_case.model.entry import Conversation, EndpointUse, Entry, EntryKind, EntryPerson, Part
from family_case.model.person import NameKind, Person, PersonName, RoleKind
from family_case.model.step import StepBody, StepReply, StepTaken
from family_case.model.text import fold
from family_case.services.fields import FieldType
from family_case.services.making import name_parts
from family_case.store import people, timeline
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.model.base import Record
    from family_case.model.dates import PartialDate
    from family_case.services.fields import Field, Form
    from family_case.services.making import Maker
    from family_case.services.session import Session

BODIES = "bodies"
# Fields without a column whose records can be changed all the same, by noun.
_OWN = {"person": ("number", "latin"), "case": ("latin",), "conversation": ("with",), "step": (BODIES,)}


def relinkable(form: Form, field: Field) -> bool:
    """Whether the field names people, numbers or bodies that can be changed in what stands."""
    return field.name in _OWN.get(form.noun, ()) or (field.part is not None and form.noun != "conversation")


def link(maker: Maker, entry: Entry, field: Field, part: Part, text: str) -> None:
    """Have the entry name, in this part, the person or the number that `text` means; nothing when it is empty."""
    if not text.strip():
        return
    if field.kind is FieldType.NUMBER:
        endpoint = maker.endpoint(text)
        number = {"endpoint_id": endpoint.id, "part": part, "raw": text.strip()}
        maker.build(EndpointUse, "use", {}, entry_id=entry.id, case_id=entry.case_id, **number)
    else:
        maker.build(EntryPerson, "part", {}, entry_id=entry.id, person_id=_meant(maker, entry, field, text), part=part)


def ask(maker: Maker, step_id: str, since: PartialDate | None, names: str) -> list[StepBody]:
    """Have a step go to the bodies of these names (separated by semicolons), each with its own clock from `since`."""
    wanted = [name for name in names.split(";") if name.strip()]
    return [
        maker.build(StepBody, "asked", {}, step_id=step_id, body_id=maker.body(name), since=since) for name in wanted
    ]


def linked(session: Session, form: Form, record: Record) -> dict[str, str]:
    """What stands in the fields that `relinkable` names: ids of people, numbers as typed, names of bodies."""
    found = {
        field.name: _text(row)
        for field in form.fields
        if relinkable(form, field)
        for row in [_standing(session, field, record)]
        if row is not None
    }
    if isinstance(record, Entry) and record.kind is EntryKind.STEP:
        found[BODIES] = "; ".join(_named(session, each) for each in _asked(session, record.id))
    if isinstance(record, StepReply):
        asked = timeline.one(session.vault.connection, StepBody, record.step_body_id)
        found |= {"step": asked.step_id, "body": _named(session, asked)} if asked is not None else {}
    return found


def relink(maker: Maker, form: Form, record: Record, values: Mapping[str, str]) -> None:
    """Change what these fields name; an empty text lets it go.

    Raises Refused for a person who is not known, or when a body is let go that has answered already.
    """
    for field in form.fields:
        if field.name not in values or not relinkable(form, field):
            continue
        text = values[field.name].strip()
        if field.name == BODIES and isinstance(record, Entry):
            _ask_anew(maker, record, text)
        else:
            _relinked(maker, field, record, text)


def _relinked(maker: Maker, field: Field, record: Record, text: str) -> None:
    row = _standing(maker.session, field, record)
    if text == (_text(row) if row is not None else ""):
        return
    if isinstance(record, Conversation):
        maker.change.put(replace(_now(maker, record), person_id=maker.known(text) if text else None))
    elif row is not None and not text:
        maker.change.restore(row.TABLE, row.id, None)
    elif row is not None:
        maker.change.put(_changed(maker, field, record, row, text))
    elif isinstance(record, Entry) and field.part is not None:
        link(maker, record, field, field.part, text)
    elif field.kind is FieldType.NUMBER:
        maker.own_number(record.id, text)
    else:
        maker.name(_person(maker.session, record), text, NameKind.PASSPORT_LATIN)


def _now(maker: Maker, record: Conversation) -> Conversation:
    """The record as it stands in this change: other fields of it may have been put already."""
    return timeline.one(maker.session.vault.connection, Conversation, record.id) or record


def _changed(maker: Maker, field: Field, record: Record, row: Record, text: str) -> Record:
    if isinstance(row, EntryPerson) and isinstance(record, Entry):
        return replace(row, person_id=_meant(maker, record, field, text))
    if isinstance(row, PersonName):
        return replace(row, entered=name_parts(text, NameKind.PASSPORT_LATIN)["entered"])
    assert isinstance(row, EndpointUse | PersonEndpoint)  # noqa: S101 - what `_standing` gives
    return replace(row, endpoint_id=maker.endpoint(text).id, raw=text)


def _meant(maker: Maker, entry: Entry, field: Field, text: str) -> str:
    new = RoleKind.RECRUITER if entry.kind is EntryKind.OFFER else RoleKind.STRANGER
    return maker.claimed(text, new) if field.kind is FieldType.CLAIMED else maker.known(text)


def _standing(session: Session, field: Field, record: Record) -> Record | None:
    """The row behind a field now."""
    if isinstance(record, Conversation):
        return people.person(session.vault.connection, record.person_id) if record.person_id else None
    if isinstance(record, Entry) and field.part is not None:
        kind: type[Record] = EndpointUse if field.kind is FieldType.NUMBER else EntryPerson
        mine = "entry_id = ? AND part = ? ORDER BY rowid LIMIT 1"
        return next(iter(load(session.vault.connection, kind, mine, (record.id, str(field.part.value)))), None)
    if field.kind is FieldType.NUMBER:
        own = load(session.vault.connection, PersonEndpoint, "person_id = ? ORDER BY rowid LIMIT 1", (record.id,))
        return own[0] if own else None
    names = people.own_names(session.vault.connection, _person(session, record))
    return next((name for name in names if name.kind is NameKind.PASSPORT_LATIN), None)


def _person(session: Session, record: Record) -> str:
    """Id of the person a name belongs to: the record itself, or the person sought of a case."""
    if isinstance(record, Person):
        return record.id
    sought = people.sought(session.vault.connection, record.id)
    return sought.id if sought else ""


def _text(row: Record) -> str:
    if isinstance(row, EntryPerson):
        return row.person_id
    if isinstance(row, EndpointUse | PersonEndpoint):
        return row.raw
    return row.entered if isinstance(row, PersonName) else row.id


def _asked(session: Session, step_id: str) -> list[StepBody]:
    """Bodies a step itself went to; not those it was forwarded to."""
    return load(session.vault.connection, StepBody, "step_id = ? AND forwarded_from IS NULL ORDER BY rowid", (step_id,))


def _named(session: Session, asked: StepBody) -> str:
    body = timeline.one(session.vault.connection, Body, asked.body_id)
    return body.name if body is not None else ""


def _forwarded(session: Session, asked: StepBody) -> bool:
    return bool(load(session.vault.connection, StepBody, "forwarded_from = ?", (asked.id,)))


def _ask_anew(maker: Maker, entry: Entry, text: str) -> None:
    """Let go bodies that are no longer named, ask those that are new; who has answered stays asked."""
    session = maker.session
    wanted = {fold(name): name for name in text.split(";") if name.strip()}
    for asked in _asked(session, entry.id):
        name = _named(session, asked)
        if wanted.pop(fold(name), None) is not None:
            continue
        if load(session.vault.connection, StepReply, "step_body_id = ?", (asked.id,)) or _forwarded(session, asked):
            raise Refused(
                N_("“{body}” has answered to this step. Erase or take back its reply first. Nothing was saved."),
                body=name,
            )
        maker.change.restore(StepBody.TABLE, asked.id, None)
    step = timeline.one(session.vault.connection, StepTaken, entry.id)
    ask(maker, entry.id, (step.registered if step else None) or entry.happened, ";".join(wanted.values()))
