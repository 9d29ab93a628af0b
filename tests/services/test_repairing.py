"""Repair: what can be read of a damaged vault becomes a vault of its own, and the damaged one is never touched."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from family_case.chance import Dice, SeededIds
from family_case.crypto import header
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.i18n import translator
from family_case.model.records import BY_TABLE
from family_case.services import attaching, backups, casework, erasing, finding, safekeeping
from family_case.services.repairing import Repaired, repair
from family_case.store.salvage import Source
from tests.services.casebook import case, log
from tests.store.test_looking import everything, unsettled
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["unsettled"]  # a fixture
PAGE = 4096
Rows = dict[tuple[str, str], tuple[object, ...]]


def rows_of(folder: Path) -> Rows:
    with closing(open_vault(folder, "reads")) as session:
        return {
            (table, row[0]): row
            for table in BY_TABLE
            for row in session.vault.connection.execute(f"SELECT * FROM {table}")
        }


def flip(folder: Path, *pages: int) -> None:
    """Turn one bit round in each of these pages."""
    with (folder / "main.db").open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE + 77)
            byte = file.read(1)[0]
            file.seek(-1, 1)
            file.write(bytes([byte ^ 4]))


def pages_of(folder: Path) -> int:
    return (folder / "main.db").stat().st_size // PAGE


def root_of(folder: Path, table: str) -> int:
    with closing(open_vault(folder, "asks")) as session:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(session.vault.connection.execute(sql, (table,)).fetchone()[0])


def pages_with_a_row_of(folder: Path, table: str, column: str) -> list[int]:
    """The pages without which exactly one of the rows of a table cannot be read."""
    key = header.unlock(header.read(folder), PASSPHRASE).database_key()
    whole = (folder / "main.db").read_bytes()
    counts = {}
    for page in range(2, pages_of(folder) + 1):
        flip(folder, page)
        with suppress(Damaged), closing(Source(folder / "main.db", key, pages_of(folder), frozenset({page}))) as source:
            counts[page] = len(list(source.rows(table, (column,))))
        (folder / "main.db").write_bytes(whole)
    return [page for page, count in counts.items() if count == max(counts.values()) - 1]


def mend(source: Path, folder: Path) -> Repaired:
    return repair(source, folder, PASSPHRASE, clock=clock_on(), ids=SeededIds("repairs"))


def said(found: Repaired) -> str:
    tr = translator("en")
    return "\n".join(tr.text(message, **values) for message, values in found.notes)


def test_a_whole_vault_stays_whole_and_gets_an_id_of_its_own(story_folder: Path, tmp_path: Path) -> None:
    want, before = rows_of(story_folder), everything(story_folder)
    found = mend(story_folder, tmp_path / "new")
    assert everything(story_folder) == before
    assert rows_of(tmp_path / "new") == want
    assert (found.damaged, found.saved, found.lost) == (0, len(want), 0)
    with closing(open_vault(story_folder)) as old, closing(open_vault(tmp_path / "new")) as new:
        assert old.office.copy_id != new.office.copy_id
        assert safekeeping.verify(new).ok
        newest = "SELECT reason FROM journal_head ORDER BY seq DESC LIMIT 1"
        assert new.vault.connection.execute(newest).fetchone() == ("repair",)
        with pytest.raises(Refused):
            new.vault.undo(new.actor)
        log(new, "note", "K-003", text="work goes on", happened="2022-08-01")


@pytest.mark.parametrize("table", ["sqlite_master", "case_file", "entry", "copy", "search_name_data", "promise"])
def test_no_single_page_costs_a_record(table: str, story_folder: Path, tmp_path: Path) -> None:
    want = rows_of(story_folder)
    flip(story_folder, 1 if table == "sqlite_master" else root_of(story_folder, table))
    before = everything(story_folder)
    found = mend(story_folder, tmp_path / "new")
    assert everything(story_folder) == before
    assert rows_of(tmp_path / "new") == want
    assert (found.damaged, found.lost) == (1, 0) if table != "sqlite_master" else True
    with closing(open_vault(tmp_path / "new")) as session:
        assert safekeeping.verify(session).ok
        assert finding.find(session, "Зарема")


def test_the_journal_gives_back_what_the_pages_do_not(story_folder: Path, tmp_path: Path) -> None:
    flip(story_folder, root_of(story_folder, "promise"), root_of(story_folder, "conversation"))
    told = said(mend(story_folder, tmp_path / "new"))
    assert "Case K-003: came back from the journal: " in told
    assert "Promise: " in told
    assert "Conversation: " in told


def test_a_journal_whose_root_is_gone_is_found_line_by_line(story_folder: Path, tmp_path: Path) -> None:
    """Nothing leads to its pages any more; each line proves by its hash that it is one."""
    want = rows_of(story_folder)
    flip(story_folder, *(root_of(story_folder, table) for table in ("journal_head", "journal_payload", "entry")))
    found = mend(story_folder, tmp_path / "new")
    assert rows_of(tmp_path / "new") == want
    assert found.lost == 0
    with closing(open_vault(tmp_path / "new")) as session:
        assert safekeeping.verify(session).ok


def test_what_neither_gives_is_named_by_its_case(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)) as session:
        case(session)
        log(session, "note", text="will be lost " + "x" * 9000, happened="2022-08-01")
        kept = log(session, "note", text="stays", happened="2022-08-02")
    rows = pages_with_a_row_of(vault_folder, "entry", "text")[-1:]
    flip(vault_folder, *rows, *pages_with_a_row_of(vault_folder, "journal_payload", "body")[-1:])
    found = mend(vault_folder, tmp_path / "new")
    assert found.lost == 1
    assert "Case K-001: could not be saved: Note: 1." in said(found)
    with closing(open_vault(tmp_path / "new")) as session:
        shown = [each.entry.id for each in casework.page(session, "K-001").timeline if each.entry]
        assert shown == [kept]
        assert [words for words, _ in safekeeping.verify(session).problems if "Record" in words] == []


def test_what_was_erased_does_not_come_back(story_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(story_folder)) as session:
        note = log(session, "note", "K-003", text="an erased word: Рябина", happened="2022-08-01")
        erasing.erase(session, note)
    want = rows_of(story_folder)
    flip(story_folder, root_of(story_folder, "entry"))
    found = mend(story_folder, tmp_path / "new")
    assert rows_of(tmp_path / "new") == want
    assert found.lost == 0


@pytest.mark.parametrize("also_its_line", [False, True])
def test_what_was_taken_back_does_not_come_back(also_its_line: bool, vault_folder: Path, tmp_path: Path) -> None:
    """Also where of the taking back only the head is left, and not what it says."""
    with closing(open_vault(vault_folder)) as session:
        case(session)
        log(session, "note", text="taken back " + "x" * 9000, happened="2022-08-01")
        session.vault.undo(session.actor)
    want = rows_of(vault_folder)
    lines = pages_with_a_row_of(vault_folder, "journal_payload", "body")[-1:] if also_its_line else []
    flip(vault_folder, root_of(vault_folder, "entry"), *lines)
    found = mend(vault_folder, tmp_path / "new")
    assert rows_of(tmp_path / "new") == want
    assert found.lost == 0


def test_attached_files_come_along_and_one_that_is_gone_is_named(story_folder: Path, tmp_path: Path) -> None:
    for name in ("passport.txt", "letter.txt"):
        (tmp_path / name).write_text(f"the {name}", encoding="utf-8")
        with closing(open_vault(story_folder, name)) as session:
            attaching.attach(session, "K-003", tmp_path / name)
            lost = attaching.of(session, "K-003")[-1]
    flip(story_folder, root_of(story_folder, "attachment"))
    (story_folder / "blobs" / lost.blob[:2] / lost.blob).unlink()
    told = said(mend(story_folder, tmp_path / "new"))
    assert "letter.txt" in told
    assert "passport.txt" not in told
    with closing(open_vault(tmp_path / "new")) as session:
        kept, _gone = attaching.of(session, "K-003")
        assert attaching.whole(session, kept.id)[1] == b"the passport.txt"


def test_the_folder_of_the_newest_backup_is_named_or_that_it_is_not_known(story_folder: Path, tmp_path: Path) -> None:
    assert "This vault knew of no backup." in said(mend(story_folder, tmp_path / "1"))
    for place in ("first", "second"):
        with closing(open_vault(story_folder, place)) as session:
            (tmp_path / place).mkdir()
            session.clock = clock_on("2022-08-20" if place == "first" else "2022-08-21")
            backups.backup(session, tmp_path / place)
    newest = f"The newest backup that this vault knew of: 21 August 2022, in “{tmp_path / 'second'}”."
    assert newest in said(mend(story_folder, tmp_path / "2"))
    flip(story_folder, root_of(story_folder, "copy"))
    told = said(mend(story_folder, tmp_path / "3"))
    assert newest not in told
    assert "Which backups there are could not be read." in told


def test_a_database_cut_short_gives_what_is_left(story_folder: Path, tmp_path: Path) -> None:
    want = rows_of(story_folder)
    with (story_folder / "main.db").open("r+b") as file:
        file.truncate((pages_of(story_folder) * 3 // 4) * PAGE + 1000)
    found = mend(story_folder, tmp_path / "new")
    got = rows_of(tmp_path / "new")
    assert set(got) <= set(want)
    assert len(got) > len(want) // 3
    assert found.saved == len(got)
    assert "The newest changes are lost" in said(found)


def test_work_in_the_log_comes_along(unsettled: Path, tmp_path: Path) -> None:
    mend(unsettled, tmp_path / "new")
    with closing(open_vault(tmp_path / "new")) as session:
        assert casework.page(session, "K-001").case.code == "K-001"
        assert safekeeping.verify(session).ok


def test_where_nothing_can_be_read_nothing_is_made(vault_folder: Path, tmp_path: Path) -> None:
    (vault_folder / "main.db").write_bytes(bytes(40 * PAGE))
    with pytest.raises(Damaged):
        mend(vault_folder, tmp_path / "new")
    (vault_folder / "main.db").write_bytes(b"")
    with pytest.raises(Damaged):
        mend(vault_folder, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["vault"]


def test_a_vault_that_is_open_is_not_repaired(vault_folder: Path, tmp_path: Path) -> None:
    with closing(open_vault(vault_folder)), pytest.raises(Unavailable):
        mend(vault_folder, tmp_path / "new")
    with pytest.raises(Refused):
        mend(vault_folder, vault_folder)


@pytest.mark.parametrize(("damaged", "share"), [(1, 1.0), (5, 0.97), (20, 0.8)])
def test_the_share_of_records_that_come_back(damaged: int, share: float, story_folder: Path, tmp_path: Path) -> None:
    """The story's database has some 250 pages; in a larger one as many bad pages cost less (docs/figures.md)."""
    want, dice = rows_of(story_folder), Dice(f"damage {damaged}")
    pages = list(range(1, pages_of(story_folder) + 1))
    flip(story_folder, *(pages.pop(dice.below(len(pages))) for _ in range(damaged)))
    try:
        mend(story_folder, tmp_path / "new")
    except Problem as problem:
        pytest.fail(problem.message)
    got = rows_of(tmp_path / "new")
    assert set(got) <= set(want)
    assert sum(got.get(key) == row for key, row in want.items()) >= share * len(want)
