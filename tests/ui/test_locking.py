"""After the lock another process stands there, without keys and without a way to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.windows import locking

SHOW = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)]))"
REPLACE = """
import sys
from pathlib import Path
from ui.windows import locking
sys.executable = sys.argv[1]
locking.replace_process(Path(sys.argv[2]))
"""


def test_the_locked_process_gets_the_vault_and_no_way_to_a_passphrase() -> None:
    before = {
        "HOME": "/home/a",
        "FAMILY_CASE_PASSPHRASE_FILE": "/secret",
        "OTHER_PASSPHRASE": "x",
        "FAMILY_CASE_VAULT": "/old",
        "FAMILY_CASE_ANYTHING": "y",
    }
    after = locking.environment(before | {"FAMILY_CASE_LOCKED_BY": "old"}, Path("/vault"), locking.Why.MEDIUM)
    folder = str(Path("/vault"))
    assert after == {"HOME": "/home/a", "FAMILY_CASE_VAULT": folder, "FAMILY_CASE_LOCKED_BY": "medium"}


@pytest.mark.parametrize("frozen", [False, True])
def test_nothing_stands_in_the_arguments_but_locked(frozen: bool) -> None:
    words = locking.command("/usr/bin/python3", frozen=frozen)
    assert [word for word in words[1:] if word not in ("-m", "family_case")] == ["locked"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts a new process instead")
def test_the_process_really_becomes_the_locked_one(tmp_path: Path) -> None:
    shown = tmp_path / "shown.sh"
    shown.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{SHOW}' \"$@\"\n", encoding="utf-8")
    shown.chmod(0o700)
    settings = os.environ | {"FAMILY_CASE_PASSPHRASE_FILE": "/secret"}
    with subprocess.Popen(
        [sys.executable, "-c", REPLACE, str(shown), "/some/vault"], stdout=subprocess.PIPE, env=settings, text=True
    ) as process:
        out = process.communicate(timeout=60)[0]
    arguments, environment = json.loads(out)
    assert arguments == ["-m", "family_case", "locked"]
    assert environment["FAMILY_CASE_VAULT"] == "/some/vault"
    assert "FAMILY_CASE_PASSPHRASE_FILE" not in environment


@pytest.mark.skipif(sys.platform == "win32", reason="the same code path ends the process there")
def test_if_the_system_refuses_the_process_ends_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", REPLACE, "/does/not/exist", "/some/vault"], capture_output=True, check=False
    )
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process whether it can be dumped")
def test_a_hardened_process_leaves_no_core_and_cannot_be_looked_into() -> None:
    look = (
        "import ctypes, resource; from family_case.hardening import harden; harden();"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["0", "0", "0"], done.stderr[-300:]
