"""The table of shortcuts (F1): every action of the window with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from family_case.i18n import N_
from ui.theme import STEP
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

    from family_case.i18n import Translator

_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeyTable(QDialog):
    """Shows each action and its key; the window below goes on."""

    def __init__(self, parent: QWidget, actions: Iterable[QAction], tr: Translator) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr.text(N_("Keys")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = QGridLayout()
        table.setHorizontalSpacing(4 * STEP)
        shown = [action for action in actions if not action.shortcut().isEmpty()]
        for at, action in enumerate(shown):
            table.addWidget(text(", ".join(each.toString(_NATIVE) for each in action.shortcuts()), bold=True), at, 0)
            name = text(action.text())
            name.setMinimumWidth(30 * STEP)
            table.addWidget(name, at, 1)
        done = button(tr.text(N_("Close")), self.close)
        heading = text(tr.text(N_("Keys")), size="large")
        self.setLayout(column([heading, table, row([None, done])], space=2 * STEP, margin=3 * STEP))
        done.setFocus()
