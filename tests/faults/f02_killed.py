"""F2: header write, backup, restore and migration killed at every point: wholly old or wholly new, older backups stay.

Passphrase change, re-key and sealed files have their own modules beside this one.
"""

from __future__ import annotations

import hmac
import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header, layout
from family_case.services import backups, intake
from family_case.store import migrations, shelf
from family_case.store.connection import connect_copy
from family_case.store.vault import DATABASE
from tests.faults import ground
from tests.faults.killing import NEW, OLD, Attempt, row
from tests.keeping import contents, next_schema

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keys import Root
    from tests.faults.row import Plan, Row

    Contents = dict[str, list[tuple[object, ...]]]

VAULT, SHELF, RESTORED = "vault", "shelf", "restored"
_KEPT = shelf.LEAST
_MANY, _FEW = 200, 12


def tried(plan: Plan) -> Row:
    """Each of the four, interrupted as often as the plan says."""
    template = plan.folder / "template"
    root = _template(template)
    with closing(ground.opened(template / VAULT, root, "contents")) as session:
        said = contents(session)
    put = partial(shutil.copytree, template)
    attempts = (
        Attempt("header write", put, partial(_write_header, root), partial(_judge_header, root)),
        Attempt("backup", put, partial(_back_up, root), partial(_judge_backup, root, said)),
        Attempt("restore", put, partial(_restore, root), partial(_judge_restore, root, said)),
        Attempt("migration", put, partial(_bring_up, root), partial(_judge_migration, root, said)),
    )
    what = "killed during header write, backup, restore, migration: wholly old or wholly new, older backups stay"
    return row(plan, what, attempts, plan.rounds(_MANY, _FEW))


def _template(folder: Path) -> Root:
    """A vault, and a shelf with as many backups of it as must stay; nothing was written since the last."""
    folder.mkdir()
    root = ground.made(folder / VAULT)
    (folder / SHELF).mkdir()
    for number in range(_KEPT):
        with closing(ground.opened(folder / VAULT, root, f"backup {number}")) as session:
            intake.log(session, "note", ground.CODE, {"text": f"note {number}", "happened": "2022-08-01"})
            backups.backup(session, folder / SHELF, keep=_KEPT)
    return root


def _demand(root: Root, vault: Path, said: Contents) -> None:
    """Demand that the vault opens, is whole, and says what it said."""
    with closing(ground.opened(vault, root, "judge")) as session:
        assert ground.problems(session) == []
        assert contents(session) == said, "the vault says something else"


# --- the header ---


def _write_header(root: Root, folder: Path) -> None:
    header.write(folder / VAULT, header.read(folder / VAULT).successor(), root)


def _judge_header(root: Root, folder: Path) -> str:
    found = header.read(folder / VAULT)
    assert hmac.compare_digest(layout.signature(found, root), found.mac)
    ground.opened(folder / VAULT, root, "judge").close()
    copies = {(folder / VAULT / name).read_bytes() for name in (header.COPY_A, header.COPY_B)}
    assert copies == {layout.encode(found)}, "opening did not mend the other copy"
    return OLD if found.generation == 1 else NEW


# --- backup ---


def _back_up(root: Root, folder: Path) -> None:
    with closing(ground.opened(folder / VAULT, root, "taking")) as session:
        backups.backup(session, folder / SHELF, keep=_KEPT)


def _judge_backup(root: Root, said: Contents, folder: Path) -> str:
    _demand(root, folder / VAULT, said)
    entries = _entries(root, folder)
    assert len(entries) >= _KEPT, f"only {len(entries)} backups are left"
    for number, entry in enumerate(entries):
        ground.brought_back(root, entry, folder / f"{RESTORED} {number}")
    _demand(root, folder / f"{RESTORED} {len(entries) - 1}", said)  # of what was not written since
    return OLD if len(entries) == _KEPT and _untouched(root, folder) else NEW


def _untouched(root: Root, folder: Path) -> bool:
    """Whether both of the first backups are there; once a newer one is verified the oldest may go."""
    found = {each.manifest.commit_seq for each in shelf.entries(folder / SHELF, root.backup_key())}
    return len(found) == _KEPT


# --- restore ---


def _newest(root: Root, folder: Path) -> Path:
    return _entries(root, folder)[-1]


def _entries(root: Root, folder: Path) -> list[Path]:
    """The backups on the shelf, the one of the newest commit last: names tell the day of a clock that is set anew."""
    found = shelf.entries(folder / SHELF, root.backup_key())
    return [each.path for each in sorted(found, key=lambda each: each.manifest.commit_seq)]


def _restore(root: Root, folder: Path) -> None:
    ground.brought_back(root, _newest(root, folder), folder / RESTORED)


def _judge_restore(root: Root, said: Contents, folder: Path) -> str:
    target = folder / RESTORED
    found = NEW if target.exists() and any(target.iterdir()) else OLD
    if found == OLD:
        _restore(root, folder)  # nothing stands in its way
    _demand(root, target, said)
    _demand(root, folder / VAULT, said)
    assert len(list(shelf.entries(folder / SHELF, root.backup_key()))) == _KEPT
    return found


# --- migration ---


def _bring_up(root: Root, folder: Path) -> None:
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()):
        ground.opened(folder / VAULT, root, "newer").close()


def _judge_migration(root: Root, said: Contents, folder: Path) -> str:
    with closing(connect_copy(folder / VAULT / DATABASE, root.database_key())) as connection:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if schema == 1:
        _demand(root, folder / VAULT, said)  # by the older program
        return OLD
    with (
        mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()),
        closing(ground.opened(folder / VAULT, root, "judge")) as session,
    ):
        assert ground.problems(session) == []
        now = contents(session)
    assert len(now["shoe"]) == len(said["person"]), "the step was done in part"
    assert {table: len(rows) for table, rows in now.items() if table in said} == {
        table: len(rows) + (table == "_sqlite_migrations") for table, rows in said.items()
    }
    return NEW
