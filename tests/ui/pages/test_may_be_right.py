"""What looks wrong and may be right is saved from the window with a word of warning, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from family_case.i18n import translator
from family_case.model.person import RoleKind
from family_case.services import casework, intake
from family_case.services.following import SOUGHT_TOO
from ui.pages.case import CasePage
from ui.widgets.erase_dialog import EraseDialog, Erasure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.ui.pages.conftest import Desk
    from ui.widgets.form_panel import FormPanel

EARLY = "This payment lies before the promise it is set against. It was saved so; check both days."
CURRENCY = (
    "This payment is in another currency than the promise it is set against, and counts nothing towards its amount. "
    "It was saved so."
)
DUE = "This promise was due before it was made. It was saved so; check both days."
STILL_OPEN = "These promises by this person are still open; they stay, and will no longer say by whom: {ids}"
PAID = {"happened": "2022-07-01", "amount": "500", "currency": "RUB"}
PROMISE = {"happened": "2022-08-10", "promise": "salary", "amount": "100 000", "currency": "RUB", "by": "Никодим"}


@pytest.fixture(params=["en", "ru", "uk"])
def desk(request: pytest.FixtureRequest, desk_in: Callable[[str], Desk]) -> Desk:
    return desk_in(str(request.param))


def saved(desk: Desk, noun: str, values: Mapping[str, str]) -> str:
    """Fill the form of a noun beside the timeline and save it; what the window says then."""
    page = desk.show(CasePage, "case", desk.case())
    page.add(noun)
    panel = cast("FormPanel", page._beside.panel())
    panel.form.set_values(values)
    panel.save()
    assert panel.form.errors() == {}
    return desk.window._toast.words()


def words(desk: Desk, message: str, **values: object) -> str:
    return translator(desk.window.context.tr.language).text(message, **values)


def test_a_payment_before_its_promise_or_in_another_currency(desk: Desk) -> None:
    promise = intake.log(desk.session, "promise", "K-001", PROMISE).made
    assert words(desk, EARLY) in saved(desk, "payment", PAID | {"against": promise})
    said = saved(desk, "payment", PAID | {"against": promise, "happened": "2022-08-11", "currency": "USD"})
    assert words(desk, CURRENCY) in said
    assert words(desk, EARLY) not in said
    (line,) = [each for each in desk.facts().promises if each.entry.id == promise]
    assert line.standing.paid == 500_00


def test_a_promise_due_before_it_was_made_and_one_without_an_amount(desk: Desk) -> None:
    assert words(desk, DUE) in saved(desk, "promise", PROMISE | {"due": "2022-07"})
    assert words(desk, DUE) not in saved(desk, "promise", {"happened": "2022-08-10", "promise": "salary"})
    assert [line.promise.amount for line in desk.facts().promises][-2:].count(None) == 1


@pytest.mark.parametrize("when", ["2022-07/..", "../2022-07"])
def test_an_interval_that_is_open(desk: Desk, when: str) -> None:
    saved(desk, "note", {"text": "где-то тогда", "happened": when})
    (noted,) = [item for item in desk.facts().timeline if item.entry and item.entry.text == "где-то тогда"]
    assert noted.entry is not None
    assert noted.entry.happened is not None
    assert noted.entry.happened.edtf == when


def test_a_relative_who_is_sought_in_another_case(desk: Desk) -> None:
    people = casework.page(desk.session, "K-002").people
    sought = next(card.person.id for card in people if card.role.kind is RoleKind.SOUGHT)
    assert words(desk, SOUGHT_TOO) in saved(desk, "role", {"person": sought, "kind": "sibling"})


def test_whoever_goes_for_good_with_promises_still_open(desk: Desk) -> None:
    promise = intake.log(desk.session, "promise", "K-001", PROMISE).made
    by = next(person for item in desk.facts().timeline if item.id == promise for _part, person, _name in item.people)
    page = desk.show(CasePage, "case", desk.case())
    dialog = EraseDialog(page.context, Erasure(by, "x", lines={promise: "LINE"}), page)
    assert words(desk, STILL_OPEN, ids="LINE") in dialog.plan_words()
    dialog.reject()
