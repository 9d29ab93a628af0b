"""Pictures of every screen over the demo vault: `python -m tests.pictures FOLDER [en ru uk] [light dark]`."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.i18n import LANGUAGES, translator
from family_case.model.changes import Actor
from family_case.services import casework
from family_case.services.demo import fresh_demo
from family_case.services.session import create, unlock
from family_case.settings import Settings
from family_case.store.vault import Office
from tests.vaults import PASSPHRASE, ZONE, clock_on
from ui import theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages import Context, Frame, Page
from ui.pages.case import CasePage
from ui.pages.conversation import ConversationPage
from ui.pages.report import ReportPage
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1366, 768)
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


@dataclass
class Studio:
    """A window over an open vault in one language and one palette, and where its pictures go."""

    jobs: Jobs
    language: str
    look: str
    folder: Path
    percent: int = 100

    def window(self) -> MainWindow:
        """A fresh window."""
        tr, colours, opened = translator(self.language), THEMES[self.look], self.jobs.opened
        assert opened is not None
        known = opened

        def context(frame: Frame) -> Context:
            return Context(self.jobs, self.jobs.feed, tr, colours, clock_on(), known, frame)

        made = MainWindow(
            context, Settings(language=self.language, width=SIZE[0], height=SIZE[1], text_percent=self.percent)
        )
        made.resize(*SIZE)
        made.show()
        return made

    def take(self, name: str, page: str, place: str, prepare: Callable[[Page], object] | None = None) -> None:
        """Show a page, let `prepare` do something on it, take the picture."""
        window = self.window()
        window.start(page, place)
        here = window.current()
        if prepare is not None and here is not None:
            prepare(here)
        for _turn in range(3):
            QApplication.processEvents()
        pdf = window.findChild(QPdfView)
        if pdf is not None and pdf.isVisible():
            QTest.qWait(700)  # its pages are drawn on a thread of Qt's that tells nobody
        at = f"-{self.percent}" if self.percent != 100 else ""
        window.grab().save(str(self.folder / f"{name}-{self.language}-{self.look}{at}.png"))
        window.hide()
        window.deleteLater()


def main(arguments: list[str]) -> int:
    """Take all pictures into the folder named first."""
    folder = Path(arguments[0] if arguments else "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    languages = [each for each in LANGUAGES if each in arguments[1:]] or list(LANGUAGES)
    looks = [each for each in THEMES if each in arguments[1:]] or list(THEMES)
    qt = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(qt, QApplication)
    with tempfile.TemporaryDirectory() as home:
        fresh_demo(Path(home, "demo"), PASSPHRASE)
        clock, ids = clock_on(), SeededIds("pictures")
        office = Office("", ZONE, "RU", "en")
        create(
            Path(home, "empty"), PASSPHRASE, clock=clock, ids=ids, actor=Actor.WINDOW, cost=FLOOR, office=office
        ).close()
        for look in looks:
            theme.wear(qt, THEMES[look], 100)
            for language in languages:
                _demo(opened(Path(home, "demo")), language, look, folder)
                _empty(opened(Path(home, "empty")), language, look, folder)
        for percent in (130, 150):
            theme.wear(qt, theme.LIGHT, percent)
            large = Studio(opened(Path(home, "demo")), languages[-1], "light", folder, percent)
            _sizes(large)
            large.jobs.stop(0)
    return 0


def opened(vault: Path) -> Jobs:
    """Jobs over the open vault."""
    jobs = Jobs(Feed(), InlineLane(), InlineLane())
    day = clock_on()
    jobs.open(
        lambda: unlock(vault, PASSPHRASE, clock=day, ids=SeededIds("pictures"), actor=Actor.WINDOW),
        lambda _opened: None,
    )
    return jobs


def _demo(jobs: Jobs, language: str, look: str, folder: Path) -> None:
    studio = Studio(jobs, language, look, folder)
    case = _case_id(jobs, "K-001")
    studio.take("today", "today", "")
    studio.take("cases", "cases", "")
    studio.take("cases-new", "cases", "new")
    studio.take("case", "case", case)
    for noun in ("sign", "promise", "request", "consent", "withholding", "person"):
        studio.take(f"case-{noun}", "case", case, partial(_add, noun))
    studio.take("case-details", "case", case, _details)
    studio.take("report", "report", case)
    studio.take("report-family", "report", case, _family)
    studio.take("history", "history", case)
    studio.take("conversation-start", "conversation", "")
    studio.take("conversation", "conversation", case, _talk)
    jobs.stop(0)


def _sizes(studio: Studio) -> None:
    case = _case_id(studio.jobs, "K-001")
    studio.take("cases", "cases", "")
    studio.take("case-promise", "case", case, partial(_add, "promise"))
    studio.take("report", "report", case)
    studio.take("conversation", "conversation", case, _talk)


def _add(noun: str, page: Page) -> None:
    assert isinstance(page, CasePage)
    page.add(noun)


def _details(page: Page) -> None:
    assert isinstance(page, CasePage)
    item = page.timeline.item(3)
    assert item is not None
    page.show_record(item.id)


def _family(page: Page) -> None:
    assert isinstance(page, ReportPage)
    page.order.profile.set_value("family")


def _talk(page: Page) -> None:
    """A mother tells of a call and of money."""
    assert isinstance(page, ConversationPage)
    page.talk.form.set_values(
        {"text": "Звонила мать. Ей обещали зарплату к сентябрю, голос сына она слышала восьмого июля."}
    )
    page.talk.add("sign").form.set_values({"class": "voice", "happened": "2022-07-08"})
    page.talk.add("promise").form.set_values({"promise": "salary", "amount": "100 000", "currency": "RUB"})


def _empty(jobs: Jobs, language: str, look: str, folder: Path) -> None:
    studio = Studio(jobs, language, look, folder)
    studio.take("empty-today", "today", "")
    studio.take("empty-cases", "cases", "")
    jobs.stop(0)


def _case_id(jobs: Jobs, code: str) -> str:
    found: list[str] = []
    jobs.read(lambda session: casework.resolve(session, code), found.append)
    return found[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
