"""The fast share of F4: damage of any page is refused or named, and a repair gives back what it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import f04_bitrot
from tests.faults.row import Plan

if TYPE_CHECKING:
    from pathlib import Path


def test_no_damage_passes_unnoticed(tmp_path: Path, remembered_keys: None) -> None:
    row = f04_bitrot.tried(Plan(tmp_path, fast=True))
    assert row.failed == ()
    assert row.tried > 30
