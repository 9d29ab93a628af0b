"""What the rules say stands beside the timeline, with the age of the last proof in the head, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.services import editing, intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.pages.today import TodayPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.pages.conftest import Desk


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("To heed", "no reply for 17 days", "(48 days left)", "Not checked by a lawyer.")),
        (
            "ru",
            ("На что обратить внимание", "нет ответа 17\u00a0дней", "(осталось 48\u00a0дней)", "Юрист не проверял."),
        ),
        ("uk", ("На що зважати", "без відповіді 17\u00a0днів", "(залишилося 48\u00a0днів)", "Юрист не перевіряв.")),
    ],
)
def test_deadlines_and_days_without_a_reply_stand_at_the_case(
    desk_in: Callable[[str], Desk], language: str, says: tuple[str, ...]
) -> None:
    desk = desk_in(language)
    words = _shown(desk.show(CasePage, "case", desk.case())._side)
    assert [each for each in says if each not in words] == []


def test_news_of_death_asks_who_tells_and_is_one_report_among_others(at_desk: Desk) -> None:
    page = at_desk.show(CasePage, "case", at_desk.case("K-005"))
    words = _shown(page._side)
    assert "There is news the family has not been told" in words
    assert "Reports since the last proof; none tells his fate for certain" in words
    assert "сокамерник; 2 people between" in words
    assert "death" not in _shown(page._head)


def test_the_head_says_how_long_ago_the_last_proof_was(at_desk: Desk) -> None:
    proof = {"happened": "2022-08-12", "class": "voice", "with": "Лебедев Роман Игоревич", "recognised_by": "голос"}
    intake.log(at_desk.session, "sign", "K-001", proof)
    page = at_desk.show(CasePage, "case", at_desk.case())
    assert "12 August 2022, 10 days ago" in _shown(page._head)


def test_what_holds_for_a_ukrainian_citizen_stands_at_the_case(at_desk: Desk) -> None:
    editing.change(at_desk.session, "K-004", {"citizenship": "UA"})
    words = _shown(at_desk.show(CasePage, "case", at_desk.case("K-004"))._side)
    assert "Letters to Russian bodies are off until a lawyer allows them" in words
    assert "No face, number or place may be published." in words


def test_a_statement_about_a_group_stands_in_the_tellers_words(at_desk: Desk) -> None:
    words = _shown(at_desk.show(CasePage, "case", at_desk.case("K-002"))._side)
    assert "About “десять человек его группы”, in the teller's words: “из десяти трое осталось”; as told by:" in words


def test_today_names_the_task_and_not_the_news(at_desk: Desk) -> None:
    page = at_desk.show(TodayPage, "today")
    lines = [" ".join(str(page.rows.index(at, part).data()) for part in range(5)) for at in range(page.rows.rowCount())]
    (line,) = [each for each in lines if each.startswith("K-005") and "family" in each]
    assert "who tells the family" in line
    assert "death" not in line
