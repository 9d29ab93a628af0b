"""Someone written down twice, at the case: joined after a sentence that says what will be shown, and told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.services import intake
from tests.ui.pages.conftest import desk_over
from tests.ui.pages.test_case import _shown
from tests.ui.pages.test_further_names import details, form, press
from ui.pages.case import CasePage
from ui.pages.history import HistoryPage
from ui.widgets.details import DetailsPanel
from ui.widgets.merge_dialog import MergeDialog
from ui.widgets.person_field import PickField
from ui.widgets.reveal import Reveal
from ui.widgets.same_person import SamePerson

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from family_case.services.session import Session
    from tests.ui.pages.conftest import Desk

NEIGHBOUR = "Осина Ольга Олеговна"


@pytest.fixture
def neighbour(story: Session) -> str:
    """Someone of another case."""
    added = {"case": "K-002", "name": NEIGHBOUR, "role": "friend", "number": "+7 900 000-77-01"}
    return intake.add(story, "person", added).made


def ask(page: CasePage, person_id: str) -> MergeDialog:
    """The question that the person's details open."""
    same = details(page, person_id).findChild(SamePerson)
    assert same is not None
    same.ask()
    dialog = same.findChild(MergeDialog)
    assert dialog is not None
    return dialog


def choose(qtbot: QtBot, dialog: MergeDialog, who: str) -> None:
    """Type the other record and wait for the answer."""
    dialog.field.set_value(who)
    qtbot.waitUntil(lambda: bool(dialog.told.text()), timeout=5_000)


def test_what_will_be_shown_together_is_said_before_and_it_can_be_told_apart(
    qtbot: QtBot, story: Session, neighbour: str
) -> None:
    desk = desk_over(qtbot, story, "en")
    page = desk.show(CasePage, "case", desk.case())
    mother = next(card.person.id for card in desk.facts().people if card.withheld)
    dialog = ask(page, mother)
    assert not dialog.join.isEnabled()
    choose(qtbot, dialog, NEIGHBOUR)
    assert "in K-002, K-001. Names: 2; numbers: 2" in dialog.told.text()
    assert "kept from both" in dialog.told.text()
    dialog.join.click()
    assert "joined as one person" in desk.window._toast.words().lower()
    card = next(card for card in desk.facts().people if card.person.id == mother)
    assert card.ids == {mother, neighbour}
    panel = details(page, mother)
    assert "Also written down as" in _shown(panel)
    assert NEIGHBOUR not in _shown(page)
    press(panel, "Show")
    opened = page._beside.panel()
    assert isinstance(opened, DetailsPanel)
    assert opened.record_id == neighbour
    history = desk.show(HistoryPage, "history", desk.case())
    assert "Joined as one person" in str(history.list.model().index(0, 0).data())
    desk.show(CasePage, "case", desk.case())
    press(details(page, mother), "Tell apart")
    assert next(card for card in desk.facts().people if card.person.id == mother).records == ()
    assert desk.trouble == []


def test_a_doubt_and_a_mistake_are_said_and_nothing_is_joined(qtbot: QtBot, story: Session) -> None:
    desk = desk_over(qtbot, story, "en")
    page = desk.show(CasePage, "case", desk.case())
    him = desk.facts().people[0].person.id
    other = desk.facts("K-002").people[0]
    dialog = ask(page, him)
    choose(qtbot, dialog, "Никто Никогда")
    assert "Nobody called" in dialog.told.text()
    assert not dialog.join.isEnabled()
    dialog.told.setText("")
    choose(qtbot, dialog, other.name)
    assert "Both are sought, in different cases: K-002, K-001" in dialog.told.text()
    assert dialog.join.isEnabled()  # a human may be right
    dialog.reject()
    assert desk.facts().people[0].records == ()


def test_a_consent_can_be_written_under_either_record_of_the_case(at_desk: Desk) -> None:
    second = intake.add(at_desk.session, "person", {"case": "K-001", "name": "Лебедева Н.", "role": "relative"}).made
    page = at_desk.show(CasePage, "case", at_desk.case())
    mother = next(card.person.id for card in at_desk.facts().people if card.withheld)
    dialog = ask(page, mother)
    dialog.field.set_value(second)
    dialog._ask()
    dialog.join.click()
    held = [each._kept for each in page._side.findChildren(Reveal) if each.isVisible()]
    assert held.count("Лебедева Нина Павловна") == 1  # one line for one person
    page.add("consent")
    giver = form(page).form.field("giver")
    assert isinstance(giver, PickField)
    offered = {giver.itemData(at): giver.itemText(at) for at in range(giver.count())}
    assert offered[mother] == "mother, other relative – Лебедева Нина Павловна"
    assert offered[second] == "mother, other relative – Лебедева Н."


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_what_joining_does_is_read_whole_before_the_yes(
    qtbot: QtBot, story: Session, neighbour: str, language: str
) -> None:
    desk = desk_over(qtbot, story, language)
    page = desk.show(CasePage, "case", desk.case())
    mother = next(card.person.id for card in desk.facts().people if card.withheld)
    dialog = ask(page, mother)
    dialog.show()
    choose(qtbot, dialog, NEIGHBOUR)
    assert neighbour
    assert dialog.told.height() >= dialog.told.heightForWidth(dialog.told.width())
