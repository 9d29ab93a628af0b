"""A file leaves as it is: only where a paper would tell all that it may tell, and its leaving is written down."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Damaged, Refused, Unavailable
from family_case.services import attaching, casework, handing_out
from tests.services.casebook import MOTHER, brother, case, consent, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.dossier import Order
    from family_case.services.session import Session

LETTER = b"%PDF-1.7 " + bytes(range(256)) * 300
TO = replace(lawyer(), addressee="Адвокат Белова")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.pdf"
    file.write_bytes(LETTER)
    return file


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    return session


@pytest.fixture
def agreed(told: Session) -> Session:
    """A case in which mother and brother consented, on his behalf too."""
    consent(told, person(told, MOTHER, "mother"), "lawyer, case_work")
    brother(told)
    return told


def attached(session: Session, letter: Path, ref: str = "K-001") -> str:
    return attaching.attach(session, ref, letter).made


def refused(session: Session, made: str, order: Order, tmp_path: Path, match: str) -> None:
    """Nothing leaves: no file, nothing half-written, no disclosure."""
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    with pytest.raises(Refused, match=match):
        handing_out.extract(session, made, order, out / "copy.pdf")
    assert list(out.iterdir()) == []
    assert session.vault.connection.execute("SELECT count(*) FROM disclosure").fetchone() == (0,)


def test_a_copy_is_the_file_as_given_private_and_recorded_with_whom_it_went_to(
    agreed: Session, letter: Path, tmp_path: Path
) -> None:
    made, target = attached(agreed, letter), tmp_path / "copy.pdf"
    changes = handing_out.extract(agreed, made, TO, target)
    assert target.read_bytes() == LETTER
    assert target.stat().st_mode & 0o777 == 0o600
    row = agreed.vault.connection.execute("SELECT id, to_whom, profile, sha256, written_to FROM disclosure").fetchone()
    assert row == (changes.made, "Адвокат Белова", "lawyer", hashlib.sha256(LETTER).hexdigest(), str(target))
    assert agreed.vault.connection.execute("SELECT record_table, record_id FROM disclosure_item").fetchall() == [
        ("attachment", made)
    ]
    assert [message for message, _values in changes.notes] == [handing_out.AS_IT_IS]


def test_without_a_consent_on_his_behalf_no_file_leaves(told: Session, letter: Path, tmp_path: Path) -> None:
    made = attached(told, letter)
    refused(told, made, TO, tmp_path, "consented")
    consent(told, person(told, MOTHER, "mother"), "lawyer", scope="own", necessity="")
    refused(told, made, TO, tmp_path, "on behalf of the person sought")


def test_a_file_of_an_entry_that_may_endanger_leaves_only_with_a_reason(
    agreed: Session, letter: Path, tmp_path: Path
) -> None:
    entry = log(agreed, "note", happened="2022-08-01", text="показывал дорогу", hazard="insider")
    made = attached(agreed, letter, entry)
    refused(agreed, made, TO, tmp_path, "may endanger")
    handing_out.extract(agreed, made, replace(TO, release={entry: "he is safe abroad"}), tmp_path / "copy.pdf")


def test_a_file_in_which_a_paper_would_mask_someone_does_not_leave(
    agreed: Session, letter: Path, tmp_path: Path
) -> None:
    person(agreed, "Гусева Ольга Ивановна", "sibling")  # who consented to nothing
    entry = log(agreed, "sign", happened="2022-08-01", class_="voice", recogniser="Гусева Ольга Ивановна")
    made = attached(agreed, letter, entry)
    refused(agreed, made, TO, tmp_path, "mask")


def test_a_relative_gets_no_file_of_what_is_kept_from_her(agreed: Session, letter: Path, tmp_path: Path) -> None:
    sign = log(agreed, "sign", happened="2022-08-01", class_="voice", topic="fate")
    of_entry, of_case = attached(agreed, letter, sign), attached(agreed, letter)
    hers = replace(family(MOTHER), addressee=MOTHER)
    mother = next(card.person.id for card in casework.page(agreed, "K-001").people if card.role.kind.value == "mother")
    withheld(agreed, mother, topic="fate")
    refused(agreed, of_entry, hers, tmp_path, "would not be in a paper")
    refused(agreed, of_case, hers, tmp_path, "kept from this person")


def test_a_copy_never_writes_over_anything_nor_into_the_vault(agreed: Session, letter: Path, tmp_path: Path) -> None:
    made, target = attached(agreed, letter), tmp_path / "copy.pdf"
    target.write_text("something else", encoding="utf-8")
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "nowhere")
    for place in (target, link, agreed.folder / "copy.pdf"):
        with pytest.raises(Refused):
            handing_out.extract(agreed, made, TO, place)
    assert target.read_text(encoding="utf-8") == "something else"
    assert not os.path.lexists(tmp_path / "nowhere")


def test_what_came_there_while_the_copy_was_written_is_not_written_over(
    agreed: Session, letter: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.pdf"
    leaving = handing_out.steps(agreed, attached(agreed, letter), TO, target)
    next(leaving)
    target.write_text("someone else's", encoding="utf-8")
    with pytest.raises(Refused, match="already"):
        list(leaving)
    assert target.read_text(encoding="utf-8") == "someone else's"
    assert [each for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_a_damaged_file_leaves_nothing_behind_and_is_no_disclosure(
    agreed: Session, letter: Path, tmp_path: Path
) -> None:
    made = attached(agreed, letter)
    row = attaching.one(agreed, made)
    sealed = agreed.folder / "blobs" / row.blob[:2] / row.blob
    data = sealed.read_bytes()
    sealed.write_bytes(data[:70_000] + bytes([data[70_000] ^ 1]) + data[70_001:])  # in the second chunk
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Damaged):
        handing_out.extract(agreed, made, TO, out / "copy.pdf")
    assert list(out.iterdir()) == []
    assert agreed.vault.connection.execute("SELECT count(*) FROM disclosure").fetchone() == (0,)


def test_a_lock_in_the_middle_of_a_copy_leaves_nothing_of_it(agreed: Session, letter: Path, tmp_path: Path) -> None:
    made, out = attached(agreed, letter), tmp_path / "out"
    out.mkdir()
    copying = handing_out.steps(agreed, made, TO, out / "copy.pdf")
    next(copying)
    assert [each.name for each in out.iterdir()] != []
    agreed.unfinished.remove()
    assert list(out.iterdir()) == []
    with pytest.raises(Unavailable):
        list(copying)
    assert list(out.iterdir()) == []
    assert agreed.vault.connection.execute("SELECT count(*) FROM disclosure").fetchone() == (0,)
