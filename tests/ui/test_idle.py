"""The lock comes in time, by whichever clock ran furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from family_case.chance import Moment, SetClock
from ui.idle import Idle, Stopwatch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class ThreeClocks(SetClock):
    """Clocks that can be moved one by one."""

    wall, mono, up = 0.0, 0.0, 0.0

    def now(self) -> Moment:
        return Moment(int(self.wall * 1000))

    def monotonic(self) -> float:
        return self.mono

    def boot(self) -> float:
        return self.up


@pytest.fixture
def clocks() -> ThreeClocks:
    return ThreeClocks(0)


@pytest.mark.parametrize("moved", ["wall", "mono", "up"])
def test_the_clock_that_ran_furthest_counts(clocks: ThreeClocks, moved: str) -> None:
    idle = Idle(clocks)
    setattr(clocks, moved, 299.0)
    assert idle.seconds_left() == 1
    setattr(clocks, moved, 301.0)  # sleep shows in boot or wall time only
    assert idle.seconds_left() == 0


def test_a_clock_set_back_never_lengthens(clocks: ThreeClocks) -> None:
    clocks.wall = 1_000_000.0
    watch = Stopwatch(clocks)
    clocks.wall, clocks.mono = 0.0, 120.0
    assert watch.seconds() == 120
    clocks.mono = 0.0
    assert watch.seconds() == 120


def test_a_day_ends_after_eight_hours_even_of_typing(clocks: ThreeClocks) -> None:
    idle = Idle(clocks)
    clocks.mono = 8 * 3600 - 10.0
    idle._rest.restart()  # someone just typed
    assert idle.seconds_left() == 10


def test_typing_starts_the_count_anew_and_the_lock_is_asked_for_once(qtbot: QtBot, clocks: ThreeClocks) -> None:
    idle = Idle(clocks)
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    handle = field.windowHandle()
    assert handle is not None
    idle.watch(handle)
    locks: list[bool] = []
    idle.due.connect(lambda: locks.append(True))
    clocks.mono = 200.0
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert idle.seconds_left() == 300
    clocks.mono = 501.0
    QTest.keyClick(handle, Qt.Key.Key_B)  # the first key after a resume is not let through
    QTest.keyClick(handle, Qt.Key.Key_C)
    assert field.text() == "a"
    assert locks == [True]


def test_the_window_is_told_what_is_left(clocks: ThreeClocks) -> None:
    idle = Idle(clocks)
    told: list[int] = []
    idle.left.connect(told.append)
    clocks.mono = 30.0
    assert not idle.look()
    assert told == [270]
