"""A vault made in the window knows its own office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.chance import zone_of
from ui.windows.opening import open_vault
from ui.windows.wishes import Deed, Wish

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_vault_made_in_the_window_counts_days_in_the_offices_zone_and_speaks_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Kyiv")
    made = open_vault(Wish(Deed.CREATE, tmp_path / "vault", "seven invented words open it", "uk"))
    try:
        assert (made.office.language, made.office.zone) == ("uk", "Europe/Kyiv")
        assert str(zone_of(made.office.zone)) == "Europe/Kyiv"
    finally:
        made.close()
