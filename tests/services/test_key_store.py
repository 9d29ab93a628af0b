"""The key store as a door: what a caseworker gets from it, and what stays when it does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.crypto import header, keystore
from family_case.errors import Problem, Unavailable
from family_case.model.changes import Actor
from family_case.services import key_store
from family_case.services.key_store import NoKey
from family_case.services.session import Session, enter
from tests.faults import f09_keystore
from tests.faults.row import Plan
from tests.keystore_double import double
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.crypto.keystore import KeyStore


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return double(tmp_path / "values")


def by_key_store(folder: Path, store: KeyStore) -> Session:
    door = key_store.door(store)
    return enter(folder, door, clock=clock_on(), ids=SeededIds("door"), actor=Actor.WINDOW)


def test_whatever_the_store_does_the_vault_opens_by_its_passphrase(tmp_path: Path, remembered_keys: None) -> None:
    row = f09_keystore.tried(Plan(tmp_path, fast=True))
    assert row.failed == ()
    assert row.passed


def test_a_vault_opens_by_no_key_store_until_someone_wants_it(vault_folder: Path, store: KeyStore) -> None:
    assert not key_store.standing(vault_folder, store).on
    with pytest.raises(NoKey, match="does not open by a key store"):
        by_key_store(vault_folder, store)
    assert not (vault_folder.parent / "values").exists(), "nothing was written into the store"


def test_turned_on_it_opens_and_turned_off_it_does_not(vault_folder: Path, store: KeyStore) -> None:
    session = open_vault(vault_folder)
    key_store.turn_on(session, PASSPHRASE, store)
    session.close()
    assert key_store.standing(vault_folder, store).on
    again = by_key_store(vault_folder, store)
    key_store.turn_off(again, store)
    again.close()
    with pytest.raises(NoKey):
        by_key_store(vault_folder, store)
    assert (vault_folder.parent / "values").read_text("utf-8") == "{}", "the value is gone from the store"


def test_turned_on_twice_there_is_one_door_and_the_newer_value_opens_it(vault_folder: Path, store: KeyStore) -> None:
    session = open_vault(vault_folder)
    key_store.turn_on(session, PASSPHRASE, store)
    key_store.turn_on(session, PASSPHRASE, store)
    session.close()
    assert [slot.type.value for slot in header.read(vault_folder).slots] == ["passphrase", "keystore"]
    by_key_store(vault_folder, store).close()


def test_a_value_the_store_will_not_give_back_is_named_with_its_place_in_the_list(
    vault_folder: Path, tmp_path: Path
) -> None:
    session = open_vault(vault_folder)
    key_store.turn_on(session, PASSPHRASE, double(tmp_path / "values"))
    notes = key_store.turn_off(session, double(tmp_path / "values", "clings")).notes
    session.close()
    name = keystore.entry_of(header.read(vault_folder).vault_id).service
    assert [values.get("name") for _, values in notes] == [None, name]


def test_a_full_disk_leaves_neither_door_nor_value(
    vault_folder: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("full")

    session = open_vault(vault_folder)
    monkeypatch.setattr("family_case.crypto.header.write", full)
    with pytest.raises(Problem, match="full"):
        key_store.turn_on(session, PASSPHRASE, store)
    session.close()
    assert not key_store.standing(vault_folder, store).on
    assert (vault_folder.parent / "values").read_text("utf-8") == "{}"


def test_the_header_names_neither_store_nor_entry(vault_folder: Path, store: KeyStore) -> None:
    session = open_vault(vault_folder)
    key_store.turn_on(session, PASSPHRASE, store)
    session.close()
    entry = keystore.entry_of(header.read(vault_folder).vault_id)
    written = (vault_folder / "header.a").read_text("ascii")
    assert entry.service not in written
    assert entry.user not in written
