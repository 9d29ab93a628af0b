"""An open vault and what goes with it: lock, clock, chance, and through which door it is used."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Clock, Ids
from family_case.crypto import header, kdf, phrases
from family_case.crypto.anchor import ANCHOR
from family_case.crypto.header import HeavyVault
from family_case.crypto.keys import Root
from family_case.crypto.ram import installed_ram
from family_case.errors import Problem, Refused, Unavailable
from family_case.files import Unfinished, explain, make_private_folder, sweep
from family_case.i18n import N_
from family_case.model.changes import Actor
from family_case.model.findings import Findings
from family_case.services import anchoring
from family_case.services.anchoring import Disagrees, Examined, Mooring
from family_case.store import rekey, vault
from family_case.store.guard import LOCK, Guard, Onlooker
from family_case.store.looking import look
from family_case.store.office import Office
from family_case.store.vault import DATABASE, WAL, Vault

if TYPE_CHECKING:
    from family_case.crypto.kdf import Kdf
    from family_case.model.findings import Found

__all__ = [
    "Disagrees", "Door", "HeavyVault", "Office", "Session", "calibrated", "create", "enter", "offer_phrase",
    "strength", "unlock",
]  # fmt: skip

Door = Callable[[header.Header], Root]

_OURS = frozenset({LOCK, DATABASE, WAL, f"{DATABASE}-journal", ANCHOR})


@dataclass(slots=True)
class Session:
    """An open vault; used only by the thread that opened it (but for `interrupt`)."""

    folder: Path
    vault: Vault
    clock: Clock
    ids: Ids
    actor: Actor
    guard: Guard | Onlooker
    root: Root = field(repr=False)
    moored: Mooring = field(repr=False)
    recovered: bool = False  # entered with the recovery key: whoever did may set a passphrase without an old one
    unfinished: Unfinished = field(default_factory=Unfinished, repr=False)  # plain files being written just now

    @property
    def office(self) -> Office:
        """What the vault says of its office."""
        return self.vault.office

    @property
    def read_only(self) -> bool:
        """Whether the vault was opened to be looked at: whatever writes refuses."""
        return self.vault.read_only

    def today(self) -> date:
        """The day figures are computed for: today in the vault's zone, in a demo vault its own day."""
        if self.office.demo_day:
            return date.fromisoformat(self.office.demo_day)
        return self.clock.now().day(self.office.zone)

    def interrupt(self) -> None:
        """Stop the running statement, from any thread."""
        self.vault.interrupt()

    def examine(self) -> Generator[float, None, Examined]:
        """Hold the database's bytes against what they were when it was closed, yielding the share done.

        What does not agree is in `findings` afterwards. Raises Unavailable when the disk does not answer.
        """
        yield from self.moored.examine(self.vault)
        if not self.read_only and not self.findings:  # else what an older database does not name may be needed yet
            self.vault.sweep(self.folder)
        if self.read_only:  # nothing to choose: it is only said
            return Examined(None, (*((each.finding.label, each.values) for each in self.findings), *self.moored.notes))
        return Examined(Findings(self.findings) if self.findings else None, self.moored.notes)

    @property
    def findings(self) -> tuple[Found, ...]:
        """What does not agree with what was noted of this vault; nothing more is noted until a person has chosen."""
        return tuple(self.moored.findings)

    def settle(self, pause: float = 0.0) -> None:
        """Have the anchor say how far the vault has come, if something was written since.

        Not again within `pause` seconds. Raises Unavailable; what was written stays written.
        """
        self.moored.settle(self.vault, pause)

    def close(self) -> None:
        """Close the vault and give its lock back; as it lies there when a person has not chosen what to do with it."""
        try:
            if self.findings or self.read_only:
                self.vault.abandon()
                return
            with contextlib.suppress(Problem):  # then the anchor stays behind, which loses nothing
                self.settle()
            self.moored.remember(self.vault)
            self.vault.close(partial(self.moored.rest, self.vault))
        finally:
            self.guard.release()


def examine(session: Session) -> Generator[float, None, Examined]:
    """`Session.examine`, for whoever knows sessions by name only."""
    return (yield from session.examine())


def settle(session: Session) -> None:
    """`Session.settle`, for whoever knows sessions by name only."""
    session.settle()


def give_back(session: Session) -> None:
    """Close; the vault is open no more."""
    session.close()


def look_instead(session: Session) -> Session:
    """Close, and open the same vault to be looked at only; raises what `enter` raises, and then it is closed."""
    session.close()
    return enter(
        session.folder, lambda _head: session.root, clock=session.clock, ids=session.ids, actor=session.actor,
        read_only=True,
    )  # fmt: skip


def create(
    folder: Path,
    passphrase: str,
    *,
    clock: Clock,
    ids: Ids,
    actor: Actor,
    cost: Kdf | None = None,
    office: Office | None = None,
) -> Session:
    """Make a new vault in `folder` (absent or empty) and open it.

    `office.copy_id` is replaced by a fresh one; `cost` is calibrated to this computer when None. Raises Refused for
    an empty passphrase or a folder that is not empty, Unavailable when it cannot be written. What a failed attempt
    made is removed.
    """
    if not kdf.normalise(passphrase):
        raise Refused(N_("The passphrase is empty. Nothing was created."))
    made = not folder.exists()
    _demand_empty(folder, beside=LOCK)  # a lone lock is what a creation that was killed leaves
    make_private_folder(folder)
    guard = _guarded(folder, ids, made=made)
    try:
        _demand_empty(folder, beside=LOCK)  # another window may have been quicker until the lock was ours
        try:
            head, root = header.create(passphrase, cost or calibrated(clock))
            fresh = replace(office or Office("", "", "RU", "en"), copy_id=ids.new())
            header.write(folder, head, root)
            moored = anchoring.first(folder, root, head, clock)
            opened = vault.create(folder, root.database_key(), clock, ids, fresh, actor)
            moored.compare(opened)
        except Problem:
            _sweep(folder, made=made)
            raise
    except BaseException:
        guard.release()
        raise
    return Session(folder, opened, clock, ids, actor, guard, root, moored)


def unlock(
    folder: Path,
    passphrase: str,
    *,
    clock: Clock,
    ids: Ids,
    actor: Actor,
    accept_weight: bool = False,
    read_only: bool = False,
    despite: bool = False,
) -> Session:
    """Open the vault in `folder` by its passphrase; `despite` as in `enter`.

    Raises Refused for a wrong passphrase, HeavyVault for one that needs more than half of this computer's memory (until
    `accept_weight`), and what `enter` raises.
    """
    door = partial(header.unlock, passphrase=passphrase, accept_weight=accept_weight)
    return enter(folder, door, clock=clock, ids=ids, actor=actor, read_only=read_only, despite=despite)


def enter(
    folder: Path,
    door: Door,
    *,
    clock: Clock,
    ids: Ids,
    actor: Actor,
    read_only: bool = False,
    despite: bool = False,
) -> Session:
    """Open the vault in `folder` through `door`, which gives the root key that a header hides.

    `read_only`: not a byte is written, neither in the vault nor beside it, and whatever would write refuses.
    Raises what `door` raises; Refused for no vault or a newer format; Damaged for a damaged one; Unavailable when it
    is open elsewhere or cannot be read; Disagrees (a Damaged) when it is not as it was left. `despite`: open it then,
    too, with its findings; nothing may be written before `accept`.
    """
    header.read(folder)  # before the lock file is made: a folder that is no vault stays as it is
    guard = Onlooker(folder) if read_only else Guard(folder, ids.new())
    try:
        if not read_only:
            sweep(folder)
        head = header.read(folder)
        root = door(head)
        _settled(folder, head, root, read_only=read_only)
        moored = anchoring.moored(folder, root, head, clock, despite=despite or read_only)
        opened = _opened(folder, clock, ids, moored, read_only=read_only)
        try:
            moored.compare(opened)
        except BaseException:
            opened.abandon()
            raise
    except BaseException:
        guard.release()
        raise
    return Session(folder, opened, clock, ids, actor, guard, root, moored)


def _settled(folder: Path, head: header.Header, root: Root, *, read_only: bool) -> None:
    """Finish what a kill left of a header or a change of keys; read-only, refuse what is not finished."""
    database, key = folder / DATABASE, root.database_key()
    if read_only:
        rekey.demand_settled(database, root.epoch, key)
        return
    header.repair(folder, head, root)
    rekey.settle(database, root.epoch, key)
    anchoring.choose(folder, root)


def _opened(folder: Path, clock: Clock, ids: Ids, moored: Mooring, *, read_only: bool) -> Vault:
    key = moored.root.database_key()
    if read_only:
        return look(folder, key, clock, ids)
    return vault.open_vault(folder, key, clock, ids, moored.upgrading)


def offer_phrase(language: str) -> tuple[str, float]:
    """A generated passphrase in `language` and its entropy in bits."""
    phrase = phrases.generate(language)
    return phrase.text, phrase.bits


def calibrated(clock: Clock) -> Kdf:
    """Numbers that make one derivation take about a second on this computer; finding them takes a few."""
    return kdf.calibrate(_Measure(clock), installed_ram() or _MODEST_RAM)


def strength(text: str) -> tuple[float, bool]:
    """Cautious estimate in bits of a passphrase typed by a person, and whether it is weak."""
    found = phrases.strength(text)
    return found.bits, found.weak


_MODEST_RAM = 4 << 30  # when the system does not tell


class _Measure:
    """Seconds one derivation takes, by the session's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, cost: Kdf) -> float:
        start = self._clock.monotonic()
        kdf.derive("measure", bytes(16), cost)
        return self._clock.monotonic() - start


def _guarded(folder: Path, ids: Ids, *, made: bool) -> Guard:
    try:
        return Guard(folder, ids.new())
    except Problem:
        if made:
            with contextlib.suppress(OSError):  # not empty: another window was quicker
                folder.rmdir()
        raise


def _demand_empty(folder: Path, beside: str = "") -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(each.name != beside for each in folder.iterdir())):
            raise Refused(
                N_("“{folder}” is not an empty folder. Nothing was created; choose a new or empty folder."),
                folder=str(folder),
            )
    except OSError as error:
        raise explain(error, folder) from None


def _sweep(folder: Path, *, made: bool) -> None:
    try:
        for name in (*_OURS, "header.a", "header.b"):
            (folder / name).unlink(missing_ok=True)
        if made:
            folder.rmdir()
    except OSError as error:
        raise Unavailable(
            N_("The vault could not be created, and parts of it remain in “{folder}”."), folder=str(folder)
        ) from error
