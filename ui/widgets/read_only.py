"""A vault that is open read-only: the quiet line that says so in every page, and buttons that stay off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from family_case.i18n import N_
from ui.theme import STEP
from ui.widgets.icons import icon
from ui.widgets.text import column, row, text

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from ui.theme import Colours
    from ui.widgets.desk import Desk

_WHAT = N_("Open read-only: nothing can be changed.")
_WHY = N_(
    "Nothing is written, neither here nor beside the vault: no entry, no draft, no backup, and no paper, because that "
    "it leaves would have to be recorded."
)


class ReadOnlyBanner(QWidget):
    """Stands above the pages for as long as the vault is open."""

    def __init__(self, tr: Translator, colours: Colours) -> None:
        super().__init__()
        self.setObjectName("past")  # looks like the line over the past, for the same reason
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        shape = text("")
        shape.setPixmap(icon("eye", colours.text, 20).pixmap(20, 20))
        words = column([text(tr.text(_WHAT), bold=True), text(tr.text(_WHY), size="small")], space=0)
        whole = row([shape, words], space=STEP)
        whole.setStretch(1, 1)
        whole.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class _KeptOff(QObject):
    """Takes back whatever would enable a button again."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn it off once it was turned on."""
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return False


def only_where_written(desk: Desk, *buttons: QWidget | None) -> None:
    """Turn off, for good and with the reason as a tip, what would write into a vault that is open read-only."""
    if desk.opened.read_only:
        for each in filter(None, buttons):
            each.setEnabled(False)
            each.setToolTip(desk.tr.text(_WHAT))
            each.installEventFilter(_KeptOff(each))
