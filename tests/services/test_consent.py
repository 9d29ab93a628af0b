"""Rule 8: on whose word a paper may leave, and what it may say of whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.i18n import translator
from family_case.model.dossier import LabelKind
from family_case.services import intake, publishing
from tests.services.casebook import case, consent, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier
    from family_case.services.session import Session


def paper(session: Session) -> Dossier:
    return publishing.dossier(session, "K-001", lawyer())


@pytest.fixture
def brother(session: Session) -> str:
    case(session, alias="Рябина")
    return person(session, "Лебедев Роман", "sibling", number="+7 900 000-10-01")


def refused(session: Session) -> str:
    with pytest.raises(Refused) as refusal:
        paper(session)
    return str(refusal.value)


def test_without_any_consent_no_paper_leaves(session: Session, brother: str) -> None:
    assert "Nobody has consented" in refused(session)


@pytest.mark.parametrize(
    ("language", "day"), [("en", "22 August 2022"), ("ru", "22 августа 2022"), ("uk", "22 серпня 2022")]
)
def test_the_refusal_says_the_day_in_words_of_the_reader(
    session: Session, brother: str, language: str, day: str
) -> None:
    with pytest.raises(Refused) as refusal:
        paper(session)
    told = translator(language).text(refusal.value.message, **refusal.value.values)
    assert day in told
    assert "2022-08-22" not in told


def test_consent_to_another_purpose_opens_no_lawyers_paper(session: Session, brother: str) -> None:
    consent(session, brother, "media, case_work")
    assert "Nobody has consented" in refused(session)
    assert publishing.dossier(session, "K-001", family("Лебедев Роман")).for_person


def test_consent_to_a_lawyer_opens_no_extract_for_the_family(session: Session, brother: str) -> None:
    consent(session, brother, "lawyer")
    with pytest.raises(Refused):
        publishing.dossier(session, "K-001", family("Лебедев Роман"))


@pytest.mark.parametrize(
    "dates",
    [
        {"given": "2022-08-23"},
        {"until": "2022-08-21"},
        {"until": "2022-07"},
        {"withdrawn": "2022-08-22"},
        {"withdrawn": "2022-08"},
    ],
)
def test_consent_not_yet_given_run_out_or_withdrawn_opens_nothing(
    session: Session, brother: str, dates: dict[str, str]
) -> None:
    consent(session, brother, **dates)
    assert "Nobody has consented" in refused(session)


@pytest.mark.parametrize("dates", [{"until": "2022-08-22"}, {"until": "2022-08"}, {"withdrawn": "2022-08-23"}])
def test_consent_holds_to_its_last_day(session: Session, brother: str, dates: dict[str, str]) -> None:
    consent(session, brother, **dates)
    assert paper(session).sought.names


def test_a_paper_that_looks_back_needs_consent_today(session: Session, brother: str) -> None:
    consent(session, brother, given="2022-06-01", withdrawn="2022-08-20")
    with pytest.raises(Refused):
        publishing.dossier(session, "K-001", lawyer(as_of=date(2022, 7, 1)))


def test_a_relative_opens_her_own_name_words_and_number_and_nobody_elses(session: Session, brother: str) -> None:
    consent(session, brother)
    mother = person(session, "Лебедева Нина", "mother", number="+7 900 000-10-02")
    log(session, "note", text="брат", words="мои слова", speaker=brother)
    log(session, "note", text="мать", words="её слова", speaker=mother)
    found = paper(session)
    assert [item.entry.words for item in found.items] == ["мои слова", ""]
    assert [item.words_withheld for item in found.items] == [False, True]
    assert [(who.name, who.phone) for who in found.people[1:]] == [("Лебедев Роман", "+7 900 000-10-01"), ("", "")]


def test_own_data_only_does_not_open_the_person_sought(session: Session, brother: str) -> None:
    consent(session, brother, scope="own")
    assert paper(session).sought.withheld


def test_speaking_for_him_needs_a_recorded_necessity(session: Session, brother: str) -> None:
    consent(session, brother, necessity=" ")
    assert paper(session).sought.withheld


@pytest.mark.parametrize("role", ["friend", "lawyer", "recruiter", "fellow_prisoner"])
def test_who_is_no_relative_does_not_speak_for_him(session: Session, role: str) -> None:
    case(session)
    consent(session, person(session, "Зорин Глеб", role))
    assert paper(session).sought.withheld


def test_a_claimed_brother_does_not_speak_for_him(session: Session) -> None:
    case(session)
    consent(session, person(session, "Лебедев Роман", "sibling", claimed="yes"))
    assert paper(session).sought.withheld


def test_a_cousin_speaks_for_him_only_where_no_close_relative_is_known(session: Session) -> None:
    case(session)
    consent(session, person(session, "Лебедев Роман", "relative"))
    assert not paper(session).sought.withheld
    person(session, "Лебедева Нина", "mother")
    assert paper(session).sought.withheld


def test_he_himself_may_consent_once_he_can_be_asked(session: Session) -> None:
    case(session)
    consent(session, "Лебедев Артём Игоревич", scope="own", necessity="")
    assert not paper(session).sought.withheld


def test_a_giver_from_outside_the_case_opens_nothing(session: Session, brother: str) -> None:
    case(session, "K-002", "Рябов Иван")
    consent(session, person(session, "Рябова Анна", "mother", "K-002"))
    assert "Nobody has consented" in refused(session)


def test_who_is_under_a_withholding_cannot_be_the_only_giver(session: Session, brother: str) -> None:
    consent(session, brother)
    withheld(session, brother, topic="fate")
    assert "cannot stand alone" in refused(session)


def test_who_is_under_a_withholding_does_not_speak_for_him_through_anothers_own_consent(
    session: Session, brother: str
) -> None:
    consent(session, brother)
    withheld(session, brother, topic="fate")
    consent(session, person(session, "Зорин Глеб", "friend"), scope="own")
    assert paper(session).sought.withheld


@pytest.mark.parametrize("state", ["lifted", "knows"])
def test_a_withholding_that_is_over_hinders_nothing(session: Session, brother: str, state: str) -> None:
    consent(session, brother)
    withheld(session, brother, topic="fate", state=state)
    assert not paper(session).sought.withheld


def test_a_giver_may_keep_her_name_back(session: Session, brother: str) -> None:
    consent(session, brother, withhold_name="yes", withhold_why="fear")
    log(session, "note", text="Роман Лебедев звонил")
    found = paper(session)
    assert [who.name for who in found.people] == ["Лебедев Артём Игоревич", ""]
    assert found.items[0].entry.text == "[…] Лебедев звонил"


def test_one_person_in_two_roles_is_one_person_protected_by_the_nearer_one(session: Session, brother: str) -> None:
    consent(session, brother)
    stranger = person(session, "Вера", "stranger", claimed="yes")
    assert [who.name for who in paper(session).people if who.label is LabelKind.STRANGER] == ["Вера"]
    intake.add(session, "role", {"case": "K-001", "person": stranger, "kind": "spouse"})
    found = [who for who in paper(session).people if who.role.value == "spouse"]
    assert [(who.label, who.name) for who in found] == [(LabelKind.RELATIVE, "")]
    assert len(paper(session).people) == 3


def test_a_relative_who_also_came_as_a_stranger_stays_protected_and_is_counted_once(
    session: Session, brother: str
) -> None:
    consent(session, brother)
    aunt = person(session, "Сомова Вера", "relative")
    intake.add(session, "role", {"case": "K-001", "person": aunt, "kind": "recruiter"})
    person(session, "Зорина Анна", "relative")
    found = paper(session).people[2:]
    assert [(who.label, who.mark, who.name) for who in found] == [
        (LabelKind.RELATIVE, "2", ""),
        (LabelKind.RELATIVE, "3", ""),
    ]


def test_who_only_claims_to_have_sat_with_him_is_not_named(session: Session, brother: str) -> None:
    consent(session, brother)
    person(session, "Жуков Тимур", "fellow_prisoner", claimed="yes")
    person(session, "Громов", "lawyer", claimed="yes")
    assert [who.name for who in paper(session).people][2:] == ["", "Громов"]


def test_many_strangers_have_letters_that_never_repeat(session: Session, brother: str) -> None:
    consent(session, brother)
    for number in range(28):
        person(session, f"Незнакомец{number}", "stranger")
    marks = [who.mark for who in paper(session).people if who.label is LabelKind.STRANGER]
    assert marks[0] == "A"
    assert marks[25:28] == ["Z", "AA", "BB"]
    assert len(set(marks)) == 28


def test_an_entry_that_may_endanger_someone_leaves_only_with_a_typed_reason(session: Session, brother: str) -> None:
    consent(session, brother)
    risky = log(session, "sign", happened="2022-07-08", class_="voice", hazard="phone_inside", words="из камеры")
    plain = log(session, "note", text="обычное")
    assert [item.entry.id for item in paper(session).items] == [plain]
    assert [(why.value, count) for why, count in paper(session).withheld] == [("hazard", 1)]
    assert publishing.dossier(session, "K-001", lawyer(release={risky: "  "})).items[0].entry.id == plain
    released = publishing.dossier(session, "K-001", lawyer(release={risky: "he is out of prison"}))
    assert [item.entry.id for item in released.items] == [plain, risky]
    assert released.items[1].released_because == "he is out of prison"
    assert [hazard.value for hazard in released.hazards] == ["phone_inside"]
