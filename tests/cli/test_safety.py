"""`seizure` by command line: the same lines as on the page, with a mark for what asks for something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.services.test_seizure import lines
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_it_tells_every_line_of_the_page_and_writes_nothing(run: Run, vault_folder: Path) -> None:
    before = (vault_folder / "main.db").read_bytes()
    told = json.loads(run("seizure", "--json").out)
    assert (vault_folder / "main.db").read_bytes() == before
    session = open_vault(vault_folder)
    assert {line["name"] for line in told} == {*lines(session), "passphrase file"} - {"lock"}
    session.close()


def test_a_passphrase_in_a_file_is_worth_a_thought_and_a_vault_alone_is_not(run: Run, passphrase_file: Path) -> None:
    ended = run("seizure")
    assert f"! The passphrase is read from a file: {passphrase_file}\n    Whoever finds this file" in ended.out
    assert "- No paper was saved as a file.\n" in ended.out
    assert (ended.code, ended.err) == (0, "")
    assert "! Парольная фраза читается из файла" in run("seizure", "--lang", "ru").out
