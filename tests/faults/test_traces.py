"""What looks for traces is seen to find them: a planted word in any spelling, a stray file, a socket, a key."""

from __future__ import annotations

import base64
import os
import sys
from typing import TYPE_CHECKING

import pytest

from family_case.chance import Dice
from tests.faults import f10_canary, f11_memory, f12_network, touring
from tests.faults.canaries import Canaries, hits_in, key_needles, thrown
from tests.faults.watched import Home, saw
from tests.not_run import demand_tools, not_run_here

if TYPE_CHECKING:
    from pathlib import Path

WORDS = thrown(Dice("planted"))


PLANTED = {
    "as it is": WORDS.text("x").encode(),
    "in capitals": WORDS.cyrillic.upper().encode(),
    "a number": WORDS.number().encode(),
    "UTF-16": WORDS.text("x").encode("utf-16"),
    "UTF-16, the other way": WORDS.latin.encode("utf-16-be"),
    "an old code page": WORDS.cyrillic.encode("cp1251"),
    "hex": b"x" + WORDS.cyrillic.encode().hex().encode(),
    "hex of UTF-16": WORDS.latin.encode("utf-16-le").hex().upper().encode(),
    **{f"base 64, {n} before": base64.b64encode(b"a" * n + WORDS.cyrillic.encode() + b"yz") for n in range(4)},
    "JSON": "".join(f"\\u{ord(letter):04x}" for letter in WORDS.cyrillic).encode(),
    "address of a page": b"file:///%D0" + WORDS.latin.encode(),
}


@pytest.mark.parametrize("how", PLANTED)
def test_a_planted_word_is_found(how: str, tmp_path: Path) -> None:
    file = tmp_path / "innocent"
    file.write_bytes(os.urandom(3000) + PLANTED[how] + os.urandom(3000))
    assert hits_in([file], WORDS.needles()) != []
    file.write_bytes(os.urandom(9000))
    assert hits_in([file], WORDS.needles()) == []


def test_a_word_in_a_file_name_or_a_link_is_found(tmp_path: Path) -> None:
    named, link = tmp_path / f"{WORDS.cyrillic}.txt", tmp_path / "link"
    named.touch()
    link.symlink_to(tmp_path / WORDS.latin)
    assert len(hits_in([named], WORDS.needles())) == 1
    assert len(hits_in([link], WORDS.needles())) == 1


STRAY = """
import os, sys, tempfile
folder = tempfile.mkdtemp(dir="/var/tmp")
path = os.path.join(folder, "паспорт 1")
open(path, "w").close()
os.rename(path, path + "b")
os.unlink(path + "b")
os.rmdir(folder)
"""
CALLS = """
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
one = socket.socket(socket.AF_UNIX)
try:
    one.connect("/run/somebody-else.sock")
except OSError:
    pass
try:
    socket.getaddrinfo("example.invalid", 80)
except OSError:
    pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN HERE: the tracer of Linux")
def test_a_file_that_was_there_for_a_moment_only_is_a_stray(tmp_path: Path) -> None:
    demand_tools("strace")
    place = touring.Place(Home.made(tmp_path / "home"), tmp_path / "home" / "vault", WORDS)
    assert place.home.run([sys.executable, "-c", STRAY], traced=True).returncode == 0
    told = f10_canary.found(place, [place.home.saw()])
    assert [line.rpartition("/")[2] for line in told if "паспорт" in line] == ["паспорт 1", "паспорт 1b"]
    kept = place.home.root / "home/.config/QtProject.conf"
    kept.write_text(f"history={WORDS.cyrillic}\n", "utf-8")
    told = f10_canary.found(place, [])
    assert f"written outside: {kept}" in told
    assert any(line.startswith(f"{kept}: ") for line in told)


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN HERE: the tracer of Linux")
def test_an_internet_socket_a_name_and_a_strangers_socket_are_seen(tmp_path: Path) -> None:
    demand_tools("strace")
    home = Home.made(tmp_path / "home")
    assert home.run([sys.executable, "-c", CALLS], traced=True).returncode == 0
    told = "\n".join(f12_network.faults(home.saw()))
    assert "AF_INET" in told
    assert "resolv.conf" in told or "/etc/hosts" in told
    assert "local socket: /run/somebody-else.sock" in told
    empty = tmp_path / "empty"
    empty.touch()
    assert f12_network.faults(saw(empty)) == ["the tracer saw nothing"]


HOLDS = "import sys; kept = bytes.fromhex(sys.stdin.readline()); print('ready', flush=True); sys.stdin.readline()"


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN HERE: /proc of Linux")
def test_a_key_in_the_memory_of_a_process_is_found(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        not_run_here("memory of another process is read as root")
    key = os.urandom(32)
    process = Home.made(tmp_path / "home").start([sys.executable, "-c", HOLDS])
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(key.hex() + "\n")
    process.stdin.flush()
    process.stdout.readline()
    there = f11_memory.scanned(process.pid, key_needles({"root key": key}))
    other = f11_memory.scanned(process.pid, key_needles({"root key": os.urandom(32)}))
    process.communicate("\n")
    assert "root key as bytes" in there
    assert other == set()


def test_words_are_other_words_each_time() -> None:
    assert len({Canaries(*(getattr(thrown(Dice(str(n))), name) for name in ("latin", "cyrillic", "digits")))
                for n in range(50)}) == 50  # fmt: skip
