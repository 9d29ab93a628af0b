"""A new database made of what a damaged one still gives: its rows, its journal, and each where the other fails.

Rows and journal tell the same records, so a row whose page is bad comes back from its journal lines, and a record whose
lines are gone is told anew. What follows from the records (search index, derived state) is made anew. A line of the
journal that is lost stays lost: the chain shows the gap, and nothing is written into it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TypeVar

from family_case.errors import Bug, Problem
from family_case.model.changes import Actor, Reason
from family_case.model.records import BY_TABLE, RECORDS, columns
from family_case.store import checks, journal
from family_case.store.faults import translated
from family_case.store.rows import Key, Row, Value, column_names, from_values, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from family_case.model.base import Record
    from family_case.store.salvage import Source
    from family_case.store.vault import Vault

_AT_ONCE: Final = 500
_FEW: Final = 2000  # pages that are all looked at within seconds
_HEADS, _PAYLOADS = "journal_head", "journal_payload"
_KEPT_TOO: Final = (_HEADS, _PAYLOADS, "draft")
_TAKES_BACK: Final = frozenset(each.value for each in journal.TAKING_BACK)
_ERASING: Final = (Reason.ERASE.value, Reason.PURGE.value, Reason.REKEY.value)
_LINES = (
    "SELECT h.row_id, h.reason, h.case_id, p.body FROM journal_head h LEFT JOIN journal_payload p USING (seq) "
    "WHERE h.table_name = ? AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = h.row_id) ORDER BY h.row_id, h.seq"
)
_UNTOLD = (
    "SELECT DISTINCT h.table_name, h.row_id FROM journal_head h LEFT JOIN journal_payload p USING (seq) "
    "WHERE p.seq IS NULL AND h.table_name <> ''"
)
_COMMITTED = """
SELECT seq, payload_hash FROM journal_head h WHERE NOT EXISTS (
  SELECT 1 FROM journal_head e WHERE e.row_id = h.row_id AND e.table_name = h.table_name AND e.seq >= h.seq
  AND e.reason IN ('erase', 'purge', 'rekey'))
"""
_HASH, _SALT = 64, 32  # hex digits
_WIDEST: Final = max(len(column_names(kind)) for kind in RECORDS) + 1
_STRAY = "SELECT seq FROM journal_payload WHERE seq NOT IN (SELECT seq FROM journal_head)"
# More lines missing in a row than one page holds: something that led to whole pages of them is lost.
_GULF = """
WITH edge AS (SELECT max(seq) + 1 AS seq FROM (SELECT seq FROM journal_head UNION ALL SELECT seq FROM journal_payload))
SELECT 1 FROM (
  SELECT seq - lag(seq, 1, 0) OVER (ORDER BY seq) AS step FROM (SELECT seq FROM journal_head UNION SELECT seq FROM edge)
  UNION ALL
  SELECT seq - lag(seq, 1, 0) OVER (ORDER BY seq) FROM (SELECT seq FROM journal_payload UNION SELECT seq FROM edge)
) WHERE step > 40 UNION ALL SELECT 1 FROM edge WHERE seq IS NULL
"""
_GAPS = "SELECT coalesce(max(seq), 0) - count(*) FROM journal_head"
_HELD = """
SELECT count(*) FROM journal_head h LEFT JOIN journal_payload p USING (seq) WHERE p.seq IS NULL AND NOT EXISTS (
  SELECT 1 FROM journal_head e WHERE e.row_id = h.row_id AND e.table_name = h.table_name AND e.seq >= h.seq
  AND e.reason IN ('erase', 'purge', 'rekey'))
"""

T = TypeVar("T")
# Id of a case ('' for what is in none) -> table -> ids of rows.
Tally = dict[str, dict[str, set[str]]]


def _tally() -> Tally:
    return defaultdict(lambda: defaultdict(set))


@dataclass(slots=True)
class Mended:
    """What became of the records: those read, and by case those that came back from the journal or did not.

    `older`: came back, but a line that may have changed them later cannot be read. `let_go`: rows without what they
    belong to. `lines`: lines of the journal that are lost at least, `changes`: the newest ones, of which nothing is
    told; `office`: whether the vault's own row was read.
    """

    read: int = 0
    back: Tally = field(default_factory=_tally)
    older: Tally = field(default_factory=_tally)
    lost: Tally = field(default_factory=_tally)
    let_go: Tally = field(default_factory=_tally)
    codes: dict[str, str] = field(default_factory=dict)  # of the cases there are
    lines: int = 0
    changes: int = 0
    office: bool = True

    @property
    def saved(self) -> int:
        """How many records the new vault holds."""
        return self.read + count_of(self.back, self.older) - count_of(self.let_go)


def count_of(*tallies: Tally) -> int:
    """How many rows these are."""
    return sum(len(ids) for tally in tallies for tables in tally.values() for ids in tables.values())


def mend(source: Source, vault: Vault, actor: Actor) -> Mended:
    """Fill the bare `vault` with what `source` gives, and have its journal say so.

    The office in `vault` (its new copy id, and zone and language where the old cannot be read) is written down.
    """
    found = Mended()
    with translated():
        vault.connection.execute("PRAGMA foreign_keys = OFF").fetchall()
        for table in (*BY_TABLE, *_KEPT_TOO):
            _pour(source, vault, table, found)
        own = [
            dict(zip(_columns(vault, "copy"), each, strict=True))
            for each in source.rows("copy", _columns(vault, "copy"))
        ]
        gulf = source.pages < _FEW or vault.connection.execute(_GULF).fetchone()
        if source.holes & {_HEADS, _PAYLOADS} and gulf:
            _lines_adrift(source, vault)
        with vault.drafts() as change:
            change.blank([seq for (seq,) in vault.connection.execute(_STRAY)])
        found.changes = max(0, sum(int(row["counter"] or 0) for row in own) - _highest(vault))
        _bring_back(source, vault, found)
        _own_row(vault, own, found)
        found.codes = dict(vault.connection.execute("SELECT id, code FROM case_file").fetchall())
        found.lines = sum(int(vault.connection.execute(sql).fetchone()[0]) for sql in (_GAPS, _HELD))
        _without_parents(vault, found)
        _follow(vault)
        _tell_anew(vault, actor)
        vault.connection.execute("PRAGMA foreign_keys = ON").fetchall()
    return found


def _pour(source: Source, vault: Vault, table: str, found: Mended) -> None:
    names = _columns(vault, table)
    rows = source.rows(table, names)
    with vault.drafts() as change:
        while some := [dict(zip(names, values, strict=True)) for values in islice(rows, _AT_ONCE)]:
            change.lay(table, some)
            found.read += len(some) if table in BY_TABLE else 0


def _lines_adrift(source: Source, vault: Vault) -> None:
    """Lines of the journal on pages that nothing leads to any more: each proves by its hash that it is one."""
    names = (*journal.CHAINED, "hash")
    known = {seq for (seq,) in vault.connection.execute("SELECT seq FROM journal_head")}
    said = {seq for (seq,) in vault.connection.execute("SELECT seq FROM journal_payload")}
    heads, payloads = dict[int, Row](), dict[int, Row]()
    for seq, values in source.adrift(len(names) + 1):
        if seq not in known and len(str(values[-2])) == _HASH:
            head: Row = {**dict(zip(names, values, strict=False)), "seq": seq}
            if values[-1] is None and journal.head_hash(head) == head["hash"]:
                heads[seq] = head
        elif seq not in said and len(str(values[1])) == _SALT and isinstance(values[2], str) and values[3] is None:
            payloads[seq] = {"seq": seq, "salt": values[1], "body": values[2]}
    with vault.drafts() as change:
        change.lay(_HEADS, list(heads.values()))
    told = dict(vault.connection.execute(_COMMITTED).fetchall())
    with vault.drafts() as change:
        change.lay(_PAYLOADS, [row for seq, row in payloads.items() if _is_committed(row, told.get(seq))])


def _is_committed(payload: Row, told: str | None) -> bool:
    try:
        return journal.payload_hash(str(payload["salt"]), str(payload["body"])) == told
    except ValueError:  # no salt
        return False


def _bring_back(source: Source, vault: Vault, found: Mended) -> None:
    """Rows of the tables with holes, as the journal tells them; where it does not, from pages nothing leads to."""
    told: dict[Key, _Told] = {}
    for table in sorted(source.holes & BY_TABLE.keys()):
        lines = vault.connection.execute(_LINES.format(table=table), (table,)).fetchall()
        for row_id, group in groupby(lines, itemgetter(0)):
            each = _Told(table, list(group))
            if not each.gone:
                told[table, row_id] = each
    (gaps,) = vault.connection.execute(_GAPS).fetchone()
    unsure = bool(gaps or found.changes)  # a line that is lost may have been about any row
    doubtful = {key for key, each in told.items() if unsure or each.gap or not each.whole}
    there = _rows_adrift(source, doubtful) if doubtful else {}
    with vault.drafts() as change:
        for (table, row_id), each in sorted(told.items()):
            row = there.get((table, row_id)) or (each.row if each.whole else None)
            kept = (
                found.lost if row is None else found.older if each.gap and (table, row_id) not in there else found.back
            )
            kept[each.case_id][table].add(row_id)
            if row is not None:
                change.lay(table, [row])


def _rows_adrift(source: Source, wanted: set[Key]) -> dict[Key, Row]:
    """Those of these rows that stand on a page nothing leads to: known by their id, and that every value fits."""
    tables = defaultdict[str, list[str]](list)
    for table, row_id in wanted:
        tables[row_id].append(table)
    found: dict[Key, Row] = {}
    for _number, values in source.adrift(_WIDEST):
        for table in tables.get(str(values[0]), ()):
            names = column_names(BY_TABLE[table])
            own, rest = values[: len(names)], values[len(names) :]
            if not any(rest) and _fits(BY_TABLE[table], own):
                found[table, str(own[0])] = dict(zip(names, own, strict=True))
    return found


def _fits(kind: type[Record], values: tuple[Value, ...]) -> bool:
    try:
        record = from_values(kind, values)
        record.check()
        return tuple(to_row(record).values()) == values
    except (Problem, KeyError, ValueError, TypeError, Bug):
        return False


class _Told:
    """What the lines of one row leave: the row, whether it is gone, whether a line that may have changed it is lost."""

    def __init__(self, table: str, lines: Iterable[tuple[str, str, str, str | None]]) -> None:
        self._names = column_names(BY_TABLE[table])
        self.row: Row | None = None
        self.gone, self.gap, self.case_id = False, False, ""
        for _row_id, reason, case_id, body in lines:
            self.case_id = case_id or self.case_id
            if reason in _ERASING and body is None:
                self.gap, self.gone = True, reason == Reason.ERASE.value
            elif body is None:
                self.gap, self.gone = True, reason in _TAKES_BACK  # it may have taken the row away: not brought back
            else:
                self._hear(*json.loads(body))

    @property
    def whole(self) -> bool:
        """Whether every column is told."""
        return self.row is not None and self.row.keys() == set(self._names)

    def _hear(self, before: Row | None, after: Row | None) -> None:
        self.gone = after is None
        if before is None:
            self.gap = False
        self.row = None if after is None else {**(self.row or {}), **after}


def _highest(vault: Vault) -> int:
    return int(vault.connection.execute("SELECT coalesce(max(counter), 0) FROM journal_head").fetchone()[0])


def _own_row(vault: Vault, own: list[Row], found: Mended) -> None:
    """The row that names this copy: office, counters and backups as they were, under its new copy id."""
    names, office = _columns(vault, "copy"), asdict(vault.office)
    found.office = bool(own)
    bare = {**dict.fromkeys(names), **office, "id": 1, "backup_places": "[]", "backup_place": ""}
    row: Row = {**own[0], "copy_id": office["copy_id"]} if own else bare
    row |= {name: max(int(row[name] or 0), _highest(vault)) for name in ("counter", "commit_seq")}
    with vault.drafts() as change:
        change.lay("copy", [row])


def _columns(vault: Vault, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in vault.connection.execute(f'PRAGMA table_info("{table}")'))


def _without_parents(vault: Vault, found: Mended) -> None:
    """Rows that belong to one that is lost: the link goes where it may be empty, else the row, and it is counted."""
    while astray := _astray(vault):
        empty = {(table, row_id, column) for table, row_id, column in astray if _may_be_empty(table, column)}
        gone = {(table, row_id) for table, row_id, column in astray if not _may_be_empty(table, column)}
        for table, row_id in gone:
            (case_id,) = vault.connection.execute(
                "SELECT coalesce(max(case_id), '') FROM journal_head WHERE table_name = ? AND row_id = ?",
                (table, row_id),
            ).fetchone()
            found.let_go[case_id][table].add(row_id)
        with vault.drafts() as change:
            for table, row_id in sorted(gone):
                change.restore(table, row_id, None)
            change.empty(each for each in empty if each[:2] not in gone)


def _astray(vault: Vault) -> list[tuple[str, str, str]]:
    """Table, id and column of each link of a record to one that is not there."""
    found = []
    for table, number, _parent, link in vault.connection.execute("PRAGMA foreign_key_check").fetchall():
        if table in BY_TABLE:
            row = vault.connection.execute(f'SELECT id FROM "{table}" WHERE _rowid_ = ?', (number,)).fetchone()  # noqa: S608 - ours
            links = vault.connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            found += [(table, str(row[0]), str(each[3])) for each in links if each[0] == link]
    return found


def _may_be_empty(table: str, column: str) -> bool:
    hint, _privacy = columns(BY_TABLE[table])[column]
    return type(None) in getattr(hint, "__args__", ())


def _follow(vault: Vault) -> None:
    """What follows from the records: search index and derived state."""
    for table, kind in BY_TABLE.items():
        for rows in _some(vault, table, column_names(kind)):
            with vault.drafts() as change:
                change.index_anew(table, rows)
    (zone,) = vault.connection.execute("SELECT zone FROM copy").fetchone()
    cases = [case_id for (case_id,) in vault.connection.execute("SELECT id FROM case_file")]
    for some in _cut(cases):
        with vault.drafts() as change:
            for case_id in some:
                change.derive_anew(case_id, str(zone))


def _tell_anew(vault: Vault, actor: Actor) -> None:
    """Have the journal say of each record whose lines do not lead to it how it stands, and that there was a repair."""
    keys = set(checks.unjournalled(vault.connection))
    keys |= {key for key in vault.connection.execute(_UNTOLD) if _is_there(vault, key)}
    for some in _cut(sorted(keys)) or [[]]:
        with vault.change(Reason.REPAIR, actor) as change:
            change.restate(some)


def _is_there(vault: Vault, key: Key) -> bool:
    table, row_id = key
    if table not in BY_TABLE:
        return False
    return vault.connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)).fetchone() is not None  # noqa: S608 - ours


def _some(vault: Vault, table: str, names: tuple[str, ...]) -> Iterator[list[Row]]:
    ids = [row_id for (row_id,) in vault.connection.execute(f'SELECT id FROM "{table}" ORDER BY _rowid_')]  # noqa: S608 - ours
    sql = f'SELECT {", ".join(names)} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608 - ours
    for some in _cut(ids):
        rows = vault.connection.execute(sql, (json.dumps(some),))
        yield [dict(zip(names, values, strict=True)) for values in rows]


def _cut(whole: list[T]) -> list[list[T]]:
    return [whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE)]
