"""A field for a passphrase: shows the keyboard's layout and, where it can be known, Caps Lock; keeps nothing."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from family_case.i18n import N_
from ui.widgets.text import button, column, restyle, row, text

if sys.platform == "win32":
    import ctypes

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from family_case.i18n import Translator

_CAPS_VIRTUAL_KEY = 0x14
_LETTERS = {frozenset({"LATIN"}): N_("Letters: Latin"), frozenset({"CYRILLIC"}): N_("Letters: Cyrillic")}
_MIXED = N_("Letters: of several scripts")


class _Line(QLineEdit):
    """A hidden line that tells what each key says about Caps Lock."""

    looked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.caps: bool | None = caps_by_system()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and learn."""
        self.caps = caps_after(event, before=self.caps)
        super().keyPressEvent(event)
        self.looked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Look again when coming back."""
        super().focusInEvent(event)
        known = caps_by_system()
        self.caps = known if known is not None else self.caps
        self.looked.emit()


class Passphrase(QWidget):
    """The field, a button to show what is typed, and one line with layout and Caps Lock."""

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self.line = _Line()
        self.line.setAccessibleName(name)
        self._show = button(tr.text(N_("Show")), self._toggle)
        self._show.setCheckable(True)
        self._state = text("", size="small", tone="muted")
        self.setLayout(column([row([self.line, self._show]), self._state], space=4))
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.line.textChanged.connect(self.edited)
        self.line.textChanged.connect(self._say)
        self.line.returnPressed.connect(self.entered)
        self.line.looked.connect(self._say)
        QGuiApplication.inputMethod().localeChanged.connect(self._say)
        self._say()

    def value(self) -> str:
        """What was typed."""
        return self.line.text()

    def set_value(self, value: str, /) -> None:
        """Show `value`; an empty one clears."""
        self.line.setText(value)

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        restyle(self.line, "wrong", wrong)

    def state(self) -> str:
        """What stands below about layout and Caps Lock."""
        return self._state.text()

    def _toggle(self) -> None:
        shown = self._show.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _say(self) -> None:
        known = layout()
        parts = [self._tr.text(N_("Keyboard: {layout}"), layout=known)] if known else []
        typed = letters(self.value())
        if typed:
            parts.append(self._tr.text(typed))
        if self.line.caps:
            parts.append(self._tr.text(N_("▲ Caps Lock is on")))
        restyle(self._state, "tone", "amber" if self.line.caps else "muted")
        self._state.setText("   ".join(parts))
        self._state.setVisible(bool(parts))


def say_offered(label: QLabel, bits: float, tr: Translator) -> None:
    """Say on `label` how strong a phrase is that was drawn by chance."""
    words = N_("{bits} bits: words drawn by chance, which no computer can guess.")
    label.setText(tr.text(words, bits=int(bits)))


def say_weight(label: QLabel, weight: tuple[float, bool], tr: Translator) -> None:
    """Say on `label` how strong a phrase of one's own is: bits, and whether it is weak."""
    bits, weak = weight
    words = N_("▲ weak: about {bits} bits. Add words that do not belong together.") if weak else N_("about {bits} bits")
    restyle(label, "tone", "amber" if weak else "muted")
    label.setText(tr.text(words, bits=int(bits)))


def letters(entered: str) -> str:
    """Which letters were typed (a message id): a hidden field shows no other sign of a wrong layout on every system."""
    found = {unicodedata.name(sign, "").partition(" ")[0] for sign in entered if sign.isalpha()}
    return _LETTERS.get(frozenset(found), _MIXED if found else "")


def layout() -> str:
    """The keyboard's language in its own words, such as "русский"; empty when the system does not say."""
    locale = QGuiApplication.inputMethod().locale()
    return "" if locale.language() == QLocale.Language.C else locale.nativeLanguageName()


def caps_after(event: QKeyEvent, *, before: bool | None) -> bool | None:
    """Whether Caps Lock is on, as far as the key just pressed tells; `before` where it tells nothing."""
    if event.key() == Qt.Key.Key_CapsLock:
        return None if before is None else not before
    sign = event.text()
    if not sign or sign.upper() == sign.lower():
        return before
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return (sign == sign.upper()) != shift


if sys.platform == "win32":

    def caps_by_system() -> bool | None:
        """Whether Caps Lock is on, from the system."""
        return bool(ctypes.windll.user32.GetKeyState(_CAPS_VIRTUAL_KEY) & 1)

else:

    def caps_by_system() -> bool | None:
        """Unknown here until the first letter: neither X nor Wayland tells through Qt."""
        return None
