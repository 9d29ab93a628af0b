"""The main job without a display: the story's vault, the lawyer's paper, a picture of the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from family_case.chance import SystemClock, SystemIds, moment_of
from family_case.errors import Bug, Problem, Unavailable
from family_case.files import make_private_folder
from family_case.i18n import N_, translator
from family_case.model.changes import Actor
from family_case.model.dates import parse
from family_case.model.dossier import Profile
from family_case.reports.summary import render
from family_case.services import casework, publishing
from family_case.services.demo import DEMO_DAY, fresh_demo
from family_case.services.session import unlock
from family_case.settings import Settings
from ui import problems, theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages import Context
from ui.windows.main import MainWindow
from ui.windows.wishes import holds_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.chance import Moment
    from family_case.i18n import Translator
    from family_case.services.session import Session
    from ui.pages import Frame

CASE: Final = "K-001"
PHRASE: Final = "the story is nobody's secret"  # of a vault that holds invented people only
SIZE: Final = (1366, 768)
_TURNS: Final = 4  # rounds of posted events until the head of the case has its height
OF_NO_SCREEN: Final = "This plugin does not support propagateSizeHints()"


def main_job(folder: Path, language: str) -> int:
    """Make the three things in `folder`, say where they are; 1 and a sentence when that cannot be done."""
    tr = translator(language)
    try:
        made = _make(folder, tr)
    except Problem as problem:
        sys.stderr.write("\n".join(problems.told(problem, tr)) + "\n")
        return 1
    sys.stdout.write(tr.text(N_("There is no display, so the main job was done on paper:")) + "\n")
    for what, path in made:
        sys.stdout.write(f"  {what}: {path}\n")
    return 0


def _make(folder: Path, tr: Translator) -> list[tuple[str, Path]]:
    vault, paper, picture = folder / "demo-vault", folder / f"{CASE}-{tr.language}.pdf", folder / "window.png"
    make_private_folder(folder)
    if not holds_vault(vault):
        fresh_demo(vault, PHRASE, language=tr.language)
    jobs = Jobs(Feed(), InlineLane(), InlineLane())
    trouble: list[Problem] = []
    jobs.trouble.connect(trouble.append)
    jobs.open(lambda: _unlock(vault), lambda _opened: None)
    jobs.write(lambda session: publishing.publish(session, CASE, _order(tr), render, paper))
    found: list[str] = []
    jobs.read(lambda session: casework.resolve(session, CASE), found.append)
    if found and not trouble:  # drawn outside the lane's job, so that the window's own jobs run at once
        _draw(jobs, found[0], tr, picture)
    jobs.stop(0)
    if trouble:
        raise trouble[0]
    return [
        (tr.text(N_("the story's vault (passphrase: {phrase})"), phrase=PHRASE), vault),
        (tr.text(N_("the lawyer's paper")), paper),
        (tr.text(N_("a picture of the window")), picture),
    ]


def _unlock(folder: Path) -> Session:
    return unlock(folder, PHRASE, clock=SystemClock(), ids=SystemIds(), actor=Actor.WINDOW)


def _order(tr: Translator) -> publishing.Order:
    return publishing.Order(profile=Profile.LAWYER, language=tr.language, printed=_printed())


def _printed() -> Moment:
    day = parse(DEMO_DAY).earliest
    return moment_of(day) if day is not None else SystemClock().now()


def _sift(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Pass Qt's words on, but for the one that its platform without a screen says of every window."""
    if text != OF_NO_SCREEN:
        sys.stderr.write(text + "\n")


def _draw(jobs: Jobs, case_id: str, tr: Translator, picture: Path) -> None:
    """Draw the window at the case as it would stand on a small laptop."""
    qInstallMessageHandler(_sift)
    qt = QApplication.instance() or QApplication(["family-case"])
    opened = jobs.opened
    if not isinstance(qt, QApplication) or opened is None:
        raise Bug("the picture needs an application and an open vault")
    theme.wear(qt, theme.LIGHT, 100)

    def context(frame: Frame) -> Context:
        return Context(jobs, jobs.feed, tr, theme.LIGHT, SystemClock(), opened, frame)

    window = MainWindow(context, Settings(language=tr.language, width=SIZE[0], height=SIZE[1]))
    window.start("case", case_id)
    window.show()
    for _turn in range(_TURNS):
        QApplication.sendPostedEvents()
    if not window.grab().save(str(picture), "PNG"):
        raise Unavailable(N_("The picture could not be written to {what}."), what=str(picture))
    window.hide()
