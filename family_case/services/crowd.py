"""A crowd of invented cases, any number and always the same, entered as people enter cases: to try the program at size.

Nobody in them is real: names are drawn from common ones, numbers from a code that no operator has, and where the
caseworker stands each case says that it is invented. What a case is made of is told by `resources/demo/crowd.json`:
a person sought, mother and brother, consent, something withheld and more, one talk and ten entries told in it. A value
"@name" is a fact of the case; of several kinds of entry in one line the cases take turns.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypedDict, cast

from family_case.chance import Dice
from family_case.crypto.ram import installed_ram
from family_case.model.changes import Reason
from family_case.paths import resources
from family_case.services import intake
from family_case.services.making import Maker
from family_case.store.bulk import making_much

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from family_case.services.session import Session
    from family_case.store.change import Change

Values = dict[str, str]
Told = tuple[str, Values]

MOST = 1000  # records in one change
ENTRIES = 10
SEED = "1"
_ROOM = 100  # records of the largest case
_CHANGES = 64  # in one transaction: the disk is waited for once, and a page of an index written once for all of them
_PAUSE = 1.0  # seconds between two anchors while very much is made
_MODEST_RAM = 4 << 30  # when the system does not tell
_FIRST, _DAYS = date(2022, 6, 20), 24  # the first day anyone was last seen, and how many days such a day may be
_SPOKEN = 40  # days from then to the talk, which is past on the demo's day
_SHARING = 40  # cases in a row that share the numbers of callers
_SHARED = 3  # such numbers
_UKRAINIAN = 4  # one case of so many
_FACT = re.compile("@([a-z_]+)")


class People(TypedDict):
    """Names and sentences in one language; men and women of a family, sons and daughters of a father, in pairs."""

    families: list[list[str]]
    men: list[str]
    women: list[str]
    fathers: list[list[str]]
    aliases: list[str]
    callers: list[str]
    said: list[str]
    known: list[str]
    necessity: str
    terms: list[str]
    steps: list[str]
    denied: list[str]
    tasks: list[str]
    questions: list[list[str]]
    effects: list[str]
    marked: str


class Tables(TypedDict):
    """What invented cases are put together from."""

    ru: People
    uk: People
    case: Values
    people: list[Values]
    beside: list[tuple[int, str, Values]]
    talk: Values
    told: list[list[Told]]
    statuses: list[str]
    intervals: list[str]
    places: list[str]
    bodies: list[str]
    employers: list[str]


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented case as typed by a person: the values of each form, in the order they are entered."""

    case: Values
    people: tuple[Values, ...]
    beside: tuple[Told, ...]
    talk: Values
    told: tuple[Told, ...]


@cache
def tables() -> Tables:
    """The tables of `resources/demo/crowd.json`."""
    return cast("Tables", json.loads((resources() / "demo" / "crowd.json").read_text("utf-8")))


def code(index: int) -> str:
    """Code of case number `index`."""
    return f"K-{index:03d}"


def number(block: int, at: int) -> str:
    """Number `at` of a range that begins with +7 973 and `block`; it runs on into the next block.

    No operator has the code 973: the tables of libphonenumber name none.
    """
    return f"+7 973 {block + at // 10_000:03d}-{at // 100 % 100:02d}-{at % 100:02d}"


def invent(index: int, entries: int = ENTRIES, seed: str = SEED) -> Invented:
    """Case number `index` (from 1) of a seed: the same each time, whatever else is invented."""
    made, dice = tables(), Dice(f"{seed}/{index}")
    language = "uk" if index % _UKRAINIAN == 0 else "ru"
    words = made["uk"] if language == "uk" else made["ru"]
    start = _FIRST + timedelta(days=dice.below(_DAYS))
    facts = {"index": str(index), "language": language, **_family(dice, words, index), **_around(dice, made, start)}
    beside = [(noun, values) for every, noun, values in made["beside"] if index % every == 0]
    told = [_told(dice, facts, words, start, at) for at in range(entries)]
    facts |= _spoken(dice, words)
    return Invented(
        _filled(made["case"], facts),
        tuple(_filled(person, facts) for person in made["people"]),
        tuple((noun, _filled(values, facts)) for noun, values in beside),
        _filled(made["talk"], facts),
        tuple(told),
    )


def _family(dice: Dice, words: People, index: int) -> Values:
    family, father = dice.one(words["families"]), dice.one(words["fathers"])
    first = dice.below(len(words["men"]))
    his = words["men"][first], words["men"][first - 1 - dice.below(len(words["men"]) - 1)]
    sought, brother = (f"{family[0]} {given} {father[0]}" for given in his)
    return {
        "code": code(index), "alias": f"{dice.one(words['aliases'])}-{index}", "marked": words["marked"],
        "sought": sought, "brother": brother, "paper": f"{index:06d}/22",
        "mother": f"{family[1]} {dice.one(words['women'])} {dice.one(words['fathers'])[1]}",
        "mothers": number(100, index), "brothers": number(200, index),
    }  # fmt: skip


def _around(dice: Dice, made: Tables, start: date) -> Values:
    spoken = start + timedelta(days=_SPOKEN)
    return {
        "start": start.isoformat(), "spoken": spoken.isoformat(), "born": str(1970 + dice.below(30)),
        "call_back": (spoken + timedelta(days=7)).isoformat(), "due": (spoken + timedelta(days=3)).isoformat(),
        "status": dice.one(made["statuses"]), "interval": dice.one(made["intervals"]),
        "place": dice.one(made["places"]), "body": dice.one(made["bodies"]), "employer": dice.one(made["employers"]),
    }  # fmt: skip


def _spoken(dice: Dice, words: People) -> Values:
    question = dice.one(words["questions"])
    return {
        "caller": dice.one(words["callers"]), "said": dice.one(words["said"]), "known": dice.one(words["known"]),
        "term": dice.one(words["terms"]), "step": dice.one(words["steps"]), "denied": dice.one(words["denied"]),
        "task": dice.one(words["tasks"]), "effect": dice.one(words["effects"]), "necessity": words["necessity"],
        "question": question[0], "answer": question[1],
    }  # fmt: skip


def _told(dice: Dice, facts: Values, words: People, start: date, at: int) -> Told:
    index, line = int(facts["index"]), tables()["told"][at % ENTRIES]
    group = index // _SHARING * _SHARED + dice.below(_SHARED)
    kind, values = line[index % len(line)]
    now = {
        "day": (start + timedelta(days=2 * at % _SPOKEN)).isoformat(),
        "own": number(400, index * ENTRIES + at),
        "shared": number(300, group),
    }
    return kind, _filled(values, {**facts, **_spoken(dice, words), **now})


def _filled(values: Mapping[str, str], facts: Mapping[str, str]) -> Values:
    return {name: _FACT.sub(lambda found: facts[found[1]], value) for name, value in values.items()}


def enter(session: Session, change: Change, case: Invented) -> str:
    """Enter one case inside an open change, as a person would type it; its code."""
    made = intake.added_within(Maker(session, change), "case", case.case)
    maker = Maker(session, change, made)
    for person in case.people:
        intake.added_within(maker, "person", person)
    for noun, values in case.beside:
        intake.added_within(maker, noun, values)
    intake.logged_within(maker, case.talk, case.told)
    return case.case["code"]


def fill(
    session: Session,
    cases: int,
    *,
    entries: int = ENTRIES,
    seed: str = SEED,
    first: int = 1,
    told: Callable[[int], None] | None = None,
) -> list[str]:
    """Enter so many invented cases, from number `first` on; the codes of those that are on the disk.

    `told` hears how many these are each time it is more. Whoever interrupts keeps a whole vault with fewer cases.
    Raises what the services raise.
    """
    waiting = deque(range(first, first + cases))
    made: list[str] = []
    with making_much(session.vault, installed_ram() or _MODEST_RAM), contextlib.suppress(KeyboardInterrupt):
        while waiting:
            codes = _transaction(session, waiting, entries, seed)
            made += codes
            session.settle(_PAUSE)
            if told is not None:
                told(len(made))
    return made


def _transaction(session: Session, waiting: deque[int], entries: int, seed: str) -> list[str]:
    codes: list[str] = []
    with session.vault.together():
        for _ in range(_CHANGES):
            with session.vault.change(Reason.ADD, session.actor) as change:
                while waiting and change.size <= MOST - _ROOM:
                    codes.append(enter(session, change, invent(waiting.popleft(), entries, seed)))
            if not waiting:
                break
    return codes
