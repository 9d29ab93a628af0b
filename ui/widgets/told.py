"""What was told in a conversation: a bar that adds it by one key, a block for each, and what will be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.dates import parse
from family_case.model.entry import Channel
from family_case.services.faults import text_faults
from family_case.services.forms import FORMS, LOGGED, FieldType
from ui.theme import STEP
from ui.widgets.entry_form import EntryForm
from ui.widgets.entry_words import ICONS
from ui.widgets.flow import Flow
from ui.widgets.icons import picture
from ui.widgets.person_field import PickField
from ui.widgets.text import button, column, row, text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from family_case.i18n import Translator
    from family_case.services.forms import Field
    from ui.theme import Colours
    from ui.widgets.form_fields import Sources

TOLD: Final = tuple(noun for noun in LOGGED if noun != "conversation")
CALL_BACK: Final = "call_back"
_CURRENCY: Final = "currency"  # said together with the amount
_KEYS: Final = "1234567890-="  # the same as in the menu of a case; the last is the call back
_IN_SUMMARY: Final = frozenset(
    {
        FieldType.CHOICE,
        FieldType.DATE,
        FieldType.AMOUNT,
        FieldType.CURRENCY,
        FieldType.NUMBER,
        FieldType.PERSON,
        FieldType.CLAIMED,
    }
)


class ToldBar(QWidget):
    """Buttons with a figure each: what was told is added by one key."""

    wanted = Signal(str)  # noun, or CALL_BACK

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._nouns = (*TOLD, CALL_BACK)
        labels = [tr.text(FORMS[noun].label) for noun in TOLD] + [tr.text(N_("Call back"))]
        buttons = []
        for key, noun, words in zip(_KEYS, self._nouns, labels, strict=True):
            made = QPushButton(f"{key}  {words}")
            made.setProperty("kind", "part")
            made.setAutoDefault(False)
            made.setAccessibleName(tr.text(N_("Add what was told: {what}"), what=words))
            made.clicked.connect(lambda _checked=False, noun=noun: self.wanted.emit(noun))
            buttons.append(made)
        name = text(tr.text(N_("Add what was told – one key")), size="small", tone="muted")
        flow = QWidget()
        flow.setLayout(Flow(buttons))
        flow.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name.text())
        self.setLayout(column([name, flow], space=2))
        self.setFocusProxy(buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add by figure."""
        at = _KEYS.find(event.text()) if event.text() else -1
        if 0 <= at < len(self._nouns):
            self.wanted.emit(self._nouns[at])
        else:
            super().keyPressEvent(event)


class ToldBlock(QWidget):
    """One thing told: its form, and a button that takes it away again."""

    removed = Signal()
    edited = Signal(str)

    def __init__(self, noun: str, tr: Translator, colours: Colours, sources: Sources) -> None:
        super().__init__()
        self.noun = noun
        self.form = EntryForm(FORMS[noun], tr, sources=sources, without=("told_in",))
        self.form.edited.connect(self.edited)
        shape = text("")
        shape.setPixmap(picture(ICONS[noun], colours.accent, 18))
        words = tr.text(FORMS[noun].label)
        remove = button(tr.text(N_("Remove")), self.removed.emit, kind="quiet")
        remove.setAccessibleName(tr.text(N_("Remove: {what}"), what=words))
        name = text(words, bold=True)
        name.setWordWrap(False)
        head = row([shape, name, None, remove])
        self.setLayout(column([head, self.form], space=STEP))
        self.setObjectName("told")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def will_be_written(form: EntryForm, tr: Translator, zone: str) -> tuple[str, list[str]]:
    """What a form would write, in words, and what stands in the way: what it still needs, what to check."""
    values = form.values()
    parts = [
        _words(form, each, values[each.name], tr)
        for each in form.form.fields
        if each.name in values and each.kind in _IN_SUMMARY and each.name != _CURRENCY
    ]
    wrong = text_faults(form.form.noun, values, form.names(), zone)
    needed = [tr.text(each.label) for each in form.form.fields if each.name in wrong and each.name not in values]
    unread = [tr.text(each.label) for each in form.form.fields if each.name in wrong and each.name in values]
    in_the_way = [tr.text(N_("needs: {fields}"), fields=", ".join(needed))] if needed else []
    in_the_way += [tr.text(N_("check: {fields}"), fields=", ".join(unread))] if unread else []
    label = tr.text(form.form.label)
    told = ", ".join(part for part in parts if part)
    return (f"{label}: {told}" if told else label), in_the_way


def _words(form: EntryForm, each: Field, value: str, tr: Translator) -> str:
    if each.choices is Channel and value == Channel.UNKNOWN.value:
        return ""
    if each.kind is FieldType.CHOICE and each.choices is not None:
        return next((tr.text(code.label) for code in each.choices if code.value == value), value)
    if each.kind is FieldType.DATE:
        return _date(value, tr)
    if each.kind is FieldType.AMOUNT:
        return f"{value} {form.values().get(_CURRENCY, '')}".strip()
    field = form.field(each.name)
    return field.currentText() if isinstance(field, PickField) else value


def _date(value: str, tr: Translator) -> str:
    try:
        return date_words(parse(value), tr)
    except Refused:
        return value
