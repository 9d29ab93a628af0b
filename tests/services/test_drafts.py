"""A draft is kept while it is written, is never evidence, and leaves no trace when it is done with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.services import drafts
from family_case.store import journal
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session


def test_a_draft_is_there_after_the_program_ended_and_comes_back_as_typed(vault_folder: Path) -> None:
    session = open_vault(vault_folder)
    drafts.save(session, "note", "case", "text", "половина фра")
    drafts.save(session, "note", "case", "text", "половина фразы\n")
    drafts.save(session, "note", "case", "happened", "2022")
    session.close()
    session = open_vault(vault_folder, seed="again")
    assert drafts.load(session, "note", "case") == {"text": "половина фразы\n", "happened": "2022"}
    assert drafts.load(session, "sign", "case") == {}
    session.close()


def test_an_emptied_field_is_forgotten(session: Session) -> None:
    drafts.save(session, "note", "case", "text", "x")
    drafts.save(session, "note", "case", "text", "")
    drafts.save(session, "note", "case", "text", None)
    assert drafts.load(session, "note", "case") == {}


def test_a_dropped_draft_leaves_no_row_and_was_never_in_the_journal(session: Session) -> None:
    before = journal.head(session.vault.connection), session.vault.commit_seq()
    drafts.save(session, "note", "case", "text", "канарейка")
    drafts.drop(session, "note", "case")
    assert (journal.head(session.vault.connection), session.vault.commit_seq()) == before
    tables = [
        name for (name,) in session.vault.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    assert "канарейка" not in repr(
        [session.vault.connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables]
    )
