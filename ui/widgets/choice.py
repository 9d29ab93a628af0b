"""Choosing: one of many in a box, one of a few by a single key, several at once. Values are codes, labels are words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from family_case.model.base import YesNo
from ui.widgets.flow import Flow
from ui.widgets.text import restyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent

    from family_case.i18n import Translator
    from family_case.model.base import Coded

Options = list[tuple[str, str]]  # code, words

_NARROWEST = 12  # characters
_GAP = 4  # pixels before the arrow
_KEYS = "1234567890"  # a longer list ends with "other" and "not known", which are no choice: they have no key


def options(kinds: Iterable[Coded], tr: Translator) -> Options:
    """Codes and translated labels of an enumeration (or of some of its members)."""
    return [(str(kind.value), tr.text(kind.label)) for kind in kinds]


class CalmBox(QComboBox):
    """A box of choices that the mouse wheel does not change in passing."""

    def set_wrong(self, *, wrong: bool) -> None:
        """Mark or unmark the field."""
        restyle(self, "wrong", wrong)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page when it does not have the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Choice(CalmBox):
    """One of many; letters jump."""

    edited = Signal()

    def __init__(self, name: str, choices: Options, *, empty: str | None = "—") -> None:
        """`empty`: words for no choice; None when one must always be chosen."""
        super().__init__()
        self.setAccessibleName(name)
        for code, words in ([("", empty)] if empty is not None else []) + choices:
            self.addItem(words, code)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # the longest words may be wider than the panel: then the box ends with "…" and its list tells them whole
        self.setMinimumContentsLength(_NARROWEST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentIndexChanged.connect(self.edited)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words wider than the box end with "…", and stand whole under the pointer."""
        shown, painter = QStyleOptionComboBox(), QStylePainter(self)
        self.initStyleOption(shown)
        whole, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(whole, shown, part, self).width() - _GAP
        words = shown.currentText
        shown.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(words if shown.currentText != words else "")
        painter.drawComplexControl(whole, shown)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, shown)

    def value(self) -> str:
        """Code of what is chosen, or nothing."""
        return str(self.currentData() or "")

    def set_value(self, value: str, /) -> None:
        """Choose the option of this code; an unknown code chooses nothing."""
        self.setCurrentIndex(max(0, self.findData(value)))


class KeyedChoice(QWidget):
    """One of up to ten, all in sight, each by one key: 1 to 9 and 0, shown before the words. Backspace clears."""

    edited = Signal()

    def __init__(self, name: str, choices: Options) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._codes = [code for code, _ in choices[: len(_KEYS)]]
        self._group = QButtonGroup(self)
        buttons = [
            _part(f"{key}  {words}", f"{name}: {words}") for key, (_, words) in zip(_KEYS, choices, strict=False)
        ]
        for number, button in enumerate(buttons):
            self._group.addButton(button, number)
        self.setLayout(Flow(buttons))
        self.setFocusProxy(buttons[0])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> str:
        """Code of what is chosen, or nothing."""
        at = self._group.checkedId()
        return self._codes[at] if at >= 0 else ""

    def set_value(self, value: str, /) -> None:
        """Choose the option of this code; any other clears."""
        if value in self._codes:
            self._group.button(self._codes.index(value)).setChecked(True)
        elif checked := self._group.checkedButton():
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
            self.edited.emit()

    def set_wrong(self, *, wrong: bool) -> None:
        """The sentence below says it; the buttons keep their look."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by figure, clear by Backspace."""
        at = _KEYS.find(event.text()) if event.text() else -1
        if 0 <= at < len(self._codes):
            button = self._group.button(at)
            button.setChecked(True)
            button.setFocus()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_value("")
        else:
            super().keyPressEvent(event)

    def _toggled(self, number: int, checked: int) -> None:
        if checked:
            self.setFocusProxy(self._group.button(number))
            self.edited.emit()


class YesNoChoice(KeyedChoice):
    """Yes, no, or not known: not asked is not 'no'."""

    def __init__(self, name: str, tr: Translator) -> None:
        super().__init__(name, options(YesNo, tr))
        self.set_value(YesNo.UNKNOWN.value)


class Chips(QWidget):
    """Several at once: filters of a list, or a field of several codes (value: codes separated by commas)."""

    edited = Signal()

    def __init__(self, name: str, choices: Options, *, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips = {code: _part(words, f"{name}: {words}", kind="chip") for code, words in choices}
        for code, chip in self._chips.items():
            chip.setChecked(code in chosen)
            chip.toggled.connect(self.edited)
        self.setLayout(Flow(list(self._chips.values())))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def chosen(self) -> list[str]:
        """Codes that are on, in the order shown."""
        return [code for code, chip in self._chips.items() if chip.isChecked()]

    def value(self) -> str:
        """Codes that are on, separated by commas."""
        return ",".join(self.chosen())

    def set_value(self, value: str, /) -> None:
        """Turn on exactly the codes in `value`."""
        wanted = {code.strip() for code in value.split(",")}
        for code, chip in self._chips.items():
            chip.setChecked(code in wanted)

    def set_wrong(self, *, wrong: bool) -> None:
        """The sentence below says it; the chips keep their look."""


def _part(words: str, spoken: str, kind: str = "part") -> QPushButton:
    made = QPushButton(words)
    made.setCheckable(True)
    made.setAutoDefault(False)
    made.setProperty("kind", kind)
    made.setAccessibleName(spoken)
    return made
