"""Numbers and accounts: the value as typed is kept; the normalised form is derived beside it for linking.

Phones become E.164 by phonenumbers; "8 812 ..." drops the trunk 8 and "+7 812 ..." keeps its digits (DOMAIN rule 6).
"""

from __future__ import annotations

import re

import phonenumbers

from family_case.errors import Refused
from family_case.i18n import N_

HOME_REGION = "RU"  # used when the number has no country code; an office setting later
_NUMBER = 10  # digits of a whole number; anything shorter is told apart by less
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def e164(raw: str, region: str = HOME_REGION) -> str:
    """E.164 form of a phone number typed by a person; Refused when it cannot be one."""
    try:
        number = phonenumbers.parse(_INVISIBLE.sub("", raw), region)
    except phonenumbers.NumberParseException:
        raise _no_number(raw) from None
    if not phonenumbers.is_possible_number(number):
        raise _no_number(raw)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def handle(raw: str) -> str:
    """Normalised e-mail or account name: lower case, no invisible marks, no leading @; Refused when empty."""
    plain = _INVISIBLE.sub("", raw).strip().lower().lstrip("@")
    if not plain or any(mark.isspace() for mark in plain):
        raise Refused(N_("“{value}” is not an account or address. Nothing was saved."), value=raw)
    return plain


def masked(norm: str) -> str:
    """The last four digits of a number in pairs ("...41-17"), which tells numbers apart without showing them.

    Of anything shorter than a whole number never more than a third is shown.
    """
    marks = [mark for mark in norm if mark.isalnum()]
    shown = 4 if len(marks) >= _NUMBER else len(marks) // 3
    tail = marks[len(marks) - shown :]
    return f"…{''.join(tail[:2])}" + (f"-{''.join(tail[2:])}" if tail[2:] else "")


def _no_number(raw: str) -> Refused:
    return Refused(
        N_("“{value}” is not a phone number. Nothing was saved; check the digits, or log it as an account."), value=raw
    )
