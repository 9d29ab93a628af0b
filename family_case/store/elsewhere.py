"""Looking up what belongs to other cases: which words, codes and numbers of one paper are somebody else's.

Asked by the words of the paper, never by all names of the vault: the trigram index and the unique indexes answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from family_case.model.endpoint import EndpointKind, EndpointMark
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlcipher3 import dbapi2

_AT_ONCE = 100  # parts of words in one query of the index
_NOT_PRIVATE = (EndpointMark.OURS, EndpointMark.LAWYER, EndpointMark.HOTLINE)
_HELD = """
SELECT k.record_table, k.record_id FROM search JOIN search_key k ON k.row = search.rowid
WHERE search MATCH ? AND k.record_table IN ('person_name', 'case_file')
"""
_NAMES = """
SELECT n.person_id, n.entered FROM json_each(?) JOIN person_name n ON n.id = value
WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = n.person_id AND r.case_id = ?) ORDER BY n.id
"""
_ALIASES = """
SELECT DISTINCT c.alias FROM json_each(?) JOIN case_file c ON c.id = value WHERE c.id <> ? AND c.alias <> '' ORDER BY 1
"""
_CODES = "SELECT code FROM case_file WHERE code IN (SELECT value FROM json_each(?)) AND id <> ? ORDER BY code"
_NUMBERS = """
SELECT e.norm FROM endpoint e
WHERE e.kind IN (SELECT value FROM json_each(?1)) AND e.norm IN (SELECT value FROM json_each(?2))
AND coalesce(e.mark, '') NOT IN (SELECT value FROM json_each(?3))
AND EXISTS (SELECT 1 FROM person_endpoint p WHERE p.endpoint_id = e.id)
AND NOT EXISTS (
  SELECT 1 FROM person_endpoint p JOIN role r USING (person_id) WHERE p.endpoint_id = e.id AND r.case_id = ?4)
AND NOT EXISTS (
  SELECT 1 FROM endpoint_use u JOIN entry t ON t.id = u.entry_id WHERE u.endpoint_id = e.id AND t.case_id = ?4)
ORDER BY e.norm
"""


def called(
    connection: dbapi2.Connection, case_id: str, parts: Collection[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """What of other cases holds, folded, one of these parts (of at least three letters): names and aliases.

    Each name as entered with the id of its person, who has no role in the case.
    """
    ordered = sorted(parts)
    found = set[tuple[str, str]]()
    with translated():
        for start in range(0, len(ordered), _AT_ONCE):
            said = " OR ".join('"' + part.replace('"', '""') + '"' for part in ordered[start : start + _AT_ONCE])
            found |= set(connection.execute(_HELD, (f"{{name}} : ({said})",)))
        names, cases = (
            json.dumps(sorted(row for held, row in found if held == table)) for table in ("person_name", "case_file")
        )
        people = connection.execute(_NAMES, (names, case_id)).fetchall()
        aliases = [alias for (alias,) in connection.execute(_ALIASES, (cases, case_id))]
    return people, aliases


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
