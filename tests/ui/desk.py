"""The whole application at work on real vaults, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from family_case.chance import SetClock
from tests.vaults import PASSPHRASE
from ui.app import Application
from ui.windows.first_run import FirstRun
from ui.windows.main import MainWindow
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.windows.locking import Why


NOW = 1_661_160_000_000


class Desk:
    """The whole application at work, but for the last step out of the process."""

    def __init__(self, qapp: QApplication, folder: Path) -> None:
        self.left: list[Path | None] = []
        self.why: list[Why] = []
        self.clock = SetClock(NOW)
        self.settings_path = folder / "settings.json"
        self.app = Application(qapp, settings_path=self.settings_path, clock=self.clock, leave=self._leave)

    def _leave(self, folder: Path | None, why: Why) -> None:
        self.left.append(folder)
        self.why.append(why)

    @property
    def window(self) -> object:
        """What is shown."""
        return self.app.window

    def first_run(self) -> FirstRun:
        """The first run's sheet."""
        assert isinstance(self.window, FirstRun)
        return self.window

    def unlock(self) -> Unlock:
        """The unlock window."""
        assert isinstance(self.window, Unlock)
        return self.window

    def main(self) -> MainWindow:
        """The frame."""
        assert isinstance(self.window, MainWindow)
        return self.window


def enter(qtbot: QtBot, desk: Desk, folder: Path) -> MainWindow:
    """Unlock the vault in `folder` by typing, as a person does."""
    desk.app.begin(folder)
    QTest.keyClicks(desk.unlock().field.line, PASSPHRASE)
    QTest.keyClick(desk.unlock().field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=30_000)
    return desk.main()


def settled(qtbot: QtBot, desk: Desk) -> None:
    """Wait until nothing is asked any more."""
    qtbot.waitUntil(lambda: desk.app.jobs.unanswered == 0, timeout=30_000)


def seen(window: object) -> str:
    """All texts on a window."""
    return "\n".join(label.text() for label in cast("MainWindow", window).findChildren(QLabel) if label.isVisible())
