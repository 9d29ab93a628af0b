"""The door itself, loaded only when someone opens it: makes the session on the lane's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimeZone

from family_case.chance import SystemClock, SystemIds
from family_case.model.changes import Actor
from family_case.model.phones import HOME_REGION
from family_case.services import key_store, recovery
from family_case.services.accepting import accept
from family_case.services.demo import fresh_demo
from family_case.services.session import Office, create, enter, unlock
from ui.windows.wishes import Deed

if TYPE_CHECKING:
    from family_case.services.session import Session
    from ui.windows.wishes import Wish


def open_vault(wish: Wish) -> Session:
    """Do what is wished and give the open session; raises what `create`, `fresh_demo`, `enter` and `unlock` raise."""
    clock, ids, actor = SystemClock(), SystemIds(), Actor.WINDOW
    if wish.deed is Deed.CREATE:
        office = Office("", _zone(), HOME_REGION, wish.language)
        return create(wish.folder, wish.passphrase, clock=clock, ids=ids, actor=actor, office=office)
    if wish.deed is Deed.RECOVER:
        so = {"read_only": wish.read_only, "despite": wish.despite}
        session = recovery.unlock(wish.folder, wish.passphrase, clock=clock, ids=ids, actor=actor, **so)
        return _accepted(session) if wish.despite else session
    if wish.deed is Deed.KEY_STORE:
        return enter(wish.folder, key_store.door(), clock=clock, ids=ids, actor=actor)
    if wish.deed is Deed.STORY:
        fresh_demo(wish.folder, wish.passphrase, language=wish.language)
    how = {"accept_weight": wish.accept_weight, "read_only": wish.read_only, "despite": wish.despite}
    session = unlock(wish.folder, wish.passphrase, clock=clock, ids=ids, actor=actor, **how)
    return _accepted(session) if wish.despite else session


def _accepted(session: Session) -> Session:
    """The session, after all that does not agree was found and accepted."""
    try:
        for _share in session.examine():
            pass
        if session.findings:
            accept(session)
    except BaseException:
        session.close()
        raise
    return session


def _zone() -> str:
    """This computer's time zone by its IANA name, so that days in the new vault are the office's days."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
