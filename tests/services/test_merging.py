"""Someone written down twice: shown as one person, kept back as one, erased as one, and told apart again unharmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.chance import SetClock
from family_case.errors import Refused
from family_case.model.person import RoleKind
from family_case.services import (
    casework,
    editing,
    erasing,
    finding,
    history,
    intake,
    merging,
    publishing,
    safekeeping,
    today,
)
from family_case.services import subject as subjects
from family_case.services.known import known_on
from tests.reports.reading import printed
from tests.services.casebook import MOTHER, brother, case, consent, family, lawyer, log, person, withheld
from tests.services.test_canary import found

if TYPE_CHECKING:
    from family_case.model.dossier import Order
    from family_case.model.views import PersonCard
    from family_case.services.session import Session

SISTER, OTHER = "Лебедева Ольга Игоревна", "Цветкова Леся"
SAID = "Не говорите никому, что это сказала я"


@pytest.fixture
def told(session: Session) -> Session:
    """A sister who consented in one case; in another a friend of theirs, who did not, under quite another name."""
    case(session)
    case(session, "K-002", "Рябов Иван Ильич", alias="Ива")
    person(session, SISTER, "sibling", number="+7 916 100-00-01", sex="female", safety_note="не звонить на работу")
    person(session, OTHER, "friend", "K-002", number="+7 916 100-00-02", note="знает соседей")
    person(session, MOTHER, "mother")
    brother(session)
    consent(session, SISTER, "lawyer, case_work")
    consent(session, person(session, "Рябова Анна", "mother", "K-002"), "lawyer, case_work", "K-002")
    log(session, "note", text="Звонила Леся Цветкова с +7 916 100 00 02", topic="money")
    log(session, "note", "K-002", text=f"Рассказала {OTHER}", words=SAID, speaker=OTHER, topic="money")
    return session


def ids(session: Session) -> tuple[str, str]:
    """Ids of both records."""
    rows = session.vault.connection.execute("SELECT person_id, entered FROM person_name").fetchall()
    known = {entered: each for each, entered in rows}
    return known[SISTER], known[OTHER]


def joined(session: Session, *, into_sister: bool = True) -> str:
    sister, other = ids(session)
    return merging.merge(session, *((other, sister) if into_sister else (sister, other))).made


def card(session: Session, ref: str, record: str) -> PersonCard:
    return next(each for each in casework.page(session, ref).people if record in each.ids)


# --- shown as one ---


@pytest.mark.parametrize("into_sister", [True, False])
def test_both_cases_show_one_person_with_all_names_numbers_and_notes(told: Session, *, into_sister: bool) -> None:
    main = joined(told, into_sister=into_sister)
    sister, other = ids(told)
    for ref, kind in (("K-001", RoleKind.SIBLING), ("K-002", RoleKind.FRIEND)):
        one = card(told, ref, sister)
        assert (one.person.id, one.role.kind) == (main, kind)
        assert {name.entered for name in one.names} == {SISTER, OTHER}
        assert {each.raw for each in one.endpoints} == {"+7 916 100-00-01", "+7 916 100-00-02"}
        assert (one.person.safety_note, one.person.note) == ("не звонить на работу", "знает соседей")
        assert one.ids == {sister, other}
    assert {hit.code for hit in finding.find(told, "Цветкова") if hit.table == "person_name"} == {"K-001", "K-002"}
    assert {row.code for row in casework.cases(told, text=SISTER)} == {"K-001", "K-002"}
    speakers = [who for item in casework.page(told, "K-002").timeline for _part, who, _name in item.people]
    assert speakers == [main]
    assert safekeeping.verify(told).ok


def test_a_name_of_either_means_the_same_person_in_what_is_written_later(told: Session) -> None:
    joined(told)
    log(told, "note", text="ещё раз", with_=OTHER, topic="money")
    people = [item.people for item in casework.page(told, "K-001").timeline if item.people]
    assert [who for ((_part, who, _name),) in people] == [ids(told)[0]]
    assert len(casework.page(told, "K-001").people) == 4  # nobody new


def test_what_is_written_in_a_case_stays_with_the_record_that_stands_in_it(told: Session) -> None:
    joined(told)
    given = consent(told, SISTER, "lawyer, case_work", "K-002")
    sister, other = ids(told)
    (giver,) = told.vault.connection.execute("SELECT giver_id FROM consent WHERE id = ?", (given,)).fetchone()
    assert giver == other
    merging.unmerge(told, other)
    assert {each.person.id for each in casework.page(told, "K-002").people} >= {other}
    assert sister not in {each.person.id for each in casework.page(told, "K-002").people}


def test_a_talk_with_either_ends_the_waiting_for_both(told: Session) -> None:
    sister, other = ids(told)
    log(told, "conversation", happened="2022-08-01", with_=sister, call_back="2022-08-10")
    log(told, "conversation", happened="2022-08-12", with_=other)
    before = casework.page(told, "K-001")
    assert before.last_talk == "2022-08-01"
    assert ("call_back", "K-001") in {(line.why, line.code) for line in today.today(told)}
    joined(told)
    assert casework.page(told, "K-001").last_talk == "2022-08-12"
    assert ("call_back", "K-001") not in {(line.why, line.code) for line in today.today(told)}
    assert safekeeping.verify(told).ok
    merging.unmerge(told, other)
    assert casework.page(told, "K-001") == before
    assert safekeeping.verify(told).ok


# --- nobody is harmed ---

ONLY_OTHERS = ["Цветкова", "Цветковой", "Леся", "Лесей", "9161000002", "916 100 00 02", "916 100-00-02", SAID]


@pytest.mark.parametrize("into_sister", [True, False])
@pytest.mark.parametrize("order", [lawyer(), family(MOTHER), family(SISTER)], ids=["lawyer", "mother", "herself"])
def test_what_might_not_be_told_of_either_stays_out_of_every_paper(
    told: Session, order: Order, *, into_sister: bool
) -> None:
    before = publishing.dossier(told, "K-001", order)
    assert found(before, ONLY_OTHERS) == []
    joined(told, into_sister=into_sister)
    paper = publishing.dossier(told, "K-001", order)
    assert found(paper, ONLY_OTHERS) == []
    assert not any(each in printed(paper).text for each in ONLY_OTHERS)
    assert [who.name for who in paper.people] == [who.name for who in before.people]  # whom she consented to name
    assert [who.phone for who in paper.people] == [who.phone for who in before.people]


@pytest.mark.parametrize("into_sister", [True, False])
def test_a_consent_in_one_case_opens_nothing_in_the_other(told: Session, *, into_sister: bool) -> None:
    joined(told, into_sister=into_sister)
    paper = publishing.dossier(told, "K-002", lawyer())
    forbidden = [*ONLY_OTHERS, "Лебедева", "Ольга", "Игоревна", "9161000001", "916 100-00-01"]
    assert found(paper, forbidden) == []


@pytest.mark.parametrize("into_sister", [True, False])
def test_both_in_one_case_open_no_more_than_each_by_itself(told: Session, *, into_sister: bool) -> None:
    person_id = ids(told)[1]
    intake.add(told, "role", {"case": "K-001", "person": person_id, "kind": "fellow_prisoner"})
    log(told, "note", text="со слов", words=SAID, speaker=person_id, topic="money")
    joined(told, into_sister=into_sister)
    for order in (lawyer(), family(MOTHER), family(SISTER)):
        paper = publishing.dossier(told, "K-001", order)
        assert found(paper, ONLY_OTHERS) == [], order
        assert found(paper, [SISTER]) == ([] if order == family(MOTHER) and not paper.people else [SISTER])


def test_a_stranger_who_proves_to_be_a_relative_is_protected_as_one(told: Session) -> None:
    caller = person(told, "Жуков Тимур", "recruiter", claimed="yes")
    assert found(publishing.dossier(told, "K-001", lawyer()), ["Жуков Тимур"])
    nephew = person(told, "Лебедев Глеб", "relative")
    merging.merge(told, caller, nephew)
    assert found(publishing.dossier(told, "K-001", lawyer()), ["Жуков", "Тимур", "Глеб"]) == []


@pytest.mark.parametrize("kept_from", ["sister", "other"])
@pytest.mark.parametrize("into_sister", [True, False])
def test_what_is_kept_from_one_is_kept_from_the_other(told: Session, kept_from: str, *, into_sister: bool) -> None:
    sister, other = ids(told)
    intake.add(told, "role", {"case": "K-001", "person": other, "kind": "friend"})
    withheld(told, sister if kept_from == "sister" else other, topic="fate", reason="мать просила")
    log(told, "sign", happened="2022-08-02", class_="voice", text="ВЕСТЬ", topic="fate")
    joined(told, into_sister=into_sister)
    for reader in (SISTER, OTHER):
        paper = publishing.dossier(told, "K-001", family(reader))
        assert found(paper, ["ВЕСТЬ"]) == []
        assert paper.silence.word is None
    assert all(each.withheld for each in casework.page(told, "K-001").people if each.ids == {sister, other})
    assert subjects.access(told, OTHER).kept == subjects.access(told, SISTER).kept


def test_who_may_not_be_named_under_one_name_is_not_named_under_the_other(told: Session) -> None:
    other = ids(told)[1]
    intake.add(told, "role", {"case": "K-001", "person": other, "kind": "friend"})
    consent(told, other, "lawyer", withhold_name="yes", scope="own", necessity="")
    assert found(publishing.dossier(told, "K-001", lawyer()), [SISTER]) == [SISTER]
    joined(told)
    assert found(publishing.dossier(told, "K-001", lawyer()), [SISTER, "Ольга", "9161000001"]) == []


def test_the_consent_of_a_friend_opens_the_man_sought_through_no_kinship_that_is_another_records(
    session: Session,
) -> None:
    case(session)
    mother, friend = person(session, MOTHER, "mother"), person(session, OTHER, "friend")
    consent(session, friend)
    assert publishing.dossier(session, "K-001", lawyer()).sought.withheld
    merging.merge(session, friend, mother)
    assert publishing.dossier(session, "K-001", lawyer()).sought.withheld


def test_the_man_sought_is_named_by_his_own_case_only(told: Session) -> None:
    him = next(each.person.id for each in casework.page(told, "K-001").people if each.role.kind is RoleKind.SOUGHT)
    cellmate = person(told, "Мороз Денис", "fellow_prisoner", "K-002", born="1990-04")
    for first, second in ((him, cellmate), (cellmate, him)):
        merging.merge(told, first, second)
        paper = publishing.dossier(told, "K-001", lawyer())
        assert [line.text for line in paper.sought.names] == ["Лебедев Артём Игоревич"]
        assert paper.sought.born is None
        assert found(paper, ["Мороз", "Денис"]) == []
        assert found(publishing.dossier(told, "K-002", lawyer()), ["Лебедев", "Артём", "Мороз", "Денис"]) == []
        assert editing.values_of(told, "K-001")["name"] == "Лебедев Артём Игоревич"
        history.undo(told, this_session=True)


def test_his_own_name_opens_none_that_he_has_as_somebody_elses_fellow_prisoner(told: Session) -> None:
    him = next(each.person.id for each in casework.page(told, "K-001").people if each.role.kind is RoleKind.SOUGHT)
    log(told, "note", text="С ним сидел Денис Мороз", topic="money")
    merging.merge(told, person(told, "Мороз Денис", "fellow_prisoner"), him)
    paper = publishing.dossier(told, "K-001", lawyer())
    assert [line.text for line in paper.sought.names] == ["Лебедев Артём Игоревич"]
    assert found(paper, ["Мороз", "Денис"]) == []


def test_a_call_kept_by_the_other_record_is_kept_also_where_neither_has_a_role(told: Session) -> None:
    sister, other = ids(told)
    case(told, "K-003", "Сорокин Олег Ильич")
    log(told, "conversation", "K-003", happened="2022-08-01", with_=sister, call_back="2022-08-10")
    log(told, "conversation", "K-003", happened="2022-08-12", with_=other)
    assert ("call_back", "K-003") in {(line.why, line.code) for line in today.today(told)}
    joined(told)
    assert ("call_back", "K-003") not in {(line.why, line.code) for line in today.today(told)}
    assert safekeeping.verify(told).ok


def test_a_paper_of_an_earlier_day_keeps_back_what_is_kept_since_the_merge(told: Session) -> None:
    clock = told.clock
    assert isinstance(clock, SetClock)
    sister, other = ids(told)
    intake.add(told, "role", {"case": "K-001", "person": other, "kind": "fellow_prisoner"})
    log(told, "note", text="со слов", words=SAID, speaker=other, topic="money")
    day = told.today()
    clock.utc_ms += 86_400_000
    merging.merge(told, other, sister)
    withheld(told, other, topic="money")
    order = lawyer()
    past = type(order)(order.profile, order.language, order.printed, known_on=day)
    paper = publishing.dossier(told, "K-001", past)
    assert found(paper, ONLY_OTHERS) == []
    assert {line.who.name for line in paper.handling} == {SISTER, ""}
    consent(told, other, "lawyer", withhold_name="yes", scope="own", necessity="")
    assert found(publishing.dossier(told, "K-001", past), [SISTER, "Ольга"]) == []
    with known_on(told, "K-001", day) as then:
        assert {each.person.id for each in casework.page(then, "K-001").people} >= {sister, other}
    with known_on(told, "K-001", told.today()) as then:
        assert casework.page(then, "K-001").people == casework.page(told, "K-001").people


# --- asked about, erased, taken back ---


def test_he_is_told_what_is_held_under_both_records(told: Session) -> None:
    sister, other = ids(told)
    intake.add(told, "identifier", {"case": "K-002", "person": other, "kind": "snils", "document_number": "112-233"})
    joined(told)
    for ref in (sister, other, SISTER, OTHER):
        held = subjects.access(told, ref)
        assert {name.entered for name in held.names} == {SISTER, OTHER}
        assert [each.number for each in held.identifiers] == ["112-233"]
        assert sorted(each.code for each in held.cases) == ["K-001", "K-002"]
        assert {each.code: len(each.consents) for each in held.cases} == {"K-001": 1, "K-002": 0}


@pytest.mark.parametrize("which", [SISTER, OTHER])
def test_both_records_go_together_for_good_with_the_number_only_they_had(told: Session, which: str) -> None:
    sister, other = ids(told)
    intake.add(told, "endpoint", {"number": "+7 916 100-00-03", "person": sister})
    intake.add(told, "endpoint", {"number": "+7 916 100-00-03", "person": other})
    joined(told)
    planned = erasing.plan(told, which)
    assert (planned.counts["person"], planned.counts["person_name"]) == (2, 2)
    assert len(planned.cases) == 2
    erasing.erase(told, which)
    rows = told.vault.connection.execute("SELECT entered FROM person_name").fetchall()
    assert not {SISTER, OTHER} & {entered for (entered,) in rows}
    numbers = told.vault.connection.execute("SELECT norm FROM endpoint").fetchall()
    assert not {number for (number,) in numbers if number.startswith("+791610000")}
    assert safekeeping.verify(told).ok


def test_it_stands_in_the_history_of_both_cases_and_is_taken_back_by_undo(told: Session) -> None:
    before = casework.page(told, "K-001"), casework.page(told, "K-002")
    joined(told)
    for ref in ("K-001", "K-002"):
        line = history.history(told, ref)[0]
        assert (line.table, line.reason.value) == ("person", "merge")
    history.undo(told, this_session=True)
    assert (casework.page(told, "K-001"), casework.page(told, "K-002")) == before
    history.redo(told, this_session=True)
    assert len(card(told, "K-001", ids(told)[0]).names) == 2
    assert safekeeping.verify(told).ok


def test_what_was_added_after_the_merge_stays_where_it_was_entered(told: Session) -> None:
    main = joined(told)
    other = ids(told)[1]
    intake.add(told, "name", {"person": other, "name": "Леся-соседка", "kind": "nickname"})
    rows = told.vault.connection.execute("SELECT * FROM person_name").fetchall()
    assert merging.unmerge(told, other).made == other
    assert told.vault.connection.execute("SELECT * FROM person_name").fetchall() == rows
    assert {name.entered for name in card(told, "K-002", other).names} == {OTHER, "Леся-соседка"}
    assert {name.entered for name in card(told, "K-001", main).names} == {SISTER}


# --- what cannot be, and what may be wrong ---


def test_nobody_is_joined_with_himself_nor_twice(told: Session) -> None:
    sister, other = ids(told)
    with pytest.raises(Refused, match="same person already"):
        merging.merge(told, sister, SISTER)
    joined(told)
    for pair in ((sister, other), (other, sister)):
        with pytest.raises(Refused, match="same person already"):
            merging.merge(told, *pair)
    with pytest.raises(Refused, match="Others are shown under"):
        merging.unmerge(told, sister)
    with pytest.raises(Refused, match="not joined"):
        merging.unmerge(told, person(told, "Зорин Глеб", "friend"))
    with pytest.raises(Refused, match="is known in this vault"):
        merging.merge(told, "Никто", sister)


def test_chains_have_one_level(told: Session) -> None:
    sister, other = ids(told)
    third = person(told, "Лебедева О. И.", "relative", "K-002")
    merging.merge(told, other, sister)
    merging.merge(told, sister, third)  # both go under the third
    rows = told.vault.connection.execute("SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL").fetchall()
    assert set(rows) == {(sister, third), (other, third)}
    fourth = person(told, "Олеся", "friend")
    merging.merge(told, fourth, other)  # under whom the other is read
    assert card(told, "K-001", fourth).person.id == third
    merging.unmerge(told, sister)
    assert card(told, "K-001", sister).ids == {sister}
    assert card(told, "K-002", other).ids == {third, other, fourth}


def test_who_is_sought_in_two_cases_is_warned_of(told: Session) -> None:
    first, second = (
        next(each.person.id for each in casework.page(told, ref).people if each.role.kind is RoleKind.SOUGHT)
        for ref in ("K-001", "K-002")
    )
    assert merging.preview(told, first, second).sought_in == ("K-001", "K-002")
    notes = dict(merging.merge(told, first, second).notes)
    assert notes[merging.BOTH_SOUGHT] == {"cases": "K-001, K-002"}
    notes = dict(merging.merge(told, *ids(told)).notes)
    assert merging.BOTH_SOUGHT not in notes


def test_what_will_be_shown_together_is_counted_before(told: Session) -> None:
    planned = merging.preview(told, OTHER, SISTER)
    assert (planned.names, planned.numbers, planned.cases) == (2, 2, ("K-002", "K-001"))
    assert {role.kind for role in planned.roles} == {RoleKind.SIBLING, RoleKind.FRIEND}
    assert casework.page(told, "K-001").people[1].records == ()  # nothing was written


def test_a_name_that_the_alias_of_the_other_case_tells_stands_in_the_way(told: Session) -> None:
    him = intake.add(told, "person", {"case": "K-001", "name": "Ивин Пётр", "role": "friend"}).made
    case(told, "K-003", "Сорокин Олег", alias="Ивин")
    other = person(told, "Петя", "friend", "K-003")
    with pytest.raises(Refused, match="tells a name"):
        merging.merge(told, him, other)
