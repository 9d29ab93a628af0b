"""Attached files in backups: copied once, proven, brought back whole or named, and gone when no backup needs them."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.errors import Damaged, Refused
from family_case.services import attaching, backups, erasing, rekeying, repairing, safekeeping
from family_case.store import blobs, pool
from tests.keeping import restored
from tests.services.casebook import case
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

ONE, TWO = b"OggS" + bytes(range(256)) * 900, b"%PDF-" + bytes(range(255, -1, -1)) * 90


@pytest.fixture
def told(session: Session, tmp_path: Path) -> Session:
    """A case with a voice note and a letter."""
    case(session)
    for name, data in (("voice.ogg", ONE), ("letter.pdf", TWO)):
        (tmp_path / name).write_bytes(data)
        attaching.attach(session, "K-001", tmp_path / name)
    return session


def backed_up(session: Session, shelf: Path, **how: int) -> Path:
    return Path(backups.backup(session, shelf, **how).made)  # type: ignore[arg-type]  # keep and deep


def pooled(shelf: Path) -> dict[str, Path]:
    """Files below the shelf's pool, by name."""
    return {each.name: each for each in shelf.glob("family-case-blobs-*/*/*")}


def names(session: Session) -> list[str]:
    return [row.blob for row in attaching.of(session, "K-001")]


def contents(session: Session) -> list[bytes]:
    return [b"".join(attaching.pieces(session, row)) for row in attaching.of(session, "K-001")]


def back(entry: Path, folder: Path) -> tuple[list[bytes | str], list[str]]:
    """Contents of the files of a restored vault (or what is wrong with each), and what the restore told by names."""
    found = restored(entry, folder)
    told = [str(values["name"]) for _message, values in found.notes if "name" in values]
    with closing(open_vault(folder, "restored")) as session:
        out: list[bytes | str] = []
        for row in attaching.of(session, "K-001"):
            try:
                out.append(b"".join(attaching.pieces(session, row)))
            except Damaged as fault:
                out.append(str(fault))
    return out, told


def test_files_come_back_with_a_restore(told: Session, shelf: Path, tmp_path: Path) -> None:
    entry = backed_up(told, shelf)
    assert set(pooled(shelf)) == set(names(told))
    assert back(entry, tmp_path / "restored") == ([ONE, TWO], [])


def test_a_second_backup_copies_no_file_again(told: Session, shelf: Path, tmp_path: Path) -> None:
    backed_up(told, shelf)
    before = {name: file.stat() for name, file in pooled(shelf).items()}
    (tmp_path / "third").write_bytes(b"third")
    attaching.attach(told, "K-001", tmp_path / "third")
    entry = backed_up(told, shelf)
    after = {name: file.stat() for name, file in pooled(shelf).items()}
    assert {name: after[name] for name in before} | before == {name: after[name] for name in before}
    assert len(after) == 3
    assert back(entry, tmp_path / "restored") == ([ONE, TWO, b"third"], [])


def test_a_backup_without_files_is_as_it_always_was(session: Session, shelf: Path, tmp_path: Path) -> None:
    case(session)
    entry = backed_up(session, shelf)
    assert sorted(each.name for each in entry.iterdir()) == ["header.a", "header.b", "main.db", "manifest"]
    assert b"blobs" not in (entry / "manifest").read_bytes()
    assert [each.name for each in shelf.iterdir()] == [entry.name]
    assert back(entry, tmp_path / "restored") == ([], [])


def test_a_file_that_is_missing_or_damaged_on_the_shelf_is_named_and_the_rest_comes_back(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    entry = backed_up(told, shelf)
    first, second = names(told)
    data = pooled(shelf)[first].read_bytes()
    pooled(shelf)[first].write_bytes(data[:999] + bytes([data[999] ^ 1]) + data[1000:])
    assert back(entry, tmp_path / "flipped") == ([blobs.MISSING, TWO], ["K-001: voice.ogg"])
    shutil.copy(pooled(shelf)[first], pooled(shelf)[second])
    assert back(entry, tmp_path / "swapped") == ([blobs.MISSING] * 2, ["K-001: voice.ogg", "K-001: letter.pdf"])
    shutil.rmtree(pool.pool_of(shelf, told.root.vault_id.hex()))
    assert back(entry, tmp_path / "gone") == ([blobs.MISSING] * 2, ["K-001: voice.ogg", "K-001: letter.pdf"])


def test_a_file_cut_short_on_the_shelf_is_copied_anew_and_a_flipped_one_with_a_deep_look(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    backed_up(told, shelf)
    first, second = names(told)
    cut, flipped = pooled(shelf)[first], pooled(shelf)[second]
    cut.write_bytes(cut.read_bytes()[:-1])
    whole = flipped.read_bytes()
    flipped.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    assert back(backed_up(told, shelf), tmp_path / "plain")[0] == [ONE, blobs.MISSING]
    assert back(backed_up(told, shelf, deep=True), tmp_path / "deep")[0] == [ONE, TWO]


def test_a_file_the_vault_has_lost_is_named_by_the_backup_and_an_older_copy_on_the_shelf_still_serves(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    backed_up(told, shelf)
    blobs.path_of(told.folder, names(told)[0]).unlink()
    entry = backed_up(told, shelf)  # the shelf has it
    assert back(entry, tmp_path / "from the shelf") == ([ONE, TWO], [])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    changes = backups.backup(told, elsewhere)
    assert [values["names"] for _m, values in changes.notes if "names" in values] == ["K-001: voice.ogg"]
    assert back(Path(changes.made), tmp_path / "from elsewhere") == ([blobs.MISSING, TWO], ["K-001: voice.ogg"])


def test_the_pool_keeps_what_any_backup_on_the_shelf_needs_and_no_more(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    entry = backed_up(told, shelf, keep=2)
    other = shelf / "before the move"  # renamed by hand: still a backup, and still needs its files
    shutil.copytree(entry, other)
    gone = attaching.of(told, "K-001")[0]
    erasing.erase(told, gone.id)
    for _ in range(3):
        backed_up(told, shelf, keep=2)
    assert not entry.exists()
    assert gone.blob in pooled(shelf)
    shutil.rmtree(other)
    backed_up(told, shelf, keep=2)
    assert set(pooled(shelf)) == set(names(told))
    assert contents(told) == [TWO]


def test_a_list_that_cannot_be_read_lets_nothing_be_pruned(told: Session, shelf: Path) -> None:
    entry = backed_up(told, shelf, keep=2)
    both = set(pooled(shelf))
    erasing.erase(told, attaching.of(told, "K-001")[0].id)
    (entry / pool.LIST).unlink()
    backed_up(told, shelf, keep=2)
    assert set(pooled(shelf)) == both


def test_what_was_erased_later_is_not_brought_back_with_its_file(told: Session, shelf: Path, tmp_path: Path) -> None:
    entry = backed_up(told, shelf)
    erasing.erase(told, attaching.of(told, "K-001")[0].id)
    backed_up(told, shelf)
    assert back(entry, tmp_path / "restored")[0] == [TWO]
    assert len(list((tmp_path / "restored" / "blobs").glob("*/*"))) == 1


def test_a_plain_copy_of_a_vault_brings_its_files_along(told: Session, tmp_path: Path) -> None:
    folder = told.folder
    told.close()
    shutil.copytree(folder, tmp_path / "copy")
    assert back(tmp_path / "copy", tmp_path / "restored")[0] == [ONE, TWO]


def test_a_stopped_or_failed_backup_leaves_nothing_in_the_pool_that_counts(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Refused, match="stopped"):
        list(backups.take(told, shelf, stopped=lambda: next(asked)))
    assert pooled(shelf) == {}
    taking = backups.take(told, shelf)
    while next(taking) < 0.5:
        pass
    taking.close()
    assert [each.name for each in shelf.rglob("*") if each.is_file()] == []


def test_what_the_medium_did_not_keep_is_found_before_the_backup_counts(told: Session, shelf: Path) -> None:
    taking = backups.take(told, shelf)
    while True:
        try:
            next(taking)
        except StopIteration as end:
            pending: backups.Pending = end.value
            break
    (part, *_rest) = shelf.glob("family-case-blobs-*/*/.*.part")
    data = part.read_bytes()
    part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Damaged, match="not reliable"):
        backups.prove(pending)
    left = {each.name for each in shelf.rglob("*") if each.is_file()}
    assert left <= set(names(told)) - {part.name[1:33]}  # one that was proven may wait for the next backup


def test_verify_names_a_file_that_is_missing_and_with_a_deep_look_one_that_is_altered(told: Session) -> None:
    first, second = (blobs.path_of(told.folder, name) for name in names(told))
    data = second.read_bytes()
    second.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    assert safekeeping.verify(told).ok
    altered = (blobs.ALTERED, {"name": "K-001: letter.pdf"})
    assert safekeeping.verify(told, deep=True).problems == (altered,)
    first.unlink()
    assert safekeeping.verify(told, deep=True).problems == ((blobs.MISSING, {"name": "K-001: voice.ogg"}), altered)


def test_a_restored_vault_opens_with_its_passphrase_and_its_files_are_sealed_as_they_were(
    told: Session, shelf: Path, tmp_path: Path
) -> None:
    entry = backed_up(told, shelf)
    restored(entry, tmp_path / "restored", PASSPHRASE)
    for name in names(told):
        assert blobs.path_of(tmp_path / "restored", name).read_bytes() == pooled(shelf)[name].read_bytes()
        assert blobs.path_of(tmp_path / "restored", name).stat().st_mode & 0o777 == 0o600


def test_a_repair_brings_the_files_along_and_names_the_one_that_is_damaged(told: Session, tmp_path: Path) -> None:
    folder, (first, _second) = told.folder, names(told)
    told.close()
    sealed = blobs.path_of(folder, first)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    repaired = tmp_path / "repaired"
    found = repairing.repair(folder, repaired, PASSPHRASE, clock=clock_on(), ids=SeededIds("repair"))
    assert (blobs.MISSING, {"name": "K-001: voice.ogg"}) in found.notes
    with closing(open_vault(repaired, "repaired")) as session:
        assert b"".join(attaching.pieces(session, attaching.of(session, "K-001")[1])) == TWO


def test_new_keys_of_the_vault_leave_its_files_readable(told: Session, shelf: Path, tmp_path: Path) -> None:
    rekeying.rekey(told, PASSPHRASE, "seven other words open it from now on")
    assert contents(told) == [ONE, TWO]
    entry = backed_up(told, shelf)
    found = restored(entry, tmp_path / "restored", "seven other words open it from now on")
    assert [values for _message, values in found.notes if "name" in values] == []
