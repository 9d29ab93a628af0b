"""Rule 10: days without a reply are counted from what is known, and the sentence says from what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.i18n import translator
from family_case.model.dates import day_of, parse
from family_case.model.no_reply import Asked, Clock, ClockState, Counted, clock
from family_case.model.rule_words import clock_words
from family_case.model.step import ReplyKind, StepBy, StepReply, StepTaken
from family_case.services import law

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2022, 8, 22)
RU = law.deadlines()["reply_RU"]
DAYS = st.dates(date(2022, 1, 1), date(2022, 8, 22))


def reply(kind: ReplyKind, received: str = "") -> StepReply:
    return StepReply("r", "a", kind, parse(received) if received else None)


def counted(
    *, sent: str = "2022-08-05", proof: str = "receipt", registered: str = "", replies: Sequence[StepReply] = (),
    as_of: date = TODAY,
) -> Clock | None:  # fmt: skip
    step = StepTaken("s", StepBy.FAMILY, "letter", proof, "", parse(registered) if registered else None)
    happened = parse(sent) if sent else None
    return clock(step, happened, Asked("a", happened, forwarded=False, replies=replies), RU, as_of)


def test_it_counts_from_registration_where_it_is_known() -> None:
    found = counted(registered="2022-08-08")
    assert found is not None
    assert (found.counted, found.fewest, found.most) == (Counted.REGISTRATION, 14, 14)


def test_else_from_sending_and_says_so() -> None:
    found = counted()
    assert found is not None
    assert (found.counted, found.fewest) == (Counted.SENDING, 17)
    assert clock_words("Prisons", found, translator("en"), TODAY) == (
        "Prisons: no reply for 17 days, counted from sending, 5 August 2022: no registration is known. "
        "A reply is due by 4 September 2022. "
        "Federal Law of the Russian Federation of 2 May 2006 No. 59-FZ, article 12 (1). Not checked by a lawyer."
    )


def test_without_proof_of_sending_no_reply_is_recorded_and_no_day_is_counted() -> None:
    found = counted(proof=" ")
    assert found is not None
    assert (found.state, found.fewest, found.due) == (ClockState.UNPROVEN, None, None)
    assert clock_words("Prisons", found, translator("en"), TODAY) == (
        "Prisons: no reply recorded; nothing shows that it was sent, or when."
    )


def test_an_acknowledgement_proves_receipt_and_is_no_answer() -> None:
    found = counted(proof="", replies=[reply(ReplyKind.ACKNOWLEDGED, "2022-08-12")])
    assert found is not None
    assert (found.state, found.counted, found.fewest) == (ClockState.WAITING, Counted.ACKNOWLEDGED, 10)


@pytest.mark.parametrize("kind", [kind for kind in ReplyKind if kind not in (ReplyKind.NONE, ReplyKind.ACKNOWLEDGED)])
def test_any_other_reply_stops_the_clock_from_the_day_it_came(kind: ReplyKind) -> None:
    found = counted(replies=[reply(kind, "2022-08-20")])
    assert found is not None
    assert found.state is (ClockState.PASSED_ON if kind is ReplyKind.FORWARDED else ClockState.ANSWERED)
    before = counted(replies=[reply(kind, "2022-08-20")], as_of=date(2022, 8, 19))
    assert before is not None
    assert (before.state, before.fewest) == (ClockState.WAITING, 14)


def test_that_no_reply_was_noted_by_hand_stops_nothing() -> None:
    found = counted(replies=[reply(ReplyKind.NONE)])
    assert found is not None
    assert found.state is ClockState.WAITING


def test_forwarding_starts_the_clock_of_the_body_it_was_forwarded_to() -> None:
    step = StepTaken("s", StepBy.FAMILY, registered=parse("2022-07-01"))
    asked = Asked("b", parse("2022-08-20"), forwarded=True, replies=())
    found = clock(step, parse("2022-06-28"), asked, RU, TODAY)
    assert found is not None
    assert (found.counted, found.fewest) == (Counted.FORWARDING, 2)
    assert clock(step, parse("2022-06-28"), asked, RU, date(2022, 8, 19)) is None, "it was not asked yet"
    undated = clock(step, parse("2022-06-28"), Asked("b", None, forwarded=True, replies=()), RU, TODAY)
    assert undated is not None
    assert undated.state is ClockState.UNPROVEN


def test_a_registration_of_a_later_day_is_not_known_yet() -> None:
    found = counted(registered="2022-08-08", as_of=date(2022, 8, 7))
    assert found is not None
    assert found.counted is Counted.SENDING


def test_a_reply_is_late_only_when_the_last_possible_day_is_over() -> None:
    month = counted(sent="2022-07", as_of=date(2022, 8, 30))
    assert month is not None
    assert (month.fewest, month.most, month.days_late) == (30, 60, 0)
    over = counted(sent="2022-07", as_of=date(2022, 8, 31))
    assert over is not None
    assert over.days_late == 1
    assert "The reply was due by 30 August 2022, 1 day ago." in clock_words("P", over, translator("en"), TODAY)


@pytest.mark.parametrize(
    ("language", "days", "says"),
    [
        ("en", 1, "no reply for 1 day,"),
        ("ru", 1, "нет ответа 1\u00a0день,"),
        ("ru", 3, "нет ответа 3\u00a0дня,"),
        ("ru", 17, "нет ответа 17\u00a0дней,"),
        ("uk", 21, "без відповіді 21\u00a0день,"),
        ("uk", 22, "без відповіді 22\u00a0дні,"),
        ("uk", 25, "без відповіді 25\u00a0днів,"),
    ],
)
def test_the_days_bend_in_each_language(language: str, days: int, says: str) -> None:
    found = counted(sent=(TODAY - timedelta(days=days)).isoformat())
    assert found is not None
    assert says in clock_words("ФСИН", found, translator(language), TODAY)


@given(DAYS, DAYS, st.sampled_from(ReplyKind), st.booleans(), st.booleans(), DAYS)
def test_what_happens_after_a_day_changes_nothing_of_that_day(
    sent: date, received: date, kind: ReplyKind, proof: bool, registered: bool, as_of: date
) -> None:
    step = StepTaken("s", StepBy.WE, proof_of_sending="x" * proof, registered=day_of(received) if registered else None)
    later = StepReply("r", "a", kind, day_of(received))

    def found(replies: tuple[StepReply, ...]) -> Clock | None:
        return clock(step, day_of(sent), Asked("a", day_of(sent), forwarded=False, replies=replies), RU, as_of)

    if received > as_of:
        assert found((later,)) == found(())
    made = found((later,))
    assert (made is None) is (sent > as_of)
    if made is not None and made.fewest is not None and made.most is not None:
        assert 0 <= made.fewest <= made.most
