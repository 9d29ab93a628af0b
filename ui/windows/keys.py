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

    def __init__(self, parent: QWidget, actions: Iterable[QAction], below: Iterable[str], tr: Translator) -> None:
        """`below`: sentences that stand under the table."""
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
        said = [text(words, size="small", tone="muted") for words in below]
        self.setLayout(column([heading, table, *said, row([None, done])], space=2 * STEP, margin=3 * STEP))
        done.setFocus()


def lock_words(tr: Translator, *, tells: bool) -> list[str]:
    """When the vault locks by itself; `tells`: whether this computer tells of its screen and its sleep."""
    return [
        tr.text(
            N_(
                "The vault locks by itself: 5 minutes after the last key or move, on a call after 20 (covered after "
                "one), when its disk is gone, and after 8 hours in any case."
            )
        ),
        tr.text(
            N_("It also locks when the computer locks its screen or goes to sleep.")
            if tells
            else N_("This computer does not tell when it locks its screen or goes to sleep: lock with Ctrl+L.")
        ),
    ]
