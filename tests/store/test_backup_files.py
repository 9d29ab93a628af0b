"""What a medium may do to a copy while it is made, read back and looked at: each time one sentence, and no crash."""

from __future__ import annotations

import hashlib
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from family_case.crypto import header
from family_case.errors import Damaged, Refused, Unavailable
from family_case.services import erasing
from family_case.store import backup, checks, manifest, shelf
from family_case.store.connection import connect_copy
from family_case.store.reader import Reader
from family_case.store.vault import DATABASE
from tests.services.casebook import case, log
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096


@pytest.fixture
def raw_key(vault_folder: Path) -> str:
    return header.unlock(header.read(vault_folder), PASSPHRASE).database_key()


def copied(vault_folder: Path, target: Path, raw_key: str) -> backup.Copied:
    size, digest = backup.copy_file(vault_folder / DATABASE, target)
    connection = connect_copy(target, raw_key)
    facts = backup.facts_of(connection)
    connection.close()
    return backup.Copied(facts, size, digest)


def test_a_copy_that_is_whole_is_proven(vault_folder: Path, tmp_path: Path, raw_key: str) -> None:
    told = copied(vault_folder, tmp_path / "copy.db", raw_key)
    backup.Proof(tmp_path / "copy.db", raw_key).demand(told)


def test_a_copy_that_another_key_made_is_damaged(vault_folder: Path, raw_key: str) -> None:
    with pytest.raises(Damaged):
        connect_copy(vault_folder / DATABASE, raw_key.replace(raw_key[0], "0" if raw_key[0] != "0" else "1"))


def test_a_copy_that_says_something_else_than_the_vault_is_damaged(
    vault_folder: Path, tmp_path: Path, raw_key: str
) -> None:
    told = copied(vault_folder, tmp_path / "copy.db", raw_key)
    others = replace(told.facts, heads=told.facts.heads + 1)
    with pytest.raises(Damaged):
        backup.Proof(tmp_path / "copy.db", raw_key).demand(backup.Copied(others, told.size, told.sha256))
    with pytest.raises(Damaged):
        backup.Proof(tmp_path / "copy.db", raw_key).demand(backup.Copied(told.facts, told.size, "0" * 64))


def test_a_copy_damaged_where_nothing_lies_any_more_is_damaged(
    vault_folder: Path, tmp_path: Path, raw_key: str
) -> None:
    """No table leads to a free page; the cipher alone notices, and what was there may be wanted back one day."""
    with closing(open_vault(vault_folder)) as session:
        case(session)
        erasing.erase(session, log(session, "note", text="x" * 60_000))
    copy = tmp_path / "copy.db"
    told = copied(vault_folder, copy, raw_key)
    whole = copy.read_bytes()
    for at in range(told.size - PAGE, 0, -PAGE):
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with closing(connect_copy(copy, raw_key)) as connection, suppress(Damaged):
            if checks.structure(connection) == []:
                break
    else:
        pytest.fail("the vault has no free page")
    damaged = replace(told, sha256=hashlib.sha256(copy.read_bytes()).hexdigest())
    with pytest.raises(Damaged):
        backup.Proof(copy, raw_key).demand(damaged)


def test_a_proof_that_is_stopped_says_so(vault_folder: Path, tmp_path: Path, raw_key: str) -> None:
    told = copied(vault_folder, tmp_path / "copy.db", raw_key)
    proof = backup.Proof(tmp_path / "copy.db", raw_key)
    proof.stop()
    with pytest.raises(Refused):
        proof.demand(told)


def test_what_is_gone_or_in_the_way_is_said(vault_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"somebody's")
    for source, target in ((tmp_path / "gone", tmp_path / "new"), (vault_folder / DATABASE, tmp_path / "there")):
        with pytest.raises(Unavailable):
            backup.copy_file(source, target)
    assert (tmp_path / "there").read_bytes() == b"somebody's"
    with pytest.raises(Unavailable):
        Reader(tmp_path / "gone")
    with pytest.raises(Unavailable):
        shelf.free_name(tmp_path / "gone", 0, "UTC", "0" * 32)


def test_a_closed_vault_is_read_no_more(vault_folder: Path) -> None:
    reader = Reader(vault_folder / DATABASE)
    assert reader.size() > 0
    reader.close()
    reader.close()
    for late in (reader.size, lambda: reader.read(0, 1)):
        with pytest.raises(Unavailable):
            late()


def test_a_folder_that_only_looks_like_a_backup_is_none(tmp_path: Path) -> None:
    (tmp_path / "family-case-2022-08-22-120000-00000000" / manifest.NAME).mkdir(parents=True)
    (tmp_path / "family-case-link").symlink_to(tmp_path / "family-case-2022-08-22-120000-00000000")
    (tmp_path / "family-case-file").write_text("a note")
    assert list(shelf.entries(tmp_path, bytes(32))) == []
