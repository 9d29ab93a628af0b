"""A crowd of invented cases: always the same, entered as people enter cases, whole however it ends."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import phonenumbers
import pytest
from phonenumbers import carrier

from family_case.chance import Moment
from family_case.model.entry import EntryKind
from family_case.services import casework, crowd, demo, history, safekeeping, today
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session
    from family_case.store.change import Change


def test_invented_cases_repeat_themselves_and_differ_by_number_and_by_seed() -> None:
    assert crowd.invent(7) == crowd.invent(7)
    assert len({str(crowd.invent(index)) for index in range(1, 60)}) == 59
    assert crowd.invent(7, seed="2") != crowd.invent(7)


def test_no_operator_has_the_numbers_of_invented_people() -> None:
    for block in range(100, 1000, 7):
        parsed = phonenumbers.parse(crowd.number(block, 5))
        assert phonenumbers.is_possible_number(parsed)
        assert not carrier.name_for_number(parsed, "en")


def test_each_case_says_that_it_is_invented_and_has_ten_entries_of_many_kinds(session: Session) -> None:
    kinds = Counter[EntryKind]()
    for code in crowd.fill(session, 12):
        page = casework.page(session, code)
        assert page.case.owner in ("вымышленное дело", "вигадана справа")
        told = [item.entry.kind for item in page.timeline if item.entry]
        assert len(told) == crowd.ENTRIES
        kinds.update(told)
    assert set(kinds) == set(EntryKind)
    assert safekeeping.verify(session).ok


def test_some_invented_numbers_recur_across_cases(session: Session) -> None:
    codes = crowd.fill(session, 30)
    shared = [
        use.other_cases for code in codes for each in casework.page(session, code).timeline for use in each.numbers
    ]
    assert max(shared) >= 1
    assert min(shared) == 0


def test_no_change_holds_more_than_a_thousand_records_and_all_are_in_the_journal(session: Session) -> None:
    crowd.fill(session, 40)
    sql = "SELECT count(*) FROM journal_head WHERE reason = 'add' GROUP BY counter"
    sizes = [size for (size,) in session.vault.connection.execute(sql)]
    assert max(sizes) <= crowd.MOST
    assert len(sizes) < 5


def test_derived_state_is_what_one_case_at_a_time_gives(session: Session) -> None:
    crowd.fill(session, 12)
    assert safekeeping.verify(session).ok  # compares each case's stored state with its rows
    assert {line.why for line in today.today(session)} >= {"call_back", "overdue", "check_now"}


def test_many_invented_cases_are_taken_back_like_any_change(session: Session) -> None:
    crowd.fill(session, 12)
    history.undo(session, this_session=True)
    assert casework.count(session) == 0
    assert safekeeping.verify(session).ok


def _listing(folder: Path) -> list[object]:
    session = open_vault(folder)
    try:
        codes = [row.code for row in casework.cases(session)]
        return [casework.page(session, code) for code in codes]
    finally:
        session.close()


def test_the_same_seed_gives_the_same_demo_and_another_one_another(tmp_path: Path, remembered_keys: None) -> None:
    pages = []
    for name, seed in (("one", "a"), ("two", "a"), ("three", "b")):
        demo.fresh_demo(tmp_path / name, PASSPHRASE)
        assert demo.enlarge(tmp_path / name, PASSPHRASE, 5, seed=seed) == 5
        pages.append(_listing(tmp_path / name))
    assert pages[0] == pages[1]
    assert len(pages[0]) == 15
    assert pages[0][:10] == pages[2][:10]
    assert pages[0][10:] != pages[2][10:]


def test_the_crowd_lives_on_the_day_of_the_demo(story_folder: Path) -> None:
    demo.enlarge(story_folder, PASSPHRASE, 3)
    session = open_vault(story_folder)
    try:
        zone = session.office.zone
        written = session.vault.connection.execute("SELECT max(time_ms) FROM journal_head").fetchone()[0]
        assert Moment(written).day(zone) == session.today()
        assert {row.code for row in casework.cases(session)} >= {"K-011", "K-012", "K-013"}
    finally:
        session.close()


def failing_at(entry: int, error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the making of a crowd end with `error` at this entry."""
    real, entered = crowd.enter, [0]

    def enter(held: Session, change: Change, case: crowd.Invented) -> str:
        entered[0] += 1
        if entered[0] == entry:
            raise error
        return real(held, change, case)

    monkeypatch.setattr(crowd, "enter", enter)


def test_who_interrupts_keeps_a_whole_vault_with_fewer_cases(
    story_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "_CHANGES", 1)
    heard = list[int]()
    failing_at(30, KeyboardInterrupt, monkeypatch)
    made = demo.enlarge(story_folder, PASSPHRASE, 100, told=heard.append)
    assert 0 < made < 30
    assert heard[-1] == made
    session = open_vault(story_folder)
    try:
        assert casework.count(session) == 10 + made
        assert safekeeping.verify(session).ok
    finally:
        session.close()


def test_a_change_that_fails_takes_those_before_it_in_the_transaction_with_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_at(20, RuntimeError, monkeypatch)
    with pytest.raises(RuntimeError):
        crowd.fill(session, 40)
    assert casework.count(session) == 0
    assert safekeeping.verify(session).ok
    monkeypatch.undo()
    assert len(crowd.fill(session, 2)) == 2  # the vault goes on


def test_afterwards_the_connection_is_set_as_ever(session: Session) -> None:
    names = ("cache_size", "synchronous")

    def settings() -> list[object]:
        pragmas = [session.vault.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
        return [*pragmas, session.vault.log_pages]

    before = settings()
    crowd.fill(session, 1)
    assert settings() == before


def test_afterwards_every_search_index_is_in_one_part(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "_CHANGES", 1)  # each transaction leaves a part
    crowd.fill(session, 40)
    for said in ("name", "text"):
        sql = f"SELECT count(DISTINCT segid) FROM search_{said}_idx"
        assert session.vault.connection.execute(sql).fetchone() == (1,)
    assert safekeeping.verify(session).ok
