"""The real window over the story's vault, and over an empty one; every job runs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pytest

from family_case.errors import Problem
from family_case.i18n import translator
from family_case.services import casework
from family_case.services.session import Session
from family_case.settings import Settings
from tests.vaults import clock_on
from ui import theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages import Context, Frame, Page
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from family_case.model.views import CasePage

P = TypeVar("P", bound=Page)


@dataclass
class Desk:
    """A window at work, and what may be asked of its vault."""

    window: MainWindow
    session: Session
    trouble: list[Problem]

    def page(self, kind: type[P]) -> P:
        """The page that is shown, of this kind."""
        here = self.window.current()
        assert isinstance(here, kind), here
        return here

    def show(self, kind: type[P], name: str, place: str = "") -> P:
        """Go to a page."""
        self.window.go(name, place)
        return self.page(kind)

    def case(self, code: str = "K-001") -> str:
        """Id of a case."""
        return casework.resolve(self.session, code)

    def facts(self, code: str = "K-001") -> CasePage:
        """What the vault holds of a case."""
        return casework.page(self.session, code)


@pytest.fixture
def at_desk(qtbot: QtBot, story: Session) -> Desk:
    """The window over the story, in English."""
    return desk_over(qtbot, story, "en")


@pytest.fixture
def empty_desk(qtbot: QtBot, session: Session) -> Desk:
    """The window over an empty vault."""
    return desk_over(qtbot, session, "en")


@pytest.fixture
def desk_in(qtbot: QtBot, story: Session) -> Callable[[str], Desk]:
    """The window over the story in any language."""
    return lambda language: desk_over(qtbot, story, language)


@pytest.fixture
def desk_with(qtbot: QtBot) -> Callable[[Session], Desk]:
    """The window over any vault, in English."""
    return lambda session: desk_over(qtbot, session, "en")


def desk_over(qtbot: QtBot, session: Session, language: str) -> Desk:
    """Make, show and keep a window."""
    jobs = Jobs(Feed(), InlineLane(), InlineLane())
    trouble: list[Problem] = []
    jobs.trouble.connect(trouble.append)
    jobs.open(lambda: session, lambda _opened: None)
    opened = jobs.opened
    assert opened is not None

    def context(frame: Frame) -> Context:
        return Context(jobs, jobs.feed, translator(language), theme.LIGHT, clock_on(), opened, frame)

    window = MainWindow(context, Settings(language=language, width=1366, height=768))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    return Desk(window, session, trouble)
