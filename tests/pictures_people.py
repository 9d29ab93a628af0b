"""Scenes of people and places with several names, of someone written down twice, and of an office's own fields."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtTest import QTest

from family_case.services import intake, merging
from tests.pictures_scenes import case_page, frame, panel
from ui.pages.record import RecordPage
from ui.widgets.merge_dialog import MergeDialog
from ui.widgets.same_person import SamePerson

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from family_case.model.changes import Changes
    from tests.pictures_scenes import Scene
    from ui.pages import Page

_MOTHER: Final = "Лебедева Нина Павловна"


def _mother(page: Page) -> str:
    here = case_page(page)
    assert here.view is not None
    return next(card.person.id for card in here.view.page.people if card.withheld)


def _add(page: Page, noun: str, **values: str) -> None:
    case_page(page).context.jobs.write(partial(intake.add, noun=noun, values={"case": "K-001", **values}))


def names(page: Page) -> None:
    """A relative with three names and an own field."""
    _add(page, "name", person=_MOTHER, name="Нинуля", kind="nickname", language="ru")
    _add(page, "name", person=_MOTHER, name="LEBEDEVA NINA", kind="passport_latin", language="en")
    own = {"name": "Группа крови", "of": "person", "class": "sensitive"}
    case_page(page).context.jobs.write(partial(intake.add, noun="field", values=own))
    _add(page, "value", field="Группа крови", person=_MOTHER, content="вторая")
    case_page(page).show_record(_mother(page))


def name_form(page: Page) -> None:
    """One more name, half typed."""
    case_page(page).add("name", {"person": _mother(page)})
    panel(page).form.set_values({"name": "Лебедєва Ніна", "kind": "former", "language": "uk"})


def name_change(page: Page) -> None:
    """A name that is to be changed, or taken away."""
    here = case_page(page)
    assert here.view is not None
    card = next(each for each in here.view.page.people if each.withheld)
    here._beside.change(card.names[-1].id, "name")


def alias_form(page: Page) -> None:
    """Another name of the colony."""
    here = case_page(page)
    assert here.view is not None
    assert here.view.page.held_at is not None
    here.add("alias", {"place": here.view.page.held_at.id})
    panel(page).form.set_values({"name": "Озёрный", "language": "ru"})


def field_form(page: Page) -> None:
    """A field of the office's own."""
    case_page(page).add("field")
    panel(page).form.set_values({"name": "Группа крови", "of": "person", "class": "sensitive"})


def twice(page: Page) -> QWidget:
    """Before two records are shown as one person."""
    here = case_page(page)
    _add(page, "person", case="K-002", name="Осина Ольга Олеговна", role="friend")
    here.show_record(_mother(page))
    same = here.findChildren(SamePerson)[-1]
    same.ask()
    dialog = same.findChild(MergeDialog)
    assert dialog is not None
    dialog.field.set_value("Осина Ольга Олеговна")
    QTest.qWait(400)
    return page.window()


def as_one(page: Page) -> None:
    """Someone who was written down twice."""
    here = case_page(page)
    here.context.jobs.write(partial(merging.merge, ref="Осина Ольга Олеговна", into=_MOTHER))
    here.show_record(_mother(page))


def in_no_case(page: Page) -> None:
    """Someone who was written down before anybody knew in which case."""
    values = {"name": "Сидорова Нина", "number": "8 900 000 66 77", "note": "видела колонну у переезда"}
    found: list[Changes] = []
    case_page(page).context.jobs.write(partial(intake.add, noun="person", values=values), found.append)
    case_page(page).context.frame.go("record", found[0].made)


def role_form(page: Page) -> None:
    """Into a case with her."""
    in_no_case(page)
    shown = frame(page).current()
    assert isinstance(shown, RecordPage)
    shown.give_role()


SCENES: Final[tuple[Scene, ...]] = (
    ("people-name", "case", "K-001", name_form),
    ("people-alias", "case", "K-001", alias_form),
    ("people-field", "case", "K-001", field_form),
)
# These write, each after the one before.
WRITING: Final[tuple[Scene, ...]] = (
    ("people-names", "case", "K-001", names),
    ("people-name-change", "case", "K-001", name_change),
    ("people-twice", "case", "K-001", twice),
    ("people-as-one", "case", "K-001", as_one),
    ("people-in-no-case", "case", "K-001", in_no_case),
    ("people-in-no-case-form", "case", "K-001", role_form),
    ("people-history", "history", "K-001", lambda _page: None),
)
