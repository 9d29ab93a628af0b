"""The vault opens with its passphrase, from either copy, and says which of three things is wrong when it does not."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt

from family_case.crypto import header as headers
from family_case.crypto import slots
from family_case.crypto.header import (
    COPY_A,
    COPY_B,
    DamagedSlot,
    Foreign,
    HeavyVault,
    NewerFormat,
    NoVault,
    WrongPassphrase,
    create,
    read,
    repair,
    unlock,
    write,
)
from family_case.crypto.kdf import CEILING, FLOOR, Kdf, derive
from family_case.crypto.layout import LIMIT, Header, Slot, SlotType, encode, signed
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.files import write_atomic
from tests.crypto.conftest import PASSPHRASE, Made
from tests.crypto.test_kdf import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

BOTH = (COPY_A, COPY_B)


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


@pytest.fixture
def quick(made: Made, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The one real derivation of `made` is remembered; any other passphrase, salt or number gives another key."""
    slot = made.header.slots[0]
    assert slot.kdf is not None
    real = (PASSPHRASE, slot.salt, slot.kdf)
    known = derive(*real)

    def remembered(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
        if (passphrase, salt, kdf) == real:
            return known
        return hashlib.sha256(repr((passphrase, salt, kdf)).encode()).digest()

    monkeypatch.setattr(slots, "derive", remembered)
    return made


def with_slot(made: Made, slot: Slot) -> Header:
    """A header with `slot`, signed by whoever knows the root: only the slot itself is wrong."""
    return signed(replace(made.header, slots=(slot,)), made.root)


# --- opening ---


def test_the_passphrase_opens_what_it_made(made: Made) -> None:
    assert unlock(read(made.folder), "люстра\u00a0 шкатулка архив вымпел ") == made.root


def test_two_vaults_of_one_passphrase_share_nothing(made: Made) -> None:
    header, root = create(PASSPHRASE, FLOOR)
    mine, other = made.header.slots[0], header.slots[0]
    assert header.vault_id != made.header.vault_id
    assert root.secret != made.root.secret
    assert (mine.salt, mine.nonce, mine.id, mine.commitment) != (other.salt, other.nonce, other.id, other.commitment)


def test_an_independent_reader_finds_the_database_key(made: Made) -> None:
    """Written from the docstrings of layout, slots and keys alone."""

    def grow(secret: bytes, salt: bytes, info: str, length: int) -> bytes:
        extracted = hmac.new(salt or bytes(32), secret, "sha256").digest()
        one = hmac.new(extracted, info.encode() + b"\x01", "sha256").digest()
        return (one + hmac.new(extracted, one + info.encode() + b"\x02", "sha256").digest())[:length]

    magic, checksum, line, rest = made.copy(COPY_A).read_bytes().split(b"\n")
    assert (magic, rest) == (b"FAMILY-CASE VAULT HEADER", b"")
    assert hashlib.sha256(magic + b"\n" + line + b"\n").hexdigest().encode() == checksum
    body = json.loads(line)
    slot, numbers = body["slots"][0], body["slots"][0]["kdf"]
    derived = hash_secret_raw(
        PASSPHRASE.encode(),
        bytes.fromhex(slot["salt"]),
        numbers["passes"],
        numbers["memory_kib"],
        numbers["lanes"],
        32,
        Type.ID,
    )
    assert grow(derived, b"", "family-case/v1/slot-commitment", 32).hex() == slot["commitment"]
    facts = {name: slot[name] for name in ("id", "kdf", "salt", "type")}
    facts |= {"epoch": body["epoch"], "vault_id": body["vault_id"]}
    secret = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes.fromhex(slot["sealed"]),
        json.dumps(facts, sort_keys=True, separators=(",", ":")).encode(),
        bytes.fromhex(slot["nonce"]),
        grow(derived, b"", "family-case/v1/slot-seal", 32),
    )
    salt = bytes.fromhex(body["vault_id"])
    mac = body.pop("mac")
    unsigned = magic + b"\n" + json.dumps(body, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    assert hmac.new(grow(secret, salt, "family-case/v1/header/1", 32), unsigned, "sha256").hexdigest() == mac
    assert grow(secret, salt, "family-case/v1/database/1", 48).hex() == made.root.database_key()


def test_a_second_slot_opens_too_and_doors_without_code_are_passed_by(quick: Made) -> None:
    mine = quick.header.slots[0]
    other = slots.seal(quick.root, "другая фраза", FLOOR)
    door = replace(other, id=b"recovery", type=SlotType.RECOVERY, kdf=None)
    header = signed(quick.header.successor((door, other, mine)), quick.root)
    assert unlock(header, PASSPHRASE) == unlock(header, "другая фраза") == quick.root
    with pytest.raises(WrongPassphrase):
        unlock(header, "третья фраза")


# --- three messages ---


def test_a_wrong_passphrase_says_so(made: Made) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        unlock(made.header, "люстра шкатулка архив")
    assert isinstance(caught.value, Refused)
    assert caught.value.values == {}


def with_a_flip(value: bytes, place: int) -> bytes:
    return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


def test_a_damaged_slot_says_so(quick: Made) -> None:
    slot = quick.header.slots[0]
    damaged = [replace(slot, sealed=with_a_flip(slot.sealed, place)) for place in range(48)]
    damaged += [replace(slot, nonce=with_a_flip(slot.nonce, place)) for place in range(24)]
    damaged += [replace(slot, binding=with_a_flip(slot.binding, place)) for place in range(32)]
    for bad in damaged:
        with pytest.raises(DamagedSlot):
            unlock(with_slot(quick, bad), PASSPHRASE)


def test_a_slot_of_another_vault_or_epoch_is_called_foreign(quick: Made) -> None:
    for other in (replace(quick.header, vault_id=bytes(16)), replace(quick.header, epoch=2)):
        with pytest.raises(Foreign):
            unlock(other, PASSPHRASE)
    moved = replace(quick.header.slots[0], id=b"elsewher")
    with pytest.raises(Foreign):
        unlock(with_slot(quick, moved), PASSPHRASE)


def test_the_three_messages_differ(quick: Made) -> None:
    slot = quick.header.slots[0]
    cases = [
        (quick.header, "не та фраза"),
        (with_slot(quick, replace(slot, sealed=bytes(48))), PASSPHRASE),
        (replace(quick.header, vault_id=bytes(16)), PASSPHRASE),
        (replace(quick.header, generation=2), PASSPHRASE),
    ]
    messages = set()
    for header, passphrase in cases:
        with pytest.raises(Problem) as caught:
            unlock(header, passphrase)
        messages.add(caught.value.message)
    assert len(messages) == len(cases)


def test_a_header_altered_outside_its_slots_is_refused(quick: Made) -> None:
    header = quick.header
    for altered in (replace(header, generation=2), replace(header, format=2), replace(header, mac=bytes(32))):
        with pytest.raises(Damaged):
            unlock(altered, PASSPHRASE)


def test_a_slot_added_without_the_root_is_refused(quick: Made) -> None:
    planted = replace(quick.header.slots[0], id=b"planted.")
    with pytest.raises(Damaged):
        unlock(replace(quick.header, slots=(*quick.header.slots, planted)), PASSPHRASE)


def test_no_altered_digit_of_the_body_gives_a_key_even_with_a_right_checksum(quick: Made) -> None:
    data = encode(quick.header)
    line = data.split(b"\n", 2)[2]
    for place in range(len(line)):
        forged = bytearray(line)
        forged[place] ^= 1
        magic = data[: data.index(b"\n") + 1]
        checksum = hashlib.sha256(magic + forged).hexdigest().encode()
        quick.copy(COPY_A).write_bytes(magic + checksum + b"\n" + forged)
        quick.copy(COPY_B).unlink(missing_ok=True)
        with pytest.raises(Problem):
            unlock(read(quick.folder), PASSPHRASE)


# --- hostile numbers ---


@pytest.mark.parametrize("numbers", HOSTILE)
def test_hostile_numbers_are_refused_before_any_derivation(made: Made, numbers: Kdf, derivations: list[Kdf]) -> None:
    hostile = replace(made.header.slots[0], kdf=numbers, id=b"hostile.")
    header = with_slot(made, hostile)
    beside = replace(header, slots=(made.header.slots[0], hostile))  # also when a harmless slot stands first
    for candidate in (header, beside):
        with pytest.raises(Damaged):
            unlock(candidate, PASSPHRASE, accept_weight=True)
        for name in BOTH:
            made.copy(name).write_bytes(encode(candidate))
        with pytest.raises(Damaged):
            read(made.folder)
    assert derivations == []


def test_one_hostile_copy_does_not_lock_anybody_out(made: Made) -> None:
    hostile = replace(made.header.slots[0], kdf=Kdf(2**40, 3, 4))
    made.copy(COPY_A).write_bytes(encode(replace(made.header, generation=9, slots=(hostile,))))
    assert read(made.folder) == made.header


def test_a_heavy_vault_is_asked_about_first(made: Made, derivations: list[Kdf]) -> None:
    with pytest.raises(HeavyVault) as caught:
        unlock(made.header, PASSPHRASE, ram_bytes=100 * 1024**2)
    assert caught.value.values == {"needed": 64, "present": 100}
    assert derivations == []
    assert unlock(made.header, PASSPHRASE, ram_bytes=100 * 1024**2, accept_weight=True) == made.root
    assert derivations == [FLOOR]


def test_a_computer_that_hides_its_memory_still_opens(quick: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "installed_ram", lambda: None)
    assert unlock(quick.header, PASSPHRASE) == quick.root


def test_nothing_is_made_with_numbers_out_of_bounds(derivations: list[Kdf]) -> None:
    with pytest.raises(Damaged):
        create(PASSPHRASE, Kdf(CEILING.memory_kib * 2, 3, 4))
    assert derivations == []


# --- two copies ---


def test_a_copy_with_a_flipped_bit_opens_by_the_other_and_is_mended(quick: Made) -> None:
    whole = quick.copy(COPY_A).read_bytes()
    for name in BOTH:
        for place in range(0, len(whole), 7):
            flip(quick.copy(name), place, place % 8)
            header = read(quick.folder)
            assert header == quick.header
            assert repair(quick.folder, header, unlock(header, PASSPHRASE)) == (name,)
            assert quick.copy(name).read_bytes() == whole


def test_both_copies_damaged_is_said_and_nothing_is_guessed(made: Made) -> None:
    for name in BOTH:
        flip(made.copy(name), 300)
    with pytest.raises(Damaged) as caught:
        read(made.folder)
    assert "Both copies" in caught.value.message


def test_a_torn_write_of_a_copy_leaves_the_other(made: Made) -> None:
    data = made.copy(COPY_A).read_bytes()
    for size in range(0, len(data), 13):
        made.copy(COPY_A).write_bytes(data[:size])
        assert read(made.folder) == made.header


@pytest.mark.parametrize("name", BOTH)
def test_a_copy_that_is_missing_oversized_or_a_folder_is_no_obstacle(made: Made, name: str) -> None:
    path = made.copy(name)
    path.write_bytes(bytes(LIMIT + 1))
    assert read(made.folder) == made.header
    path.unlink()
    assert read(made.folder) == made.header
    assert repair(made.folder, made.header, made.root) == (name,)
    path.unlink()
    path.mkdir()
    assert read(made.folder) == made.header
    with pytest.raises(Unavailable):
        repair(made.folder, made.header, made.root)


def test_a_whole_vault_needs_no_repair(made: Made) -> None:
    before = [made.copy(name).stat().st_mtime_ns for name in BOTH]
    assert repair(made.folder, made.header, made.root) == ()
    assert [made.copy(name).stat().st_mtime_ns for name in BOTH] == before


def test_power_lost_between_the_copies_leaves_the_newer_header(quick: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = signed(quick.header.successor(), quick.root)
    real = write_atomic
    written: list[str] = []

    def one_then_dark(path: Path, data: bytes) -> None:
        if written:
            raise Unavailable("power")
        written.append(path.name)
        real(path, data)

    monkeypatch.setattr(headers, "write_atomic", one_then_dark)
    with pytest.raises(Unavailable):
        write(quick.folder, newer, quick.root)
    monkeypatch.undo()
    assert written == [COPY_B]
    assert read(quick.folder) == newer
    assert repair(quick.folder, newer, quick.root) == (COPY_A,)
    assert quick.copy(COPY_A).read_bytes() == quick.copy(COPY_B).read_bytes()


def test_copies_of_two_vaults_are_not_mixed(made: Made) -> None:
    stranger = replace(made.header, vault_id=bytes(16), generation=9)
    made.copy(COPY_B).write_bytes(encode(stranger))
    with pytest.raises(Foreign) as caught:
        read(made.folder)
    assert caught.value.values == {"one": COPY_A, "other": COPY_B}


def test_a_newer_format_in_one_copy_is_refused_even_beside_an_old_one(made: Made) -> None:
    made.copy(COPY_B).write_bytes(encode(replace(made.header, format=2, min_reader=2)))
    with pytest.raises(NewerFormat):
        read(made.folder)


def test_a_folder_without_a_header_is_no_vault(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NoVault):
            read(folder)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    path.write_bytes(b"")
    with pytest.raises(Unavailable):
        read(path)


def test_another_programs_header_is_called_foreign(tmp_path: Path) -> None:
    for name in BOTH:
        (tmp_path / name).write_bytes(b"LUKS\xba\xbe")
    with pytest.raises(Foreign) as caught:
        read(tmp_path)
    assert "not written by this program" in caught.value.message


def test_header_files_are_private_and_tell_nothing(made: Made) -> None:
    for name in BOTH:
        assert made.copy(name).stat().st_mode & 0o777 == 0o600
        data = made.copy(name).read_bytes()
        assert made.root.secret not in data
        assert made.root.secret.hex().encode() not in data
