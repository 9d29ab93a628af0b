"""A file is there wholly or not at all, and the disk's answer becomes a sentence."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from family_case import files
from family_case.errors import Damaged, Unavailable
from family_case.files import explain, make_private_folder, read_bounded, sweep, sync_folder, write_atomic

ROOT = Path(__file__).resolve().parent.parent


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_written_file_holds_the_bytes_privately_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "header.a"
    write_atomic(path, b"first\r\n\x00")
    write_atomic(path, b"second")
    assert path.read_bytes() == b"second"
    assert mode(path) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["header.a"]


def test_another_mode_can_be_asked_for(tmp_path: Path) -> None:
    write_atomic(tmp_path / "report.pdf", b"%PDF", mode=0o640)
    assert mode(tmp_path / "report.pdf") == 0o640


def test_the_file_is_private_before_its_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(files, "_sync", lambda descriptor: seen.append(os.fstat(descriptor).st_mode & 0o777))
    write_atomic(tmp_path / "header.a", b"x")
    assert seen[0] == 0o600


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "header.a"
    seen: list[tuple[int, bool]] = []
    monkeypatch.setattr(files, "_sync", lambda descriptor: seen.append((os.fstat(descriptor).st_size, path.exists())))
    write_atomic(path, b"x" * 100_000)
    assert [seen[0], seen[1][1]] == [(100_000, False), True]
    assert len(seen) == 2


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "header.a"
    write_atomic(path, b"old")

    def no_disk(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(files, "_sync", no_disk)
    with pytest.raises(Unavailable) as caught:
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["header.a"]
    assert "fault" in caught.value.message
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    link = tmp_path / "header.a"
    link.symlink_to(victim)
    write_atomic(link, b"new")
    assert victim.read_bytes() == b"untouched"
    assert not link.is_symlink()


def test_a_file_slipped_in_under_the_temporary_name_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write beside us could give our bytes another name, or take them along."""
    other = tmp_path / "other"
    other.write_bytes(b"theirs")
    os.link(other, tmp_path / f".header.a.{os.getpid()}.part")
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # as if it came just after ours was removed
    with pytest.raises(Unavailable):
        write_atomic(tmp_path / "header.a", b"ours")
    assert other.read_bytes() == b"theirs"


def test_what_a_killed_writer_left_is_no_obstacle_and_is_swept(tmp_path: Path) -> None:
    mine = tmp_path / f".header.a.{os.getpid()}.part"
    mine.write_bytes(b"torn")
    write_atomic(tmp_path / "header.a", b"whole")
    (tmp_path / ".header.b.1.part").write_bytes(b"torn")
    sweep(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["header.a"]


def test_sweeping_what_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / ".header.b.1.part").mkdir()
    with pytest.raises(Unavailable):
        sweep(tmp_path)


def test_a_private_folder_is_made_or_narrowed(tmp_path: Path) -> None:
    made = tmp_path / "group" / "vault"
    make_private_folder(made)
    assert mode(made) == 0o700
    made.chmod(0o755)
    make_private_folder(made)
    assert mode(made) == 0o700


def test_a_disk_without_permissions_can_hold_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(code: int) -> None:
        def chmod(*_: object, **__: object) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(Path, "chmod", chmod)

    refused(errno.EPERM)
    make_private_folder(tmp_path / "stick")
    refused(errno.EIO)
    with pytest.raises(Unavailable):
        make_private_folder(tmp_path / "stick")


def test_reading_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "anchor"
    assert read_bounded(path, 4) is None
    path.write_bytes(b"1234")
    assert read_bounded(path, 4) == b"1234"
    path.write_bytes(b"12345")
    with pytest.raises(Damaged) as caught:
        read_bounded(path, 4)
    assert caught.value.values == {"what": str(path), "limit": 4}


def test_a_pipe_in_the_place_of_a_file_does_not_hold_us(tmp_path: Path) -> None:
    path = tmp_path / "anchor"
    os.mkfifo(path)
    with pytest.raises(Damaged):
        read_bounded(path, 4)


@pytest.mark.parametrize(
    ("name", "word"), [("folder", "folder"), ("file/below", "not a folder"), ("n" * 300, "too long"), ("loop", "link")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(Unavailable) as caught:
        read_bounded(tmp_path / name, 4)
    assert word in caught.value.message


@pytest.mark.parametrize("name", ["absent/header.a", "file/header.a", "n" * 300])
def test_what_cannot_be_written_is_said_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        write_atomic(tmp_path / name, b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_where_a_folder_is_wished_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        make_private_folder(tmp_path / "file")
    with pytest.raises(Unavailable):
        sync_folder(tmp_path / "file")


def test_a_disk_that_knows_no_folder_sync_is_taken_at_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(files, "_sync", refuse)
    sync_folder(tmp_path)


def test_every_sentence_is_one_and_an_unknown_code_is_named() -> None:
    for number in errno.errorcode:
        problem = explain(OSError(number, "x", "/secret/name"), "the vault")
        assert problem.message.format(**problem.values).endswith((".", "nothing was lost."))
        assert "/secret/name" not in str(problem)
    assert explain(OSError(errno.EPIPE, "x"), "it").values == {"what": "it", "code": "EPIPE"}
    assert explain(OSError("no number"), "it").values == {"what": "it", "code": "0"}
    assert explain(OSError(errno.ENOSPC, "x"), "it").message != explain(OSError(errno.EROFS, "x"), "it").message
    assert explain(OSError(errno.EACCES, "x"), "it").message != explain(OSError(errno.EROFS, "x"), "it").message


ON_A_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from family_case.errors import Unavailable
from family_case.files import make_private_folder, write_atomic

disk = Path(sys.argv[1])
write_atomic(disk / "header.a", b"old")
try:
    write_atomic(disk / "header.a", bytes(1_000_000))
except Unavailable as problem:
    print(problem.message)
assert (disk / "header.a").read_bytes() == b"old"
assert [entry.name for entry in disk.iterdir()] == ["header.a"]
write_atomic(disk / "header.a", b"new")
subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
for wish in (lambda: write_atomic(disk / "header.a", b"x"), lambda: make_private_folder(disk / "vault")):
    try:
        wish()
    except Unavailable as problem:
        print(problem.message)
assert (disk / "header.a").read_bytes() == b"new"
"""


def test_a_full_and_a_read_only_disk_lose_nothing_and_are_named(tmp_path: Path) -> None:
    unshare, shell = shutil.which("unshare"), shutil.which("sh")
    if unshare is None or shell is None:
        pytest.skip("NOT RUN HERE: no unshare, so no small disk of our own")
    space = [unshare, "-Urm"]
    if subprocess.run([*space, "true"], check=False, capture_output=True).returncode:
        pytest.skip("NOT RUN HERE: the system permits no mount of our own")
    steps = 'mount -t tmpfs -o size=64k small "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        [*space, shell, "-c", steps, "sh", str(tmp_path), sys.executable, ON_A_SMALL_DISK],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    full, *read_only = done.stdout.splitlines()
    assert "no space" in full
    assert len(read_only) == 2
    assert all("only be read" in line for line in read_only)
