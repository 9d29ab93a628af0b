"""The room of keys: the recovery key, 160 random bits, as signs that a person can copy by hand and type again.

32 signs of Crockford's base 32 (0-9 and A-Z without I, L, O, U), four to a group, eight groups; each group ends with
a fifth sign that checks it. Read as numbers of GF(32) (x^5 + x^2 + 1, a = 2), the five signs s0 ... s4 of group g,
counted from 1, hold

    s0 * a^4 + s1 * a^3 + s2 * a^2 + s3 * a + s4 = g

Every single wrong sign, and any two signs of a group that changed places, break it; so do two groups that changed
places. Crockford's own check, one sign modulo 37 for the whole, finds a slip but cannot say where, and needs five signs
more, "*~$=U", that a Russian keyboard hides; here the group at fault is named, and nothing need be derived to know it.

Reading takes no notice of spaces, dashes and case, and reads alike what a hand writes alike: O as 0, I and L as 1, U as
V, and the Cyrillic letters that look like Latin ones or like a digit.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from nacl.utils import random as random_bytes

from family_case.errors import Refused
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_BYTES: Final = 20
GROUPS: Final = 8
_LONGEST: Final = 1000  # characters looked at; a key with every dash and space has a tenth of them
SIGNS: Final = 5  # of a group, the last one its check
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_BITS: Final = 5
_OVERFLOW: Final = 1 << _BITS
_POLYNOMIAL: Final = 0b100101
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212_.")
_ALIKE: Final = str.maketrans(
    "OILU\u0410\u0412\u0415\u0417\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405",
    "011VABE3KMH0PCTYX1JS",
)


class WrongKey(Refused):
    """What was typed is no recovery key: a group is wrong, or there are too few or too many signs."""


def fresh() -> bytes:
    """A new key: 160 bits from the system's random source."""
    return random_bytes(KEY_BYTES)


def spell(key: bytes) -> tuple[str, ...]:
    """The eight groups of `key` (20 bytes), highest bits first."""
    whole = int.from_bytes(key)
    count = KEY_BYTES * 8 // _BITS
    values = [whole >> _BITS * (count - 1 - place) & (_OVERFLOW - 1) for place in range(count)]
    each = SIGNS - 1
    groups = [values[place : place + each] for place in range(0, count, each)]
    return tuple("".join(map(ALPHABET.__getitem__, (*group, _check(group, at)))) for at, group in enumerate(groups, 1))


def read(entered: str) -> bytes:
    """The key that was typed; raises WrongKey, which says what is wrong and in which group, before any derivation."""
    if len(entered) > _LONGEST:
        raise _miscounted("", len(entered))
    signs = plain(entered)
    if len(signs) != GROUPS * SIGNS:
        raise _miscounted(entered, len(signs))
    groups = [signs[place : place + SIGNS] for place in range(0, len(signs), SIGNS)]
    wrong = [str(at) for at, group in enumerate(groups, 1) if not _holds(group, at)]
    if wrong:
        raise _wrong(wrong)
    whole = 0
    for sign in "".join(group[:-1] for group in groups):
        whole = whole << _BITS | ALPHABET.index(sign)
    return whole.to_bytes(KEY_BYTES)


def plain(entered: str) -> str:
    """What was typed, as it would be spelled: what looks alike made one, spaces and dashes gone."""
    found = unicodedata.normalize("NFKC", entered).upper().translate(_ALIKE)
    return "".join(sign for sign in found if sign not in _DASHES and not sign.isspace())


def _miscounted(entered: str, count: int) -> WrongKey:
    """Where the groups were typed apart, the ones of a wrong length are known."""
    parts = "".join(" " if sign in _DASHES else sign for sign in unicodedata.normalize("NFKC", entered)).split()
    odd = [str(at) for at, part in enumerate(parts, 1) if len(part) != SIGNS]
    if len(parts) == GROUPS and odd:
        return _wrong(odd)
    return WrongKey(
        N_("A recovery key has {groups} groups of {signs} signs, {whole} together; {count} were typed."),
        groups=GROUPS,
        signs=SIGNS,
        whole=GROUPS * SIGNS,
        count=count,
    )


def _wrong(groups: Sequence[str]) -> WrongKey:
    if len(groups) == 1:
        return WrongKey(N_("Group {group} is not as it stands on the sheet. Compare it sign by sign."), group=groups[0])
    return WrongKey(
        N_("The groups {groups} are not as they stand on the sheet, or not in their order. Compare them sign by sign."),
        groups=", ".join(groups),
    )


def _holds(group: str, at: int) -> bool:
    values = [ALPHABET.find(sign) for sign in group]
    return min(values) >= 0 and _check(values[:-1], at) == values[-1]


def _check(values: Sequence[int], at: int) -> int:
    """The fifth value of group `at`."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total ^ at


def _doubled(value: int) -> int:
    """Twice a number of GF(32)."""
    twice = value << 1
    return twice ^ _POLYNOMIAL if twice & _OVERFLOW else twice
