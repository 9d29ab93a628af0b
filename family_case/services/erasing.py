"""Erasing for good: a case, a person, one record; or only the older wordings of a record (a slip of the pen).

Rows, search, drafts and what the journal held go; the journal's heads stay and say that something was erased. It
cannot be taken back. What free text still says of a person cannot be erased by rule: those texts are listed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.case import Case
from family_case.model.changes import Reason
from family_case.model.entry import Entry, Part
from family_case.model.person import Person
from family_case.model.promises import PromiseState
from family_case.services import casework, finders, holding
from family_case.services.forgetting import forgetting
from family_case.services.masking import mask_for
from family_case.store import background, belonging, cases, erasure, journal, past, people

OPEN = frozenset(PromiseState) - {PromiseState.KEPT, PromiseState.WITHDRAWN}  # of which something is to be kept yet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from family_case.store.erasure import Reach
    from family_case.store.rows import Key


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure would take: the record meant, rows by table, cases touched.

    Of a person also: ids of the texts that will still name him, and of his promises that are still open.
    """

    table: str
    record_id: str
    counts: dict[str, int]
    cases: tuple[str, ...]
    still_naming: tuple[str, ...]
    open_promises: tuple[str, ...] = ()


def plan(session: Session, ref: str) -> Plan:
    """What erasing `ref` (a case's code, a person's id or name, the id of any record) would take; nothing is written.

    Raises Refused for what is unknown, for a name that fits several people, and for the person sought of a case
    (then the case is what to erase).
    """
    key = _meant(session, ref)
    return _planned(session, key, _reach(session, key))


def erase(session: Session, ref: str) -> Changes:
    """Erase what `plan` told; the notes tell which known backups still hold it.

    Raises as `plan` does and while a legal hold is in force, and writes nothing then.
    """
    key = _meant(session, ref)
    reach = _reach(session, key)
    planned = _planned(session, key, reach)
    _demand_no_hold(session, planned.cases)
    with forgetting(session, Reason.ERASE, reach.gone) as change:
        change.empty(reach.emptied)
        change.erase(reach.gone)
        change.blank(reach.lines)
        for case_id in (*planned.cases, ""):
            change.drop_all_drafts(case_id)
        change.made = key[1]
    held = holding.still_holding(session, reach.gone)
    return replace(change.result, cases=frozenset(planned.cases), notes=held)


def purge(session: Session, ref: str) -> Changes:
    """Erase the older wordings of a record from the journal; of one that was taken back, all that is left of it.

    `ref` is the record's id, or the number of a journal line that tells of it. Refused when it is neither, and when
    there is nothing older: what stands is changed or taken back first, or erased.
    """
    key = _recorded(session, ref.strip())
    connection = session.vault.connection
    keys = erasure.satellites(connection, key)
    _demand_no_hold(session, _touched(session, key))
    with forgetting(session, Reason.PURGE, keys) as change:
        standing = {each for each in keys if change.current(*each) is not None}
        told = {each: erasure.lines_of(connection, each) for each in keys}
        changed = {each for each in standing if len(told[each]) > 1}
        past = {each for each in keys - standing if told[each]}
        if not changed and not past:
            raise Refused(
                N_("Nothing older is kept of this record. Correct it or take it back first, or erase it. It was kept.")
            )
        change.restate(changed)
        change.erase(past)
        change.blank(seq for each in changed | past for seq in told[each])
        change.made = key[1]
    return replace(change.result, notes=holding.still_holding(session, changed | past))


def _meant(session: Session, ref: str) -> Key:
    connection, wanted = session.vault.connection, ref.strip()
    found = cases.by_code(connection, wanted)
    if found is not None:
        return Case.TABLE, found.id
    record = cases.of_record(connection, wanted) if wanted else None
    if record is not None:
        return record[0], wanted
    named = finders.anyone(session, wanted)
    if named is None:
        raise Refused(N_("There is no case, no record and nobody called “{ref}” in this vault."), ref=ref)
    return Person.TABLE, named


def _reach(session: Session, key: Key) -> Reach:
    connection = session.vault.connection
    roots = {key}
    if key[0] == Person.TABLE:
        _demand_not_sought(session, key[1])
        records = {each.id for each in people.records_of(connection, key[1])} | {key[1]}
        roots |= {(Person.TABLE, each) for each in records} | erasure.own_numbers(connection, records)
    return erasure.reach(connection, roots)


def _demand_not_sought(session: Session, person_id: str) -> None:
    for case_id in people.sought_in(session.vault.connection, person_id):
        case = cases.by_id(session.vault.connection, case_id)
        raise Refused(
            N_("This is the person sought in {code}. Erase the case, and he goes with it. Nothing was erased."),
            code=case.code if case else "",
        )


def _planned(session: Session, key: Key, reach: Reach) -> Plan:
    connection = session.vault.connection
    table, record_id = key
    if table == Person.TABLE:
        touched = tuple(people.named_in(connection, record_id))
        naming, promised = (
            tuple(_still_naming(session, record_id, touched)),
            _open_promises(session, record_id, touched),
        )
    else:
        touched, naming, promised = _touched(session, key), (), ()
    return Plan(table, record_id, dict(Counter(each for each, _row in sorted(reach.gone))), touched, naming, promised)


def _touched(session: Session, key: Key) -> tuple[str, ...]:
    """Ids of the cases a record belongs to, or belonged to before it was taken back."""
    connection = session.vault.connection
    found = belonging.cases_of_record(connection, *key)
    if found is None:
        then = past.case_then(connection, key[1])
        return (then,) if then else ()
    return tuple(sorted(found))


def _demand_no_hold(session: Session, touched: tuple[str, ...]) -> None:
    """Refused while a legal hold on one of these cases is in force (DOMAIN rule 13); it is lifted first, by hand."""
    today = session.today()
    for case_id in touched:
        held = [each for each in background.holds(session.vault.connection, case_id) if each.holds_on(today)]
        if held:
            case = cases.by_id(session.vault.connection, case_id)
            raise Refused(
                N_("A legal hold on {code} is in force ({reason}). Nothing was erased; lift the hold first."),
                code=case.code if case else "",
                reason=held[0].reason,
            )


def _still_naming(session: Session, person_id: str, touched: tuple[str, ...]) -> Iterator[str]:
    """Ids of the entries and conversations of these cases whose text names the person, and of files called by it.

    What a file shows inside nobody can look through.
    """
    names = [name.entered for name in people.names_of(session.vault.connection, person_id)]
    mask = mask_for(names, [], [])
    for case_id in touched:
        page = casework.page(session, case_id)
        yield from (each.id for each in page.background.attachments if mask.clean(each.name) != each.name)
        for item in page.timeline:
            told = item.entry or item.conversation
            texts = [getattr(told, column, "") for column in ("text", "words", "translation", "in_the_room")]
            if any(mask.clean(text) != text for text in texts):
                yield item.id


def _open_promises(session: Session, person_id: str, touched: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the promises by this person in these cases of which something is still to be kept."""
    same = people.one(session.vault.connection, person_id)
    return tuple(
        item.id
        for case_id in touched
        for item in casework.page(session, case_id).timeline
        if (Part.BY, same) in {(part, person) for part, person, _name in item.people}
        and item.standing
        and item.standing.state in OPEN
    )


def _recorded(session: Session, ref: str) -> Key:
    """Table and id of a record, standing or taken back, by its id or the number of a journal line."""
    connection = session.vault.connection
    where, value = ("h.seq = ?", int(ref)) if journal.is_number(ref) else ("h.row_id = ?", ref)
    found = [item for item in journal.items(connection, where, (value,), 1) if item.table]
    if not found:
        raise Refused(N_("“{value}” is neither the number of a line of the history nor the id of a record."), value=ref)
    told = journal.items(connection, "h.row_id = ?", (found[0].row_id,), journal.ALL)
    tables = {item.table for item in told}  # an entry and what its kind adds share an id, and are one record to people
    return (Entry.TABLE if Entry.TABLE in tables else found[0].table), found[0].row_id
