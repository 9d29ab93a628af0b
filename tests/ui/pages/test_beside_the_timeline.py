"""What stands beside the timeline: tasks by their kind, a document's number on hold, and a form for every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from family_case.services import intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.widgets.case_side import ADDABLE
from ui.widgets.details import DetailsPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.person_field import PickField
from ui.widgets.reveal import Reveal
from ui.widgets.subject_panel import SubjectPanel

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Desk


def test_a_task_shows_its_kind_and_not_its_words(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    words = _shown(page._side)
    assert "Review" in words
    assert "Не сообщать матери" not in words


def test_the_number_of_a_document_shows_on_hold_only(at_desk: Desk) -> None:
    passport = {"case": "K-001", "person": "Лебедев Артём Игоревич", "kind": "internal_passport"}
    intake.add(at_desk.session, "identifier", passport | {"document_number": "8900 123456"})
    page = at_desk.show(CasePage, "case", at_desk.case())
    assert "8900" not in _shown(page._side)
    assert "…34-56" in _shown(page._side)
    (held,) = [each for each in page._side.findChildren(Reveal) if each._kept == "8900 123456"]
    held.pressed.emit()
    assert "8900 123456" in _shown(page._side)
    held.released.emit()
    assert "8900" not in _shown(page._side)


@pytest.mark.parametrize("noun", ADDABLE)
def test_every_record_has_its_form_at_the_case(at_desk: Desk, noun: str) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add(noun)
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    assert "case" not in panel.form.names()


def test_what_was_added_once_is_offered_in_every_case(at_desk: Desk) -> None:
    added = (
        ("source", {"name": "Военкор", "publisher": "канал"}, "note", "from_source"),
        ("cohort", {"name": "этап в августе"}, "member", "cohort"),
        ("body", {"name": "Омбудсмен"}, "denial", "body"),
        ("place", {"name": "ИК-99, Тверская область"}, "stay", "place"),
    )
    made = [intake.add(at_desk.session, noun, values).made for noun, values, _form, _field in added]
    page = at_desk.show(CasePage, "case", at_desk.case("K-005"))
    for record, (_noun, _values, form, name) in zip(made, added, strict=True):
        page.add(form)
        panel = page._beside.panel()
        assert isinstance(panel, FormPanel)
        field = panel.form.field(name)
        assert isinstance(field, PickField)
        assert field.findData(record) >= 0, form


def test_a_task_entered_here_stands_here_at_once_and_is_changed_from_its_details(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add("task")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"text": "позвонить", "kind": "call", "due": "2022-09-03"})
    panel.save()
    task = next(each for each in at_desk.facts().background.tasks if each.text == "позвонить")
    assert _shown(page._side).count("due: 3 Sep 2022") == 1
    page.show_record(task.id)
    page._beside.change(task.id, "task")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"state": "done", "done_on": "2022-08-22", "outcome": "дозвонились"})
    panel.save()
    assert "due: 3 Sep 2022" not in _shown(page._side)


def test_whom_an_entry_names_is_changed_in_its_own_form(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    sign = next(each for each in at_desk.facts().timeline if each.entry and each.entry.kind.value == "sign")
    mother = next(each.person.id for each in at_desk.facts().people if each.role.kind.value == "mother")
    page.show_record(sign.id)
    page._beside.change(sign.id, "sign")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    shown = panel.form.field("with")
    assert isinstance(shown, PickField)
    assert shown.currentText() == "brother"
    panel.form.set_values({"with": mother, "number": "+7 900 000-77-77"})
    panel.save()
    changed = next(each for each in at_desk.facts().timeline if each.id == sign.id)
    assert [person for _part, person, _name in changed.people] == [mother]
    assert [each.use.raw for each in changed.numbers] == ["+7 900 000-77-77"]
    assert at_desk.trouble == []


def test_a_step_shows_who_was_asked_and_what_each_answered_and_takes_a_reply(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    told = {"happened": "2022-08-10", "by_whom": "we", "bodies": "Прокуратура; ФСИН"}
    step = intake.log(at_desk.session, "step", "K-001", told).made
    page.reload()
    page.show_record(step)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    assert "Прокуратура" in _shown(panel)
    next(each for each in panel.findChildren(QPushButton) if each.text() == "Add a reply").click()
    form = page._beside.panel()
    assert isinstance(form, FormPanel)
    form.form.set_values({"body": "ФСИН", "reply": "forwarded", "forwarded_to": "Омбудсмен"})
    form.save()
    page.show_record(step)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    words = _shown(panel)
    assert "forwarded" in words
    assert "Омбудсмен" in words


def test_someone_known_in_another_case_gets_a_role_here_by_the_full_name(at_desk: Desk) -> None:
    intake.add(at_desk.session, "person", {"case": "K-002", "name": "Осина Ольга Олеговна", "role": "lawyer"})
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add("role")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"person": "Осина Ольга Олеговна", "kind": "lawyer"})
    panel.save()
    assert [each.name for each in at_desk.facts().people].count("Осина Ольга Олеговна") == 1
    assert at_desk.trouble == []


def test_what_is_told_of_a_colony_and_of_no_case_is_logged_and_shown_at_the_colony(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    assert page.view is not None
    colony = page.view.page.held_at
    assert colony is not None
    page.show_record(colony.id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    assert colony.name in _shown(panel)  # nobody's name: it needs no holding
    assert "Told of it, in no case\nnothing" in _shown(panel).replace("\n\n", "\n")
    panel.doors.log_about(colony.id, "offer")
    form = page._beside.panel()
    assert isinstance(form, FormPanel)
    form.form.set_values({"happened": "2022-07", "selected": "70", "applied": "700"})
    form.save()
    assert at_desk.trouble == []
    page.show_record(colony.id)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    assert "selected: 70; applied: 700" in _shown(panel)
    lines = [str(page.timeline.index(at, 0).data()) for at in range(page.timeline.rowCount())]
    assert not any("applied: 700" in line for line in lines)


def test_what_we_hold_about_a_person_masks_everyone_else_and_tells_how_much_is_kept(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    mother = next(card.person.id for card in at_desk.facts().people if card.withheld)
    intake.add(at_desk.session, "withholding", {"case": "K-001", "from": mother, "topic": "money"})
    page.show_record(mother)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    panel.doors.held(mother)
    held = page._beside.panel()
    assert isinstance(held, SubjectPanel)
    words = _shown(held)
    assert "Лебедева Нина Павловна" in words
    assert "+7 900 000-10-01" in words
    assert "Лебедев Роман" not in words
    assert "Left out because it is kept from this person" in words
