"""Making a recovery sheet in the window: a passphrase, the key to be copied or printed, two groups typed back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.services import recovery
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets import key_paper
from ui.widgets.door_form import said
from ui.widgets.fields import LineField
from ui.widgets.form import FormRow
from ui.widgets.icons import icon
from ui.widgets.passphrase import Passphrase
from ui.widgets.text import button, column, holding, put_alone, row, text

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.i18n import Translator
    from family_case.model.changes import Changes
    from family_case.services.recovery import Sheet
    from ui.jobs import Jobs
    from ui.theme import Colours
    from ui.widgets.text import Part

_NO_FILE = N_(
    "This program writes the key into no file and never into the clipboard. If you print it, the system's print queue "
    "and the printer may keep it; copying it by hand leaves no trace."
)


class SheetForm(QWidget):
    """Ends with `done` (what to say), or with `left`; the key counts only after the two groups."""

    done = Signal(str)
    left = Signal()

    def __init__(self, jobs: Jobs, tr: Translator, colours: Colours, *, known: bool = False) -> None:
        """`known`: the vault was just opened by a recovery key, so no passphrase is asked."""
        super().__init__()
        self._jobs, self._tr, self._colours = jobs, tr, colours
        self.sheet: Sheet | None = None
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.status = text("", size="small", tone="danger")
        self.phrase = Passphrase(tr.text(N_("Passphrase")), tr)
        if known:
            self.make()
        else:
            self._ask_passphrase()

    def make(self) -> None:
        """Prove the passphrase and draw a key; nothing counts yet."""
        wish = partial(recovery.new_sheet, passphrase=self.phrase.value())
        self._jobs.read(wish, self._made, self._failed)

    def show_key(self, sheet: Sheet) -> None:
        """The key, large, to be copied by hand or printed."""
        tr = self._tr
        grid = QGridLayout()
        grid.setSpacing(2 * STEP)
        for at, group in enumerate(sheet.groups):
            number = text(str(at + 1), size="small", tone="muted")
            sign = text(group, size="title", bold=True)
            sign.setWordWrap(False)
            sign.setAccessibleName(f"{at + 1}: {' '.join(group)}")
            grid.addLayout(column([number, sign], space=0), at // key_paper.ROW, at % key_paper.ROW)
        printing = icon("printer", self._colours.muted)
        self.on_paper = button(tr.text(N_("I have it on paper")), partial(self.ask_back, sheet), kind="primary")
        buttons = [
            self.on_paper,
            button(tr.text(N_("Print…")), partial(self.print_sheet, sheet), icon=printing),
            self._leave(),
            None,
        ]
        marked = tr.text(N_("No. {mark} · {day}"), mark=sheet.mark, day=sheet.day)
        self._put(
            [
                text(marked, tone="muted"),
                grid,
                text(tr.text(_NO_FILE)),
                row(buttons),
            ]
        )
        self.on_paper.setFocus()

    def ask_back(self, sheet: Sheet) -> None:
        """Two groups, typed from the paper while the key is out of sight."""
        tr = self._tr
        self.typed = {at: LineField(tr.text(N_("Group {number}"), number=at)) for at in sheet.asked}
        rows: list[Part] = [
            FormRow(tr.text(N_("Group {number}"), number=at), field) for at, field in self.typed.items()
        ]
        for field in self.typed.values():
            field.returnPressed.connect(partial(self.confirm, sheet))
        why = N_("Type these two groups from the paper. Only then does the key count, and an older sheet no more.")
        again = button(tr.text(N_("Show the key again")), partial(self.show_key, sheet), kind="quiet")
        self.finish = button(tr.text(N_("The sheet is right")), partial(self.confirm, sheet), kind="primary")
        self._put([text(tr.text(why)), *rows, row([self.finish, again, self._leave(), None])])
        next(iter(self.typed.values())).setFocus()

    def confirm(self, sheet: Sheet) -> None:
        """Make the door."""
        typed = {at: field.value() for at, field in self.typed.items()}
        self._jobs.write(partial(recovery.confirm, sheet=sheet, typed=typed), self._confirmed, self._failed)

    def print_sheet(self, sheet: Sheet) -> None:
        """Ask for the printer; printing into a file is not offered."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._tr.text(N_("document")))
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.print_on, sheet, printer))
        QDialog.open(dialog)  # its own `open` wants a slot by name

    def print_on(self, sheet: Sheet, printer: QPrinter) -> None:
        """Draw the sheet on this printer."""
        key_paper.draw(printer, sheet, self._tr)

    def _ask_passphrase(self) -> None:
        tr = self._tr
        self.phrase_row = FormRow(tr.text(N_("Passphrase")), self.phrase)
        self.phrase.entered.connect(self.make)
        why = N_(
            "A key on paper opens the vault on the day on which the passphrase is lost. Whoever has the paper and a "
            "copy of the vault can read everything: keep it where the computer is not."
        )
        go = button(tr.text(N_("Make the key")), self.make, kind="primary")
        self._put([text(tr.text(why)), self.phrase_row, row([go, self._leave(), None])])
        self.setFocusProxy(self.phrase)

    def _leave(self) -> QWidget:
        return button(self._tr.text(N_("Cancel")), self.left.emit)

    def _put(self, parts: list[Part]) -> None:
        heading = text(self._tr.text(N_("Recovery sheet")), size="large", bold=True)
        self.status = text("", size="small", tone="danger")
        put_alone(self._room, holding(column([heading, *parts, self.status], space=2 * STEP)))

    def _made(self, sheet: Sheet) -> None:
        self.phrase.set_value("")
        self.sheet = sheet
        self.show_key(sheet)

    def _confirmed(self, changes: Changes) -> None:
        self.sheet = None
        words = N_("The sheet counts from now on. Keep it away from the computer.")
        self.done.emit(said(words, changes, self._tr))

    def _failed(self, problem: Problem) -> None:
        self.status.setText(sentence(problem, self._tr))
