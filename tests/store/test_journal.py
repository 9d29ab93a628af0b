"""The journal tells of every hand laid on it, and of every record changed behind its back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from family_case.services import history, safekeeping
from family_case.store import journal
from tests.services.casebook import case, log, person
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from family_case.services.session import Session

_LAST = "(SELECT max(seq) FROM journal_head)"
_SWAP = """PRAGMA foreign_keys = OFF; UPDATE journal_head SET seq = -3 WHERE seq = 3;
    UPDATE journal_head SET seq = 3 WHERE seq = 4; UPDATE journal_head SET seq = 4 WHERE seq = -3"""
_FORGE = "UPDATE journal_payload SET body = ? WHERE seq = 4"


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    person(session, "Лебедева Нина", "mother")
    log(session, "note", text="как есть")
    assert safekeeping.verify(session).ok
    return session


def findings(session: Session) -> list[str]:
    return [message.partition(":")[2].strip() for message, _values in safekeeping.verify(session).problems]


TAMPERING = {
    "a head changed": ("UPDATE journal_head SET actor = 'demo' WHERE seq = 3", "the chain does not hold here."),
    "a time changed": ("UPDATE journal_head SET time_ms = time_ms - 1 WHERE seq = 3", "the chain does not hold here."),
    "a payload changed": (
        "UPDATE journal_payload SET body = replace(body, 'как есть', 'иначе')",
        "its contents are not what was written.",
    ),
    "a salt changed": (
        "UPDATE journal_payload SET salt = '00' WHERE seq = 3",
        "its contents are not what was written.",
    ),
    "a payload removed": ("DELETE FROM journal_payload WHERE seq = 4", "its contents are missing."),
    "a payload that is no longer readable": (
        "UPDATE journal_payload SET body = 'x' WHERE seq = 4",
        "its contents are not what was written.",
    ),
    "a line removed from the middle": (
        "DELETE FROM journal_payload WHERE seq = 3; DELETE FROM journal_head WHERE seq = 3",
        "the chain does not hold here.",
    ),
    "the first line removed": (
        "DELETE FROM journal_payload WHERE seq = 1; DELETE FROM journal_head WHERE seq = 1",
        "the chain does not hold here.",
    ),
    "the last line removed": (
        f"DELETE FROM journal_payload WHERE seq = {_LAST}; DELETE FROM journal_head WHERE seq = {_LAST}",
        "it is not as the journal says it was written.",
    ),
    "two lines swapped": (
        _SWAP,
        "the chain does not hold here.",
    ),
    "a record changed": ("UPDATE entry SET text = 'иначе'", "it is not as the journal says it was written."),
    "a record removed": (
        "DELETE FROM person_name WHERE entered LIKE 'Лебедева%'",
        "it is not as the journal says it was written.",
    ),
    "a record slipped in": (
        "INSERT INTO place SELECT 'x', 'ИК-1', 'colony', '', ''",
        "it is not as the journal says it was written.",
    ),
    "derived state changed": (
        "UPDATE case_state SET word_latest = '2022-08-01'",
        "its derived state does not follow from its records.",
    ),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_every_tampering_is_named(told: Session, kind: str) -> None:
    sql, expected = TAMPERING[kind]
    for statement in sql.split(";"):
        told.vault.connection.execute(statement)
    assert expected in findings(told)


def test_a_payload_forged_with_its_own_hash_breaks_the_chain_instead(told: Session) -> None:
    connection = told.vault.connection
    salt, body = connection.execute("SELECT salt, body FROM journal_payload WHERE seq = 4").fetchone()
    forged = json.dumps([None, {"id": "x"}], separators=(",", ":"))
    assert forged != body
    commitment = hashlib.sha256(bytes.fromhex(salt) + forged.encode()).hexdigest()
    connection.execute(_FORGE, (forged,))
    connection.execute("UPDATE journal_head SET payload_hash = ? WHERE seq = 4", (commitment,))
    assert "the chain does not hold here." in findings(told)


def _retold(connection: dbapi2.Connection, seq: int, previous: str | None = None) -> str:
    """Give a line the hash that fits what it says now (and the line before it, when told); the hash."""
    values = connection.execute(
        f"SELECT {', '.join(journal.CHAINED)} FROM journal_head WHERE seq = ?", (seq,)
    ).fetchone()
    head = {**dict(zip(journal.CHAINED, values, strict=True)), **({"previous": previous} if previous else {})}
    fresh = journal.head_hash(head)
    connection.execute("UPDATE journal_head SET previous = ?, hash = ? WHERE seq = ?", (head["previous"], fresh, seq))
    return fresh


def test_a_line_forged_with_its_own_hash_breaks_the_line_after_it(told: Session) -> None:
    connection = told.vault.connection
    connection.execute("UPDATE journal_head SET time_ms = time_ms - 1 WHERE seq = 3")
    _retold(connection, 3)
    assert findings(told) == ["the chain does not hold here."]


def test_a_line_removed_is_named_even_when_all_later_ones_were_told_anew(told: Session) -> None:
    """Without its number nothing would show: the chain was made whole again behind it."""
    connection = told.vault.connection
    log(told, "note", text="later")
    connection.execute("DELETE FROM journal_payload WHERE seq = 3")
    connection.execute("DELETE FROM journal_head WHERE seq = 3")
    (previous,) = connection.execute("SELECT hash FROM journal_head WHERE seq = 2").fetchone()
    for (seq,) in connection.execute("SELECT seq FROM journal_head WHERE seq > 3 ORDER BY seq").fetchall():
        previous = _retold(connection, seq, previous)
    assert "the chain does not hold here." in findings(told)


def test_an_index_row_of_a_record_that_is_gone_is_named(told: Session) -> None:
    connection = told.vault.connection
    connection.execute("INSERT INTO search_key(record_table, record_id) VALUES('place', 'gone')")
    assert not safekeeping.verify(told).ok


@pytest.mark.parametrize("sql", [
    "INSERT INTO search_name(rowid, name) VALUES(999, 'tajna')",
    "INSERT INTO search_text(rowid, text) VALUES(999, 'tajna')",
    "INSERT INTO search_word(sort, word, row) VALUES('name', 'tajna', 999)",
    "DELETE FROM search_name",
    "DELETE FROM search_text",
    "UPDATE search_name_content SET c0 = 'tajna'",
    "DELETE FROM search_text_data WHERE id > 10",
    "DELETE FROM search_word WHERE sort = 'name'",
    "UPDATE search_word SET word = 'tajna' WHERE word LIKE 'lebed%'",
])  # fmt: skip
def test_an_index_that_says_too_much_or_too_little_is_named(told: Session, sql: str) -> None:
    assert safekeeping.verify(told).ok
    assert told.vault.connection.execute(sql).rowcount
    assert not safekeeping.verify(told).ok


def test_a_broken_link_is_named(told: Session) -> None:
    told.vault.connection.execute("PRAGMA foreign_keys = OFF")
    told.vault.connection.execute("UPDATE role SET person_id = 'nobody'")
    assert any("foreign_key_check" in values.get("what", "") for _m, values in safekeeping.verify(told).problems)


def test_the_history_of_a_record_shows_what_stood_there_before(told: Session) -> None:
    note = log(told, "note", text="одно")
    (line,) = history.history(told, note)
    assert line.before is None
    assert line.after is not None
    assert line.after["text"] == "одно"
    history.undo(told, this_session=True)
    assert [item.reason.value for item in history.history(told, note)] == ["undo", "log"]  # also when it is gone


def test_undo_of_this_session_does_not_reach_into_an_earlier_one(vault_folder: Path) -> None:
    first = open_vault(vault_folder)
    case(first)
    first.close()
    second = open_vault(vault_folder, seed="again")
    with pytest.raises(Exception, match="nothing to take back"):
        history.undo(second, this_session=True)
    assert history.undo(second, this_session=False).tables == {"case_file", "person", "person_name", "role"}
    second.close()
