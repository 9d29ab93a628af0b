"""A paper before it leaves: at the left what is wanted and what it tells, at the right its pages, from memory.

Printing and saving both write a disclosure first. We write no copy of our own; the system's print queue may.
"""

from __future__ import annotations

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
from ui.widgets.file_dialog import file_dialog
from ui.widgets.order_form import OrderForm
from ui.widgets.paper_foot import PaperFoot
from ui.widgets.pdf_pane import PdfPane
from ui.widgets.read_only import only_where_written
from ui.widgets.scale import scaled
from ui.widgets.tab_order import pane, tab_as_read
from ui.widgets.text import button, column, line, row, text
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

    def writing(self) -> dict[str, str] | None:
        """What was chosen and typed for the paper."""
        return self.order.words()

    def resume(self, form: dict[str, str]) -> None:
        """Ask for the same paper."""
        self.order.put_words(form)

    def focus_first(self) -> None:
        """The first choice."""
        self.order.profile.setFocus()

    def panes(self) -> list[QWidget]:
        """Choices, pages, buttons."""
        return [pane(self.order), self.pdf, self.foot.save]

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
        tr = self.context.tr
        dialog = file_dialog(self, tr.text(N_("Save as a plain PDF")), str(Path.home() / f"{self._name}.pdf"), tr)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, target: str) -> None:
        """Write the file and its disclosure in one step."""
        if self._order is not None:
            job = partial(publishing.publish, ref=self._case_id, order=self._order, render=render, target=Path(target))
            self.context.jobs.write(job, self._saved, self._failed)

    def spared(self) -> QWidget:
        """The pages: beside them stand what was sent to the printer, and the buttons."""
        return self._stack

    def _build(self) -> None:
        tr = self.context.tr
        self.order = OrderForm(self.context)
        self.told = ToldList(tr)
        self.foot = PaperFoot(tr, self.context.colours)
        only_where_written(self.context, self.foot.print, self.foot.save)
        self.foot.print_wanted.connect(self.print_paper)
        self.foot.save_wanted.connect(self.save_paper)
        self._head = text("", size="large", bold=True)
        back = button(tr.text(N_("Back to the case")), self._back, kind="quiet")
        top = row([self._head, back])
        top.setStretch(0, 1)
        tells = text(tr.text(N_("What this paper tells them")), size="small", tone="muted", bold=True)
        wishes, told = _padded(self.order), _padded(self.told)
        told.setAccessibleName(tells.text())
        told.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left = column([top, wishes, line(), tells, told, line(), self.foot], space=STEP, margin=2 * STEP)
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
        self.foot.enable(on=False)
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
            self.foot.enable(on=True)

    def _failed(self, problem: Problem) -> None:
        self.trouble.setText(sentence(problem, self.context.tr))
        self.told.say_none()
        self._stack.setCurrentIndex(1)

    def _print_now(self, printer: QPrinter, changes: Changes) -> None:
        words = self._view.words(self.context.tr) if self._view is not None else ""
        self.context.frame.wrote(
            self.context.tr.text(N_("{case}: recorded that this paper leaves"), case=words), changes
        )
        self.foot.start(self.pdf.data(), printer)

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
