"""The fast share of F16: an erased person's names are nowhere in the file, not even in a page that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import f16_erasure
from tests.faults.row import Plan

if TYPE_CHECKING:
    from pathlib import Path


def test_an_erased_person_is_in_no_page_of_the_file(tmp_path: Path, remembered_keys: None) -> None:
    row = f16_erasure.tried(Plan(tmp_path, fast=True))
    assert row.failed == ()
    assert row.passed
