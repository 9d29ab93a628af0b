"""The box that tells a problem; apart, because its class costs 15 ms that the unlock window can do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.problems import told

if TYPE_CHECKING:
    from family_case.errors import Problem
    from family_case.i18n import Translator


def show(problem: Problem, parent: QWidget | None, tr: Translator) -> QMessageBox:
    """Tell the person; the window goes on working below. Gives the box."""
    title, what, rest = told(problem, tr)
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, title, QMessageBox.StandardButton.Ok, parent)
    box.setInformativeText(f"{what}\n\n{rest}")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
