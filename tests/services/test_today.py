"""Today: what is found from the derived state is what every single case would say, however few lines are wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from family_case.services import crowd, safekeeping, today, today_rules
from tests.services.casebook import case, log, person

if TYPE_CHECKING:
    from family_case.model.views import TodayLine
    from family_case.services.session import Session


def _asked_one_by_one(session: Session, days: int, limit: int) -> list[TodayLine]:
    day = session.today() + timedelta(days=days)
    found = [*today._by_records(session, day), *today_rules.lines(session, day)]
    return sorted(found, key=lambda line: (today._ORDER[line.why], -line.days, line.code))[:limit]


@pytest.fixture
def office(session: Session) -> Session:
    """Fifty cases of many kinds, and some in which something is dated ahead."""
    crowd.fill(session, 50)
    for number, happened in ((901, "2022-08-25"), (902, "2022-09-30"), (903, "2022-08-22")):
        code = f"K-{number}"
        case(session, code, "Небылов Никто Никакович", last_seen="2022-07")
        person(session, "Небылова Нина", "mother", code)
        log(session, "sign", code, happened="2022-07-01/2022-07-20", class_="voice")
        log(session, "sign", code, happened=happened, class_="voice")
        log(session, "conversation", code, happened="2022-07-22", with_="Небылова Нина", call_back="2022-08-01")
        log(session, "conversation", code, happened=happened, with_="Небылова Нина")
    case(session, "K-910", "Пустов Пётр")
    case(session, "K-911", "Поздний Пётр", last_seen="9999-12-31", interval="999999")
    return session


@pytest.mark.parametrize("limit", [1, 7, 30, 1000])
@pytest.mark.parametrize("days", [0, 1, 4, 20, 60, 400])
def test_today_is_the_same_as_when_every_case_is_asked(office: Session, days: int, limit: int) -> None:
    found = today.today(office, as_of=office.today() + timedelta(days=days), limit=limit)
    assert found == _asked_one_by_one(office, days, limit)
    assert found


def test_a_window_that_closes_stands_between_a_call_and_a_check_however_few_lines_are_shown(session: Session) -> None:
    case(session, "K-001", "Небылов Никто", last_seen="2022-05-25")
    case(session, "K-002", "Пустов Пётр")
    person(session, "Пустова Нина", "mother", "K-002")
    log(session, "conversation", "K-002", happened="2022-08-10", with_="Пустова Нина", call_back="2022-08-15")
    case(session, "K-003", "Поздний Пётр", last_seen="2022-02-01")
    shown = [[line.why for line in today.today(session, limit=limit)] for limit in (1, 2, 3)]
    assert shown == [["call_back"], ["call_back", "un_window"], ["call_back", "un_window", "check_now"]]


def test_the_state_from_which_today_is_made_is_verified(office: Session) -> None:
    assert safekeeping.verify(office).ok
    office.vault.connection.execute("UPDATE case_state SET now_on = '2023-01-01' WHERE code = 'K-001'")
    assert not safekeeping.verify(office).ok
