"""A vault and what a person expects of it, side by side, for a machine that does anything in any order."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from family_case.chance import SeededIds, SetClock
from family_case.errors import Refused
from family_case.model.changes import Actor
from family_case.model.records import RECORDS
from family_case.services import finding, intake, safekeeping
from family_case.services.known import known_on
from family_case.services.session import Session, unlock
from family_case.store.rows import column_names
from family_case.store.takeback import InTheWay
from tests.expected import Expected, Key, No, Row
from tests.vaults import PASSPHRASE, another_computer, clock_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.model.changes import Changes

NUMBERS = ("+79160000001", "+79160000002", "+79160000003")
PICK = st.integers(0, 1000)
LETTERS = "bdfglmnprtvz"  # which the search does not take for one another
Wanted = list[tuple[str, Row]]


def words() -> list[str]:
    """Words that stand in no text of the program, one for every field that is written."""
    return [f"zqzq{''.join(letters)}" for letters in product(LETTERS, repeat=3)]


def rows_of(session: Session) -> dict[Key, Row]:
    """Every record row of the vault."""
    found: dict[Key, Row] = {}
    for kind in RECORDS:
        names = column_names(kind)
        for row in session.vault.connection.execute(f"SELECT {', '.join(names)} FROM {kind.TABLE}"):
            found[kind.TABLE, str(row[names.index("id")])] = dict(zip(names, row, strict=True))
    return found


def everything(session: Session) -> str:
    """All that the vault's tables hold, as text."""
    connection = session.vault.connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(repr(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)


class Desk(RuleBasedStateMachine):
    """A vault, what is expected of it beside it, and what must hold after every step."""

    template: ClassVar[Path]
    done: ClassVar[Counter[str]] = Counter()  # what was played how often, in all examples

    def __init__(self) -> None:
        super().__init__()
        self.done["examples"] += 1
        self.home = Path(tempfile.mkdtemp(prefix="machine-"))
        self.shelf = self.home / "shelf"
        self.shelf.mkdir()
        self.folder = Path(shutil.copytree(self.template, self.home / "vault"))
        another_computer(self.home / "state")
        self.clock: SetClock = clock_on()
        self.expected = Expected()
        self.kept: dict[Path, tuple[str, Expected]] = {}
        self.fresh = iter(words())
        self.used: list[str] = []
        self.opened = self.codes = self.copies = 0
        self.session = self._open()

    def teardown(self) -> None:
        self.session.close()
        shutil.rmtree(self.home)

    def _open(self) -> Session:
        self.opened += 1
        ids = SeededIds(f"machine {self.opened}")
        session = unlock(self.folder, PASSPHRASE, clock=self.clock, ids=ids, actor=Actor.WINDOW)
        self.expected.opened_at = self.expected.number
        return session

    # --- small words ---

    def word(self) -> str:
        self.used.append(next(self.fresh))
        return self.used[-1]

    def ids(self, table: str, **having: object) -> list[str]:
        rows = self.expected.rows
        return [
            key[1]
            for key, row in rows.items()
            if key[0] == table and all(row[name] == it for name, it in having.items())
        ]

    def there(self, *tables: str) -> bool:
        """Whether each of these tables has a row."""
        return all(self.ids(table) for table in tables)

    def one(self, pick: int, table: str, **having: object) -> str:
        """One of these rows' ids; none when there is none."""
        found = self.ids(table, **having)
        return found[pick % len(found)] if found else ""

    def meant(self, case: str, person: str) -> str:
        """Who is written down when somebody types this id in a case: of several records one that stands in it."""
        same = self.expected.same(person) if person else []
        here = [str(self.expected.rows["role", each]["person_id"]) for each in self.ids("role", case_id=case)]
        known = [each for each in here if each in same]
        return person if person in known or not known else same[0] if same[0] in known else known[0]

    def today(self) -> str:
        return datetime.fromtimestamp(self.clock.utc_ms / 1000, tz=UTC).date().isoformat()

    def wrote(self, reason: str, wanted: Wanted, done: Callable[[], Changes], **changed: dict[Key, Row]) -> str:
        """Do it; there must be exactly the wanted new rows and the wanted changes of old ones."""
        old = changed.get("changed", {})
        made = done()
        now = rows_of(self.session)
        new = {key: row for key, row in now.items() if key not in self.expected.rows}
        left = dict(new)
        for table, facts in wanted:
            fit = [key for key, row in left.items() if key[0] == table and facts.items() <= row.items()]
            assert fit, f"no new {table} with {facts} in {new}"
            del left[fit[0]]
        assert not left, f"not expected: {left}"
        self.done[reason] += 1
        self.expected.write(reason, {**{key: {**self.expected.rows[key], **it} for key, it in old.items()}, **new})
        return made.made

    def refused(self, done: Callable[[], object], no: No) -> None:
        with pytest.raises(Refused) as refusal:
            done()
        found = {line.row_id for line in refusal.value.lines} if isinstance(refusal.value, InTheWay) else set()
        assert found == no.rows

    def both(self, expect: Callable[[], None], done: Callable[[], object]) -> None:
        """What is expected and what is done, or both refuse."""
        try:
            expect()
        except No as no:
            self.refused(done, no)
            self.done["refused"] += 1
        else:
            done()
            self.done[self.expected.steps[-1].reason] += 1

    def number(self, pick: int, wanted: Wanted, entry: Row | None = None) -> dict[str, str]:
        """A number for an entry (or none), with what it makes."""
        if pick % 3 == 0:
            return {}
        number = NUMBERS[pick % len(NUMBERS)]
        if not self.ids("endpoint", norm=number):
            wanted.append(("endpoint", {"norm": number}))
        wanted.append(("endpoint_use", {"raw": number}) if entry is None else ("person_endpoint", {"raw": number}))
        return {"number": number}

    def log(self, kind: str, ref: str, wanted: Wanted, /, **values: str) -> None:
        text, given = self.word(), {name.rstrip("_"): it for name, it in values.items() if it}
        entry: Row = {"kind": kind, "case_id": ref, "text": text}
        self.wrote(
            "log", [("entry", entry), *wanted], lambda: intake.log(self.session, kind, ref, {"text": text, **given})
        )

    def add(self, noun: str, wanted: Wanted, /, **values: str) -> None:
        given = {name.rstrip("_"): it for name, it in values.items() if it}
        self.wrote("add", wanted, lambda: intake.add(self.session, noun, given))

    # --- what must hold after every step ---

    @invariant()
    def the_vault_is_as_expected(self) -> None:
        self.done["steps"] += 1
        assert rows_of(self.session) == self.expected.rows
        assert safekeeping.verify(self.session).problems == ()
        stored = self.session.vault.connection.execute("SELECT counter FROM copy").fetchone()
        assert stored == (self.expected.number,)
        found = self.session.vault.connection.execute("SELECT form, case_id, field, value FROM draft").fetchall()
        assert {tuple(key): text for *key, text in found} == self.expected.drafts
        self.remember_today()

    def remember_today(self) -> None:
        """What the vault knows by now of this day."""
        self.expected.days[self.today()] = {key: dict(row) for key, row in self.expected.rows.items()}

    @invariant()
    def what_stands_is_found_and_what_was_erased_is_nowhere(self) -> None:
        told, there = self.expected.texts(), everything(self.session)
        left = [word for word in self.used if word in there and word not in told]
        assert left == [], [(word, there[max(0, there.find(word) - 300) :][:400]) for word in left]
        for word in self.used[-3:]:
            rows = {key: row for key, row in self.expected.rows.items() if word in repr(row)}
            assert bool(finding.find(self.session, word)) == bool(rows)

    @precondition(lambda self: min(self.expected.days, default=self.today()) < self.today())
    @rule(pick=PICK)
    def as_we_knew_it(self, pick: int) -> None:
        days = sorted(day for day in self.expected.days if day < self.today())
        day = days[pick % len(days)]
        then = self.expected.days[day]
        case = self.one(pick, "case_file")
        if not case:
            return
        if ("case_file", case) not in then:
            with pytest.raises(Refused), known_on(self.session, case, date.fromisoformat(day)):
                pass
            return
        self.done["as known"] += 1
        with known_on(self.session, case, date.fromisoformat(day)) as past:
            found = rows_of(past)
        for table in ("case_file", "role", "conversation", "entry", "task"):
            wanted = {key: row for key, row in then.items() if key[0] == table and case in (key[1], row.get("case_id"))}
            mine = {key: row for key, row in found.items() if key[0] == table and case in (key[1], row.get("case_id"))}
            assert set(mine) == set(wanted)
            for key in set(wanted) - self.expected.purged:
                assert mine[key] == wanted[key]
