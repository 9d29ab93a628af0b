"""From the one table of fields (services.forms) to fields on screen: a maker per field type, and which stand first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from family_case.i18n import N_
from family_case.services.forms import FieldType
from ui.widgets.choice import Chips, Choice, KeyedChoice, YesNoChoice, options
from ui.widgets.date_field import DateField
from ui.widgets.fields import LineField, TextField, for_example
from ui.widgets.keyed_list import KeyedList
from ui.widgets.person_field import Option, PickField

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.services.forms import Field, Form
    from ui.widgets.fields import Field as ScreenField

# The fields that matter first, by noun; the rest waits behind "more".
FIRST: Final[dict[str, tuple[str, ...]]] = {
    "conversation": ("with", "channel", "text"),
    "sign": ("class", "happened", "channel", "number", "with", "words"),
    "approach": ("happened", "channel", "number", "claimed_name", "position", "with", "pretext", "demands", "text"),
    "request": ("document", "happened", "number", "with", "purpose", "sent", "sent_on"),
    "promise": ("promise", "amount", "currency", "due", "by", "to", "happened", "words"),
    "payment": ("amount", "currency", "happened", "against", "form", "by"),
    "note": ("text", "happened"),
    "offer": ("happened", "by", "employer", "amount", "currency", "promised", "own_will", "own_words"),
    "stay": ("place", "stay", "arrived", "left", "basis"),
    "status": ("dimension", "value", "happened", "group", "words", "basis"),
    "denial": ("body", "happened", "denied", "words"),
    "step": ("by_whom", "happened", "bodies", "step", "proof"),
    "case": ("alias", "name", "born", "held_at", "last_seen", "circumstances"),
    "person": ("name", "role", "number", "address", "safe_hours", "safety_note"),
    "role": ("case", "person", "kind", "claimed", "basis"),
    "endpoint": ("number", "person", "kind", "mark"),
    "place": ("name", "kind", "place_number", "region"),
    "consent": ("giver", "purposes", "scope", "given", "form", "necessity"),
    "body": ("name", "kind", "state_link"),
    "cohort": ("name", "from_place", "taken", "claimed_size", "source"),
    "member": ("cohort", "source"),
    "task": ("text", "kind", "due", "who"),
    "question": ("question", "answer", "agreed_with"),
    "identifier": ("person", "kind", "document_number", "issued", "issued_by"),
    "sentence": ("article", "court", "term_start", "term_end", "regime"),
    "effect": ("as_of", "dependants", "income", "health", "threats", "note"),
    "source": ("name", "publisher", "web_address", "read_on", "reliability"),
    "reply": ("step", "body", "reply", "replied", "reply_text", "forwarded_to"),
    "hold": ("reason", "by", "since", "review"),
    "name": ("person", "name", "kind", "language", "source"),
    "alias": ("place", "name", "language"),
    "field": ("name", "of", "class"),
    "value": ("field", "person", "content"),
    "withholding": ("from", "topic", "entry", "reason", "by_wish_of", "review"),
}
# Choices so few, or so often made, that all stand in sight with a key each.
LISTED: Final = frozenset({("sign", "class"), ("consent", "scope")})  # long words: a line each
KEYED: Final = frozenset(
    {("conversation", "channel"), ("request", "sent"), ("payment", "form"), ("promise", "promise")}
)
_CURRENCIES: Final = ("RUB", "UAH", "USD", "EUR")
_HELP: Final[dict[tuple[str, str], str]] = {
    ("case", "alias"): N_("A word that tells nothing about him: never a given name, diminutive or nickname."),
    ("conversation", "channel"): N_("One key chooses; Backspace for another one, or when it is not known."),
    ("role", "person"): N_("Someone of another case by the full name."),
    ("case", "code"): N_("The next free code when empty."),
    ("case", "held_at"): N_("For a colony: number and region, such as ИК-17, Мордовия."),
    ("promise", "by"): N_("Someone not yet known is added as a person who named himself so."),
    ("request", "by"): N_("Someone not yet known is added as a person who named himself so."),
    ("payment", "by"): N_("Someone not yet known is added as a person who named himself so."),
    ("offer", "by"): N_("Someone not yet known is added as a person who named himself so."),
    ("step", "bodies"): N_("Several with a semicolon between them; one not yet known is added."),
    ("denial", "body"): N_("One not yet known is added."),
    ("field", "class"): N_("Decides whether it is searched. No paper tells it."),
    ("stay", "place"): N_("For a colony: number and region, such as ИК-17, Мордовия."),
    ("status", "group"): N_("As the teller said it, such as “ten men of his group”; it is no cohort of ours."),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What a form's fields of people and records offer: options by field type, or by the name of the field."""

    people: Sequence[Option] = ()
    records: Mapping[str, Sequence[Option]] = field(default_factory=dict)


def first_fields(form: Form) -> list[Field]:
    """Fields that stand first, in the order of `FIRST`."""
    return [found for name in FIRST[form.noun] if (found := form.field(name)) is not None]


def other_fields(form: Form) -> list[Field]:
    """The rest, in the order of the table."""
    return [each for each in form.fields if each.name not in FIRST[form.noun]]


def help_words(noun: str, name: str, tr: Translator) -> str:
    """What helps with this field, below it."""
    return tr.text(_HELP.get((noun, name), ""))


def screen_field(noun: str, each: Field, tr: Translator, sources: Sources) -> ScreenField:
    """The field on screen for one line of the table."""
    name = tr.text(each.label)
    if (noun, each.name) in LISTED and each.choices is not None:
        return KeyedList(name, options(each.choices, tr))
    if (noun, each.name) in KEYED and each.choices is not None:
        return KeyedChoice(name, options(each.choices, tr))
    return _MAKERS[each.kind](name, each, tr, sources)


class FlagField(QCheckBox):
    """Yes when ticked; nothing when not."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAccessibleName(name)
        self.toggled.connect(self.edited)

    def value(self) -> str:
        """The word "yes", or nothing."""
        return "yes" if self.isChecked() else ""

    def set_value(self, value: str, /) -> None:
        """Tick for "yes"."""
        self.setChecked(value == "yes")

    def set_wrong(self, *, wrong: bool) -> None:
        """Nothing can be wrong with a tick."""


def _choice(name: str, each: Field, tr: Translator, _sources: Sources) -> ScreenField:
    assert each.choices is not None  # noqa: S101 - the table of forms; a test walks it
    return Choice(name, options(each.choices, tr))


def _choices(name: str, each: Field, tr: Translator, _sources: Sources) -> ScreenField:
    assert each.choices is not None  # noqa: S101 - the table of forms; a test walks it
    return Chips(name, options(each.choices, tr))


def _like(example: str) -> Callable[[str, Field, Translator, Sources], ScreenField]:
    """A line whose hint cannot be taken for an answer."""
    return lambda name, _each, tr, _sources: LineField(name, hint=for_example(example, tr))


def _currency(name: str, _each: Field, tr: Translator, _sources: Sources) -> ScreenField:
    return PickField(name, [Option(code, code) for code in _CURRENCIES], hint=for_example(_CURRENCIES[0], tr))


_MAKERS: Final[dict[FieldType, Callable[[str, Field, Translator, Sources], ScreenField]]] = {
    FieldType.LINE: lambda name, _each, _tr, _sources: LineField(name),
    FieldType.TEXT: lambda name, _each, _tr, _sources: TextField(name),
    FieldType.DATE: lambda name, _each, tr, _sources: DateField(name, tr),
    FieldType.NUMBER: _like("+7 900 000-00-00"),
    FieldType.PERSON: lambda name, _each, _tr, sources: PickField(name, sources.people),
    FieldType.CLAIMED: lambda name, _each, _tr, sources: PickField(name, sources.people),
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YESNO: lambda name, _each, tr, _sources: YesNoChoice(name, tr),
    FieldType.FLAG: lambda name, _each, _tr, _sources: FlagField(name),
    FieldType.AMOUNT: _like("100 000"),
    FieldType.CURRENCY: _currency,
    FieldType.COUNT: _like("2"),
    **dict.fromkeys(
        (FieldType.PLACE, FieldType.BODY, FieldType.RECORD),
        lambda name, each, _tr, sources: PickField(name, sources.records.get(each.name, ())),
    ),
    FieldType.BODIES: lambda name, _each, _tr, _sources: LineField(name),
}
