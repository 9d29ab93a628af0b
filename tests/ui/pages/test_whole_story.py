"""All ten cases of the story, entered form by form in the window: the vault becomes the demo's, record by record."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from family_case.model.cohort import Cohort
from family_case.model.person import PersonName, RoleKind
from family_case.model.records import RECORDS
from family_case.services import demo
from family_case.store.rows import load
from tests.ui.keyboard import CONTROL, press
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.widgets.choice import Chips
from ui.widgets.form_panel import FormPanel
from ui.widgets.person_field import PickField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.model.base import Record
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from tests.ui.pages.conftest import Desk
    from ui.widgets.entry_form import EntryForm

_ROUNDS = 6  # how far a record's likeness looks through the records it names
_CHOSEN = {("sent", "yes"): "sent", ("sent", "no"): "refused"}  # yes and no are the command line's words
_TIMES = ("recorded_ms",)


class _Hand:
    """Someone who reads the story and fills in forms, remembering which record is which."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[str, str] = {}
        self.code = ""
        self._made = ""
        desk.window.context.feed.changed.connect(self._remember)

    def enter(self, step: demo.Step) -> None:
        """One step of the story, on the page where a caseworker would do it."""
        self.code = step.get("case") or step.get("log_together") or step["values"].get("case") or self.code
        noun = step.get("add") or step.get("log") or ""
        if noun == "case":
            self.code = step["values"]["code"]
            cases = self.desk.show(CasesPage, "cases")
            cases.new_case()
            self._fill_and_save(cases, step["values"])
        elif noun:
            page = self.desk.show(CasePage, "case", self.desk.case(self.code))
            page.add(noun)
            self._fill_and_save(page, step["values"])
        else:
            self._talk(step)
        assert self.desk.trouble == [], (step, [each.values for each in self.desk.trouble])
        key = str(step.get("as", ""))
        self.known[key] = self._made
        if noun == "case":
            cards = self.desk.facts(self.code).people
            self.known[f"{key}.sought"] = next(card.person.id for card in cards if card.role.kind is RoleKind.SOUGHT)

    def _remember(self, changes: Changes) -> None:
        self._made = changes.made

    def _talk(self, step: demo.Step) -> None:
        talk = self.desk.show(ConversationPage, "conversation", self.desk.case(self.code))
        self._fill(talk.talk.form, step["values"])
        for told in step["told"]:
            self._fill(talk.talk.add(told["log"]).form, told["values"])
        press(Qt.Key.Key_Return, CONTROL, into=talk)
        assert isinstance(self.desk.window.current(), CasePage), (step, [form.errors() for form in talk.talk.forms()])

    def _fill_and_save(self, page: CasePage | CasesPage, values: Mapping[str, str]) -> None:
        panel = page._beside.panel()
        assert isinstance(panel, FormPanel)
        self._fill(panel.form, values)
        press(Qt.Key.Key_Return, CONTROL, into=panel)
        assert page._beside.panel() is None, (values, panel.form.errors())

    def _fill(self, form: EntryForm, values: Mapping[str, str]) -> None:
        """Fill the fields as a hand can: choose what is offered, type what is not; nothing else is possible."""
        for name, text in values.items():
            if name == "case":
                continue
            assert name in form.names(), f"no form can enter {form.form.noun}.{name}"
            field = form.field(name)
            meant = self.known[text.removeprefix("@")] if text.startswith("@") else text
            meant = _CHOSEN.get((name, meant), meant)
            if isinstance(field, PickField) and text.startswith("@") and field.findData(meant) < 0:
                meant = self._name(meant)
            form.set_values({name: meant})
            now = field.value()
            same = set(now.split(",")) == {each.strip() for each in meant.split(",")}
            shown = field.currentText() if isinstance(field, PickField) else now
            assert same if isinstance(field, Chips) else meant in (now, shown), (form.form.noun, name, meant, now)

    def _name(self, record_id: str) -> str:
        """What a person types for someone or something the list does not offer."""
        connection = self.desk.session.vault.connection
        found = load(connection, PersonName, "person_id = ?", (record_id,))
        return found[0].entered if found else load(connection, Cohort, "id = ?", (record_id,))[0].name


def _alike(session: Session) -> dict[str, Counter[str]]:
    """By table, how many records there are of each likeness: all they hold but ids and times, and whom they name."""
    rows = [row for kind in RECORDS for row in load(session.vault.connection, kind)]
    by_id: dict[str, str] = dict.fromkeys((row.id for row in rows), "")
    labels: dict[int, str] = {}
    for _round in range(_ROUNDS):
        labels = {at: _label(row, by_id) for at, row in enumerate(rows)}
        together = defaultdict(list)
        for at, row in enumerate(rows):
            together[row.id].append(labels[at])
        by_id = {each: _short("".join(sorted(found))) for each, found in together.items()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for at, row in enumerate(rows):
        found[row.TABLE][f"{labels[at]} {_told(row, by_id)}"] += 1
    return found


def _label(row: Record, by_id: Mapping[str, str]) -> str:
    return _short(f"{row.TABLE} {by_id[row.id]} {_told(row, by_id)}")


def _told(row: Record, by_id: Mapping[str, str]) -> str:
    """A row without its id and times; what it names, by the likeness of that."""
    values = {each.name: getattr(row, each.name) for each in fields(row) if each.name not in ("id", *_TIMES)}
    return repr({name: _value(value, by_id) for name, value in values.items()})


def _value(value: object, by_id: Mapping[str, str]) -> object:
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    return by_id[value] if isinstance(value, str) and value in by_id else value


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def test_ten_cases_entered_by_hand_in_the_window_are_the_demo_vault(empty_desk: Desk, story: Session) -> None:
    hand = _Hand(empty_desk)
    for step in demo.story():
        hand.enter(step)
    by_hand, told = _alike(empty_desk.session), _alike(story)
    assert sum(told["entry"].values()) > 40
    for table in told.keys() | by_hand.keys():
        missing, added = told[table] - by_hand[table], by_hand[table] - told[table]
        assert (table, sorted(missing), sorted(added)) == (table, [], [])
