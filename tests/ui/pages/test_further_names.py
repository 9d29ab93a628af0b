"""Further names at the case: seen on hold, added from the person's place, changed and taken away with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from family_case.services import intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.widgets.details import DetailsPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.reveal import Reveal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Desk

MOTHER = "Лебедева Нина Павловна"


def press(panel: QWidget, words: str) -> None:
    """Press the button of these words, as read or as spoken."""
    buttons = [each for each in panel.findChildren(QPushButton) if words in (each.text(), each.accessibleName())]
    buttons[0].click()


def details(page: CasePage, record_id: str) -> DetailsPanel:
    """The details of a record."""
    page.show_record(record_id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    return panel


def form(page: CasePage) -> FormPanel:
    """The form that is open."""
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    return panel


def on_hold_only(panel: DetailsPanel, kept: str) -> None:
    """These words show while they are held, and not before."""
    assert kept not in _shown(panel)
    (held,) = [each for each in panel.findChildren(Reveal) if each._kept == kept]
    held.pressed.emit()
    assert kept in _shown(panel)


def test_a_second_name_is_added_from_the_person_shown_on_hold_changed_and_taken_away(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    mother = next(card.person.id for card in at_desk.facts().people if card.name == MOTHER)
    press(details(page, mother), "Add a name")
    form(page).form.set_values({"name": "Нинуля", "kind": "nickname", "language": "ru"})
    form(page).save()
    panel = details(page, mother)
    assert "Nickname · Russian" in _shown(panel)
    on_hold_only(panel, "Нинуля")
    press(panel, "Change: Nickname · Russian")
    form(page).form.set_values({"name": "Нинель"})
    form(page).save()
    names = [name.entered for card in at_desk.facts().people for name in card.names if card.person.id == mother]
    assert names == [MOTHER, "Нинель"]
    press(details(page, mother), "Change: Nickname · Russian")
    press(form(page), "Take away")
    assert "taken away – Name of a person" in at_desk.window._toast.words()
    assert "no longer know this name" in at_desk.window._toast.words()
    assert [len(card.names) for card in at_desk.facts().people if card.person.id == mother] == [1]
    at_desk.window.undo()
    assert [len(card.names) for card in at_desk.facts().people if card.person.id == mother] == [2]
    assert at_desk.trouble == []


def test_a_half_typed_name_of_one_person_does_not_come_up_at_another(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    first, second = (card.person.id for card in at_desk.facts().people[:2])
    press(details(page, first), "Add a name")
    form(page).form.field("name").set_value("Тёма")
    form(page).close_panel()
    press(details(page, second), "Add a name")
    assert form(page).form.values() == {"person": second}
    form(page).close_panel()
    press(details(page, first), "Add a name")
    assert form(page).form.values()["name"] == "Тёма"


def test_another_name_of_a_place_is_added_at_the_place(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    held_at = at_desk.facts().held_at
    assert held_at is not None
    press(details(page, held_at.id), "Add another name of it")
    form(page).form.set_values({"name": "Дубравлаг"})
    form(page).save()
    assert "Дубравлаг" in _shown(details(page, held_at.id))  # nobody's name: it needs no holding
    press(details(page, held_at.id), "Change: Other name")
    press(form(page), "Take away")
    assert "Дубравлаг" not in _shown(details(page, held_at.id))


def test_in_the_past_nothing_is_added(at_desk: Desk) -> None:
    intake.add(at_desk.session, "name", {"case": "K-001", "person": MOTHER, "name": "Нинуля", "kind": "nickname"})
    page = at_desk.show(CasePage, "case", at_desk.case())
    page._stand_on(at_desk.session.today())
    mother = next(card.person.id for card in at_desk.facts().people if card.name == MOTHER)
    panel = details(page, mother)
    assert "Nickname" in _shown(panel)
    assert not [each for each in panel.findChildren(QPushButton) if each.text() == "Add a name"]


def test_an_own_field_is_defined_filled_shown_on_hold_and_taken_away(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    mother = next(card.person.id for card in at_desk.facts().people if card.name == MOTHER)
    for noun, values in (
        ("field", {"name": "Группа крови", "of": "person", "class": "sensitive"}),
        ("field", {"name": "Полка", "of": "case", "class": "none"}),
        ("value", {"field": "Группа крови", "person": mother, "content": "вторая"}),
        ("value", {"field": "Полка", "content": "нижняя"}),
    ):
        page.add(noun)
        form(page).form.set_values(values)
        form(page).save()
    assert at_desk.trouble == []
    assert "Полка" in _shown(page._side)
    assert "нижняя" not in _shown(page._side)
    panel = details(page, mother)
    assert "Группа крови" in _shown(panel)
    on_hold_only(panel, "вторая")
    press(panel, "Change: Content of an own field")
    press(form(page), "Take away")
    assert "Группа крови" not in _shown(details(page, mother))
