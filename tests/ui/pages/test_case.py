"""The page of a case: what stands in sight, what only on hold, forms and details beside the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from family_case.model.person import RoleKind
from family_case.services.forms import FORMS
from tests.pictures import settle
from tests.ui.keyboard import CONTROL, press
from ui import theme
from ui.pages.case import CasePage
from ui.pages.conversation import ConversationPage
from ui.tables.timeline import FILTERS
from ui.widgets.details import DetailsPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.person_field import people_options
from ui.widgets.reveal import Reveal

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Desk


def _shown(widget: QWidget) -> str:
    """All words in sight."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    buttons = [each.text() for each in widget.findChildren(QPushButton) if each.isVisible()]
    return "\n".join([*labels, *buttons])


def _lines(page: CasePage) -> list[str]:
    return [str(page.timeline.index(at, 0).data()) for at in range(page.timeline.rowCount())]


@pytest.fixture
def page(at_desk: Desk) -> CasePage:
    return at_desk.show(CasePage, "case", at_desk.case())


def test_the_silence_explains_itself(page: CasePage) -> None:
    shown = _shown(page)
    assert "No direct word for 45 days (we check after 30). Last: text to his brother, 8 July 2022." in shown
    assert "Silence alone says nothing about his fate." in shown
    assert "check now · 45 days" in shown


def test_no_name_and_no_whole_number_is_in_sight_until_held(at_desk: Desk, page: CasePage) -> None:
    names = [
        name.entered for card in at_desk.facts().people for name in card.names if card.role.kind.value != "accountant"
    ]
    numbers = [endpoint.raw for card in at_desk.facts().people for endpoint in card.endpoints]
    shown = _shown(page) + "\n".join(_lines(page))
    assert names
    assert numbers
    assert not [each for each in names + numbers if each in shown]
    sought = page._head.findChildren(Reveal)[0]
    sought.setDown(True)
    sought.pressed.emit()
    assert "Лебедев Артём Игоревич" in sought.text()
    sought.released.emit()
    assert "Лебедев" not in sought.text()


def test_whom_something_is_kept_from_shows_a_bare_mark_and_the_reason_on_hold(page: CasePage) -> None:
    marks = [each for each in page._side.findChildren(Reveal) if each.text() == "(!)"]
    assert len(marks) == 1
    marks[0].pressed.emit()
    assert "not to be told" in marks[0].text()


def test_a_chip_narrows_the_timeline_and_says_how_many(page: CasePage) -> None:
    for code, _words in FILTERS[1:]:
        page.chips.choose(code)
        assert page.timeline.rowCount() == page.timeline.counts().get(code, 0)
    page.chips.choose("sign")
    assert all("Sign of life" in line for line in _lines(page))


def test_a_chip_whose_last_line_was_taken_back_gives_way_to_all(at_desk: Desk, page: CasePage) -> None:
    before = page.timeline.rowCount()
    page.add("payment")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"amount": "50000", "currency": "RUB", "happened": "2022-08-20"})
    panel.save()
    page.chips.choose("payment")
    assert page.timeline.rowCount() == 1
    page.list.setFocus()
    press(Qt.Key.Key_Z, CONTROL)
    assert page.chips.value() == FILTERS[0][0]
    assert page.timeline.rowCount() == before


def test_a_number_known_elsewhere_is_told_in_the_words_of_the_rule(page: CasePage) -> None:
    tips = [page.timeline.index(at, 0).data(Qt.ItemDataRole.ToolTipRole) for at in range(page.timeline.rowCount())]
    told = [str(tip) for tip in tips if tip]
    assert any(tip.startswith("The same number occurs in 4 cases. This does not show who used it") for tip in told)


def test_enter_on_a_line_opens_its_details_with_history_and_escape_closes_them(page: CasePage) -> None:
    page.list.choose(next(at for at, line in enumerate(_lines(page)) if "Promise" in line))
    press(Qt.Key.Key_Return, into=page.list)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    shown = _shown(panel)
    assert "salary" in shown
    assert "History" in shown
    assert "by the demo" in shown
    press(Qt.Key.Key_Escape, into=panel)
    assert page._beside.panel() is None


def test_a_brother_is_called_so_beside_the_timeline_in_details_and_where_he_is_chosen(page: CasePage) -> None:
    assert page.view is not None
    facts = page.view.page
    brother = next(card.person.id for card in facts.people if card.role.kind is RoleKind.SIBLING)
    item = next(each for each in facts.timeline if brother in {person for _part, person, _name in each.people})
    beside = _shown(page._side)
    page.show_record(item.id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    for shown in (beside, _shown(panel)):
        assert "brother" in shown.lower()
        assert "brother or sister" not in shown.lower()
    offered = {each.id: each.words for each in people_options(facts.people, page.context.tr)}
    assert offered[brother] == "brother"


@pytest.mark.parametrize("noun", [noun for noun in FORMS if noun not in ("conversation", "case")])
def test_every_form_opens_beside_the_timeline_with_all_its_fields(page: CasePage, noun: str) -> None:
    page.add(noun)
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.show_all()
    wanted = {field.name for field in FORMS[noun].fields} - {"case"}
    assert set(panel.form.names()) == wanted


def test_a_sign_of_life_is_logged_by_ctrl_enter_and_ends_the_alarm(at_desk: Desk, page: CasePage) -> None:
    page.add("sign")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"class": "voice", "happened": "2022-08-21"})
    press(Qt.Key.Key_Return, CONTROL, into=panel)
    assert page._beside.panel() is None
    assert at_desk.facts().silence.most == 1
    assert "No direct word for 1 day" in _shown(page)
    assert at_desk.window._toast.words() == "K-001 “Рябина”: saved – Sign of life"


def test_what_is_missing_is_said_under_its_field(at_desk: Desk, page: CasePage) -> None:
    page.add("sign")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"words": "Я еду."})
    panel.save()
    assert panel.form.errors() == {"class": "This is needed.", "happened": "This is needed."}
    assert panel.form.values() == {"words": "Я еду."}
    panel.form.set_values({"class": "voice", "happened": "31.02.2022"})
    panel.save()
    assert "31.02.2022" in panel.form.errors()["happened"]
    assert len(at_desk.facts().timeline) == 17


def test_a_person_not_known_in_the_case_is_refused_under_the_field(page: CasePage) -> None:
    page.add("sign")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"class": "voice", "happened": "2022-08-21", "with": "Никодим"})
    panel.save()
    assert "Никодим" in panel.form.errors()["with"]


def test_a_draft_of_a_form_comes_back_and_escape_does_not_lose_it(page: CasePage) -> None:
    page.add("note")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"text": "Полмысли"})
    press(Qt.Key.Key_Escape, into=panel)
    page.add("note")
    again = page._beside.panel()
    assert isinstance(again, FormPanel)
    assert again.form.values()["text"] == "Полмысли"
    again.discard()
    page.add("note")
    fresh = page._beside.panel()
    assert isinstance(fresh, FormPanel)
    assert "text" not in fresh.form.values()


def test_a_change_of_an_entry_keeps_what_stood_there_in_its_history(at_desk: Desk, page: CasePage) -> None:
    entry = next(line.entry.id for line in at_desk.facts().promises if line.promise.promise.value == "salary")
    page.show_record(entry)
    details = page._beside.panel()
    assert isinstance(details, DetailsPanel)
    details._edit.click()
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"conditions": "если подпишет"})
    panel.save()
    page.show_record(entry)
    again = page._beside.panel()
    assert again is not None
    assert "Conditions: если подпишет" in _shown(again)


def test_undo_takes_the_last_change_back_and_the_page_follows(at_desk: Desk, page: CasePage) -> None:
    page.add("note")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"text": "лишнее"})
    panel.save()
    assert page.timeline.rowCount() == 18
    page.list.setFocus()
    press(Qt.Key.Key_Z, CONTROL)
    assert page.timeline.rowCount() == 17


def test_a_form_made_from_the_side_adds_a_person(at_desk: Desk, page: CasePage) -> None:
    page.add("person")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"name": "Лебедева Анна", "role": "spouse"})
    panel.save()
    assert "Wife or husband" in _shown(page._side)


def test_what_is_kept_from_her_is_lifted_from_her_details(at_desk: Desk, page: CasePage) -> None:
    mother = next(card.person.id for card in at_desk.facts().people if card.withheld)
    page.show_record(mother)
    details = page._beside.panel()
    assert isinstance(details, DetailsPanel)
    assert "Нина" not in _shown(details)
    kept = at_desk.facts().withholdings
    details.doors.change(kept[0].id, "withholding")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"state": "lifted"})
    panel.save()
    assert [each.state.value for each in at_desk.facts().withholdings] == ["lifted", *(["in_force"] * (len(kept) - 1))]


def _in_sight(page: CasePage) -> bool:
    """Whether the whole line that is chosen is seen, or as much of it as there is room for."""
    settle()
    line, room = page.list.visualRect(page.list.currentIndex()), page.list.viewport().rect()
    return room.contains(line) if line.height() <= room.height() else room.intersects(line)


def _chosen(page: CasePage) -> str:
    item = page.timeline.item(page.list.chosen())
    return item.id if item is not None else ""


@pytest.mark.parametrize("chip", ["", "promise"])
def test_what_was_just_saved_is_chosen_and_in_sight_whatever_was_shown_before(
    at_desk: Desk, page: CasePage, chip: str
) -> None:
    page.chips.choose(chip)
    page.list.choose(0)
    page.add("note")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"text": "Соседка видела его.", "happened": "2021-01-05"})  # older than all: the last line
    press(Qt.Key.Key_Return, CONTROL, into=panel)
    made = next(item.id for item in at_desk.facts().timeline if item.entry and item.entry.text == "Соседка видела его.")
    assert _chosen(page) == made
    assert _in_sight(page)
    page.reload()
    assert _chosen(page) == made


def test_a_conversation_just_saved_is_chosen_in_its_case(at_desk: Desk) -> None:
    at_desk.show(CasePage, "case", at_desk.case()).list.choose(5)
    talk = at_desk.show(ConversationPage, "conversation", at_desk.case())
    talk.talk.form.set_values({"happened": "2021-01-05", "text": "Звонила соседка."})
    talk.save()
    page = at_desk.page(CasePage)
    item = page.timeline.item(page.list.chosen())
    assert item is not None
    assert item.conversation is not None
    assert item.conversation.text == "Звонила соседка."
    assert _in_sight(page)


def test_large_text_in_a_low_window_leaves_the_head_in_one_line_until_asked(qapp: QApplication, at_desk: Desk) -> None:
    theme.wear(qapp, theme.LIGHT, 150)
    page = at_desk.show(CasePage, "case", at_desk.case())
    settle()
    assert page._head.height() < page.height() // 5
    shown = _shown(page._head)
    assert all(words in shown for words in ("K-001", "Рябина", "check now · 45 days"))
    assert "No direct word" not in shown
    turn = next(each for each in page._head.findChildren(QPushButton) if each.accessibleName() == "Show the whole head")
    turn.click()
    assert "No direct word for 45 days" in _shown(page._head)
    page.add("note")  # a form needs the room more
    assert "No direct word" not in _shown(page._head)


def test_people_and_rules_have_all_the_room_beside_the_timeline(page: CasePage) -> None:
    settle()
    foot = next(each for each in page._side.findChildren(QPushButton) if each.text() == "Add")
    under = page._side.height() - foot.mapTo(page._side, foot.rect().bottomLeft()).y()
    assert under < 2 * foot.height()
    assert foot.mapTo(page._side, foot.rect().topLeft()).y() > page._side.height() * 3 // 4


@pytest.mark.parametrize("percent", [100, 130, 150])
def test_at_any_text_size_people_and_the_legend_are_read_whole(qapp: QApplication, at_desk: Desk, percent: int) -> None:
    theme.wear(qapp, theme.LIGHT, percent)
    page = at_desk.show(CasePage, "case", at_desk.case())
    settle()
    roles = [each for each in page._side.findChildren(QPushButton) if each.text()]
    assert "Person sought" in [each.text() for each in roles]
    assert not [each.text() for each in roles if each.height() < each.sizeHint().height()]
    legend = [each for each in page.findChildren(QLabel) if each.text().startswith(("in italics:", "upright:"))]
    assert len(legend) == 2
    for each in legend:
        assert each.width() >= each.sizeHint().width()
        middle = each.parentWidget()
        assert middle is not None
        assert middle.rect().contains(each.geometry())


def test_where_there_is_room_a_form_moves_nothing(at_desk: Desk, page: CasePage) -> None:
    settle()
    before = page._head.height()
    page.add("sign")
    settle()
    assert page._head.height() == before
    at_desk.window.resize(1366, 500)
    settle()
    assert page._head.height() < before
    page._beside.close_panel()
    at_desk.window.resize(1366, 768)
    settle()
    assert page._head.height() == before
