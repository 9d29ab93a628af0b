"""Money: integer minor units and an ISO 4217 code; sums never mix currencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision, list_currencies

from family_case.errors import Refused
from family_case.i18n import N_

_AMOUNT = re.compile(r"\d{1,14}(?:[.,](?P<decimals>\d{1,4}))?", re.ASCII)  # in minor units below 2 ** 63
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_KNOWN = frozenset(list_currencies())


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (kopecks, cents) of one currency."""

    minor: int
    currency: str


def currency_of(text: str) -> str:
    """ISO 4217 code as stored; Refused for one that does not exist."""
    code = text.strip().upper()
    if code not in _KNOWN:
        raise Refused(N_("“{value}” is not a currency code such as RUB, UAH or USD. Nothing was saved."), value=text)
    return code


def minor_units(text: str, currency: str) -> int:
    """Amount typed by a person ("5 000 000", "1200,50") in minor units; Refused when negative or no amount."""
    plain = _SPACES.sub("", text)
    if plain.startswith(("-", "−")):
        raise Refused(N_("An amount cannot be negative: “{value}”. Nothing was saved."), value=text)
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise Refused(N_("“{value}” is not an amount. Write 100000 or 1200,50. Nothing was saved."), value=text)
    places = get_currency_precision(currency)
    if len(match["decimals"] or "") > places:  # also "1,200": whether it means a thousand is not ours to guess
        raise Refused(
            N_("“{value}” has more decimals than {currency} has. Nothing was saved."), value=text, currency=currency
        )
    return int(Decimal(plain.replace(",", ".")).scaleb(places))


def plain_amount(amount: Money) -> str:
    """Amount as a person would type it, without its currency: "1200.50", "1200"."""
    value = Decimal(amount.minor).scaleb(-get_currency_precision(amount.currency))
    return format(value.to_integral_value() if value == value.to_integral_value() else value, "f")


def money_words(amount: Money, language: str) -> str:
    """Amount with its code in the reader's language: "5 000 000 RUB"."""
    places = get_currency_precision(amount.currency)
    value = Decimal(amount.minor).scaleb(-places)
    pattern = f"#,##0.{'0' * places} ¤¤" if value != value.to_integral_value() else "#,##0 ¤¤"
    return format_currency(value, amount.currency, pattern, locale=language, currency_digits=False)
