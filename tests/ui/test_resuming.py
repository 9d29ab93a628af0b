"""Whoever was writing when the vault locked finds his words where he left them, in the process that came after."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from family_case.services import drafts
from tests.ui.life import AT, DEEDS, LOOK, WORDS
from tests.ui.lives import ROOT, read, started
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {"entry": "case", "change": "case", "new case": "cases", "conversation": "conversation", "order": "report"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts a new process instead")
@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_being_written_is_there_after_the_lock_in_the_same_field_at_the_same_letter(
    story_folder: Path, tmp_path: Path, deed: str
) -> None:
    again = tmp_path / "again.sh"
    words = f"cd {ROOT}; exec {sys.executable} -m tests.ui.life {story_folder} /bin/false {LOOK}"
    again.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    again.chmod(0o700)
    quiet = {"QT_QPA_PLATFORM": "offscreen", "DBUS_SYSTEM_BUS_ADDRESS": "x", "DBUS_SESSION_BUS_ADDRESS": "x"}
    with ExitStack() as stack:
        life = started(stack, sys.executable, "-m", "tests.ui.life", str(story_folder), str(again), deed, **quiet)
        said = ""
        while not said.startswith("["):
            said = read(life)
    page, text, at, toast = json.loads(said)
    assert (page, at) == (PAGES[deed], AT)
    assert WORDS in text
    assert toast == "What you were writing was kept."
    session = open_vault(story_folder)
    assert drafts.load(session, "standing", "") == {}
    session.close()
