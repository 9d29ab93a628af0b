"""The dialog that asks for a file or a folder: in our language throughout, and leaving no list of what was used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QToolButton

from family_case.i18n import N_
from ui.widgets.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from family_case.i18n import Translator

# What Qt's own translations leave in English.
_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: N_("Look in:"),
    QFileDialog.DialogLabel.FileType: N_("Files of type:"),
}
# Buttons of Qt's own dialog whose pictures are black in every palette, by Qt's names.
_PICTURES: Final = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
}


def file_dialog(over: QWidget, title: str, start: str, tr: Translator) -> QFileDialog:
    """A dialog over a widget that begins at the path `start`; what is asked for is left to be said."""
    dialog = QFileDialog(over, title, start)
    # GTK's own dialog writes recently-used.xbel; Windows and macOS keep no such list of folders.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for label, words in _LABELS.items():
        dialog.setLabelText(label, tr.text(words))
    for name, drawn in _PICTURES.items():
        for each in dialog.findChildren(QToolButton, name):
            each.setIcon(icon(drawn, dialog.palette().windowText().color().name()))
    return dialog
