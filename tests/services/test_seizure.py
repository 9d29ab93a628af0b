"""What a seizure today would reveal is computed from the state there is: papers, backups, doors, the disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from family_case.crypto import header, slots
from family_case.crypto.kdf import FLOOR
from family_case.crypto.layout import SlotType
from family_case.i18n import LANGUAGES, translator
from family_case.services import accepting, backups, publishing, seizure
from family_case.services.disks import Answer, Swap
from family_case.services.seizure_words import Line, State, told
from tests.security_page import PAGE, page
from tests.services.casebook import case, consent, lawyer, person

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.services.session import Session

EN = translator("en")


def lines(session: Session, **seen: object) -> dict[str, Line]:
    """The lines by name, with some of what was seen replaced."""
    known = seizure.facts(session)
    looked = replace(seizure.look(known), **seen)  # type: ignore[arg-type]
    return {line.name: line for line in told(known, looked, idle_minutes=5)}


def words(line: Line) -> str:
    """All that one line says, in English."""
    every = (line.what, *line.single, line.why, line.do)
    return "\n".join(EN.text(message, **values) for message, values in every)


def change_doors(session: Session, *more: header.Slot) -> None:
    """Another passphrase in the place of the old one, and further doors."""
    head = header.read(session.folder)
    fresh = slots.seal(session.root, "eight other invented words open it now", FLOOR)
    header.write(session.folder, head.successor((fresh, *more)), session.root)


def test_a_backup_from_before_the_new_passphrase_is_named(session: Session, shelf: Path) -> None:
    old = backups.backup(session, shelf).made
    assert lines(session)["backups"].state is State.FINE
    change_doors(session)
    line = lines(session)["backups"]
    assert line.state is State.MIND
    assert f"{old}: opens with an older passphrase" in words(line)
    new = backups.backup(session, shelf).made
    line = lines(session)["backups"]
    assert f"{new}: opens" not in words(line)
    assert "backups of this vault: 2" in words(line)


def test_a_shelf_whose_stick_is_not_in_is_said_to_be_out_of_sight(session: Session, shelf: Path) -> None:
    backups.backup(session, shelf)
    shelf.rename(shelf.with_name("drawer"))
    line = lines(session)["backups"]
    assert line.state is State.UNKNOWN
    assert f"{shelf}: cannot be seen now; last used on 22 August 2022." in words(line)


def test_another_vaults_backup_on_the_shelf_is_not_counted(session: Session, story: Session, shelf: Path) -> None:
    backups.backup(story, shelf)
    backups.backup(session, shelf)
    assert "backups of this vault: 1" in words(lines(session)["backups"])


def test_recovery_sheet_and_key_store_are_told_while_they_open_the_vault(session: Session) -> None:
    calm = lines(session)
    assert [calm[name].state for name in ("passphrase", "recovery", "keystore")] == [State.FINE] * 3
    more = [slots.seal_bytes(session.root, kind, bytes(32)) for kind in (SlotType.RECOVERY, SlotType.KEYSTORE)]
    change_doors(session, *more)
    open_now = lines(session)
    assert [open_now[name].state for name in ("passphrase", "recovery", "keystore")] == [
        State.FINE, State.MIND, State.MIND,
    ]  # fmt: skip
    assert "Recovery sheets that open the vault: 1." in words(open_now["recovery"])


def test_a_paper_is_named_with_its_place_and_reader_as_long_as_it_lies_there(session: Session, tmp_path: Path) -> None:
    case(session)
    consent(session, person(session, "Лебедева Нина", "mother"), "lawyer")
    assert lines(session)["papers"].state is State.FINE
    order = replace(lawyer(), addressee="Adv. Orlova")
    paper = tmp_path / "к адвокату.pdf"
    publishing.publish(session, "K-001", order, lambda _dossier: b"%PDF-", paper)
    publishing.publish(session, "K-001", order, lambda _dossier: b"%PDF-", None)
    line = lines(session)["papers"]
    assert line.state is State.MIND
    assert f"{paper} (K-001, lawyer: Adv. Orlova, 22 August 2022)" in words(line)
    assert "not saved: 1" in words(line)
    paper.unlink()
    gone = lines(session)["papers"]
    assert gone.state is State.UNKNOWN
    assert f"no longer at {paper}" in words(gone)


def test_disk_and_swap_are_told_in_three_answers_each_and_none_is_alarming_when_all_is_well(session: Session) -> None:
    states = {
        (answer, kind): (found["disk"].state, found["swap"].state)
        for answer, kind in zip([*Answer, Answer.NO], Swap, strict=True)
        for found in [lines(session, disk=answer, swap=kind)]
    }
    assert states == {
        (Answer.YES, Swap.NONE): (State.FINE, State.FINE),
        (Answer.NO, Swap.ENCRYPTED): (State.MIND, State.FINE),
        (Answer.UNKNOWN, Swap.PLAIN): (State.UNKNOWN, State.MIND),
        (Answer.NO, Swap.UNKNOWN): (State.MIND, State.UNKNOWN),
    }


def test_what_asks_for_something_stands_first_and_each_line_says_why(session: Session) -> None:
    known = seizure.facts(session, passphrase_file="/data/anna/words.txt")
    every = told(known, replace(seizure.look(known), disk=Answer.NO), idle_minutes=5)
    states = [line.state is State.FINE for line in every]
    assert states == sorted(states)
    assert "/data/anna/words.txt" in words(next(line for line in every if line.name == "passphrase file"))
    for language in LANGUAGES:
        tr = translator(language)
        for line in every:
            assert tr.text(line.what[0], **line.what[1]), line.name
            assert tr.text(line.why[0], **line.why[1]), line.name
            assert bool(line.do[0]) or line.state is State.FINE, line.name


def test_the_size_told_is_the_size_of_the_folder(session: Session) -> None:
    (session.folder / "blobs").mkdir()
    (session.folder / "blobs" / "x").write_bytes(bytes(7_000_000))
    total = sum(each.stat().st_size for each in session.folder.rglob("*") if each.is_file())
    assert f"its size: {round(total / 1e6)} MB in {session.folder}" in words(lines(session)["vault"])


def test_the_page_for_readers_is_the_text_of_the_window() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.security_page writes it"


def test_the_note_of_this_computer_is_told_as_it_is(session: Session) -> None:
    case(session)
    accepting.set_witness(session, kept=False)
    assert seizure.facts(session).witness is False
    accepting.set_witness(session, kept=True)
    assert seizure.facts(session).witness is True
