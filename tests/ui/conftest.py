"""What every test of the window needs: the program's own look, and jobs over a real vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

import ui  # noqa: F401 - first of all: it keeps None from running out under Qt
from family_case.i18n import translator
from tests.ui.desk import Desk
from tests.vaults import open_vault
from ui import theme
from ui.app import keep_no_history
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot

    from family_case.i18n import Translator
    from family_case.services.session import Session


# The last two: menus.
_CANNOT = tuple(f"does not support {what}" for what in ("propagateSizeHints", r"raise\(\)", "grabbing the keyboard"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a display say what it cannot do: nobody's window is the worse for it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*_CANNOT, extend=True))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The program's own typeface, palette and style sheet; like the program, no test leaves a list of places behind."""
    keep_no_history()
    theme.wear(qapp, theme.LIGHT, 100)


@pytest.fixture
def tr() -> Translator:
    """English, the language the texts are written in."""
    return translator("en")


@pytest.fixture
def inline_jobs(session: Session) -> Jobs:
    """Jobs that run at once, on a real and open vault."""
    jobs = Jobs(Feed(), InlineLane(), InlineLane())
    jobs.open(lambda: session, lambda _opened: None)
    return jobs


@pytest.fixture
def threaded_jobs(qtbot: QtBot, vault_folder: Path) -> Generator[Jobs]:
    """Jobs on a thread of their own that opened the vault itself, as in the running program."""
    jobs = Jobs(Feed())
    opened: list[object] = []
    jobs.open(lambda: open_vault(vault_folder), opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    yield jobs
    assert jobs.stop(10.0)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Generator[Desk]:
    made = Desk(qapp, tmp_path)
    yield made
    assert made.app.jobs.stop(10.0)
    made.app.guard.stop()
    made.app.guard.cover.lift()  # a lock ends the process; a test goes on
    if made.app.window is not None:
        made.app.window.hide()
        made.app.window.deleteLater()
    for each in QApplication.topLevelWidgets():
        each.hide()
