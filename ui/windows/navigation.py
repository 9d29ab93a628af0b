"""The list of pages at the left of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from family_case.i18n import N_
from ui.widgets.icons import icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.i18n import Translator
    from ui.pages import Row
    from ui.theme import Colours

_PAGE: Final = Qt.ItemDataRole.UserRole


class Navigation(QListWidget):
    """Pages that have a label, in the order of the table; the one that is shown is marked."""

    wanted = Signal(str)  # name of a page

    def __init__(self, rows: Mapping[str, Row], tr: Translator, colours: Colours) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("navigation")
        self.setAccessibleName(tr.text(N_("Navigation")))
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in rows.values():
            if each.label:
                item = QListWidgetItem(icon(each.icon, colours.muted), tr.text(each.label), self)
                item.setData(_PAGE, each.name)
        self.currentItemChanged.connect(self._ask)

    def mark(self, name: str) -> None:
        """Mark the page, or the one it belongs under; others leave the mark where it was."""
        name = self._rows[name].under or name
        for at in range(self.count()):
            item = self.item(at)
            if item.data(_PAGE) == name and self.currentItem() is not item:
                with QSignalBlocker(self):
                    self.setCurrentItem(item)

    def _ask(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(str(item.data(_PAGE)))
