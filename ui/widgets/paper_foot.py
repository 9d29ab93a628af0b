"""Under the wishes for a paper: print and save, and while pages go to the printer, how far it is and how to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from family_case.i18n import N_
from ui.theme import STEP
from ui.widgets.icons import icon
from ui.widgets.pdf_pane import PrintRun
from ui.widgets.text import button, column, holding, put_icon, row, text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from family_case.i18n import Translator
    from ui.theme import Colours

_STOPPED: Final = N_(
    "Printing stopped: {page} of {of} pages were sent. They may still come out of the printer: take them."
)
_NONE_SENT: Final = N_("Printing stopped: no page was sent to the printer.")


class PaperFoot(QWidget):
    """Neither button can be pressed until a paper is ready."""

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, tr: Translator, colours: Colours) -> None:
        super().__init__()
        self._tr, self._colours = tr, colours
        self.run: PrintRun | None = None
        self.print = button(tr.text(N_("Print…")), self.print_wanted.emit, kind="primary")
        self.save = button(tr.text(N_("Save plain PDF…")), self.save_wanted.emit, icon=icon("save", colours.text))
        queue = N_("We write no copy; the system's print queue and the printer may.")
        plain = N_("A plain PDF can be read by whoever has the file. Both are recorded as a disclosure.")
        hint = text(f"{tr.text(queue)} {tr.text(plain)}", size="small", tone="muted")
        self.printing = text("", bold=True)
        self.stop = button(tr.text(N_("Stop printing")), self.stop_printing)
        self.ended = text("", size="small", tone="amber")
        self.ended.hide()
        self._rest = holding(row([self.print, self.save, None]))
        self._running = holding(row([self.printing, self.stop]))
        self._running.hide()
        whole = column([self.ended, self._running, hint, self._rest], space=STEP)  # a toast lies over the foot
        self.setLayout(whole)
        self.enable(on=False)

    def enable(self, *, on: bool) -> None:
        """Let the paper out, or not yet."""
        put_icon(self.print, icon("printer", self._colours.on_accent if on else self._colours.muted), 18)
        self.print.setEnabled(on)
        self.save.setEnabled(on)

    def start(self, data: bytes, printer: QPrinter) -> None:
        """Send the pages of a PDF to the printer, one after the other."""
        self.run = PrintRun(data, printer, self)
        self.run.page_done.connect(self._printed)
        self.run.ended.connect(self._run_ended)
        self.ended.hide()
        self._printed(*self.run.given())
        self._show_run(on=True)
        self.stop.setFocus()
        self.run.start()

    def stop_printing(self) -> None:
        """Send no further page; say what the printer has already."""
        if self.run is not None:
            self.run.stop()

    def _printed(self, page: int, of: int) -> None:
        self.printing.setText(self._tr.text(N_("Printing page {page} of {of}"), page=min(page + 1, of), of=of))

    def _run_ended(self, whole: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Say where a run ended that did not come to its end."""
        run, self.run = self.run, None
        self._show_run(on=False)
        self.print.setFocus()
        if run is None:
            return
        run.deleteLater()
        if not whole:
            page, of = run.given()
            said = self._tr.text(_STOPPED if page else _NONE_SENT, page=page, of=of)
            self.ended.setText(f"{said} {self._tr.text(N_('It stays recorded that this paper was to leave.'))}")
            self.ended.show()

    def _show_run(self, *, on: bool) -> None:
        self._rest.setVisible(not on)
        self._running.setVisible(on)
