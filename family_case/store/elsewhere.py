"""Looking up what belongs to other cases: which words, codes and numbers of one paper are somebody else's.

Asked by the words of the paper, never by all names of the vault: the index of words and the unique indexes answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.endpoint import EndpointKind, EndpointMark
from family_case.store.faults import translated
from family_case.store.index import ALIAS, NAME

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlcipher3 import dbapi2

_MANY = 100  # names that one word may call before they are looked up no more
_AFTER = "\U0010ffff"  # sorts after every word
_NOT_PRIVATE = (EndpointMark.OURS, EndpointMark.LAWYER, EndpointMark.HOTLINE)
# From one word to the next that differs, so that a word of thousands is met once.
_WORDS = """
WITH RECURSIVE met(word) AS (
  SELECT min(word) FROM search_word WHERE sort = ?1 AND word >= ?2 AND word < ?3
  UNION ALL
  SELECT (SELECT min(word) FROM search_word WHERE sort = ?1 AND word > met.word AND word < ?3) FROM met
  WHERE met.word IS NOT NULL)
SELECT word FROM met WHERE word IS NOT NULL
"""
_OWN = """
SELECT k.row FROM (SELECT person_id FROM role WHERE case_id = ?1 UNION SELECT value FROM json_each(?2))
CROSS JOIN person_name n USING (person_id)
CROSS JOIN search_key k ON k.record_table = 'person_name' AND k.record_id = n.id
UNION SELECT row FROM search_key WHERE record_table = 'case_file' AND record_id = ?1
"""
_ROWS = "SELECT row FROM search_word WHERE sort = ? AND word = ? LIMIT ?"
_SAID = {
    NAME: "SELECT n.entered FROM search_key k JOIN person_name n ON n.id = k.record_id WHERE k.row = ?",
    ALIAS: "SELECT c.alias FROM search_key k JOIN case_file c ON c.id = k.record_id WHERE k.row = ?",
}
_CODES = "SELECT code FROM case_file WHERE code IN (SELECT value FROM json_each(?)) AND id <> ? ORDER BY code"
_NUMBERS = """
SELECT e.norm FROM endpoint e
WHERE e.kind IN (SELECT value FROM json_each(?1)) AND e.norm IN (SELECT value FROM json_each(?2))
AND coalesce(e.mark, '') NOT IN (SELECT value FROM json_each(?3))
AND EXISTS (SELECT 1 FROM person_endpoint p WHERE p.endpoint_id = e.id)
AND NOT EXISTS (
  SELECT 1 FROM person_endpoint p JOIN role r USING (person_id) WHERE p.endpoint_id = e.id AND r.case_id = ?4)
AND NOT EXISTS (SELECT 1 FROM endpoint_use u WHERE u.endpoint_id = e.id AND u.case_id = ?4)
ORDER BY e.norm
"""


@dataclass(frozen=True, slots=True)
class Called:
    """What of other cases is called by some words: as entered, and the folded words that call too many to look up."""

    entered: tuple[str, ...]
    common: frozenset[str]


def words(connection: dbapi2.Connection, sort: str, parts: Collection[str]) -> set[str]:
    """Folded words of names or of aliases (`sort`) in the whole vault that begin with one of these folded parts."""
    found = set[str]()
    before = _AFTER
    with translated():
        for part in sorted(parts):
            if not part.startswith(before):  # what begins with a longer part begins with the shorter one too
                before = part
                found.update(word for (word,) in connection.execute(_WORDS, (sort, part, part + _AFTER)))
    return found


def called(
    connection: dbapi2.Connection, case_id: str, people: Collection[str], sort: str, wanted: Collection[str]
) -> Called:
    """Names of people (or aliases of cases) that hold one of these folded words, as `words` gives them.

    Not of this case, nor of anyone with a role in it or among `people`. A word that calls more than a hundred is told
    as common instead: the work does not grow with how many share a name, and none of them is overlooked.
    """
    entered: dict[str, None] = {}
    common = set[str]()
    with translated():
        own = {row for (row,) in connection.execute(_OWN, (case_id, json.dumps(sorted(people))))}
        for word in sorted(wanted):
            rows = [row for (row,) in connection.execute(_ROWS, (sort, word, _MANY + len(own) + 1)) if row not in own]
            if len(rows) > _MANY:
                common.add(word)
                continue
            for row in rows:
                entered.update((said, None) for (said,) in connection.execute(_SAID[sort], (row,)) if said)
    return Called(tuple(entered), frozenset(common))


def codes(connection: dbapi2.Connection, case_id: str, wanted: Collection[str]) -> list[str]:
    """Those of the `wanted` codes that other cases have."""
    with translated():
        return [code for (code,) in connection.execute(_CODES, (json.dumps(sorted(wanted)), case_id))]


def numbers(connection: dbapi2.Connection, case_id: str, wanted: Collection[str]) -> list[str]:
    """Those of the `wanted` normalised numbers and accounts that are someone's own.

    Not of anyone in the case, not named in it as a number, and none of our office's, a lawyer's or a hotline's.
    """
    kinds, marks = json.dumps([kind.value for kind in EndpointKind]), json.dumps([each.value for each in _NOT_PRIVATE])
    with translated():
        found = connection.execute(_NUMBERS, (kinds, json.dumps(sorted(wanted)), marks, case_id))
        return [norm for (norm,) in found]
