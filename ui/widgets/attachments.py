"""Files handed over: how one is told in a line, files dropped from elsewhere, and the bar while one is being sealed."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from family_case.chance import Moment
from family_case.i18n import N_
from family_case.model.date_words import date_short
from family_case.model.dates import parse
from family_case.services import attaching
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.file_dialog import file_dialog
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.attachment import Attachment
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.widgets.desk import Desk

_KILO: Final = 1000
_WHOLE: Final = 1000  # steps of the progress bar


def size_words(size: int, tr: Translator) -> str:
    """A size as people say it: "340 KB", "1.4 MB"."""
    kilo = size / _KILO
    if kilo < _KILO:
        return tr.text(N_("{n} KB"), n=format_decimal(max(1, round(kilo)), locale=tr.language))
    return tr.text(N_("{n} MB"), n=format_decimal(kilo / _KILO, format="#,##0.0", locale=tr.language))


def size_and_day(each: Attachment, zone: str, tr: Translator) -> str:
    """How large a file is and when it was added."""
    day = parse(Moment(each.recorded_ms).day(zone).isoformat())
    return f"{size_words(each.size, tr)} · {date_short(day, tr)}"


def choose_files(over: QWidget, tr: Translator, chosen: Callable[[list[Path]], object]) -> None:
    """Ask which files are to be attached."""
    dialog = file_dialog(over, tr.text(N_("Attach files")), str(Path.home()), tr)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


class FileDrop(QObject):
    """Lets files be dropped on a widget."""

    dropped = Signal(list)  # of Path

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        on.setAcceptDrops(True)
        on.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is a file of this computer, and nothing else."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        files = [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True


class _Errand:
    """One file under way, and whether somebody stopped it."""

    def __init__(self, ref: str, source: Path) -> None:
        self.ref, self.source, self.stopped = ref, source, False

    def run(self, session: Session) -> Generator[float, None, Changes]:
        """Seal in steps, on the vault's lane."""
        return attaching.steps(session, self.ref, self.source, stopped=lambda: self.stopped)


class AttachBar(QWidget):
    """Hidden until a file is being sealed or could not be; files wait for each other."""

    attached = Signal(object)  # Changes

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._waiting = desk, deque[_Errand]()
        self._errand: _Errand | None = None
        tr = desk.tr
        self._words = text("")
        self._bar = QProgressBar(maximum=_WHOLE, textVisible=False)
        self._stop = button(tr.text(N_("Stop")), self.stop)
        self._close = button(tr.text(N_("Close")), self.hide, kind="quiet")
        self._bar.setAccessibleName(tr.text(N_("How far the file is sealed")))
        self.setLayout(column([self._words, row([self._bar, self._stop, self._close])], space=STEP, margin=STEP))
        self.hide()

    def attach(self, ref: str, files: Iterable[Path]) -> None:
        """Seal these files beside the case or entry `ref`, one after the other."""
        self._waiting.extend(_Errand(ref, each) for each in files)
        if self._errand is None:
            self._next()

    def stop(self) -> None:
        """Give up the file under way and those that wait; nothing of them is kept."""
        self._waiting.clear()
        if self._errand is not None:
            self._errand.stopped = True

    def _next(self) -> None:
        self._errand = self._waiting.popleft() if self._waiting else None
        if self._errand is None:
            self.hide()
            return
        self._tell(self._desk.tr.text(N_("Sealing a file into the vault. You can go on working.")), working=True)
        self._bar.setValue(0)
        self._desk.jobs.long(self._errand.run, self._done, self._failed, self._far)

    def _far(self, share: float) -> None:
        self._bar.setValue(int(share * _WHOLE))

    def _done(self, changes: Changes) -> None:
        self._desk.jobs.feed.changed.emit(changes)
        self.attached.emit(changes)
        self._next()

    def _failed(self, problem: Problem) -> None:
        self._waiting.clear()
        self._errand = None
        self._tell(sentence(problem, self._desk.tr), working=False)

    def _tell(self, words: str, *, working: bool) -> None:
        self._words.setText(words)
        self._bar.setVisible(working)
        self._stop.setVisible(working)
        self._close.setVisible(not working)
        self.show()
