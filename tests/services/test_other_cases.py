"""People, codes and numbers of other cases leave in no paper, however typed; this case's own words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from family_case.model.changes import Reason
from family_case.model.dossier import WithheldWhy
from family_case.model.person import Person, PersonName, Role, RoleKind
from family_case.services import casework, intake, publishing
from family_case.services.masking import GAP
from family_case.services.other_cases import other_cases
from tests.services.casebook import case, consent, family, lawyer, log, person

if TYPE_CHECKING:
    from family_case.services.session import Session

MOTHER = "Лебедева Нина Павловна"


@pytest.fixture
def told(session: Session) -> Session:
    """Case K-001, whose paper is wanted, and five others with which it has nobody in common."""
    case(session, "K-002", "Гришин Павел Олегович", alias="Осока")
    person(session, "Гришина Светлана", "spouse", "K-002", number="+7 916 200-00-01")
    person(session, "Кравець Юлія", "sibling", "K-002", number="+380 67 200 00 02")
    case(session, "K-003", "Коваленко Сергій Миколайович", alias="Кремень", latin="KOVALENKO SERHII")
    person(session, "Мороз Мария", "mother", "K-003", number="@moroz_maria")
    case(session, "K-004", "Ким Виктор Львович", alias="Перевал")
    person(session, "Мар'янова Ганна", "spouse", "K-004")
    person(session, "Щербаков Фёдор", "fellow_prisoner", "K-004")
    case(session, "K-005", "Соловей Андрей Юрьевич")
    case(session, "K-006", "Петрова-Водкина Ольга", alias="Мельница")
    person(session, "Саранский Игорь", "sibling", "K-006")
    case(session, held_at="ИК-17, Саранск", alias="Рябина")
    consent(session, person(session, "Лебедев Роман", "sibling", number="+7 900 000-10-02"), "lawyer, case_work")
    person(session, MOTHER, "mother")
    return session


def printed(session: Session, text: str) -> str:
    """What a note of this text says in the lawyer's paper of K-001."""
    note = log(session, "note", text=text, happened="2022-07-08")
    items = publishing.dossier(session, "K-001", lawyer()).items
    return next(item.entry.text for item in items if item.entry.id == note)


GONE = (
    "K-0002", "K – 002", "Гри‑\nшин", "Hryshyn", "Кім Вітя", "Гришин", "Гришина", "Гришину", "Гришиным",
    "гришина", "ГРИШИН", "Grishin", "Grishina", "Гришин Павел", "Павел Гришин", "П. О. Гришин", "Гришин П.О.",
    "Гришина Света", "Павел Олегович Гришин", "Гриши\u00adн", "Гри\u200bшин", "Гри\u0301шин", "Гpишин",
    "Гришин\nПавел", "Павлом\nГришиным", "Коваленко", "коваленку", "Коваленком", "Kovalenko",
    "Serhii Kovalenko", "Кравець", "Кравця", "Кравцем", "Kravets", "Кравец", "Мар'янова", "Мар’янову",
    "Марʼянову", "Марьянова", "Marianova", "Мороз", "Мороз Маша", "Марии Мороз", "Ким Виктор", "Виктора Кима",
    "Ким В.", "Щербаков", "Щербакову", "Shcherbakov", "Scherbakov", "Соловей", "Соловья", "Соловьём",
    "Петрова-Водкина", "Петрову-Водкину", "Водкиной", "Гри-\nшин", "К-002", "K-002", "к-002", "K002", "K–002",
    "К 002", "K-2", "к-2", "K\u00ad-002", "Осока", "Осоки", "+7 916 200-00-01", "89162000001",
    "8 (916) 200 00 01", "916-200-00-01", "067 200 00 02", "+380672000002", "@moroz_maria", "moroz_maria",
    "007 916 2000001",
)  # fmt: skip


@pytest.mark.parametrize("typed", GONE)
def test_what_belongs_to_another_case_is_taken_out(told: Session, typed: str) -> None:
    assert printed(told, f"Сообщили нам, что {typed}, как и он, там") == f"Сообщили нам, что {GAP}, как и он, там"


STAYS = (
    "Павел, Светлана и Сергей", "Павел Олегович", "Мария", "Виктор", "к 2 часам, к 12 августа", "в 17 часов",
    "Ким", "ударил мороз, соловей пел", "Лебедев Роман, Лебедевы, Артём", "в Саранске", "ИК-17", "Рябина",
    "K-001", "К-001", "+7 900 000-10-02", "8 916 200-00-09", "2022-07-08", "грамм, гриф, коваль", "крав",
    "5 000 000",
)  # fmt: skip


@pytest.mark.parametrize("typed", STAYS)
def test_what_belongs_to_this_case_or_to_nobody_stays(told: Session, typed: str) -> None:
    assert printed(told, f"Сказали, {typed} там") == f"Сказали, {typed} там"


def test_a_plain_word_that_opens_a_sentence_stays_and_a_surname_inside_one_goes(told: Session) -> None:
    log(told, "note", text="Был мороз.", happened="2022-07-05")
    assert printed(told, "Мороз ударил.") == "Мороз ударил."
    assert printed(told, "Мороз ударил, и Мороз Мария ушла.") == f"{GAP} ударил, и {GAP} ушла."


def test_the_rest_of_a_name_goes_also_across_a_dash_or_a_bracket(told: Session) -> None:
    assert printed(told, "его Виктор — Ким, Ким (Виктор)") == f"его {GAP} — {GAP} ({GAP})"


def test_a_place_of_this_case_stays_unless_a_given_name_stands_beside(told: Session) -> None:
    assert printed(told, "Саранский поезд, Игорь Саранский") == f"Саранский поезд, {GAP}"


def test_someone_with_a_role_in_both_is_this_cases_too(told: Session) -> None:
    recruiter = person(told, "Громов Виталий", "recruiter", "K-002", claimed="yes", number="+7 916 200-00-07")
    assert printed(told, "Звонил Громов с +7 916 200-00-07") == f"Звонил {GAP} с {GAP}"
    intake.add(told, "role", {"case": "K-001", "person": recruiter, "kind": "recruiter", "claimed": "yes"})
    assert "Звонил Громов" in printed(told, "Звонил Громов")


def test_a_number_that_is_part_of_this_case_stays(told: Session) -> None:
    log(told, "approach", number="8 916 200 00 01", happened="2022-07-10")
    assert printed(told, "тот же +7 916 200-00-01") == "тот же +7 916 200-00-01"


def test_every_text_of_every_entry_is_gone_through(told: Session) -> None:
    said = "Гришин из K-002, +7 916 200-00-01"
    log(told, "approach", happened="2022-07-10", claimed_name=said, pretext=said, threats=said, source=said, words=said)
    log(told, "sign", happened="2022-07-11", class_="voice", recognised_by=said, words=said)
    for order in (lawyer(), family(MOTHER)):
        paper = repr(publishing.dossier(told, "K-001", order))
        assert "Гришин" not in paper
        assert "K-002" not in paper
        assert "200-00-01" not in paper


def test_what_was_taken_out_is_counted_for_the_lawyer_and_listed_for_the_caseworker_only(told: Session) -> None:
    log(told, "note", text="Павел Гришин из K-002, 8 916 200 00 01; Гришин", happened="2022-07-08")
    hidden = [each.text for each in publishing.tells(told, "K-001", lawyer()) if each.what == "hidden"]
    assert sorted(hidden) == sorted(["8 916 200 00 01", "K-002", "Павел Гришин", "Гришин"])
    paper = publishing.dossier(told, "K-001", lawyer())
    assert dict(paper.withheld)[WithheldWhy.OTHER_CASES] == 4
    assert not any(text in repr(paper) for text in hidden)


def test_a_paper_without_any_says_nothing_of_other_cases(told: Session) -> None:
    log(told, "note", text="Звонил брат", happened="2022-07-08")
    assert WithheldWhy.OTHER_CASES not in dict(publishing.dossier(told, "K-001", lawyer()).withheld)
    assert not [each for each in publishing.tells(told, "K-001", lawyer()) if each.what == "hidden"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["Гришин", "Гришиным", "Коваленко", "Кравця", "Щербаковой", "K-002", "+7 916 200-00-01"]),
    st.sampled_from([" ", ", ", "\n", " (", "; ", "\u00a0", " «", "\t", "/"]),
    st.sampled_from(["", ".", ")", "», ", "!", "\n", " и мать", "/"]),
    st.text("абвгд \n", max_size=12),
)
def test_nothing_around_it_saves_what_belongs_to_another_case(
    told: Session, said: str, before: str, after: str, words: str
) -> None:
    assert said not in printed(told, f"{words}{before}{said}{after}")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("YEFREMOV OLEH", "Ефремовым"), ("Ефремов Олег", "Yefremov"), ("OUMAROV ALI", "Умаров"), ("Мороз Ия", "мороз ия")],
)
def test_it_goes_also_where_another_spelling_begins_otherwise_and_in_small_letters(
    told: Session, kept: str, typed: str
) -> None:
    person(told, kept, "sibling", "K-006")
    assert printed(told, f"сообщили, {typed}, там") == f"сообщили, {GAP}, там"


# --- very many of one name ---

MANY = 120
SHARED = ("Гришин", "Гришина", "Коваленко", "Щербаков", "Мельниченко")


def namesakes(session: Session, surname: str, given: list[str]) -> None:
    """People of one surname in K-002, as many as given names."""
    case_id = casework.resolve(session, "K-002")
    with session.vault.change(Reason.ADD, session.actor) as change:
        for name in given:
            someone = change.fresh_id()
            change.put(Person(someone))
            change.put(PersonName(change.fresh_id(), someone, f"{surname} {name}"))
            change.put(Role(change.fresh_id(), case_id, someone, RoleKind.SIBLING))


@pytest.fixture
def crowded(told: Session) -> Session:
    """The same six cases, and beside them more of five surnames than are looked up one by one."""
    for surname in SHARED:
        namesakes(told, surname, ["Павел Ильич"] * MANY)
    return told


def test_of_a_surname_that_thousands_share_nobody_slips_through(crowded: Session) -> None:
    namesakes(crowded, "Гришин", ["Хаожань Тхиевич", "Нго", "Хуэ"])  # the last ones; no table of given names knows them
    last = (
        "Гришин Хаожань", "Хаожанем Гришиным", "гришин хаожань", "Хаожань Тхиевич Гришин", "Гришин Нго", "Хуа Гришин",
        "Ж. Гришин",
    )  # fmt: skip
    for typed in (*GONE, *last):
        assert printed(crowded, f"Сообщили нам, что {typed}, как и он, там") == (
            f"Сообщили нам, что {GAP}, как и он, там"
        )


def test_beside_a_surname_of_thousands_plain_words_stay(crowded: Session) -> None:
    assert printed(crowded, "Вчера Гришин Сказал матери: приедет") == f"Вчера {GAP} Сказал матери: приедет"
    assert printed(crowded, "Павел, Светлана и Сергей Ильич") == "Павел, Светлана и Сергей Ильич"


def test_a_surname_of_thousands_that_is_this_cases_too_stays(crowded: Session) -> None:
    person(crowded, "Мельниченко Анна", "sibling")
    consent(crowded, person(crowded, "Мельниченко Ева", "sibling"), "lawyer, case_work")
    assert "Ева Мельниченко" in printed(crowded, "Ева Мельниченко приехала")


def test_who_has_a_role_here_and_this_cases_alias_are_nobody_elses(crowded: Session) -> None:
    text = "Лебедев Артём и Рябина, потом Щербаков Павел"
    case_id = casework.resolve(crowded, "K-001")
    cleaned = other_cases(crowded, case_id, [text], known=(), places=(), people=()).clean(text)
    assert cleaned == f"Лебедев Артём и Рябина, потом {GAP}"


def test_a_paper_costs_no_more_when_a_name_is_shared_by_twice_as_many(crowded: Session) -> None:
    def asked() -> int:
        sent: list[str] = []
        crowded.vault.connection.set_trace_callback(sent.append)
        texts = [f"{surname} Павел звонил" for surname in SHARED]
        other_cases(crowded, casework.resolve(crowded, "K-001"), texts, known=(), places=(), people=())
        crowded.vault.connection.set_trace_callback(None)
        return len(sent)

    before = asked()
    for surname in SHARED:
        namesakes(crowded, surname, [f"Павел {count}" for count in range(MANY)])
    assert asked() == before
