"""A backup counts only when it was proven from its own disk; whatever goes wrong, the older ones stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SetClock
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.services import backups, casework, safekeeping, today
from family_case.store import backup as copying
from tests.keeping import backed_up, bytes_of, contents, contents_of, killed_at, restored
from tests.services.casebook import case, log
from tests.vaults import clock_on, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from family_case.services.session import Session

DAY_MS = 24 * 3600 * 1000
only_unix = pytest.mark.skipif(sys.platform == "win32", reason="a disk of its own is made with mount(8)")


def names(shelf: Path) -> list[str]:
    return sorted(each.name for each in shelf.iterdir())


def test_a_backup_holds_the_database_two_headers_and_a_manifest_that_tells_of_nobody(
    story_folder: Path, shelf: Path
) -> None:
    entry = backed_up(story_folder, shelf)
    assert names(shelf) == [entry.name]
    assert entry.name.startswith("family-case-2022-08-22-1500")  # the vault's zone, not the computer's
    assert names(entry) == ["header.a", "header.b", "main.db", "manifest"]
    told = (entry / "manifest").read_text("ascii")
    assert '"heads":' in told
    assert "cases" not in told
    if sys.platform != "win32":
        assert {each.stat().st_mode & 0o777 for each in entry.iterdir()} == {0o600}
        assert entry.stat().st_mode & 0o777 == 0o700


def test_what_is_written_while_it_is_copied_is_kept_and_is_not_in_the_backup(
    story: Session, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a thousand pages are written between the steps: by itself the log would be worked into the file."""
    monkeypatch.setattr(copying, "CHUNK", 64 * 1024)
    before = contents(story)
    taking = backups.take(story, shelf)
    steps = 0
    while True:
        try:
            share = next(taking)
        except StopIteration as end:
            pending: backups.Pending = end.value
            break
        assert 0 < share < 1
        steps += 1
        for _ in range(12):
            log(story, "note", text="while it was copied " + "x" * 20_000, happened="2022-08-20")
    assert steps > 5
    backups.remember(story, backups.prove(pending))
    assert backups.standing(story).behind
    after = contents(story)
    assert len(after["entry"]) == len(before["entry"]) + 12 * steps
    assert not story.vault._held  # the log is worked in again when it has become long
    found = restored(pending.entry, tmp_path / "back")
    assert contents_of(found.folder) == before


def test_nobody_else_can_write_to_the_vault_after_a_backup(story: Session, shelf: Path) -> None:
    """Closing another descriptor of the database would have dropped the locks on it."""
    backups.backup(story, shelf)
    ask = (
        "import sys; from sqlcipher3 import dbapi2\n"
        f"c = dbapi2.connect({str(story.folder / 'main.db')!r}, timeout=0)\n"
        f'c.execute("PRAGMA key = \\"x\'{story.root.database_key()}\'\\"")\n'
        "try: c.execute('UPDATE copy SET counter = 0'); c.commit()\n"
        "except dbapi2.OperationalError as error: sys.exit(7 if 'locked' in str(error) else 8)\n"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False, timeout=60).returncode == 7


# --- its age ---


def test_its_age_is_known_after_the_next_unlock(vault_folder: Path, shelf: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        assert backups.standing(session) == backups.Standing(None, 0, "", behind=False, due=False)
        case(session)
        assert backups.standing(session) == backups.Standing(None, 0, "", behind=True, due=True)
        changes = backups.backup(session, shelf)
        assert (changes.number, changes.tables) == (0, frozenset({"copy"}))
        fresh = backups.Standing("2022-08-22", 0, str(shelf), behind=False, due=False)
        assert backups.standing(session) == fresh
    with closing(open_vault(vault_folder)) as session:
        assert backups.standing(session) == fresh
        assert safekeeping.verify(session).ok
        assert casework.count(session) == 1
        with pytest.raises(Refused):
            session.vault.undo(session.actor, since=2)  # a backup is nothing to take back


def test_today_asks_for_a_backup_after_a_week_and_only_when_something_was_written(
    vault_folder: Path, shelf: Path
) -> None:
    with closing(open_vault(vault_folder)) as session:
        assert isinstance(session.clock, SetClock)
        case(session)
        (line,) = today.today(session)
        assert (line.why, line.case_id, line.day, line.days) == ("backup", "", None, 0)
        backups.backup(session, shelf)
        session.clock.utc_ms += 8 * DAY_MS
        assert today.today(session) == []
        log(session, "note", text="later", happened="2022-08-29")
        (line,) = today.today(session)
        assert (line.why, line.day, line.days) == ("backup", "2022-08-22", 8)
        assert not any(each.why == "backup" for each in today.today(session, as_of=session.today()))
        session.clock.utc_ms -= DAY_MS
        assert today.today(session) == []


def test_a_demo_asks_for_none(story: Session) -> None:
    assert "backup" not in {each.why for each in today.today(story)}


# --- several on one shelf ---


def test_two_in_the_same_second_and_a_clock_set_back_lose_nothing(vault_folder: Path, shelf: Path) -> None:
    made: list[Path] = []
    for day in ("2022-08-22", "2022-08-22", "2021-01-01", "1999-12-31"):
        with closing(open_vault(vault_folder, f"life {len(made)}")) as session:
            case(session, f"K-00{len(made) + 1}")
            session.clock = clock_on(day)
            made.append(Path(backups.backup(session, shelf, keep=2).made))
        assert made[-1].is_dir()
    assert made[1].name == made[0].name + "-2"
    assert names(shelf) == sorted(each.name for each in made[2:])  # the two with the newest work


def test_rotation_keeps_two_at_least_and_touches_nothing_it_does_not_know(
    vault_folder: Path, story_folder: Path, shelf: Path
) -> None:
    other = backed_up(story_folder, shelf)
    (shelf / "family-case-2020-01-01-000000-holiday").mkdir()
    (shelf / "family-case-2020-01-01-000000-holiday" / "photo.jpg").write_bytes(b"x")
    (shelf / "letter.txt").write_text("x", encoding="utf-8")
    first = backed_up(vault_folder, shelf, keep=2)
    (first / "note of a colleague.txt").write_text("keep this one", encoding="utf-8")
    strangers = {other.name, first.name, "family-case-2020-01-01-000000-holiday", "letter.txt"}
    made = [backed_up(vault_folder, shelf, keep=2) for _ in range(4)]
    assert set(names(shelf)) == strangers | {each.name for each in made[-2:]}
    with pytest.raises(Refused) as refusal:
        backed_up(vault_folder, shelf, keep=1)
    assert refusal.value.values == {"least": 2}


def test_an_entry_that_lost_its_bytes_is_no_backup_that_is_kept(vault_folder: Path, shelf: Path) -> None:
    first, second, third = (backed_up(vault_folder, shelf, keep=3) for _ in range(3))
    (third / "main.db").write_bytes((third / "main.db").read_bytes()[:-4096])
    fourth = backed_up(vault_folder, shelf, keep=3)
    assert set(names(shelf)) == {each.name for each in (first, second, third, fourth)}


# --- what goes wrong ---


def test_a_place_that_cannot_be_one_is_refused_in_words(story: Session, tmp_path: Path) -> None:
    before = bytes_of(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "absent", tmp_path / "file", story.folder, story.folder / "blobs"):
        with pytest.raises(Refused):
            backups.backup(story, place)
    assert bytes_of(tmp_path) == {**before, "file": b""}


def test_a_read_only_target_is_named(story: Session, shelf: Path, ordinary: None) -> None:
    shelf.chmod(0o500)
    with pytest.raises(Unavailable) as problem:
        backups.backup(story, shelf)
    shelf.chmod(0o700)
    assert "permit" in problem.value.message
    assert names(shelf) == []


@pytest.fixture
def ordinary(tmp_path: Path) -> Iterator[None]:
    """Without root's power over permissions."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    for each in (tmp_path, *tmp_path.rglob("*")):
        os.chown(each, 65534, 65534)
    for folder in tmp_path.parents:
        if folder.owner() == "root" and not folder.stat().st_mode & 0o001:
            folder.chmod(0o711)
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB, enough for two backups of the story; made where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = (
        mount is not None
        and sys.platform == "linux"
        and subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)], check=False, capture_output=True
        ).returncode
        == 0
    )
    yield folder
    if made:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(folder)], check=True)


def _full(descriptor: int, data: bytes, *, real: Callable[[int, bytes], int] = os.write) -> int:
    """Where nobody may mount: the system's own answer at its border, to what is as large as a vault."""
    if len(data) > 100_000:
        raise OSError(28, "No space left on device")
    return real(descriptor, data)


def test_a_full_disk_is_named_and_the_older_backup_stays(
    story_folder: Path, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backed_up(story_folder, small_disk)
    with monkeypatch.context() as world:
        if small_disk.is_mount():
            left = shutil.disk_usage(small_disk).free - 200_000  # too little for one more copy
            (small_disk / "ballast").write_bytes(bytes(left))
        else:
            world.setattr(os, "write", _full)
        before = bytes_of(small_disk)
        with pytest.raises(Unavailable) as problem:
            backed_up(story_folder, small_disk)
    assert "no space left" in problem.value.message
    assert bytes_of(small_disk) == before
    assert contents_of(restored(first, tmp_path / "back").folder) == contents_of(story_folder)


def test_a_target_that_vanishes_half_way_is_named(story: Session, shelf: Path) -> None:
    for at in (0.0, 0.5):

        def pull_out(share: float, at: float = at) -> None:
            if share > at and shelf.exists():
                shutil.rmtree(shelf)

        shelf.mkdir(exist_ok=True)
        with pytest.raises(Unavailable) as problem:
            backups.backup(story, shelf, progress=pull_out)
        assert "was its disk pulled out" in problem.value.message
        assert problem.value.values == {"folder": str(shelf)}
    assert safekeeping.verify(story).ok
    assert backups.standing(story).day is None


@pytest.mark.parametrize("spot", [0, 5000, 300_000, -1])
def test_a_medium_that_gives_back_another_bit_is_not_trusted(story: Session, shelf: Path, spot: int) -> None:
    old = [Path(backups.backup(story, shelf, keep=2).made).name for _ in range(2)]
    stand = backups.standing(story)
    taking = backups.take(story, shelf, keep=2)
    pending = finished(taking)
    flip(pending.folder / "main.db", spot)
    with pytest.raises(Damaged) as damage:
        backups.prove(pending)
    assert "not reliable" in damage.value.message
    assert names(shelf) == old  # nothing goes before its successor is verified
    assert backups.standing(story) == stand


def test_a_vault_that_is_itself_damaged_replaces_no_backup(story_folder: Path, shelf: Path) -> None:
    old = backed_up(story_folder, shelf)
    flip(story_folder / "main.db", 400_000)
    with pytest.raises(Damaged) as damage, closing(open_vault(story_folder)) as session:
        backups.backup(session, shelf)
    assert "own database is damaged" in damage.value.message
    assert names(shelf) == [old.name]


def test_a_header_that_does_not_come_back_is_noticed(story: Session, shelf: Path) -> None:
    pending = finished(backups.take(story, shelf))
    for name in ("header.a", "header.b"):
        flip(pending.folder / name, 200)
    with pytest.raises(Problem):
        backups.prove(pending)
    assert names(shelf) == []


def test_stopping_leaves_nothing(story: Session, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "CHUNK", 64 * 1024)
    with pytest.raises(Refused):
        finished(backups.take(story, shelf, stopped=lambda: True))
    half = backups.take(story, shelf)
    next(half)
    assert len(names(shelf)) == 1
    half.close()
    pending = finished(backups.take(story, shelf))
    pending.proof.stop()
    with pytest.raises(Refused):
        backups.prove(pending)
    assert names(shelf) == []


def test_a_copy_left_half_way_when_the_vault_was_closed_asks_nothing_of_it(
    story_folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "CHUNK", 64 * 1024)
    session = open_vault(story_folder)
    half = backups.take(session, shelf)
    next(half)
    session.close()
    with pytest.raises(Unavailable):
        next(half)
    assert names(shelf) == []
    backed_up(story_folder, shelf)


@only_unix
def test_killed_at_any_moment_it_leaves_whole_backups_only_and_the_next_sweeps(
    vault_folder: Path, shelf: Path, tmp_path: Path
) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
    before = contents_of(vault_folder)
    lives, touch = 0, 0
    while killed_at(touch, "backed_up", shelf, vault_folder, shelf):
        lives += 1
        for entry in shelf.glob("family-case-*"):
            back = tmp_path / f"back {touch}"
            if not back.exists():
                assert contents_of(restored(entry, back).folder) == before
        assert contents_of(vault_folder) == before
        touch += 4
    assert lives >= 8
    backed_up(vault_folder, shelf)
    assert not [name for name in names(shelf) if name.startswith(".")]


def finished(taking: Iterator[float]) -> backups.Pending:
    while True:
        try:
            next(taking)
        except StopIteration as end:
            pending: backups.Pending = end.value
            return pending


def flip(file: Path, spot: int) -> None:
    data = bytearray(file.read_bytes())
    data[spot] ^= 1
    file.write_bytes(bytes(data))
