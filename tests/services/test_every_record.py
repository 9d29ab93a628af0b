"""All the records of the field: what each is for, in the words of who needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.errors import Refused
from family_case.model.background import LegalHold
from family_case.model.cohort import Cohort
from family_case.model.entry import EntryKind, Hazard, Reliability
from family_case.model.place import Place
from family_case.model.status import StatusReport
from family_case.model.step import ReplyKind
from family_case.model.task import TaskKind, TaskState
from family_case.services import about, casework, editing, finding, history, intake, publishing, safekeeping
from tests.reports.reading import printed
from tests.services.casebook import MOTHER, brother, case, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier
    from family_case.model.views import TimelineItem
    from family_case.services.session import Session

MINISTRY, PRISONS, PROSECUTOR = "Министерство обороны РФ", "ФСИН России", "Прокуратура Мордовии"


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    person(session, MOTHER, "mother")
    brother(session)
    return session


def add(session: Session, noun: str, **values: str) -> str:
    return intake.add(session, noun, {name.rstrip("_"): text for name, text in values.items()}).made


def item(session: Session, made: str) -> TimelineItem:
    return next(each for each in casework.page(session, "K-001").timeline if each.id == made)


def extract(session: Session) -> Dossier:
    return publishing.dossier(session, "K-001", family(MOTHER))


# --- reports of his fate (rule 4) ---


def test_a_report_of_death_makes_the_task_who_tells_and_is_in_no_extract_before_it_is_done(told: Session) -> None:
    before = extract(told)
    report = log(told, "status", happened="2022-08", dimension="fate", value="report_of_death", source="сокамерник")
    (task,) = casework.page(told, "K-001").background.tasks
    assert (task.kind, task.about_id, task.state) == (TaskKind.TELL_FAMILY, report, TaskState.OPEN)
    assert extract(told) == before
    assert printed(extract(told)).pdf == printed(before).pdf
    assert [each.entry.id for each in publishing.dossier(told, "K-001", lawyer()).items] == [report]
    editing.change(told, task.id, {"state": "done", "done_on": "2022-08-20"})
    assert [each.entry.id for each in extract(told).items] == [report]


def test_the_task_of_another_report_does_not_open_this_one(told: Session) -> None:
    first, second = (
        log(told, "status", happened=day, dimension="fate", value="report_of_death")
        for day in ("2022-08-01", "2022-08")
    )
    done = next(each for each in casework.page(told, "K-001").background.tasks if each.about_id == first)
    editing.change(told, done.id, {"state": "done"})
    assert [each.entry.id for each in extract(told).items] == [first]
    assert second not in {each.entry.id for each in extract(told).items}


@pytest.mark.parametrize("missing", [{"death_basis": "dna"}, {"confirmed_by": "брат"}, {}])
def test_a_death_is_confirmed_only_with_a_basis_and_a_second_confirmation(
    told: Session, missing: dict[str, str]
) -> None:
    said = {"happened": "2022-08", "dimension": "fate", "value": "death_confirmed"}
    with pytest.raises(Refused, match="second confirmation"):
        intake.log(told, "status", "K-001", said | missing)
    assert intake.log(told, "status", "K-001", said | {"death_basis": "dna", "confirmed_by": "брат"}).made


def test_wounded_is_no_answer_to_where_he_is(told: Session) -> None:
    with pytest.raises(Refused, match="no answer about"):
        log(told, "status", happened="2022-08", dimension="whereabouts", value="wounded")


def test_reports_stand_side_by_side_and_none_becomes_his_fate(told: Session) -> None:
    log(told, "status", happened="2022-08-01", dimension="fate", value="report_of_death")
    log(told, "status", happened="2022-08-02", dimension="fate", value="alive_confirmed")
    page = casework.page(told, "K-001")
    values = [each.detail.value.value for each in page.timeline if isinstance(each.detail, StatusReport)]
    assert values == ["report_of_death", "alive_confirmed"]
    assert page.silence.word is None


@pytest.mark.parametrize(("kind", "field"), [("stay", "stay"), ("status", "value")])
def test_who_is_in_hiding_is_always_endangered_by_its_entry(told: Session, kind: str, field: str) -> None:
    said = {"happened": "2022-08", field: "hiding" if kind == "stay" else "in_hiding"}
    made = log(told, kind, **said, **({"dimension": "whereabouts"} if kind == "status" else {}))
    assert item(told, made).entry.hazards == {Hazard.HIDING}  # type: ignore[union-attr]  # it is an entry
    assert publishing.dossier(told, "K-001", lawyer()).items == ()


# --- places ---


def test_a_bare_number_names_what_it_may_mean_and_is_taken_for_none(told: Session) -> None:
    for name in ("ИК-12, Карелия", "ИК-12, Пермь", "ИК-17, Мордовия"):
        add(told, "place", name=name)
    noted = intake.log(told, "stay", "K-001", {"place": "«12-я» (как сказал)", "arrived": "2022-07-09~"})
    ((message, values),) = noted.notes
    assert "has no region" in message
    assert values["places"] == "ИК-12, Карелия; ИК-12, Пермь"
    place = item(told, noted.made).place
    assert place == Place(place.id if place else "", "«12-я» (как сказал)", number="12")
    assert [each.name for each in about.about(told, place).candidates] == ["ИК-12, Карелия", "ИК-12, Пермь"]


def test_a_stay_lies_in_the_timeline_where_it_began(told: Session) -> None:
    log(told, "stay", place="ИК-2, Пермь", arrived="2022-07-12~")
    log(told, "stay", place="ИК-17, Мордовия", arrived="2022-07-05~", left="2022-07-09~")
    page = casework.page(told, "K-001")
    assert [each.place.name for each in page.timeline if each.place] == ["ИК-17, Мордовия", "ИК-2, Пермь"]
    (entry, _later) = [each.entry for each in page.timeline if each.entry]
    assert entry.happened is not None
    assert entry.happened.edtf == "2022-07-05~/2022-07-09~"


# --- steps and bodies ---


def test_a_reply_belongs_to_the_body_that_gave_it_and_forwarding_asks_the_next(told: Session) -> None:
    step = log(told, "step", happened="2022-08-05", by_whom="family", bodies=f"{MINISTRY}; {PRISONS}")
    with pytest.raises(Refused, match="say which"):
        add(told, "reply", step=step, reply="denied")
    add(told, "reply", step=step, body=PRISONS, reply="forwarded", replied="2022-08-20", forwarded_to=PROSECUTOR)
    ministry, prisons, prosecutor = item(told, step).bodies
    assert ministry.replies == ()
    assert [each.reply for each in prisons.replies] == [ReplyKind.FORWARDED]
    assert (prosecutor.body.name, prosecutor.forwarded_from, prosecutor.since) == (
        PROSECUTOR,
        prisons.id,
        prisons.replies[0].received,
    )
    assert finding.find(told, "прокуратура")[0].code == "K-001"
    text = printed(publishing.dossier(told, "K-001", lawyer())).text
    assert "forwarded" in text
    assert PROSECUTOR in text


def test_who_was_not_asked_did_not_answer(told: Session) -> None:
    step = log(told, "step", happened="2022-08-05", by_whom="we", bodies=MINISTRY)
    with pytest.raises(Refused, match="was not asked"):
        add(told, "reply", step=step, body=PRISONS, reply="denied")


def test_a_body_is_one_body_however_often_it_is_named(told: Session) -> None:
    known = add(told, "body", name=PRISONS, kind="prison_service", other_names="ФСИН")
    denial = log(told, "denial", happened="2022-08-10", body="ФСИН", denied="такого нет")
    assert [line.body.id for line in item(told, denial).bodies] == [known]


def test_what_a_body_answered_is_kept_with_his_whereabouts(told: Session) -> None:
    withheld(told, MOTHER, topic="whereabouts")
    before = extract(told)
    log(told, "denial", happened="2022-08-10", body=PRISONS, denied="у нас его нет")
    log(told, "step", happened="2022-08-05", by_whom="we", bodies=MINISTRY, reply="place_given", reply_text="ИК-2")
    log(told, "stay", place="ИК-2, Пермь", arrived="2022-08-01")
    assert extract(told) == before


def test_people_of_other_cases_are_taken_out_of_what_bodies_answer_and_sources_are(told: Session) -> None:
    case(told, "K-002", "Щербаков Юрий Ильич")
    step = {"happened": "2022-08-05", "by_whom": "we", "bodies": "Комиссия Щербакова", "reply": "denied"}
    source = add(told, "source", name="x", publisher="Вестник Щербакова")
    log(told, "step", **step, reply_text="О Щербакове Юрии сведений нет", from_source=source)
    paper = publishing.dossier(told, "K-001", lawyer())
    assert "Щербаков" not in repr(paper)
    assert "сведений нет" in repr(paper)


# --- what is told without a case, cohorts ---


def test_what_is_told_of_a_place_alone_is_in_no_case_and_found_there(told: Session) -> None:
    colony = add(told, "place", name="ИК-9, Карелия")
    made = intake.log(told, "offer", colony, {"happened": "2022-07", "selected": "50", "applied": "400"}).made
    (line,) = about.about(told, casework.record(told, colony)).told
    assert (line.id, line.entry.case_id) == (made, None)  # type: ignore[union-attr]  # it is an entry
    assert casework.page(told, "K-001").timeline == ()
    assert safekeeping.verify(told).ok
    with pytest.raises(Refused):
        intake.log(told, "sign", colony, {"happened": "2022-07", "class": "voice"})


def test_a_group_in_the_tellers_words_is_no_cohort_of_ours(told: Session) -> None:
    cohort = add(told, "cohort", name="этап из ИК-17", from_place="ИК-17, Мордовия", claimed_size="50")
    add(told, "member", case="K-001", cohort="Этап из ИК-17", source="брат")  # by its name
    said = log(told, "status", happened="2022-08-03", dimension="fate", group="десять человек его группы", hands="2")
    entry = item(told, said).entry
    assert entry is not None
    assert entry.cohort_id is None
    assert [each.id for each in casework.page(told, "K-001").background.cohorts] == [cohort]
    assert isinstance(casework.record(told, cohort), Cohort)
    assert about.about(told, casework.record(told, cohort)).told == ()


# --- sources, identifiers, questions, holds ---


def test_an_entry_is_as_reliable_as_its_source_unless_it_says_otherwise(told: Session) -> None:
    origin = add(told, "source", name="агентство", reliability="reliable")
    paper = add(
        told, "source", name="А. Б.", publisher="Газета", web_address="п. 3", reliability="doubtful", origin=origin
    )
    made = log(told, "note", text="пишут", from_source=paper)
    assert item(told, made).entry.reliability is Reliability.DOUBTFUL  # type: ignore[union-attr]  # it is an entry
    (line,) = publishing.dossier(told, "K-001", lawyer()).sources
    assert line.text == "Газета, п. 3"  # its name may be a person's


def test_the_answer_of_a_check_question_and_a_document_number_leave_in_no_paper(told: Session) -> None:
    add(told, "question", case="K-001", question="Кличка собаки?", answer="Бим", agreed_with=MOTHER)
    add(told, "identifier", case="K-001", person=MOTHER, kind="internal_passport", document_number="8900 123456")
    for paper in (publishing.dossier(told, "K-001", lawyer()), extract(told)):
        assert not {"Бим", "Кличка собаки?", "8900 123456"} & set(repr(paper).split("'"))
        assert "123456" not in printed(paper).text


def test_one_document_may_be_kept_from_one_person(told: Session) -> None:
    passport = add(told, "identifier", case="K-001", person=MOTHER, kind="snils", document_number="112-233")
    wish = withheld(told, MOTHER, identifier=passport, reason="он просил")
    assert [each.identifier_id for each in casework.page(told, "K-001").withholdings] == [passport]
    assert casework.record(told, wish).id == wish
    log(told, "note", text="о другом", topic="money")
    assert len(extract(told).items) == 1  # the rest of the case is not kept from her


def test_a_legal_hold_says_by_whom_and_can_be_lifted(told: Session) -> None:
    hold = add(told, "hold", case="K-001", reason="суд", by="адвокат", since="2022-08-22")
    editing.change(told, hold, {"lifted": "2022-09-01"})
    found = casework.record(told, hold)
    assert isinstance(found, LegalHold)
    assert found.lifted is not None


def test_what_cannot_be_changed_here_is_refused_and_not_dropped(told: Session) -> None:
    step = log(told, "step", happened="2022-08-10", by_whom="we", bodies="Прокуратура")
    with pytest.raises(Refused, match="cannot be changed here"):
        editing.change(told, step, {"reply": "denied"})


def test_every_noun_is_written_changed_undone_and_the_vault_stays_whole(told: Session) -> None:
    before = casework.page(told, "K-001")
    add(told, "task", case="K-001", text="позвонить", kind="call", due="2022-09-01")
    effect = add(told, "effect", case="K-001", note="мать не спит")
    add(told, "sentence", case="K-001", article="158", court="суд", term_end="2025")
    log(told, "offer", happened="2022-07", by="неизвестные мужчины", amount="100000", currency="RUB", own_will="agreed")
    editing.change(told, effect, {"note": "мать спит"})
    assert safekeeping.verify(told).ok
    assert {each.table for each in history.history(told, "K-001", 100)} >= {"task", "offer", "legal_status"}
    for _change in range(5):
        history.undo(told, this_session=True)
    assert casework.page(told, "K-001") == before
    assert safekeeping.verify(told).ok


def test_both_amounts_stand_side_by_side_and_the_offer_is_money_too(told: Session) -> None:
    withheld(told, MOTHER, topic="money")
    before = extract(told)
    for amount in ("100000", "200000"):
        log(told, "offer", happened="2022-07", by="неизвестные мужчины", amount=amount, currency="RUB")
    assert extract(told) == before
    kinds = [each.entry.kind for each in casework.page(told, "K-001").timeline if each.entry]
    assert kinds == [EntryKind.OFFER, EntryKind.OFFER]
    assert len([each for each in casework.page(told, "K-001").people if each.role.kind.value == "recruiter"]) == 1
