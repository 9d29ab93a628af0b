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
from family_case.services.sentences import last_word_item, silence_sentence, unquoted

if TYPE_CHECKING:
    from family_case.services.session import Session

EN = translator("en")
TODAY = date(2022, 8, 22)
WARNING = "Silence alone says nothing about his fate."


def _sentence(session: Session, as_of: date = TODAY) -> str:
    page = casework.page(session, "K-001", as_of=as_of)
    return silence_sentence(page.silence, last_word_item(page.timeline), EN, page.people)


def _case(session: Session, **values: str) -> None:
    intake.add(session, "case", {"code": "K-001", "sex": "male", **values})


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


SAID = {
    "male": (
        "Last: call to his wife, 1 August 2022. Silence alone says nothing about his fate.",
        "звонок жене, 1 августа 2022. Само по себе молчание ничего не говорит о его судьбе.",
        "дзвінок дружині, 1 серпня 2022. Саме по собі мовчання нічого не говорить про його долю.",
    ),
    "female": (
        "Last: call to her husband, 1 August 2022. Silence alone says nothing about her fate.",
        "звонок мужу, 1 августа 2022. Само по себе молчание ничего не говорит о её судьбе.",
        "дзвінок чоловікові, 1 серпня 2022. Саме по собі мовчання нічого не говорить про її долю.",
    ),
    "unknown": (
        (
            "Last: call to the wife or husband, 1 August 2022. "
            "Silence alone says nothing about the fate of the person sought."
        ),
        ("звонок жене или мужу, 1 августа 2022. Само по себе молчание ничего не говорит о судьбе пропавшего человека."),
        (
            "дзвінок дружині чи чоловікові, 1 серпня 2022. "
            "Саме по собі мовчання нічого не говорить про долю зниклої людини."
        ),
    ),
}


@pytest.mark.parametrize(("sex", "of_spouse"), [("male", "female"), ("female", "male"), ("unknown", "unknown")])
def test_a_woman_who_is_sought_is_she_and_who_is_not_known_is_neither(
    session: Session, sex: str, of_spouse: str
) -> None:
    _case(session, sex=sex)
    spouse = {"case": "K-001", "role": "spouse", "name": "Саша", "sex": of_spouse}
    _sign(session, "2022-08-01", **{"with": intake.add(session, "person", spouse).made})
    page = casework.page(session, "K-001", as_of=TODAY)
    for language, ending in zip(("en", "ru", "uk"), SAID[sex], strict=True):
        tr = translator(language)
        told = silence_sentence(page.silence, last_word_item(page.timeline), tr, page.people)
        assert told.replace("\u00a0", " ").endswith(ending)


SEEN = {
    "male": ("since he was last seen 1 day ago", "его видели 1 день назад", "його бачили 1 день тому"),
    "female": ("since she was last seen 1 day ago", "её видели 1 день назад", "її бачили 1 день тому"),
    "unknown": (
        "since the person sought was last seen 1 day ago",
        "пропавшего человека видели 1 день назад",
        "зниклу людину бачили 1 день тому",
    ),
}


@pytest.mark.parametrize("sex", SEEN)
def test_the_day_last_seen_is_told_of_a_woman_as_of_a_man(session: Session, sex: str) -> None:
    _case(session, sex=sex, last_seen="2022-08-21")
    page = casework.page(session, "K-001", as_of=TODAY)
    for language, words in zip(("en", "ru", "uk"), SEEN[sex], strict=True):
        told = silence_sentence(page.silence, None, translator(language), page.people)
        assert words in told.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("«Жив»", "Жив"),
        (" “I am alive” ", "I am alive"),
        ("„Живий“", "Живий"),
        ('"жив"', "жив"),
        ("«он сказал «жив»»", "он сказал «жив»"),
        ("«Жив», сказал он, «и здоров»", "«Жив», сказал он, «и здоров»"),
        ('"Жив", сказал он, "и здоров"', '"Жив", сказал он, "и здоров"'),
        ("передал «жив»", "передал «жив»"),
        ("«", "«"),
        ("", ""),
    ],
)
def test_words_typed_in_quotation_marks_get_no_second_pair(typed: str, told: str) -> None:
    assert unquoted(typed) == told
