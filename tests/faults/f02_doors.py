"""F2 of the doors: a change of the passphrase and a new recovery sheet killed at every point.

Afterwards the vault opens with exactly one of the two: the header counts by its generation, so that copy B alone makes
the new door valid and shuts the old one, and the opening that follows brings copy A after it. A quick function stands
in the place of Argon2id, in the process that is killed too: else most kills would fall into the derivation.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header, recovery, slot_set, slots
from family_case.crypto.header import WrongPassphrase
from family_case.crypto.kdf import FLOOR
from family_case.crypto.layout import SlotType
from family_case.errors import Refused
from family_case.model.date_words import SaidDay
from family_case.services import doors
from family_case.services import recovery as sheets
from tests.faults import ground
from tests.faults.killing import NEW, OLD, Attempt, row
from tests.keeping import contents
from tests.vaults import PASSPHRASE, clock_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from family_case.crypto.kdf import Kdf
    from family_case.crypto.keys import Root
    from tests.faults.row import Plan, Row

    Contents = dict[str, list[tuple[object, ...]]]

VAULT = "vault"
AFTER = "другие слова после этой смены"
_MANY, _FEW = 200, 8
_OLD_KEY, _NEW_KEY = bytes(range(20)), bytes(range(20, 40))
_DAY: date = clock_on().now().day("")


def tried(plan: Plan) -> Row:
    """Both, interrupted as often as the plan says."""
    template = plan.folder / "template"
    with _quick():
        root = _template(template)
        with closing(ground.opened(template / VAULT, root, "contents")) as session:
            said = _records(contents(session))
        put = partial(shutil.copytree, template)
        attempts = (
            Attempt("passphrase change", put, partial(_change, root), partial(_judge, root, said, _by_passphrase)),
            Attempt("recovery sheet", put, partial(_renew, root), partial(_judge, root, said, _by_key)),
        )
        what = "killed during passphrase change and recovery sheet: opens with exactly one of old and new"
        return row(plan, what, attempts, plan.rounds(_MANY, _FEW))


def _template(folder: Path) -> Root:
    folder.mkdir()
    root = ground.made(folder / VAULT)
    with closing(ground.opened(folder / VAULT, root, "sheet")) as session:
        sheets.confirm(session, _sheet(_OLD_KEY), {})
    return root


def _sheet(key: bytes) -> sheets.Sheet:
    """A sheet of a known key, of which nothing is asked back."""
    return sheets.Sheet(recovery.spell(key), "", SaidDay(_DAY), ())


def _change(root: Root, folder: Path) -> None:
    with _quick(), closing(ground.opened(folder / VAULT, root, "change")) as session:
        doors.change_passphrase(session, PASSPHRASE, AFTER, cost=FLOOR)


def _renew(root: Root, folder: Path) -> None:
    with closing(ground.opened(folder / VAULT, root, "renew")) as session:
        sheets.confirm(session, _sheet(_NEW_KEY), {})


def _judge(root: Root, said: Contents, opening: Callable[[Path], tuple[bool, bool]], folder: Path) -> str:
    """OLD or NEW by the one secret that opens; anything else, or a vault that is not whole, is wrong."""
    opens = opening(folder / VAULT)
    assert sum(opens) == 1, f"old and new open: {opens}"
    with closing(ground.opened(folder / VAULT, root, "judge")) as session:
        assert ground.problems(session) == []
        assert _records(contents(session)) == said, "the vault says something else"
        head = slot_set.current(session.folder, root)
        passphrases = slot_set.of_kind(head, SlotType.PASSPHRASE)
        assert len(passphrases) == len(slot_set.of_kind(head, SlotType.RECOVERY)) == 1
    copies = [(folder / VAULT / name).read_bytes() for name in (header.COPY_A, header.COPY_B)]
    assert copies[0] == copies[1], "the opening did not mend the other copy"
    assert opening(folder / VAULT) == opens, "what opened before the mending does not open after it"
    return NEW if opens[1] else OLD


def _by_passphrase(vault: Path) -> tuple[bool, bool]:
    return _opens(vault, PASSPHRASE), _opens(vault, AFTER)


def _opens(vault: Path, words: str) -> bool:
    with _quick():
        try:
            header.unlock(header.read(vault), words)
        except WrongPassphrase:
            return False
    return True


def _by_key(vault: Path) -> tuple[bool, bool]:
    found = []
    for key in (_OLD_KEY, _NEW_KEY):
        try:
            sheets.root_of(header.read(vault), key)
        except Refused:
            found.append(False)
        else:
            found.append(True)
    return found[0], found[1]


def _records(said: Contents) -> Contents:
    """Without the row that names the copy: it knows since when a door is there."""
    return {table: rows for table, rows in said.items() if table != "copy"}


@contextmanager
def _quick() -> Iterator[None]:
    """A quick function in the place of Argon2id."""

    def derived(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
        return hashlib.sha256(repr((passphrase, salt, kdf)).encode()).digest()

    with mock.patch.object(slots, "derive", derived):
        yield
