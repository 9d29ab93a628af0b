"""The page and the list of cases on any day: rules 1, 2 and 5 over what was entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.promises import PromiseState
from family_case.model.silence import SilenceState
from family_case.services import casework, intake, today
from tests.services.casebook import case, log, person

if TYPE_CHECKING:
    from family_case.model.silence import Silence
    from family_case.services.session import Session


@pytest.fixture
def told(session: Session) -> Session:
    case(session, last_seen="2022-06-01", interval="30")
    person(session, "Лебедева Нина", "mother")
    return session


def silence(session: Session, day: str = "2022-08-22", ref: str = "K-001") -> Silence:
    """The silence of the page, which the list must say too."""
    as_of = date.fromisoformat(day)
    found = casework.page(session, ref, as_of=as_of).silence
    (listed,) = [row.silence for row in casework.cases(session, as_of=as_of) if row.code == ref]
    assert listed == found
    return found


@pytest.mark.parametrize("kind", ["voice", "video", "known_number", "check_answered", "handwriting"])
def test_what_came_from_him_directly_ends_the_silence(told: Session, kind: str) -> None:
    log(told, "sign", happened="2022-08-20", class_=kind)
    assert (silence(told).most, silence(told).since_last_seen) == (2, False)


@pytest.mark.parametrize("kind", ["unverified", "third_party", "caller_claim", "media", "account"])
def test_unverified_text_and_what_others_say_never_counts(told: Session, kind: str) -> None:
    log(told, "sign", happened="2022-08-20", class_=kind)
    assert (silence(told).most, silence(told).since_last_seen) == (82, True)


def test_a_talk_with_the_mother_does_not_end_the_silence(told: Session) -> None:
    before = silence(told)
    log(told, "conversation", happened="2022-08-21", with_="Лебедева Нина")
    assert silence(told) == before
    assert casework.page(told, "K-001").last_talk == "2022-08-21"


@pytest.mark.parametrize(("kind", "days"), [("voice", 2), ("video", 2), ("known_number", 82), ("handwriting", 82)])
def test_what_the_family_wrote_to_him_is_no_word_from_him_but_a_call_is(told: Session, kind: str, days: int) -> None:
    log(told, "sign", happened="2022-08-20", class_=kind, direction="out")
    assert silence(told).most == days


def test_a_number_through_which_two_men_are_claimed_never_counts(told: Session) -> None:
    log(told, "sign", happened="2022-08-20", class_="voice", number="+7 900 000-55-01")
    assert silence(told).most == 2
    case(told, "K-002", "Рябов Иван", last_seen="2022-06-01")
    log(told, "sign", "K-002", happened="2022-08-21", class_="unverified", number="8 900 000 55 01")
    assert silence(told).most == 82
    assert silence(told, ref="K-002").most == 82


def test_a_number_of_an_approach_in_another_case_claims_nobody(told: Session) -> None:
    log(told, "sign", happened="2022-08-20", class_="voice", number="+7 900 000-55-01")
    case(told, "K-002", "Рябов Иван")
    log(told, "approach", "K-002", happened="2022-08-21", number="8 900 000 55 01")
    assert silence(told).most == 2


def test_an_open_date_is_bounded_by_when_it_was_learned_and_never_after_the_day_asked(told: Session) -> None:
    log(told, "sign", happened="2022-08-01/..", learned="2022-08-10", class_="voice")
    assert (silence(told).fewest, silence(told).most) == (12, 21)
    assert (silence(told, "2022-08-05").fewest, silence(told, "2022-08-05").most) == (0, 4)


def test_an_open_date_nobody_learned_is_bounded_by_the_day_of_record(told: Session) -> None:
    log(told, "sign", happened="2022-08-01/..", class_="voice")
    assert (silence(told).fewest, silence(told).most) == (0, 21)


def test_a_past_day_does_not_know_later_words(told: Session) -> None:
    log(told, "sign", happened="2022-07-08", class_="voice")
    log(told, "sign", happened="2022-08-20", class_="voice")
    assert (silence(told, "2022-08-01").most, silence(told, "2022-07-01").most) == (24, 30)
    assert silence(told, "2022-05-01").state is SilenceState.UNKNOWN
    page = casework.page(told, "K-001", as_of=date(2022, 8, 1))
    assert len([item for item in page.timeline if item.entry]) == 1


def test_a_past_day_does_not_know_later_talks_terms_or_payments(told: Session) -> None:
    log(told, "conversation", happened="2022-07-01", with_="Лебедева Нина", call_back="2022-07-10")
    promise = log(
        told, "promise", happened="2022-07-02", promise="salary", amount="5", currency="RUB", due="2022-07-09"
    )
    log(told, "conversation", happened="2022-08-01", with_="Лебедева Нина")
    log(told, "payment", happened="2022-08-02", amount="5", currency="RUB", against=promise)
    (then,) = casework.cases(told, as_of=date(2022, 7, 15))
    assert (then.last_talk, then.call_back, then.first_due) == ("2022-07-01", "2022-07-10", "2022-07-09")
    page = casework.page(told, "K-001", as_of=date(2022, 7, 15))
    assert page.last_talk == "2022-07-01"
    assert [line.standing.state for line in page.promises] == [PromiseState.OVERDUE]
    (now,) = casework.cases(told)
    assert (now.last_talk, now.call_back, now.first_due) == ("2022-08-01", None, None)
    assert [line.standing.state for line in casework.page(told, "K-001").promises] == [PromiseState.KEPT]
    assert casework.cases(told, as_of=date(2022, 6, 1))[0].last_talk is None


def test_a_past_day_does_not_know_of_a_later_payment_alone(told: Session) -> None:
    promise = log(
        told, "promise", happened="2022-07-02", promise="salary", amount="5", currency="RUB", due="2022-07-09"
    )
    log(told, "payment", happened="2022-08-02", amount="5", currency="RUB", against=promise)
    assert casework.cases(told, as_of=date(2022, 7, 15))[0].first_due == "2022-07-09"
    assert casework.cases(told)[0].first_due is None


def test_what_is_dated_in_the_future_is_not_yet(told: Session) -> None:
    made = intake.log(told, "conversation", "K-001", {"happened": "2022-09-01", "with": "Лебедева Нина"})
    assert "future" in made.notes[0][0]
    assert casework.cases(told)[0].last_talk is None
    log(told, "conversation", happened="2022-08", with_="Лебедева Нина")
    assert casework.cases(told)[0].last_talk == casework.page(told, "K-001").last_talk == "2022-08-22"


@pytest.mark.parametrize(("role", "claimed"), [("official", "no"), ("lawyer", "no"), ("mother", "yes")])
def test_a_talk_with_someone_else_is_no_talk_with_the_family(told: Session, role: str, claimed: str) -> None:
    person(told, "Громов", role, claimed=claimed)
    log(told, "conversation", happened="2022-08-21", with_="Громов")
    log(told, "conversation", happened="2022-08-22")
    assert casework.cases(told)[0].last_talk is None


def test_who_proves_to_be_family_was_family(told: Session) -> None:
    person(told, "Вера", "stranger", claimed="yes")
    log(told, "conversation", happened="2022-08-21", with_="Вера")
    intake.add(told, "role", {"case": "K-001", "person": "Вера", "kind": "spouse"})
    assert casework.cases(told)[0].last_talk == "2022-08-21"


def today_lines(session: Session, day: str = "2022-08-22") -> list[tuple[str, str | None, int]]:
    lines = today.today(session, as_of=date.fromisoformat(day))
    return [(line.why, line.day, line.days) for line in lines if line.why != "un_window"]  # has tests of its own


def test_today_shows_every_call_back_promised_until_it_was_kept(told: Session) -> None:
    person(told, "Лебедев Роман", "sibling")
    log(told, "sign", happened="2022-08-20", class_="voice")
    log(told, "conversation", happened="2022-08-10", with_="Лебедева Нина", call_back="2022-08-15")
    log(told, "conversation", happened="2022-08-11", with_="Лебедев Роман", call_back="2022-08-22")
    assert today_lines(told) == [("call_back", "2022-08-15", 7), ("call_back", "2022-08-22", 0)]
    log(told, "conversation", happened="2022-08-16", with_="Лебедева Нина")
    assert today_lines(told) == [("call_back", "2022-08-22", 0)]
    assert ("call_back", "2022-08-15", 0) in today_lines(told, "2022-08-15")  # as it stood that day


def test_a_call_promised_for_the_evening_of_the_same_day_is_shown_until_made(told: Session) -> None:
    log(told, "sign", happened="2022-08-20", class_="voice")
    log(told, "conversation", happened="2022-08-22T10:00", with_="Лебедева Нина", call_back="2022-08-22T18:00")
    assert today_lines(told) == [("call_back", "2022-08-22", 0)]
    log(told, "conversation", happened="2022-08-22", with_="Лебедева Нина")
    assert today_lines(told) == []


def test_a_call_back_without_an_end_is_due_from_its_first_day(told: Session) -> None:
    log(told, "sign", happened="2022-08-20", class_="voice")
    log(told, "conversation", happened="2022-08-10", with_="Лебедева Нина", call_back="2022-08-20/..")
    assert today_lines(told) == [("call_back", "2022-08-20", 2)]


def test_today_orders_by_urgency_and_counts_the_longer_silence(told: Session) -> None:
    log(told, "sign", happened="2022-07-25/2022-07-31", class_="voice")
    log(told, "promise", happened="2022-07-02", promise="salary", due="2022-08-10")
    log(told, "conversation", happened="2022-07-03", with_="Лебедева Нина")
    assert today_lines(told) == [
        ("check_soon", "2022-07-31", 28),
        ("overdue", "2022-08-10", 12),
        ("no_talk", "2022-07-03", 50),
    ]
    assert [line.why for line in today.today(told, limit=2)] == ["un_window", "check_soon"]


def test_a_paused_case_stops_its_clocks_and_not_a_promised_call(session: Session) -> None:
    case(session, last_seen="2022-06-01", status="paused")
    person(session, "Лебедева Нина", "mother")
    log(session, "conversation", happened="2022-08-10", with_="Лебедева Нина", call_back="2022-08-15")
    assert today_lines(session) == [("call_back", "2022-08-15", 7)]


def test_a_promise_without_an_amount_is_not_overdue_once_something_came(told: Session) -> None:
    promise = log(told, "promise", happened="2022-07-02", promise="salary", due="2022-08-10")
    assert casework.cases(told)[0].first_due == "2022-08-10"
    log(told, "payment", happened="2022-08-09", amount="1", currency="RUB", against=promise)
    assert casework.cases(told)[0].first_due is None


def test_the_page_gathers_people_numbers_requests_and_places(told: Session) -> None:
    log(told, "request", happened="2022-07-10", document="internal_passport", number="+7 900 000-41-17", sent="yes")
    log(told, "note", text="из окна видели", place="ИК-17, Мордовия", with_="Лебедева Нина")
    page = casework.page(told, "K-001")
    assert [line.numbers[0].endpoint.norm for line in page.requests] == ["+79000004117"]
    assert [line.request.sent.value for line in page.requests] == ["sent"]
    (note,) = [item for item in page.timeline if item.place]
    assert note.place is not None
    assert (note.place.number, note.place.region, note.people[0][2]) == ("17", "Мордовия", "Лебедева Нина")


def test_a_record_is_found_by_code_or_id_and_an_unknown_one_refused(told: Session) -> None:
    note = log(told, "note", text="x")
    assert casework.resolve(told, note) == casework.resolve(told, "k-001 ")
    assert casework.record(told, note).id == note
    assert casework.record(told, "K-001").TABLE == "case_file"
    for ref in ("K-999", "", "nothing", "a\x00", "\udcff"):
        with pytest.raises(Refused):
            casework.page(told, ref)
        with pytest.raises(Refused):
            casework.record(told, ref)
