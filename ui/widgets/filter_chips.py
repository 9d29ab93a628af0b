"""One filter of several with how many each would show: a row of chips, in large text a box. One is always on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.widgets.choice import Choice
from ui.widgets.flow import Flow
from ui.widgets.scale import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QStandardItemModel

_LARGE: Final = 120  # per cent of text size from which chips would leave no room for what they filter


def filters(name: str, choices: Sequence[tuple[str, str]]) -> FilterChips | FilterBox:
    """The filter that fits the text size; `choices`: codes and words."""
    return FilterBox(name, choices) if scaled(100) > _LARGE else FilterChips(name, choices)


class FilterChips(QWidget):
    """Chips of which exactly one is on; arrows move; `chosen` tells its code."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """`choices`: codes and words; the first is on."""
        super().__init__()
        self.setAccessibleName(name)
        self._choices = list(choices)
        self._group = QButtonGroup(self)
        chips = []
        for number, (_code, words) in enumerate(self._choices):
            chip = QPushButton(words)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(f"{name}: {words}")
            self._group.addButton(chip, number)
            chips.append(chip)
        chips[0].setChecked(True)
        self.setLayout(Flow(chips))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> str:
        """Code of the filter that is on."""
        return self._choices[self._group.checkedId()][0]

    def choose(self, code: str) -> None:
        """Turn this filter on."""
        at = next((number for number, (known, _words) in enumerate(self._choices) if known == code), 0)
        self._group.button(at).setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say behind the words how many lines each shows; a filter that shows none stays but is faint, and off."""
        for number, (code, words) in enumerate(self._choices):
            many = counts.get(code, 0)
            chip = self._group.button(number)
            chip.setText(f"{words} {many}" if many else words)
            chip.setEnabled(bool(many) or number == 0)
        if not self._group.button(self._group.checkedId()).isEnabled():  # its last line was taken back
            self.choose(self._choices[0][0])

    def _toggled(self, number: int, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked:
            self.chosen.emit(self._choices[number][0])


class FilterBox(Choice):
    """The same as one box."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(name, list(choices), empty=None)
        self._choices = list(choices)
        self.edited.connect(lambda: self.chosen.emit(self.value()))

    def choose(self, code: str) -> None:
        """Choose this filter."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say behind the words how many lines each shows; one that shows none stays but is faint, and off."""
        items = cast("QStandardItemModel", self.model())
        for at, (code, words) in enumerate(self._choices):
            many = counts.get(code, 0)
            self.setItemText(at, f"{words} {many}" if many else words)
            items.item(at).setEnabled(bool(many) or not at)
        if not counts.get(self.value()):
            self.setCurrentIndex(0)
