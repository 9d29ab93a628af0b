"""The two commands set themselves up: a real environment from a real lock, and a plain sentence when it cannot be."""

from __future__ import annotations

import ast
import base64
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case import __main__ as roof
from family_case._bootstrap import catalogues, environment, gate
from family_case._bootstrap import enter as door
from family_case._bootstrap.place import Place, fits, here, python_of, remember, wanted
from family_case._bootstrap.say import Stop

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).resolve().parent.parent
HELLO = """
import sys
from family_case._bootstrap.enter import enter
enter("hello", sys.argv[1:], window=False)
import part
print(part.GREETING, sys.prefix, *sys.argv[1:])
"""


def make_wheel(folder: Path, greeting: str) -> str:
    """A wheel of one module in `folder`, and its line for a lock."""
    folder.mkdir(exist_ok=True)
    files = {
        "part.py": f"GREETING = {greeting!r}\n",
        "part-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: part\nVersion: 1.0\n",
        "part-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    sums = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        for name, text in files.items()
    }
    record = "".join(f"{name},sha256={sums[name]},{len(text)}\n" for name, text in files.items())
    wheel = folder / "part-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, "part-1.0.dist-info/RECORD": record}.items():
            archive.writestr(name, text)
    return f"part==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A small checkout with a lock of one part and its wheel; pip sees no network and no settings of the machine."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "family_case" / "_bootstrap", root / "family_case" / "_bootstrap")
    (root / "family_case" / "__init__.py").write_text("", "utf-8")
    (root / "pyproject.toml").write_text("", "utf-8")
    (root / "hello.py").write_text(HELLO, "utf-8")
    (root / "requirements.lock").write_text(make_wheel(root / "wheelhouse", "hello"), "utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    return Place(root)


def start(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hello", *arguments]
    return subprocess.run(command, cwd=place.root, capture_output=True, text=True, encoding="utf-8", check=False)


def left_over(place: Place) -> list[str]:
    return sorted(file.name for file in place.root.glob(".venv*") if file != place.gate)


# --- the whole way, with a real environment ---


def test_first_start_sets_up_from_the_wheelhouse_and_second_does_no_work(checkout: Place) -> None:
    first = start(checkout, "one", "two words")
    assert first.returncode == 0, first.stderr
    assert first.stdout.strip() == f"hello {checkout.environment} one two words"
    assert "setting up, once" in first.stderr
    assert left_over(checkout) == [".venv"]
    scripts = [file for file in python_of(checkout.environment).parent.iterdir() if not file.is_symlink()]
    assert scripts
    assert not [file for file in scripts if str(checkout.building).encode() in file.read_bytes()]
    made = (checkout.environment / "pyvenv.cfg").stat().st_mtime_ns
    second = start(checkout)
    assert (second.stdout.strip(), second.stderr) == (f"hello {checkout.environment}", "")
    assert (checkout.environment / "pyvenv.cfg").stat().st_mtime_ns == made
    assert fits(checkout)


def test_a_new_lock_is_installed_at_the_next_start(checkout: Place) -> None:
    start(checkout)
    (checkout.root / "requirements.lock").write_text(make_wheel(checkout.root / "wheelhouse", "newer"), "utf-8")
    assert start(checkout).stdout.startswith("newer ")
    assert left_over(checkout) == [".venv"]


def test_without_network_and_wheelhouse_a_sentence_and_nothing_changed(checkout: Place) -> None:
    shutil.rmtree(checkout.root / "wheelhouse")
    done = start(checkout)
    assert done.returncode == 1
    assert "there is no network" in done.stderr
    assert "wheelhouse" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_over(checkout) == []


def test_a_failed_upgrade_leaves_a_working_program(checkout: Place) -> None:
    start(checkout)
    (checkout.root / "requirements.lock").write_text("part==2.0 --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    done = start(checkout)
    assert done.stdout.startswith("hello ")
    assert "Going on with what was installed before" in done.stderr
    with pytest.raises(Stop):  # the tests want exactly what is locked
        door.prepare(checkout, exact=True)


def test_a_part_that_is_not_the_locked_one_is_refused(checkout: Place) -> None:
    make_wheel(checkout.root / "wheelhouse", "somebody else's")
    done = start(checkout)
    assert done.returncode == 1
    assert "not the one that was locked" in done.stderr
    assert left_over(checkout) == []


def test_a_part_without_a_hash_is_refused(checkout: Place) -> None:
    (checkout.root / "requirements.lock").write_text("part==1.0\n", "utf-8")
    done = start(checkout)
    assert (done.returncode, done.stdout) == (1, "")
    assert left_over(checkout) == []


def test_a_folder_that_cannot_be_written_is_named(checkout: Place) -> None:
    checkout.gate.mkdir()  # stands in the way for root too
    with pytest.raises(Stop, match="cannot be prepared"):
        door.prepare(checkout, exact=False)


def test_scripts_name_the_place_they_stand_in(checkout: Place) -> None:
    scripts = python_of(checkout.building).parent
    scripts.mkdir(parents=True)
    (scripts / "tool").write_text(f"#!{checkout.building}/bin/python\n", "utf-8")
    (scripts / "binary").write_bytes(b"\0" + str(checkout.building).encode())
    environment._rename_in_scripts(checkout)
    assert (scripts / "tool").read_text("utf-8") == f"#!{checkout.environment}/bin/python\n"
    assert (scripts / "binary").read_bytes() == b"\0" + str(checkout.building).encode()


def test_an_exchange_cut_off_in_the_middle_is_mended(checkout: Place) -> None:
    checkout.retired.mkdir()
    (checkout.retired / "old").touch()
    environment.mend(checkout)
    assert (checkout.environment / "old").exists()
    checkout.building.mkdir()
    environment.exchange(checkout)
    assert left_over(checkout) == [".venv"]
    assert not (checkout.environment / "old").exists()


def test_of_two_first_starts_one_waits(tmp_path: Path) -> None:
    file = tmp_path / "gate"
    holder = f"""
import sys
from pathlib import Path
from family_case._bootstrap.gate import only_one
with only_one(Path({str(file)!r})):
    print("have", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", holder], cwd=ROOT, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "have\n"
        with file.open("ab") as handle:
            assert not gate._take(handle)
            other.communicate("")
            assert gate._take(handle)


# --- old Pythons ---


@pytest.mark.parametrize(
    "name",
    [
        "family_case/__init__.py",
        "family_case/__main__.py",
        "family_case/_bootstrap/__init__.py",
        "tests/__init__.py",
        "tests/__main__.py",
    ],
)
def test_what_an_old_python_reads_it_understands(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__ import annotations" not in text  # a syntax error before 3.7


@pytest.mark.parametrize("module", ["family_case", "tests"])
def test_an_old_python_is_refused_in_a_sentence(module: str) -> None:
    pretend = "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0)"
    old = f"{pretend}; runpy.run_module({module!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", old], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_porch_needs_the_standard_library_only() -> None:
    files = [
        *(ROOT / "family_case" / "_bootstrap").glob("*.py"),
        ROOT / "tests" / "__main__.py",
        ROOT / "tests" / "guards.py",
    ]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    foreign = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in foreign if not name.startswith(("family_case._bootstrap", "tests."))} == set()


# --- what is remembered ---


def test_only_a_checkout_is_set_up(tmp_path: Path) -> None:
    assert here().is_checkout
    assert not Place(tmp_path).is_checkout


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lock": 1}'])
def test_an_unfinished_or_damaged_environment_does_not_fit(checkout: Place, text: str) -> None:
    checkout.environment.mkdir()
    (checkout.environment / "family-case.json").write_text(text, "utf-8")
    assert not fits(checkout)


def test_an_environment_of_another_interpreter_does_not_fit(checkout: Place) -> None:
    python = python_of(checkout.environment)
    python.parent.mkdir(parents=True)
    python.touch()
    remember(checkout.environment, wanted(checkout))
    assert fits(checkout)
    for key in ("lock", "python", "base"):
        remember(checkout.environment, wanted(checkout) | {key: "another"})
        assert not fits(checkout)
    remember(checkout.environment, wanted(checkout))
    python.unlink()
    assert not fits(checkout)


def test_windows_keeps_its_interpreter_elsewhere() -> None:
    assert python_of(Path("e"), "win32") == Path("e/Scripts/python.exe")
    assert python_of(Path("e"), "darwin") == Path("e/bin/python")


@pytest.mark.skipif(os.name != "posix", reason="how POSIX replaces a process")
def test_start_inside_ends_as_the_program_ends() -> None:
    with pytest.raises(SystemExit, match="7"):  # Windows: run and hand on the code
        door.run_instead([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ), replace=False)


def test_the_wheelhouse_may_lie_in_or_beside_the_checkout(tmp_path: Path) -> None:
    place = Place(tmp_path / "checkout")
    assert place.wheelhouse is None
    (tmp_path / "wheelhouse").mkdir()
    assert place.wheelhouse == tmp_path / "wheelhouse"


# --- catalogues ---


def test_catalogues_are_compiled_when_their_text_is_newer(tmp_path: Path) -> None:
    folder = tmp_path / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = folder / "family_case.po"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    text.write_text(header + 'msgid "Case"\nmsgstr "Справа"\n', "utf-8")
    assert catalogues.stale(tmp_path) == [text]
    catalogues.compile_all(Path(sys.executable), [text])
    assert catalogues.stale(tmp_path) == []
    assert "Справа".encode() in text.with_suffix(".mo").read_bytes()
    os.utime(text, (2e9, 2e9))
    assert catalogues.stale(tmp_path) == [text]


# --- the door ---


@pytest.fixture
def thawed() -> Generator[None]:
    """What a door sets aside for as long as the process lives is given back: this process goes on to other tests."""
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", roof.DOORS)
def test_every_door_opens(name: str, thawed: None) -> None:
    assert callable(roof.open_door(name))


def test_a_door_sets_aside_what_it_loads_and_lets_the_collector_go_on(
    thawed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    roof.open_door("command")
    assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    monkeypatch.setitem(roof.DOORS, "command", ("family_case.nowhere", "main"))
    with pytest.raises(ImportError):
        roof.open_door("command")
    assert gc.isenabled()


def test_a_command_does_not_load_qt() -> None:
    probe = "import sys, family_case.__main__ as roof; roof.open_door('command'); print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
