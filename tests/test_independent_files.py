"""Attached files, too, can be read and found altered by whoever has docs/vault-format.md and not this program."""

from __future__ import annotations

import ast
import hashlib
import json
from contextlib import closing
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError

from family_case.services import attaching, backups
from tests import independent_files
from tests.independent_reader import NotAsWritten
from tests.services import casebook
from tests.vaults import PASSPHRASE, open_vault

FILES = {"письмо.txt": "Мама, всё хорошо".encode(), "long.bin": bytes(range(256)) * 1100, "empty": b""}


@pytest.fixture
def folder(vault_folder: Path, tmp_path: Path) -> Path:
    with closing(open_vault(vault_folder)) as session:
        casebook.case(session)
        for name, data in FILES.items():
            (tmp_path / name).write_bytes(data)
            attaching.attach(session, "K-001", tmp_path / name)
    return vault_folder


def test_the_other_reader_knows_nothing_of_the_program() -> None:
    tree = ast.parse(Path(independent_files.__file__).read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named == {"hashlib", "contextlib", "pathlib", "nacl.bindings", "tests.independent_reader"}


def test_every_file_comes_out_as_it_was_given(folder: Path) -> None:
    assert independent_files.files(folder, PASSPHRASE) == FILES


def test_an_altered_or_swapped_file_is_noticed(folder: Path) -> None:
    first, second = sorted((folder / "blobs").glob("*/*"), key=lambda file: file.stat().st_size)[:2]
    data = first.read_bytes()
    for wrong in (data[:-1], data + b"\0", data[:99] + bytes([data[99] ^ 4]) + data[100:], second.read_bytes()):
        first.write_bytes(wrong)
        with pytest.raises((NotAsWritten, CryptoError)):
            independent_files.files(folder, PASSPHRASE)


def test_the_list_of_a_backup_is_the_one_its_manifest_signs(folder: Path, shelf: Path) -> None:
    with closing(open_vault(folder)) as session:
        entry = Path(backups.backup(session, shelf).made)
    assert len(independent_files.listed(entry)) == len(FILES)
    told = json.loads((entry / "manifest").read_text("ascii"))["blobs"]
    assert told == hashlib.sha256((entry / "blobs.list").read_bytes()).hexdigest()
