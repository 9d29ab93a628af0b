"""The journal: append-only heads in a hash chain, salted payloads beside them (docs/vault-format.md).

A head says when, who, why and which row, and commits to its payload by SHA-256(salt + body); the chain runs over
heads only, so that a payload can be erased and the chain still holds. One change writes one head per touched row;
they share its number (`counter`). This file makes and reads lines; `change` writes them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.model.changes import Actor, HistoryItem, Reason
from family_case.model.findings import ACCEPTED
from family_case.store.faults import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlcipher3 import dbapi2

    from family_case.chance import Ids
    from family_case.store.rows import Row

GENESIS = "0" * 64
ALL = -1  # as a limit: no limit
_DIGITS = 18  # of a line's number: what the database can count
_ACCEPTED = tuple(dict.fromkeys(reason.value for reason in ACCEPTED.values()))
TAKING_BACK = frozenset({Reason.UNDO, Reason.REDO, Reason.REVERT})
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


# What a line says: table and id of a row, the case it belongs to, and the body of its payload.
Said = tuple[str, str, str, str]
NO_ROW: Said = ("", "", "", body_of(None, None))  # of a change that touched none


def lines(connection: dbapi2.Connection, shared: Row, said: Iterable[Said], ids: Ids) -> tuple[list[Row], list[Row]]:
    """Heads and payloads that say this next after what the journal holds; `shared` are the columns all heads share."""
    last = connection.execute("SELECT seq, hash FROM journal_head ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = last or (0, GENESIS)
    heads: list[Row] = []
    payloads: list[Row] = []
    for table, row_id, case_id, body in said:
        seq += 1
        salt = ids.salt().hex()
        head: Row = {
            "seq": seq, **shared, "table_name": table, "row_id": row_id, "case_id": case_id, "previous": previous,
            "payload_hash": payload_hash(salt, body),
        }  # fmt: skip
        head["hash"] = previous = head_hash(head)
        heads.append(head)
        payloads.append({"seq": seq, "salt": salt, "body": body})
    return heads, payloads


def accepted(connection: dbapi2.Connection) -> list[tuple[int, Reason]]:
    """When (UTC milliseconds) and of what someone said that he goes on with a vault that was not as it was left."""
    marks = ", ".join("?" * len(_ACCEPTED))
    sql = f"SELECT time_ms, reason FROM journal_head WHERE reason IN ({marks}) ORDER BY seq"  # noqa: S608 - marks only
    with translated():
        found = connection.execute(sql, _ACCEPTED).fetchall()
    return [(int(time_ms), Reason(reason)) for time_ms, reason in found]


_ERASED = (
    "SELECT table_name, row_id, max(seq) FROM journal_head WHERE reason IN ('erase', 'purge', 'rekey') GROUP BY 1, 2"
)


def breaks(connection: dbapi2.Connection) -> Iterator[Break]:
    """Every place where the chain or a payload does not hold; nothing when the journal is whole.

    A payload may be missing where a later head says that its row was erased, its older wordings, or its file's keys.
    """
    names = ", ".join(f"h.{name}" for name in (*CHAINED, "hash"))
    sql = f"SELECT {names}, p.salt, p.body FROM journal_head h LEFT JOIN journal_payload p USING (seq) ORDER BY seq"  # noqa: S608 - our own names
    previous, expected = GENESIS, 1
    with translated():
        erased = {(table, row_id): seq for table, row_id, seq in connection.execute(_ERASED)}
        for values in connection.execute(sql):
            *_, told, salt, body = values
            head: Row = dict(zip(CHAINED, values, strict=False))
            if head["seq"] != expected or head["previous"] != previous or head_hash(head) != told:
                yield Break(int(str(head["seq"])), "chain")
            if salt is None:
                if erased.get((head["table_name"], head["row_id"]), 0) <= int(str(head["seq"])):
                    yield Break(int(str(head["seq"])), "missing")
            elif payload_hash(salt, body) != head["payload_hash"]:
                yield Break(int(str(head["seq"])), "payload")
            previous, expected = told, int(str(head["seq"])) + 1


def items(
    connection: dbapi2.Connection, where: str, values: tuple[str | int, ...], limit: int = 1000
) -> list[HistoryItem]:
    """Journal lines, newest first; `where` is SQL of this package over head columns."""
    sql = (
        "SELECT h.seq, h.counter, h.time_ms, h.actor, h.reason, h.table_name, h.row_id, p.body FROM journal_head h "  # noqa: S608 - our own names
        f"LEFT JOIN journal_payload p USING (seq) WHERE {where} ORDER BY h.seq DESC LIMIT {int(limit)}"
    )
    with translated():
        return [_item(found) for found in connection.execute(sql, values)]


# Lines of a record and of what is part of it, by its id.
OF_RECORD = """
h.row_id = ?1 OR h.row_id IN (
  SELECT id FROM person_name WHERE person_id = ?1 UNION ALL SELECT id FROM person_endpoint WHERE person_id = ?1
  UNION ALL SELECT id FROM entry_person WHERE entry_id = ?1 UNION ALL SELECT id FROM endpoint_use WHERE entry_id = ?1
  UNION ALL SELECT id FROM attachment WHERE entry_id = ?1
  UNION ALL SELECT id FROM promise_term WHERE promise_id = ?1 UNION ALL SELECT id FROM step_body WHERE step_id = ?1
  UNION ALL SELECT r.id FROM step_body b JOIN step_reply r ON r.step_body_id = b.id WHERE b.step_id = ?1
  UNION ALL SELECT id FROM place_alias WHERE place_id = ?1)
"""


def _item(found: tuple[int, int, int, str, str, str, str, str | None]) -> HistoryItem:
    seq, counter, time_ms, actor, reason, table, row_id, body = found
    before, after = json.loads(body) if body is not None else (None, None)
    return HistoryItem(
        seq, counter, time_ms, Actor(actor), Reason(reason), table, row_id, before, after, body is not None
    )


def is_number(text: str) -> bool:
    """Whether a text can be the number of a journal line."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def standing(
    connection: dbapi2.Connection, since: int, *, ours: bool = False
) -> Iterator[tuple[int, Reason, int | None]]:
    """Changes after number `since` that have not been taken back, newest first: number, reason, what it took back.

    Whether a change stands follows from later ones alone: an undo that was itself taken back takes nothing back. With
    `ours` only those written on this copy: a restored one does not undo what was written on the one it comes from.
    """
    own = "AND copy_id = (SELECT copy_id FROM copy) " if ours else ""
    # grouped, not DISTINCT: it runs along the index and stops where the reader stops
    sql = (
        f"SELECT counter, reason, refers FROM journal_head WHERE counter > ? {own}"  # noqa: S608 - our own words
        "GROUP BY counter ORDER BY counter DESC"
    )
    gone: set[int] = set()
    with translated():
        for counter, code, refers in connection.execute(sql, (since,)):
            if counter not in gone:
                reason = Reason(code)
                if reason in TAKING_BACK:
                    gone.add(refers)
                yield int(counter), reason, refers


def newest_standing(connection: dbapi2.Connection, since: int) -> tuple[int, Reason] | None:
    """Number and reason of the newest change after `since` that an undo is for, or None."""
    for number, reason, _refers in standing(connection, since, ours=True):
        if reason not in (Reason.UNDO, Reason.REDO):
            return None if reason is Reason.CREATED else (number, reason)
    return None


def newest_undone(connection: dbapi2.Connection, since: int) -> tuple[int, Reason] | None:
    """The newest undo after `since` that stands, or None once anything else was written after it."""
    for number, reason, _refers in standing(connection, since, ours=True):
        if reason is not Reason.REDO:
            return (number, reason) if reason is Reason.UNDO else None
    return None


def head(connection: dbapi2.Connection) -> str:
    """Hash of the newest journal head: the snapshot a paper was taken from.

    Disclosures are passed over, so that printing a paper does not by itself make the next print another one.
    """
    sql = "SELECT hash FROM journal_head WHERE reason <> ? ORDER BY seq DESC LIMIT 1"
    with translated():
        found = connection.execute(sql, (Reason.DISCLOSE.value,)).fetchone()
    return str(found[0]) if found else GENESIS
