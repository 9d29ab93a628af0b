"""F1: lives that end with -9 in the middle of writing: nothing acknowledged is lost, nothing is half, all is whole.

A life opens the vault, writes (entries, conversations told as one, edits, undo, drafts; now and then it closes and
opens again) and says before each step what it is about to do and after it that it is done. What the vault holds
afterwards must be what those steps make, with or without the one that was under way.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from family_case.chance import Dice
from family_case.services import drafts, editing, history, intake
from tests.faults import ground
from tests.faults.killing import TELL, child
from tests.faults.row import Row
from tests.vaults import open_vault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from family_case.crypto.keys import Root
    from family_case.services.session import Session
    from tests.faults.row import Plan

MANY, FEW = 1000, 30
COMMITS, MORE = 100, 40  # acknowledged before the end of a life, and up to so many more
REUSED = 20  # lives that one vault has before a fresh copy is taken
REAL = 32  # of the lives that are opened by the passphrase
_DAY = "2022-08-01"
_FORM, _FIELD = "log note", "text"
_STEPS = ("note", "note", "note", "told", "told", "edit", "edit", "undo", "draft", "draft", "reopen")


@dataclass(frozen=True, slots=True)
class Known:
    """What a vault must hold: texts of what was logged, and the draft; `before` is how it was one change earlier."""

    texts: tuple[str, ...] = ()
    draft: str = ""
    before: Known | None = field(default=None, compare=False)

    def after(self, step: list[str]) -> Known:
        """What it holds once `step` is done."""
        kind, *texts = step
        if kind == "undo":
            assert self.before is not None
            return replace(self.before, draft=self.draft)
        if kind == "draft":
            return replace(self, draft=texts[0])
        if kind == "edit":
            kept = list(self.texts)
            kept[kept.index(texts[0])] = texts[1]
            return replace(self, texts=tuple(sorted(kept)), before=self)
        return replace(self, texts=tuple(sorted((*self.texts, *texts))), before=self)


# --- in the process that dies ---


def live(folder: Path, root: Root | None, life: int, seed: str, tell: Connection) -> None:
    """Write until the end; each step is told before and after it."""
    dice = Dice(f"{seed}/{life}")
    made: dict[str, str] = {}  # text -> id of what was logged in this life and stands
    number, opened = 0, 0
    while True:
        opened += 1
        session = ground.opened(folder, root, f"{life}/{opened}") if root else open_vault(folder, f"{life}/{opened}")
        kind, undoable = "", False
        with closing(session):
            while kind != "reopen":
                number += 1
                kind = dice.one(_STEPS)
                if kind == "reopen" and dice.below(4):  # rarely, it is the slowest
                    kind = "note"
                if (kind == "edit" and not made) or (kind == "undo" and not undoable):
                    kind = "note"
                step = _step(kind, f"life {life} step {number}", made, dice)
                tell.send_bytes(json.dumps(step).encode())
                _do(session, step, made)
                undoable = kind in {"note", "told", "edit"} or (kind == "draft" and undoable)
                tell.send_bytes(b"done")


def _step(kind: str, text: str, made: dict[str, str], dice: Dice) -> list[str]:
    if kind == "told":
        return [kind, *(f"{text} {part}" for part in "abc")]
    if kind == "edit":
        return [kind, dice.one(sorted(made)), text]
    return [kind, text] if kind in {"note", "draft"} else [kind]


def _do(session: Session, step: list[str], made: dict[str, str]) -> None:
    kind, *texts = step
    if kind == "note":
        made[texts[0]] = intake.log(session, "note", ground.CODE, {"text": texts[0], "happened": _DAY}).made
    elif kind == "told":
        entries = [("note", {"text": each, "happened": _DAY}) for each in texts]
        intake.log_together(session, ground.CODE, {"happened": _DAY}, entries)
    elif kind == "edit":
        editing.change(session, made[texts[0]], {"text": texts[1]})
        made[texts[1]] = made.pop(texts[0])
    elif kind == "draft":
        drafts.save(session, _FORM, "", _FIELD, texts[0])
    elif kind == "undo":
        history.undo(session, this_session=True)
        made.clear()  # which of them stand is not looked up; later edits take later entries


# --- in the process that looks ---


def _held(session: Session) -> Known:
    rows = session.vault.connection.execute("SELECT text FROM entry ORDER BY text").fetchall()
    return Known(tuple(str(text) for (text,) in rows), drafts.load(session, _FORM, "").get(_FIELD, ""))


def _lived(folder: Path, root: Root | None, life: int, seed: str, dice: Dice) -> list[list[str] | None]:
    """One life; the steps it told, and None after each that was done."""
    one = child(live, folder, root, life, seed, TELL)
    one.go()
    told: list[list[str] | None] = []
    wanted = COMMITS + dice.below(MORE)
    while wanted:
        wanted -= _heard(one.told, told) is None
    one.ended(dice.below(6000) / 1_000_000)  # up to two commits more, at any moment of them
    one.kill()
    try:
        while True:
            _heard(one.told, told)
    except EOFError:
        pass
    assert one.closed() < 0
    return told


def _heard(source: Connection, told: list[list[str] | None]) -> list[str] | None:
    said = source.recv_bytes()
    told.append(None if said == b"done" else json.loads(said))
    return told[-1]


def _wrong(session: Session, before: Known, told: list[list[str] | None]) -> tuple[str, Known]:
    """What is wrong after a life, and what the vault holds now."""
    acknowledged = before
    pending: list[str] | None = None
    for step in told:
        if step is None:
            assert pending is not None
            acknowledged, pending = (acknowledged if pending[0] == "reopen" else acknowledged.after(pending)), None
        else:
            pending = step
    found = _held(session)
    allowed = [acknowledged]
    if pending is not None and pending[0] != "reopen":
        allowed.append(acknowledged.after(pending))
    if found not in allowed:
        lost, more = set(acknowledged.texts) - set(found.texts), set(found.texts) - set(acknowledged.texts)
        return f"lost {sorted(lost)}, more {sorted(more)}, draft “{found.draft}”, under way {pending}", found
    return "; ".join(ground.problems(session)), found


def tried(plan: Plan) -> Row:
    """So many lives, one after the other in one vault, and now and then in a fresh copy."""
    lives = plan.rounds(MANY, FEW)
    root = ground.made(plan.folder / "template")
    failed: list[str] = []
    folder, known, steps = plan.folder / "template", Known(), 0
    for life in range(lives):
        if life % REUSED == 0:
            if life:
                shutil.rmtree(folder)
            folder, known = plan.folder / f"vault {life}", Known()
            shutil.copytree(plan.folder / "template", folder)
        real = life % max(1, lives // REAL) == 0 and not plan.fast
        told = _lived(folder, None if real else root, life, plan.seed, plan.dice(f"life {life}"))
        steps += told.count(None)
        with closing(ground.opened(folder, root, f"after {life}")) as session:
            wrong, known = _wrong(session, known, told)
        if wrong:
            failed.append(f"life {life}: {wrong}")
    what = (
        "killed with -9 at random moments while writing, 100 and more acknowledged steps a life: none lost, none half"
    )
    return Row("F1", what, lives, tuple(failed), (f"{steps:,} acknowledged steps",))
