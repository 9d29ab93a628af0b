"""A door of the vault: what opens it, without anything that would."""

from __future__ import annotations

from dataclasses import dataclass

from family_case.i18n import N_
from family_case.model.base import Coded


class DoorKind(Coded):
    """What opens a door; the codes are those of the header."""

    PASSPHRASE = "passphrase", N_("Passphrase")
    RECOVERY = "recovery", N_("Recovery sheet")
    KEYSTORE = "keystore", N_("Key store of this computer")


@dataclass(frozen=True, slots=True)
class Door:
    """One door: its id (16 hex digits), since which day (ISO; empty: not known), and whose it is, as written down."""

    id: str
    kind: DoorKind
    since: str = ""
    whose: str = ""
