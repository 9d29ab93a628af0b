"""The demo vault: ten invented cases, entered step by step through the same services a caseworker uses.

The steps lie in `resources/demo/story.json`, each exactly one call of `intake`: `add`, `log` or `log_together`. A value
"@key" stands for the id which the step with that key gave ("@key.sought": the person sought in that case). With a
`SetClock` every record carries the time of its step; with `SeededIds` every id is the same each time. Keys and header
stay random.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from family_case.chance import SeededIds, SetClock, moment_of
from family_case.crypto.kdf import FLOOR
from family_case.errors import Bug
from family_case.model.changes import Actor
from family_case.model.person import RoleKind
from family_case.paths import resources
from family_case.services import casework, crowd, intake
from family_case.services.session import Session, create, unlock
from family_case.store.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from family_case.model.changes import Changes

DEMO_DAY = "2022-08-22"
_SEED = "family-case demo"
_ZONE, _OFFSET = "Europe/Moscow", 180  # where the invented office sits; minutes from UTC
_MORNING = 6  # o'clock in UTC, on the demo's day, when the crowd is entered


class Told(TypedDict):
    """One entry told in a conversation: its kind and its values."""

    log: str
    values: dict[str, str]


class Step(TypedDict):
    """One step of the story: when it was written, which call it is, and the key its id is known by."""

    at: str
    add: NotRequired[str]
    log: NotRequired[str]
    case: NotRequired[str]
    log_together: NotRequired[str]
    told: NotRequired[list[Told]]
    values: dict[str, str]
    # "as" is a word of Python and cannot stand here: `_key` reads it


def story() -> list[Step]:
    """The steps of the demo in the order they are written."""
    text = (resources() / "demo" / "story.json").read_text(encoding="utf-8")
    return cast("list[Step]", json.loads(text)["steps"])


def build(session: Session) -> None:
    """Enter the ten cases of the story into an open, empty vault; raises what the services raise."""
    teller = _Teller(session)
    for step in story():
        teller.tell(step)


def fresh_demo(folder: Path, passphrase: str, *, language: str = "en") -> None:
    """Make a closed demo vault in `folder` (absent or empty); its day is DEMO_DAY and its ids are the same each time.

    The key derivation takes the lowest cost allowed: the data are invented. Raises what `create` raises; a demo that
    cannot be finished is removed whole.
    """
    made = not folder.exists()
    first = datetime.fromisoformat(story()[0]["at"])
    clock = SetClock(int(first.timestamp() * 1000), _OFFSET)
    office = Office("", _ZONE, "RU", language, DEMO_DAY)
    session = create(folder, passphrase, clock=clock, ids=SeededIds(_SEED), actor=Actor.DEMO, cost=FLOOR, office=office)
    try:
        build(session)
        session.close()
    except BaseException:
        session.close()
        _remove(folder, made=made)
        raise


def enlarge(
    folder: Path, passphrase: str, cases: int, *, seed: str = crowd.SEED, told: Callable[[int], None] | None = None
) -> int:
    """Add a crowd of invented cases to a closed demo vault, the same for each `seed`; how many are on the disk.

    These are fewer than wanted when someone interrupts; `told` hears the number as it grows. Raises what `unlock` and
    the services raise.
    """
    clock = SetClock(moment_of(date.fromisoformat(DEMO_DAY), _MORNING).utc_ms, _OFFSET)
    ids = SeededIds(f"{_SEED} {seed}")
    session = unlock(folder, passphrase, clock=clock, ids=ids, actor=Actor.DEMO)
    try:
        for _share in session.examine():
            pass
        return len(crowd.fill(session, cases, seed=seed, first=casework.count(session) + 1, told=told))
    finally:
        session.close()


def _remove(folder: Path, *, made: bool) -> None:
    """Take away what an unfinished demo left; `create` saw that the folder held nothing else."""
    with contextlib.suppress(OSError):
        for left in list(folder.iterdir()):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        if made:
            folder.rmdir()


@dataclass(slots=True)
class _Teller:
    """Enters steps one after the other and remembers the ids behind their keys."""

    session: Session
    known: dict[str, str] = field(default_factory=dict)

    def tell(self, step: Step) -> None:
        """Enter one step at its own time."""
        clock = self.session.clock
        if isinstance(clock, SetClock):
            at = int(datetime.fromisoformat(step["at"]).timestamp() * 1000)
            clock.utc_ms = max(at, clock.utc_ms)
        made = self._written(step).made
        key = _key(step)
        if key:
            self.known[key] = made
        if step.get("add") == "case":
            self.known[f"{key}.sought"] = self._sought(made)

    def _written(self, step: Step) -> Changes:
        values = self._resolved(step["values"])
        if "add" in step:
            return intake.add(self.session, step["add"], values)
        if "log" in step:
            return intake.log(self.session, step["log"], step["case"], values)
        told = [(each["log"], self._resolved(each["values"])) for each in step["told"]]
        return intake.log_together(self.session, step["log_together"], values, told)

    def _resolved(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: self._meant(text) for name, text in values.items()}

    def _meant(self, text: str) -> str:
        if not text.startswith("@"):
            return text
        if text[1:] not in self.known:
            raise Bug(f"the demo's story names the key {text} before it is made")
        return self.known[text[1:]]

    def _sought(self, case_id: str) -> str:
        people = casework.page(self.session, case_id).people
        return next(card.person.id for card in people if card.role.kind is RoleKind.SOUGHT)


def _key(step: Step) -> str:
    return str(cast("dict[str, object]", step).get("as", ""))
