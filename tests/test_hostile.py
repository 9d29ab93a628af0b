"""Where the surroundings are hostile (no home, folders that cannot be written, a full disk for temporary files, no
language) commands and window work all the same, or say in words what is wrong; nothing is written elsewhere."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pytest

from tests.faults import f10_canary, touring
from tests.faults.row import Plan
from tests.faults.watched import PROGRAM
from tests.not_run import demand_tools, not_run_here

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.faults.touring import Place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN HERE: variables and mounts of Linux")
NOWHERE: Final = "/dev/null/nowhere"  # no folder can be made below a file, whoever asks
XDG: Final = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
HOSTILE: Final = {
    "no home": {"HOME": ""},
    "a home that is not there": {"HOME": NOWHERE},
    "no folder of the user can be written": {"HOME": NOWHERE, **dict.fromkeys(XDG, NOWHERE)},
    "no folder for temporary files": {"TMPDIR": NOWHERE},
    "no language": {"LC_ALL": "C", "LANG": "C"},
}
FULL: Final = 'mount -t tmpfs -o size=4k none "$TMPDIR" && { cat /dev/zero > "$TMPDIR/full" 2>/dev/null; exec "$@"; }'


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A home with a small vault in it."""
    made = touring.made(Plan(tmp_path, fast=True), "hostile", brief=True)
    touring.fill(made)
    return made


def run(place: Place, words: Sequence[str], more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """One command, traced."""
    demand_tools("strace")
    named = ("--vault", str(place.vault), "--passphrase-file", str(place.passphrase_file))
    return place.home.run([*PROGRAM, *words, *named], traced=True, more=more)


def strays(place: Place) -> list[str]:
    """What was written where nothing may be."""
    return [line for line in f10_canary.found(place, [place.home.saw()]) if "no-bus" not in line]


@pytest.mark.parametrize("how", HOSTILE)
def test_a_command_works_and_writes_nothing_elsewhere(place: Place, how: str) -> None:
    ended = run(place, ["report", "K-001", "-o", str(place.papers[1])], HOSTILE[how])
    assert (ended.returncode, ended.stderr) == (0, "")
    assert place.papers[1].read_bytes().startswith(b"%PDF-")
    assert strays(place) == []


def test_without_a_language_names_come_out_as_they_are(place: Place) -> None:
    ended = run(place, ["show", "K-001", "--json"], HOSTILE["no language"])
    assert ended.returncode == 0, ended.stderr
    assert place.words.cyrillic in ended.stdout.casefold()


@pytest.mark.parametrize("name", [".reportlab_mods", ".reportlab_settings"])
def test_no_program_text_from_the_home_is_run_where_keys_are(place: Place, name: str) -> None:
    """reportlab would run these files when it is loaded."""
    planted, ran = place.home.root / "home" / name, place.home.root / "ran"
    planted.write_text(f"open({str(ran)!r}, 'w').close()\n", "utf-8")
    assert run(place, ["report", "K-001", "-o", str(place.papers[1])], {}).returncode == 0
    assert not ran.exists()


def test_the_window_opens_where_nothing_of_the_user_can_be_read_or_written(place: Place) -> None:
    demand_tools("strace")
    more = {name: value for each in HOSTILE.values() for name, value in each.items()} | {"HOME": NOWHERE}
    orders = json.dumps(asdict(place.orders())) + "\nclose\n"
    ended = place.home.run(touring.WINDOW, orders, traced=True, more=more)
    assert "Traceback" not in ended.stderr, ended.stderr
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["trouble"]) == (0, [])
    assert strays(place) == []


def test_temporary_files_on_a_full_disk_stop_neither_paper_nor_backup(place: Place) -> None:
    demand_tools("unshare")
    if os.geteuid() != 0:
        not_run_here("a disk is mounted as root")
    for words in (("report", "K-001", "-o", str(place.papers[1])), ("backup", str(place.home.root / "shelf"))):
        named = ("--vault", str(place.vault), "--passphrase-file", str(place.passphrase_file))
        ended = place.home.run(["unshare", "-m", "sh", "-c", FULL, "sh", *PROGRAM, *words, *named])
        assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    assert place.papers[1].read_bytes().startswith(b"%PDF-")
