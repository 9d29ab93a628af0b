"""The figures can be taken, their JSON keeps its shape, and the document tells each of them."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.model.records import BY_TABLE
from family_case.services import casework
from tests.bench import ground, keeping, memory, printing, reading, run, scale, starting, writing
from tests.bench.figure import Figure, by_turns
from tests.vaults import open_vault

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "figures.md"
NAMES = [
    starting.START,
    reading.OPEN,
    reading.SEARCH,
    reading.SEARCH_ONE,
    reading.PAGE,
    writing.LOG,
    keeping.BACKUP,
    printing.PAPER,
    memory.SEARCH,
    memory.PAGE,
]
FIELDS = {"name", "floor", "goal", "rounds", "ours_ms", "floor_ms", "note", "ratio", "verdict"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a tiny run tells as JSON, on whatever disk the tests have."""
    folder = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch, pytest.MonkeyPatch.context() as out:
        said: list[str] = []
        patch.setattr(run, "IN_MEMORY", frozenset())
        out.setattr("builtins.print", said.append)
        assert run.main(["--json", "--cases", "3", "--rounds", "1", "--folder", str(folder)]) == 0
    assert list(folder.iterdir()) == []  # nothing of the invented people stays behind
    found: dict[str, object] = json.loads("".join(said))
    return found


def test_a_tiny_run_measures_every_figure(told: dict[str, list[dict[str, object]]]) -> None:
    assert [each["name"] for each in told["figures"]] == NAMES
    for each in told["figures"]:
        assert set(each) == FIELDS
        assert each["ratio"] is not None, each["name"]
        assert each["verdict"] in ("met", "missed", "no goal")


def test_json_says_on_what_it_was_measured(told: dict[str, object]) -> None:
    assert set(told) == {"date", "versions", "cases", "entries", "file_system", "figures"}
    versions = told["versions"]
    assert isinstance(versions, dict)
    assert set(versions) == {"Python", "SQLite", "SQLCipher", "Qt", "reportlab"}
    assert (told["cases"], told["entries"]) == (3, 10)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(told["date"]))


def test_the_paper_that_is_measured_has_seven_pages(told: dict[str, list[dict[str, str]]]) -> None:
    (paper,) = [each for each in told["figures"] if each["name"] == printing.PAPER]
    assert paper["note"].startswith("7 pages")


def test_a_folder_in_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "file_system", lambda _folder: "tmpfs")
    assert run.main(["--folder", str(tmp_path)]) == 1
    assert "real disk" in capsys.readouterr().err


def test_the_document_tells_every_figure_and_no_other() -> None:
    rows = re.findall(r"^\| ([^|]+?) \|.*\| (?:met|missed|no goal) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert rows == NAMES


def test_a_missed_goal_is_called_missed() -> None:
    kept, missed = Figure("a", "b", 2, 5, 4.0, 2.0), Figure("a", "b", 2, 5, 4.1, 2.0)
    absent = Figure("a", "b", 2, 5, None, 2.0)
    assert [each.verdict for each in (kept, missed, absent)] == ["met", "missed", "not there yet"]


def test_sides_are_measured_by_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []
    times = {"ours": iter([9.0, 1.0, 2.0, 3.0]), "floor": iter([9.0, 0.5, 0.5, 0.5])}

    def side(name: str) -> float:
        order.append(name)
        return next(times[name])

    assert by_turns(lambda: side("ours"), lambda: side("floor"), 3, units=2) == (1000.0, 250.0)
    assert order == ["ours", "floor"] * 4


# --- the floor is honest: the same rows on both sides ---


READS = tuple(
    f"SELECT * FROM {table}"
    for table in (*BY_TABLE, "case_state", "copy", "journal_head", "journal_payload", "search_key", "search_word")
)


def _rows(connection: dbapi2.Connection) -> dict[str, list[str]]:
    return {read: sorted(map(str, connection.execute(read))) for read in READS}


@pytest.fixture
def small(tmp_path: Path) -> ground.Ground:
    return ground.prepare(tmp_path, 2)


def test_plain_copy_holds_the_same_rows(small: ground.Ground) -> None:
    with closing(small.session()) as session, closing(small.plain_connection()) as plain:
        assert _rows(session.vault.connection) == _rows(plain)
        (settings,) = plain.execute("PRAGMA synchronous").fetchone()
        assert (settings, plain.execute("PRAGMA journal_mode").fetchone()) == (2, ("wal",))


def test_page_floor_reads_the_rows_of_the_page(small: ground.Ground) -> None:
    with closing(small.session()) as session, closing(small.plain_connection()) as plain:
        page = casework.page(session, small.codes[0])
        rows = [row for read in reading.PAGE_READS for row in plain.execute(read, (page.case.id,))]
    ids = {each.id for each in page.timeline} | {each.person.id for each in page.people} | {page.case.id}
    ids |= {use.endpoint.id for each in page.timeline for use in each.numbers} | {each.id for each in page.consents}
    assert ids <= {value for row in rows for value in row[:2]}
    assert len(page.timeline) == 11  # ten entries and the talk they were told in


def test_search_floor_asks_what_the_search_asks(small: ground.Ground) -> None:
    with closing(small.session()) as session:
        names, texts = reading.hits(session, "паспорт")
        assert "search_name MATCH '\"pasport\"' LIMIT 50" in names
        assert "search_text MATCH '\"pasport\"' LIMIT 50" in texts
        assert all(reading.hits(session, text) for text in reading.SEARCHES)


def test_log_floor_writes_the_rows_of_the_log(small: ground.Ground, tmp_path: Path) -> None:
    groups = writing._rehearsed(small, writing.ENTRIES)
    with closing(open_vault(small.folder, "log")) as session, closing(small.plain_connection()) as plain:
        writing._logger(session, small, range(writing.ENTRIES))()
        writing._writer(plain, groups)()
        assert _rows(session.vault.connection) == _rows(plain)


# --- a large vault, kept ---


def test_a_large_vault_is_made_once_and_measured_against_plain_and_against_a_small_one(tmp_path: Path) -> None:
    figures, making = scale.scaling(tmp_path, 4, 2, 1)
    names = [each.name for each in figures]
    asked = (reading.SEARCH, scale.LIST, scale.TODAY, reading.PAGE)
    against = [f"{what}, 4 against 2 cases" for what in (*asked, scale.PAPER)]
    assert names[:-1] == [
        *(f"{what}, 4 cases" for what in asked),
        *against,
        f"{writing.LOG}, 4 cases",
        f"{writing.LOG}, 4 against 2 cases",
    ]
    assert names[-1] == f"{scale.MEMORY}, 4 cases"
    assert all(each.ratio for each in figures)
    assert making.cases == 4
    stood = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.name in ("made.json", "header.a")}
    assert ground.kept(tmp_path, 4)[1] == making
    assert {file: file.stat().st_mtime_ns for file in stood} == stood
    assert not list(tmp_path.rglob("written-*"))  # nothing that was written for a figure stays


def test_what_is_measured_of_a_large_vault_leaves_it_as_it_was(tmp_path: Path) -> None:
    large, _ = ground.kept(tmp_path, 2)
    with closing(large.session()) as session:
        before = _rows(session.vault.connection)
    writing.logging_an_entry(large, 1)
    with closing(large.session()) as session:
        assert _rows(session.vault.connection) == before


def test_a_vault_that_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    large, _ = ground.kept(tmp_path, 2)
    (large.folder.parent / "made.json").unlink()
    (large.folder / "main.db").write_bytes(b"half")
    again, making = ground.kept(tmp_path, 2)
    assert making.cases == 2
    with closing(again.session()) as session:
        assert casework.count(session) == 2


def test_large_vaults_are_kept_where_one_says_and_never_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(scale.KEEP, raising=False)
    assert not scale.folder_for(None).is_relative_to(DOCUMENT.parent.parent)
    monkeypatch.setenv(scale.KEEP, str(tmp_path / "named"))
    assert scale.folder_for(None) == tmp_path / "named"
    assert scale.folder_for(tmp_path) == tmp_path
