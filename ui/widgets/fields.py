"""Fields of a form: `value()` is the text as typed or the code chosen, `edited` says that it changed.

A form hands these texts to a service as they are; the service decides what they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from family_case.i18n import N_
from ui.widgets.text import restyle

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_REDO = (QKeyCombination(_CONTROL | _SHIFT, Qt.Key.Key_Z), QKeyCombination(_CONTROL, Qt.Key.Key_Y))

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from family_case.i18n import Translator


class Field(Protocol):
    """What a form needs of a field; every field is a QWidget as well."""

    @property
    def edited(self) -> SignalInstance:
        """Sent after each change, by the user or by `set_value`."""

    def value(self) -> str:
        """The text as typed, or the code chosen; empty when nothing is."""

    def set_value(self, value: str, /) -> None:
        """Show `value` as if it had been typed or chosen."""

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field; the sentence that says why stands below it (see `FormRow`)."""


def for_example(example: str, tr: Translator) -> str:
    """A hint in an empty field: words before the example say that nothing was entered yet."""
    return tr.text(N_("e.g. {example}"), example=example)


def wants_redo(event: QKeyEvent) -> bool:
    """Whether this is a key that does again what was undone: Ctrl+Shift+Z or Ctrl+Y, on every system."""
    pressed = event.keyCombination()
    return pressed in _REDO or event.matches(QKeySequence.StandardKey.Redo)


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(self.edited)

    def value(self) -> str:
        """The text as typed."""
        return self.text()

    def set_value(self, value: str, /) -> None:
        """Show `value`."""
        self.setText(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        restyle(self, "wrong", wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo typing first, and do it again; with nothing typed left for that, leave the keys to the window."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        elif wants_redo(event):
            _do_again(self, event, possible=self.isRedoAvailable())
        else:
            super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """Many lines; Tab goes on to the next field, as in every form."""

    edited = Signal()

    def __init__(self, name: str, *, lines: int = 3, hint: str = "") -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        # at words only: Qt's wrapping inside them takes a minute for a pasted megabyte without a space
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.textChanged.connect(self.edited)
        self._fit()

    def value(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def set_value(self, value: str, /) -> None:
        """Show `value`."""
        self.setPlainText(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        restyle(self, "wrong", wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo typing first, and do it again; with nothing typed left for that, leave the keys to the window."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            event.ignore()
        elif wants_redo(event):
            _do_again(self, event, possible=self.document().isRedoAvailable())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the height in lines when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 22)


def _do_again(field: LineField | TextField, event: QKeyEvent, *, possible: bool) -> None:
    if possible:
        field.redo()
    else:
        event.ignore()
