"""The room of keys: the system's key store as a convenience door, off until someone wants it.

What lies in the store is 32 random bytes in hex, which open one slot of the header; whoever can use this account while
it is logged in can open the vault with them. The entry's name is an HMAC of the vault's id and looks like any other
program's: it names neither program, case, office nor path. Who holds the vault's folder can compute it, and so see
that this account opens that vault.

A store that is missing, locked, failing or hanging is an ordinary state and one sentence (NoKey). It is asked in
a process of its own (keystore_worker.py) with a deadline; when that is over the process is ended, and what it had begun
in the store may still happen there: a value that no slot belongs to opens nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nacl.utils import random as random_bytes

from family_case.crypto import slot_set, slots
from family_case.crypto.header import unlock_bytes
from family_case.crypto.layout import Header, SlotType
from family_case.errors import Problem, Unavailable
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.crypto.keys import Root

SECRET_BYTES: Final = 32
WAIT_SECONDS: Final = 30.0  # the system may ask its person for the store's own password meanwhile
PROBE_SECONDS: Final = 5.0  # nobody is asked anything then
_REAP_SECONDS: Final = 1.0
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_BUS: Final = "DBUS_SESSION_BUS_ADDRESS"
# All that the worker is told of its surroundings; what would choose or bend a backend (PYTHON_KEYRING_BACKEND,
# KEYRING_PROPERTY_..., KEYCHAIN_PATH) is not among it.
_SURROUNDINGS: Final = (
    "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "PATH", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR",
    "XDG_CURRENT_DESKTOP", _BUS, "SYSTEMROOT", "USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP",
)  # fmt: skip
_START: Final = "import sys; sys.path.append(sys.argv[1]); from family_case.crypto.keystore_worker import main; main()"

_ABSENT = N_("This computer has no key store that answers. Use the passphrase.")
_LOCKED = N_("The key store of this computer is locked, or its own question was turned down. Use the passphrase.")
_FAILING = N_("The key store of this computer reports a failure. Use the passphrase.")
_HANGING = N_(
    "The key store of this computer did not answer within {seconds} seconds and was left alone. Use the passphrase."
)
_UNTRUE = N_(
    "The key store of this computer did not give back what was written into it. It is not trusted, and the vault does "
    "not open by it. Use the passphrase."
)
_CLOSED = N_("This vault does not open by a key store. Use the passphrase.")
_GONE = N_(
    "The key store of this computer does not hold the key of this vault (any more). Use the passphrase; the key store "
    "can then be turned on again."
)
_OTHER = N_(
    "What the key store of this computer holds does not open this vault (any more). Use the passphrase; the key store "
    "can then be turned on again."
)
_SENTENCES: Final = {"absent": _ABSENT, "locked": _LOCKED}


class NoKey(Unavailable):
    """The key store of this computer gives no key of this vault, for whatever reason; the passphrase does."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The name of a vault's value in the key store."""

    service: str
    user: str


def entry_of(vault_id: bytes) -> Entry:
    """The name for the vault of this id: looks like a UUID, and is the same at every call."""
    digits = hmac.digest(vault_id, b"family-case/v1/keystore-name", hashlib.sha256).hex()
    parts = (digits[0:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32])
    return Entry("-".join(parts), digits[32:40])


def worker() -> tuple[str, ...]:
    """The command that answers one question about the key store of this system."""
    return (sys.executable, "-I", "-c", _START, str(Path(__file__).resolve().parents[2]))


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The key store of this account on this computer; every call ends within its deadline or raises NoKey."""

    command: Sequence[str] = ()
    seconds: float = WAIT_SECONDS

    def probe(self) -> None:
        """Ask whether there is a store, without asking it anything that may open a dialog. Raises NoKey."""
        self._ask("probe", Entry("", ""), min(self.seconds, PROBE_SECONDS))

    def read(self, entry: Entry) -> bytes | None:
        """What the store holds under this name; None if nothing, empty if it is none of our values."""
        found = self._ask("read", entry, self.seconds)
        if found is None:
            return None
        try:
            secret = bytes.fromhex(found)
        except ValueError:
            return b""
        return secret if len(secret) == SECRET_BYTES else b""

    def write(self, entry: Entry, secret: bytes) -> None:
        """Put the value there, over an older one."""
        self._ask("write", entry, self.seconds, secret.hex())

    def remove(self, entry: Entry) -> None:
        """Take the value away, if there is one."""
        self._ask("remove", entry, self.seconds)

    def _ask(self, what: str, entry: Entry, seconds: float, secret: str = "") -> str | None:
        question = {"do": what, "service": entry.service, "user": entry.user, "secret": secret}
        line = _talk(self.command or worker(), json.dumps(question) + "\n", seconds)
        try:
            told = json.loads(line)
            said, found = told["said"], told.get("secret", "")
        except (ValueError, TypeError, LookupError, AttributeError):  # it ended without an answer, or with another one
            raise NoKey(_FAILING) from None
        if said == "empty":
            return None
        if said != "done" or not isinstance(found, str):
            raise NoKey(_SENTENCES.get(str(said), _FAILING))
        return found


def turned_on(header: Header, root: Root, store: KeyStore) -> Header:
    """The header with a key-store door, made anew if there was one; not yet written.

    The value is in the store then, read back and compared by another process. Raises NoKey (the store fails, or does
    not give back what was written; the value is taken away again as far as the store lets) or Refused (no room).
    """
    secret, entry = random_bytes(SECRET_BYTES), entry_of(header.vault_id)
    slot = slots.seal_bytes(root, SlotType.KEYSTORE, secret)
    gone = [each.id for each in slot_set.of_kind(header, SlotType.KEYSTORE)]
    changed = slot_set.replaced(header, gone, slot)
    try:
        store.write(entry, secret)
        _demand_kept(store.read(entry), secret)
    except BaseException:
        forgotten(header, store)
        raise
    return changed


def _demand_kept(found: bytes | None, secret: bytes) -> None:
    if not hmac.compare_digest(found or b"", secret):
        raise NoKey(_UNTRUE)


def turned_off(header: Header) -> Header:
    """The header without key-store doors; not yet written. The same header if it has none."""
    for slot in slot_set.of_kind(header, SlotType.KEYSTORE):
        header = slot_set.without_slot(header, slot.id)
    return header


def forgotten(header: Header, store: KeyStore) -> bool:
    """Take the vault's value out of the store; whether the store says that it is gone."""
    quick = KeyStore(store.command, min(store.seconds, PROBE_SECONDS))
    try:
        quick.remove(entry_of(header.vault_id))
    except Problem:
        return False
    return True


def is_on(header: Header) -> bool:
    """Whether the vault has a key-store door, on whichever computer."""
    return bool(slot_set.of_kind(header, SlotType.KEYSTORE))


def opened(header: Header, store: KeyStore) -> Root:
    """The root key through the key store.

    Raises NoKey (also when there is no such door, or the value is gone or another one), or what `unlock_bytes` raises.
    """
    if not is_on(header):
        raise NoKey(_CLOSED)
    secret = store.read(entry_of(header.vault_id))
    if secret is None:
        raise NoKey(_GONE)
    root = unlock_bytes(header, SlotType.KEYSTORE, secret)
    if root is None:
        raise NoKey(_OTHER)
    return root


def _talk(command: Sequence[str], question: str, seconds: float) -> str:
    """What the worker answers; NoKey when it cannot be started or the time is over, and then it is ended."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own worker, no word of it from outside
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_surroundings(os.environ), creationflags=_NO_WINDOW, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError:
        raise NoKey(_FAILING) from None
    try:
        return process.communicate(question, timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        raise NoKey(_HANGING, seconds=round(seconds)) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End the worker if it still runs; never wait for it longer than a moment."""
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_REAP_SECONDS)


def _surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """The few variables the worker needs; a bus that is not a local socket is none."""
    kept = {name: environment[name] for name in _SURROUNDINGS if name in environment}
    if not all(each.startswith("unix:") for each in kept.get(_BUS, "unix:").split(";")):
        del kept[_BUS]
    return kept
