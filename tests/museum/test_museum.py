"""Every vault that a released program ever wrote opens today and still says everything it said."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from sqlite_utils import Migrations

from family_case.services import safekeeping
from family_case.store import migrations
from tests.keeping import next_schema
from tests.museum import VAULT, listing, look, lost, pieces, read_listing
from tests.museum.__main__ import freeze

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database


def still_says(piece: Path, scratch: Path) -> list[str]:
    """What is lost of a piece when this program opens a copy of it; its checks must hold."""
    folder = shutil.copytree(piece / VAULT, scratch)
    with closing(look(folder)) as session:
        assert safekeeping.verify(session).ok
        return lost(read_listing(piece), listing(session))


def test_every_schema_older_than_ours_stands_in_the_museum() -> None:
    shown = {int(each.name.rpartition("-")[2]) for each in pieces()}
    assert shown >= set(range(1, migrations.SCHEMA))


def test_every_piece_opens_and_has_lost_nothing(tmp_path: Path) -> None:
    assert {piece.name: still_says(piece, tmp_path / piece.name) for piece in pieces()} == {
        piece.name: [] for piece in pieces()
    }


# --- the museum itself works: a piece made now, looked at by a program one schema newer ---


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    piece = tmp_path_factory.mktemp("museum") / "schema-1"
    freeze(piece)
    return piece


def test_a_fresh_piece_is_read_by_this_program_and_by_the_next(fresh: Path, tmp_path: Path) -> None:
    assert len(read_listing(fresh)["case_file"]) == 10
    assert still_says(fresh, tmp_path / "now") == []
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=next_schema()):
        assert still_says(fresh, tmp_path / "next") == []


@pytest.mark.parametrize(
    ("sql", "gone"),
    [
        ("UPDATE person_name SET family = '' WHERE family <> ''", "person_name"),
        ("ALTER TABLE promise DROP COLUMN conditions", "promise"),
        ("DELETE FROM payment", "payment"),
        ("DROP TABLE disclosure_item", ""),
    ],
)
def test_a_migration_that_loses_something_is_caught(fresh: Path, tmp_path: Path, sql: str, gone: str) -> None:
    steps = Migrations("family_case")
    steps()(migrations.m001_first_house)

    @steps()
    def m002_loses(db: Database) -> None:
        db.execute(sql)

    told = read_listing(fresh)
    told.setdefault("disclosure_item", []).append({"id": "stood here"})
    piece = tmp_path / "piece"
    shutil.copytree(fresh, piece)
    (piece / "listing.json").write_text(json.dumps(told), encoding="utf-8")
    folder = shutil.copytree(piece / VAULT, tmp_path / "look")
    with mock.patch.multiple(migrations, SCHEMA=2, STEPS=steps), closing(look(folder)) as session:
        found = lost(told, listing(session))
    assert [each for each in found if each.startswith(gone or "disclosure_item")]
