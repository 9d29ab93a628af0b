"""Further names of people and places: added, and taken away again as a change that can be taken back.

Every name a person has is masked, searched and taken out of texts as the first one is; what is taken away no longer is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.custom import CustomValue
from family_case.model.person import NameKind, PersonName
from family_case.model.place import PlaceAlias
from family_case.services import casework
from family_case.services.making import Maker, name_parts
from family_case.services.masking import refuse_names
from family_case.services.reading import place_of
from family_case.store import cases, people, places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.services.reading import Plain
    from family_case.services.session import Session

REMOVABLE = frozenset({"name", "alias", "value"})  # nouns of what can be taken away by itself
UNKNOWN = N_("Papers and search no longer know this name: read the texts in which it stands.")
_SAME = N_("“{name}” is a name of another place too. It was saved; check which of them is meant.")


def _whose(record: PersonName | PlaceAlias | CustomValue) -> str:
    if isinstance(record, PlaceAlias):
        return record.place_id
    return str(record.person_id or getattr(record, "case_id", ""))


def add_name(maker: Maker, plain: Mapping[str, Plain], values: Mapping[str, str]) -> str:
    """Give a person one more name; Refused for one he has, or that a code or alias of his cases tells."""
    connection, kind = maker.session.vault.connection, plain.get("name.kind", NameKind.LEGAL)
    parts = name_parts(values["name"], kind if isinstance(kind, NameKind) else NameKind.LEGAL)
    person = str(plain["name.person_id"])
    known = people.names_of(connection, person)
    if any((name.entered, name.kind) == (parts["entered"], kind) for name in known):
        raise Refused(N_("This person has the name “{name}” already. Nothing was saved."), name=parts["entered"])
    made = maker.build(PersonName, "name", plain, **parts).id
    keep_bare(maker.session, person)
    return made


def keep_bare(session: Session, person_id: str) -> None:
    """No code or alias of a case may tell a name of someone in it; Refused when one does."""
    for case_id in people.cases_of(session.vault.connection, person_id):
        keep_bare_in(session, case_id)


def keep_bare_in(session: Session, case_id: str) -> None:
    """The same of everyone in one case."""
    connection = session.vault.connection
    case = cases.by_id(connection, case_id)
    names = [name.entered for card in people.in_case(connection, case_id) for name in card.names]
    if case is not None:
        refuse_names((case.code, case.alias), names)


def add_alias(maker: Maker, plain: Mapping[str, Plain], _values: Mapping[str, str]) -> str:
    """Give a place one more name."""
    made = maker.build(PlaceAlias, "alias", plain)
    check_alias(maker, made)
    return made.id


def check_alias(maker: Maker, alias: PlaceAlias) -> None:
    """Refused for a bare number, which many places have; said when another place is called so too."""
    read = place_of("", alias.name)
    if read.number and not read.region:
        raise Refused(
            N_("“{name}” is a number that many places have: write it with its region. Nothing was saved."),
            name=alias.name,
        )
    if places.others_named(maker.session.vault.connection, alias.name, alias.place_id):
        maker.change.notes.append((_SAME, {"name": alias.name}))


def remove(session: Session, ref: str) -> Changes:
    """Take a name of a person, another name of a place or the content of an own field away; `made` is whose it was.

    Raises Refused for anything else.
    """
    record = casework.record(session, ref)
    if not isinstance(record, PersonName | PlaceAlias | CustomValue):
        raise Refused(N_("“{ref}” is not what this command takes away. Nothing was changed."), ref=ref)
    with session.vault.change(Reason.EDIT, session.actor) as change:
        change.restore(record.TABLE, record.id, None)
        if isinstance(record, PersonName):
            change.notes.append((UNKNOWN, {}))
        change.made = _whose(record)
    return change.result
