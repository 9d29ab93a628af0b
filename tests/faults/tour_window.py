"""The whole window, walked by itself in a process of its own: every page, every form, every dialog, canaries in each.

Read from standard input: one line of JSON (`Orders`). Written to standard output: one line of JSON when the tour is
over; then a line "lock", "close" or "stay" is awaited.
"""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from family_case import settings as settings_file
from family_case.chance import SystemClock
from family_case.errors import Problem
from family_case.hardening import harden
from family_case.services import casework
from family_case.services.fields import Field, FieldType
from family_case.services.forms import FORMS
from tests.faults.canaries import Canaries
from ui import problems
from ui.app import Application, keep_no_history
from ui.pages import PAGES
from ui.pages.access import AccessPage
from ui.pages.backup import BackupPage
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.pages.report import ReportPage
from ui.widgets.door_form import DoorForm
from ui.widgets.form_panel import FormPanel
from ui.widgets.sheet_form import SheetForm
from ui.windows.main import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

W = TypeVar("W", bound=QWidget)
_PATIENCE_MS = 60_000
_TURN_MS = 10


@dataclass(frozen=True, slots=True)
class Orders:
    """Which vault, and what to type; `nouns`: forms to fill (all when empty)."""

    vault: str
    passphrase: str
    latin: str
    cyrillic: str
    digits: str
    shelf: str
    paper: str
    case: str = "K-001"
    locked: str = ""  # what starts the locked window in the place of this interpreter, where there is no display
    nouns: list[str] = field(default_factory=list)
    brief: bool = False  # pages, forms and search only
    given: str = ""  # a file that is attached; its name is a canary

    @property
    def canaries(self) -> Canaries:
        """The words to type."""
        return Canaries(self.latin, self.cyrillic, self.digits)


class Tour:
    """The steps, on a real application."""

    def __init__(self, app: Application, orders: Orders) -> None:
        self.app, self.orders, self.words = app, orders, orders.canaries
        self.titles: set[str] = set()
        self.trouble: list[str] = []
        self.case_id = ""
        app.jobs.trouble.connect(self._note)

    # --- small words ---

    def _note(self, problem: Problem) -> None:
        self.trouble.append(problem.message)

    @property
    def window(self) -> MainWindow:
        """The window over the open vault."""
        assert isinstance(self.app.window, MainWindow)
        return self.app.window

    def until(self, done: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        for _turn in range(_PATIENCE_MS // _TURN_MS):
            if done():
                break
            QTest.qWait(_TURN_MS)
        else:
            raise AssertionError("the window does not answer")
        self.look()

    def settle(self) -> None:
        """Wait until nothing is asked any more."""
        QTest.qWait(_TURN_MS)
        self.until(lambda: self.app.jobs.unanswered == 0)

    def look(self) -> None:
        """Remember what stands in title bars."""
        self.titles |= {each.windowTitle() for each in QApplication.topLevelWidgets()}
        self.titles |= {each.title() for each in QApplication.topLevelWindows()}

    def page(self, kind: type[W], name: str, place: str = "") -> W:
        """Go to a page and wait for it."""
        self.window.go(name, place)
        self.settle()
        here = self.window.current()
        assert isinstance(here, kind)
        return here

    def close_boxes(self) -> None:
        """Close what stands over the window."""
        for each in QApplication.topLevelWidgets():
            if each is not self.window and each.isVisible() and isinstance(each, QDialog):
                self.look()
                each.reject()

    # --- the tour ---

    def enter(self) -> None:
        """Unlock by typing, a wrong passphrase (a canary) first."""
        self.app.begin(Path(self.orders.vault))
        for phrase in (self.words.text("passphrase"), self.orders.passphrase):
            assert self.app.window is not None
            line = self.app.window.findChild(QLineEdit)
            assert line is not None
            line.setText(phrase)
            QTest.keyClick(line, Qt.Key.Key_Return)
            QTest.qWait(_TURN_MS)
            self.until(lambda: self.app.jobs.unanswered == 0)
        self.until(lambda: isinstance(self.app.window, MainWindow))
        self.app.jobs.read(lambda session: casework.resolve(session, self.orders.case), self._found)
        self.settle()

    def _found(self, case_id: str) -> None:
        self.case_id = case_id

    def search(self) -> None:
        """Search for names, numbers and nothing."""
        self.window._search.begin()
        for word in (self.words.cyrillic[:5], self.words.latin, self.words.number()):
            self.window._search.setText(word)
            self.settle()
        self.window._search.clear()
        page = self.page(CasesPage, "cases")
        page.search.set_value(self.words.cyrillic)
        self.settle()
        page.search.set_value("")

    def fill(self, noun: str) -> None:
        """Open a form, type into every field; the first time save it (whatever comes of it), then leave a draft."""
        for keep in (True, False):
            page = self.page(CasePage, "case", self.case_id)
            page.add(noun)
            self.settle()
            panel = page.findChild(FormPanel)
            assert panel is not None
            panel.form.set_values(self._values(noun))
            QTest.qWait(_TURN_MS)
            if keep:
                panel.save()
            self.settle()
            self.close_boxes()

    def _values(self, noun: str) -> dict[str, str]:
        return {each.name: text for each in FORMS[noun].fields if (text := self._value(noun, each))}

    def _value(self, noun: str, each: Field) -> str:
        words = {
            FieldType.DATE: "2022-08-01", FieldType.NUMBER: self.words.number(), FieldType.AMOUNT: "5",
            FieldType.CURRENCY: "UAH", FieldType.COUNT: "3", FieldType.CLAIMED: self.words.text("claimed"),
        }  # fmt: skip
        if each.kind in (FieldType.LINE, FieldType.TEXT, FieldType.PLACE, FieldType.BODY, FieldType.BODIES):
            return self.words.text(f"{noun}.{each.name}")
        if each.choices and each.kind in (FieldType.CHOICE, FieldType.CHOICES):
            return str(next(iter(each.choices)).value)
        return words.get(each.kind, "")

    def talk(self) -> None:
        """A conversation that is left as a draft."""
        page = self.page(ConversationPage, "conversation", self.case_id)
        page.talk.form.set_values({"text": self.words.text("talk")})
        page.talk.add("sign").form.set_values({"class": "voice", "words": self.words.text("talk.sign")})
        self.settle()

    def paper(self) -> None:
        """Look at a paper, be asked where to save it, save it."""
        page = self.page(ReportPage, "report", self.case_id)
        self.until(lambda: self.app.jobs.unanswered == 0 and page.foot.save.isEnabled())
        page.save_paper()
        QTest.qWait(_TURN_MS)
        self.close_boxes()
        page.save_to(self.orders.paper)
        self.settle()

    def back_up(self) -> None:
        """Be asked for a folder, then back up."""
        page = self.page(BackupPage, "backup")
        page.folder._choose()
        QTest.qWait(_TURN_MS)
        self.close_boxes()
        page.folder.set_value(self.orders.shelf)
        page.start()
        self.until(lambda: page._errand is None and self.app.jobs.unanswered == 0)

    def attach(self) -> None:
        """Attach a file, and look at it beside its case."""
        page = self.page(CasePage, "case", self.case_id)
        page.attach([Path(self.orders.given)])
        self.until(lambda: page.attach_bar._errand is None and self.app.jobs.unanswered == 0)
        assert page.view is not None
        for each in page.view.page.background.attachments:
            page.show_record(each.id)
            self.settle()

    def access(self) -> None:
        """Begin to change the passphrase, and make a recovery sheet up to the sight of its key; leave both."""
        page = self.page(AccessPage, "access")
        page.change_passphrase()
        assert isinstance(page.form, DoorForm)
        page.form.old.set_value(self.words.text("old passphrase"))
        self.settle()
        page.form.left.emit()
        page.make_sheet()
        assert isinstance(page.form, SheetForm)
        page.form.phrase.set_value(self.orders.passphrase)
        page.form.make()
        self.settle()
        assert page.form.sheet is not None
        page.form.left.emit()

    def call(self) -> None:
        """On a call: the curtain falls and is drawn again."""
        guard = self.app.guard
        guard.call(on=True)
        guard._darken()
        self.settle()
        guard._lighten()
        guard.call(on=False)

    def walk(self) -> None:
        """Every page there is, and every part of it."""
        for each in PAGES:
            self.page(QWidget, each.name, self.case_id)
            here = self.window.current()
            assert here is not None
            for button in here.findChildren(QPushButton):
                if button.isCheckable() and button.isVisible():
                    button.click()
                    self.settle()

    def look_closely(self) -> None:
        """Every record of the case, and what opens over the window."""
        page = self.page(CasePage, "case", self.case_id)
        assert page.view is not None
        people, timeline = page.view.page.people, page.view.page.timeline
        for record in (*(card.person.id for card in people), *(item.id for item in timeline)):
            page.show_record(record)
            self.settle()
        self.window._show_keys()
        QTest.qWait(_TURN_MS)
        self.close_boxes()
        self.window.tell(Problem(self.words.text("problem")))
        QTest.qWait(_TURN_MS)
        self.close_boxes()

    def copy(self) -> None:
        """Copy a canary, and choose other looks: the only thing written outside the vault."""
        field_ = QLineEdit(self.words.text("copied"))
        field_.selectAll()
        field_.copy()
        field_.deleteLater()
        for theme in ("dark", "light"):
            self.app.look(settings_file.Settings(language="ru", theme=theme))
            self.settle()

    def whole(self) -> None:
        """All of it; once before and once after there is something to see."""
        self.enter()
        self.search()
        for noun in self.orders.nouns or [each for each in FORMS if each != "conversation"]:
            self.fill(noun)
        self.talk()
        self.search()
        if not self.orders.brief:
            self.paper()
            self.attach()
            self.back_up()
            self.look_closely()
            self.access()
            self.call()
        self.walk()
        if not self.orders.brief:
            self.copy()


def main() -> int:
    """Walk, tell, and end as wished."""
    orders = Orders(**json.loads(sys.stdin.readline()))
    harden()
    keep_no_history()
    qt = QApplication(["family-case"])
    qt.setDesktopFileName("family-case")
    app = Application(qt, settings_path=settings_file.usual_file(), clock=SystemClock())
    problems.install_hook(app.tell)
    tour = Tour(app, orders)
    try:
        tour.whole()
    except AssertionError:
        traceback.print_exc()
        print(
            tour.trouble,
            tour.window.current_name(),
            [each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()],
            file=sys.stderr,
        )
        return 1
    print(json.dumps({"titles": sorted(tour.titles), "trouble": tour.trouble}), flush=True)
    wish = sys.stdin.readline().strip()
    if wish == "lock":
        sys.executable = orders.locked or sys.executable
        app.lock()
    if wish == "close":
        tour.window.close()
    return qt.exec() if wish == "stay" else 0


if __name__ == "__main__":
    sys.exit(main())
