"""The lock comes in time, by whichever clock ran furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from family_case.chance import Moment, SetClock
from ui.idle import AT_DESK, LONGEST_SECONDS, ON_CALL, Idle, Stopwatch

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


# What happens between two looks: seconds by each clock. Sleep shows in wall and boot time; a clock is set only by hand.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["run", "sleep", "short sleep", "set back", "set forward", "key", "call", "desk"]),
        st.floats(0.1, 4000),
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_no_clock_keeps_a_vault_open_longer_than_promised(steps: list[tuple[str, float]]) -> None:
    clocks = ThreeClocks(0)
    clocks.wall = 1_000_000.0
    idle = Idle(clocks)
    locks: list[bool] = []
    idle.due.connect(lambda: locks.append(True))
    untouched = day = 0.0  # what really passed
    for kind, seconds in steps:
        moved = {"run": ("wall", "mono", "up"), "sleep": ("wall", "up"), "short sleep": ("wall",)}.get(kind, ())
        for each in moved:
            setattr(clocks, each, getattr(clocks, each) + seconds)
        untouched, day = (untouched + seconds, day + seconds) if moved else (untouched, day)
        clocks.wall += {"set back": -seconds, "set forward": seconds}.get(kind, 0.0)
        before = idle.seconds_left()
        if kind == "set back":
            idle.look()
            assert idle.seconds_left() <= before
        elif kind in ("key", "call", "desk") and not idle.look():
            idle.take({"call": ON_CALL, "desk": AT_DESK}.get(kind, idle.pace))
            untouched = 0.0
        due = untouched >= idle.pace.lock + 1 or day >= LONGEST_SECONDS + 1  # clocks are read to the second
        assert idle.look() or not due
        if locks:
            break
    assert len(locks) <= 1


def test_sleep_is_not_forgotten_when_the_clock_is_set_back_after_it(clocks: ThreeClocks) -> None:
    idle = Idle(clocks)
    for _ in range(3):
        clocks.wall += 200.0  # asleep
        idle.look()
        clocks.wall -= 200.0  # set back
        idle.look()
    assert idle.seconds_left() == 0


def test_a_minute_of_a_call_asks_for_the_cover_and_the_desk_never_does(clocks: ThreeClocks) -> None:
    idle = Idle(clocks)
    asked: list[bool] = []
    idle.cover_due.connect(lambda: asked.append(True))
    clocks.mono = 61.0
    idle.look()
    assert asked == []
    idle.take(ON_CALL)
    clocks.mono += 59.0
    idle.look()
    assert asked == []
    clocks.mono += 2.0
    idle.look()
    assert asked == [True]
