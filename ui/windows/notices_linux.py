"""What Linux tells over D-Bus: logind of sessions and sleep (system bus), the desktop of its screen (session bus).

Interfaces: org.freedesktop.login1(5) of systemd, and the ScreenSaver interfaces of freedesktop.org and GNOME. Sleep is
held up by a delay inhibitor, for which logind waits five seconds by default: it ends with the process that holds it,
and that is how the lock gives it back. Both buses are local sockets. A bus that is absent or answers late is no error.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import SLOT, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusPendingCallWatcher

from ui.windows.locking import Why
from ui.windows.notices import Notices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ui.jobs import Jobs

    Called = Callable[[Sequence[object]], None]

_LOGIND: Final = "org.freedesktop.login1"
_ROOT: Final = "/org/freedesktop/login1"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
_WHO: Final = ("sleep", "Family Case", "lock first", "delay")  # others on this computer can read it


class LinuxNotices(Notices):
    """Listens on both buses and holds the inhibitor."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._buses: tuple[QDBusConnection, ...] = ()
        self._asked: list[QDBusPendingCallWatcher] = []
        self._held: Sequence[object] = ()  # the inhibitor's descriptor, open as long as this is

    def listen(self) -> None:
        """Go to both buses on a lane that may wait, and to logind without waiting."""
        self.jobs.watch("buses", _buses, self._listen)

    @Slot()
    def session_locked(self) -> None:
        """Logind asks this session to lock its screen."""
        self.due.emit(Why.SCREEN)

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:  # noqa: FBT001 - D-Bus's signal
        """The computer goes to sleep, or wakes."""
        if begins:
            self.due.emit(Why.SLEEP)

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:  # noqa: FBT001 - the same
        """The desktop covers its screen, or shows it."""
        if active:
            self.due.emit(Why.SCREEN)

    @Slot("QString", "QVariantMap", "QStringList")
    def changed(self, interface: str, values: Mapping[str, object], _gone: Sequence[str]) -> None:
        """A property of this session: the desktop sets `LockedHint` when its screen is locked."""
        if interface == f"{_LOGIND}.Session" and values.get("LockedHint"):
            self.due.emit(Why.SCREEN)

    def _listen(self, buses: tuple[QDBusConnection, ...]) -> None:
        self._buses = buses
        system, session = buses
        for service, path in _SAVERS:
            _hear(session, service, path, service, "ActiveChanged", self, "saver_changed(bool)")
        if not system.isConnected():
            self.told.emit(False)
            return
        _hear(system, _LOGIND, _ROOT, f"{_LOGIND}.Manager", "PrepareForSleep", self, "sleeping(bool)")
        self._ask("Inhibit", _WHO, self._hold)
        number = os.environ.get("XDG_SESSION_ID", "")
        if number:
            self._ask("GetSession", (number,), self._hear_session)
        else:
            self._ask("GetSessionByPID", (os.getpid(),), self._hear_session)

    def _hold(self, answer: Sequence[object]) -> None:
        self._held = answer

    def _hear_session(self, answer: Sequence[object]) -> None:
        """Listen to our session; where logind knows none of ours, to all: too many locks harm nobody."""
        path = answer[0].path() if answer and isinstance(answer[0], QDBusObjectPath) else ""
        system = self._buses[0]
        _hear(system, _LOGIND, path, f"{_LOGIND}.Session", "Lock", self, "session_locked()")
        wanted = "changed(QString,QVariantMap,QStringList)"
        _hear(system, _LOGIND, path, _PROPERTIES, "PropertiesChanged", self, wanted)
        self.told.emit(bool(self._held) or bool(path))

    def _ask(self, member: str, values: Sequence[object], then: Called) -> None:
        """Call logind's manager; nothing in the answer when it refuses or is not there."""
        message = QDBusMessage.createMethodCall(_LOGIND, _ROOT, f"{_LOGIND}.Manager", member)
        message.setArguments(list(values))
        watcher = QDBusPendingCallWatcher(self._buses[0].asyncCall(message), self)
        watcher.finished.connect(lambda done: then([] if done.isError() else done.reply().arguments()))
        self._asked.append(watcher)


def _buses() -> tuple[QDBusConnection, ...]:
    kinds = QDBusConnection.BusType
    return tuple(
        QDBusConnection.connectToBus(kind, f"family-case {kind.name}") for kind in (kinds.SystemBus, kinds.SessionBus)
    )


def _hear(bus: QDBusConnection, service: str, path: str, interface: str, name: str, to: Notices, slot: str) -> None:
    """Subscribe `to` to a signal, if the bus is there."""
    if bus.isConnected():  # what PySide declares as bytes it takes only as text
        bus.connect(service, path, interface, name, to, cast("bytes", SLOT(slot)))
