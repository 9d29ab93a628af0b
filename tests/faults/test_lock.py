"""The lock's deadline, one round of each job in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import f_lock
from tests.faults.row import Plan

if TYPE_CHECKING:
    from pathlib import Path


def test_covered_and_keys_gone_within_a_second_whatever_runs(tmp_path: Path) -> None:
    row = f_lock.tried(Plan(tmp_path, fast=True))
    assert (row.failed, row.tried) == ((), len(f_lock.JOBS))
