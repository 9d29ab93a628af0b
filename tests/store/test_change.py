"""One change is written together or not at all, and everything that was written can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SystemIds
from family_case.errors import Bug, Refused
from family_case.model.case import Case
from family_case.model.changes import Actor, Reason
from family_case.model.consent import Consent, Disclosure, Purpose, Scope
from family_case.model.dates import parse
from family_case.model.endpoint import Endpoint, EndpointKind, PersonEndpoint
from family_case.model.entry import EndpointUse, Entry, EntryKind, EntryPerson, Part
from family_case.model.kinds import Payment, Promise, PromiseKind, PromiseTerm, SignClass, SignOfLife
from family_case.model.person import Person, PersonName, Role, RoleKind
from family_case.model.place import Place
from family_case.services import history, safekeeping
from family_case.store import cases, journal
from family_case.store.rows import load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

    from family_case.model.base import Record
    from family_case.model.changes import Changes
    from family_case.services.session import Session

# how the indexes arrange themselves; what they hold is looked at
INTERNAL = {f"search_{said}_{part}" for said in ("name", "text") for part in ("data", "idx", "config")}
_LIVING = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def written(connection: dbapi2.Connection, *, journalled: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, shadow tables of the index too."""
    tables = [name for (name,) in connection.execute(_LIVING)]
    own = [name for name in tables if journalled or name not in ("copy", "journal_head", "journal_payload")]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in own}


def put(session: Session, *records: Record, reason: Reason = Reason.ADD) -> Changes:
    with session.vault.change(reason, Actor.WINDOW) as change:
        for record in records:
            change.put(record)
    return change.result


CASE = Case("case", "K-001", "Рябина")
HIM = (Person("him"), PersonName("name", "him", "Лебедев Артём"), Role("role", "case", "him", RoleKind.SOUGHT))
SIGN = (
    Entry("sign", EntryKind.SIGN, "case", happened=parse("2022-07-08"), words="Я еду"),
    SignOfLife("sign", SignClass.VOICE),
)


def undo(session: Session) -> Changes:
    return history.undo(session, this_session=True)


def test_an_exception_in_the_middle_leaves_nothing(session: Session) -> None:
    put(session, CASE, *HIM)
    before = written(session.vault.connection)

    def halfway() -> None:
        with session.vault.change(Reason.LOG, Actor.WINDOW) as change:
            for record in SIGN:
                change.put(record)
            change.put(replace(CASE, alias="Ольха"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        halfway()
    assert written(session.vault.connection) == before


def test_a_record_that_refers_to_nothing_is_refused_with_all_that_came_with_it(session: Session) -> None:
    before = written(session.vault.connection)
    with pytest.raises(Refused):
        put(session, CASE, Role("role", "case", "nobody", RoleKind.MOTHER))
    assert written(session.vault.connection) == before


def test_a_second_case_of_the_same_code_is_refused_in_words(session: Session) -> None:
    put(session, CASE)
    with pytest.raises(Refused) as refusal:
        put(session, replace(CASE, id="other"))
    assert "already" in str(refusal.value)


def test_a_change_tells_what_it_touched(session: Session) -> None:
    put(session, CASE, *HIM)
    found = put(session, replace(HIM[1], entered="Лебедев Артём Игоревич"))
    assert (set(found.tables), set(found.ids), set(found.cases)) == ({"person_name"}, {"name"}, {"case"})


@pytest.mark.parametrize(
    ("records", "tables"),
    [
        ((Person("p"), EntryPerson("ep", "sign", "p", Part.WITH)), {"person", "entry_person"}),
        ((Disclosure("d", "case", 0, "lawyer", "en", "", "", ""),), {"disclosure"}),
        ((Place("pl", "ИК-17"), replace(CASE, held_at="pl")), {"place", "case_file"}),
    ],
)
def test_whatever_hangs_on_a_case_is_told_as_that_case(
    session: Session, records: tuple[Record, ...], tables: set[str]
) -> None:
    put(session, CASE, *HIM, *SIGN)
    found = put(session, *records)
    assert (set(found.tables), set(found.cases)) == (tables, {"case"})


def test_writing_the_same_again_touches_nothing_but_is_a_change(session: Session) -> None:
    put(session, CASE)
    found = put(session, CASE)
    assert (found.tables, found.number) == (frozenset(), 3)
    assert safekeeping.verify(session).ok
    assert undo(session).tables == frozenset()
    assert undo(session).tables == {"case_file"}


def test_undo_leaves_records_index_and_derived_state_as_they_were(session: Session) -> None:
    put(session, CASE, *HIM)
    before = written(session.vault.connection, journalled=False)
    put(session, *SIGN)
    assert cases.listed(session.vault.connection, "", 1, 0)[0].word_latest == "2022-07-08"
    undo(session)
    after = written(session.vault.connection, journalled=False)
    assert {table for table in before if before[table] != after[table]} <= INTERNAL


def test_nothing_of_a_removed_text_is_left_in_the_index(session: Session) -> None:
    put(session, CASE)
    put(session, Entry("note", EntryKind.NOTE, "case", text="тетрапаноптикум zzqxjv"))
    parts = ("data", "idx", "content")
    index = [f"search_{said}_{part}" for said in ("name", "text") for part in parts] + ["search_key", "search_word"]
    connection = session.vault.connection
    said = "tetrapanoptikum zzqxjv"
    trigrams = {said[at : at + 3].encode() for at in range(len(said) - 2)}

    def shadow() -> bytes:
        rows = [row for table in index for row in connection.execute(f"SELECT * FROM {table}")]
        return b"|".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    before = shadow()
    there = [each for each in trigrams if each in before]
    assert len(there) >= 8  # terms that begin alike stand there without their beginning
    undo(session)
    after = shadow()
    assert [each for each in there if each in after] == []


EDITS: dict[str, tuple[Record, ...]] = {
    "a new record": (Person("new"), PersonName("nn", "new", "Ким Ирина")),
    "a changed field": (replace(CASE, alias="Ольха", interval_days=60),),
    "several touches of one row": (replace(CASE, alias="a"), replace(CASE, alias="b"), replace(CASE, alias="c")),
    "there and back": (replace(CASE, alias="a"), CASE),
    "a row that another one, written later, is needed for": (replace(CASE, alias="x"), Place("pl", "ИК-17")),
    "a promise with terms and a payment": (
        Entry("pr", EntryKind.PROMISE, "case"),
        Promise("pr", PromiseKind.SALARY, 100, "RUB"),
        PromiseTerm("t1", "pr", 1, parse("2022-08-01")),
        PromiseTerm("t2", "pr", 2, parse("2022-09-01")),
        Entry("pay", EntryKind.PAYMENT, "case"),
        Payment("pay", 50, "RUB", "pr"),
    ),
    "a consent": (
        Consent("c", "case", "him", frozenset({Purpose.LAWYER, Purpose.MEDIA}), Scope.OWN, parse("2022-08-01")),
    ),
    "a number": (Endpoint("e", EndpointKind.PHONE, "8 900", "+7900"), EndpointUse("u", "sign", "e", case_id="case")),
}


@pytest.mark.parametrize("kind", EDITS)
def test_every_kind_of_change_can_be_taken_back(session: Session, kind: str) -> None:
    put(session, CASE, *HIM, *SIGN)
    before = written(session.vault.connection, journalled=False)
    put(session, *EDITS[kind])
    undone = undo(session)
    after = written(session.vault.connection, journalled=False)
    assert {table for table in before if before[table] != after[table]} <= INTERNAL
    assert undone.reason is Reason.UNDO
    assert safekeeping.verify(session).ok


def test_undo_puts_back_rows_that_came_to_refer_to_each_other_in_one_change(session: Session) -> None:
    put(session, CASE)
    with session.vault.change(Reason.EDIT, Actor.WINDOW) as change:
        change.put(replace(CASE, alias="x"))
        change.put(Place("pl", "ИК-17"))
        change.put(replace(CASE, held_at="pl"))
    undo(session)
    assert load(session.vault.connection, Case) == [CASE]
    assert load(session.vault.connection, Place) == []


def test_undo_takes_back_a_change_of_any_size(session: Session) -> None:
    put(session, CASE)
    put(session, *(Person(f"p{number}") for number in range(1200)))
    undo(session)
    assert load(session.vault.connection, Person) == []


def test_undo_twice_goes_one_change_further_back_and_each_is_in_the_history(session: Session) -> None:
    put(session, CASE)
    put(session, replace(CASE, alias="one"))
    put(session, replace(CASE, alias="two"))
    aliases = []
    for _ in range(2):
        undo(session)
        aliases.append(load(session.vault.connection, Case)[0].alias)
    assert aliases == ["one", "Рябина"]
    reasons = [item.reason for item in history.history(session, "K-001")]
    assert reasons == [Reason.UNDO, Reason.UNDO, Reason.ADD, Reason.ADD, Reason.ADD]


def test_what_was_written_after_an_undo_is_undone_first(session: Session) -> None:
    put(session, CASE)
    put(session, replace(CASE, alias="one"))
    undo(session)
    put(session, replace(CASE, alias="three"))
    undo(session)
    assert load(session.vault.connection, Case) == [CASE]
    undo(session)
    assert load(session.vault.connection, Case) == []


def test_undo_refuses_when_nothing_is_left(session: Session) -> None:
    with pytest.raises(Refused):
        undo(session)
    put(session, CASE)
    undo(session)
    before = written(session.vault.connection)
    with pytest.raises(Refused):
        undo(session)
    assert written(session.vault.connection) == before


def test_a_paper_that_left_stays_recorded(session: Session) -> None:
    put(session, CASE)
    put(session, Disclosure("d", "case", 0, "lawyer", "en", "", "", ""), reason=Reason.DISCLOSE)
    with pytest.raises(Refused) as refusal:
        undo(session)
    assert "left" in str(refusal.value)
    assert len(load(session.vault.connection, Disclosure)) == 1


def test_what_was_erased_cannot_be_taken_back_and_says_so(session: Session) -> None:
    put(session, CASE)
    session.vault.connection.execute("DELETE FROM journal_payload WHERE seq = 2")
    with pytest.raises(Refused) as refusal:
        undo(session)
    assert "erased" in str(refusal.value)


def test_a_row_that_is_not_as_the_change_left_it_is_not_overwritten(session: Session) -> None:
    put(session, CASE)
    session.vault.connection.execute("UPDATE case_file SET alias = 'x'")
    with pytest.raises(Bug):
        undo(session)
    assert load(session.vault.connection, Case)[0].alias == "x"


def test_two_mens_signs_through_one_number_count_for_neither_and_again_when_one_is_taken_back(
    session: Session,
) -> None:
    other = replace(CASE, id="case2", code="K-002")
    put(
        session,
        CASE,
        *SIGN,
        Endpoint("e", EndpointKind.PHONE, "8 900", "+7900"),
        EndpointUse("u", "sign", "e", case_id="case"),
    )
    put(session, other)
    put(
        session,
        Entry("sign2", EntryKind.SIGN, "case2", happened=parse("2022-07-20")),
        SignOfLife("sign2", SignClass.UNVERIFIED),
        EndpointUse("u2", "sign2", "e", case_id="case2"),
    )
    words = [line.word_latest for line in cases.listed(session.vault.connection, "", 9, 0)]
    assert words == [None, None]
    undo(session)
    words = [line.word_latest for line in cases.listed(session.vault.connection, "", 9, 0)]
    assert words == ["2022-07-08", None]
    assert safekeeping.verify(session).ok


def test_a_sign_given_to_a_case_takes_the_word_from_another_case_that_knows_its_number(session: Session) -> None:
    put(
        session,
        CASE,
        *SIGN,
        Endpoint("e", EndpointKind.PHONE, "8 900", "+7900"),
        EndpointUse("u", "sign", "e", case_id="case"),
    )
    homeless = Entry("sign2", EntryKind.SIGN, None, happened=parse("2022-07-20"))
    through = EndpointUse("u2", "sign2", "e")
    put(session, homeless, SignOfLife("sign2", SignClass.UNVERIFIED), through)
    assert cases.listed(session.vault.connection, "", 1, 0)[0].word_latest == "2022-07-08"
    put(session, replace(CASE, id="case2", code="K-002"))
    put(session, replace(homeless, case_id="case2"), replace(through, case_id="case2"))
    assert cases.listed(session.vault.connection, "", 1, 0)[0].word_latest is None
    assert safekeeping.verify(session).ok


def test_a_number_written_to_another_case_than_its_entry_is_named(session: Session) -> None:
    put(session, CASE, replace(CASE, id="case2", code="K-002"), *SIGN, Endpoint("e", EndpointKind.PHONE, "8", "+7900"))
    put(session, EndpointUse("u", "sign", "e", case_id="case2"))
    told = "Record {id}: it is written to another case than its entry.", {"id": "u"}
    assert told in safekeeping.verify(session).problems


def test_what_is_written_in_a_case_lies_beside_it_and_is_still_left_to_chance(session: Session) -> None:
    with session.vault.change(Reason.ADD, Actor.WINDOW) as change:
        case = change.fresh_id()
        found = {change.fresh_id(case) for _ in range(1000)}
        apart = {change.fresh_id() for _ in range(1000)}
    assert len(found | apart) == 2000
    assert {(each[:10], len(each)) for each in found} == {(case[:10], 26)}
    assert len({each[:10] for each in apart}) == 1000


def test_a_number_new_with_its_entry_stands_in_the_history_of_that_case(session: Session) -> None:
    put(session, CASE, *HIM)
    number = Endpoint("e", EndpointKind.PHONE, "8 900", "+7900")
    put(session, number, PersonEndpoint("pe", "him", "e"), *SIGN, EndpointUse("u", "sign", "e", case_id="case"))
    told = session.vault.connection.execute("SELECT case_id FROM journal_head WHERE row_id = 'e'").fetchall()
    assert told == [("case",)]
    assert undo(session).cases == {"case"}


def test_an_id_that_chance_gives_twice_overwrites_nothing(session: Session) -> None:
    put(session, CASE, *HIM, Person("her"))
    session.vault.ids = _Stuck()
    with pytest.raises(Refused), session.vault.change(Reason.ADD, Actor.WINDOW) as change:
        change.put(Role(change.fresh_id(), "case", "her", RoleKind.MOTHER))
    assert load(session.vault.connection, Role) == [HIM[2]]


class _Stuck(SystemIds):
    def new(self) -> str:
        return HIM[2].id


def test_a_payment_that_no_longer_counts_for_a_promise_makes_it_due_again(session: Session) -> None:
    put(session, CASE, *EDITS["a promise with terms and a payment"])
    put(session, Payment("pay", 100, "RUB", "pr"))
    assert cases.listed(session.vault.connection, "", 1, 0)[0].first_due is None
    put(session, Payment("pay", 100, "RUB", None))
    assert cases.listed(session.vault.connection, "", 1, 0)[0].first_due == "2022-09-01"
    assert safekeeping.verify(session).ok


def test_an_entry_moved_to_another_case_leaves_no_word_behind(session: Session) -> None:
    put(session, CASE, replace(CASE, id="case2", code="K-002"), *SIGN)
    found = put(session, replace(SIGN[0], case_id="case2"))
    assert found.cases == {"case", "case2"}
    assert [line.word_latest for line in cases.listed(session.vault.connection, "", 9, 0)] == [None, "2022-07-08"]


def test_the_head_of_the_journal_moves_with_every_change(session: Session) -> None:
    heads = [journal.head(session.vault.connection)]
    for number in range(3):
        put(session, Person(f"p{number}"))
        heads.append(journal.head(session.vault.connection))
    assert len(set(heads)) == 4
    assert session.vault.commit_seq() == 4
