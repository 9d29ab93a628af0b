"""The lock is whole: it covers what `pyproject.toml` asks for, hashes everything, and the table of wheels agrees."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
HASH = re.compile(r"\s+--hash=sha256:[0-9a-f]{64}")


def entries(text: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Name -> requirement and its hash lines."""
    blocks = re.split(r"\n(?=\S)", text.strip())
    parts = [block.replace(" \\\n", "\n").split("\n") for block in blocks]
    return {canonicalize_name(Requirement(first).name): (Requirement(first), rest) for first, *rest in parts}


def uncovered(text: str, wanted: list[str]) -> list[str]:
    """Those of `wanted` that the lock lacks, or holds in a version that does not fit."""
    locked = {name: requirement.specifier for name, (requirement, _hashes) in entries(text).items()}
    lost = []
    for line in wanted:
        asked = Requirement(line)
        found = [pin.version for pin in locked.get(canonicalize_name(asked.name), ())]
        if len(found) != 1 or not asked.specifier.contains(found[0]):
            lost.append(line)
    return lost


def unhashed(text: str) -> list[str]:
    """Entries without a hash, with a line that is none, or not pinned to one version."""
    return [
        name
        for name, (requirement, lines) in entries(text).items()
        if not lines
        or not all(HASH.fullmatch(line) for line in lines)
        or [pin.operator for pin in requirement.specifier] != ["=="]
    ]


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def table() -> dict[str, str]:
    """Name -> version in the table of wheels."""
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| ([0-9][^ ]*) \|", (ROOT / "docs" / "wheels.md").read_text("utf-8"), re.MULTILINE
    )
    return dict(rows)


def test_lock_covers_pyproject() -> None:
    assert uncovered(LOCK, asked_for()) == []


def test_a_missing_or_old_part_is_seen() -> None:
    assert uncovered(LOCK, ["no-such-part>=1", "click>=999"]) == ["no-such-part>=1", "click>=999"]


def test_every_entry_is_hashed_and_pinned() -> None:
    assert unhashed(LOCK) == []


def test_an_entry_without_hash_or_pin_is_seen() -> None:
    bad = "one==1.0\ntwo>=1.0 \\\n    --hash=sha256:" + "0" * 64 + "\nthree==1 \\\n    --hash=md5:00\n"
    assert unhashed(bad) == ["one", "two", "three"]


def test_lock_names_no_place_to_download_from() -> None:
    assert re.findall(r"^.*(?://|#|--index|--find-links).*$", LOCK, re.MULTILINE) == []


def test_table_of_wheels_has_the_locked_versions() -> None:
    locked = {name: next(iter(requirement.specifier)).version for name, (requirement, _hashes) in entries(LOCK).items()}
    assert table() == locked


def test_table_of_wheels_lists_its_holes() -> None:
    page = (ROOT / "docs" / "wheels.md").read_text("utf-8")
    body, holes = page.split("## Holes")
    rows = [line for line in body.splitlines() if "no wheel" in line]
    listed = [line for line in holes.splitlines() if line.startswith("- ")]
    assert bool(rows) == bool(listed)
    assert all(any(row.split(" | ")[0].strip("| ") in line for line in listed) for row in rows)


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = [line for line in text.splitlines() if any(line.strip().startswith(f'"{asked}"') for asked in asked_for())]
    assert len(lines) == len(asked_for())
    assert [line for line in lines if not re.search(r"#\s+\w", line)] == []
