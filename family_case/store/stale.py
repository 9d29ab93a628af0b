"""Which parts of which cases' derived state no longer hold after a change: asked once all its rows are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.store.derived import ALL, DUE, TALK, WORD

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from sqlcipher3 import dbapi2

    from family_case.store.owners import Touch
    from family_case.store.rows import Key, Row, Value

# What of a case's state a written row can change; an entry by its kind. Tables that are not here change nothing of it.
_CONCERNS: dict[str, frozenset[str]] = {
    "case_file": ALL,
    "sign_of_life": frozenset({WORD}),
    "endpoint_use": frozenset({WORD}),
    "conversation": frozenset({TALK}),
    "role": frozenset({TALK}),
    "person": frozenset({TALK}),  # whose records are one person's
    "promise": frozenset({DUE}),
    "promise_term": frozenset({DUE}),
    "payment": frozenset({DUE}),
}
_BY_KIND = {"sign": frozenset({WORD}), "promise": frozenset({DUE}), "payment": frozenset({DUE})}
_SIGNS = ("entry", "sign_of_life")
_NUMBERS = "SELECT endpoint_id FROM endpoint_use WHERE entry_id = ?"
_THROUGH = """
SELECT DISTINCT v.case_id FROM endpoint_use v JOIN sign_of_life s ON s.id = v.entry_id WHERE v.endpoint_id = ?
"""
_TALKS = "SELECT DISTINCT case_id FROM conversation WHERE person_id IN (SELECT other FROM same_person WHERE id = ?)"


def stale(
    connection: dbapi2.Connection, touched: Mapping[Key, Touch], owners: Mapping[Key, set[str]], fresh: Container[str]
) -> dict[str, frozenset[str]]:
    """Parts that may have changed, by case; `owners` are the cases of each row, `fresh` ids nothing had before."""
    found: dict[str, frozenset[str]] = {}
    signs: set[str] = set()
    numbers: set[str] = set()
    for key, touch in touched.items():
        table, row_id = key
        parts = frozenset[str]().union(*(_concerns(table, row) for row in touch.rows))
        found |= {case: parts | found.get(case, frozenset()) for case in owners[key] if parts}
        if table == "endpoint_use":
            numbers.update(str(row["endpoint_id"]) for row in touch.rows)
        elif table in _SIGNS and WORD in parts and row_id not in fresh:
            signs.add(row_id)  # the numbers of one written just now are written just now
    for case in _also_touched(connection, signs, numbers):
        found[case] = found.get(case, frozenset()) | {WORD}
    for case in _spoken_with(connection, _joined(touched)):
        found[case] = found.get(case, frozenset()) | {TALK}
    return found


def _concerns(table: str, row: Row) -> frozenset[str]:
    """Which parts of its case's state a row can change."""
    if table == "entry":
        return _BY_KIND.get(str(row["kind"]), frozenset())
    return _CONCERNS.get(table, frozenset())


def _also_touched(connection: dbapi2.Connection, entries: Iterable[str], endpoints: Iterable[str]) -> set[str]:
    """Cases with a sign through one of these numbers, or through a number of these entries.

    Their last direct word may change too.
    """
    numbers = set(endpoints).union(*(_only(connection, _NUMBERS, entry) for entry in entries))
    return {case for number in numbers for case in _only(connection, _THROUGH, number) if case}


def _spoken_with(connection: dbapi2.Connection, person_ids: Iterable[str]) -> set[str]:
    """Cases with a talk with one of these people: whom it was with may have become, or ceased to be, another's."""
    return {case for person in person_ids for case in _only(connection, _TALKS, person) if case}


def _joined(touched: Mapping[Key, Touch]) -> set[str]:
    """Ids of the people who were joined with another one or told apart, on both sides."""
    found: set[Value] = set()
    for (table, row_id), touch in touched.items():
        if table == "person":
            with_whom = {row["merged_into"] if row else None for row in touch}
            found |= {row_id, *with_whom} if len(with_whom) > 1 else set()
    return {str(each) for each in found if each}


def _only(connection: dbapi2.Connection, sql: str, value: str) -> list[str]:
    return [found for (found,) in connection.execute(sql, (value,))]
