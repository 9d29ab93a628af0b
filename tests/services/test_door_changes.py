"""Another passphrase, a second one, one less, and the sheet for the day on which all are forgotten."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds
from family_case.crypto import header as headers
from family_case.crypto import recovery as signs
from family_case.crypto.header import WrongPassphrase
from family_case.crypto.kdf import FLOOR, Kdf
from family_case.errors import Refused, Unavailable
from family_case.files import write_atomic
from family_case.i18n import LANGUAGES, translator
from family_case.model.changes import Actor
from family_case.model.door import DoorKind
from family_case.services import backups, casework, doors, intake, recovery, safekeeping
from family_case.services.session import Disagrees, Session, unlock
from family_case.store import shelf as shelves
from tests.keeping import restored
from tests.vaults import PASSPHRASE, clock_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from family_case.services.recovery import Sheet

NEW = "другие слова открывают это хранилище теперь"
THIRD = "слова коллеги которых никто больше не знает"


def opens(folder: Path, passphrase: str, *, despite: bool = False) -> bool:
    """Whether the closed vault opens with these words."""
    clock, ids = clock_on(), SeededIds("door")
    try:
        unlock(folder, passphrase, clock=clock, ids=ids, actor=Actor.WINDOW, despite=despite).close()
    except WrongPassphrase:
        return False
    return True


def recovered(folder: Path, key: str) -> Session:
    return recovery.unlock(folder, key, clock=clock_on(), ids=SeededIds("door"), actor=Actor.WINDOW)


def typed_back(sheet: Sheet) -> dict[int, str]:
    """The groups asked for, as a hand types them."""
    return {at: sheet.groups[at - 1].lower().replace("0", "O") for at in sheet.asked}


def sheet_of(session: Session, passphrase: str = PASSPHRASE) -> str:
    """Make a sheet; the key that stands on it."""
    sheet = recovery.new_sheet(session, passphrase)
    recovery.confirm(session, sheet, typed_back(sheet))
    return " - ".join(sheet.groups)


def said(notes: Sequence[tuple[str, object]], language: str = "en") -> str:
    tr = translator(language)
    return "\n".join(tr.text(message, **values) for message, values in notes)  # type: ignore[arg-type]


# --- passphrases ---


def test_after_a_change_only_the_new_passphrase_opens_and_all_is_there(session: Session, vault_folder: Path) -> None:
    intake.add(session, "case", {"code": "K-001", "alias": "Рябина"})
    before = headers.read(vault_folder)
    doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR)
    after = headers.read(vault_folder)
    assert (after.generation, len(after.slots)) == (before.generation + 1, 1)
    session.close()
    assert (opens(vault_folder, PASSPHRASE), opens(vault_folder, NEW)) == (False, True)
    both = [(vault_folder / name).read_bytes() for name in (headers.COPY_A, headers.COPY_B)]
    assert both[0] == both[1]
    with closing(unlock(vault_folder, NEW, clock=clock_on(), ids=SeededIds("x"), actor=Actor.WINDOW)) as opened:
        assert safekeeping.verify(opened).ok


def test_the_old_passphrase_is_asked_again(session: Session, vault_folder: Path) -> None:
    before = headers.read(vault_folder)
    for call in (doors.change_passphrase, doors.add_passphrase):
        with pytest.raises(WrongPassphrase):
            call(session, "not the passphrase", NEW, cost=FLOOR)
        with pytest.raises(WrongPassphrase):
            call(session, NEW, NEW, cost=FLOOR)
        with pytest.raises(Refused):
            call(session, "", NEW, cost=FLOOR)
        with pytest.raises(Refused, match="is the old one"):
            call(session, PASSPHRASE, f"  {PASSPHRASE} ", cost=FLOOR)
        with pytest.raises(Refused):
            call(session, PASSPHRASE, "  ", cost=FLOOR)
    with pytest.raises(WrongPassphrase):
        recovery.new_sheet(session, "not the passphrase")
    assert headers.read(vault_folder) == before


def test_the_derivation_is_weighed_anew_at_the_change(
    session: Session, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = Kdf(FLOOR.memory_kib + 1024, FLOOR.passes, FLOOR.lanes)
    monkeypatch.setattr("family_case.crypto.kdf.calibrate", lambda *_: better)
    doors.change_passphrase(session, PASSPHRASE, NEW)
    assert [slot.kdf for slot in headers.read(vault_folder).slots] == [better]


def test_two_colleagues_have_a_passphrase_each_and_one_may_go(session: Session, vault_folder: Path) -> None:
    doors.add_passphrase(session, PASSPHRASE, THIRD, whose=" Нина\n ", cost=FLOOR)
    mine, hers = doors.doors(session)
    assert (hers.kind, hers.whose, hers.since) == (DoorKind.PASSPHRASE, "Нина", "2022-08-22")
    assert (mine.whose, mine.since) == ("", "")
    assert opens_while_open(vault_folder, THIRD)
    doors.change_passphrase(session, THIRD, NEW, cost=FLOOR)
    mine, hers = doors.doors(session)
    assert (hers.whose, hers.kind) == ("Нина", DoorKind.PASSPHRASE)
    with pytest.raises(Refused, match="opens the door that is to be removed"):
        doors.remove(session, hers.id, NEW)
    with pytest.raises(WrongPassphrase):
        doors.remove(session, hers.id, THIRD)
    doors.remove(session, hers.id[:6], PASSPHRASE)
    assert doors.doors(session) == (mine,)
    with pytest.raises(Refused, match="last passphrase"):
        doors.remove(session, mine.id, PASSPHRASE)
    for unknown in ("", "zz", hers.id):
        with pytest.raises(Refused, match="is no door"):
            doors.remove(session, unknown, PASSPHRASE)
    session.close()
    assert [opens(vault_folder, words) for words in (PASSPHRASE, THIRD, NEW)] == [True, False, False]


def opens_while_open(folder: Path, passphrase: str) -> bool:
    """Whether these words open the header as it lies there, while the vault is in use."""
    try:
        headers.unlock(headers.read(folder), passphrase)
    except WrongPassphrase:
        return False
    return True


def test_words_that_open_another_door_already_are_refused(session: Session) -> None:
    """Else taking one of the two doors away would shut nobody out, and nobody would know."""
    doors.add_passphrase(session, PASSPHRASE, NEW, whose="Анна", cost=FLOOR)
    before = doors.doors(session)
    with pytest.raises(Refused, match="by another door"):
        doors.add_passphrase(session, PASSPHRASE, NEW, whose="Борис", cost=FLOOR)
    with pytest.raises(Refused, match="by another door"):
        doors.change_passphrase(session, PASSPHRASE, f"  {NEW} ", cost=FLOOR)
    assert doors.doors(session) == before


def test_a_vault_opened_to_be_looked_at_keeps_its_doors(session: Session, vault_folder: Path) -> None:
    key = sheet_of(session)
    session.close()
    before = [(vault_folder / name).read_bytes() for name in (headers.COPY_A, headers.COPY_B)]
    clock, ids = clock_on(), SeededIds("look")
    with closing(unlock(vault_folder, PASSPHRASE, clock=clock, ids=ids, actor=Actor.WINDOW, read_only=True)) as looking:
        assert len(doors.doors(looking)) == 2
        for attempt in (
            lambda: doors.change_passphrase(looking, PASSPHRASE, NEW, cost=FLOOR),
            lambda: doors.add_passphrase(looking, PASSPHRASE, NEW, cost=FLOOR),
            lambda: recovery.remove(looking, PASSPHRASE),
            lambda: recovery.new_sheet(looking, PASSPHRASE),
        ):
            with pytest.raises(Refused, match="open read-only"):
                attempt()
    with closing(recovery.unlock(vault_folder, key, clock=clock, ids=ids, actor=Actor.WINDOW, read_only=True)) as found:
        assert not found.recovered
    assert [(vault_folder / name).read_bytes() for name in (headers.COPY_A, headers.COPY_B)] == before


# --- what older copies still open with ---


def test_backups_that_still_open_with_the_old_passphrase_are_named(session: Session, tmp_path: Path) -> None:
    near, far, gone = (tmp_path / name for name in ("near", "far", "gone"))
    for place in (near, far, gone):
        place.mkdir()
        backups.backup(session, place)
    shutil.rmtree(gone)
    notes = doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR).notes
    told = said(notes)
    for place in (near, far):
        assert f"The backup of 22 August 2022 in “{place}” still opens" in told
    assert f"“{gone}” is not there now" in told
    assert "opens as it did then" in told
    for language in LANGUAGES:
        assert str(gone) in said(notes, language)
    backups.backup(session, near)
    later = doors.change_passphrase(session, NEW, THIRD, cost=FLOOR).notes
    told = said(later)
    assert told.count("still opens with") == 1  # only the one made between; the others open with the first words
    assert str(near) in told


def test_a_backup_restored_opens_with_the_passphrase_of_its_day(session: Session, shelf: Path, tmp_path: Path) -> None:
    entry = shelf / backups.backup(session, shelf).made
    doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR)
    assert opens(restored(entry, tmp_path / "back").folder, PASSPHRASE)


def test_an_old_header_opens_todays_vault_too_and_that_is_said(
    session: Session, shelf: Path, vault_folder: Path
) -> None:
    """Another passphrase is a slot of the header; the root key stays. Only new keys end this, so it must be told."""
    entry = shelf / backups.backup(session, shelf).made
    told = said(doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR).notes)
    intake.add(session, "case", {"code": "K-001", "alias": "Рябина"})
    session.close()
    for name in shelves.HEADERS:
        shutil.copy(entry / name, vault_folder / name)
    with pytest.raises(Disagrees):
        opens(vault_folder, PASSPHRASE)
    assert opens(vault_folder, PASSPHRASE, despite=True)
    assert "can open today's vault with it too" in told
    assert "give the vault new keys" in told


def test_a_backup_whose_header_cannot_be_read_is_named_too(session: Session, shelf: Path) -> None:
    entry = shelf / backups.backup(session, shelf).made
    for name in shelves.HEADERS:
        (entry / name).write_bytes(b"torn")
    assert "still opens" in said(doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR).notes)


# --- a disk that says no ---


@pytest.mark.parametrize(("written", "counts"), [(0, False), (1, True)])
def test_a_disk_that_fails_between_the_copies_leaves_one_passphrase_and_says_which(
    session: Session, vault_folder: Path, monkeypatch: pytest.MonkeyPatch, written: int, counts: bool
) -> None:
    left = [written]

    def full(path: Path, data: bytes) -> None:
        if not left[0]:
            raise Unavailable("the disk is full")
        left[0] -= 1
        write_atomic(path, data)

    with monkeypatch.context() as disk:
        disk.setattr(headers, "write_atomic", full)
        with pytest.raises(Unavailable) as caught:
            doors.change_passphrase(session, PASSPHRASE, NEW, cost=FLOOR)
    assert ("is in force" in caught.value.message) is counts
    session.close()
    assert [opens(vault_folder, words) for words in (PASSPHRASE, NEW)] == [not counts, counts]
    a, b = ((vault_folder / name).read_bytes() for name in (headers.COPY_A, headers.COPY_B))
    assert a == b  # the opening has written the other copy too


# --- the sheet ---


def test_the_key_on_the_sheet_opens_the_vault_and_a_new_passphrase_may_be_set(
    session: Session, vault_folder: Path
) -> None:
    key = sheet_of(session)
    assert [door.kind for door in doors.doors(session)] == [DoorKind.PASSPHRASE, DoorKind.RECOVERY]
    session.close()
    with closing(recovered(vault_folder, key.lower())) as opened:
        doors.change_passphrase(opened, "", NEW, cost=FLOOR)
        with pytest.raises(Refused):  # the permission was for once
            doors.change_passphrase(opened, "", THIRD, cost=FLOOR)
    assert [opens(vault_folder, words) for words in (PASSPHRASE, NEW)] == [False, True]


def test_of_two_passphrases_a_recovery_leaves_both(session: Session, vault_folder: Path) -> None:
    key = sheet_of(session)
    doors.add_passphrase(session, PASSPHRASE, THIRD, cost=FLOOR)
    session.close()
    with closing(recovered(vault_folder, key)) as opened:
        doors.change_passphrase(opened, "", NEW, cost=FLOOR)
    assert all(opens(vault_folder, words) for words in (PASSPHRASE, THIRD, NEW))


def test_a_new_sheet_shuts_the_door_of_the_old_one(session: Session, vault_folder: Path, shelf: Path) -> None:
    old = sheet_of(session)
    backups.backup(session, shelf)
    sheet = recovery.new_sheet(session, PASSPHRASE)
    told = said(recovery.confirm(session, sheet, typed_back(sheet)).notes)
    assert str(shelf) in told
    session.close()
    with pytest.raises(Refused, match="newer sheet"):
        recovered(vault_folder, old)
    recovered(vault_folder, "".join(sheet.groups)).close()


def test_a_backup_comes_back_by_the_sheet_of_its_day(session: Session, shelf: Path, tmp_path: Path) -> None:
    intake.add(session, "case", {"code": "K-001", "alias": "Рябина"})
    key = sheet_of(session)
    entry = shelf / backups.backup(session, shelf).made
    later = sheet_of(session)
    target = tmp_path / "back"
    with pytest.raises(Refused, match="newer sheet"):
        recovery.restore(entry, target, later, clock=clock_on(), ids=SeededIds("r"))
    assert not target.exists()
    recovery.restore(entry, target, key, clock=clock_on(), ids=SeededIds("r"))
    with closing(recovered(target, key)) as opened:
        assert casework.resolve(opened, "K-001")


def test_nothing_counts_before_two_groups_were_typed_back(session: Session, vault_folder: Path) -> None:
    before = headers.read(vault_folder)
    sheet = recovery.new_sheet(session, PASSPHRASE)
    right = typed_back(sheet)
    one, two = sheet.asked
    for typed in ({}, {one: right[one]}, {one: right[two], two: right[one]}, {**right, two: "00000"}):
        with pytest.raises(Refused, match="does not count yet"):
            recovery.confirm(session, sheet, typed)
    assert headers.read(vault_folder) == before
    assert "".join(sheet.groups) not in repr(sheet)


def test_the_sheet_goes_and_its_key_opens_nothing(session: Session, vault_folder: Path) -> None:
    with pytest.raises(Refused, match="no recovery sheet"):
        recovery.remove(session, PASSPHRASE)
    key = sheet_of(session)
    with pytest.raises(WrongPassphrase):
        recovery.remove(session, NEW)
    recovery.remove(session, PASSPHRASE)
    session.close()
    with pytest.raises(Refused, match="has no recovery sheet"):
        recovered(vault_folder, key)


def test_a_slip_of_the_pen_is_told_before_anything_is_read(tmp_path: Path) -> None:
    key = "-".join(signs.spell(bytes(20)))
    with pytest.raises(Refused, match="Group") as caught:
        recovered(tmp_path / "nowhere", key[:-1] + "Z")
    assert caught.value.values == {"group": "8"}
