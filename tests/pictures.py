"""Pictures of every screen over the demo vault: `python -m tests.pictures FOLDER [en ru uk] [light dark] [NAME…]`.

A NAME is how the name of a picture begins ("case-"): only those are taken.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from PySide6.QtGui import QPainter
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from family_case._bootstrap.catalogues import compile_all, stale
from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.i18n import LANGUAGES, translator
from family_case.model.changes import Actor
from family_case.paths import resources
from family_case.services import casework, intake
from family_case.services.demo import fresh_demo
from family_case.services.session import create, unlock
from family_case.settings import Settings
from family_case.store.office import Office
from tests import pictures_access as access
from tests import pictures_files as files
from tests import pictures_keys as keys
from tests import pictures_people as people
from tests import pictures_rest as rest
from tests import pictures_scenes as scenes
from tests import pictures_way_back as way_back
from tests.vaults import PASSPHRASE, ZONE, clock_on
from ui import theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.language import Language
from ui.pages import Context, Frame, Page
from ui.pages.conversation import ConversationPage
from ui.widgets.form_panel import FormPanel
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1366, 768)
DARK_INK = 80  # of 255
DOOR = (960, 640)  # the windows before the vault is open
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


@dataclass
class Studio:
    """A window over an open vault in one language and one palette, and where its pictures go."""

    jobs: Jobs
    language: str
    look: str
    folder: Path
    wanted: tuple[str, ...] = ()
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
        """Show a page, let `prepare` do something on it, take the picture (of the widget it gives, if it gives one)."""
        if not self._is_wanted(name):
            return
        window = self.window()
        window.start(page, place)
        here = window.current()
        made = prepare(here) if prepare is not None and here is not None else None
        settle()
        pdf = window.findChild(QPdfView)
        if pdf is not None and pdf.isVisible():
            _until_drawn(pdf)
        self._keep(name, made if isinstance(made, QWidget) else window)

    def door(self, name: str, make: Callable[[], QWidget]) -> None:
        """Show a window of before the vault is open and take its picture."""
        if not self._is_wanted(name):
            return
        window = make()
        window.resize(*DOOR)
        window.show()
        settle()
        self._keep(name, window)

    def _is_wanted(self, name: str) -> bool:
        return not self.wanted or name.startswith(self.wanted)

    def _keep(self, name: str, window: QWidget) -> None:
        """Grab the window and what lies over it (menus, boxes), then let go of all of it."""
        drawn = window.grab()
        painter = QPainter(drawn)
        for over in QApplication.topLevelWidgets():
            if over is not window.window() and over.isVisible():
                painter.drawPixmap(window.mapFromGlobal(over.pos()), over.grab())
        painter.end()
        at = f"-{self.percent}" if self.percent != 100 else ""
        drawn.save(str(self.folder / f"{name}-{self.language}-{self.look}{at}.png"))
        around = window.window()
        for panel in around.findChildren(FormPanel):
            panel.discard()  # no draft comes into the next picture
        for page in around.findChildren(ConversationPage):
            page.discard()
        for each in QApplication.topLevelWidgets():
            each.hide()
            each.deleteLater()
        settle()


def _until_drawn(pdf: QPdfView) -> None:
    """Wait for the first page: pages are drawn on a thread of Qt's that tells nobody."""
    for _turn in range(20):
        QTest.qWait(200)
        image = pdf.grab().toImage()
        across, high = range(60, image.width() - 60, 3), range(60, image.height() - 60, 3)
        if any(image.pixelColor(x, y).lightness() < DARK_INK for x in across for y in high):
            return


def settle() -> None:
    """Let the window arrange itself."""
    for _turn in range(4):
        QApplication.processEvents()


def main(arguments: list[str]) -> int:
    """Take all pictures into the folder named first."""
    folder = Path(arguments[0] if arguments else "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    languages = [each for each in LANGUAGES if each in arguments[1:]] or list(LANGUAGES)
    looks = [each for each in THEMES if each in arguments[1:]] or list(THEMES)
    wanted = tuple(each for each in arguments[1:] if each not in LANGUAGES and each not in THEMES)
    compile_all(Path(sys.executable), stale(resources() / "locale"))
    qt = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(qt, QApplication)
    spoken = Language(qt, "en")
    with tempfile.TemporaryDirectory() as home:
        _vaults(Path(home))
        for look in looks:
            theme.wear(qt, THEMES[look], 100)
            for language in languages:
                spoken.speak(language)
                _all(Path(home), Studio(Jobs(Feed()), language, look, folder, wanted))
        for percent in (130, 150):
            theme.wear(qt, theme.LIGHT, percent)
            for language in languages[-1:]:
                spoken.speak(language)
                copy = shutil.copytree(Path(home, "demo"), Path(home, f"demo {percent}"))
                large = Studio(opened(copy), language, "light", folder, wanted, percent)
                _sizes(large)
                large.jobs.stop(0)
    return 0


def opened(vault: Path, *, read_only: bool = False) -> Jobs:
    """Jobs over the open vault."""
    jobs = Jobs(Feed(), InlineLane(), InlineLane())
    day = clock_on()
    jobs.open(
        lambda: unlock(
            vault, PASSPHRASE, clock=day, ids=SeededIds("pictures"), actor=Actor.WINDOW, read_only=read_only
        ),
        lambda _opened: None,
    )
    return jobs


def _vaults(home: Path) -> None:
    """The story's vault, an empty one, and one with a single new case."""
    fresh_demo(home / "demo", PASSPHRASE)
    clock, ids = clock_on(), SeededIds("pictures")
    story = unlock(home / "demo", PASSPHRASE, clock=clock, ids=ids, actor=Actor.WINDOW)
    rest.shelve(story, home / "stick")
    story.close()
    office = Office("", ZONE, "RU", "en")
    for name in ("empty", "new"):
        made = create(home / name, PASSPHRASE, clock=clock, ids=ids, actor=Actor.WINDOW, cost=FLOOR, office=office)
        if name == "new":
            intake.add(made, noun="case", values={"alias": "Ольха", "name": "Пример Первый"})
        made.close()


def _all(home: Path, studio: Studio) -> None:
    """All pictures in one language and palette; what is written is written into a copy."""
    scenes.doors(studio)
    rest.doors(studio, home)
    access.doors(studio)
    keys.doors(studio)
    copy = home / f"demo {studio.language} {studio.look}"
    shutil.copytree(home / "demo", copy)
    for vault, scene in (("demo", _demo), ("empty", _empty), ("new", _new)):
        studio.jobs = opened(copy if vault == "demo" else home / vault)
        scene(studio)
        studio.jobs.stop(0)
    studio.jobs = opened(copy, read_only=True)
    for page, place in (("cases", ""), ("case", "K-003"), ("report", "K-003"), ("history", "K-003"), ("backup", "")):
        studio.take(f"read-only-{page}", page, _place(studio, place))
    studio.jobs.stop(0)


def _demo(studio: Studio) -> None:
    ready = (*scenes.SCENES, *way_back.SCENES, *people.SCENES, *rest.SCENES, *access.SCENES, *keys.SCENES)
    writing = (*keys.WRITING, *people.WRITING, *scenes.WRITING, *rest.WRITING, *way_back.WRITING, *access.WRITING)
    writing = (*writing, *files.WRITING)
    for name, page, place, prepare in (*ready, *writing):
        studio.take(name, page, _place(studio, place), prepare)


def _sizes(studio: Studio) -> None:
    chosen = {"today", "cases", "cases-new", "case", "case-sign", "case-promise-wrong", "report", "history"}
    chosen |= {"conversation", "search"}
    chosen |= {name for name, *_ in access.SCENES}
    chosen |= {"people-in-no-case", "people-in-no-case-form"}
    chosen |= {"safety", "safety-promises"}
    for name, page, place, prepare in (*scenes.SCENES, *rest.SCENES, *access.SCENES, *people.WRITING):
        if name in chosen:
            studio.take(name, page, _place(studio, place), prepare)


def _place(studio: Studio, place: str) -> str:
    """The id of the case where a place is its code."""
    return case_id(studio.jobs, place) if place.startswith("K-") else place


def _empty(studio: Studio) -> None:
    studio.take("empty-today", "today", "")
    studio.take("empty-cases", "cases", "")
    studio.take("empty-conversation", "conversation", "")


def _new(studio: Studio) -> None:
    case = case_id(studio.jobs, "K-001")
    studio.take("new-case", "case", case)
    studio.take("new-report", "report", case)


def case_id(jobs: Jobs, code: str) -> str:
    """Id of a case by its code."""
    found: list[str] = []
    jobs.read(lambda session: casework.resolve(session, code), found.append)
    return found[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
