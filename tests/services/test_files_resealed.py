"""New keys and attached files: every file anew under a key of its own, the old ones gone, their keys nowhere."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Problem, Refused, Unavailable
from family_case.model.attachment import Attachment
from family_case.model.changes import Reason
from family_case.services import attaching, backups, casework, editing, erasing, history, rekeying, safekeeping
from family_case.store import blobs, renewal
from family_case.store.rows import load
from tests import independent_reader
from tests.faults.f16_erasure import _plain_pages
from tests.keeping import restored
from tests.services.casebook import case, log
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.services.session import Session

ONE, TWO, LATE = b"OggS" + bytes(range(256)) * 900, b"%PDF-" + bytes(range(255, -1, -1)) * 90, b"taken back"


@pytest.fixture
def told(session: Session, tmp_path: Path) -> Session:
    """A case with a voice note and a letter, one of them moved about, and a file that was taken back."""
    case(session)
    entry = log(session, "note", "K-001", text="a note")
    for ref, name, data in (("K-001", "voice.ogg", ONE), (entry, "letter.pdf", TWO), ("K-001", "late.txt", LATE)):
        (tmp_path / name).write_bytes(data)
        attaching.attach(session, ref, tmp_path / name)
    history.undo(session, this_session=True)
    return session


def rows(session: Session) -> list[Attachment]:
    return load(session.vault.connection, Attachment, "1 ORDER BY rowid")


def contents(session: Session) -> list[bytes]:
    return [b"".join(attaching.pieces(session, row)) for row in rows(session)]


def lying(session: Session) -> set[str]:
    return {each.name for each in (session.folder / blobs.FOLDER).rglob("*") if each.is_file()}


def secrets(session: Session) -> set[str]:
    """Every key that opens a file, of rows and of journal lines."""
    bodies = session.vault.connection.execute(
        "SELECT body FROM journal_payload WHERE body LIKE '%seal_key%'"
    ).fetchall()
    return {body.split('"seal_key":"')[1][:64] for (body,) in bodies}


def test_every_file_is_another_one_under_another_key_and_says_the_same(told: Session) -> None:
    before, old, keys = rows(told), lying(told), secrets(told)
    assert len(keys) == len(old) == 3, "the file that was taken back lies there too"
    notes = dict(rekeying.rekey(told, PASSPHRASE, PASSPHRASE).notes)
    after = rows(told)
    assert contents(told) == [ONE, TWO]
    assert lying(told) == {row.blob for row in after}
    assert not lying(told) & old
    for name in ("id", "case_id", "entry_id", "name", "media", "size", "sha256", "recorded_ms"):
        assert [getattr(row, name) for row in after] == [getattr(row, name) for row in before]
    assert not {row.seal_key for row in after} & keys
    assert notes[rekeying._FILES] == {"count": 2}
    found = [number for number, page in _plain_pages(told) for key in keys if key.encode() in page]
    assert found == [], "an old key still stands on a page of the new database"
    assert any(after[0].seal_key.encode() in page for _number, page in _plain_pages(told)), "the search is blind"
    assert safekeeping.verify(told, deep=True).problems == ()


def test_a_reader_that_knows_only_the_page_agrees(told: Session) -> None:
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    folder, keys = told.folder, {row.seal_key for row in rows(told)}
    told.close()
    with closing(independent_reader.opened(folder, PASSPHRASE)) as database:
        found = independent_reader.rebuilt(database)
    assert {row["seal_key"] for (table, _id), row in found.items() if table == "attachment"} == keys


def test_what_was_taken_back_is_gone_and_the_change_cannot_be_undone(told: Session) -> None:
    (line,) = told.vault.connection.execute("SELECT max(seq) FROM journal_head").fetchone()
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    with pytest.raises(Refused, match="sealed anew"):
        history.undo(told, this_session=True)
    with pytest.raises(Refused, match="erased"):
        history.revert(told, str(line))
    assert contents(told) == [ONE, TWO]
    heads = told.vault.connection.execute("SELECT count(*) FROM journal_head WHERE reason = 'rekey'").fetchone()
    assert heads == (3,)


def test_what_follows_works_as_ever(told: Session, shelf: Path, tmp_path: Path) -> None:
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    entry = backups.backup(told, shelf).made
    pooled = {each.name for each in shelf.glob("family-case-blobs-*/*/*")}
    assert pooled == lying(told)
    restored(Path(entry), tmp_path / "restored", PASSPHRASE)
    with closing(open_vault(tmp_path / "restored", "restored")) as session:
        assert contents(session) == [ONE, TWO]
        assert safekeeping.verify(session, deep=True).ok
    editing.change(told, rows(told)[1].entry_id or "", {"text": "another"})
    erasing.erase(told, rows(told)[0].id)
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    assert contents(told) == [TWO]
    assert lying(told) == {row.blob for row in rows(told)}
    assert safekeeping.verify(told, deep=True).ok


def test_many_files_are_several_changes(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "_AT_ONCE", 2)
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    counters = told.vault.connection.execute("SELECT DISTINCT counter FROM journal_head WHERE reason = 'rekey'")
    assert len(counters.fetchall()) == 2
    folder = told.folder
    told.close()
    with closing(open_vault(folder, "again")) as session:
        assert session.findings == ()
        assert safekeeping.verify(session, deep=True).ok


def test_a_missing_and_a_damaged_file_hold_nothing_up_and_are_named(told: Session) -> None:
    first, second = rows(told)
    blobs.path_of(told.folder, first.blob).unlink()
    sealed = blobs.path_of(told.folder, second.blob)
    data = sealed.read_bytes()
    sealed.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    notes = dict(rekeying.rekey(told, PASSPHRASE, PASSPHRASE).notes)
    assert notes[rekeying._STILL] == {"names": "K-001: letter.pdf; K-001: voice.ogg"}
    assert rows(told) == [first, second]
    assert lying(told) == {second.blob}
    assert {text for text, _values in safekeeping.verify(told, deep=True).problems} == {blobs.MISSING, blobs.ALTERED}


def stopping(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([False, True])
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE, stopped=lambda: next(asked))


def full_at_the_second(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    writes, write = iter(range(1000)), os.write

    def full(descriptor: int, data: bytes) -> int:
        if next(writes) > 5:
            raise OSError(errno.ENOSPC, "full")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    try:
        rekeying.rekey(told, PASSPHRASE, PASSPHRASE)
    finally:
        monkeypatch.setattr(os, "write", write)


def no_room(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    database = (told.folder / "main.db").stat().st_size
    room = SimpleNamespace(free=database + (4 << 20) + 1000)
    monkeypatch.setattr("family_case.services.rekeying.shutil.disk_usage", lambda _: room)
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)


def bad_rows(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unavailable("the disk")

    monkeypatch.setattr(renewal.Renewal, "_renew", broken)
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)


def bad_header(told: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unavailable("the disk")

    monkeypatch.setattr("family_case.crypto.header.write", broken)
    rekeying.rekey(told, PASSPHRASE, PASSPHRASE)


@pytest.mark.parametrize("way", [stopping, full_at_the_second, no_room, bad_rows, bad_header])
def test_whatever_fails_leaves_the_old_vault_whole_and_nothing_beside_it(
    told: Session, way: Callable[[Session, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = rows(told), lying(told)
    with pytest.raises(Problem):
        way(told, monkeypatch)
    assert rows(told) == before
    assert contents(told) == [ONE, TWO]
    assert lying(told) == old, "the file that was taken back is there too, and no mark"
    assert not list(told.folder.glob("*epoch*"))
    assert not list(told.folder.glob(".*"))
    assert casework.count(told) == 1
    history.redo(told, this_session=True)
    assert contents(told) == [ONE, TWO, LATE]


def test_whoever_kept_the_old_database_opens_none_of_the_files(told: Session, tmp_path: Path) -> None:
    old = tmp_path / "old"
    told.vault.scrub()
    shutil.copytree(told.folder, old)
    rekeying.rekey(told, PASSPHRASE, "seven other words open it from now on")
    shutil.rmtree(old / blobs.FOLDER)
    shutil.copytree(told.folder / blobs.FOLDER, old / blobs.FOLDER)
    kept = {row.seal_key for row in rows(told)}
    with closing(open_vault(old, "old")) as session:
        assert not {row.seal_key for row in rows(session)} & kept
        with pytest.raises(Problem, match="missing"):
            contents(session)
    reasons = {Reason(code) for (code,) in told.vault.connection.execute("SELECT DISTINCT reason FROM journal_head")}
    assert Reason.REKEY in reasons
