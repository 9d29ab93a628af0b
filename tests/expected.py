"""What a person expects of a vault, in plain Python: rows, steps that can be taken back, what was erased.

It knows nothing of how the program does it. A row is a dictionary; a step is what it changed; nothing else is kept.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

Key = tuple[str, str]  # table and id
Value = str | int | None
Row = dict[str, Value]
Told = tuple[Row | None, Row | None]  # before and after: whole rows, or the columns that differ

# Which column names a row of which table. A row that must name another goes with it; `FREE` may name nothing.
LINKS: dict[tuple[str, str], str] = {
    **dict.fromkeys(
        (
            (table, "case_id")
            for table in (
                "role",
                "conversation",
                "entry",
                "endpoint_use",
                "consent",
                "withholding",
                "task",
                "custom_value",
                "attachment",
            )
        ),
        "case_file",
    ),
    ("person_name", "person_id"): "person",
    ("person", "merged_into"): "person",
    ("role", "person_id"): "person",
    ("person_endpoint", "person_id"): "person",
    ("conversation", "person_id"): "person",
    ("entry_person", "person_id"): "person",
    ("consent", "giver_id"): "person",
    ("withholding", "from_person_id"): "person",
    ("custom_value", "person_id"): "person",
    ("custom_value", "field_id"): "custom_field",
    ("person_endpoint", "endpoint_id"): "endpoint",
    ("endpoint_use", "endpoint_id"): "endpoint",
    ("entry", "place_id"): "place",
    ("entry", "conversation_id"): "conversation",
    ("entry", "source_id"): "source",
    **dict.fromkeys(
        ((table, "entry_id") for table in ("entry_person", "endpoint_use", "withholding", "attachment")), "entry"
    ),
    **dict.fromkeys(
        ((table, "id") for table in ("sign_of_life", "promise", "payment", "stay", "status_report", "step_taken")),
        "entry",
    ),
    ("task", "about_id"): "entry",
    ("promise_term", "promise_id"): "promise",
    ("payment", "promise_id"): "promise",
    ("step_body", "body_id"): "body",
    ("step_body", "step_id"): "step_taken",
    ("step_body", "forwarded_from"): "step_body",
    ("step_reply", "step_body_id"): "step_body",
}
FREE = {
    ("conversation", "person_id"), ("person", "merged_into"), ("entry", "place_id"), ("entry", "conversation_id"),
    ("entry", "source_id"),
    ("payment", "promise_id"), ("step_body", "forwarded_from"),
}  # fmt: skip
SHARED = {"person", "endpoint", "source", "place"}  # go when nobody is left who speaks of them
DESCRIBES = {
    ("person_name", "person_id"),
    ("person_endpoint", "person_id"),
    ("person", "merged_into"),
    ("custom_value", "person_id"),
}  # does not speak of them, only tells more
ALIKE = {"case_file": ("code",), "endpoint": ("kind", "norm")}  # no two rows have the same
FINAL = {"erase", "purge", "rekey"}
MARKS = count()
BACK = {"undo", "redo", "revert"}


class No(Exception):
    """The program must refuse this, and nothing may change; `rows` are ids of what stands in the way."""

    def __init__(self, rows: set[str] | None = None) -> None:
        super().__init__()
        self.rows = rows or set()


@dataclass(eq=False)
class Step:
    """One change: its number, why, what it did to which rows, and which step it took back."""

    number: int
    reason: str
    lines: dict[Key, Told]
    takes_back: Step | None = None
    stands: bool = True
    own: bool = True
    forgotten: set[Key] = field(default_factory=set)  # rows of which it tells nothing any more

    def turn(self, *, stands: bool) -> None:
        """Stand or not; what takes back something that does not stand takes nothing back."""
        self.stands = stands
        if self.takes_back is not None:
            self.takes_back.turn(stands=not stands)


@dataclass
class Expected:
    """The vault as it is expected to be."""

    rows: dict[Key, Row] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    drafts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    days: dict[str, dict[Key, Row]] = field(default_factory=dict)  # day -> rows when it ended
    purged: set[Key] = field(default_factory=set)
    erasures: dict[int, set[Key]] = field(default_factory=dict)  # each erasure there ever was, in any copy
    number: int = 1  # of the newest change; the making of the vault is the first
    opened_at: int = 1

    def copy(self, *, own: bool) -> Expected:
        """The same elsewhere; what was written here is not `own` there."""
        other = deepcopy(self)
        for step in other.steps:
            step.own = step.own and own
        return other

    # --- writing ---

    def write(self, reason: str, rows: dict[Key, Row | None], takes_back: Step | None = None) -> Step:
        """One step that leaves these rows so (None: gone)."""
        lines: dict[Key, Told] = {}
        for key, row in rows.items():
            before = self.rows.get(key)
            if before == row:
                continue
            if before is not None and row is not None:
                names = [name for name in row if row[name] != before[name]]
                lines[key] = {name: before[name] for name in names}, {name: row[name] for name in names}
            else:
                lines[key] = before, row
            if row is None:
                del self.rows[key]
            else:
                self.rows[key] = dict(row)
        self.number += 1
        self.steps.append(Step(self.number, reason, lines, takes_back))
        if takes_back is not None:
            takes_back.turn(stands=False)
        return self.steps[-1]

    # --- taking back ---

    def undo(self, *, this_session: bool) -> None:
        """The newest step that stands, unless it is itself an undo or a redo."""
        step = next(
            (each for each in self._mine(this_session) if each.stands and each.reason not in ("undo", "redo")), None
        )
        self._take_back(step, "undo")

    def redo(self, *, this_session: bool) -> None:
        """The newest undo, when nothing but undo and redo came after it."""
        step = next((each for each in self._mine(this_session) if each.stands and each.reason != "redo"), None)
        self._take_back(step if step and step.reason == "undo" else None, "redo")

    def revert(self, step: Step | None) -> None:
        """Any step that stands."""
        self._take_back(step if step and step.stands else None, "revert")

    def newest_of(self, record_id: str) -> Step | None:
        """The step a person means by a record: the newest that wrote it and stands, and is no taking back."""
        told = [each for each in self.steps if any(row == record_id for _table, row in each.lines)]
        return next((each for each in reversed(told) if each.stands and each.reason not in BACK), None)

    def _mine(self, this_session: bool) -> list[Step]:
        since = self.opened_at if this_session else 1
        return [each for each in reversed(self.steps) if each.own and each.number > since]

    def _take_back(self, step: Step | None, reason: str) -> None:
        if step is None or step.reason in FINAL or step.forgotten:
            raise No
        there = {key for key, told in step.lines.items() if not self._as_left(key, told)}
        made = {key for key, (before, _after) in step.lines.items() if before is None}
        there |= {key for key, to in self._links() if to in made and key not in step.lines}
        if there:
            raise No({row_id for _table, row_id in there})
        back: dict[Key, Row | None] = {
            key: None if before is None else {**self.rows.get(key, {}), **before}
            for key, (before, _after) in step.lines.items()
        }
        after = {key: row for key, row in {**self.rows, **back}.items() if row is not None}
        if self._torn(after):
            raise No
        self.write(reason, back, step)

    def _as_left(self, key: Key, told: Told) -> bool:
        before, after = told
        now = self.rows.get(key)
        if now is None or after is None:
            return now is None and after is None
        return now == after if before is None else all(now[name] == value for name, value in after.items())

    def _torn(self, rows: dict[Key, Row]) -> bool:
        """Whether a row names one that is not there, or two have what only one may have."""
        if any(to not in rows for _key, to in links_of(rows)):
            return True
        alike = [(key[0], *(row[name] for name in ALIKE[key[0]])) for key, row in rows.items() if key[0] in ALIKE]
        return len(alike) != len(set(alike))

    def _links(self) -> list[tuple[Key, Key]]:
        return links_of(self.rows)

    # --- for good ---

    def erase(self, roots: set[Key], touched: set[str]) -> None:
        """These rows, what hangs on them, what is shared with nobody, and all that was ever told of them."""
        gone = self._hanging(roots)
        while more := {key for key in self._spoken_of(gone) if self._forlorn(key, gone)}:
            gone = self._hanging(gone | more)
        gone |= self._past_naming(gone)
        emptied = {key: self._without(key, gone) for key in set(self.rows) - gone if self._names(key, gone)}
        step = self.write("erase", {**emptied, **dict.fromkeys(gone & set(self.rows))})
        step.lines |= dict.fromkeys(gone, (None, None))
        for each in self.steps[:-1]:
            each.forgotten |= gone & set(each.lines)
        for day in self.days.values():
            for key in gone:
                day.pop(key, None)
            for key, row in day.items():
                for (table, column), to in LINKS.items():
                    if table == key[0] and (to, row[column]) in gone:
                        row[column] = None
        self._remember(gone)
        self.drafts = {key: text for key, text in self.drafts.items() if key[1] and key[1] not in touched}

    def purge(self, key: Key) -> None:
        """Older wordings of a record and its parts; of what was taken back, everything."""
        if any(("entry", key[1]) in step.lines for step in self.steps):  # an entry and what it tells are one
            key = "entry", key[1]
        keys = self._hanging({key})
        keys |= self._past_naming(keys)
        told = {each: [step for step in self.steps if self._tells(step, each)] for each in keys}
        changed = {each for each in keys if each in self.rows and len(told[each]) > 1}
        past = {each for each in keys if each not in self.rows and told[each]}
        if not changed | past:
            raise No
        step = self.write("purge", {})
        step.lines = {**{each: (None, dict(self.rows[each])) for each in changed}, **dict.fromkeys(past, (None, None))}
        for each in changed | past:
            for old in told[each]:
                old.forgotten.add(each)
        for day in self.days.values():
            for each in past:
                day.pop(each, None)
        self.purged |= changed
        self._remember(past)

    def _remember(self, gone: set[Key]) -> None:
        self.erasures[next(MARKS)] = gone

    def erase_again(self, told: dict[int, set[Key]]) -> bool:
        """Erase what these erasures took, as far as something is left of it here; and all that is half-written."""
        roots = {key for mark, gone in told.items() if mark not in self.erasures for key in gone if self.knows(key)}
        if roots:
            self.erase(roots, set())
            self.drafts = {}
        return bool(roots)

    @staticmethod
    def _tells(step: Step, key: Key) -> bool:
        return key not in step.forgotten and step.lines.get(key, (None, None)) != (None, None)

    def knows(self, key: Key) -> bool:
        """Whether anything is left of this row, standing or told."""
        return key in self.rows or any(self._tells(step, key) for step in self.steps)

    def _hanging(self, roots: set[Key]) -> set[Key]:
        gone = set(roots)
        while more := {
            key
            for key in set(self.rows) - gone
            for (table, column), to in LINKS.items()
            if table == key[0] and (table, column) not in FREE and (to, self.rows[key][column]) in gone
        }:
            gone |= more
        return gone

    def _spoken_of(self, gone: set[Key]) -> set[Key]:
        return {to for key, to in self._links() if key in gone and to[0] in SHARED and to not in gone}

    def _forlorn(self, key: Key, gone: set[Key]) -> bool:
        if key[0] == "place" and self.rows[key]["kind"] != "other":
            return False
        speak = [
            other
            for other, row in self.rows.items()
            for (table, column), to in LINKS.items()
            if table == other[0] and (table, column) not in DESCRIBES and (to, row[column]) == key
        ]
        return all(other in gone for other in speak)

    def _past_naming(self, gone: set[Key]) -> set[Key]:
        """Rows that stand no more, of which something is told that names what goes."""
        told: dict[Key, set[Value]] = {}
        for step in self.steps:
            for key, states in step.lines.items():
                if key not in self.rows and key not in step.forgotten:
                    named = {value for state in states if state for value in state.values()}
                    told[key] = told.get(key, set()) | {key[1]} | named
        found = set[Key]()
        ids: set[Value] = {row_id for _table, row_id in gone}
        while more := {key for key, named in told.items() if key not in found | gone and named & ids}:
            found |= more
            ids |= {row_id for _table, row_id in more}
        return found

    def _names(self, key: Key, gone: set[Key]) -> bool:
        return self._without(key, gone) != self.rows[key]

    def _without(self, key: Key, gone: set[Key]) -> Row:
        row = dict(self.rows[key])
        for (table, column), to in LINKS.items():
            if table == key[0] and (to, row[column]) in gone:
                row[column] = None
        return row

    # --- people ---

    def same(self, person: str) -> list[str]:
        """Records of the same person, the one he is read under first."""
        main = self.rows["person", person]["merged_into"] or person
        return [
            str(main),
            *(key[1] for key, row in self.rows.items() if key[0] == "person" and row["merged_into"] == main),
        ]

    # --- words ---

    def texts(self) -> str:
        """All that may still be found anywhere in the vault's tables."""
        told = [step.lines[key] for step in self.steps for key in step.lines if key not in step.forgotten]
        return repr((list(self.rows.values()), told, list(self.drafts.values())))


def links_of(rows: dict[Key, Row]) -> list[tuple[Key, Key]]:
    """Every link: the row that names, the row that is named."""
    return [
        (key, (to, str(row[column])))
        for key, row in rows.items()
        for (table, column), to in LINKS.items()
        if table == key[0] and row[column] is not None
    ]
