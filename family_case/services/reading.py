"""Typed text to values and back: how each field type is read, and how a value would be typed. Nothing here is stored.

Every refusal says what was wrong and names the field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Coded, check_text
from family_case.model.case import plain_code
from family_case.model.dates import PartialDate, parse
from family_case.model.endpoint import EndpointKind
from family_case.model.money import Money, currency_of, minor_units, plain_amount
from family_case.model.phones import e164, handle
from family_case.model.place import Place, PlaceKind
from family_case.services.forms import Field, FieldType, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Plain = str | int | bool | PartialDate | Coded | frozenset[Coded]
_YES = {"yes", "y", "1", "true", "да", "так"}
_NO = {"no", "n", "0", "false", "нет", "ні"}
_COLONY = re.compile(
    r"(?:ИК|ІК|ВК|IK|КП|ЛИУ)\s*[-№]?\s*(?P<number>\d{1,3})(?:\s*,?\s+(?P<region>\S.*)|\s*,\s*(?P<more>.+))?",
    re.IGNORECASE,
)

_BARE = re.compile(
    r"[«\"“„]?(?:колони\w+\s+)?№?\s*(?P<number>\d{1,3})(?:\s*-?\s*(?:я|й|ю|ая|ой|ую|ту|ої|та|st|nd|rd|th))?[»\"”]?(?:\s*\(.*\))?",
    re.IGNORECASE,
)  # "12-я", «12-я» (как сказал), 12th: a number as people say it, of no known kind and in no known region


def plain_values(form: Form, values: Mapping[str, str], zone: str, *, whole: bool = True) -> dict[str, Plain]:
    """Values of a form's plain fields, by column name; empty text means not given, `whole` asks for the required ones.

    Raises Refused for an unknown field, one that is required and empty, and whatever is no date, number, code or
    amount.
    """
    left = dict(values)
    typed = [(field, left.pop(field.name, "")) for field in form.fields]
    for name in left:
        raise Refused(N_("“{field}” is not a field of “{noun}”. Nothing was saved."), field=name, noun=form.noun)
    missing = [field.name for field, text in typed if field.required and not text.strip()]
    if missing and whole:
        raise Refused(N_("“{noun}” needs: {fields}. Nothing was saved."), noun=form.noun, fields=", ".join(missing))
    found: dict[str, Plain] = {}
    for field, text in typed:
        value = read_text(field, text, zone)
        if value is not None and field.column:
            found[field.column] = value
    return found


def read_text(field: Field, text: str, zone: str) -> Plain | None:
    """Value of one field; None when it is empty, or names something that has to be looked up."""
    check_text(text)
    reader = _READERS.get(field.kind)
    return reader(field, text, zone) if text.strip() and reader is not None else None


def as_typed(field: Field, value: object, currency: str) -> str:
    """A value as a person would type it into the field; `currency` is that of an amount in minor units."""
    if field.kind is FieldType.AMOUNT and isinstance(value, int):
        return plain_amount(Money(value, currency))
    return next((write(value) for kind, write in _WRITERS if isinstance(value, kind)), "")


def amount_of(form: Form, plain: Mapping[str, Plain | None], values: Mapping[str, str]) -> dict[str, Plain]:
    """The form's amount in minor units of its currency, by column name; Refused for an amount without a currency."""
    field = form.field("amount")
    text = values.get("amount", "").strip()
    if field is None or not text:
        return {}
    currency = plain.get(f"{form.noun}.currency")
    if not isinstance(currency, str) or not currency:
        raise Refused(N_("The amount “{value}” needs a currency such as RUB or UAH. Nothing was saved."), value=text)
    return {field.column: minor_units(text, currency)}


def _line(field: Field, text: str, _zone: str) -> Plain:
    if field.column == "case.code":
        return plain_code(text)
    return text.strip() if "\n" not in text.strip() else " ".join(text.split())


def _text(_field: Field, text: str, _zone: str) -> Plain:
    return text


def _date(_field: Field, text: str, zone: str) -> Plain:
    return parse(text, zone)


def _choice(field: Field, text: str, _zone: str) -> Plain:
    return _choices_of(field).of(text)


def _choices(field: Field, text: str, _zone: str) -> Plain:
    return frozenset(_choices_of(field).of(part) for part in text.split(",") if part.strip())


def _choices_of(field: Field) -> type[Coded]:
    assert field.choices is not None  # noqa: S101 - the table of forms; a test walks it
    return field.choices


def flag(text: str) -> bool:
    """Read yes or no, also in Russian and Ukrainian; Refused for anything else."""
    told = text.strip().lower()
    if told in _YES | _NO:
        return told in _YES
    raise Refused(N_("“{value}” is neither yes nor no. Nothing was saved."), value=text)


def _yesno(field: Field, text: str, _zone: str) -> Plain:
    told = text.strip().lower()
    return _choices_of(field).of("yes" if told in _YES else "no" if told in _NO else told)


def _sent(field: Field, text: str, zone: str) -> Plain:
    """`--sent yes` reads as sent, `no` as refused, so that the answer to "was it given?" can be typed as spoken."""
    told = text.strip().lower()
    spoken = "sent" if told in _YES else "refused" if told in _NO else text
    return _choice(field, spoken, zone)


def _flag(_field: Field, text: str, _zone: str) -> Plain:
    return flag(text)


def _count(field: Field, text: str, _zone: str) -> Plain:
    if not re.fullmatch(r"\d{1,6}", text.strip(), re.ASCII):
        raise Refused(
            N_("“{value}” is not a whole number for “{field}”. Nothing was saved."), value=text, field=field.name
        )
    return int(text)


def _currency(_field: Field, text: str, _zone: str) -> Plain:
    return currency_of(text)


_READERS: dict[FieldType, Callable[[Field, str, str], Plain]] = {
    FieldType.LINE: _line,
    FieldType.TEXT: _text,
    FieldType.DATE: _date,
    FieldType.CHOICE: lambda field, text, zone: (_sent if field.name == "sent" else _choice)(field, text, zone),
    FieldType.CHOICES: _choices,
    FieldType.YESNO: _yesno,
    FieldType.FLAG: _flag,
    FieldType.COUNT: _count,
    FieldType.CURRENCY: _currency,
}


def _codes(value: object) -> str:
    chosen = value if isinstance(value, frozenset) else frozenset({value})
    return ", ".join(sorted(str(each.value) for each in chosen if isinstance(each, Coded)))


_WRITERS: tuple[tuple[type, Callable[[object], str]], ...] = (
    (PartialDate, lambda value: str(getattr(value, "edtf", ""))),
    (Coded, _codes),
    (frozenset, _codes),
    (bool, lambda value: "yes" if value else "no"),
    (str, str),
    (int, str),
)


def endpoint_key(text: str, kind: EndpointKind | None, region: str) -> tuple[EndpointKind, str]:
    """Kind and normalised form of a number or account typed by a person; Refused when it is neither."""
    if kind is EndpointKind.PHONE or (kind is None and "@" not in text):
        return EndpointKind.PHONE, e164(text, region)
    if kind is None:
        kind = EndpointKind.TELEGRAM if text.strip().startswith("@") else EndpointKind.EMAIL
    return kind, handle(text)


def place_of(place_id: str, text: str) -> Place:
    """Place from its name as typed: a colony's number and region apart ("ИК-17, Мордовия"), anything else as it is."""
    name = " ".join(text.split())
    match = _COLONY.fullmatch(name)
    if match is None:
        bare = _BARE.fullmatch(name)
        return Place(place_id, name, number=bare["number"] if bare else "")
    return Place(place_id, name, PlaceKind.COLONY, match["number"], match["region"] or match["more"] or "")
