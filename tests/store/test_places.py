"""Places are known by their whole name or another name of theirs, in either script, and never by a guess."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Unavailable
from family_case.model.changes import Actor, Reason
from family_case.model.place import Place, PlaceAlias
from family_case.store import places
from family_case.store.guard import Guard
from family_case.store.people import outside

if TYPE_CHECKING:
    from family_case.services.session import Session


def test_a_place_is_meant_by_its_name_or_another_name_of_it(session: Session) -> None:
    with session.vault.change(Reason.ADD, Actor.WINDOW) as change:
        change.put(Place("p", "ИК-17, Мордовия"))
        change.put(PlaceAlias("a", "p", "Озёрный"))
    assert places.named(session.vault.connection, "ИК-17,  мордовия") == "p"
    assert places.named(session.vault.connection, "озерный") == "p"
    assert places.named(session.vault.connection, "ИК-17") is None


def test_nobody_is_nobody_outside_either(session: Session) -> None:
    assert outside(session.vault.connection, "nobody") is None


def test_a_lock_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(Unavailable):
        Guard(tmp_path, "x")


def test_a_lock_that_a_full_disk_cannot_take_is_not_left_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(Unavailable):
            Guard(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []
    Guard(tmp_path, "x").release()
