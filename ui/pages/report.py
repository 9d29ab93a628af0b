"""A paper before it leaves: at the left what is wanted and what it tells, at the right its pages, from memory.

Printing and saving both write a disclosure first. We write no copy of our own; the system's print queue may.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QStackedWidget, QWidget

from family_case.i18n import N_
from family_case.model.dossier import Dossier, Told
from family_case.model.records import BY_TABLE
from family_case.reports.summary import render
from family_case.services import publishing
from ui.pages import OfCase
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.case_reading import CaseView, read_case
from ui.widgets.entry_form import scrolled
from ui.widgets.icons import icon
from ui.widgets.order_form import OrderForm
from ui.widgets.pdf_pane import PdfPane, PrintRun
from ui.widgets.scale import scaled
from ui.widgets.tab_order import pane, tab_as_read
from ui.widgets.text import button, column, holding, line, put_icon, row, text
from ui.widgets.told_list import ToldList

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.publishing import Order
    from family_case.services.session import Session
    from ui.pages import Context

REST_MS: Final = 300  # after the last key, before the paper is made again
_LEFT: Final = 424
_DPI: Final = 300
_NAME: Final = 12  # characters of a random file name


@dataclass(frozen=True, slots=True)
class Ready:
    """What the vault lane hands over: what the paper may say, what it tells, and a random name for its file."""

    dossier: Dossier
    told: Sequence[Told]
    name: str


class ReportPage(OfCase):
    """The paper of the case whose id is `place`."""

    tables = frozenset(BY_TABLE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: CaseView | None = None
        self._order: Order | None = None
        self._name = ""
        self._arrived = False
        self._wanted_day: date | None = None
        self._turn = 0
        self._run: PrintRun | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._make)
        self._build()
        self.order.edited.connect(self._rest.start)

    @property
    def title(self) -> str:
        """What the page is, and of which case."""
        words = self._view.words(self.context.tr) if self._view is not None else ""
        return self.context.tr.text(N_("Paper: {case}"), case=words)

    def go(self, place: str) -> None:
        """Show the paper of this case; a day after a blank: as the case was known then."""
        case_id, _blank, day = place.partition(" ")
        self._arrived, self._wanted_day = True, date.fromisoformat(day) if day else None
        super().go(case_id)

    def reload(self) -> None:
        """Read the case and make the paper again."""
        if self._case_id:
            self.context.jobs.read(partial(read_case, self._case_id), self._show_case, self._failed, key="report case")

    def focus_first(self) -> None:
        """The first choice."""
        self.order.profile.setFocus()

    def panes(self) -> list[QWidget]:
        """Choices, pages, buttons."""
        return [pane(self.order), self.pdf, self._save]

    def print_paper(self) -> None:
        """Ask for the printer; the dialog stands beside the window, which goes on working."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(_DPI)
        printer.setDocName(self.context.tr.text(N_("document")))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.print_on, printer))
        QDialog.open(dialog)  # its own `open` wants a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Write the disclosure, then print page after page."""
        if self._order is not None:
            job = partial(publishing.publish, ref=self._case_id, order=self._order, render=render, target=None)
            self.context.jobs.write(job, partial(self._print_now, printer), self._failed)

    def save_paper(self) -> None:
        """Ask where the plain file shall lie, under a random name."""
        dialog = QFileDialog(
            self, self.context.tr.text(N_("Save as a plain PDF")), str(Path.home() / f"{self._name}.pdf")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        # GTK's own dialog writes recently-used.xbel; Windows and macOS keep no such list of folders.
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, target: str) -> None:
        """Write the file and its disclosure in one step."""
        if self._order is not None:
            job = partial(publishing.publish, ref=self._case_id, order=self._order, render=render, target=Path(target))
            self.context.jobs.write(job, self._saved, self._failed)

    def _build(self) -> None:
        tr = self.context.tr
        self.order = OrderForm(self.context)
        self.told = ToldList(tr)
        self._head = text("", size="large", bold=True)
        back = button(tr.text(N_("Back to the case")), self._back, kind="quiet")
        top = row([self._head, back])
        top.setStretch(0, 1)
        tells = text(tr.text(N_("What this paper tells them")), size="small", tone="muted", bold=True)
        wishes, told = _padded(self.order), _padded(self.told)
        told.setAccessibleName(tells.text())
        told.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left = column([top, wishes, line(), tells, told, line(), *self._buttons()], space=STEP, margin=2 * STEP)
        left.setStretch(1, 4)
        left.setStretch(4, 3)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(scaled(_LEFT))
        self.pdf = PdfPane(tr.text(N_("Pages of the paper")), self.context.colours.line)
        self.trouble = text("", tone="muted")
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setMargin(4 * STEP)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pdf)
        self._stack.addWidget(self.trouble)
        whole = row([side, self._stack], space=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        tab_as_read(self)

    def _buttons(self) -> list[QWidget]:
        """Print and save, with what must be known before."""
        tr, colours = self.context.tr, self.context.colours
        self._print = button(tr.text(N_("Print…")), self.print_paper, kind="primary")
        self._save = button(tr.text(N_("Save plain PDF…")), self.save_paper, icon=icon("save", colours.text))
        queue = N_("We write no copy; the system's print queue and the printer may.")
        plain = N_("A plain PDF can be read by whoever has the file. Both are recorded as a disclosure.")
        hint = text(f"{tr.text(queue)} {tr.text(plain)}", size="small", tone="muted")
        self._printing = text("", bold=True)
        self._stop = button(tr.text(N_("Stop printing")), self.stop_printing)
        self._enable(on=False)
        self._buttons_of_rest = holding(row([self._print, self._save, None]))
        self._buttons_of_run = holding(row([self._printing, self._stop]))
        self._buttons_of_run.hide()
        self._ended = text("", size="small", tone="amber")
        self._ended.hide()
        return [self._ended, self._buttons_of_run, hint, self._buttons_of_rest]  # a toast lies over the foot

    def _enable(self, *, on: bool) -> None:
        colours = self.context.colours
        put_icon(self._print, icon("printer", colours.on_accent if on else colours.muted), 18)
        self._print.setEnabled(on)
        self._save.setEnabled(on)

    def _show_case(self, view: CaseView) -> None:
        if self._view is None or self._view.page.case.id != view.page.case.id:
            self._view = view
            self.order.show_case(view.page)
        self._view = view
        if self._arrived and (self._wanted_day is not None or self.order.known_on.value()):
            self.order.stand_on(self._wanted_day)  # who comes from today's case gets no paper of the past unasked
        self._arrived = False
        self._head.setText(self.title)
        self._make()

    def _make(self) -> None:
        """Compose the paper that is wanted now; only the newest wish is answered."""
        self._rest.stop()
        self._order = self.order.order(self.context.clock.now())
        self._turn += 1
        self._enable(on=False)
        if self._order is None or self._view is None:
            return
        job = partial(_read, self._case_id, self._order)
        self.context.jobs.read(job, partial(self._composed, self._turn), self._failed, key="report")

    def _composed(self, turn: int, ready: Ready) -> None:
        if turn == self._turn:
            self._name = ready.name
            self.told.show_told(ready.told)
            self.context.jobs.compute(partial(render, ready.dossier), partial(self._rendered, turn), self._failed)

    def _rendered(self, turn: int, data: bytes) -> None:
        if turn == self._turn:
            self.pdf.show_pages(data)
            self._stack.setCurrentIndex(0)
            self._enable(on=True)

    def _failed(self, problem: Problem) -> None:
        self.trouble.setText(sentence(problem, self.context.tr))
        self.told.say_none()
        self._stack.setCurrentIndex(1)

    def stop_printing(self) -> None:
        """Send no further page; say what the printer has already."""
        if self._run is not None:
            self._run.stop()

    def _print_now(self, printer: QPrinter, changes: Changes) -> None:
        words = self._view.words(self.context.tr) if self._view is not None else ""
        self.context.frame.wrote(self.context.tr.text(N_("{case}: paper is being printed"), case=words), changes)
        self._run = PrintRun(self.pdf.data(), printer, self)
        self._run.page_done.connect(self._printed)
        self._run.ended.connect(self._run_ended)
        self._ended.hide()
        self._printed(*self._run.given())
        self._show_run(on=True)
        self._stop.setFocus()
        self._run.start()

    def _printed(self, page: int, of: int) -> None:
        self._printing.setText(self.context.tr.text(N_("Printing page {page} of {of}"), page=min(page + 1, of), of=of))

    def _run_ended(self, whole: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Say where a run ended that did not come to its end."""
        run, self._run = self._run, None
        self._show_run(on=False)
        self._print.setFocus()
        if run is None:
            return
        run.deleteLater()
        if whole:
            return
        tr, (page, of) = self.context.tr, run.given()
        words = N_(
            "Printing stopped: {page} of {of} pages were sent. They may still come out of the printer: take them."
        )
        none = N_("Printing stopped: no page was sent to the printer.")
        kept = tr.text(N_("It stays recorded that this paper was to leave."))
        self._ended.setText(f"{tr.text(words, page=page, of=of) if page else tr.text(none)} {kept}")
        self._ended.show()

    def _show_run(self, *, on: bool) -> None:
        """While pages go to the printer, how far it is and how to stop it stand where the buttons stood."""
        self._buttons_of_rest.setVisible(not on)
        self._buttons_of_run.setVisible(on)

    def _saved(self, changes: Changes) -> None:
        words = self._view.words(self.context.tr) if self._view is not None else ""
        self.context.frame.wrote(self.context.tr.text(N_("{case}: paper saved"), case=words), changes)

    def _back(self) -> None:
        self.context.frame.go("case", self._case_id)


def _padded(widget: QWidget) -> QScrollArea:
    """`widget` in an area that scrolls, with room beside the scroll bar."""
    inner = column([widget, None])
    inner.setContentsMargins(0, 0, 2 * STEP, 0)
    body = QWidget()
    body.setLayout(inner)
    return scrolled(body)


def _read(ref: str, order: Order, session: Session) -> Ready:
    paper = publishing.dossier(session, ref, order)
    return Ready(paper, publishing.tells(session, ref, order), session.ids.new()[:_NAME])
