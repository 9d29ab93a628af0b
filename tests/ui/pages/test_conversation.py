"""Ctrl+N: a conversation by keyboard alone, with what was told in it, as one change that one undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from family_case.model.entry import Channel
from family_case.model.kinds import Promise, SignOfLife
from family_case.services import drafts
from family_case.services.forms import LOGGED
from tests.ui.keyboard import CONTROL, enter, press
from ui.pages.case import CasePage
from ui.pages.conversation import ConversationPage
from ui.widgets.date_field import DateField
from ui.widgets.person_field import PickField
from ui.widgets.state_label import StateLabel
from ui.widgets.told import ToldBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Desk


def _listed(page: ConversationPage) -> list[str]:
    room = page._summary
    found = [item.widget() for at in range(room.count()) if (item := room.itemAt(at)) is not None]
    return [each.words.text() for each in found if isinstance(each, StateLabel)]


def test_a_conversation_is_logged_by_keyboard_alone(qtbot: QtBot, at_desk: Desk) -> None:
    before = len(at_desk.facts("K-002").timeline)
    page = at_desk.show(ConversationPage, "conversation")
    enter("Осока", into=page.case.field)
    qtbot.waitUntil(lambda: page.case.found.count() == 1)
    press(Qt.Key.Key_Return, into=page.case.field)
    press(Qt.Key.Key_Tab)  # past "with whom"
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Tab)
    enter("Ничего нового.")
    press(Qt.Key.Key_Return, CONTROL)
    at_desk.page(CasePage)
    facts = at_desk.facts("K-002")
    assert len(facts.timeline) == before + 1
    talk = next(item.conversation for item in facts.timeline if item.conversation and item.conversation.text)
    assert (talk.text, talk.channel.value, talk.happened.edtf) == ("Ничего нового.", "telegram", "2022-08-22")


def test_a_channel_taken_back_is_not_told(qtbot: QtBot, at_desk: Desk) -> None:
    before = at_desk.facts().timeline
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.form.focus_field("channel")
    press(Qt.Key.Key_Backspace)
    assert _listed(page) == ["Conversation: 22 August 2022"]
    page.save()
    at_desk.page(CasePage)
    (added,) = (item.conversation for item in at_desk.facts().timeline if item not in before)
    assert added is not None
    assert added.channel is Channel.UNKNOWN


def test_tab_from_what_was_said_adds_what_was_told_by_one_key(qtbot: QtBot, at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.form.focus_field("text")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_1)
    block = page.talk.blocks[0]
    assert block.noun == "sign"
    press(Qt.Key.Key_1)
    assert block.form.values()["class"] == "voice"


def test_all_that_was_told_is_one_change_and_one_undo_takes_it_back(qtbot: QtBot, at_desk: Desk) -> None:
    before = at_desk.facts()
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.form.set_values({"text": "Слышала его голос; деньги обещают к сентябрю."})
    page.talk.add("sign").form.set_values({"class": "voice", "happened": "2022-08-20"})
    told = page.talk.add("promise").form
    told.set_values(
        {"promise": "salary", "amount": "100 000", "currency": "RUB", "due": "2022-09-01", "happened": "2022-08-21"}
    )
    page.save()
    after = at_desk.facts()
    added = [item for item in after.timeline if item.id not in {each.id for each in before.timeline}]
    assert {type(item.detail) for item in added} == {type(None), SignOfLife, Promise}
    assert after.silence.most == 2
    at_desk.window.undo()
    assert at_desk.facts() == before


def test_what_will_be_written_is_listed_before_it_is(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.add("promise").form.set_values({"promise": "salary", "amount": "100 000", "currency": "RUB"})
    assert _listed(page) == ["Conversation: 22 August 2022, phone", "Promise: salary, 100 000 RUB", "needs: When"]


def test_a_day_that_is_none_is_not_listed_as_if_it_would_be_written(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.add("sign").form.set_values({"class": "voice", "happened": "вчера или позавчера"})
    assert _listed(page)[1:] == ["Sign of life: вчера или позавчера, voice", "check: When"]
    page.talk.blocks[0].form.set_values({"happened": "2022-08-20"})
    assert _listed(page)[1:] == ["Sign of life: 20 August 2022, voice"]


def test_two_things_told_that_are_both_wrong_are_both_said_at_once(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.form.set_values({"text": "Звонила мать.", "happened": "давно"})
    sign = page.talk.add("sign").form
    sign.set_values({"class": "voice", "happened": "вчера", "number": "чужой"})
    promise = page.talk.add("promise").form
    promise.set_values({"promise": "salary", "amount": "сто", "currency": "RUB"})
    page.save()
    assert set(page.talk.form.errors()) == {"happened"}
    assert set(sign.errors()) == {"happened", "number"}
    assert promise.errors().keys() == {"amount", "happened"}
    assert promise.errors()["happened"] == "This is needed."


def test_a_refusal_stands_under_the_field_and_nothing_is_lost(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    page.talk.form.set_values({"text": "Звонил чужой."})
    block = page.talk.add("promise")
    block.form.set_values({"promise": "salary", "amount": "сто", "currency": "RUB", "happened": "2022-08-21"})
    page.save()
    assert "сто" in block.form.errors()["amount"]
    assert page.talk.form.values()["text"] == "Звонил чужой."
    block.form.set_values({"amount": "100", "happened": ""})
    page.save()
    assert block.form.errors() == {"happened": "This is needed."}


def test_without_a_case_nothing_is_saved_and_it_is_said(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation")
    page.talk.form.set_values({"text": "Кто это был?"})
    page.save()
    assert "Choose the case" in page._trouble.text()
    assert page.talk.form.values()["text"] == "Кто это был?"


def test_a_draft_is_kept_after_a_second_and_comes_back_with_what_was_told(qtbot: QtBot, at_desk: Desk) -> None:
    case = at_desk.case()
    page = at_desk.show(ConversationPage, "conversation", case)
    page.talk.form.set_values({"text": "Полслова"})
    page.talk.add("sign").form.set_values({"class": "voice"})
    qtbot.waitUntil(lambda: bool(drafts.load(at_desk.session, "conversation", case)), timeout=3000)
    assert at_desk.facts().timeline[-1].conversation is None or "Полслова" not in str(at_desk.facts().timeline)
    page.go(at_desk.case("K-002"))
    assert page.talk.form.values().get("text") is None
    page.go(case)
    assert page.talk.form.values()["text"] == "Полслова"
    assert page.talk.blocks[0].form.values() == {"class": "voice"}


def test_the_draft_goes_when_it_is_saved(at_desk: Desk) -> None:
    case = at_desk.case()
    page = at_desk.show(ConversationPage, "conversation", case)
    page.talk.form.set_values({"text": "Готово"})
    page._drafting.keep()
    assert drafts.load(at_desk.session, "conversation", case)
    page.save()
    assert drafts.load(at_desk.session, "conversation", case) == {}


def test_what_was_typed_in_the_last_second_is_left_for_the_lock(at_desk: Desk) -> None:
    case = at_desk.case()
    page = at_desk.show(ConversationPage, "conversation", case)
    page.talk.form.set_values({"text": "Не договор"})
    for word in at_desk.window.last_words():
        word(at_desk.session)
    assert drafts.load(at_desk.session, "conversation", case) == {"text": "Не договор"}


def test_a_number_known_from_other_cases_says_so_after_saving(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case("K-008"))
    block = page.talk.add("approach")
    block.form.set_values({"number": "8 900 000 41 17", "happened": "2022-08-21"})
    page.save()
    assert "The same number occurs in" in at_desk.window._toast.words()
    assert "phones are shared" in at_desk.window._toast.words()


def test_what_was_removed_is_not_written_and_leaves_the_draft(at_desk: Desk) -> None:
    case = at_desk.case()
    page = at_desk.show(ConversationPage, "conversation", case)
    page.talk.add("sign").form.set_values({"class": "voice"})
    page.talk.add("note").form.set_values({"text": "остаётся"})
    page._drafting.keep()
    page.talk.blocks[0].removed.emit()
    page._drafting.keep()
    assert [block.noun for block in page.talk.blocks] == ["note"]
    assert drafts.load(at_desk.session, "conversation", case) == {"0.note.text": "остаётся"}


def test_of_two_things_of_one_kind_the_one_that_lacks_something_says_so(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    whole, half = page.talk.add("note"), page.talk.add("note")
    whole.form.set_values({"text": "целое"})
    page.save()
    assert whole.form.errors() == {}
    assert half.form.errors() == {"text": "This is needed."}


def test_with_whom_is_chosen_by_role_without_a_name_in_sight_and_found_by_name_too(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    field = page.talk.form.field("with")
    assert isinstance(field, PickField)
    offered = [field.itemText(at) for at in range(field.count())]
    assert "mother" in offered
    assert not [words for words in offered if "Лебедев" in words]
    page.talk.form.set_values({"with": "Нина Павловна", "text": "Звонила."})
    page.save()
    talk = next(item.conversation for item in at_desk.facts().timeline if item.conversation and item.conversation.text)
    mother = next(card.person.id for card in at_desk.facts().people if card.role.kind.value == "mother")
    assert talk.person_id == mother


def test_every_kind_is_told_by_the_key_it_has_in_the_menu_of_a_case(at_desk: Desk) -> None:
    page = at_desk.show(ConversationPage, "conversation", at_desk.case())
    bar = page.talk.form.findChild(ToldBar)
    assert bar is not None
    for key in "1234567890-":
        enter(key, into=bar)
    assert [block.noun for block in page.talk.blocks] == [noun for noun in LOGGED if noun != "conversation"]
    enter("=", into=bar)
    assert len(page.talk.blocks) == len(LOGGED) - 1
    promised = page.talk.form.field("call_back")
    assert isinstance(promised, DateField)
    assert promised.line.hasFocus()
