"""Choosing a person or record of the case: from a list, or by typing any part of its words.

Whom nobody knows yet is typed as he is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from family_case.model.person import RoleKind, role_label
from ui.widgets.choice import CalmBox
from ui.widgets.entry_words import roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QFocusEvent

    from family_case.i18n import Translator
    from family_case.model.views import PersonCard


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: its id, and the words it shows."""

    id: str
    words: str


def people_options(people: tuple[PersonCard, ...], tr: Translator, *, sought: bool = True) -> list[Option]:
    """The people of a case by role, with the name only where several share it; `sought`: also the one who is sought.

    A name that is typed finds its person too: the service knows it.
    """
    called = roles(people, tr)
    kinds = [(role_label(card.role.kind, card.person.sex), card.role.claimed) for card in people]
    shared = {kind for kind in kinds if kinds.count(kind) > 1}
    return [
        Option(each.person.id, called[card.person.id] + (f" – {each.name}" if named and each.name else ""))
        for card, kind in zip(people, kinds, strict=True)
        if sought or card.role.kind is not RoleKind.SOUGHT
        for each in _records(card)
        for named in [kind in shared or bool(card.records)]
    ]


class _Line(QLineEdit):
    """Of words wider than the field it shows the beginning until it has the keyboard."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on typing at the end; Tab chooses all, as everywhere."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning again."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.setCursorPosition(0)


def _records(card: PersonCard) -> list[PersonCard]:
    """Of someone written down twice each record that stands in the case: a consent opens only its own names."""
    found = {each.person.id: each for each in card.records if each.role.id} if card.records else {"": card}
    return list(found.values())


class PickField(CalmBox):
    """One of a list that can also be typed: the value is the id of what was chosen, or the text as typed."""

    edited = Signal()

    def __init__(self, name: str, choices: Iterable[Option] = (), *, hint: str = "—") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = _Line()
        edit.setStyleSheet("border: 0; padding: 0; min-height: 0; background: transparent;")  # the box has the border
        self.setLineEdit(edit)
        self._set_completer()
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        self.set_choices(list(choices))
        edit.textChanged.connect(self.edited)

    def set_choices(self, choices: Sequence[Option]) -> None:
        """Offer these; what was typed or chosen stays."""
        kept = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for option in choices:
            self.addItem(option.words, option.id)
        self.setCurrentIndex(-1)
        self.setEditText("")
        self.blockSignals(blocked)
        self.set_value(kept)

    def value(self) -> str:
        """Id of what was chosen, or the text as typed."""
        typed = self.currentText()
        at = self.findText(typed, Qt.MatchFlag.MatchExactly)
        return str(self.itemData(at)) if at >= 0 else typed

    def set_value(self, value: str, /) -> None:
        """Show the option of this id, or the text itself."""
        at = self.findData(value) if value else -1
        if at >= 0:
            self.setCurrentIndex(at)
        self.setEditText(self.itemText(at) if at >= 0 else value)
        edit = self.lineEdit()
        if edit is not None and not edit.hasFocus():
            edit.setCursorPosition(0)

    def _set_completer(self) -> None:
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
