"""The room of keys: one call to the system's key store, in a process of its own that may be ended.

A key store may hang for ever (a dialog nobody sees, a daemon that sleeps), and a thread that waits for it cannot be
ended. So each call is a process: a question as one line of JSON on its input, an answer as one line on its output,
and whoever asked ends it when the time is over. It holds the one secret it was asked about, never a key of the vault.

Backends are exact classes. `keyring.get_keyring()` is never asked: what it chooses stands in a file and in variables
that others may set, and its null backend accepts a secret and keeps nothing.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from keyring.errors import KeyringError, KeyringLocked

from family_case.hardening import harden

if sys.platform == "win32":
    from keyring.backends.Windows import WinVaultKeyring

    STORES = (WinVaultKeyring,)
elif sys.platform == "darwin":
    from keyring.backends import macOS

    STORES = (macOS.Keyring,)
else:
    from keyring.backends import SecretService, kwallet

    STORES = (SecretService.Keyring, kwallet.DBusKeyring)

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Line = dict[str, str]

# What the answer's "said" may be; anything else, or nothing, means that the store failed.
DONE, EMPTY, ABSENT, LOCKED, FAILING = "done", "empty", "absent", "locked", "failing"


def main() -> None:
    """Answer the one question on standard input."""
    harden()
    print(json.dumps(answer(json.loads(sys.stdin.readline()))), flush=True)  # noqa: T201 - the answer's way


def answer(question: Line) -> Line:
    """Do what is asked for (`probe`, `read`, `write` or `remove`) with the first key store there is."""
    kind = next((each for each in STORES if each.viable), None)
    if kind is None:
        return {"said": ABSENT}
    try:
        return _done(_opened(kind), question)
    except KeyringLocked:
        return {"said": LOCKED}
    except KeyringError:
        return {"said": FAILING}


def _opened(kind: type[KeyringBackend]) -> KeyringBackend:
    store = kind()
    if sys.platform == "win32":
        store.persist = "local machine"  # never carried to other computers of the account
    return store


def _done(store: KeyringBackend, question: Line) -> Line:
    service, user = question["service"], question["user"]
    match question["do"]:
        case "read":
            found = store.get_password(service, user)
            return {"said": EMPTY} if found is None else {"said": DONE, "secret": found}
        case "write":
            store.set_password(service, user, question["secret"])
        case "remove" if store.get_password(service, user) is not None:
            store.delete_password(service, user)
        case _:
            pass
    return {"said": DONE}


if __name__ == "__main__":
    main()
