"""As we knew it: the case as the vault knew it on an earlier day, whatever was written or taken back since."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from family_case.chance import SetClock
from family_case.errors import Problem, Refused
from family_case.model.dossier import Dossier, Order, Profile
from family_case.model.silence import Span
from family_case.services import casework, editing, erasing, history, intake, publishing
from family_case.services.known import known_on
from tests.services import casebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.model.views import CasePage
    from family_case.services.session import Session

FIRST = date(2022, 8, 22)
AS_OF = date(2022, 12, 1)
CODES = count(1)
STEPS = ("note", "sign", "promise", "payment", "edit", "rename", "person", "role", "undo", "redo", "revert", "number")
RULED = ("step", "reply", "status", "stay", "seen", "hold", "done")


def next_day(session: Session) -> None:
    assert isinstance(session.clock, SetClock)
    session.clock.utc_ms += int(timedelta(days=1).total_seconds() * 1000)


def then(session: Session, ref: str, day: date) -> CasePage:
    with known_on(session, ref, day) as past:
        return casework.page(past, ref, as_of=AS_OF)


def test_a_corrected_word_is_shown_as_it_stood(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text="he was seen")
    next_day(session)
    editing.change(session, entry, {"text": "he was not seen"})
    assert [item.entry.text for item in then(session, "K-001", FIRST).timeline if item.entry] == ["he was seen"]
    assert [item.entry.text for item in casework.page(session, "K-001").timeline if item.entry] == ["he was not seen"]


def test_what_was_taken_back_is_there_again(session: Session) -> None:
    casebook.case(session)
    sign = casebook.log(session, "sign", happened="2022-08-20", class_="voice", channel="phone")
    next_day(session)
    history.undo(session, this_session=True)
    page = then(session, "K-001", FIRST)
    assert page.silence.word is not None
    assert page.silence.word.latest == date(2022, 8, 20)
    assert casework.page(session, "K-001").silence.word is None
    assert then(session, sign, FIRST) == page  # by its id too, though it stands no longer


def test_before_the_case_was_written_nothing_was_known(session: Session) -> None:
    casebook.case(session)
    with pytest.raises(Refused), known_on(session, "K-001", FIRST - timedelta(days=1)):
        pass
    with pytest.raises(Refused), known_on(session, "K-002", FIRST):
        pass


def test_a_record_in_no_case_has_no_page_of_the_past_and_that_is_said(session: Session) -> None:
    nina = intake.add(session, "person", {"name": "Сидорова Нина"}).made
    with pytest.raises(Refused) as refusal, known_on(session, nina, FIRST):
        pass
    assert "in no case" in refusal.value.message
    with pytest.raises(Refused) as unknown, known_on(session, "nobody", FIRST):
        pass
    assert "There is no case and no record" in unknown.value.message


def test_nothing_can_be_written_into_the_past(session: Session) -> None:
    casebook.case(session)
    with known_on(session, "K-001", FIRST) as past, pytest.raises(Problem):
        casebook.log(past, "note", text="late")
    assert casework.page(session, "K-001").timeline == ()


def test_what_was_erased_since_is_not_known_of_the_past_either(session: Session) -> None:
    casebook.case(session)
    entry = casebook.log(session, "note", text="a secret")
    next_day(session)
    erasing.erase(session, entry)
    assert then(session, "K-001", FIRST).timeline == ()


def test_a_number_used_in_another_case_since_did_not_count_against_him_then(session: Session) -> None:
    casebook.case(session)
    casebook.log(session, "sign", happened="2022-08-20", class_="voice", number="+79991112233")
    next_day(session)
    casebook.case(session, code="K-002", name="Зимин Олег")
    casebook.log(session, "sign", ref="K-002", happened="2022-08-21", class_="voice", number="+79991112233")
    assert casework.page(session, "K-001").silence.word is None
    assert then(session, "K-001", FIRST).silence.word is not None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(STEPS + RULED), max_size=4), min_size=1, max_size=5))
def test_each_day_is_shown_as_it_was_seen_on_that_day(session: Session, days: list[list[str]]) -> None:
    code = f"K-{next(CODES):03d}"
    casebook.case(session, code=code, name="Сапогов Пётр")
    seen = []
    for steps in days:
        for step in steps:
            _do(session, code, step)
        if casework.count(session, code) == 0:
            break  # the making of the case was taken back
        today = session.clock.now().day(session.office.zone)
        seen.append((today, casework.page(session, code, as_of=AS_OF)))
        next_day(session)
    for day, page in seen:
        assert then(session, page.case.id, day) == page


MONEY = {"amount": "100", "currency": "RUB", "happened": "2022-08-01"}
LOGGED = {
    "note": ("note", {"text": "a note"}),
    "number": ("note", {"text": "called", "number": "+79990001122"}),
    "sign": ("sign", {"happened": "2022-08-02", "class_": "voice"}),
    "promise": ("promise", {"promise": "salary", "due": "2022-10", **MONEY}),
    "payment": ("payment", MONEY),
    "step": ("step", {"happened": "2022-08-03", "by_whom": "we", "bodies": "ФСИН", "proof": "receipt"}),
    "status": ("status", {"happened": "2022-08-04", "dimension": "fate", "value": "report_of_death"}),
    "stay": ("stay", {"stay": "detention", "left": "2022-07"}),
}
HOLD = {"reason": "a suit", "by": "counsel", "since": "2022-08"}


def _do(session: Session, code: str, step: str) -> None:
    """One step of a caseworker; what the program refuses is no step."""
    if casework.count(session, code) == 0:
        return
    page = casework.page(session, code, as_of=AS_OF)
    entry = next((item.id for item in page.timeline if item.entry), code)
    told = len(page.timeline)
    asked = next((item.id for item in page.timeline if item.bodies), "")
    task = next((task.id for task in page.background.tasks), "")
    role = {"case": code, "person": page.people[-1].person.id, "kind": "third_person"}
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: editing.change(session, entry, {"text": f"again {told}"}),
        "rename": lambda: editing.change(session, code, {"alias": f"alias{told}"}),
        "person": lambda: casebook.person(session, f"Иван {len(page.people)}ов", "friend", ref=code),
        "role": lambda: intake.add(session, "role", role),
        "reply": lambda: intake.add(session, "reply", {"step": asked, "reply": "denied"}),
        "seen": lambda: editing.change(session, code, {"last_seen": f"2022-06-{told % 28 + 1:02d}"}),
        "hold": lambda: intake.add(session, "hold", {"case": code, **HOLD}),
        "done": lambda: editing.change(session, task, {"state": "done"}),
        "undo": lambda: history.undo(session, this_session=True),
        "redo": lambda: history.redo(session, this_session=True),
        "revert": lambda: history.revert(session, entry),
    }
    try:
        if step in LOGGED:
            kind, values = LOGGED[step]
            casebook.log(session, kind, ref=code, **values)
        else:
            acts[step]()
    except Problem:
        return


def paper(session: Session, day: date | None = None, profile: Profile = Profile.LAWYER, reader: str = "") -> Dossier:
    order = Order(profile, "en", casebook.PRINTED, for_person=reader, known_on=day)
    return publishing.dossier(session, "K-001", order)


@pytest.fixture
def looked_back(session: Session) -> Session:
    """A case of two days: on the second an entry is corrected, the mother's name is learned, a danger is marked."""
    casebook.case(session)
    wife = casebook.person(session, "Лебедева Инна", "spouse")
    casebook.consent(session, wife)
    casebook.log(session, "note", text="He said: Щурова knows")
    risky = casebook.log(session, "note", text="from a phone inside")
    next_day(session)
    casebook.person(session, "Щурова Мария", "mother")
    editing.change(session, risky, {"hazard": "phone_inside"})
    casebook.log(session, "note", text="of the second day")
    return session


def test_a_paper_tells_what_was_known_then_and_says_so(looked_back: Session) -> None:
    told = paper(looked_back, FIRST)
    assert told.known_on == FIRST
    texts = [item.entry.text for item in told.items]
    assert "of the second day" not in texts
    assert "of the second day" in [item.entry.text for item in paper(looked_back).items]


def test_a_danger_marked_since_holds_in_a_paper_of_the_past(looked_back: Session) -> None:
    assert "from a phone inside" not in [item.entry.text for item in paper(looked_back, FIRST).items]


def test_a_name_learned_since_is_taken_out_of_a_paper_of_the_past(looked_back: Session) -> None:
    assert not any("Щурова" in item.entry.text for item in paper(looked_back, FIRST).items)


def test_a_consent_withdrawn_since_lets_no_paper_of_the_past_out(looked_back: Session) -> None:
    (consent,) = casework.page(looked_back, "K-001").consents
    editing.change(looked_back, consent.id, {"withdrawn": "2022-08-22"})
    with pytest.raises(Refused):
        paper(looked_back, FIRST)


def test_a_relative_gets_no_extract_of_the_past(looked_back: Session) -> None:
    with pytest.raises(Refused):
        paper(looked_back, FIRST, Profile.FAMILY, "Лебедева Инна")


def test_the_rules_answer_as_of_a_day_by_what_was_known_then(session: Session) -> None:
    casebook.case(session, last_seen="2022-07")
    step = casebook.log(session, "step", happened="2022-08-01", by_whom="we", bodies="ФСИН", proof="receipt")
    next_day(session)
    editing.change(session, "K-001", {"last_seen": "2022-07-09"})
    intake.add(session, "reply", {"step": step, "reply": "denied", "replied": "2022-08-20"})
    casebook.log(session, "status", happened="2022-08", dimension="fate", value="report_of_death")
    now, known = casework.page(session, "K-001", as_of=AS_OF).rules, then(session, "K-001", FIRST).rules
    assert (now.window.closes, now.clocks) == (Span(date(2022, 10, 9), date(2022, 10, 9)), ())
    assert known.window.closes == Span(date(2022, 10, 1), date(2022, 10, 31))
    assert [each.clock.fewest for each in known.clocks] == [122], "to the day asked about, by what was known then"
    assert (len(now.fate.reports), known.fate.reports) == (1, ())


def test_a_paper_of_the_past_counts_its_deadline_as_known_then(looked_back: Session) -> None:
    editing.change(looked_back, "K-001", {"last_seen": "2022-07-09"})
    assert paper(looked_back).window is not None
    told = paper(looked_back, FIRST).window
    assert told is not None
    assert told.closes is None


def test_what_was_purged_is_not_shown_on_a_day_before_it_was_written(session: Session) -> None:
    casebook.case(session)
    next_day(session)
    entry = casebook.log(session, "note", text="her address")
    editing.change(session, entry, {"text": "an address"})
    next_day(session)
    erasing.purge(session, entry)
    assert then(session, "K-001", FIRST).timeline == ()
    assert [item.entry.text for item in then(session, "K-001", FIRST + timedelta(days=1)).timeline if item.entry] == [
        "an address"
    ]
