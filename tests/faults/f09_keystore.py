"""F9: a key store that fails, keeps nothing, is locked, absent, slow, hanging, loses its value or changes it.

Whatever it does: the vault opens by its passphrase, no door is made that was not read back, turning off always closes
the door, each trouble is one sentence, and each call ends in time.
"""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from typing import TYPE_CHECKING

from family_case.chance import SeededIds
from family_case.crypto import header, keystore
from family_case.crypto.kdf import FLOOR
from family_case.errors import Problem
from family_case.model.changes import Actor
from family_case.services import accepting, key_store
from family_case.services.key_store import NoKey
from family_case.services.session import create, enter
from family_case.store.office import Office
from tests.faults.row import Plan, Row
from tests.keystore_double import double
from tests.vaults import PASSPHRASE, ZONE, clock_on, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from family_case.crypto.keystore import KeyStore

SECONDS = 0.8  # the deadline in this figure
MARGIN = 1.5  # what the process, and taking a value away again, may add on a loaded computer

# how the store is -> what it may still do: let the door be turned on, and open the vault by it once it is on
KINDS = {
    "well": (True, True),
    "slow": (True, True),
    "clings": (True, True),
    "hangs at remove": (True, True),
    "absent": (False, False),
    "locked": (False, False),
    "failing": (False, False),
    "dies": (False, False),
    "babbles": (False, False),
    "hangs": (False, False),
    "hangs at read": (False, False),
    "rubbish": (False, False),
    "null": (False, True),
    "alters": (False, True),
    "dies writing": (False, True),
    "hangs at write": (False, True),
}


def tried(plan: Plan) -> Row:
    """Turn on, open and turn off with each kind of store, and with a value that went or was changed."""
    template = plan.folder / "template"
    office = Office("", ZONE, "RU", "en")
    ids = SeededIds(plan.seed)
    session = create(template, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.WINDOW, cost=FLOOR, office=office)
    with closing(session):
        accepting.set_witness(session, kept=False)  # its copies are no older states of one vault
    failed: list[str] = []
    count = 0
    for turn in range(plan.rounds(5, 1)):
        for how, (turns_on, opens) in KINDS.items():
            round_ = _Round(plan.folder / f"{turn} {how}", template, how)
            failed += [f"{how}: {each}" for each in (*round_.turning_on(turns_on), *round_.entering(opens))]
            count += 2
    for spoil in (_lost, _changed):
        round_ = _Round(plan.folder / spoil.__name__, template, "well")
        failed += [f"{spoil.__name__}: {each}" for each in round_.entering(False, spoil)]
        count += 1
    kinds = f"{len(KINDS)} kinds of store and 2 spoilt values, deadline {SECONDS} s"
    return Row("F9", "key store", count, tuple(failed), (kinds,))


class _Round:
    """One vault and one store."""

    def __init__(self, folder: Path, template: Path, how: str) -> None:
        self._template, self._folder = template, folder
        folder.mkdir()
        self.values = folder / "values"
        self.well = double(self.values)
        self.store = double(self.values, how, SECONDS)

    def turning_on(self, possible: bool) -> list[str]:
        """What went wrong in turning the door on by this store and off again."""
        vault = shutil.copytree(self._template, self._folder / "on")
        before = header.read(vault)
        session = open_vault(vault)
        try:
            wrong = _in_time(lambda: key_store.turn_on(session, PASSPHRASE, self.store), NoKey, succeeds=possible)
            after = header.read(vault)
            if keystore.is_on(after) is not possible or (not possible and after != before):
                wrong.append("the header has a door that was not proven")
            wrong += _in_time(lambda: key_store.turn_off(session, self.store), Problem, succeeds=True)
            if keystore.is_on(header.read(vault)):
                wrong.append("the door stays after it was turned off")
        finally:
            session.close()
        return wrong + _by_passphrase(vault)

    def entering(self, possible: bool, spoil: Callable[[Path], object] = bool) -> list[str]:
        """What went wrong in opening by this store a vault whose door was turned on while the store was well."""
        vault = shutil.copytree(self._template, self._folder / "entered")
        session = open_vault(vault)
        key_store.turn_on(session, PASSPHRASE, self.well)
        session.close()
        spoil(self.values)
        wrong = _in_time(lambda: _enter(vault, self.store), NoKey, succeeds=possible)
        return wrong + _by_passphrase(vault)


def _enter(vault: Path, store: KeyStore) -> None:
    door = key_store.door(store)
    enter(vault, door, clock=clock_on(), ids=SeededIds("f9"), actor=Actor.WINDOW).close()


def _in_time(act: Callable[[], object], expected: type[Problem], *, succeeds: bool) -> list[str]:
    """What is wrong with how `act` ended: otherwise than it should, without a sentence, or too late."""
    start = time.monotonic()
    wrong = []
    try:
        act()
        if not succeeds:
            wrong.append("passed as if nothing were wrong")
    except expected as problem:
        if succeeds or not problem.message.endswith("."):
            wrong.append(f"ended with {problem.message}")
    seconds = time.monotonic() - start
    if seconds > 3 * SECONDS + MARGIN:  # a write, a read back, and a taking away
        wrong.append(f"took {seconds:.1f} s")
    return wrong


def _by_passphrase(vault: Path) -> list[str]:
    try:
        open_vault(vault).close()
    except Problem as problem:
        return [f"the passphrase no longer opens it: {problem.message}"]
    return []


def _lost(values: Path) -> None:
    values.unlink()


def _changed(values: Path) -> None:
    text = values.read_text("utf-8")
    digit = text[-4]
    values.write_text(text[:-4] + ("0" if digit != "0" else "1") + text[-3:], "utf-8")
