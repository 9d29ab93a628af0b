"""The pages over the lane's own thread, as in the running program: the connection refuses any other thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from family_case.i18n import translator
from family_case.settings import Settings
from tests.ui.keyboard import CONTROL, press
from tests.vaults import clock_on
from ui import theme
from ui.pages import Context, Frame
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.pages.report import ReportPage
from ui.widgets.form_panel import FormPanel
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from family_case.errors import Problem
    from ui.jobs import Jobs


def _window(qtbot: QtBot, jobs: Jobs) -> MainWindow:
    opened = jobs.opened
    assert opened is not None

    def context(frame: Frame) -> Context:
        return Context(jobs, jobs.feed, translator("en"), theme.LIGHT, clock_on(), opened, frame)

    window = MainWindow(context, Settings(language="en", width=1366, height=768))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    return window


def test_a_case_is_made_talked_about_and_refused_a_paper_on_the_lanes_thread(qtbot: QtBot, threaded_jobs: Jobs) -> None:
    trouble: list[Problem] = []
    threaded_jobs.trouble.connect(trouble.append)
    window = _window(qtbot, threaded_jobs)
    window.go("cases", "new")
    cases = window.current()
    assert isinstance(cases, CasesPage)
    panel = cases._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"alias": "Берёза", "name": "Иванов Пётр"})
    panel.save()
    qtbot.waitUntil(lambda: isinstance(window.current(), CasePage))
    page = window.current()
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: page.view is not None)
    window.go("conversation", page.place)
    talk = window.current()
    assert isinstance(talk, ConversationPage)
    qtbot.waitUntil(lambda: talk.place == page.place)
    talk.talk.form.set_values({"text": "Мать звонила."})
    press(Qt.Key.Key_Return, CONTROL, into=talk.talk.form)
    qtbot.waitUntil(lambda: page.timeline.rowCount() == 1)
    window.go("report", page.place)
    report = window.current()
    assert isinstance(report, ReportPage)
    qtbot.waitUntil(lambda: bool(report.trouble.text()))
    assert trouble == []
