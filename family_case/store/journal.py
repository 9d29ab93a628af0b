"""The journal: append-only heads in a hash chain, salted payloads beside them (docs/vault-format.md).

A head says when, who, why and which row, and commits to its payload by SHA-256(salt + body); the chain runs over
heads only, so that a payload can be erased and the chain still holds. One change writes one head per touched row;
they share its number (`counter`). This file computes and reads; `change` writes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.changes import Actor, HistoryItem, Reason
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlcipher3 import dbapi2

    from family_case.store.rows import Row

GENESIS = "0" * 64
ALL = -1  # as a limit: no limit
CHAINED = (
    "seq", "copy_id", "counter", "time_ms", "offset_min", "actor", "reason", "refers", "schema", "table_name", "row_id",
    "case_id", "previous", "payload_hash",
)  # fmt: skip
_BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_HEAD = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the journal does not hold: the entry's number and a code (chain, payload, missing)."""

    seq: int
    what: str


def body_of(before: Row | None, after: Row | None) -> str:
    """Canonical JSON of a row before and after; only the columns that differ when both exist."""
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        before, after = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    return _BODY.encode([before, after])


def payload_hash(salt: str, body: str) -> str:
    """Commitment of a head to its payload: SHA-256 over the salt (hex, decoded) and the body's UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def head_hash(head: Row) -> str:
    """Hash of a head: SHA-256 over the JSON array of its chained columns in order."""
    return hashlib.sha256(_HEAD.encode([head[name] for name in CHAINED]).encode()).hexdigest()


def breaks(connection: dbapi2.Connection) -> Iterator[Break]:
    """Every place where the chain or a payload does not hold; nothing when the journal is whole."""
    names = ", ".join(f"h.{name}" for name in (*CHAINED, "hash"))
    sql = f"SELECT {names}, p.salt, p.body FROM journal_head h LEFT JOIN journal_payload p USING (seq) ORDER BY seq"  # noqa: S608
    previous, expected = GENESIS, 1
    with translated():
        for values in connection.execute(sql):
            *_, told, salt, body = values
            head: Row = dict(zip(CHAINED, values, strict=False))
            if head["seq"] != expected or head["previous"] != previous or head_hash(head) != told:
                yield Break(int(str(head["seq"])), "chain")
            if salt is None:
                yield Break(int(str(head["seq"])), "missing")
            elif payload_hash(salt, body) != head["payload_hash"]:
                yield Break(int(str(head["seq"])), "payload")
            previous, expected = told, int(str(head["seq"])) + 1


def items(
    connection: dbapi2.Connection, where: str, values: tuple[str | int, ...], limit: int = 1000
) -> list[HistoryItem]:
    """Journal lines, newest first; `where` is SQL of this package over head columns."""
    sql = (
        "SELECT h.seq, h.counter, h.time_ms, h.actor, h.reason, h.table_name, h.row_id, p.body FROM journal_head h "  # noqa: S608
        f"LEFT JOIN journal_payload p USING (seq) WHERE {where} ORDER BY h.seq DESC LIMIT {int(limit)}"
    )
    with translated():
        return [_item(found) for found in connection.execute(sql, values)]


def _item(found: tuple[int, int, int, str, str, str, str, str | None]) -> HistoryItem:
    seq, counter, time_ms, actor, reason, table, row_id, body = found
    before, after = json.loads(body) if body is not None else (None, None)
    return HistoryItem(
        seq, counter, time_ms, Actor(actor), Reason(reason), table, row_id, before, after, body is not None
    )


def newest_standing(connection: dbapi2.Connection, since: int) -> tuple[int, Reason] | None:
    """Number and reason of the newest change after `since` that is no undo and has not been undone, or None.

    Only of this copy: a restored one does not take back what was written on the one it comes from.
    """
    sql = (
        "SELECT DISTINCT counter, reason, refers FROM journal_head WHERE counter > ? "
        "AND copy_id = (SELECT copy_id FROM copy) ORDER BY counter DESC"
    )
    undone: set[int] = set()
    with translated():
        for counter, reason, refers in connection.execute(sql, (since,)):
            if reason == Reason.UNDO.value:
                undone.add(refers)
            elif counter not in undone and reason != Reason.CREATED.value:
                return int(counter), Reason(reason)
    return None


def head(connection: dbapi2.Connection) -> str:
    """Hash of the newest journal head: the snapshot a paper was taken from.

    Disclosures are passed over, so that printing a paper does not by itself make the next print another one.
    """
    sql = "SELECT hash FROM journal_head WHERE reason <> ? ORDER BY seq DESC LIMIT 1"
    with translated():
        found = connection.execute(sql, (Reason.DISCLOSE.value,)).fetchone()
    return str(found[0]) if found else GENESIS
