"""Reading a case's timeline: entries with what their kind adds, the people and numbers they name, terms and payments.

One query per table and case, put together here; nothing is read entry by entry.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from family_case.model.base import Record
from family_case.model.details import DETAILS, Detail
from family_case.model.endpoint import NEVER_LINKS, Endpoint
from family_case.model.entry import Conversation, EndpointUse, Entry, EntryPerson
from family_case.model.kinds import PromiseTerm
from family_case.model.place import Place
from family_case.model.views import NumberUse
from family_case.store.derived import counting_signs
from family_case.store.faults import translated
from family_case.store.people import as_one
from family_case.store.rows import THESE, column_names, from_values, load, these

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlcipher3 import dbapi2

    from family_case.model.entry import EntryKind

R = TypeVar("R", bound=Record)
_CASES_OF = (
    "SELECT endpoint_id, case_id FROM endpoint_use WHERE endpoint_id {0} AND case_id IS NOT NULL "
    "UNION SELECT p.endpoint_id, r.case_id FROM person_endpoint p JOIN role r USING (person_id) "
    "WHERE p.endpoint_id {0}"
)
_NUMBERED = THESE.replace("?", "?1")
_OTHER_CASES = (
    f"SELECT endpoint_id, count(*) FROM ({_CASES_OF.format(_NUMBERED)}) "  # noqa: S608 - our own constants
    "WHERE case_id <> ?2 GROUP BY endpoint_id"
)


def entries(connection: dbapi2.Connection, case_id: str) -> list[Entry]:
    """Entries of a case, oldest first; without a date by when they were recorded."""
    return load(connection, Entry, "case_id = ? ORDER BY happened_earliest, happened, recorded_ms", (case_id,))


def details(connection: dbapi2.Connection, entries: Iterable[Entry]) -> dict[str, Detail]:
    """What the kinds of these entries add, by entry id."""
    told: dict[EntryKind, list[str]] = defaultdict(list)
    for entry in entries:
        told[entry.kind].append(entry.id)
    return {
        each.id: each
        for kind in DETAILS
        if kind in told  # most cases tell of few kinds
        for each in load(connection, DETAILS[kind], f"id {THESE}", (these(told[kind]),))
    }


def conversations(connection: dbapi2.Connection, case_id: str) -> list[Conversation]:
    """Conversations about a case, oldest first."""
    order = "case_id = ? ORDER BY happened_earliest, happened, recorded_ms"
    return as_one(connection, load(connection, Conversation, order, (case_id,)), "person_id")


def people(connection: dbapi2.Connection, entries: Collection[str]) -> dict[str, list[EntryPerson]]:
    """Who is named in each of these entries."""
    named = load(connection, EntryPerson, f"entry_id {THESE} ORDER BY rowid", (these(entries),))
    return by(as_one(connection, named, "person_id"), "entry_id")


def terms(connection: dbapi2.Connection, promises: Collection[str]) -> dict[str, list[PromiseTerm]]:
    """Due dates ever said, by promise, first one first."""
    where = f"promise_id {THESE} ORDER BY promise_id, position"
    return by(load(connection, PromiseTerm, where, (these(promises),)), "promise_id")


def terms_of(connection: dbapi2.Connection, promise_id: str) -> list[PromiseTerm]:
    """Due dates ever said for one promise, first one first."""
    return load(connection, PromiseTerm, "promise_id = ? ORDER BY position", (promise_id,))


def places(connection: dbapi2.Connection, case_id: str) -> dict[str, Place]:
    """Places named in a case, by id."""
    where = "id IN (SELECT place_id FROM entry WHERE case_id = ?1 UNION SELECT held_at FROM case_file WHERE id = ?1)"
    return {place.id: place for place in load(connection, Place, where, (case_id,))}


def counting(connection: dbapi2.Connection, case_id: str, zone: str) -> set[str]:
    """Entries that count as a direct word."""
    with translated():
        return {entry_id for entry_id, _span in counting_signs(connection, case_id, zone)}


def numbers(connection: dbapi2.Connection, case_id: str, entries: Collection[str]) -> dict[str, list[NumberUse]]:
    """Numbers in these entries of a case, with how many other cases each occurs in (marks that never link give 0)."""
    uses = load(connection, EndpointUse, f"entry_id {THESE} ORDER BY rowid", (these(entries),))
    if not uses:
        return {}
    used = these({use.endpoint_id for use in uses})
    endpoints = {each.id: each for each in load(connection, Endpoint, f"id {THESE}", (used,))}
    with translated():
        others: dict[str, int] = dict(connection.execute(_OTHER_CASES, (used, case_id)).fetchall())
    found: dict[str, list[NumberUse]] = defaultdict(list)
    for use in uses:
        endpoint = endpoints[use.endpoint_id]
        found[use.entry_id].append(NumberUse(use, endpoint, others.get(endpoint.id, 0) if may_link(endpoint) else 0))
    return found


def cases_of(connection: dbapi2.Connection, endpoint_id: str) -> set[str]:
    """Cases a number occurs in: in an entry, or as the own number of someone with a role there (DOMAIN rule 6)."""
    with translated():
        return {case_id for _number, case_id in connection.execute(_CASES_OF.format("= ?1"), (endpoint_id,))}


def one(connection: dbapi2.Connection, kind: type[R], record_id: str) -> R | None:
    """Record of a class by its id."""
    if not record_id:
        return None
    sql = f"SELECT {', '.join(column_names(kind))} FROM {kind.TABLE} WHERE id = ?"  # noqa: S608 - our own names
    with translated():
        found = connection.execute(sql, (record_id,)).fetchone()
    return from_values(kind, found) if found else None


def by(records: Sequence[R], column: str) -> dict[str, list[R]]:
    """Records by what stands in one of their columns, '' for nothing."""
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        found[getattr(record, column) or ""].append(record)
    return found


def may_link(endpoint: Endpoint) -> bool:
    """Whether a shared number says anything: not when it is ours, a lawyer's, a hotline's or a wrong one."""
    return endpoint.mark not in NEVER_LINKS
