"""The house stands: sizes, bans, floor plan and clean texts, each guard proven able to fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import house
from tests.house import RULES, Module, advice

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("family_case", "ui", "tests")
MODULES = [
    Module(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    for room in ROOMS
    for file in sorted((ROOT / room).rglob("*.py"))
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps(rule: Callable[[Module], list[str]]) -> None:
    assert [finding for module in MODULES for finding in rule(module)] == []


def test_advice_on_sizes_is_given(house_advice: list[str]) -> None:
    house_advice.extend(sorted(finding for module in MODULES for finding in advice(module)))


BAD = {
    house.too_long: [
        '"""Room."""\n' + "x = 1\n" * 400,
        "def f():\n" + "    x = 1\n" * 40,
        "class A:\n    async def f(self):\n" + "        x = 1\n" * 40,
    ],
    house.without_docstring: ["x = 1\n"],
    house.hidden_imports: ["def f():\n    import json\n", "def f():\n    def g():\n        from a import b\n"],
    house.catches_all: [
        "try:\n    f()\nexcept Exception:\n    pass\n",
        "try:\n    f()\nexcept (OSError, Exception) as e:\n    raise\n",
        "try:\n    f()\nexcept:\n    raise\n",
        "try:\n    f()\nexcept BaseException:\n    pass\n",
    ],
    house.asks_clock_or_chance: [
        "import datetime\ndatetime.datetime.now()\n",
        "from datetime import date\ndate.today()\n",
        "import time\ntime.time()\n",
        "from time import time\n",
        "import random\n",
        "from secrets import token_hex\n",
        "import uuid\n",
        "import os\nos.urandom(8)\n",
    ],
    house.opens_the_street: [
        "import socket\n",
        "import urllib.request as r\n",
        "from urllib import request\n",
        "from http.client import HTTPConnection\n",
        "from PySide6 import QtNetwork\n",
        "from PySide6.QtNetwork import QTcpSocket\n",
    ],
    house.alters_schema: ['db["t"].insert({}, alter=True)\n'],
    house.nests_a_loop: [
        "dialog.exec()\n",
        "QEventLoop().exec()\n",
        "app.processEvents()\n",
        "QMessageBox.question(self, 'a', 'b')\n",
        "QFileDialog.getOpenFileName(self)\n",
    ],
    house.writes_rows: [
        'db.execute("INSERT INTO person VALUES (1)")\n',
        'db.execute(f"DELETE FROM {table} WHERE id = ?")\n',
        'db.execute(f"UPDATE {table} SET a = 1")\n',
        'db.execute("insert or replace into person values (1)")\n',
    ],
    house.nameless_braces: [
        'N_("{} days")\n',
        'N_("{0} days")\n',
        'tr.text("%d days")\n',
        'tr.plural("{n} day", "{} days", n)\n',
    ],
}


def test_every_rule_has_a_bad_example() -> None:
    assert set(BAD) == set(RULES)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in BAD.items() for text in texts])
def test_rule_fails_on_a_bad_example(rule: Callable[[Module], list[str]], text: str) -> None:
    assert rule(Module("family_case/services/bad.py", text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_passes_a_good_example(rule: Callable[[Module], list[str]]) -> None:
    good = '"""Room."""\nimport time\n\ndef f(tr, clock):\n    tr.text("{days} days")\n    return clock.now()\n'
    assert rule(Module("family_case/services/good.py", good)) == []


def test_signed_exceptions_are_still_needed() -> None:
    for table, rule in (
        (house.MAY_CATCH_ALL, house.catches_all),
        (house.MAY_ASK_CLOCK_AND_CHANCE, house.asks_clock_or_chance),
        (house.MAY_WRITE_ROWS, house.writes_rows),
        (house.MAY_RUN_A_LOOP, house.nests_a_loop),
    ):
        texts = {module.name: module.text for module in MODULES}
        idle = [name for name in table if name not in texts or not rule(Module("ui/elsewhere.py", texts[name]))]
        assert idle == []


def test_advice_sees_a_big_class() -> None:
    methods = "".join(f"    def m{n}(self): pass\n" for n in range(16))
    assert advice(Module("ui/big.py", "class Big:\n" + methods))


# --- the floor plan ---


def contracts(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / ".ci" / "floor_plan.py")]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


def test_floor_plan_holds() -> None:
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ("family_case", "ui"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.mark.parametrize(
    ("file", "text", "contract"),
    [
        ("family_case/stray.py", "", "floors of family_case"),
        ("ui/stray.py", "", "rooms of ui"),
        ("family_case/model/bad.py", "import family_case.store", "floors of family_case"),
        ("family_case/services/bad.py", "def f():\n    import family_case.reports\n", "floors of family_case"),
        ("family_case/services/bad.py", "import sqlcipher3", "only the store speaks SQL"),
        ("family_case/store/bad.py", "import nacl.utils", "only crypto holds keys"),
        ("family_case/services/bad.py", "from reportlab.lib import colors", "only reports know reportlab"),
        ("family_case/services/bad.py", "import PySide6.QtCore", "the core never sees the screen"),
        ("family_case/services/bad.py", "import urllib.request", "no door to the street"),
        ("ui/widgets/bad.py", "import family_case.store", "the window knows services and model"),
    ],
)
def test_floor_plan_can_fail(copied_house: Path, file: str, text: str, contract: str) -> None:
    bad = copied_house / file
    bad.write_text(f'"""Bad."""\n{text}\n', "utf-8")
    try:
        done = contracts(copied_house)
    finally:
        bad.unlink()
    assert done.returncode != 0
    assert any(contract in line and "BROKEN" in line for line in done.stdout.splitlines()), done.stdout


def test_two_pages_that_know_each_other_are_found(copied_house: Path) -> None:
    pages = {"bad_a.py": "", "bad_b.py": "import ui.pages.bad_a\n"}
    for name, text in pages.items():
        (copied_house / "ui" / "pages" / name).write_text(f'"""Bad."""\n{text}', "utf-8")
    done = contracts(copied_house)
    for name in pages:
        (copied_house / "ui" / "pages" / name).unlink()
    assert "pages do not know each other BROKEN" in done.stdout


def test_a_circle_is_found(copied_house: Path) -> None:
    for name, other in (("bad_a", "bad_b"), ("bad_b", "bad_a")):
        text = f'"""Bad."""\nimport family_case.model.{other}\n'
        (copied_house / "family_case" / "model" / f"{name}.py").write_text(text, "utf-8")
    done = contracts(copied_house)
    for name in ("bad_a", "bad_b"):
        (copied_house / "family_case" / "model" / f"{name}.py").unlink()
    assert "no circles BROKEN" in done.stdout


# --- the tree ---


def test_wheel_lists_every_package() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    found = {
        file.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for room in ("family_case", "ui")
        for file in (ROOT / room).rglob("*.py")
    }
    assert set(listed) - {"family_case.resources"} == found


MACHINE = re.compile(
    r"(?<![\w.~-])/(work|root)/|\bpypi\.|pythonhosted|\blocalhost:|\bindex[-_]url\s*=|/home/(?!a\b|worker\b)\w|(?<!\w)/opt/",
    re.IGNORECASE,
)
TEMPORARY = re.compile(r"(?<![\w.~-])/tmp/", re.IGNORECASE)  # in tests an invented path is only a value


def names_a_machine(file: str, line: str) -> bool:
    """Whether `line` of `file` tells of the machine it was written on."""
    return bool(MACHINE.search(line) or (TEMPORARY.search(line) and not file.startswith("tests/")))


TEXTS = {".py", ".pyi", ".md", ".toml", ".yaml", ".sh", ".po", ".lock", ".qss", ".json", ""}
PRIVATE = {"LICENSE", "tests/test_house.py"}  # the licence's own links; this file's own examples


def tracked_texts() -> list[Path]:
    """Texts of the tree; caches and environments begin with a dot or are made."""
    tops = ("family_case", "ui", "tests", "docs", "resources", ".ci")
    inner = [file for top in tops for file in (ROOT / top).rglob("*") if "__pycache__" not in file.parts]
    files = [file for file in (*inner, *ROOT.iterdir()) if file.is_file() and file.suffix in TEXTS]
    return [file for file in files if file.relative_to(ROOT).as_posix() not in PRIVATE and ".coverage" not in file.name]


def test_no_machine_is_named() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in tracked_texts()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if names_a_machine(file.relative_to(ROOT).as_posix(), line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["see /work/x", "in /tmp/y", "https://pypi.org/simple", "files.pythonhosted.org", "/home/anna"]
)
def test_machine_names_are_seen(text: str) -> None:
    assert names_a_machine("docs/page.md", text)
