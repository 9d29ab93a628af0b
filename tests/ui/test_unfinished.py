"""The lock comes in time whatever runs, and leaves no plain file that is half written or that nobody wrote down."""

from __future__ import annotations

import hashlib
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from family_case import files
from family_case.errors import Unavailable
from family_case.files import Unfinished, write_atomic
from family_case.model.consent import Disclosure
from family_case.reports.summary import render
from family_case.services import intake, publishing
from family_case.store.rows import load
from tests.services.casebook import lawyer
from tests.ui.desk import Desk, enter, settled
from tests.vaults import open_vault
from ui.windows import locking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from family_case.model.dossier import Dossier
    from family_case.services.session import Session

IN_TIME = 1.0


class SlowDisk:
    """A disk that takes the bytes and does not answer until it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slow, self.reached, self.answers = threading.Event(), threading.Event(), threading.Event()
        self._sync: Callable[[int], None] = files._sync
        monkeypatch.setattr(files, "_sync", self._wait)

    def _wait(self, descriptor: int) -> None:
        if self.slow.is_set() and threading.current_thread().name == "vault":
            self.reached.set()
            self.answers.wait(30)
        self._sync(descriptor)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    made = SlowDisk(monkeypatch)
    yield made
    made.answers.set()


def locked_in(desk: Desk) -> float:
    """Seconds from the key until the process would be replaced."""
    began = time.perf_counter()
    desk.app.lock()
    assert desk.left
    return time.perf_counter() - began


@pytest.mark.parametrize("before", [None, b"an older paper"])
def test_a_paper_that_is_being_written_is_not_left_behind(
    qtbot: QtBot, desk: Desk, story_folder: Path, tmp_path: Path, slow: SlowDisk, before: bytes | None
) -> None:
    enter(qtbot, desk, story_folder)
    settled(qtbot, desk)
    place = tmp_path / "papers"
    place.mkdir()
    target = place / "paper.pdf"
    if before is not None:
        target.write_bytes(before)
    # After a first change the anchor has said that the vault is in use: the paper is what is written next.
    desk.app.jobs.write(partial(intake.add, noun="case", values={"code": "K-099", "alias": "Рябина"}))
    settled(qtbot, desk)

    def rendered(paper: Dossier) -> bytes:
        slow.slow.set()
        return render(paper)

    desk.app.jobs.write(partial(publishing.publish, ref="K-001", order=lawyer(), render=rendered, target=target))
    assert slow.reached.wait(60)
    assert any(each.read_bytes().startswith(b"%PDF") for each in place.iterdir())
    assert locked_in(desk) < IN_TIME
    assert [each.read_bytes() for each in place.iterdir()] == ([] if before is None else [before])
    slow.answers.set()
    assert desk.app.jobs.stop(10.0)
    assert [each.read_bytes() for each in place.iterdir()] == ([] if before is None else [before])
    again = open_vault(story_folder)
    assert not [each for each in load(again.vault.connection, Disclosure) if each.sha256 in _hashes(place)]
    again.close()


def _hashes(place: Path) -> set[str]:
    return {hashlib.sha256(each.read_bytes()).hexdigest() for each in place.iterdir()}


def test_a_paper_whose_disclosure_is_not_yet_written_goes_too(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    with session.unfinished.holding(target):
        target.write_bytes(b"%PDF")
        session.unfinished.remove()
        assert not target.exists()


def test_after_the_lock_has_begun_no_plain_file_begins(tmp_path: Path) -> None:
    unfinished = Unfinished()
    unfinished.remove()
    with pytest.raises(Unavailable):
        write_atomic(tmp_path / "paper.pdf", b"%PDF", unfinished=unfinished)
    assert list(tmp_path.iterdir()) == []


def test_what_was_finished_stays(tmp_path: Path) -> None:
    unfinished = Unfinished()
    write_atomic(tmp_path / "paper.pdf", b"%PDF", unfinished=unfinished)
    unfinished.remove()
    assert (tmp_path / "paper.pdf").read_bytes() == b"%PDF"


def test_what_fits_into_the_deadline_leaves_room_for_the_rest() -> None:
    assert locking.DRAFTS_SECONDS + 0.2 < locking.SECONDS == IN_TIME
