"""A vault that is not as it was left is never given out in silence, and one that is says nothing."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.crypto import header
from family_case.errors import Refused, Unavailable
from family_case.model.changes import Actor
from family_case.model.findings import Finding
from family_case.services import accepting, anchoring, casework, crowd, history, recovery, safekeeping, seizure
from family_case.services.anchoring import Disagrees
from family_case.services.session import unlock
from tests.faults import f05_promises
from tests.faults.row import Plan
from tests.keeping import backed_up, restored
from tests.services.casebook import case, log
from tests.vaults import PASSPHRASE, another_computer, clock_on, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session


def examined(folder: Path, seed: str = "test") -> Session:
    session = open_vault(folder, seed)
    for _share in session.examine():
        pass
    return session


def found(folder: Path) -> list[Finding]:
    """What is named when this vault is opened."""
    try:
        session = examined(folder, "look")
    except Disagrees as disagrees:
        return [each.finding for each in disagrees.findings]
    with closing(session):
        return [each.finding for each in session.findings]


def test_whatever_is_promised_is_named(tmp_path: Path) -> None:
    row = f05_promises.tried(Plan(tmp_path, fast=True))
    assert row.passed, row.failed
    said = dict(note.split(": ours ") for note in row.notes)
    assert said["folder rolled back, elsewhere (not promised)"].startswith("0/2 [nothing]")


def test_a_file_that_only_reads_leaves_the_anchor_as_it_is(story_folder: Path) -> None:
    before = (story_folder / "anchor").read_bytes()
    with closing(examined(story_folder)) as session:
        casework.page(session, "K-003")
    assert (story_folder / "anchor").read_bytes() == before


def test_a_large_write_changes_chunks_that_only_its_own_log_tells(vault_folder: Path) -> None:
    """The digest of the close is the digest of the whole file, though only what the log named was read again."""
    for seed in ("one", "two"):
        with closing(examined(vault_folder, seed)) as session:
            crowd.fill(session, 30, seed=seed, first=casework.count(session) + 1)
            log(session, "note", text="after much", happened="2022-08-01")
        assert found(vault_folder) == []
    assert b'"closed":true' in (vault_folder / "anchor").read_bytes()


def test_what_was_written_is_anchored_before_it_is_told(vault_folder: Path, tmp_path: Path) -> None:
    """A folder as a killed program leaves it: what was settled is missed, what came after cannot be."""
    with closing(examined(vault_folder)) as session:
        case(session)
        session.settle()
        log(session, "note", text="never anchored", happened="2022-08-01")
        left = shutil.copytree(vault_folder, tmp_path / "left")
    another_computer(tmp_path / "another")
    with closing(examined(left)) as session:
        assert session.findings == ()
        assert "not closed last time" in session.moored.notes[0][0]
    with closing(examined(left)) as session:
        assert session.moored.notes == ()  # said once


def test_a_restored_backup_is_no_rollback_and_its_original_lives_on(vault_folder: Path, tmp_path: Path) -> None:
    with closing(examined(vault_folder, "a")) as session:
        case(session)
    entry = backed_up(vault_folder, tmp_path / "shelf")
    with closing(examined(vault_folder, "b")) as session:
        log(session, "note", text="later", happened="2022-08-01")
    back = restored(entry, tmp_path / "back").folder
    assert (found(back), found(vault_folder)) == ([], [])
    assert b'"closed":true' in (back / "anchor").read_bytes()
    assert found(entry) == [Finding.NO_ANCHOR]


def test_an_older_header_put_back_is_named_because_an_old_passphrase_opens_it(vault_folder: Path) -> None:
    old = (vault_folder / "header.a").read_bytes()
    with closing(examined(vault_folder)) as session:
        header.write(vault_folder, header.read(vault_folder).successor(), session.root)
        case(session)
    for name in ("header.a", "header.b"):
        (vault_folder / name).write_bytes(old)
    assert found(vault_folder) == [Finding.OLD_HEADER]


def test_an_anchor_of_another_vault_is_told_from_a_damaged_one(vault_folder: Path, story_folder: Path) -> None:
    shutil.copy(story_folder / "anchor", vault_folder / "anchor")
    assert found(vault_folder) == [Finding.OTHER_ANCHOR]
    for data in (b"", b"{}\n", b"[" * 4000, b"x" * 5000):
        (vault_folder / "anchor").write_bytes(data)
        assert found(vault_folder) == [Finding.BAD_ANCHOR]


def test_until_someone_accepts_nothing_is_written_and_then_the_journal_keeps_it(vault_folder: Path) -> None:
    with closing(examined(vault_folder)) as session:
        case(session)
    (vault_folder / "anchor").unlink()
    before = {each.name: each.read_bytes() for each in vault_folder.iterdir() if each.name != "lock"}
    assert found(vault_folder) == found(vault_folder) == [Finding.NO_ANCHOR]
    assert {each.name: each.read_bytes() for each in vault_folder.iterdir() if each.name != "lock"} == before
    session = _despite(vault_folder)
    with closing(session):
        accepting.accept(session)
        with pytest.raises(Refused):
            accepting.accept(session)
        with pytest.raises(Refused):  # it cannot be made as if it had not been
            history.undo(session, this_session=False)
        assert safekeeping.verify(session).ok
    assert found(vault_folder) == []
    with closing(examined(vault_folder)) as session:
        newest = session.vault.connection.execute("SELECT reason FROM journal_head ORDER BY seq DESC").fetchone()
        assert newest == ("accept_anchor",)


def test_who_shuts_the_laptop_during_the_check_takes_nothing_from_it(vault_folder: Path) -> None:
    """What was written meanwhile stays in the log; the next opening holds the same file against the same digest."""
    with closing(examined(vault_folder, "a")) as session:
        crowd.fill(session, 20)
    file, told = (vault_folder / "main.db").read_bytes(), json.loads((vault_folder / "anchor").read_bytes())
    session = open_vault(vault_folder, "c")
    checking = session.examine()
    next(checking)
    case(session, "K-500")
    session.close()
    left = json.loads((vault_folder / "anchor").read_bytes())
    assert (vault_folder / "main.db").read_bytes() == file
    assert (left["closed"], left["sum"], left["commit_seq"]) == (False, told["sum"], told["commit_seq"] + 1)
    with closing(examined(vault_folder, "d")) as session:
        assert (session.findings, casework.count(session)) == ((), 21)


def test_the_witness_says_nothing_and_goes_when_it_is_not_wanted(vault_folder: Path, own_witness: Path) -> None:
    with closing(examined(vault_folder, "a")) as session:
        case(session)
    (witness,) = (own_witness / "family-case").iterdir()
    assert len(bytes.fromhex(witness.name)) == 16
    assert str(vault_folder).encode() not in witness.read_bytes()
    assert session.root.vault_id.hex().encode() not in witness.read_bytes()
    with closing(examined(vault_folder, "b")) as session:
        accepting.set_witness(session, kept=False)
        log(session, "note", text="unseen", happened="2022-08-01")
    assert list(witness.parent.iterdir()) == []
    with closing(examined(vault_folder, "c")) as session:
        assert not accepting.witnessed(session)
        accepting.set_witness(session, kept=True)
    assert list(witness.parent.iterdir()) == [witness]


def test_a_whole_folder_put_back_is_known_for_what_it_is_where_it_was_seen_further_on(
    vault_folder: Path, tmp_path: Path
) -> None:
    with closing(examined(vault_folder, "a")) as session:
        case(session)
    shutil.copytree(vault_folder, tmp_path / "older")
    with closing(examined(vault_folder, "b")) as session:
        log(session, "note", text="newer", happened="2022-08-01")
    shutil.rmtree(vault_folder)
    shutil.copytree(tmp_path / "older", vault_folder)
    assert found(vault_folder) == [Finding.ROLLED_BACK]


def test_a_witness_that_is_not_wanted_any_more_goes_on_every_computer_where_the_vault_is_opened(
    vault_folder: Path, tmp_path: Path, own_witness: Path
) -> None:
    with closing(examined(vault_folder, "a")) as session:
        case(session)
    assert len(list((own_witness / "family-case").iterdir())) == 1
    another_computer(tmp_path / "second")
    with closing(examined(vault_folder, "b")) as session:
        accepting.set_witness(session, kept=False)
    another_computer(own_witness)
    with closing(open_vault(vault_folder, read_only=True)) as session:
        assert seizure.facts(session).witness  # it lies there still: nothing may be written
    with closing(examined(vault_folder, "c")) as session:
        assert not seizure.facts(session).witness
    assert list((own_witness / "family-case").iterdir()) == []


def test_a_state_folder_that_cannot_be_written_is_no_error(
    vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    another_computer(tmp_path / "file")
    with closing(examined(vault_folder)) as session:
        case(session)
    assert found(vault_folder) == []


def test_an_anchor_that_cannot_be_written_stops_the_first_change_and_loses_none_later(
    vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise Unavailable("no room")

    with closing(examined(vault_folder, "a")) as session, monkeypatch.context() as patched:
        patched.setattr(anchoring, "write_atomic", full)
        with pytest.raises(Unavailable):
            case(session)
        assert casework.count(session) == 0
    with closing(examined(vault_folder, "b")) as session:
        case(session)
        with monkeypatch.context() as patched:
            patched.setattr(anchoring, "write_atomic", full)
            log(session, "note", text="kept", happened="2022-08-01")
            with pytest.raises(Unavailable):
                session.settle()
    assert found(vault_folder) == []


def _despite(folder: Path) -> Session:
    with pytest.raises(Disagrees):
        open_vault(folder)
    return open_vault(folder, "accepting", despite=True)


def looked_at(folder: Path) -> Session:
    session = unlock(
        folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("look"), actor=Actor.COMMAND_LINE, read_only=True
    )
    assert list(session.examine())
    return session


def test_read_only_nothing_is_accepted_and_the_evidence_stays(vault_folder: Path) -> None:
    (vault_folder / "anchor").unlink()
    with closing(looked_at(vault_folder)) as session, pytest.raises(Refused, match="read-only"):
        accepting.accept(session)
    assert found(vault_folder) == [Finding.NO_ANCHOR]


def test_read_only_an_anchor_that_is_behind_stays_behind(vault_folder: Path, tmp_path: Path) -> None:
    """A kill between an erasure, which empties the log, and the anchor leaves such a vault."""
    session = examined(vault_folder)
    case(session)
    session.vault.scrub()
    killed = tmp_path / "killed"
    shutil.copytree(vault_folder, killed)
    session.close()
    another_computer(tmp_path / "other")
    before = (killed / "anchor").read_bytes()
    with closing(looked_at(killed)) as session:
        session.settle()
    assert (killed / "anchor").read_bytes() == before


def test_nothing_is_written_before_somebody_has_chosen(vault_folder: Path) -> None:
    with closing(examined(vault_folder)) as session:
        case(session)
    (vault_folder / "anchor").unlink()
    with closing(open_vault(vault_folder, despite=True)) as session:
        assert list(session.examine())
        with pytest.raises(Disagrees):
            log(session, "note", text="too early", happened="2022-08-01")
    assert found(vault_folder) == [Finding.NO_ANCHOR]


def test_who_has_only_the_recovery_key_can_accept_too(vault_folder: Path) -> None:
    with closing(examined(vault_folder)) as session:
        sheet = recovery.new_sheet(session, PASSPHRASE)
        recovery.confirm(session, sheet, {at: sheet.groups[at - 1] for at in sheet.asked})
    (vault_folder / "anchor").unlink()
    key, ids = "".join(sheet.groups), SeededIds("by key")
    with closing(
        recovery.unlock(vault_folder, key, clock=clock_on(), ids=ids, actor=Actor.WINDOW, despite=True)
    ) as session:
        assert list(session.examine())
        accepting.accept(session)
    assert found(vault_folder) == []
