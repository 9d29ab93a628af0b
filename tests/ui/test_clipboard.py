"""What we copy is marked for clipboard histories and goes in time; what others copied stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QTextEdit

from ui.clipboard import Clipboard, discreet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_copied_name_is_marked_and_gone_after_its_time(qtbot: QtBot) -> None:
    system = QGuiApplication.clipboard()
    clipboard = Clipboard(seconds=0.05, ours=lambda: True)
    field = QLineEdit("Анна Петрова")
    qtbot.addWidget(field)
    field.selectAll()
    with qtbot.waitSignal(clipboard.cleared):
        field.copy()
        assert system.text() == "Анна Петрова"
        assert bytes(system.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"
    assert system.text() == ""


def test_locking_clears_at_once_what_is_ours(qtbot: QtBot) -> None:
    clipboard = Clipboard(ours=lambda: True)
    QGuiApplication.clipboard().setText("+7 900 000-00-00")
    clipboard.clear()
    assert QGuiApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(qtbot: QtBot) -> None:
    clipboard = Clipboard(seconds=0.0)  # the platform without a display never says that something is ours
    QGuiApplication.clipboard().setText("a recipe")
    clipboard.clear()
    assert QGuiApplication.clipboard().text() == "a recipe"


def test_of_formatted_text_only_the_words_are_put_there_and_marked(qtbot: QtBot) -> None:
    field = QTextEdit("<b>Анна</b> Петрова")
    qtbot.addWidget(field)
    clipboard = Clipboard(ours=lambda: True)
    field.selectAll()
    field.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert (data.text(), data.hasHtml()) == ("Анна Петрова", False)
    assert data.hasFormat("x-kde-passwordManagerHint")
    clipboard.clear()


@pytest.mark.parametrize("name", ["CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"])
def test_windows_is_answered_no_as_a_number_of_four_bytes(name: str) -> None:
    """Both formats hold a DWORD; 0 is no (Microsoft, Clipboard Formats: Cloud Clipboard and Clipboard History)."""
    mark = discreet("x").data(f'application/x-qt-windows-mime;value="{name}"')
    assert bytes(mark.data()) == (0).to_bytes(4, "little")


def test_every_system_is_asked_not_to_remember() -> None:
    formats = " ".join(discreet("x").formats())
    for mark in ("x-kde-passwordManagerHint", "nspasteboard", "CanIncludeInClipboardHistory", "CanUploadToCloud",
                 "ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore"):  # fmt: skip
        assert mark in formats
