"""The demo tells the story truly: the facts a reader would check first, and the same vault each time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.crypto import header
from family_case.crypto.kdf import FLOOR
from family_case.errors import Bug, Unavailable
from family_case.model.consent import Purpose, Scope, Topic, WithholdingState
from family_case.model.entry import EntryKind, Hazard
from family_case.model.kinds import Approach, DocumentRequest, Payment, PromiseKind, Sent, SignClass, SignOfLife
from family_case.model.offer import Offer, OwnWill
from family_case.model.person import NameKind, RoleKind
from family_case.model.promises import PromiseState
from family_case.model.status import StatusReport
from family_case.model.step import ReplyKind, StepBy, StepTaken
from family_case.services import casework, demo, finding, history, safekeeping, today
from tests.vaults import DAY, PASSPHRASE, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.model.views import CasePage, TimelineItem
    from family_case.services.session import Session

CODES = [f"K-{number:03d}" for number in range(1, 11)]


def _signs(page: CasePage) -> list[tuple[TimelineItem, SignOfLife]]:
    return [(item, item.detail) for item in page.timeline if isinstance(item.detail, SignOfLife)]


def _numbers(page: CasePage, kind: type) -> set[str]:
    return {each.endpoint.norm for item in page.timeline if isinstance(item.detail, kind) for each in item.numbers}


def test_there_are_ten_cases_on_the_day_of_the_demo(story: Session) -> None:
    assert [row.code for row in casework.cases(story)] == CODES
    assert story.today() == date.fromisoformat(demo.DEMO_DAY) == date.fromisoformat(DAY)
    assert safekeeping.verify(story).ok


def test_no_direct_word_for_45_days_because_late_july_is_unverified(story: Session) -> None:
    page = casework.page(story, "K-001")
    assert (page.silence.fewest, page.silence.most) == (45, 45)
    counted = {
        item.entry.happened.edtf: item.counts for item, _sign in _signs(page) if item.entry and item.entry.happened
    }
    assert counted == {"2022-07-08": True, "2022-07-25/2022-07-31": False}
    (late,) = [sign for _item, sign in _signs(page) if sign.sign_class is SignClass.UNVERIFIED]
    assert late.recognised_by


def test_one_number_called_four_families_as_accountant_under_three_names(story: Session) -> None:
    calls = [
        (code, item.detail.claimed_name, item.numbers[0].use.raw)
        for code in CODES
        for item in casework.page(story, code).timeline
        if isinstance(item.detail, Approach) and item.detail.claimed_position == "бухгалтер"
    ]
    assert {code for code, _name, _raw in calls} == {"K-001", "K-003", "K-004", "K-007"}
    assert {name for _code, name, _raw in calls if name} == {"Андрей", "Андрій Вікторович", "Виктор Андреевич"}
    assert len({raw for _code, _name, raw in calls}) == 4
    pages = [casework.page(story, code) for code, _name, _raw in calls]
    assert {norm for page in pages for norm in _numbers(page, Approach)} == {"+79000004117", "+79000005501"}


def test_another_number_is_artyom_in_one_case_and_asks_for_passports_in_three(story: Session) -> None:
    asked = {code for code in CODES if "+79000005501" in _numbers(casework.page(story, code), DocumentRequest)}
    assert asked == {"K-001", "K-003", "K-004", "K-007"}
    names = {
        item.detail.claimed_name
        for item in casework.page(story, "K-001").timeline
        if isinstance(item.detail, Approach) and item.numbers[0].endpoint.norm == "+79000005501"
    }
    assert names == {"сам Артём"}
    sent = [line.request.sent for code in sorted(asked) for line in casework.page(story, code).requests]
    assert sent == [Sent.SENT, Sent.SENT, Sent.SENT, Sent.REFUSED]


def test_the_number_that_wrote_as_artyom_is_the_cousins_own_and_nobody_is_accused(story: Session) -> None:
    assert "+79000005502" in _numbers(casework.page(story, "K-001"), SignOfLife)
    (cousin,) = [card for card in casework.page(story, "K-010").people if card.role.kind is RoleKind.RELATIVE]
    assert [each.norm for each in cousin.endpoints] == ["+79000005502"]
    assert cousin.endpoints[0].mark is None
    assert {hit.code for hit in finding.find(story, "900 000 55 02")} == {"K-001", "K-010"}


def test_father_and_son_are_two_cases_and_two_people(story: Session) -> None:
    son, father = casework.page(story, "K-005"), casework.page(story, "K-006")
    roles = {card.person.id: card.role.kind for card in son.people}
    assert [roles.get(card.person.id) for card in father.people if card.role.kind is RoleKind.SOUGHT] == [
        RoleKind.FATHER
    ]
    assert [card.role.kind for card in father.people if roles.get(card.person.id) is RoleKind.SOUGHT] == [
        RoleKind.CHILD
    ]
    sister = next(card for card in son.people if card.role.kind is RoleKind.SIBLING)
    assert (sister.name, len(sister.endpoints)) == ("Петрова Анна", 1)


def test_names_stay_in_their_own_language_and_nothing_is_merged(story: Session) -> None:
    sought = {row.code: casework.page(story, row.code).people[0] for row in casework.cases(story)}
    assert sought["K-004"].name == "Коваленко Сергій Миколайович"
    assert sought["K-010"].name == "Lebedev Artem I."
    assert sought["K-001"].person.id != sought["K-010"].person.id
    held = {casework.page(story, code).case.held_at for code in ("K-001", "K-002", "K-003", "K-004", "K-009")}
    assert len(held) == 1
    assert casework.page(story, "K-010").case.held_at not in held


def test_consents_stand_by_position(story: Session) -> None:
    page = casework.page(story, "K-001")
    name = {card.person.id: card.name for card in page.people}
    given = {name[each.giver_id]: each for each in page.consents}
    brother, mother, sister = given["Лебедев Роман Игоревич"], given["Лебедева Нина Павловна"], given["Оксана"]
    assert (brother.scope, bool(brother.necessity)) == (Scope.OWN_AND_SOUGHT, True)
    assert Purpose.LAWYER in brother.purposes
    assert (mother.scope, mother.purposes) == (Scope.OWN, frozenset({Purpose.CASE_WORK}))
    assert (sister.scope, sister.withhold_name, sister.purposes) == (
        Scope.OWN,
        True,
        frozenset({Purpose.CASE_WORK, Purpose.MEDIA}),
    )
    (card,) = [each for each in page.people if each.name == "Оксана"]
    assert {each.kind for each in card.names} == {NameKind.PSEUDONYM}


def test_every_first_consent_says_why_he_cannot_be_asked(story: Session) -> None:
    for code in CODES:
        assert casework.page(story, code).consents[0].necessity


def test_what_the_mother_must_not_be_told_carries_its_topic(story: Session) -> None:
    page = casework.page(story, "K-001")
    (kept,) = page.withholdings
    assert (kept.topic, kept.state) == (Topic.RECRUITMENT, WithholdingState.IN_FORCE)
    (mother,) = [card for card in page.people if card.withheld]
    assert (mother.person.id, mother.role.kind) == (kept.from_person_id, RoleKind.MOTHER)
    about = [item.entry for item in page.timeline if item.entry and Topic.RECRUITMENT in item.entry.topics]
    assert {entry.words for entry in about} == {
        "Я еду. Только маме никак не говори",
        "Пять миллионов семье, если погибнет",
        "",
    }


def test_a_source_inside_is_marked_as_a_danger(story: Session) -> None:
    entries = [item.entry for code in CODES for item in casework.page(story, code).timeline if item.entry]
    endangered = [entry for entry in entries if entry.hazards]
    inside = frozenset({Hazard.PHONE_INSIDE, Hazard.INSIDER})
    assert [(entry.kind, entry.hazards) for entry in endangered] == [(EntryKind.OFFER, inside)] * 2


def test_promises_stand_where_they_stood_that_day(story: Session) -> None:
    states = {
        (code, line.promise.promise): (line.standing.state, line.standing.overdue, line.by)
        for code in CODES
        for line in casework.page(story, code).promises
    }
    assert states == {
        ("K-001", PromiseKind.DEATH_PAYMENT): (PromiseState.NO_DATE, False, "вербовщик"),
        ("K-001", PromiseKind.SALARY): (PromiseState.OVERDUE, True, "«бухгалтер»"),
        ("K-003", PromiseKind.SALARY): (PromiseState.OVERDUE, True, "Андрей"),
        ("K-004", PromiseKind.SALARY): (PromiseState.OVERDUE, True, "Андрій Вікторович"),
        ("K-007", PromiseKind.SALARY): (PromiseState.PARTLY, True, "Виктор Андреевич"),
    }
    (paid,) = [item.detail for item in casework.page(story, "K-007").timeline if isinstance(item.detail, Payment)]
    assert (paid.amount, paid.currency) == (3_000_000, "RUB")


def test_a_report_of_death_is_nowhere_told_as_a_fact(story: Session) -> None:
    assert finding.find(story, "гибели") == []
    assert {line.code for line in today.today(story) if line.why == "check_now"} >= {"K-005"}


def test_every_line_was_written_in_august_2022_by_the_demo(story: Session) -> None:
    newest = history.history(story, "K-001", limit=1000)
    assert {item.actor.value for item in newest} == {"demo"}
    assert all(1_659_500_000_000 < item.time_ms < 1_661_200_000_000 for item in newest)
    steps = [step["at"] for step in demo.story()]
    assert steps == sorted(steps)


def test_the_demo_is_the_same_each_time_but_for_its_keys(story_folder: Path, tmp_path: Path) -> None:
    demo.fresh_demo(tmp_path / "again", PASSPHRASE)
    first, second = open_vault(story_folder), open_vault(tmp_path / "again")
    try:
        assert first.office == second.office
        for code in CODES:
            assert casework.page(first, code) == casework.page(second, code)
            assert history.history(first, code) == history.history(second, code)
    finally:
        first.close()
        second.close()
    assert (story_folder / "header.a").read_bytes() != (tmp_path / "again" / "header.a").read_bytes()


def test_the_story_can_be_told_with_the_computers_own_clock_and_chance(session: Session) -> None:
    demo.build(session)
    assert casework.count(session) == 10


def test_a_demo_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_session: Session) -> None:
        raise Unavailable("no disk")

    monkeypatch.setattr(demo, "build", fails)
    with pytest.raises(Unavailable):
        demo.fresh_demo(tmp_path / "new", PASSPHRASE)
    assert not (tmp_path / "new").exists()
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unavailable):
        demo.fresh_demo(tmp_path / "empty", PASSPHRASE)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_story_that_names_what_is_not_yet_made_is_our_own_mistake(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    step: demo.Step = {"at": "2022-08-03T12:00:00Z", "add": "role", "values": {"case": "@k1"}}
    monkeypatch.setattr(demo, "story", lambda: [step])
    with pytest.raises(Bug):
        demo.build(session)


def test_the_demo_speaks_the_language_it_was_asked_for_and_opens_at_the_lowest_cost(tmp_path: Path) -> None:
    demo.fresh_demo(tmp_path / "new", PASSPHRASE, language="uk")
    opened = open_vault(tmp_path / "new")
    assert opened.office.language == "uk"
    opened.close()
    assert header.read(tmp_path / "new").slots[0].kdf == FLOOR


def test_every_record_of_the_ten_cases_stands_in_the_demo(story: Session) -> None:
    """What the story tells, case by case: conversations, then entries by their kind."""
    pages = {code: casework.page(story, code) for code in CODES}
    kinds = {
        code: Counter(item.entry.kind.value if item.entry else "conversation" for item in page.timeline)
        for code, page in pages.items()
    }
    usual = {"conversation": 1, "offer": 1, "sign": 1}
    called = {"request": 1, "approach": 1, "promise": 1}
    assert kinds == {
        "K-001": {
            "conversation": 3, "offer": 2, "sign": 2, "stay": 3, "approach": 2, "request": 1, "promise": 2, "step": 2,
        },
        "K-002": usual | {"status": 2, "stay": 1},
        "K-003": usual | called,
        "K-004": usual | called,
        "K-005": usual | {"status": 1},
        "K-006": usual,
        "K-007": usual | called | {"conversation": 2, "payment": 1},
        "K-008": usual | {"sign": 2},
        "K-009": usual,
        "K-010": usual,
    }  # fmt: skip
    assert [code for code, page in pages.items() if page.background.cohorts] == [
        "K-001", "K-002", "K-003", "K-004", "K-009",
    ]  # fmt: skip
    assert [effect.note for effect in pages["K-001"].background.effects] == [
        "мать не спит, ждёт денег; раньше радовалась зарплате"
    ]


def test_two_cellmates_name_two_sums_and_neither_is_chosen(story: Session) -> None:
    page = casework.page(story, "K-001")
    offers = [item.detail for item in page.timeline if isinstance(item.detail, Offer)]
    assert sorted(offer.monthly or 0 for offer in offers) == [10_000_000, 20_000_000]
    assert {(offer.selected, offer.applied, offer.own_will) for offer in offers if offer.applied} == {
        (50, 400, OwnWill.AGREED)
    }


def test_the_twelfth_has_no_region_and_the_wifes_group_is_no_cohort(story: Session) -> None:
    (twelfth,) = [
        item.place for item in casework.page(story, "K-001").timeline if item.place and item.place.number == "12"
    ]
    assert (twelfth.name, twelfth.region) == ("«12-я» (как сказал)", "")
    told = [item for item in casework.page(story, "K-002").timeline if isinstance(item.detail, StatusReport)]
    (group,) = [item.entry for item in told if isinstance(item.detail, StatusReport) and item.detail.about_group]
    assert group is not None
    assert (group.words, group.hands, group.cohort_id) == ("из десяти трое осталось", 2, None)


def test_the_ministry_and_the_prison_service_were_asked_twice_and_the_journalists_got_no_reply(story: Session) -> None:
    steps = [item for item in casework.page(story, "K-001").timeline if isinstance(item.detail, StepTaken)]
    asked = [[line.body.name for line in item.bodies] for item in steps]
    assert asked == [["Министерство обороны РФ", "ФСИН России"]] * 2
    replies = {
        item.detail.by_whom: [[r.reply for r in line.replies] for line in item.bodies]
        for item in steps
        if isinstance(item.detail, StepTaken)
    }
    assert replies == {StepBy.FAMILY: [[], []], StepBy.JOURNALIST: [[ReplyKind.NONE], [ReplyKind.NONE]]}
