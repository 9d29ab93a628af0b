"""A stand-in for logind and for a desktop's screen saver, on a private bus: `python -m tests.ui.logind ADDRESS`.

It speaks the part of org.freedesktop.login1(5) that the window uses, through a process and a socket of its own. It says
on its output what it was asked, and when an inhibitor it gave out was given back; a word on its input makes it tell.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

import ui  # noqa: F401 - before Qt

LOGIND: Final = "org.freedesktop.login1"
ROOT: Final = "/org/freedesktop/login1"
OURS, OTHERS = f"{ROOT}/session/_31", f"{ROOT}/session/_32"
SAVER: Final = "org.freedesktop.ScreenSaver"
_SESSION: Final = f"{LOGIND}.Session"
_CHANGED: Final = ("org.freedesktop.DBus.Properties", "PropertiesChanged")
# word -> path, interface, signal, values
TELLS: Final[dict[str, tuple[str, str, str, list[object]]]] = {
    "lock": (OURS, _SESSION, "Lock", []),
    "lock other": (OTHERS, _SESSION, "Lock", []),
    "hint": (OURS, *_CHANGED, [_SESSION, {"LockedHint": True}, ["IdleHint"]]),
    "hint off": (OURS, *_CHANGED, [_SESSION, {"LockedHint": False}, ["IdleHint"]]),
    "sleep": (ROOT, f"{LOGIND}.Manager", "PrepareForSleep", [True]),
    "wake": (ROOT, f"{LOGIND}.Manager", "PrepareForSleep", [False]),
    "saver": ("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", [True]),
    "saver off": ("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", [False]),
}


def say(words: str) -> None:
    """On the output, at once."""
    print(words, flush=True)


class Answering:
    """Answers what the window asks."""

    def __init__(self) -> None:
        self.given: list[QSocketNotifier] = []

    def answer(self, message: QDBusMessage, bus: QDBusConnection, /) -> bool:
        """A call of the manager."""
        say(f"{message.member()} {message.arguments()}")
        answers: dict[str, object] = {"GetSession": QDBusObjectPath(OURS), "GetSessionByPID": QDBusObjectPath(OURS)}
        if message.member() == "Inhibit":
            mine, theirs = os.pipe()
            answers["Inhibit"] = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
            self._watch(mine)
        answer = message.createReply()
        answer.setArguments([answers.get(message.member())])
        return bus.send(answer)

    def _watch(self, mine: int) -> None:
        notifier = QSocketNotifier(mine, QSocketNotifier.Type.Read)

        def ended(*_: object) -> None:
            notifier.setEnabled(False)
            say("given back")

        notifier.activated.connect(ended)
        self.given.append(notifier)


def main() -> int:
    """Serve until the input ends."""
    app = QCoreApplication([])
    bus = QDBusConnection.connectToBus(sys.argv[1], "logind")
    answering = Answering()
    methods = {"introspect": lambda *_: "", "handleMessage": lambda _self, *called: answering.answer(*called)}
    logind: QDBusVirtualObject = type("Logind", (QDBusVirtualObject,), methods)()
    bus.registerVirtualObject(ROOT, logind, QDBusConnection.VirtualObjectRegisterOption.SubPath)
    bus.registerService(LOGIND)
    bus.registerService(SAVER)

    def heard(*_: object) -> None:
        words = os.read(sys.stdin.fileno(), 4096).decode()
        if not words:
            app.quit()
        for word in words.splitlines():
            path, interface, name, values = TELLS[word]
            signal = QDBusMessage.createSignal(path, interface, name)
            signal.setArguments(values)
            bus.send(signal)

    listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listening.activated.connect(heard)
    say("ready")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
