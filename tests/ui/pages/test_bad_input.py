"""What nobody should type, typed into the window: a clear sentence, nothing written, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.model.entry import EntryKind
from family_case.services import casework
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.widgets.form_panel import FormPanel

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Desk

PROMISE = {"promise": "salary", "happened": "2022-08-21"}
BAD = {
    "day that does not exist": ("promise", PROMISE | {"due": "31.02.2022"}, "due"),
    "number that is none": ("promise", PROMISE | {"number": "позвони мне"}, "number"),
    "negative money": ("promise", PROMISE | {"amount": "-5", "currency": "RUB"}, "amount"),
    "money without a currency": ("promise", PROMISE | {"amount": "500"}, "amount"),
    "currency nobody knows": ("promise", PROMISE | {"amount": "5", "currency": "XXQ"}, "currency"),
    "a megabyte of text": ("note", {"text": "я" * 1_000_000}, "text"),
    "control character": ("note", {"text": "до\x07после"}, "text"),
    "someone unknown": ("promise", PROMISE | {"to": "Никодим"}, "to"),
}


@pytest.mark.parametrize(("noun", "values", "place"), BAD.values(), ids=BAD.keys())
def test_a_refusal_is_said_where_it_belongs_and_what_was_typed_stays(
    at_desk: Desk, noun: str, values: dict[str, str], place: str
) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    before = at_desk.facts()
    page.add(noun)
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values(values)
    typed = panel.form.values()
    panel.save()
    assert list(panel.form.errors()) == [place]
    assert panel.form.errors()[place]
    assert panel.form.values() == typed
    assert at_desk.facts() == before
    assert at_desk.trouble == []


ALL_WRONG = {
    "happened": "позавчера",
    "due": "31.02.2022",
    "number": "позвони мне",
    "amount": "-5",
    "currency": "XXQ",
    "to": "Никодим",
}


def test_everything_that_is_wrong_is_said_at_once_each_under_its_field(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add("promise")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values(ALL_WRONG)
    panel.save()
    said = panel.form.errors()
    assert set(said) == {"promise", *ALL_WRONG}
    assert said["promise"] == "This is needed."
    for name, typed in ALL_WRONG.items():
        assert typed in said[name]
    panel.form.set_values({"promise": "salary", "happened": "2022-08-20", "due": "", "number": "", "amount": ""})
    panel.save()
    assert set(panel.form.errors()) == {"currency", "to"}


def test_a_change_says_all_that_is_wrong_too(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    sign = next(item for item in at_desk.facts().timeline if item.entry and item.entry.kind is EntryKind.SIGN)
    page._beside.change(sign.id, "sign")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"happened": "", "learned": "недавно", "number": "никакой"})
    panel.save()
    assert set(panel.form.errors()) == {"happened", "learned", "number"}


def test_a_code_that_is_taken_and_a_day_that_is_none_are_both_said(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases", "new")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"alias": "Клён", "code": "K-001", "born": "весной"})
    panel.save()
    assert set(panel.form.errors()) == {"born", "code"}
    assert "K-001" in panel.form.errors()["code"]


def test_mixed_directions_are_kept_as_typed(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.add("note")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"text": "он сказал «שלום» и ушёл"})
    panel.save()
    assert any(item.entry and item.entry.text == "он сказал «שלום» и ушёл" for item in at_desk.facts().timeline)


def test_a_code_that_is_taken_is_refused_under_its_field(at_desk: Desk) -> None:
    page = at_desk.show(CasesPage, "cases", "new")
    panel = page._beside.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"alias": "Клён", "code": "K-001"})
    panel.save()
    assert "K-001" in panel.form.errors()["code"]
    assert casework.count(at_desk.session) == 10
