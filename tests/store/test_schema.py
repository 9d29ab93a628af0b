"""Rows are the records, the schema is the records' schema, and a newer one is left alone."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from family_case.chance import SeededIds
from family_case.errors import Bug, Damaged, Refused, Unavailable
from family_case.model.case import Case, CaseStatus
from family_case.model.consent import Consent, Purpose, Scope
from family_case.model.dates import parse
from family_case.model.records import RECORDS
from family_case.services import safekeeping
from family_case.services.session import create
from family_case.store import migrations
from family_case.store.connection import connect
from family_case.store.faults import translated
from family_case.store.office import Office
from family_case.store.rows import column_names, from_values, load, to_row
from family_case.store.vault import open_vault
from tests.vaults import clock_on
from tests.vaults import open_vault as open_session

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.model.base import Record
    from family_case.services.session import Session

KEY = "ab" * 32 + "cd" * 16
OTHER_KEY = "00" * 48
OFFICE = Office("copy", "Europe/Moscow", "RU", "en")


def columns_of(session: Session, table: str) -> set[str]:
    return {row[1] for row in session.vault.connection.execute(f"PRAGMA table_info({table})")}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_columns_of_a_record_are_the_columns_of_its_table(session: Session, kind: type[Record]) -> None:
    assert columns_of(session, kind.TABLE) == set(column_names(kind))


def test_every_table_of_records_and_no_other_has_a_record(session: Session) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {name for (name,) in session.vault.connection.execute(sql)}
    house = {"copy", "case_state", "journal_head", "journal_payload", "draft", "_sqlite_migrations"}
    inner = ("", "_data", "_idx", "_content", "_config")
    index = {"search_key", "search_word", *(f"search_{said}{part}" for said in ("name", "text") for part in inner)}
    assert tables - house - index == {kind.TABLE for kind in RECORDS}


def test_no_table_deletes_behind_our_back(session: Session) -> None:
    actions = {
        row[6] for kind in RECORDS for row in session.vault.connection.execute(f"PRAGMA foreign_key_list({kind.TABLE})")
    }
    assert actions == {"NO ACTION"}


def test_a_record_comes_back_as_it_went(session: Session) -> None:
    whole = Case(
        "c", "K-1", "x", CaseStatus.PAUSED, "r", "o", 7, parse("2022-09~"), parse("../2022-07", "UTC"), None, "t", 5
    )
    assert from_values(Case, list(to_row(whole).values())) == whole
    consent = Consent("c", "k", "p", frozenset({Purpose.MEDIA, Purpose.LAWYER}), Scope.OWN, parse("2022"))
    assert from_values(Consent, list(to_row(consent).values())) == consent
    assert to_row(consent)["purposes"] == "lawyer media"


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.TABLE)
def test_a_record_is_made_field_by_field_and_nothing_else_happens(story: Session, kind: type[Record]) -> None:
    assert not hasattr(kind, "__post_init__")
    for read in load(story.vault.connection, kind):
        assert read == kind(**{each.name: getattr(read, each.name) for each in fields(kind)})
        assert to_row(read)


def test_a_value_without_a_row_form_is_our_mistake() -> None:
    assert {column.name for column in fields(Case)} >= {"code"}
    with pytest.raises(Bug):
        to_row(Case("c", 1.5))  # type: ignore[arg-type]  # the mistake under test


def test_migrating_twice_changes_nothing(session: Session) -> None:
    before = session.vault.connection.execute("SELECT * FROM sqlite_master").fetchall()
    migrations.migrate(session.vault.connection)
    assert session.vault.connection.execute("SELECT * FROM sqlite_master").fetchall() == before
    assert session.vault.connection.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "lock"}


def test_a_newer_schema_is_refused_and_not_a_byte_is_written(vault_folder: Path) -> None:
    session = open_session(vault_folder)
    session.vault.connection.execute("PRAGMA user_version = 99")
    session.close()
    before = contents(vault_folder)
    with pytest.raises(Refused) as refusal:
        open_session(vault_folder)
    assert refusal.value.values == {"found": 99, "known": migrations.SCHEMA}
    assert contents(vault_folder) == before


def test_what_is_on_the_disk_is_not_a_plain_database(vault_folder: Path) -> None:
    assert not (vault_folder / "main.db").read_bytes().startswith(b"SQLite format 3")


def test_a_plain_database_in_the_vaults_place_is_refused_unopened(vault_folder: Path) -> None:
    (vault_folder / "main.db").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    before = contents(vault_folder)
    with pytest.raises(Damaged) as damage:
        open_session(vault_folder)
    assert "not encrypted" in str(damage.value)
    assert contents(vault_folder) == before


def test_another_key_does_not_open_a_database(tmp_path: Path) -> None:
    made = connect(tmp_path / "main.db", KEY)
    migrations.migrate(made)
    made.close()
    with pytest.raises(Damaged):
        connect(tmp_path / "main.db", OTHER_KEY)
    connect(tmp_path / "main.db", KEY).close()


def test_a_database_damaged_in_the_middle_is_named(vault_folder: Path) -> None:
    data = bytearray((vault_folder / "main.db").read_bytes())
    data[9000:9100] = bytes(100)
    (vault_folder / "main.db").write_bytes(bytes(data))
    session = open_session(vault_folder)  # that page is not needed for opening
    try:
        assert not safekeeping.verify(session).ok
    except Damaged:
        pass
    finally:
        session.close()


@pytest.mark.parametrize("offset", [0, 20, 2000])
def test_a_damaged_first_page_is_named_at_opening(vault_folder: Path, offset: int) -> None:
    data = bytearray((vault_folder / "main.db").read_bytes())
    data[offset] ^= 1
    (vault_folder / "main.db").write_bytes(bytes(data))
    if offset < 16:
        open_session(vault_folder).close()  # the salt comes from the key, so a damaged one still opens
        return
    with pytest.raises(Damaged):
        open_session(vault_folder)


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE '{path}' AS other KEY ''",
        "ATTACH DATABASE ':memory:' AS other",
        "VACUUM",
        "VACUUM INTO '{path}'",
    ],
)
def test_no_second_database_can_be_made_through_the_connection(session: Session, tmp_path: Path, sql: str) -> None:
    target = tmp_path / "plain.db"
    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|authorization denied"):
        session.vault.connection.execute(sql.format(path=target))
    assert not target.exists()


PRAGMAS = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "temp_store": 2,
    "secure_delete": 1,
    "mmap_size": 0,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "foreign_keys": 1,
}


@pytest.mark.parametrize("name", PRAGMAS)
def test_the_connection_keeps_its_rules(session: Session, name: str) -> None:
    (found,) = session.vault.connection.execute(f"PRAGMA {name}").fetchone() or (0,)
    assert found == PRAGMAS[name]


def test_a_missing_database_is_named_and_none_is_made(vault_folder: Path) -> None:
    (vault_folder / "main.db").unlink()
    with pytest.raises(Damaged) as damage:
        open_session(vault_folder)
    assert "missing" in str(damage.value)
    assert not (vault_folder / "main.db").exists()


def test_an_emptied_database_is_refused_before_anything_is_written_into_it(vault_folder: Path) -> None:
    (vault_folder / "main.db").write_bytes(b"")
    with pytest.raises(Damaged) as damage:
        open_session(vault_folder)
    assert "restore a backup" in str(damage.value)
    assert (vault_folder / "main.db").stat().st_size == 0


def test_an_encrypted_database_without_tables_is_refused_and_gets_none(tmp_path: Path) -> None:
    connect(tmp_path / "main.db", KEY).close()
    before = contents(tmp_path)
    with pytest.raises(Damaged) as damage:
        open_vault(tmp_path, KEY, clock_on(), SeededIds("x"))
    assert "restore a backup" in str(damage.value)
    assert contents(tmp_path) == before


def test_a_vault_that_has_tables_and_no_office_says_it_was_never_finished(tmp_path: Path) -> None:
    made = connect(tmp_path / "main.db", KEY)
    migrations.migrate(made)
    made.close()
    with pytest.raises(Damaged) as damage:
        open_vault(tmp_path, KEY, clock_on(), SeededIds("x"))
    assert "never finished" in str(damage.value)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("database or disk is full", Unavailable),
        ("attempt to write a readonly database", Unavailable),
        ("disk I/O error", Unavailable),
        ("unable to open database file", Unavailable),
        ("database is locked", Unavailable),
        ("interrupted", Unavailable),
        ("file is not a database", Damaged),
        ("database disk image is malformed", Damaged),
        ("vtable constructor failed: search", Damaged),
        ("FOREIGN KEY constraint failed", Refused),
        ("UNIQUE constraint failed: case_file.code", Refused),
        ('near "SELEC": syntax error', Bug),
    ],
)
def test_the_drivers_errors_become_words_for_people(told: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as problem, translated():
        raise dbapi2.OperationalError(told)
    assert told not in str(problem.value)


def test_an_interrupt_from_another_thread_stops_a_step_in_words(session: Session) -> None:
    def stop_it() -> int:
        session.interrupt()
        return 0

    session.vault.connection.set_progress_handler(stop_it, 1000)
    with pytest.raises(Unavailable) as stop, translated():
        session.vault.connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000) SELECT max(i) FROM n"
        ).fetchone()
    assert "locked" in str(stop.value)


def test_a_failed_creation_of_the_database_leaves_no_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_connection: dbapi2.Connection) -> None:
        raise Unavailable("full")

    monkeypatch.setattr("family_case.store.vault.migrate", full)
    with pytest.raises(Unavailable):
        create(tmp_path / "v", "words", clock=clock_on(), ids=SeededIds("x"), actor=None, cost=None, office=OFFICE)  # type: ignore[arg-type]  # never reached
    assert not (tmp_path / "v").exists()
