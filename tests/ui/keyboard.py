"""A keyboard for tests, also with letters that QTest cannot type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget:
    """The widget that has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, into: QWidget | None = None) -> None:
    """Press and let go one key."""
    QTest.keyClick(into or focus(), key, modifier)


def enter(words: str, *, into: QWidget | None = None) -> None:
    """Type these words, letter by letter."""
    for letter in words:
        target = into or focus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, NONE, letter))
