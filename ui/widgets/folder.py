"""A field for a folder: typed, or chosen in a dialog that leaves no list of recent places behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from family_case.i18n import N_
from ui.widgets.fields import LineField
from ui.widgets.file_dialog import file_dialog
from ui.widgets.text import button, row

if TYPE_CHECKING:
    from family_case.i18n import Translator


class FolderField(QWidget):
    """Path of a folder, with a button that lets one choose it."""

    edited = Signal()

    def __init__(self, name: str, tr: Translator) -> None:
        super().__init__()
        self._name, self._tr = name, tr
        self.line = LineField(name)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setLayout(row([self.line, button(tr.text(N_("Choose…")), self._choose)]))
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.line.edited.connect(self.edited)

    def value(self) -> str:
        """The path as typed or chosen."""
        return self.line.value()

    def path(self) -> Path:
        """The path, with ~ for the home folder understood."""
        entered = Path(self.value().strip())
        try:
            return entered.expanduser().absolute()
        except RuntimeError:  # a ~name nobody has
            return entered.absolute()

    def set_value(self, value: str, /) -> None:
        """Show `value`."""
        self.line.set_value(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        self.line.set_wrong(wrong=wrong)

    def _choose(self) -> None:
        start = next((each for each in (self.path(), *self.path().parents) if each.is_dir()), Path.home())
        dialog = file_dialog(self, self._name, str(start), self._tr)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_value)
        dialog.open()
