"""How an entry is known stands in its details and its history: by whom, through how many, how far to be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.i18n import LANGUAGES, translator
from family_case.model.entry import Basis, Credibility, Hazard, Reliability
from family_case.services import editing, intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.model.base import Coded
    from tests.ui.pages.conftest import Desk

CODES: tuple[Coded, ...] = (Basis.FROM_OTHER, Reliability.MOSTLY, Credibility.UNSURE, Hazard.INSIDER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_source_basis_hands_and_hazard_of_an_entry(desk_in: Callable[[str], Desk], language: str) -> None:
    desk = desk_in(language)
    told = {"name": "Нагорный", "publisher": "Вестник края", "reliability": "mostly"}
    source = intake.add(desk.session, "source", told).made
    talk = intake.log(desk.session, "conversation", "K-001", {"happened": "2022-08-09", "text": "звонила"}).made
    known = {"basis": "from_other", "hands": "2", "credibility": "unsure", "hazard": "insider", "told_in": talk}
    entry = {"happened": "2022-07-05", "text": "видели строй", "from_source": source, **known}
    noted = intake.log(desk.session, "note", "K-001", entry).made
    page = desk.show(CasePage, "case", desk.case())
    page.show_record(noted)
    panel = page._beside.panel()
    assert panel is not None
    shown = _shown(panel)
    for code in CODES:
        words = translator(language).text(code.label)
        assert shown.count(words) == 2, words  # in its field and in the history
    assert "Вестник края" in shown
    assert "9" in shown.split("Вестник края", maxsplit=1)[0]  # the day of the conversation it was told in
    assert "Нагорный" not in shown
    editing.change(desk.session, noted, {"hands": "0", "hazard": "military"})
    page.show_record(noted)
    changed = page._beside.panel()
    assert changed is not None
    assert "2 → 0" in _shown(changed)


def test_what_an_entry_is_linked_to_stands_in_its_history(at_desk: Desk) -> None:
    """A payment set against another promise is another claim; a change that says nothing would hide that."""
    first, second = (
        intake.log(at_desk.session, "promise", "K-001", {"happened": f"2022-08-0{day}", "promise": "salary"}).made
        for day in (1, 2)
    )
    paid = {"happened": "2022-08-02", "amount": "5", "currency": "RUB", "against": first}
    payment = intake.log(at_desk.session, "payment", "K-001", paid).made
    page = at_desk.show(CasePage, "case", at_desk.case())
    for against, words in (
        (second, "Against promise: 1 Aug 2022 · Promise · salary → 2 Aug 2022 · Promise · salary"),
        ("", "Against promise: 2 Aug 2022 · Promise · salary → –"),
    ):
        editing.change(at_desk.session, payment, {"against": against})
        page.show_record(payment)
        panel = page._beside.panel()
        assert panel is not None
        assert words in _shown(panel)


def test_another_giver_of_a_consent_stands_in_its_history_by_role(at_desk: Desk) -> None:
    brother, mother = (
        next(card.person.id for card in at_desk.facts().people if card.role.kind.value == kind)
        for kind in ("sibling", "mother")
    )
    consent = next(each.id for each in at_desk.facts().consents if each.giver_id == brother)
    editing.change(at_desk.session, consent, {"giver": mother})
    page = at_desk.show(CasePage, "case", at_desk.case())
    page.show_record(consent)
    panel = page._beside.panel()
    assert panel is not None
    assert "Given by: brother → mother" in _shown(panel)
