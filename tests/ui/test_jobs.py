"""One thread speaks with the vault; the window asks, is answered, and is never held up."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from family_case.errors import Refused
from family_case.i18n import translator
from family_case.services import casework, intake
from tests.vaults import open_vault
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.problems import told

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session

CASE = {"code": "K-001", "alias": "Рябина"}
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def noting(into: list[str], word: str, _session: Session) -> str:
    into.append(word)
    return word


def add_case(session: Session) -> Changes:
    return intake.add(session, "case", CASE)


def test_a_question_runs_on_the_lane_and_is_answered_on_the_windows_thread(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    answers: list[tuple[str, bool]] = []

    def done(name: str) -> None:
        answers.append((name, QThread.currentThread() is threaded_jobs.thread()))

    threaded_jobs.read(lambda _session: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("vault", True)]


def test_a_write_tells_only_those_who_show_what_it_touched(inline_jobs: Jobs) -> None:
    owner = QObject()
    cases: list[Changes] = []
    places: list[Changes] = []
    inline_jobs.feed.watch(owner, {"case", "case_file"}, cases.append)
    inline_jobs.feed.watch(owner, {"place"}, places.append)
    done: list[Changes] = []
    inline_jobs.write(add_case, done.append)
    assert done[0].made
    touched_a_case = bool(done[0].tables & {"case", "case_file"})
    assert (len(cases), len(places)) == (int(touched_a_case), 0)
    assert touched_a_case


def test_a_page_that_is_gone_is_told_nothing(inline_jobs: Jobs) -> None:
    owner = QLabel()
    inline_jobs.feed.watch(owner, {"case"}, lambda _changes: owner.setText("again"))
    answered = QLabel()
    delete(owner)
    inline_jobs.write(add_case)

    def too_late(_session: Session) -> str:
        delete(answered)
        return "late"

    inline_jobs.read(too_late, answered.setText)  # would raise on a dead widget


def test_what_the_user_waits_for_goes_before_long_work(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    order: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def long(_session: Session) -> Generator[float, None, str]:
        started.set()
        assert go_on.wait(10)
        yield 0.5
        order.append("rest of the long work")
        return "long"

    answers: list[str] = []
    shares: list[float] = []
    threaded_jobs.long(long, answers.append, progress=shares.append)
    assert started.wait(10)
    threaded_jobs.read(partial(noting, order, "quick"), answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert order == ["quick", "rest of the long work"]
    assert answers == ["quick", "long"]
    assert shares == [0.5]


def test_of_questions_typed_one_after_the_other_only_the_newest_is_answered(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    held = threading.Event()
    answers: list[str] = []
    ran: list[str] = []
    threaded_jobs.read(lambda _session: held.wait(10), lambda _waited: None)
    for letters in ("r", "ry", "ryb"):
        threaded_jobs.read(partial(noting, ran, letters), answers.append, key="search")
    held.set()
    threaded_jobs.read(lambda _session: "last", answers.append)
    qtbot.waitUntil(lambda: "last" in answers)
    assert answers == ["ryb", "last"]
    assert ran == ["ryb"]  # nor is the vault asked for the others


def test_a_refusal_reaches_the_asker_and_otherwise_the_window(inline_jobs: Jobs) -> None:
    refused: list[Problem] = []
    trouble: list[Problem] = []
    inline_jobs.trouble.connect(trouble.append)
    inline_jobs.read(lambda session: casework.resolve(session, "K-999"), lambda _case: None, refused.append)
    inline_jobs.read(lambda session: casework.resolve(session, "K-999"), lambda _case: None)
    assert [type(each) for each in (*refused, *trouble)] == [Refused, Refused]
    assert "K-999" in told(trouble[0], translator("en"))[1]


def test_our_own_mistake_is_told_without_any_value(inline_jobs: Jobs) -> None:
    trouble: list[Problem] = []
    inline_jobs.trouble.connect(trouble.append)
    names = {"mother": "Anna"}
    inline_jobs.read(lambda _session: names["Ivan Petrov"], lambda _name: None)
    title, what, rest = told(trouble[0], translator("en"))
    assert "KeyError" in what
    assert "Petrov" not in title + what + rest
    assert "ui/" in what or "jobs.py" in what


def test_locking_ends_a_running_search_within_the_second_and_frees_the_vault(qtbot: QtBot, vault_folder: Path) -> None:
    jobs = Jobs(Feed())
    opened: list[object] = []
    jobs.open(lambda: open_vault(vault_folder), opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    running = threading.Event()
    answers: list[object] = []

    def endless(session: Session) -> object:
        running.set()
        return session.vault.connection.execute(ENDLESS).fetchone()

    jobs.read(endless, answers.append, answers.append)
    assert running.wait(10)
    assert jobs.stop(1.0, [add_case])
    again = open_vault(vault_folder)
    assert [row.code for row in casework.cases(again)] == ["K-001"]  # the last word was written
    again.close()
    jobs.read(lambda _session: "more", answers.append)
    assert answers == []


def test_a_statement_that_starts_just_after_the_first_interrupt_is_ended_too(threaded_jobs: Jobs) -> None:
    running, refused = threading.Event(), threading.Event()

    def slow_to_start(session: Session) -> object:
        running.set()
        assert refused.wait(10)
        return session.vault.connection.execute(ENDLESS).fetchone()

    threaded_jobs.read(slow_to_start, lambda _count: None)
    assert running.wait(10)
    threaded_jobs.refuse()  # interrupts nothing yet
    refused.set()
    assert threaded_jobs._lane.end(lambda: threaded_jobs._close([]), 5.0, threaded_jobs._interrupt)


def test_the_lane_gives_up_at_its_deadline(qtbot: QtBot, vault_folder: Path) -> None:
    jobs = Jobs(Feed())
    opened: list[object] = []
    jobs.open(lambda: open_vault(vault_folder), opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    running, release = threading.Event(), threading.Event()

    def deaf(_session: Session) -> bool:
        running.set()
        return release.wait(10)

    jobs.read(deaf, lambda _waited: None)
    assert running.wait(10)
    assert not jobs.stop(0.05)
    release.set()
    assert jobs.stop(10.0)


def test_inline_jobs_do_not_nest_and_run_long_work_to_its_end() -> None:
    lane = InlineLane()
    order: list[str] = []

    def first() -> None:
        lane.put(1, lambda: order.append("second"))
        order.append("first")

    lane.put(1, first)
    assert order == ["first", "second"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_window_knows_how_many_answers_are_still_to_come(inline_jobs: Jobs, count: int) -> None:
    waiting: list[int] = []
    inline_jobs.waiting.connect(waiting.append)
    for _ in range(count):
        inline_jobs.compute(lambda: 1, lambda _one: None)
    assert waiting == [1, 0] * count
