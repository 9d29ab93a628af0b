"""A disk that is pulled out under an open vault: seen, and said in the window that comes after."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.not_run import demand_namespaces, demand_tools
from tests.ui.lives import ROOT
from ui.windows.locking import Why, why_words
from ui.windows.medium import standing

if TYPE_CHECKING:
    from pathlib import Path

# A disk of its own with a copy of the vault; it is pulled out while the window holds it open.
PULLED = """
set -e
mkdir "$1/disk"; mount -t tmpfs none "$1/disk"; cp -r "$2" "$1/disk/vault"
"$3" -m tests.ui.life "$1/disk/vault" "$1/next.sh" > "$1/said" &
until grep -q told "$1/said"; do sleep 0.1; done
umount -l "$1/disk"; date +%s%3N > "$1/pulled"
wait
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts in a namespace are Linux's")
def test_a_disk_that_is_pulled_out_locks_the_vault_and_the_next_window_says_so(
    vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand_tools("mount", "umount", "sh")
    demand_namespaces()
    following = tmp_path / "next.sh"
    following.write_text('#!/bin/sh\necho "locked $FAMILY_CASE_LOCKED_BY"; date +%s%3N\n', encoding="utf-8")
    following.chmod(0o700)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for each in ("SYSTEM", "SESSION"):
        monkeypatch.setenv(f"DBUS_{each}_BUS_ADDRESS", "x")
    words = ["unshare", "-Urnm", "sh", "-c", PULLED, "sh", str(tmp_path), str(vault_folder), sys.executable]
    subprocess.run(words, cwd=ROOT, check=True, timeout=90)
    said = (tmp_path / "said").read_text(encoding="utf-8").split()
    assert said[-3:-1] == ["locked", Why.MEDIUM.value]
    assert int(said[-1]) - int((tmp_path / "pulled").read_text(encoding="utf-8")) < 4000  # seen once a second
    assert why_words(said[-2]).startswith("Locked because the disk that holds the vault")


def test_another_folder_in_the_same_place_is_not_the_vault(vault_folder: Path) -> None:
    first = standing(vault_folder)
    assert first == standing(vault_folder)
    assert first is not None
    vault_folder.rename(vault_folder.with_name("was"))
    assert standing(vault_folder) is None
    vault_folder.mkdir()
    (vault_folder / "main.db").touch()
    assert standing(vault_folder) not in (None, first)


def test_only_words_of_ours_are_said_at_the_unlock() -> None:
    assert why_words("<b>call this number</b>") == why_words(Why.ASKED.value) == ""
    assert all(why_words(each.value) for each in Why if each is not Why.ASKED)
