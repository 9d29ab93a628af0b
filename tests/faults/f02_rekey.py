"""F2, change of keys: killed anywhere it is wholly under the old keys or wholly under the new, every row there."""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header
from family_case.services import doors, rekeying
from tests.faults import ground
from tests.faults.killing import NEW, OLD, Attempt, row
from tests.keeping import contents
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keys import Root
    from tests.faults.row import Plan, Row

    Contents = dict[str, list[tuple[object, ...]]]

VAULT = "vault"
_MANY, _FEW = 200, 10
_OF_THE_COPY = "copy"  # it forgets its newest backup, which is of the old keys, and since when the old door was there


def tried(plan: Plan) -> Row:
    """A change of keys, interrupted as often as the plan says."""
    template = plan.folder / "template"
    template.mkdir()
    old = ground.made(template / VAULT)
    fresh, new = header.next_epoch(header.read(template / VAULT), PASSPHRASE)
    with closing(ground.opened(template / VAULT, old, "contents")) as session:
        said = contents(session)
    put = partial(shutil.copytree, template)
    attempt = Attempt("change of keys", put, partial(_change, old, fresh, new), partial(_judge, old, new, said))
    what = "killed during a change of keys: wholly under the old ones or wholly under the new"
    return row(plan, what, [attempt], plan.rounds(_MANY, _FEW))


def _change(old: Root, fresh: header.Header, new: Root, folder: Path) -> None:
    with (
        closing(ground.opened(folder / VAULT, old, "changing")) as session,
        mock.patch.object(doors, "proven"),
        mock.patch.object(header, "next_epoch", return_value=(fresh, new)),
    ):
        rekeying.rekey(session, PASSPHRASE, PASSPHRASE)


def _judge(old: Root, new: Root, said: Contents, folder: Path) -> str:
    epoch = header.read(folder / VAULT).epoch
    with closing(ground.opened(folder / VAULT, new if epoch == new.epoch else old, "judge")) as session:
        assert ground.problems(session) == []
        now = contents(session)
    assert {**now, _OF_THE_COPY: []} == {**said, _OF_THE_COPY: []}, "the vault says something else"
    left = sorted(each.name for each in (folder / VAULT).iterdir())
    assert left == ["anchor", "header.a", "header.b", "lock", "main.db"], f"something was left: {left}"
    copies = {(folder / VAULT / name).read_bytes() for name in (header.COPY_A, header.COPY_B)}
    assert len(copies) == 1, "opening did not mend the other copy of the header"
    return NEW if epoch == new.epoch else OLD
