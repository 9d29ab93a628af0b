"""Settings outside the vault: only how the window looks, and a damaged file is no event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.settings import LIMIT, Settings, load, save

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_chosen_is_there_next_time(tmp_path: Path) -> None:
    chosen = Settings("uk", "dark", 130, 1366, 768)
    save(chosen, tmp_path / "config" / "settings.json")
    assert load(tmp_path / "config" / "settings.json") == chosen


def test_nothing_but_the_look_is_kept(tmp_path: Path) -> None:
    save(Settings(), tmp_path / "s.json")
    assert set(json.loads((tmp_path / "s.json").read_text("utf-8"))) == {
        "language",
        "theme",
        "text_percent",
        "width",
        "height",
    }


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"ru"',
        b"[" * 3000,
        b" " * (LIMIT + 1),
        b'{"language": "xx", "theme": 3, "text_percent": true, "width": 1, "height": 99999999, "vault": "/secret"}',
    ],
)
def test_a_damaged_file_means_the_usual_settings(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / "s.json"
    file.write_bytes(damaged)
    assert load(file) == Settings()


def test_one_wrong_value_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text('{"language": "ru", "width": -5}', encoding="utf-8")
    assert load(file) == Settings(language="ru")


@given(st.binary(max_size=300))
def test_no_bytes_at_all_stop_the_program(tmp_path_factory: pytest.TempPathFactory, damaged: bytes) -> None:
    file = tmp_path_factory.mktemp("s") / "s.json"
    file.write_bytes(damaged)
    assert isinstance(load(file), Settings)
