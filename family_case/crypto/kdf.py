"""The room of keys: from a passphrase to 32 bytes, by Argon2id, with numbers kept within bounds.

The numbers of a vault stand in its header, which anybody can edit. So they are checked against FLOOR and CEILING
before a single byte is allocated; outside of them no derivation is ever started.
"""

from __future__ import annotations

import enum
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from family_case.crypto.ram import installed_ram
from family_case.errors import Damaged, Refused, Unavailable
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "CEILING",
    "FLOOR",
    "KEY_BYTES",
    "SALT_BYTES",
    "SPACES",
    "Kdf",
    "Weight",
    "calibrate",
    "demand_bounds",
    "derive",
    "installed_ram",
    "normalise",
    "weight",
]

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
LONGEST: Final = 1024  # bytes of a passphrase after normalisation
TARGET_SECONDS: Final = 1.0
CALIBRATED_MEMORY_KIB: Final = 256 * 1024  # the office must be able to restore on a weaker laptop

# Every character Unicode calls white space (PropList, 15.0) and the four separators Python's own `split` takes too.
# Written out, so that another version of Python or another reader joins the same words.
SPACES: Final = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


@dataclass(frozen=True, slots=True, order=False)
class Kdf:
    """Numbers of one Argon2id derivation (RFC 9106: m in KiB, t, p; version 0x13, 32 bytes out)."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR: Final = Kdf(64 * 1024, 3, 4)  # RFC 9106, section 4, second recommendation
CEILING: Final = Kdf(1024 * 1024, 10, 16)


class Weight(enum.Enum):
    """Whether this computer should try a derivation."""

    FITS = "fits"
    ASK = "ask"  # more than half of this computer's memory: only if the person says so
    REFUSE = "refuse"  # outside FLOOR and CEILING: never


def weight(kdf: Kdf, ram_bytes: int | None) -> Weight:
    """Weigh `kdf` against the memory of this computer in bytes (None: unknown, only the bounds count)."""
    for number, low, high in (
        (kdf.memory_kib, FLOOR.memory_kib, CEILING.memory_kib),
        (kdf.passes, FLOOR.passes, CEILING.passes),
        (kdf.lanes, FLOOR.lanes, CEILING.lanes),
    ):
        if not low <= number <= high:
            return Weight.REFUSE
    if ram_bytes is not None and kdf.memory_kib * 1024 > ram_bytes // 2:
        return Weight.ASK
    return Weight.FITS


def demand_bounds(kdf: Kdf) -> None:
    """Raise Damaged if `kdf` asks for less than FLOOR or more than CEILING."""
    if weight(kdf, None) is Weight.REFUSE:
        raise Damaged(
            N_("The vault header asks for a key derivation that this program never writes. It was damaged or altered.")
        )


def normalise(passphrase: str) -> bytes:
    """Bring a passphrase to the bytes every keyboard agrees on.

    Unicode NFC; every run of SPACES becomes one plain space; spaces at both ends go; UTF-8. Raises Refused if nothing
    is left, if it is longer than LONGEST bytes, or if it holds half a character.
    """
    composed = unicodedata.normalize("NFC", passphrase)
    words = "".join(" " if sign in SPACES else sign for sign in composed).split(" ")
    try:
        plain = " ".join(filter(None, words)).encode()
    except UnicodeEncodeError:
        raise Refused(N_("The passphrase contains a broken character. Type it again.")) from None
    if not plain:
        raise Refused(N_("The passphrase is empty."))
    if len(plain) > LONGEST:
        raise Refused(N_("The passphrase is too long (at most {limit} bytes)."), limit=LONGEST)
    return plain


def derive(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
    """Derive 32 bytes from a passphrase with Argon2id: the only place in the program that does.

    Raises Damaged for numbers out of bounds (before anything is allocated), Refused for an impossible passphrase,
    Unavailable if the computer does not give the memory.
    """
    demand_bounds(kdf)
    secret = normalise(passphrase)
    try:
        return hash_secret_raw(secret, salt, kdf.passes, kdf.memory_kib, kdf.lanes, KEY_BYTES, Type.ID)
    except (HashingError, MemoryError):
        raise Unavailable(
            N_("This computer has not enough free memory to open the vault ({needed} MB). Close other programs."),
            needed=kdf.memory_kib // 1024,
        ) from None


def calibrate(measure: Callable[[Kdf], float], ram_bytes: int) -> Kdf:
    """Choose numbers that take about one second on this computer: memory first, then passes.

    `measure` runs one derivation and gives its seconds. Memory stays within 256 MiB and half of `ram_bytes`; the
    result is never below FLOOR, however slow the computer is.
    """
    most = min(CALIBRATED_MEMORY_KIB, ram_bytes // 2 // 1024)
    chosen, seconds = FLOOR, measure(FLOOR)
    while seconds < TARGET_SECONDS and chosen.memory_kib * 2 <= most:
        larger = Kdf(chosen.memory_kib * 2, chosen.passes, chosen.lanes)
        needed = measure(larger)
        if needed > TARGET_SECONDS:
            break
        chosen, seconds = larger, needed
    fitting = chosen.passes * TARGET_SECONDS / seconds if seconds > 0 else CEILING.passes
    passes = min(CEILING.passes, max(FLOOR.passes, int(fitting)))
    return Kdf(chosen.memory_kib, passes, chosen.lanes)
