"""The dialog that asks for a file or a folder: in our language throughout, and leaving no list of what was used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from family_case.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from family_case.i18n import Translator

# What Qt's own translations leave in English.
_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: N_("Look in:"),
    QFileDialog.DialogLabel.FileType: N_("Files of type:"),
}


def file_dialog(over: QWidget, title: str, start: str, tr: Translator) -> QFileDialog:
    """A dialog over a widget that begins at the path `start`; what is asked for is left to be said."""
    dialog = QFileDialog(over, title, start)
    # GTK's own dialog writes recently-used.xbel; Windows and macOS keep no such list of folders.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for label, words in _LABELS.items():
        dialog.setLabelText(label, tr.text(words))
    return dialog
