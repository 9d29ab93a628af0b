"""A file that a family handed over: it comes back as it was given, or is named; nothing else of it lies anywhere."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.model.attachment import LARGEST, Media
from family_case.services import attaching, casework, erasing, finding, history
from family_case.services.anchoring import Disagrees
from tests.keeping import ROOT
from tests.not_run import demand_namespaces
from tests.services.casebook import case, log, person
from tests.vaults import open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

VOICE = b"OggS" + bytes(range(256)) * 700  # 179 KB: three chunks


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    file = tmp_path / "от Артёма.ogg"
    file.write_bytes(VOICE)
    return file


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    return session


def back(session: Session, made: str) -> bytes:
    return b"".join(attaching.pieces(session, attaching.one(session, made)))


def blobs_in(folder: Path) -> list[Path]:
    """Sealed files, finished or not, and whatever else lies where only they may."""
    inside = [each for each in (folder / "blobs").rglob("*") if each.is_file()]
    return [*inside, *folder.glob(".*.part")]


def test_what_a_mother_sent_comes_back_byte_for_byte_and_is_found_by_its_name(told: Session, voice: Path) -> None:
    made = attaching.attach(told, "K-001", voice).made
    row = attaching.one(told, made)
    assert back(told, made) == VOICE
    assert (row.name, row.media, row.size) == ("от Артёма.ogg", Media.OGG, len(VOICE))
    assert casework.page(told, "K-001").background.attachments == (row,)
    assert made in {hit.record_id for hit in finding.find(told, "Артёма")}


def test_a_file_of_an_entry_is_listed_with_it_and_with_its_case(told: Session, voice: Path) -> None:
    sign = log(told, "sign", happened="2022-08-01", class_="voice")
    of_entry, of_case = (attaching.attach(told, ref, voice).made for ref in (sign, "K-001"))
    assert [each.id for each in attaching.of(told, sign)] == [of_entry]
    assert [each.id for each in attaching.of(told, "K-001")] == [of_entry, of_case]


def test_the_bytes_on_the_disk_say_nothing_of_the_file(told: Session, voice: Path) -> None:
    attaching.attach(told, "K-001", voice)
    (sealed,) = blobs_in(told.folder)
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert VOICE[:64] not in sealed.read_bytes()
    assert sealed.name.isalnum()
    assert sealed.stat().st_size != len(VOICE)


def test_a_file_with_a_hostile_name_is_kept_under_a_harmless_one(told: Session, tmp_path: Path) -> None:
    file = tmp_path / "..\\..\\photo\u202egpj\nexe"
    file.write_bytes(b"\xff\xd8\xff")
    row = attaching.one(told, attaching.attach(told, "K-001", file).made)
    assert row.name == "..\\..\\photo_gpj_exe"  # told, and never a path
    assert {each.parent.parent for each in blobs_in(told.folder)} == {told.folder / "blobs"}


def test_a_file_that_is_too_large_is_refused_before_a_byte_is_copied(told: Session, tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    with file.open("wb") as sparse:
        sparse.truncate(LARGEST + 1)
    with pytest.raises(Refused, match="2 GiB"):
        next(attaching.steps(told, "K-001", file))
    assert blobs_in(told.folder) == []


@pytest.mark.parametrize("sort", ["folder", "pipe", "nothing"])
def test_only_an_ordinary_file_is_attached(told: Session, tmp_path: Path, sort: str) -> None:
    thing = tmp_path / "thing"
    if sort == "folder":
        thing.mkdir()
    elif sort == "pipe":
        os.mkfifo(thing)
    with pytest.raises(Problem):
        attaching.attach(told, "K-001", thing)
    assert blobs_in(told.folder) == []


def test_attaching_can_be_stopped_and_leaves_nothing(told: Session, tmp_path: Path) -> None:
    file = tmp_path / "film"
    file.write_bytes(bytes(5 << 20))
    asked = iter([False, True])
    with pytest.raises(Refused, match="stopped"):
        list(attaching.steps(told, "K-001", file, stopped=lambda: next(asked)))
    dropped = attaching.steps(told, "K-001", file)
    next(dropped)
    dropped.close()
    assert (blobs_in(told.folder), attaching.of(told, "K-001")) == ([], [])


def test_a_file_that_changes_while_it_is_read_is_not_attached(told: Session, tmp_path: Path) -> None:
    for grows in (True, False):
        file = tmp_path / "being written"
        file.write_bytes(bytes(5 << 20))
        taking = attaching.steps(told, "K-001", file)
        next(taking)
        with file.open("ab") as more:
            more.write(b"more") if grows else more.truncate(2 << 20)
        with pytest.raises(Refused, match="changed while"):
            list(taking)
    assert (blobs_in(told.folder), attaching.of(told, "K-001")) == ([], [])


# --- what is damaged is named ---


def damage(path: Path, how: str, other: Path) -> None:
    data = path.read_bytes()
    match how:
        case "missing":
            path.unlink()
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "flipped":
            path.write_bytes(data[:1000] + bytes([data[1000] ^ 1]) + data[1001:])
        case "swapped":
            path.write_bytes(other.read_bytes())
        case "a link":
            path.rename(path.with_suffix(".moved"))
            path.symlink_to(path.with_suffix(".moved"))


@pytest.mark.parametrize("how", ["missing", "cut", "flipped", "swapped", "a link"])
def test_a_file_that_is_not_the_one_that_was_sealed_is_named_and_the_others_still_open(
    told: Session, voice: Path, how: str
) -> None:
    first, second = (attaching.attach(told, "K-001", voice).made for _ in range(2))
    paths = [told.folder / "blobs" / row.blob[:2] / row.blob for row in attaching.of(told, "K-001")]
    damage(paths[0], how, paths[1])
    with pytest.raises(Damaged) as found:
        back(told, first)
    assert found.value.values == {"name": voice.name}
    assert back(told, second) == VOICE


def test_a_file_that_opens_and_is_not_the_one_that_was_given_is_named(told: Session, voice: Path) -> None:
    row = attaching.one(told, attaching.attach(told, "K-001", voice).made)
    with pytest.raises(Damaged):
        list(attaching.pieces(told, replace(row, sha256="0" * 64)))


# --- the way back ---


def test_undo_takes_a_file_back_and_redo_brings_it_again(told: Session, voice: Path) -> None:
    made = attaching.attach(told, "K-001", voice).made
    history.undo(told, this_session=True)
    assert attaching.of(told, "K-001") == []
    history.redo(told, this_session=True)
    assert back(told, made) == VOICE


@pytest.mark.parametrize("what", ["attachment", "entry", "case", "taken back"])
def test_erasing_takes_the_sealed_file_and_its_key_and_nothing_of_another(
    told: Session, voice: Path, what: str
) -> None:
    case(told, "K-002", "Климов Денис Олегович")
    kept = attaching.attach(told, "K-002", voice).made
    sign = log(told, "sign", happened="2022-08-01", class_="voice")
    made = attaching.attach(told, sign, voice).made
    key = attaching.one(told, made).seal_key
    if what == "taken back":
        history.undo(told, this_session=True)
        erasing.purge(told, made)
    else:
        erasing.erase(told, {"attachment": made, "entry": sign, "case": "K-001"}[what])
    assert {each.name for each in blobs_in(told.folder)} == {attaching.one(told, kept).blob}
    assert back(told, kept) == VOICE
    bodies = told.vault.connection.execute("SELECT body FROM journal_payload").fetchall()
    assert not any(key in body for (body,) in bodies)


def test_a_file_called_by_an_erased_person_is_listed_to_be_looked_at(
    told: Session, voice: Path, tmp_path: Path
) -> None:
    stranger = person(told, "Артёмов Савва", "recruiter")
    file = tmp_path / "пишет Артёмов.txt"
    file.write_text("текст", encoding="utf-8")
    called = attaching.attach(told, "K-001", file).made
    attaching.attach(told, "K-001", voice)
    assert erasing.plan(told, stranger).still_naming == (called,)


def test_the_key_of_a_file_is_shown_in_no_history(told: Session, voice: Path) -> None:
    made = attaching.attach(told, "K-001", voice).made
    key = attaching.one(told, made).seal_key
    assert key not in str(history.history(told, "K-001"))
    assert key not in repr(attaching.one(told, made))


# --- kills and full disks ---

_KILLED = """
import os, signal, sys
from pathlib import Path
from family_case.services import attaching
from tests.vaults import open_vault
left = int(sys.argv[3])
def touch(event, arguments):
    global left
    if event in ("open", "os.rename", "os.mkdir", "os.remove") and any(sys.argv[1] in str(each) for each in arguments):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
session = open_vault(Path(sys.argv[1]), "killed")
sys.addaudithook(touch)
attaching.attach(session, "K-001", Path(sys.argv[2]))
os.kill(os.getpid(), signal.SIGTERM)
"""


def test_an_interrupt_after_the_row_is_on_the_disk_leaves_its_file(told: Session, voice: Path) -> None:
    def interrupted() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    told.vault.log_pages, told.vault.before_working_in, before = 1, interrupted, told.vault.before_working_in
    with pytest.raises(KeyboardInterrupt):
        attaching.attach(told, "K-001", voice)
    told.vault.before_working_in = before
    (row,) = attaching.of(told, "K-001")
    assert back(told, row.id) == VOICE


def test_no_sealed_file_goes_while_the_database_is_not_the_one_that_was_left(
    vault_folder: Path, voice: Path, tmp_path: Path
) -> None:
    """An older log names fewer files; who puts the right one back again must find them all."""
    session = open_vault(vault_folder, "a")
    case(session)
    session.settle()
    older = (vault_folder / "main.db-wal").read_bytes()
    made = attaching.attach(session, "K-001", voice).made
    session.settle()
    killed = Path(shutil.copytree(vault_folder, tmp_path / "killed"))
    session.close()
    right = (killed / "main.db-wal").read_bytes()
    (killed / "main.db-wal").write_bytes(older)
    with pytest.raises(Disagrees):
        open_vault(killed, "b")
    (killed / "main.db-wal").write_bytes(right)
    with closing(open_vault(killed, "c")) as session:
        assert list(session.examine())
        assert back(session, made) == VOICE


def test_a_kill_at_any_touch_of_the_disk_leaves_the_whole_file_or_nothing_of_it(
    vault_folder: Path, voice: Path
) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    ended, touches, seen = -signal.SIGKILL, 0, set()
    while ended == -signal.SIGKILL:
        ended = subprocess.run(
            [sys.executable, "-c", _KILLED, str(vault_folder), str(voice), str(touches)], cwd=ROOT, check=False
        ).returncode
        with closing(open_vault(vault_folder, f"after {touches}")) as session:
            assert list(session.examine())
            rows = attaching.of(session, "K-001")
            assert {each.name for each in blobs_in(vault_folder)} == {row.blob for row in rows}
            assert all(back(session, row.id) == VOICE for row in rows)
            seen.add(len(rows))
            for row in rows:
                erasing.erase(session, row.id)
        touches += 1
    assert ended == -signal.SIGTERM  # at last it got through
    assert touches > 8
    assert seen == {0, 1}


def test_a_full_disk_refuses_the_file_and_keeps_the_vault(
    told: Session, voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own answer at the second write; the real thing, on a small disk, is measured elsewhere."""
    whole, room = os.write, [100_000]

    def write(descriptor: int, data: bytes) -> int:
        if room[0] <= 0:
            raise OSError(28, "No space left on device")
        room[0] -= len(data)
        return whole(descriptor, data)

    monkeypatch.setattr("family_case.files.os.write", write)
    with pytest.raises(Unavailable, match="no space"):
        attaching.attach(told, "K-001", voice)
    monkeypatch.undo()
    assert (blobs_in(told.folder), attaching.of(told, "K-001")) == ([], [])
    assert attaching.attach(told, "K-001", voice).made


_ON_A_SMALL_DISK = """
import sys
from contextlib import closing
from pathlib import Path
from family_case.errors import Unavailable
from family_case.services import attaching, safekeeping
from tests.services.casebook import case
from tests.vaults import open_vault
folder, large, small = map(Path, sys.argv[1:])
with closing(open_vault(folder)) as session:
    case(session)
    try:
        attaching.attach(session, "K-001", large)
    except Unavailable as problem:
        assert "no space" in problem.message, problem.message
    else:
        raise AssertionError("there was room for it")
    left = [each for each in folder.rglob("*") if "blobs" in each.parts or each.name.endswith(".part")]
    assert [each for each in left if each.is_file()] == [], left
    made = attaching.attach(session, "K-001", small).made
    assert b"".join(attaching.pieces(session, attaching.one(session, made))) == small.read_bytes()
    assert safekeeping.verify(session, deep=True).ok
"""


def test_a_disk_that_fills_up_while_a_file_is_sealed_loses_nothing(
    vault_folder: Path, voice: Path, tmp_path: Path
) -> None:
    demand_namespaces()
    disk, large = tmp_path / "disk", tmp_path / "film"
    disk.mkdir()
    large.write_bytes(bytes(20 << 20))
    inside = f'mount -t tmpfs -o size=6m none "{disk}" && cp -r "{vault_folder}" "{disk}/vault" && exec "$@"'
    python = [sys.executable, "-c", _ON_A_SMALL_DISK, str(disk / "vault"), str(large), str(voice)]
    ended = subprocess.run(
        ["unshare", "-Urnm", "sh", "-c", inside, "sh", *python],  # noqa: S607 - a system tool
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
