"""The window's whole life in a process of its own, up to the real lock: `python -m tests.ui.life FOLDER NEXT [DEED]`.

The vault in FOLDER is opened as a person opens it; NEXT is what the locked process is. What happens is said on the
output. DEED is something a person does, or "look": to say where the keyboard is once everything is read.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

import ui  # noqa: F401 - before Qt
from family_case.chance import SystemClock
from family_case.hardening import harden
from family_case.services import casework
from tests.vaults import PASSPHRASE
from ui.app import Application, keep_no_history
from ui.widgets.form_panel import FormPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ui.pages.case import CasePage
    from ui.pages.cases import CasesPage
    from ui.pages.conversation import ConversationPage
    from ui.pages.report import ReportPage
    from ui.windows.main import MainWindow
    from ui.windows.unlock import Unlock

    Deed = Callable[[MainWindow, str], Iterator[None]]

EVERY_MS: Final = 20
WORDS: Final = "She said that"  # what a test can type is ASCII
AT: Final = 4  # letter at which the keyboard stands
LOOK: Final = "look"


def say(words: str) -> None:
    """On the output, at once."""
    print(words, flush=True)


def entered(window: MainWindow, case_id: str) -> Iterator[None]:
    """A form of a new entry."""
    window.go("case", case_id)
    yield
    cast("CasePage", window.current()).add("note")
    yield
    write(window, "text")


def changed(window: MainWindow, case_id: str) -> Iterator[None]:
    """A form that changes what stands there."""
    window.go("case", case_id)
    yield
    page = cast("CasePage", window.current())
    page._beside.change(case_id, "case")
    yield
    write(window, "alias")


def new_case(window: MainWindow, _case_id: str) -> Iterator[None]:
    """A new case."""
    window.go("cases")
    yield
    cast("CasesPage", window.current()).new_case()
    yield
    write(window, "alias")


def talked(window: MainWindow, case_id: str) -> Iterator[None]:
    """A conversation."""
    window.go("conversation", case_id)
    yield
    page = cast("ConversationPage", window.current())
    type_into(cast("QWidget", page.talk.form.field("text")))


def ordered(window: MainWindow, case_id: str) -> Iterator[None]:
    """A paper."""
    window.go("report", case_id)
    yield
    type_into(cast("ReportPage", window.current()).order.addressee)


DEEDS: Final[dict[str, Deed]] = {
    "entry": entered,
    "change": changed,
    "new case": new_case,
    "conversation": talked,
    "order": ordered,
}


def panel(window: MainWindow) -> FormPanel:
    """The form that is open."""
    return window.findChildren(FormPanel)[-1]


def write(window: MainWindow, name: str) -> None:
    """Write into a field of the open form."""
    form = panel(window).form
    form.show_all()
    type_into(cast("QWidget", form.field(name)))


def type_into(field: QWidget) -> None:
    """Type some words, and go back into their middle."""
    field.setFocus()
    QTest.keyClicks(field, WORDS)
    if isinstance(field, QLineEdit):
        field.setCursorPosition(AT)
    elif isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(AT)
        field.setTextCursor(cursor)


def looked(window: MainWindow, _case_id: str) -> Iterator[None]:
    """Say where one is."""
    for _ in range(10):
        yield
    found = window.focusWidget()
    field = found if isinstance(found, QLineEdit | QPlainTextEdit) else QLineEdit()
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    at = field.cursorPosition() if isinstance(field, QLineEdit) else field.textCursor().position()
    say(json.dumps([window.current_name(), text, at, window._toast.words()]))


def act(app: Application, name: str) -> None:
    """Do it step by step, each when everything that was asked is answered; then lock."""
    window = cast("MainWindow", app.window)
    found: list[str] = []
    app.jobs.read(partial(casework.resolve, ref="K-001"), found.append)
    steps: list[Iterator[None]] = []
    timer = QTimer(window, interval=EVERY_MS)

    def step() -> None:
        if app.jobs.unanswered:
            return
        if not steps:
            steps.append((looked if name == LOOK else DEEDS[name])(window, found[0]))
        if next(steps[0], timer) is timer:
            timer.stop()
            if name != LOOK:
                app.lock()

    timer.timeout.connect(step)
    timer.start()


def main() -> int:
    """Open the vault and wait for what leads to the lock."""
    folder, following, deed = Path(sys.argv[1]), sys.argv[2], "".join(sys.argv[3:4])
    sys.executable = following
    harden()
    keep_no_history()
    qt = QApplication(["family-case"])
    app = Application(qt, settings_path=folder.parent / "settings.json", clock=SystemClock())
    app.guard.told.connect(lambda tells: say("told" if tells else "not told"))
    app.begin(folder)
    sheet = cast("Unlock", app.window)
    sheet.opened.connect(lambda _opened: act(app, deed) if deed else say("open"))
    sheet.field.set_value(PASSPHRASE)
    sheet.try_it()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
