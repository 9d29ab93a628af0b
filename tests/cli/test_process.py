"""The command line as people start it: processes of their own, killed, interrupted, cut off, on a full disk."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.services import casework, safekeeping
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "family_case"]
PATIENCE = 60  # seconds until a process that hangs is a failure
MAIN = "import sys; from family_case.cli import main; "
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN HERE: terminals and signals of another system")


def _settings(vault: Path | None, words: Path | None) -> dict[str, str]:
    named = {"FAMILY_CASE_VAULT": vault, "FAMILY_CASE_PASSPHRASE_FILE": words}
    return {**os.environ, "LC_ALL": "C.UTF-8", **{name: str(path) for name, path in named.items() if path}}


def _start(command: Sequence[str], vault: Path | None, words: Path | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=_settings(vault, words),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def test_every_command_runs_as_a_process(story_folder: Path, passphrase_file: Path, tmp_path: Path) -> None:
    def fc(*arguments: str) -> str:
        ended = _start([*PROGRAM, *arguments], story_folder, passphrase_file)
        assert ended.returncode == 0, (arguments, ended.stderr)
        return ended.stdout.strip()

    fc("create", str(tmp_path / "new"))
    fc("demo", str(tmp_path / "demo"))
    assert fc("list", "--vault", str(tmp_path / "demo")) == fc("list")
    assert "cases\t10" in fc("info")
    assert fc("search", "Лебедев").startswith("K-001")
    assert fc("today").startswith("K-001")
    fc("case", "add", "--code", "К-11", "--alias", "Ольха", "--name", "Белов Пётр Ильич")
    wife = fc(
        "person", "add", "--case", "К-11", "--role", "spouse", "--name", "Белова Вера", "--number", "8 900 0001100"
    )
    fc("role", "add", "--case", "К-11", "--person", wife, "--kind", "friend")
    fc("endpoint", "add", "--number", "+7 900 000-11-01", "--mark", "hotline")
    fc("place", "add", "--name", "ИК-17, Мордовия", "--kind", "colony")
    fc("consent", "add", "--case", "К-11", "--giver", wife, "--purposes", "lawyer", "--given", "2022-08-21",
       "--scope", "own_and_sought", "--necessity", "спросить его самого нельзя")  # fmt: skip
    mother = fc("person", "add", "--case", "К-11", "--role", "mother", "--name", "Белова Мария")
    fc("withholding", "add", "--case", "К-11", "--from", mother, "--topic", "fate")
    when = ("--happened", "2022-08-21")
    fc("log", "conversation", "К-11", *when, "--with", wife)
    fc("log", "sign", "К-11", *when, "--class", "voice", "--with", wife)
    fc("log", "approach", "К-11", *when, "--number", "8 900 000 41 17")
    fc("log", "request", "К-11", *when, "--document", "snils", "--sent", "no")
    promise = fc("log", "promise", "К-11", *when, "--promise", "salary", "--amount", "100 000", "--currency", "RUB")
    fc("log", "payment", "К-11", *when, "--amount", "1000", "--currency", "RUB", "--against", promise)
    note = fc("log", "note", "К-11", "--text", "«ё» и ’ — как есть")
    assert json.loads(fc("show", note, "--json"))["entry"]["text"] == "«ё» и ’ — как есть"
    fc("undo")
    assert note not in fc("show", "К-11")
    assert "partly kept" in fc("show", "К-11")
    assert fc("history", "К-11", "--limit", "1").count("\n") == 0
    fc("report", "К-11", "-o", str(tmp_path / "k.pdf"), "--language", "uk")
    assert (tmp_path / "k.pdf").read_bytes().startswith(b"%PDF-")
    assert fc("verify").startswith("ok\ttrue")


def test_codes_at_the_end_are_those_of_the_process(vault_folder: Path, passphrase_file: Path) -> None:
    refused = _start([*PROGRAM, "show", "K-999"], vault_folder, passphrase_file)
    wrong = _start([*PROGRAM, "gibberish"], vault_folder, passphrase_file)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "There is no case and no record “K-999” in this vault.\n"
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_a_vault_open_in_another_process_is_left_alone(vault_folder: Path, passphrase_file: Path) -> None:
    session = open_vault(vault_folder)
    try:
        ended = _start([*PROGRAM, "case", "add"], vault_folder, passphrase_file)
    finally:
        session.close()
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "open in another window" in ended.stderr


def test_listing_loads_neither_window_nor_printer(vault_folder: Path, passphrase_file: Path) -> None:
    code = MAIN + "main(['list']); print([name for name in ('PySide6', 'reportlab', 'ui') if name in sys.modules])"
    assert _start([sys.executable, "-c", code], vault_folder, passphrase_file).stdout == "[]\n"


def test_a_mistake_of_the_program_is_one_calm_sentence(vault_folder: Path, passphrase_file: Path) -> None:
    code = MAIN + (
        "from family_case.services import casework; "
        "casework.cases = lambda *a, **k: {}['Лебедев']; sys.exit(main(['list']))"
    )
    ended = _start([sys.executable, "-c", code], vault_folder, passphrase_file)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "The program made a mistake of its own and stopped (KeyError <string>:1). What was saved before is kept.\n"
    )
    assert _start([*PROGRAM, "verify"], vault_folder, passphrase_file).returncode == 0


@POSIX
def test_a_reader_that_goes_away_is_no_reason_to_complain(story_folder: Path, passphrase_file: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "show", "K-001", "--json"],
        cwd=ROOT,
        env=_settings(story_folder, passphrase_file),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 141


@POSIX
@pytest.mark.parametrize(
    ("to", "code", "says"), [("/dev/full", 1, "look with history before you do it again"), ("&-", 0, "")]
)
def test_an_output_that_takes_nothing_hides_no_entry(
    vault_folder: Path, passphrase_file: Path, to: str, code: int, says: str
) -> None:
    if to == "/dev/full" and not Path(to).exists():
        pytest.skip("NOT RUN HERE: this system has no full device")
    command = ["/bin/sh", "-c", f'exec "$0" "$@" >{to}', *PROGRAM, "case", "add", "--code", "K-001"]
    ended = _start(command, vault_folder, passphrase_file)
    assert ended.returncode == code
    assert says in ended.stderr
    assert ended.stderr.count("\n") == bool(says)
    assert _start([*PROGRAM, "list"], vault_folder, passphrase_file).stdout.startswith("K-001\t")


WRITER = """
import sys
from pathlib import Path
from family_case.chance import SystemClock, SystemIds
from family_case.model.changes import Actor
from family_case.services import intake
from family_case.services.session import unlock
folder, words = map(Path, sys.argv[1:3])
words = words.read_text("utf-8").strip()
session = unlock(folder, words, clock=SystemClock(), ids=SystemIds(), actor=Actor.COMMAND_LINE)
for number in range(100_000):
    sign = {"happened": "2022-08-01", "class": "unverified", "number": f"+7 900 {number:07d}", "words": "x" * 500}
    made = intake.log_together(session, "K-001", {"happened": "2022-08-02"}, [("sign", sign)] * 3).made
    sys.stdout.write(made + "\\n")
    sys.stdout.flush()
"""


@POSIX
@pytest.mark.parametrize("life", [1, 23, 60])
def test_killed_while_writing_nothing_acknowledged_is_lost(
    vault_folder: Path, passphrase_file: Path, life: int
) -> None:
    assert _start([*PROGRAM, "case", "add", "--code", "K-001"], vault_folder, passphrase_file).returncode == 0
    command = [sys.executable, "-c", WRITER, str(vault_folder), str(passphrase_file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="ascii") as process:
        assert process.stdout is not None
        first = [process.stdout.readline() for _ in range(life)]
        process.kill()
        printed = "".join(first) + process.stdout.read()
        assert process.wait(PATIENCE) == -signal.SIGKILL
    ids = [line for line in printed.splitlines(keepends=True) if line.endswith("\n")]
    session = open_vault(vault_folder)
    try:
        assert safekeeping.verify(session).problems == ()
        page = casework.page(session, "K-001")
        kept = {item.id for item in page.timeline if item.conversation}
        assert {line.strip() for line in ids} <= kept
        assert len(kept) <= len(ids) + 1  # one may be on disk and not yet told
        assert len(page.timeline) == 4 * len(kept)  # each conversation with all that was told in it, or not at all
    finally:
        session.close()
    assert _start([*PROGRAM, "log", "note", "K-001", "--text", "x"], vault_folder, passphrase_file).returncode == 0


class Terminal:
    """A process that has a person at a terminal before it."""

    def __init__(self, command: Sequence[str], settings: dict[str, str]) -> None:
        self._master, slave = os.openpty()
        take = 'exec "$@" <>"$0" >&0 2>&0'  # a session's leader that opens a terminal gets it as its own
        # a run started in the background ignores Ctrl+C and would hand that on to the person's process
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", take, os.ttyname(slave), *command], cwd=ROOT, env=settings, start_new_session=True
        )
        signal.signal(signal.SIGINT, before)
        self._slave = slave
        self.seen = ""

    def wait_for(self, text: str, times: int = 1) -> None:
        while self.seen.count(text) < times:
            assert select.select([self._master], [], [], PATIENCE)[0], self.seen
            self.seen += os.read(self._master, 4096).decode("utf-8", "replace")

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def end(self) -> int:
        code = self.process.wait(PATIENCE)
        while select.select([self._master], [], [], 0)[0]:
            self.seen += os.read(self._master, 4096).decode("utf-8", "replace")
        os.close(self._slave)
        os.close(self._master)
        return code


@POSIX
def test_a_person_types_the_passphrase_unseen(vault_folder: Path, tmp_path: Path) -> None:
    making = Terminal([*PROGRAM, "create", str(tmp_path / "new")], _settings(None, None))
    making.wait_for("Passphrase: ")
    making.type(PASSPHRASE + "\n")
    making.wait_for("The same once more: ")
    making.type(PASSPHRASE + "\n")
    assert making.end() == 0
    assert PASSPHRASE not in making.seen
    listing = Terminal([*PROGRAM, "info"], _settings(tmp_path / "new", None))
    listing.wait_for("Passphrase: ")
    listing.type(PASSPHRASE + "\n")
    listing.wait_for("cases\t0")
    assert listing.end() == 0
    assert PASSPHRASE not in listing.seen


@POSIX
def test_ctrl_c_ends_quietly_with_130(vault_folder: Path) -> None:
    asking = Terminal([*PROGRAM, "list"], _settings(vault_folder, None))
    asking.wait_for("Passphrase: ")
    asking.type("\x03")
    assert asking.end() == 130
    assert "Traceback" not in asking.seen


FULL = """
import contextlib, io, json, shutil, sys
from pathlib import Path
from family_case.cli import main
template, disk = map(Path, sys.argv[1:3])
vault, ballast = disk / "vault", disk / "ballast"
def fc(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--vault", str(vault), *arguments])
    return code, out.getvalue().strip(), err.getvalue().strip()
ballast.write_bytes(bytes(400_000))
shutil.copytree(template, vault)
ids, last = [], (0, "", "")
while last[0] == 0 and len(ids) < 400:
    last = fc("log", "note", "K-001", "--text", "я" * 20_000)
    ids += [last[1]] if last[0] == 0 else []
made = fc("create", str(disk / "other"))
ballast.unlink()
after = fc("log", "note", "K-001", "--text", "снова есть место")
shown = [fc("show", each)[0] for each in [*ids, after[1]]]
left = [path.name for path in disk.glob("other/*")]
print(json.dumps({"ids": ids, "last": last, "made": made, "left": left, "after": after, "shown": shown,
    "verify": json.loads(fc("verify", "--json")[1])}))
"""


@POSIX
def test_a_full_disk_refuses_in_words_and_keeps_what_was_acknowledged(
    story_folder: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in story_folder.iterdir()) + 1_500_000
    mount = f'mount -t tmpfs -o size={size} tmpfs "$1" && shift && exec "$@"'
    own = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    if shutil.which("unshare") is None or _start([*own, mount, "sh", str(disk), "true"], None, None).returncode:
        pytest.skip("NOT RUN HERE: this system lets nobody mount a small disk")
    ended = _start(
        [*own, mount, "sh", str(disk), sys.executable, "-c", FULL, str(story_folder), str(disk)], None, passphrase_file
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["ids"]
    assert found["last"][:2] == [1, ""]
    assert "disk" in found["last"][2].lower()
    assert found["made"][0] == 1
    assert set(found["left"]) <= {"lock"}
    assert found["after"][0] == 0
    assert set(found["shown"]) == {0}
    assert found["verify"]["ok"] is True
