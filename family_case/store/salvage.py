"""Reading a damaged database as far as the cipher verifies it: whatever page is bad, the rows beside it are read.

SQLCipher gives nothing of a connection that has met a bad page, so a new one is made after each. A table is read along
its row numbers; where that fails, the next number behind the bad page is looked for. Where a page of the schema itself
is bad, the same page of a new, empty database under the same key takes its place: the schema is written first and never
changes, so both are the same. All of it works on a copy of the file.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from family_case.errors import Damaged, Problem
from family_case.files import PRIVATE_FILE, explain
from family_case.i18n import N_
from family_case.store import checks
from family_case.store.connection import connect, connect_damaged
from family_case.store.faults import translated
from family_case.store.migrations import demand_known, lengthen, migrate, stand_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from family_case.store.rows import Value

PAGE: Final = 4096
_ROWS_OF_A_PAGE = 40  # no more of ours lie on one; bounds how far the next good page is looked for
_NAMED = re.compile(r"page (\d+)")
_TABLES_AT_ONCE = 64  # each new connection reads the whole schema
_FILLER = 1 << 25  # bytes of one row that makes an empty database as long as another
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NOTHING = N_(
    "Nothing of this database can be read with this key: it belongs to another vault, or too little of it is left. "
    "Nothing was made; restore a backup."
)


def copy_what_reads(source: Path, target: Path) -> int:
    """Copy a file page by page to a new one, zeros for what the disk does not give; how many pages those are.

    Raises Unavailable when it cannot be opened, or `target` cannot be written.
    """
    mute = 0
    try:
        descriptor = os.open(source, _READ)
    except OSError as error:
        raise explain(error, source) from None
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as copy:
            for offset in range(0, os.fstat(descriptor).st_size, PAGE):
                page = _page(descriptor, offset)
                mute += page is None
                copy.write(page or bytes(PAGE))
    except OSError as error:
        raise explain(error, target) from None
    finally:
        os.close(descriptor)
    return mute


def _page(descriptor: int, offset: int) -> bytes | None:
    try:
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, PAGE)
    except OSError:  # a bad place of the disk; the next may be good
        return None


def bad_pages(path: Path, raw_key: str) -> frozenset[int]:
    """Numbers of the pages that the cipher does not verify."""
    with contextlib.closing(connect_damaged(path, raw_key)) as connection:
        return frozenset(
            int(found[0]) for told in checks.pages(connection) for found in [_NAMED.findall(told)] if found
        )


def with_its_log(database: Path, log: Path, raw_key: str) -> bool:
    """Work a log into a copy of the database, where it belongs to it; False, and nothing done, where it does not."""
    tried = database.with_name(f"{database.name}.tried")
    beside = tried.with_name(f"{tried.name}-wal")
    try:
        copy_what_reads(database, tried)
        log.replace(beside)
        before = len(bad_pages(tried, raw_key))
        with contextlib.closing(connect_damaged(tried, raw_key, writing=True)) as connection, translated():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        belongs = len(bad_pages(tried, raw_key)) <= before
    except Problem:
        belongs = False
    if belongs:
        tried.replace(database)
    for left in (tried, beside):
        left.unlink(missing_ok=True)
    return belongs


def mend_schema(database: Path, raw_key: str) -> int:
    """Put the pages of the schema that are bad in this copy back as every database of ours has them.

    Gives how many pages were bad, of the schema or not.

    Raises Damaged when the schema cannot be read even then, Refused when a newer program wrote it.
    """
    bad = bad_pages(database, raw_key)
    _whole_pages(database)
    if not _readable(database, raw_key):
        template = database.with_name(f"{database.name}.empty")
        try:
            _make_empty(template, raw_key, database.stat().st_size)
            for page in sorted(bad):
                if _is_of_schema(template, page, raw_key):
                    _put(database, page, _taken(template, page))
        finally:
            template.unlink(missing_ok=True)
        if not _readable(database, raw_key):
            raise Damaged(_NOTHING)
    with contextlib.closing(connect_damaged(database, raw_key)) as connection:
        demand_known(connection)
    return len(bad)


@dataclass(slots=True)
class Source:
    """A damaged database being read; `holes`: tables of which something could not be read."""

    path: Path
    raw_key: str = field(repr=False)
    pages: int
    bad: frozenset[int]
    holes: set[str] = field(default_factory=set)
    _connection: dbapi2.Connection = field(init=False, repr=False)
    _roots: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Open it."""
        self._connection = connect_damaged(self.path, self.raw_key)
        sql = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        with translated():
            self._roots = {name: int(root) for name, root in self._connection.execute(sql)}

    def rows(self, table: str, names: Sequence[str]) -> Iterator[tuple[Value, ...]]:
        """Every row of a table that can be read: the values of these columns."""
        said = ", ".join(f'"{name}"' for name in names)
        sql = f'SELECT _rowid_, {said} FROM "{table}" WHERE _rowid_ > ? ORDER BY _rowid_'  # noqa: S608 - our own names
        last: int | None = 0
        while last is not None:
            try:
                for number, *values in self._connection.execute(sql, (last,)):
                    last = number
                    yield tuple(values)
            except dbapi2.DatabaseError:
                self.holes.add(table)
                self._anew()
                last = self._behind(table, f"{sql} LIMIT 1", last or 0)
            else:
                return

    def adrift(self, width: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Number and `width` values of every row on any good page, also where nothing leads to the page any more.

        Whoever asks must know his own rows: they are of all tables, and shorter ones end in None. Nothing else of the
        source can be read afterwards.
        """
        names = [f"c{at}" for at in range(width)]
        good = [page for page in range(2, self.pages + 1) if page not in self.bad]
        for some in (good[at : at + _TABLES_AT_ONCE] for at in range(0, len(good), _TABLES_AT_ONCE)):
            self._connection.close()
            with contextlib.closing(connect_damaged(self.path, self.raw_key, writing=True)) as connection, translated():
                stand_on(connection, some, names)
            self._anew()
            for page in some:
                yield from self._page(page)

    def _page(self, page: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Rows of one page; none where it is no leaf of a table."""
        try:
            for number, *values in self._connection.execute(f"SELECT _rowid_, * FROM adrift_{page}"):  # noqa: S608 - ours
                yield number, tuple(values)
        except dbapi2.DatabaseError:
            self._anew()

    def close(self) -> None:
        """Close."""
        self._connection.close()

    def _behind(self, table: str, sql: str, last: int) -> int | None:
        """The first number after `last` behind which reading goes on; None: there is none."""
        if self._roots.get(table, 0) in self.bad or self._roots.get(table, 0) > self.pages:
            return None
        bad, good, step = last, last + 1, 1
        while not self._reads(sql, good):
            step += 1
            bad, good = good, good + 1 + step // 16  # slowly at first: the page behind may hold few
            if good > last + self.pages * _ROWS_OF_A_PAGE:
                return None
        while good - bad > 1:
            middle = (good + bad) // 2
            bad, good = (bad, middle) if self._reads(sql, middle) else (middle, good)
        return good

    def _reads(self, sql: str, number: int) -> bool:
        try:
            self._connection.execute(sql, (number,)).fetchall()
        except dbapi2.DatabaseError:
            self._anew()
            return False
        return True

    def _anew(self) -> None:
        self._connection.close()
        self._connection = connect_damaged(self.path, self.raw_key)


def _readable(path: Path, raw_key: str) -> bool:
    try:
        with contextlib.closing(connect_damaged(path, raw_key)) as connection:
            return bool(connection.execute("SELECT count(*), sum(length(sql)) FROM sqlite_master").fetchone()[0])
    except (dbapi2.DatabaseError, Damaged):
        return False


def _make_empty(path: Path, raw_key: str, size: int) -> None:
    """An empty database of ours under this key, said by its first page to be at least `size` bytes long."""
    path.unlink(missing_ok=True)
    with contextlib.closing(connect(path, raw_key)) as connection:
        migrate(connection)
        with translated():
            for _ in range(0, size, _FILLER):
                lengthen(connection, min(size, _FILLER))


def _is_of_schema(template: Path, page: int, raw_key: str) -> bool:
    """Whether this page is one of the schema's: the empty database cannot be read without it."""
    if page * PAGE > template.stat().st_size:
        return False
    whole = _taken(template, page)
    _put(template, page, bytes(PAGE))
    try:
        return not _readable(template, raw_key)
    finally:
        _put(template, page, whole)


def _taken(path: Path, page: int) -> bytes:
    with path.open("rb") as file:
        file.seek((page - 1) * PAGE)
        return file.read(PAGE)


def _put(path: Path, page: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(data)


def _whole_pages(path: Path) -> None:
    """Cut off the part of a page at the end: nothing of it verifies."""
    size = path.stat().st_size
    if size % PAGE:
        os.truncate(path, size - size % PAGE)
