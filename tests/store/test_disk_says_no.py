"""Where the disk or the database says no: a sentence and nothing half-done, at the calls that seldom fail."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from family_case.chance import SeededIds
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.model.changes import Actor
from family_case.store import backup, blobs, guard, pool, rekey, salvage, vault
from family_case.store.backup import Copied, Facts, Proof
from family_case.store.change import Change
from family_case.store.office import Office
from family_case.store.vault import Vault
from tests.vaults import ZONE, clock_on

if TYPE_CHECKING:
    from family_case.services.session import Session

NAME = "ab" * 16
KEY = "00" * 48


def full(*_arguments: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "")


@pytest.mark.parametrize(("told", "problem"), [("database table is locked", Unavailable), ("disk I/O error", Problem)])
def test_a_backup_beside_a_running_question_asks_for_patience(
    session: Session, monkeypatch: pytest.MonkeyPatch, told: str, problem: type[Problem]
) -> None:
    def busy(_self: Vault, _how: str) -> bool:
        raise dbapi2.OperationalError(told)

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "_work_in", busy)
        with pytest.raises(problem), session.vault.frozen():
            pass
        patch.setattr(Vault, "_work_in", lambda _self, _how: True)
        with pytest.raises(Unavailable, match="being read or written"), session.vault.frozen():
            pass


def test_a_vault_that_cannot_be_made_is_not_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, clock, ids = Office("copy", ZONE, "RU", "en"), clock_on(), SeededIds("no")
    monkeypatch.setattr(Change, "found", full)
    with pytest.raises(OSError, match="28"):
        vault.create(tmp_path, KEY, clock, ids, office, Actor.WINDOW)
    with pytest.raises(Unavailable, match="is there already"):
        vault.create(tmp_path, KEY, clock, ids, office, Actor.WINDOW)


def test_a_sealed_file_is_never_looked_for_outside_its_folder(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="in a way that this program never does"):
        blobs.path_of(tmp_path, "../../etc/passwd")


def test_a_sealed_file_that_cannot_get_its_name_or_its_mark_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unavailable):
        blobs.put(tmp_path, NAME)  # there is none under its temporary name
    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(Unavailable, match="no space"), blobs.settling(tmp_path):
        pytest.fail("nothing begins before the mark is there")


def test_a_list_that_cannot_be_read_lets_nothing_be_pruned(tmp_path: Path) -> None:
    (tmp_path / pool.LIST).mkdir()
    assert pool._listed(tmp_path) is None
    (tmp_path / "pool").write_bytes(b"")
    with pytest.raises(Unavailable):
        pool._make(tmp_path / "pool", tmp_path / "pool" / "ab")


def test_a_repair_copies_what_the_disk_gives_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    with pytest.raises(Unavailable):
        salvage.copy_what_reads(source, target)
    source.write_bytes(b"x" * 3 * salvage.PAGE)
    with monkeypatch.context() as patch:
        patch.setattr(os, "lseek", full)
        assert salvage.copy_what_reads(source, target) == 3
    assert target.read_bytes() == bytes(3 * salvage.PAGE)
    with pytest.raises(Unavailable, match="is there already"):
        salvage.copy_what_reads(source, target)


def test_new_keys_begin_only_where_there_is_a_database_and_a_place(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        rekey.demand_space(tmp_path / "none", 0, 1 << 40)
    with pytest.raises(Unavailable):
        rekey.write(session.vault.connection, tmp_path / "none" / "main.db.epoch-2", KEY, bool, bool)


def test_a_reader_that_cannot_share_the_lock_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / guard.LOCK).write_bytes(b"")
    monkeypatch.setattr(guard, "_share", full)
    with pytest.raises(Unavailable):
        guard.Onlooker(tmp_path)


def copied(path: Path) -> Copied:
    return Copied(Facts(1, 1, 1, "", 0), *backup.digest_of(path))


def test_a_proof_tells_the_medium_from_the_vault_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "copy"
    path.write_bytes(b"invented")
    proof, whole = Proof(path, KEY), copied(path)

    def asked(problem: Problem) -> None:
        def answer(_self: Proof, _question: object) -> None:
            raise problem

        monkeypatch.setattr(Proof, "_asked", answer)

    asked(Damaged("no page"))
    with pytest.raises(Damaged, match="vault's own database is damaged"):
        proof.demand(whole)
    asked(Unavailable("the disk"))
    with pytest.raises(Unavailable, match="the disk"):
        proof.demand(whole)
    with monkeypatch.context() as patch:
        patch.setattr(backup, "digest_of", full)
        with pytest.raises(Unavailable):
            proof.demand(whole)
    connection = dbapi2.connect(":memory:")
    proof._connections.append(connection)
    proof.stop()
    connection.close()
    with pytest.raises(Refused):
        proof.demand(whole)
