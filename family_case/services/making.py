"""Finds or makes the people, numbers and places an entry names, inside one open change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from family_case.i18n import N_
from family_case.model.background import Identifier, Source
from family_case.model.base import Record
from family_case.model.body import Body
from family_case.model.cohort import Cohort
from family_case.model.custom import CustomField
from family_case.model.endpoint import Endpoint, EndpointKind, PersonEndpoint
from family_case.model.entry import Conversation, Entry
from family_case.model.kinds import Promise
from family_case.model.person import NameKind, Person, PersonName, Role, RoleKind
from family_case.model.place import Place
from family_case.model.text import fold
from family_case.services import finders
from family_case.services.fields import FieldType, Form
from family_case.services.reading import Plain, endpoint_key, place_of
from family_case.services.session import Session
from family_case.store import people, places, timeline
from family_case.store.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

R = TypeVar("R", bound=Record)
_WORDS_OF_NAME = (2, 3)
_NAMING: tuple[type[Record], ...] = (PersonName, Role)  # what changes who is called what in a case
_ANYONE = frozenset({"role", "name", "value"})  # whose person may be one of another case
LINK_NOTE = N_(
    "The same number occurs in {count} cases. This does not show who used it: phones are shared, "
    "passed on and imitated."
)
CANDIDATES = N_("“{name}” has no region. It may be: {places}. It was not taken for any of them.")
# Which class of record a field of records names, and whether it has to be of the same case.
LINKED: dict[str, tuple[type[Record], bool]] = {
    "entry.conversation_id": (Conversation, True),
    "entry.source_id": (Source, False),
    "entry.cohort_id": (Cohort, False),
    "payment.promise_id": (Promise, True),
    "withholding.entry_id": (Entry, True),
    "withholding.identifier_id": (Identifier, True),
    "task.about_id": (Entry, True),
    "member.cohort_id": (Cohort, False),
    "source.origin_id": (Source, False),
    "alias.place_id": (Place, False),
    "value.field_id": (CustomField, False),
}


@dataclass(slots=True)
class Maker:
    """Makes records for one change in one case (None outside any case)."""

    session: Session
    change: Change
    case_id: str | None = None
    _named: list[tuple[str, str]] | None = None  # who is called what in the case, until someone is added

    def now_ms(self) -> int:
        """Time of the change, in UTC milliseconds."""
        return self.change.moment.utc_ms

    def build(self, record: type[R], prefix: str, plain: Mapping[str, Plain], /, **fixed: object) -> R:
        """Put a record made of the plain values whose column begins with `prefix`; a fresh id unless one is given."""
        make: Callable[..., R] = record
        mine = f"{prefix}."
        given = {column.removeprefix(mine): value for column, value in plain.items() if column.startswith(mine)}
        if "id" not in fixed:
            fixed["id"] = self.change.fresh_id(self.case_id)
        made = make(**{**given, **fixed})
        self.change.put(made)
        if record in _NAMING:
            self._named = None
        return made

    def known(self, text: str) -> str:
        """Id of someone already known; Refused otherwise."""
        return self._in_case(text) or finders.person_id(self.session, text, self.case_id)

    def anyone(self, text: str) -> str:
        """Id of someone known in the case, or in the whole vault by exactly this name; Refused otherwise."""
        return self._in_case(text) or finders.anyone(self.session, text) or self.known(text)

    def _in_case(self, text: str) -> str | None:
        if not self.case_id:
            return None
        if self._named is None:
            self._named = people.named(self.session.vault.connection, self.case_id)
        return finders.person_in(self._named, text)

    def claimed(self, text: str, role: RoleKind) -> str:
        """Id of someone in the case, or of a new person known only by what he called himself, with a claimed role."""
        found = self._in_case(text)
        if found is not None:
            return found
        person = self.build(Person, "person", {}, recorded_ms=self.now_ms())
        self.name(person.id, text, NameKind.CLAIMED)
        if self.case_id:
            self.build(Role, "role", {}, case_id=self.case_id, person_id=person.id, kind=role, claimed=True)
        self.change.notes.append(
            (N_("“{name}” was added to the case as a person who named himself so."), {"name": text.strip()})
        )
        return person.id

    def name(self, person_id: str, text: str, kind: NameKind, language: str = "") -> PersonName:
        """Give a person a name as typed.

        Three words of a legal name are read as family name, given name, patronymic.
        """
        return self.build(
            PersonName, "name", {}, person_id=person_id, kind=kind, language=language, **name_parts(text, kind)
        )

    def place(self, text: str) -> str:
        """Id of the place of this name, made when it is new."""
        found = finders.place_named(self.session, text)
        if found is None:
            place = place_of(self.change.fresh_id(), text)
            self.change.put(place)
            self.tell_candidates(place)
            return place.id
        return found

    def tell_candidates(self, place: Place) -> None:
        """Say which places a bare number may mean; none of them is taken for it."""
        may_be = finders.candidates(self.session, place)
        if may_be:
            self.change.notes.append((CANDIDATES, {"name": place.name, "places": "; ".join(p.name for p in may_be)}))

    def links(self, form: Form, values: Mapping[str, str]) -> dict[str, Plain]:
        """Ids of the places, bodies, people and records that a form's fields name, by column name.

        Places and bodies not known yet are made. Refused for a person or record that is none, or of another case.
        """
        found: dict[str, Plain] = {}
        for field in form.fields:
            text = values.get(field.name, "").strip()
            if not text or not field.column:
                continue
            if field.kind is FieldType.PLACE:
                found[field.column] = self.place(text)
            elif field.kind is FieldType.BODY:
                found[field.column] = self.body(text)
            elif field.kind is FieldType.PERSON:
                found[field.column] = self.anyone(text) if form.noun in _ANYONE else self.known(text)
            elif field.kind is FieldType.RECORD:
                kind, in_case = LINKED[field.column]
                found[field.column] = finders.record_id(self.session, text, kind, self.case_id if in_case else None)
        return found

    def body(self, text: str) -> str:
        """Id of the body of this name or id, made when it is new."""
        connection = self.session.vault.connection
        if timeline.one(connection, Body, text.strip()) is not None:
            return text.strip()
        wanted = fold(text)
        known = [body for body in places.bodies(connection) if wanted in (fold(body.name), fold(body.other_names))]
        return known[0].id if known else self.build(Body, "body", {}, name=" ".join(text.split())).id

    def endpoint(self, text: str, kind: EndpointKind | None = None) -> Endpoint:
        """Endpoint of this number or account, made when it is new; a note says when other cases know it."""
        kind, norm = endpoint_key(text, kind, self.session.office.phone_region)
        connection = self.session.vault.connection
        found = people.endpoint(connection, kind.value, norm)
        if found is None:
            return self.build(Endpoint, "endpoint", {}, kind=kind, raw=text.strip(), norm=norm)
        known = timeline.cases_of(connection, found.id) | ({self.case_id} if self.case_id else set())
        if len(known) > 1 and timeline.may_link(found):
            self.change.notes.append((LINK_NOTE, {"count": str(len(known))}))
        return found

    def own_number(self, person_id: str, text: str, kind: EndpointKind | None = None) -> Endpoint:
        """Endpoint that is this person's own."""
        endpoint = self.endpoint(text, kind)
        self.build(
            PersonEndpoint, "person_endpoint", {}, person_id=person_id, endpoint_id=endpoint.id, raw=text.strip()
        )
        return endpoint


def name_parts(text: str, kind: NameKind) -> dict[str, str]:
    """A name as typed and its parts: two or three words of a legal name are family name, given name and patronymic."""
    entered = " ".join(text.split())
    words = entered.split(" ")
    whole = kind is NameKind.LEGAL and len(words) in _WORDS_OF_NAME
    family, given, patronymic = [*words, ""][:3] if whole else ("", "", "")
    return {"entered": entered, "family": family, "given": given, "patronymic": patronymic}
