"""F2, change of keys: killed anywhere it is wholly under the old keys or wholly under the new, every row there."""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header
from family_case.model.attachment import Attachment
from family_case.services import attaching, doors, history, rekeying, safekeeping
from family_case.store import blobs
from family_case.store.rows import load
from tests.faults import ground
from tests.faults.killing import NEW, OLD, Attempt, row
from tests.keeping import contents
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keys import Root
    from family_case.services.session import Session
    from tests.faults.row import Plan, Row

    Contents = dict[str, list[tuple[object, ...]]]

VAULT = "vault"
_MANY, _FEW = 200, 10
_SIZES = (10, 70_000, 3_000_000, 20)  # bytes of the attached files; the last one is taken back
_OF_THE_COPY = {"copy"}  # it forgets its newest backup, which is of the old keys, and since when the old door was there
_OF_THE_KEYS = {"attachment", "journal_head", "journal_payload"}  # files are sealed anew, and lines say so


def tried(plan: Plan) -> Row:
    """A change of keys, interrupted as often as the plan says."""
    template = plan.folder / "template"
    template.mkdir()
    old = ground.made(template / VAULT)
    fresh, new = header.next_epoch(header.read(template / VAULT), PASSPHRASE)
    with closing(ground.opened(template / VAULT, old, "contents")) as session:
        for number, size in enumerate(_SIZES):
            (plan.folder / f"{number}.bin").write_bytes(bytes([number]) * size)
            attaching.attach(session, ground.CODE, plan.folder / f"{number}.bin")
        history.undo(session, this_session=True)  # the newest of them lives on in the journal only
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
        for _share in session.examine():  # as every opening does; then what nothing names goes
            pass
        assert ground.problems(session) == []
        now = contents(session)
        _judge_files(session, said, changed=epoch == new.epoch)
    free = _OF_THE_COPY | (_OF_THE_KEYS if epoch == new.epoch else set())
    assert now.keys() == said.keys(), "the vault has other tables"
    assert all(now[table] == said[table] for table in said.keys() - free), "the vault says something else"
    left = sorted(each.name for each in (folder / VAULT).iterdir())
    assert left == ["anchor", "blobs", "header.a", "header.b", "lock", "main.db"], f"something was left: {left}"
    copies = {(folder / VAULT / name).read_bytes() for name in (header.COPY_A, header.COPY_B)}
    assert len(copies) == 1, "opening did not mend the other copy of the header"
    return NEW if epoch == new.epoch else OLD


def _judge_files(session: Session, said: Contents, *, changed: bool) -> None:
    """Demand that every file opens and says what it said, and that no other lies there, nor the mark of a kill."""
    assert safekeeping.verify(session, deep=True).ok, "a sealed file is not the one that its row names"
    rows = load(session.vault.connection, Attachment, "1 ORDER BY rowid")
    assert [row.size for row in rows] == list(_SIZES[:-1]), "an attachment is not there"
    old = {value for row in said["attachment"] for value in row}
    assert not any(({row.blob, row.seal_key} & old == set()) != changed for row in rows), "keys are mixed"
    lying = {each.name for each in (session.folder / blobs.FOLDER).rglob("*") if each.is_file()}
    assert lying == {each.name for each in blobs.named(session.vault.connection)}, "a file is left that nothing names"
    assert len(lying) == len(_SIZES) - changed, "of the file that was taken back too much or too little is there"
