"""The rules on a real case: what a lawyer, a caseworker and a mother are told, and what they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.i18n import translator
from family_case.model.background import LegalHold
from family_case.model.case import CaseStatus
from family_case.model.groups import Equated
from family_case.model.kinds import Promise
from family_case.model.no_reply import ClockState, Counted
from family_case.model.promises import PromiseState
from family_case.model.rule_words import Telling, group_words, sentences
from family_case.model.silence import Span
from family_case.model.task import TaskKind
from family_case.model.un_window import EventFrom, WindowState
from family_case.services import casework, editing, erasing, finding, intake, publishing, today
from family_case.services.sentences import proof_sentence
from tests.reports.reading import printed
from tests.services.casebook import case, consent, family, lawyer, log, person

if TYPE_CHECKING:
    from family_case.model.dossier import Dossier
    from family_case.model.rules import Rules
    from family_case.services.session import Session

EN = translator("en")
MOTHER = "Лебедева Нина Павловна"
TODAY = date(2022, 8, 22)


@pytest.fixture
def told(session: Session) -> Session:
    case(session, sex="male")
    person(session, MOTHER, "mother")
    consent(session, person(session, "Лебедев Роман Игоревич", "sibling", sex="male"), "lawyer, case_work")
    return session


def rules(session: Session, as_of: date = TODAY, ref: str = "K-001") -> Rules:
    return casework.page(session, ref, as_of=as_of).rules


def extract(session: Session) -> Dossier:
    return publishing.dossier(session, "K-001", family(MOTHER))


def why(session: Session, as_of: date = TODAY) -> dict[str, str | None]:
    return {line.why: line.day for line in today.today(session, as_of=as_of)}


def add(session: Session, noun: str, **values: str) -> str:
    return intake.add(session, noun, {name.rstrip("_"): text for name, text in values.items()}).made


# --- rule 3: the window of the UN Working Group ---


def test_the_window_counts_from_known_custody_and_not_from_his_last_message(told: Session) -> None:
    log(told, "sign", happened="2022-08-15", class_="voice", with_=MOTHER)
    assert rules(told).window.state is WindowState.NO_EVENT
    stay = log(told, "stay", place="ИК-17, Мордовия", stay="detention", left="2022-07-09")
    assert rules(told).window.event.entry_id == stay
    editing.change(told, "K-001", {"last_seen": "2022-07-12"})
    found = rules(told).window
    assert (found.event.source, found.closes) == (EventFrom.CASE, Span(date(2022, 10, 12), date(2022, 10, 12)))


def test_a_day_with_an_open_end_reaches_to_the_day_it_was_written_down(told: Session) -> None:
    editing.change(told, "K-001", {"last_seen": "2022-07/.."})
    found = rules(told).window
    assert found.closes == Span(date(2022, 10, 1), date(2022, 11, 22))
    silence = casework.page(told, "K-001").silence
    assert (silence.fewest, silence.most) == (0, 52)


def test_today_shows_the_window_while_it_closes_and_not_before_or_after(told: Session) -> None:
    editing.change(told, "K-001", {"last_seen": "2022-07-09"})
    assert "un_window" not in why(told, date(2022, 9, 8))
    assert why(told, date(2022, 9, 9))["un_window"] == "2022-10-09"
    assert "un_window" in why(told, date(2022, 10, 9))
    assert "un_window" not in why(told, date(2022, 10, 10))


def test_today_counts_the_window_from_a_stay_too(told: Session) -> None:
    log(told, "stay", place="ИК-17, Мордовия", stay="detention", left="2022-07-09")
    assert why(told, date(2022, 9, 20))["un_window"] == "2022-10-09"


def test_the_lawyers_paper_has_the_deadline_and_the_mothers_has_not(told: Session) -> None:
    editing.change(told, "K-001", {"last_seen": "2022-07-09"})
    text = printed(publishing.dossier(told, "K-001", lawyer())).text
    assert (
        "Next deadline UN Working Group, urgent procedure: the Group must receive the report by 9 October 2022" in text
    )
    assert "Not checked by a lawyer." in text
    assert "Working Group" not in printed(extract(told)).text


def test_a_window_counted_from_a_withheld_stay_is_not_in_the_paper(told: Session) -> None:
    log(told, "stay", place="ИК-17, Мордовия", stay="detention", left="2022-07-09", hazard="insider")
    assert rules(told).window.state is WindowState.OPEN
    assert publishing.dossier(told, "K-001", lawyer()).window is None


# --- rule 4: no single current fate ---


def test_a_proof_is_a_recognised_word_or_a_checked_statement_and_its_age_is_said(told: Session) -> None:
    log(told, "status", happened="2022-07-20", dimension="fate", value="alive_confirmed")
    assert casework.page(told, "K-001").last_proof is None, "what nobody checked is no proof"
    log(told, "sign", happened="2022-07-08", class_="voice", with_=MOTHER, recognised_by="voice")
    page = casework.page(told, "K-001")
    assert proof_sentence(page, EN) == "Last proof that he is alive: call to his mother, 8 July 2022, 45 days ago."
    log(told, "status", happened="2022-08-01", dimension="fate", value="alive_confirmed", checked="asked the ICRC")
    page = casework.page(told, "K-001")
    assert proof_sentence(page, EN) == "Last proof that he is alive: a checked statement, 1 August 2022, 21 days ago."
    assert page.silence.fewest == 45, "a statement is no direct word"


def test_a_report_of_death_never_counts_as_dead_and_stands_in_no_list(told: Session) -> None:
    before = casework.cases(told)
    log(told, "status", happened="2022-08-10", dimension="fate", value="report_of_death", source="сокамерник")
    assert casework.cases(told) == before
    page = casework.page(told, "K-001")
    assert page.case.status is CaseStatus.OPEN
    assert page.silence == replace(page.silence, word=None)
    assert why(told)["tell_family"] == "2022-08-22"
    assert not [line for line in today.today(told) if "death" in line.why]
    assert {hit.table for hit in finding.find(told, "сокамерник")} <= {"entry"}


def test_a_corrected_entry_that_now_tells_of_death_makes_the_task_too_and_only_once(told: Session) -> None:
    entry = log(told, "status", happened="2022-08-10", dimension="fate", value="unknown")
    assert casework.page(told, "K-001").background.tasks == ()
    noted = editing.change(told, entry, {"value": "report_of_death"})
    assert "who tells the family" in noted.notes[0][0]
    editing.change(told, entry, {"source": "сокамерник"})
    (task,) = casework.page(told, "K-001").background.tasks
    assert (task.kind, task.about_id) == (TaskKind.TELL_FAMILY, entry)
    assert entry not in {each.entry.id for each in extract(told).items}
    asked = [each.words for each in sentences(rules(told), Telling(EN, TODAY, {}))]
    assert asked[0] == "There is news the family has not been told: decide who tells them, how and when."
    editing.change(told, task.id, {"state": "done"})
    assert "tell_family" not in why(told)
    assert not any(each.untold for each in rules(told).fate.reports)


def test_the_lawyers_paper_lists_reports_since_newest_first_with_source_and_hands(told: Session) -> None:
    log(told, "sign", happened="2022-07-08", class_="voice", with_=MOTHER, recognised_by="voice")
    log(told, "status", happened="2022-08-01", dimension="health", value="wounded", hands="1")
    death = {"dimension": "fate", "value": "report_of_death", "source": "сокамерник", "hands": "2"}
    log(told, "status", happened="2022-08-10", **death)
    dossier = publishing.dossier(told, "K-001", lawyer())
    assert dossier.reports == (3, 2)
    text = printed(dossier).text
    first, second = text.index("entry 3: 10 August 2022"), text.index("entry 2: 1 August 2022")
    assert first < second
    assert "2 people between" in text[first:second]
    assert extract(told).reports == ()


# --- rule 10: no reply ---


def test_a_reply_overdue_stands_in_today_by_the_law_of_the_bodys_country(told: Session) -> None:
    add(told, "body", name="ФСИН", country="RU")
    step = log(told, "step", happened="2022-07-20", by_whom="family", bodies="ФСИН", proof="receipt")
    assert "reply_overdue" not in why(told, date(2022, 8, 19))
    assert why(told, date(2022, 8, 20))["reply_overdue"] == "2022-08-19"
    editing.change(told, step, {"registered": "2022-07-25"})
    assert "reply_overdue" not in why(told, date(2022, 8, 20)), "counted from registration once it is known"
    add(told, "reply", step=step, reply="denied", replied="2022-08-30")
    assert "reply_overdue" in why(told, date(2022, 8, 29))
    assert "reply_overdue" not in why(told, date(2022, 8, 30))


def test_forwarding_hands_the_clock_to_the_next_body(told: Session) -> None:
    step = log(told, "step", happened="2022-07-20", by_whom="family", bodies="ФСИН", proof="receipt")
    add(told, "reply", step=step, reply="forwarded", replied="2022-08-12", forwarded_to="Прокуратура")
    (clock,) = rules(told).clocks
    assert (clock.name, clock.clock.counted, clock.clock.fewest) == ("Прокуратура", Counted.FORWARDING, 10)


@pytest.mark.parametrize("reply", ["forwarded", "acknowledged"])
def test_what_was_passed_on_or_acknowledged_is_overdue_without_a_proof_of_sending(told: Session, reply: str) -> None:
    to = {"forwarded_to": "Прокуратура"} if reply == "forwarded" else {}
    step = log(told, "step", happened="2022-05-01", by_whom="family", bodies="ФСИН")
    assert "reply_overdue" not in why(told)
    add(told, "reply", step=step, reply=reply, replied="2022-06-01", **to)
    assert "reply_overdue" in why(told)


def test_a_step_without_proof_is_no_overdue_reply(told: Session) -> None:
    log(told, "step", happened="2022-01-20", by_whom="journalist", bodies="ФСИН", reply="none")
    assert [each.clock.state for each in rules(told).clocks] == [ClockState.UNPROVEN]
    assert "reply_overdue" not in why(told)


def test_the_lawyers_paper_counts_the_days_and_the_mothers_does_not(told: Session) -> None:
    log(told, "step", happened="2022-08-05", by_whom="family", bodies="ФСИН", proof="receipt")
    text = printed(publishing.dossier(told, "K-001", lawyer())).text
    assert "no reply for 17 days, counted from sending, 5 August 2022" in text
    assert "no reply for" not in printed(extract(told)).text


# --- rule 11: statements about a group ---


@pytest.fixture
def of_ten(told: Session) -> str:
    add(told, "cohort", name="Первый этап", claimed_size="50")
    return log(
        told, "status", happened="2022-08-03", dimension="fate", group="десять человек его группы", hands="2",
        words="трое осталось", source="жена соседа",
    )  # fmt: skip


def test_a_statement_keeps_the_tellers_words_and_is_never_a_bare_number(told: Session, of_ten: str) -> None:
    (said,) = rules(told).groups
    assert said.entry_id == of_ten
    assert group_words(said, Telling(EN, TODAY, {})) == (
        "About “десять человек его группы”, in the teller's words: “трое осталось”; as told by: жена соседа; "
        "2 people between; 3 August 2022. Nobody said which cohort this group is."
    )


def test_that_the_group_is_a_cohort_needs_a_source_of_its_own(told: Session, of_ten: str) -> None:
    noted = editing.change(told, of_ten, {"cohort": "Первый этап"})
    assert "Nobody is recorded as saying" in noted.notes[0][0]
    add(told, "member", case="K-001", cohort="Первый этап")
    assert [(each.equated, each.cohort) for each in rules(told).groups] == [(Equated.UNSOURCED, "")]
    editing.change(told, of_ten, {"cohort_claim": "жена соседа"})
    (said,) = rules(told).groups
    assert (said.equated, said.cohort, said.claim) == (Equated.CLAIMED, "Первый этап", "жена соседа")
    assert "Said to be the cohort “Первый этап”, by: жена соседа." in group_words(said, Telling(EN, TODAY, {}))


def test_it_never_shows_in_the_view_or_paper_of_another_family_of_the_cohort(told: Session, of_ten: str) -> None:
    case(told, code="K-002", name="Осокин Пётр Ильич")
    consent(told, person(told, "Осокина Вера", "spouse", ref="K-002"), "lawyer, case_work", ref="K-002")
    for code in ("K-001", "K-002"):
        add(told, "member", case=code, cohort="Первый этап")
    editing.change(told, of_ten, {"cohort": "Первый этап", "cohort_claim": "жена соседа"})
    other = casework.page(told, "K-002")
    assert (other.rules.groups, other.timeline) == ((), ())
    for order in (lawyer(), family("Осокина Вера")):
        paper = publishing.dossier(told, "K-002", order)
        assert paper.items == ()
        assert "трое" not in printed(paper).text


# --- rule 13: retention proposes, never deletes ---


def test_what_is_kept_long_is_proposed_in_today_and_stays_where_it_is(told: Session) -> None:
    editing.change(told, "K-001", {"status": "ended"})
    later = date(2025, 8, 23)
    assert "keeping" not in why(told, date(2025, 8, 22))
    assert why(told, later)["keeping"] == "2025-08-22"
    assert casework.page(told, "K-001", as_of=later).rules.keeping
    assert casework.count(told) == 1


def test_a_hold_keeps_the_case_from_proposals_and_from_erasure_and_is_reviewed(told: Session) -> None:
    editing.change(told, "K-001", {"status": "ended"})
    add(told, "hold", case="K-001", reason="a suit", by="counsel", since="2022-08-01", review="2025-01-01")
    assert why(told, date(2024, 12, 31)) == {}
    assert why(told, date(2025, 9, 1)) == {"hold_review": "2025-01-01"}
    with pytest.raises(Exception, match="legal hold"):
        erasing.erase(told, "K-001")
    (hold,) = casework.page(told, "K-001").background.holds
    assert isinstance(hold, LegalHold)
    editing.change(told, hold.id, {"lifted": "2022-08-22"})
    assert set(why(told, date(2025, 9, 1))) == {"keeping"}


def test_when_the_last_consent_is_withdrawn_the_family_is_to_be_asked(told: Session) -> None:
    (given,) = casework.page(told, "K-001").consents
    editing.change(told, given.id, {"withdrawn": "2022-08-22"})
    assert "keeping" not in why(told, date(2022, 9, 22))
    assert why(told, date(2022, 9, 23))["keeping"] == "2022-09-22"


# --- rule 14: Ukrainian citizens ---


def test_a_ukrainian_citizens_case_says_what_holds_until_a_lawyer_ticks(told: Session) -> None:
    editing.change(told, "K-001", {"citizenship": "Україна"})
    asked = [each.words for each in sentences(rules(told), Telling(EN, TODAY, {}))]
    assert asked[0] == (
        "Ukrainian citizen: Ukrainian bodies and the ICRC come first. No step towards any of them is recorded yet."
    )
    assert "Letters to Russian bodies are off until a lawyer allows them (name and day, at the case)." in asked
    assert "No face, number or place may be published." in asked
    log(told, "step", happened="2022-08-20", by_whom="family", bodies="МККК", proof="receipt")
    editing.change(told, "K-001", {"letters_allowed_by": "counsel", "letters_allowed_on": "2022-08-21"})
    held = rules(told)
    assert (held.protecting_asked, held.precautions.letters_to_russian_bodies) == (True, True)
    assert held.precautions.ticked_by == "counsel"
    assert not held.precautions.may_publish


def test_a_relatives_citizenship_switches_nothing(told: Session) -> None:
    person(told, "Ковальчук Олена", "spouse", citizenship="UA")
    assert not rules(told).precautions.ukrainian


# --- what people enter wrongly, or rightly against expectation ---


def test_a_payment_before_its_promise_is_saved_with_a_word_of_warning(told: Session) -> None:
    promise = log(told, "promise", happened="2022-08-10", promise="salary")
    money = {"amount": "100", "currency": "RUB", "against": promise}
    early = intake.log(told, "payment", "K-001", {"happened": "2022-08-09", **money})
    assert [message for message, _values in early.notes] == [
        "This payment lies before the promise it is set against. It was saved so; check both days."
    ]
    for happened in ("2022-08", "2022-08-10", "2022-07/.."):
        assert intake.log(told, "payment", "K-001", {"happened": happened, **money}).notes == ()
    moved = editing.change(told, early.made, {"happened": "2022-07-01"})
    assert "before the promise" in moved.notes[0][0]


def test_a_payment_in_another_currency_says_that_it_counts_nothing(told: Session) -> None:
    promise = log(told, "promise", happened="2022-08-10", promise="salary", amount="100", currency="RUB")
    paid = {"happened": "2022-08-11", "amount": "100", "against": promise}
    ((message, _values),) = intake.log(told, "payment", "K-001", {**paid, "currency": "USD"}).notes
    assert "another currency" in message
    assert casework.page(told, "K-001").promises[0].standing.missing == 100_00
    assert intake.log(told, "payment", "K-001", {**paid, "currency": "RUB"}).notes == ()


def test_a_promise_due_before_it_was_made_is_saved_with_a_word_of_warning(told: Session) -> None:
    made = {"happened": "2022-08-10", "promise": "release"}
    early = intake.log(told, "promise", "K-001", {**made, "due": "2022-07"})
    assert "due before it was made" in early.notes[0][0]
    assert intake.log(told, "promise", "K-001", {**made, "due": "2022-08"}).notes == ()
    assert "due before it was made" in editing.change(told, early.made, {"due": "2022-06"}).notes[0][0]


def test_a_promise_without_amount_is_never_short_of_any_and_one_without_end_never_overdue(told: Session) -> None:
    bare = log(told, "promise", happened="2022-07", promise="salary", due="2022-07/..")
    page = casework.page(told, "K-001")
    (line,) = page.promises
    assert isinstance(line.promise, Promise)
    assert (line.standing.state, line.standing.overdue, line.standing.missing) == (PromiseState.NO_DATE, False, None)
    log(told, "payment", happened="2022-08-01", amount="1", currency="RUB", against=bare)
    assert casework.page(told, "K-001").promises[0].standing.state is PromiseState.PARTLY


def test_who_is_a_relative_here_and_sought_there_keeps_both_clocks_apart(told: Session) -> None:
    case(told, code="K-002", name="Лебедев Игорь Петрович", citizenship="UA", last_seen="2022-07-01")
    father = next(card.person.id for card in casework.page(told, "K-002").people)
    noted = intake.add(told, "role", {"case": "K-001", "person": father, "kind": "father"})
    assert "sought in another case" in noted.notes[0][0]
    assert "K-002" not in noted.notes[0][0]
    log(told, "sign", happened="2022-08-01", class_="voice", with_=father)
    son, other = casework.page(told, "K-001"), casework.page(told, "K-002")
    assert (son.silence.fewest, other.silence.word is None, other.silence.since_last_seen) == (21, False, True)
    assert (son.rules.precautions.ukrainian, other.rules.precautions.ukrainian) == (False, True)
    assert (son.rules.window.state, other.rules.window.state) == (WindowState.NO_EVENT, WindowState.OPEN)
