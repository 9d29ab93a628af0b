"""The first case of the story, entered form by form in the window: the case that the demo tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from family_case.cli.plain import plain
from family_case.model.dossier import Profile
from family_case.services import casework, demo, publishing
from family_case.services.publishing import Order
from tests.cli.test_enter import _without_ids_and_times
from tests.reports.reading import printed
from tests.services.casebook import PRINTED
from tests.ui.keyboard import CONTROL, press
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.widgets.form_panel import FormPanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.services.session import Session
    from tests.ui.pages.conftest import Desk


def _meant(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Values of a step with the ids its keys stand for; the case itself is chosen by the page one is on."""
    return {name: known.get(text.removeprefix("@"), text) for name, text in values.items() if name != "case"}


def _panel(page: CasesPage | CasePage) -> FormPanel:
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    return panel


def _ids(desk: Desk) -> set[str]:
    facts = desk.facts()
    return {card.person.id for card in facts.people}


def _step(desk: Desk, step: demo.Step, known: dict[str, str]) -> None:
    values = _meant(step["values"], known)
    key = str(step.get("as", ""))
    if step.get("add") == "case":
        cases = desk.show(CasesPage, "cases")
        cases.new_case()
        _panel(cases).form.set_values(values)
        press(Qt.Key.Key_Return, CONTROL, into=_panel(cases))
        known[key + ".sought"] = desk.facts().people[0].person.id
    elif "add" in step:
        before = _ids(desk)
        page = desk.show(CasePage, "case", desk.case())
        page.add(step["add"])
        _panel(page).form.set_values(values)
        press(Qt.Key.Key_Return, CONTROL, into=_panel(page))
        for new in _ids(desk) - before:
            known[key] = new
    elif "log" in step:
        page = desk.show(CasePage, "case", desk.case())
        page.add(step["log"])
        _panel(page).form.set_values(values)
        press(Qt.Key.Key_Return, CONTROL, into=_panel(page))
    else:
        talk = desk.show(ConversationPage, "conversation", desk.case())
        talk.talk.form.set_values(values)
        for told in step.get("told", []):
            talk.talk.add(told["log"]).form.set_values(_meant(told["values"], known))
        press(Qt.Key.Key_Return, CONTROL, into=talk)
    assert desk.trouble == []


def test_the_first_case_is_entered_by_hand_in_the_window_and_printed_in_russian(
    empty_desk: Desk, story: Session
) -> None:
    known: dict[str, str] = {}
    for step in demo.story():
        if "K-002" in step["values"].get("code", ""):
            break
        _step(empty_desk, step, known)
    by_hand, told = empty_desk.facts(), casework.page(story, "K-001")
    assert _without_ids_and_times(plain(by_hand.people)) == _without_ids_and_times(plain(told.people))
    assert len(by_hand.timeline) == len(told.timeline)
    assert by_hand.silence == told.silence
    asked = [[line.body.name for line in item.bodies] for item in by_hand.timeline if item.bodies]
    assert asked == [["Министерство обороны РФ", "ФСИН России"]] * 2
    assert [task.text for task in by_hand.background.tasks] == [task.text for task in told.background.tasks]
    assert [line.standing for line in by_hand.promises] == [line.standing for line in told.promises]
    assert _without_ids_and_times(plain(by_hand.consents)) == _without_ids_and_times(plain(told.consents))
    order = Order(Profile.LAWYER, "ru", PRINTED)
    paper, demos = (publishing.dossier(session, "K-001", order) for session in (empty_desk.session, story))
    text = printed(paper).text
    assert "Лебедев Артём Игоревич" in text
    assert "Прямых вестей нет 45" in text.replace("\u00a0", " ")
    assert "Нина" not in text
    assert len(paper.items) == len(demos.items)
