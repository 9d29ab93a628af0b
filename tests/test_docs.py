"""What the documents say is held against the tree: links lead somewhere, named files and rooms exist, numbers agree."""

import re
import tomllib
from pathlib import Path

import pytest

from family_case import __version__
from family_case.model.records import BY_TABLE
from family_case.store import migrations, schema_1

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "SECURITY.md", "CHANGELOG.md")] + sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)\)")
NAMED_FILE = re.compile(r"`((?:family_case|services|store|ui|tests|resources|docs|\.ci)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = NAMED_FILE.findall(page.read_text("utf-8"))
    missing = [name for name in named if not (ROOT / name).exists() and not (ROOT / "family_case" / name).exists()]
    assert missing == []


def test_the_floor_plan_of_the_readme_names_every_room_and_no_other() -> None:
    plan = (ROOT / "README.md").read_text("utf-8").partition("```\nfamily_case/")[2].partition("```")[0]
    told = set(re.findall(r"^  (\w+)/", plan, re.MULTILINE))
    rooms = {path.name for path in (ROOT / "family_case").iterdir() if (path / "__init__.py").exists()} - {"_bootstrap"}
    assert told == rooms
    ground = plan.partition("  model/")[0].splitlines()[1].partition("   ")[0].split()
    modules = {path.stem for path in (ROOT / "family_case").glob("*.py")} - {"__init__", "__main__"}
    assert set(ground) == modules


def test_the_readme_gives_the_two_commands_and_ci_calls_the_second() -> None:
    assert "```sh\npython3 -m family_case\npython3 -m tests\n```" in (ROOT / "README.md").read_text("utf-8")
    assert "python3 -m tests" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_format_page_tells_the_numbers_of_this_program() -> None:
    page = (ROOT / "docs" / "vault-format.md").read_text("utf-8")
    assert f"0x{migrations.APPLICATION_ID:08X}".lower() in page.lower()
    assert f"the number of the schema ({migrations.SCHEMA})" in page


def test_the_changelog_begins_with_this_version_and_this_schema() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first is not None
    assert first.group(1) == __version__
    assert f"schema {migrations.SCHEMA}." in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_is_listed_with_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))
    for name in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        (line,) = [line for line in lines if line.strip().startswith(f'"{name}"')]
        assert "#" in line, f"{name} has no reason"


def test_no_record_is_unknown_to_the_schema() -> None:
    assert set(BY_TABLE) <= set(schema_1.TABLES)
