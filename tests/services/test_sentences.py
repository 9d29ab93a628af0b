"""The sentence about the silence (rule 2 of the domain): days as known, the last word by role, the warning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.i18n import translator
from family_case.model.case import CaseStatus
from family_case.model.entry import Channel
from family_case.model.kinds import SignClass
from family_case.model.person import RoleKind, Sex
from family_case.model.silence import Span, silence
from family_case.services import casework, intake
from family_case.services.sentences import last_word_item, silence_sentence

if TYPE_CHECKING:
    from family_case.services.session import Session

EN = translator("en")
TODAY = date(2022, 8, 22)
WARNING = "Silence alone says nothing about his fate."


def _sentence(session: Session, as_of: date = TODAY) -> str:
    page = casework.page(session, "K-001", as_of=as_of)
    return silence_sentence(page.silence, last_word_item(page.timeline), EN, page.people)


def _case(session: Session, **values: str) -> None:
    intake.add(session, "case", {"code": "K-001", **values})


def _sign(session: Session, happened: str, kind: str = "voice", **values: str) -> None:
    intake.log(session, "sign", "K-001", {"happened": happened, "class": kind, **values})


def test_the_sentence_of_the_first_case(story: Session) -> None:
    assert _sentence(story) == (
        "No direct word for 45 days (we check after 30). Last: text to his brother, 8 July 2022. " + WARNING
    )


def test_a_partial_date_gives_a_range_of_days(session: Session) -> None:
    _case(session)
    _sign(session, "2022-07-03/2022-07-09")
    assert _sentence(session) == (
        "No direct word for 44 to 50 days (we check after 30). Last: call, 3–9 July 2022. " + WARNING
    )


def test_no_word_at_all_is_said_plainly(session: Session) -> None:
    _case(session)
    _sign(session, "2022-07-03", "unverified")
    assert _sentence(session) == f"No direct word is recorded, and no day when he was last seen. {WARNING}"


def test_without_a_word_the_days_count_from_when_he_was_last_seen(session: Session) -> None:
    _case(session, last_seen="2022-08-20/2022-08-21")
    assert _sentence(session) == (
        f"No direct word since he was last seen 1 to 2 days ago (we check after 30). {WARNING}"
    )
    assert _sentence(session, date(2022, 9, 1)).startswith(
        "No direct word since he was last seen 11 to 12 days ago (we check after 30)."
    )


def test_one_day_is_one_day(session: Session) -> None:
    _case(session, last_seen="2022-08-21")
    assert "last seen 1 day ago" in _sentence(session)
    _sign(session, "2022-08-21")
    assert _sentence(session).startswith("No direct word for 1 day (we check after 30).")


@pytest.mark.parametrize(("status", "says"), [("paused", "Checking is paused."), ("ended", "Checking has ended.")])
def test_a_clock_that_stands_still_is_named(session: Session, status: str, says: str) -> None:
    _case(session, status=status, status_reason="дома")
    _sign(session, "2022-08-01")
    assert _sentence(session) == (
        f"No direct word for 21 days (we check after 30). Last: call, 1 August 2022. {says} {WARNING}"
    )


@pytest.mark.parametrize(
    ("role", "sex", "kind", "says"),
    [
        (RoleKind.MOTHER, Sex.FEMALE, SignClass.VOICE, "call to his mother"),
        (RoleKind.SIBLING, Sex.FEMALE, SignClass.VIDEO, "video to his sister"),
        (RoleKind.SIBLING, Sex.UNKNOWN, SignClass.HANDWRITING, "letter to his brother or sister"),
        (RoleKind.RELATIVE, Sex.UNKNOWN, SignClass.CHECK_ANSWERED, "text to a relative"),
        (RoleKind.STRANGER, Sex.UNKNOWN, SignClass.KNOWN_NUMBER, "text"),
    ],
)
def test_the_last_word_is_told_by_role_and_never_by_name(
    session: Session, role: RoleKind, sex: Sex, kind: SignClass, says: str
) -> None:
    _case(session)
    person = {"case": "K-001", "role": str(role.value), "name": "Лебедева Нина Павловна", "sex": str(sex.value)}
    known = intake.add(session, "person", person).made
    _sign(session, "2022-08-01", str(kind.value), **{"with": known, "channel": str(Channel.OTHER.value)})
    sentence = _sentence(session)
    assert f"Last: {says}, 1 August 2022." in sentence
    assert "Лебедева" not in sentence


def test_the_last_word_is_the_one_that_ends_last(session: Session) -> None:
    _case(session)
    _sign(session, "2022-07-01/2022-08-10", "video")
    _sign(session, "2022-07-20")
    assert "Last: video, 1 July – 10 August 2022." in _sentence(session)


@pytest.mark.parametrize(("days", "word"), [(1, "день"), (3, "дня"), (5, "дней"), (21, "день")])
def test_russian_bends_the_days(days: int, word: str) -> None:
    day = date.fromordinal(TODAY.toordinal() - days)
    state = silence(Span(day, day), None, TODAY, 30, CaseStatus.OPEN)
    told = silence_sentence(state, None, translator("ru"))
    assert f"{days}\u00a0{word}" in told
    ranged = silence_sentence(replace(state, fewest=0), None, translator("ru"))
    assert str(days) in ranged
    assert "{" not in told + ranged
