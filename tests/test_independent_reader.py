"""A vault can be read, and an alteration noticed, by whoever has docs/vault-format.md and not this program."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from family_case.chance import SeededIds
from family_case.services import backups, casework, editing, erasing, history, restoring
from tests import independent_reader
from tests.independent_reader import NotAsWritten, opened, read
from tests.services import casebook
from tests.vaults import PASSPHRASE, clock_on, open_vault

CASES = 10
ALTERED = (
    ("UPDATE entry SET text = 'someone else' WHERE kind = 'promise'", "do not follow from the journal"),
    ("DELETE FROM role WHERE id = (SELECT max(id) FROM role)", "do not follow from the journal"),
    ("INSERT INTO place (id, name) VALUES ('slipped in', 'ИК-1')", "do not follow from the journal"),
    (
        "UPDATE journal_payload SET body = replace(body, 'ИК-17', 'ИК-71') WHERE seq = 2",
        "payload of line 2 was altered",
    ),
    ("DELETE FROM journal_payload WHERE seq = 100", "payload of line 100 is missing"),
    ("DELETE FROM journal_head WHERE seq = 100", "missing before line 101"),
    ("DELETE FROM journal_head WHERE seq = (SELECT max(seq) FROM journal_head)", "do not follow from the journal"),
    ("UPDATE journal_head SET actor = 'window' WHERE seq = 100", "line 100 was altered"),
)


def told(folder: Path) -> dict[str, tuple[str, list[tuple[str, str | None, str]]]]:
    """What the program itself shows of each case: alias, and kind, day and text of each entry."""
    with closing(open_vault(folder)) as session:
        pages = [casework.page(session, line.code) for line in casework.cases(session)]
    return {
        page.case.code: (
            page.case.alias,
            sorted(
                (
                    (entry.kind.value, entry.happened.edtf if entry.happened else None, entry.text)
                    for entry in (item.entry for item in page.timeline)
                    if entry is not None
                ),
                key=repr,
            ),
        )
        for page in pages
    }


def seen(folder: Path) -> dict[str, tuple[str, list[tuple[str, str | None, str]]]]:
    """The same, seen by the other reader."""
    return {code: (alias, sorted(entries, key=repr)) for code, alias, entries in read(folder, PASSPHRASE)}


def test_the_reader_knows_nothing_of_the_program_and_stays_small() -> None:
    text = Path(independent_reader.__file__).read_text(encoding="utf-8")
    imported = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert imported == {"argon2.low_level", "contextlib", "nacl.bindings", "pathlib", "sqlcipher3.dbapi2", "typing"}
    assert "import family_case" not in text
    assert len(text.splitlines()) <= 150


def test_both_readers_find_the_same_cases_days_and_texts(story_folder: Path) -> None:
    found = seen(story_folder)
    assert len(found) == CASES
    assert found == told(story_folder)


def test_reading_leaves_no_trace_in_the_folder(story_folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in story_folder.iterdir()}
    read(story_folder, PASSPHRASE)
    assert {file.name: file.read_bytes() for file in story_folder.iterdir()} == before


@pytest.mark.parametrize(("statement", "noticed"), ALTERED)
def test_what_was_altered_behind_the_program_is_noticed(story_folder: Path, statement: str, noticed: str) -> None:
    with closing(opened(story_folder, PASSPHRASE, "rw")) as database:
        assert database.execute(statement).rowcount > 0
        database.commit()
    with pytest.raises(NotAsWritten, match=noticed):
        read(story_folder, PASSPHRASE)


def test_a_wrong_passphrase_opens_nothing_and_stray_spaces_do_no_harm(story_folder: Path) -> None:
    with pytest.raises(NotAsWritten, match="wrong passphrase"):
        read(story_folder, PASSPHRASE.replace("seven", "eight"))
    assert len(read(story_folder, "\t" + PASSPHRASE.replace(" ", " \u00a0") + "\n")) == CASES


def test_one_whole_copy_of_the_header_is_enough_and_none_is_told(story_folder: Path) -> None:
    first, second = story_folder / "header.a", story_folder / "header.b"
    first.write_bytes(first.read_bytes().replace(b'"generation":1', b'"generation":2'))
    assert len(read(story_folder, PASSPHRASE)) == CASES
    second.unlink()
    with pytest.raises(NotAsWritten, match="no valid header"):
        read(story_folder, PASSPHRASE)


def test_a_header_altered_with_a_right_checksum_fails_its_mac(story_folder: Path) -> None:
    title, _, body = (story_folder / "header.a").read_bytes().splitlines(keepends=True)
    body = body.replace(b'"generation":1', b'"generation":2')
    checksum = hashlib.sha256(title + body).hexdigest().encode()
    (story_folder / "header.a").write_bytes(title + checksum + b"\n" + body)
    with pytest.raises(NotAsWritten, match="damaged or altered"):
        read(story_folder, PASSPHRASE)


def test_what_was_changed_taken_back_and_erased_follows_from_the_journal_too(story_folder: Path) -> None:
    with closing(open_vault(story_folder)) as session:
        note = casebook.log(session, "note", text="first wording")
        editing.change(session, note, {"text": "second wording"})
        history.undo(session, this_session=True)
        history.redo(session, this_session=True)
        history.revert(session, note)
        taken_back = casebook.log(session, "note", text="taken back")
        history.undo(session, this_session=True)
        erasing.purge(session, taken_back)
        purged = casebook.log(session, "note", text="older wording")
        editing.change(session, purged, {"text": "what stays"})
        erasing.purge(session, purged)
        editing.change(session, purged, {"text": "what stays, mended"})
        erasing.erase(session, casebook.log(session, "note", text="a record erased"))
        erasing.erase(session, "K-002")
    found = seen(story_folder)
    assert found == told(story_folder)
    assert len(found) == CASES - 1
    texts = {text for _, entries in found.values() for _, _, text in entries}
    assert {"first wording", "what stays, mended"} <= texts
    assert not texts & {"second wording", "taken back", "older wording", "a record erased"}


def test_the_log_that_a_killed_program_left_is_read(story_folder: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    with closing(open_vault(story_folder)) as session:
        casebook.log(session, "note", text="written just before")
        # Another process copies: a descriptor of ours that is closed would drop the program's locks.
        copied = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
        subprocess.run([sys.executable, "-c", copied, story_folder, left], check=True)
    assert (left / "main.db-wal").stat().st_size
    assert ("note", None, "written just before") in seen(left)["K-001"][1]


def test_a_backup_and_what_is_restored_from_it_are_read_like_a_vault(
    story_folder: Path, shelf: Path, tmp_path: Path
) -> None:
    with closing(open_vault(story_folder)) as session:
        backup = Path(backups.backup(session, shelf).made)
    assert read(backup, PASSPHRASE) == read(story_folder, PASSPHRASE)
    restored = tmp_path / "restored"
    restoring.restore(backup, restored, PASSPHRASE, clock=clock_on(), ids=SeededIds("restored"))
    assert read(restored, PASSPHRASE) == read(story_folder, PASSPHRASE)
