"""F4: a bit turned round on every page, the database cut at and in every page: refused, or named with what is hit.

Beside it, what a repair gives back of the records when 1, 5 or 20 pages are bad, of the story's vault and of one with
300 more cases: every record is counted that came back as it was.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.crypto.keys import Root
from family_case.errors import Damaged, Problem
from family_case.model.records import BY_TABLE
from family_case.services import safekeeping
from family_case.services.crowd import fill
from family_case.services.demo import fresh_demo
from family_case.services.repairing import repair
from tests.faults import ground
from tests.faults.row import Row
from tests.vaults import PASSPHRASE, clock_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.services.session import Session
    from tests.faults.row import Plan

WHAT = "a bit turned round on every page, the file cut at and in every page: refused, or named with what is affected"
PAGE = 4096
EVERY = 20  # of the pages, in the fast share
GOALS = {1: 1.0, 5: 0.97, 20: 0.85}  # bad pages -> share of the records that must come back as they were, on average
CROWD = 300
Rows = dict[tuple[str, str], tuple[object, ...]]


@dataclass(slots=True)
class Vault:
    """A vault that is closed, its key, and its database as it was."""

    folder: Path
    root: Root = field(repr=False)
    whole: bytes = field(repr=False)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.whole) // PAGE

    def opened(self, folder: Path | None = None) -> Session:
        """Open it (or another folder under its key) without a derivation."""
        return ground.opened(folder or self.folder, self.root, "bit rot")

    def put(self, data: bytes) -> None:
        """Have the database be this."""
        (self.folder / "main.db").write_bytes(data)

    def rows(self, folder: Path | None = None) -> Rows:
        """Every record."""
        with closing(self.opened(folder)) as session:
            connection = session.vault.connection
            return {(table, row[0]): row for table in BY_TABLE for row in connection.execute(f"SELECT * FROM {table}")}


def tried(plan: Plan) -> Row:
    """All pages, each flipped, cut off and cut through; then the shares."""
    fresh_demo(plan.folder / "vault", PASSPHRASE)
    vault = _closed(plan.folder / "vault")
    rounds = 0
    failed: list[str] = []
    at_once = 0
    for name, data in _spoiled(plan, vault):
        rounds += 1
        vault.put(data)
        told, opening = _named(vault)
        at_once += opening
        failed += [] if told else [f"{name}: nothing noticed"]
    vault.put(vault.whole)
    failed += _header_cut(vault)
    notes = [f"{at_once} of {rounds} refused at opening, the others named by the checks of every page"]
    for damaged, goal in GOALS.items():
        shares = list(_shares(plan, vault, damaged, plan.rounds(20, 1)))
        mean, worst = sum(shares) / len(shares), min(shares)
        notes.append(f"{damaged} bad pages of {vault.pages}: {mean:.1%} of the records back, at worst {worst:.1%}")
        failed += [f"{damaged} bad pages: {mean:.1%} back, goal {goal:.0%}"] if mean < goal and not plan.fast else []
    notes += _of_a_crowd(plan, vault)
    return Row("F4", WHAT, rounds, tuple(failed), tuple(notes))


def _closed(folder: Path) -> Vault:
    root = header.unlock(header.read(folder), PASSPHRASE)
    return Vault(folder, root, (folder / "main.db").read_bytes())


def _spoiled(plan: Plan, vault: Vault) -> Iterator[tuple[str, bytes]]:
    """What is tried and the bytes of the database."""
    dice = plan.dice("bits")
    for page in range(0, vault.pages, plan.rounds(1, EVERY)):
        at = page * PAGE + (dice.below(PAGE - 16) + 16 if page == 0 else dice.below(PAGE))  # the salt is not read
        yield f"bit of page {page + 1}", _flipped(vault.whole, at, dice.below(8))
        yield f"cut after page {page}", vault.whole[: page * PAGE]
        yield f"cut in page {page + 1}", vault.whole[: page * PAGE + 1 + dice.below(PAGE - 1)]


def _flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _named(vault: Vault) -> tuple[bool, bool]:
    """Whether the damage is named in words, and whether that is at opening."""
    try:
        with closing(vault.opened()) as session:
            return bool(safekeeping.verify(session).problems), False
    except Damaged:
        return True, True


def _header_cut(vault: Vault) -> Iterator[str]:
    """Both copies cut at the same place: refused as damaged, whatever is left."""
    copies = {name: (vault.folder / name).read_bytes() for name in (header.COPY_A, header.COPY_B)}
    for at in range(0, len(copies[header.COPY_A]), 97):
        for name, data in copies.items():
            (vault.folder / name).write_bytes(data[:at])
        try:
            vault.opened().close()
            yield f"header cut at {at}: opened"
        except Problem as problem:
            if not isinstance(problem, Damaged):
                yield f"header cut at {at}: {type(problem).__name__}"
    for name, data in copies.items():
        (vault.folder / name).write_bytes(data)


def _shares(plan: Plan, vault: Vault, damaged: int, rounds: int) -> Iterator[float]:
    """Share of the records that a repair gives back as they were."""
    want, new = vault.rows(), plan.folder / "new"
    whole = (vault.folder / "main.db").read_bytes()
    dice = plan.dice(f"{vault.pages} pages, {damaged} bad")
    for _round in range(rounds):
        pages, data = list(range(vault.pages)), whole
        for _page in range(damaged):
            data = _flipped(data, pages.pop(dice.below(len(pages))) * PAGE + 16 + dice.below(PAGE - 16), dice.below(8))
        vault.put(data)
        with mock.patch.object(header, "unlock", return_value=vault.root):  # the derivation alone is left out
            repair(vault.folder, new, PASSPHRASE, clock=clock_on(), ids=SeededIds("repair"))
        got = vault.rows(new)
        shutil.rmtree(new)
        yield sum(got.get(key) == row for key, row in want.items()) / len(want)
    vault.put(whole)


def _of_a_crowd(plan: Plan, vault: Vault) -> Iterator[str]:
    """The same of a larger vault; only when all of it is played."""
    if plan.fast:
        return
    with closing(vault.opened()) as session:
        fill(session, CROWD, first=11)
    crowd = _closed(vault.folder)
    for damaged in GOALS:
        shares = list(_shares(plan, crowd, damaged, 5))
        mean, worst = sum(shares) / len(shares), min(shares)
        yield f"{damaged} bad pages of {crowd.pages}: {mean:.2%} of the records back, at worst {worst:.2%}"
